import type { Codes } from './dialect.ts'

/**
 * Outcome classes in response codes of ISO 8583:1987, which its dialects share, UnionPay's too; and what a terminal makes of codes.
 *
 * @source Requirement catalogue, section 3, column 1987
 */
export const classes1987: Pick<Codes, 'classes' | 'misleading' | 'signInAfter' | 'reversalFinal'> = {
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
}
