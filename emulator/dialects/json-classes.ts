import type { AcceptSet, Codes, Words } from './dialect.ts'
import { words } from './unionpay-words.ts'

/** How terminal and host take an outcome class, in codes of ISO 8583:1987. @source Requirement catalogue, section 3 */
const heard = {
  APPROVED: '00',
  PARTIAL: '10',
  'REV-OK': '00',
  'REV-NONE': '25',
  'NOT-FOUND': '25',
  VOIDED: '22',
  SETTLED: '22',
  WINDOW: '22',
  'WRONG-MERCHANT': '25',
  'WRONG-TERMINAL': '25',
  'WRONG-AMOUNT': '64',
  'WRONG-CARD': '14',
  'NOT-ELIGIBLE': '12',
  DUPLICATE: '94',
  'IN-PROGRESS': '09',
  'BAD-AMOUNT': '13',
  LIMIT: '61',
  EXPIRED: '54',
  FUNDS: '51',
  PIN: '55',
  REFUSED: '05',
  FORMAT: '30',
  UNSUPPORTED: '40',
  'MERCHANT-BAD': '03',
  'TERMINAL-BAD': '97',
  SECURITY: '63',
  'NOT-SIGNED-ON': '77',
  BALANCED: '00',
  UNBALANCED: '95',
  'BATCH-BAD': '77',
  UNAVAILABLE: '91',
} as const satisfies Readonly<Record<string, string>>

type Class = keyof typeof heard

/** The other way round, where a code stands for one class. */
const said = {
  '00': 'APPROVED',
  '05': 'REFUSED',
  '03': 'MERCHANT-BAD',
  '09': 'IN-PROGRESS',
  '10': 'PARTIAL',
  '12': 'NOT-ELIGIBLE',
  '13': 'BAD-AMOUNT',
  '14': 'WRONG-CARD',
  '22': 'VOIDED',
  '25': 'NOT-FOUND',
  '30': 'FORMAT',
  '40': 'UNSUPPORTED',
  '51': 'FUNDS',
  '54': 'EXPIRED',
  '55': 'PIN',
  '58': 'UNSUPPORTED',
  '61': 'LIMIT',
  '63': 'SECURITY',
  '64': 'WRONG-AMOUNT',
  '75': 'PIN',
  '77': 'NOT-SIGNED-ON',
  '91': 'UNAVAILABLE',
  '94': 'DUPLICATE',
  '95': 'UNBALANCED',
  '96': 'UNAVAILABLE',
  '97': 'TERMINAL-BAD',
  A0: 'SECURITY',
} as const satisfies Readonly<Record<string, Class>>

