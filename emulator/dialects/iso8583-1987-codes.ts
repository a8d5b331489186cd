import type { Codes } from './dialect.ts'
import { classes1987 } from './iso8583-1987-classes.ts'

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
  ...classes1987,
  reversalReasons: { 'no answer': '68', 'could not complete': '22', 'bad MAC': '20', other: '06' },
}
