import type { Codes } from './dialect.ts'

/**
 * Response codes of field 39.
 *
 * @source requirement catalogue, section 3, column 1987 and the sets of single rows; reasons of reversals: ISO 8583:1987, field 39
 */
export const codes: Codes = {
  // What UnionPay says apart: a state that forbids it, an amount that differs.
  said: { '22': '12', '64': '13' },
  approved: ['00', '08', '10', '11', '16'],
  accept: {
    'wrong PIN': { codes: ['55'], class: 'PIN' },
    'too many wrong PINs': { codes: ['75', '38'], class: 'PIN' },
    'card number that nobody issued': { codes: ['14', '15', '56'], class: 'WRONG-CARD' },
  },
  classes: {
    APPROVED: ['00', '08', '11', '16'],
    PARTIAL: ['10'],
    'REV-OK': ['00'],
    'REV-NONE': ['25', '00', '12', '21', '76', '77'],
    'NOT-FOUND': ['25', '12', '76'],
    VOIDED: ['12', '21', '25', '94'],
    SETTLED: ['12', '21', '25', '40'],
    WINDOW: ['12', '21', '25', '40'],
    'WRONG-MERCHANT': ['25', '03', '12', '58'],
    'WRONG-TERMINAL': ['25', '12', '58', '89'],
    'WRONG-AMOUNT': ['13', '12', '64', '25', '77'],
    'WRONG-CARD': ['57', '12', '14', '25', '77'],
    'NOT-ELIGIBLE': ['12', '21', '40', '57', '58'],
    DUPLICATE: ['94'],
    'IN-PROGRESS': ['09'],
    'BAD-AMOUNT': ['13', '12', '30'],
    LIMIT: ['61', '13', '05'],
    EXPIRED: ['54', '33'],
    FUNDS: ['51', '61'],
    FORMAT: ['30', '12'],
    UNSUPPORTED: ['40', '12', '58'],
    'MERCHANT-BAD': ['03', '58'],
    'TERMINAL-BAD': ['58', '89', '03', '97'],
    SECURITY: ['A0', '63', '96'],
    'NOT-SIGNED-ON': ['77', '97', 'A0', '58'],
    BALANCED: ['00'],
    UNBALANCED: ['95'],
    'BATCH-BAD': ['12', '95', '25', '77'],
    UNAVAILABLE: ['91', '96', '90', '98'],
  },
  misleading: ['09', '68', '77', '90', '91', '96', '97', '98', '99', 'A0'],
  signInAfter: ['77', '99', 'A0'],
  reversalFinal: ['00', '12', '25'],
  reversalReasons: { 'no answer': '68', 'could not complete': '22', 'bad MAC': '20', other: '06' },
}
