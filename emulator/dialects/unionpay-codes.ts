import type { Codes } from './dialect.ts'
import { classes1987 } from './iso8583-1987-classes.ts'

/**
 * `accept` holds the response codes by situation, best first, and takes the place of the class where it fits.
 *
 * @source UnionPay POS fact sheet, 4.4, 5.6 and 7; outcome classes: requirements, 3
 */
export const codes: Codes = {
  approved: ['00', '10', '11', 'A2', 'A4', 'A5', 'A6'],
  accept: {
    'original not found': { codes: ['25'], class: 'NOT-FOUND' },
    'original was declined': { codes: ['12', '25'], class: 'NOT-ELIGIBLE' },
    'original already voided': { codes: ['22', '12', '25'], class: 'VOIDED' },
    'original reversed before': { codes: ['22', '12', '25'], class: 'VOIDED' },
    'related transaction for one voided or reversed': { codes: ['22', '12', '25'], class: 'VOIDED' },
    'void of a void': { codes: ['12', '22', '25'], class: 'NOT-ELIGIBLE' },
    'original settled': { codes: ['22', '12', '25', '40'], class: 'SETTLED' },
    'void on a later day': { codes: ['22', '12', '25'], class: 'WINDOW' },
    'card differs from the original': { codes: ['14', '25'], class: 'WRONG-CARD' },
    'amount differs from the original': { codes: ['64', '25', '13'], class: 'WRONG-AMOUNT' },
    'authorisation code differs': { codes: ['25', '12'], class: 'NOT-FOUND' },
    'refund above original or rest': { codes: ['61', '64', '13'], class: 'LIMIT' },
    'refund on the same day': { codes: ['12', '22', '40'], class: 'NOT-ELIGIBLE' },
    'completion above the ceiling': { codes: ['61', '64', '13'], class: 'LIMIT' },
    'completion after void or reversal': { codes: ['22', '25', '12'], class: 'NOT-ELIGIBLE' },
    'amount zero or absurd': { codes: ['13', '30'], class: 'BAD-AMOUNT' },
    'same key, other content': { codes: ['94'], class: 'DUPLICATE' },
    'exact repeat': { codes: ['94'], class: 'DUPLICATE' },
    'repeated reversal': { codes: ['00'], class: 'REV-OK' },
    'reversal of an unknown original': { codes: ['25', '00', '12'], class: 'REV-NONE' },
    'offline upload already known': { codes: ['94', '00'], class: 'DUPLICATE' },
    'another batch number': { codes: ['77'], class: 'BATCH-BAD' },
    'batch is settling': { codes: ['77', '12'], class: 'BATCH-BAD' },
    'settlement of a closed batch': { codes: ['77', '94', '12'], class: 'BATCH-BAD' },
    'not signed in': { codes: ['77', 'A7', '97'], class: 'NOT-SIGNED-ON' },
    'MAC missing or wrong': { codes: ['A0', '30'], class: 'SECURITY' },
    'PIN block cannot be opened': { codes: ['99', '55'], class: 'SECURITY' },
    'wrong PIN': { codes: ['55'], class: 'PIN' },
    'too many wrong PINs': { codes: ['75', '38'], class: 'PIN' },
    'card number that nobody issued': { codes: ['14', '15', '56'], class: 'WRONG-CARD' },
    'amount above the funds': { codes: ['51', '61'], class: 'FUNDS' },
    'field missing or malformed': { codes: ['30'], class: 'FORMAT' },
    'unknown operation': { codes: ['40', '12', '30'], class: 'UNSUPPORTED' },
    'operation not enabled for the terminal': { codes: ['58', '57', '40'], class: 'UNSUPPORTED' },
    'unknown merchant': { codes: ['03', '97', '58'], class: 'MERCHANT-BAD' },
    'unknown terminal': { codes: ['03', '97', '58'], class: 'TERMINAL-BAD' },
    'no track data where needed': { codes: ['30', '56'], class: 'FORMAT' },
    'fallback not allowed': { codes: ['45', '57'], class: 'NOT-ELIGIBLE' },
    'host database fault': { codes: ['96'], class: 'UNAVAILABLE' },
  },
  ...classes1987,
  reversalReasons: { 'no answer': '98', 'could not complete': '96', 'bad MAC': 'A0', other: '06' },
}