/** The class of a situation, and those that say hardly less. */
const situations: Readonly<Record<string, readonly [Class, ...Class[]]>> = {
  'original not found': ['NOT-FOUND'],
  'original was declined': ['NOT-ELIGIBLE', 'NOT-FOUND'],
  'original already voided': ['VOIDED', 'NOT-ELIGIBLE', 'NOT-FOUND'],
  'original reversed before': ['VOIDED', 'NOT-ELIGIBLE', 'NOT-FOUND'],
  'related transaction for one voided or reversed': ['VOIDED', 'NOT-ELIGIBLE', 'NOT-FOUND'],
  'void of a void': ['NOT-ELIGIBLE', 'VOIDED', 'NOT-FOUND'],
  'original settled': ['SETTLED', 'WINDOW', 'NOT-ELIGIBLE', 'NOT-FOUND'],
  'void on a later day': ['WINDOW', 'SETTLED', 'NOT-ELIGIBLE', 'NOT-FOUND'],
  'card differs from the original': ['WRONG-CARD', 'NOT-FOUND'],
  'amount differs from the original': ['WRONG-AMOUNT', 'BAD-AMOUNT', 'NOT-FOUND'],
  'authorisation code differs': ['NOT-FOUND', 'NOT-ELIGIBLE'],
  'refund above original or rest': ['LIMIT', 'WRONG-AMOUNT', 'BAD-AMOUNT'],
  'refund on the same day': ['NOT-ELIGIBLE', 'SETTLED'],
  'completion above the ceiling': ['LIMIT', 'WRONG-AMOUNT', 'BAD-AMOUNT'],
  'completion after void or reversal': ['VOIDED', 'NOT-ELIGIBLE', 'NOT-FOUND'],
  'amount zero or absurd': ['BAD-AMOUNT', 'FORMAT'],
  'same key, other content': ['DUPLICATE'],
  'exact repeat': ['DUPLICATE'],
  'repeated reversal': ['REV-OK', 'APPROVED'],
  'reversal of an unknown original': ['REV-NONE', 'NOT-FOUND', 'APPROVED', 'NOT-ELIGIBLE'],
  'offline upload already known': ['DUPLICATE', 'APPROVED'],
  'another batch number': ['BATCH-BAD', 'NOT-SIGNED-ON'],
  'batch is settling': ['BATCH-BAD', 'NOT-ELIGIBLE', 'NOT-SIGNED-ON'],
  'settlement of a closed batch': ['BATCH-BAD', 'DUPLICATE', 'NOT-ELIGIBLE', 'NOT-SIGNED-ON'],
  'not signed in': ['NOT-SIGNED-ON', 'SECURITY', 'TERMINAL-BAD'],
  'MAC missing or wrong': ['SECURITY', 'FORMAT'],
  'PIN block cannot be opened': ['SECURITY', 'PIN'],
  'wrong PIN': ['PIN'],
  'too many wrong PINs': ['PIN'],
  'card number that nobody issued': ['WRONG-CARD', 'NOT-FOUND'],
  'amount above the funds': ['FUNDS', 'LIMIT'],
  'field missing or malformed': ['FORMAT'],
  'unknown operation': ['UNSUPPORTED', 'NOT-ELIGIBLE', 'FORMAT', 'NOT-FOUND'],
  'operation not enabled for the terminal': ['UNSUPPORTED'],
  'unknown merchant': ['MERCHANT-BAD', 'TERMINAL-BAD', 'SECURITY'],
  'unknown terminal': ['TERMINAL-BAD', 'MERCHANT-BAD', 'SECURITY'],
  'no track data where needed': ['FORMAT'],
  'fallback not allowed': ['NOT-ELIGIBLE'],
  'host database fault': ['UNAVAILABLE'],
}

const accept: Readonly<Record<string, AcceptSet>> = Object.fromEntries(
  Object.entries(situations).map(([situation, [first, ...others]]) => [situation, { codes: [first, ...others], class: first }]),
)

/** Result codes where they are outcome classes. */
export const httpCodes: Omit<Codes, 'reversalReasons'> = {
  said,
  heard,
  approved: ['APPROVED', 'PARTIAL', 'REV-OK', 'BALANCED'],
  accept,
  classes: {
    ...Object.fromEntries(Object.keys(heard).map(name => [name, [name]])),
    'WRONG-MERCHANT': ['WRONG-MERCHANT', 'NOT-FOUND', 'MERCHANT-BAD', 'NOT-ELIGIBLE', 'SECURITY'],
    'WRONG-TERMINAL': ['WRONG-TERMINAL', 'NOT-FOUND', 'TERMINAL-BAD', 'NOT-ELIGIBLE'],
    'REV-NONE': ['REV-NONE', 'NOT-FOUND', 'APPROVED', 'NOT-ELIGIBLE', 'VOIDED'],
  },
  misleading: ['IN-PROGRESS', 'UNAVAILABLE', 'NOT-SIGNED-ON', 'TERMINAL-BAD', 'SECURITY'],
  signInAfter: ['NOT-SIGNED-ON'],
  reversalFinal: ['APPROVED', 'REV-OK', 'REV-NONE', 'NOT-FOUND', 'NOT-ELIGIBLE'],
}

/** Each class in the words of the code that it is taken for. */
export const httpWords: Words = {
  ...words,
  codes: Object.entries(heard).flatMap(([name, code]) => {
    const known = words.codes.find(one => one.code === code)
    return known === undefined ? [] : [{ ...known, code: name }]
  }),
}
