import { exactly, type Field, type FieldTable, upTo } from './dialect.ts'

const minor = (is: string) => ({ length: upTo(12, 'digit'), of: 'n', is }) as const satisfies Field
const count = (is: string) => ({ length: upTo(3, 'digit'), of: 'n', is }) as const satisfies Field
const result = (whose: string) =>
  ({ length: exactly(1, 'digit'), of: 'n', is: `${whose} result: 1 balanced, 2 unbalanced, 3 error` }) as const satisfies Field

/** The names of a flat JSON message, in the order in which they are written. Every value is a text. */
export const jsonFields = {
  terminalId: { length: upTo(16, 'character'), of: 'ans', is: 'terminal' },
  merchantId: { length: upTo(64, 'character'), of: 'ans', is: 'merchant' },
  trace: { length: exactly(6, 'digit'), of: 'n', is: 'trace number, the merchant’s own reference within its batch' },
  batch: { length: exactly(6, 'digit'), of: 'n', is: 'batch number' },
  operator: { length: upTo(3, 'character'), of: 'ans', is: 'who is at the till' },
  of: { length: upTo(16, 'character'), of: 'an', is: 'what a reversal undoes' },
  reason: { length: upTo(32, 'character'), of: 'ans', is: 'why a reversal is sent' },
  entryMode: { length: exactly(3, 'digit'), of: 'n', is: 'entry mode, as field 22 of ISO 8583' },
  pan: { length: upTo(19, 'digit'), of: 'n', is: 'primary account number', secret: 'pan' },
  expiry: { length: exactly(4, 'digit'), of: 'n', is: 'expiry YYMM' },
  track2: { length: upTo(37, 'digit'), of: 'z', is: 'track 2', secret: 'track' },
  track3: { length: upTo(104, 'digit'), of: 'z', is: 'track 3', secret: 'track' },
  pinBlock: { length: exactly(8, 'byte'), of: 'b', is: 'encrypted PIN block, hex', secret: 'pinBlock' },
  amount: minor('amount, in minor units'),
  currency: { length: exactly(3, 'digit'), of: 'n', is: 'currency, ISO 4217 number' },
  reference: { length: exactly(12, 'character'), of: 'an', is: 'the host’s reference; in a follow-up that of the original' },
  approvalCode: { length: exactly(6, 'character'), of: 'an', is: 'authorisation code; in a follow-up that of the original' },
  originalBatch: { length: exactly(6, 'digit'), of: 'n', is: 'batch of the original' },
  originalTrace: { length: exactly(6, 'digit'), of: 'n', is: 'trace number of the original' },
  originalDate: { length: exactly(4, 'digit'), of: 'n', is: 'date of the original, MMDD' },
  localTime: { length: exactly(6, 'digit'), of: 'n', is: 'time hhmmss, the host’s' },
  localDate: { length: exactly(4, 'digit'), of: 'n', is: 'date MMDD, the host’s' },
  settlementDate: { length: exactly(4, 'digit'), of: 'n', is: 'settlement date MMDD' },
  resultCode: { length: upTo(20, 'character'), of: 'ans', is: 'result code' },
  balance: {
    length: upTo(13, 'character'),
    of: 'ans',
    is: 'what the card may spend, in minor units; below zero after a minus sign',
  },
  cardCompany: { length: upTo(3, 'character'), of: 'an', is: 'card company' },
  note: { length: upTo(60, 'character'), of: 'ans', is: 'what the host adds to its answer in words' },
  keys: {
    length: upTo(84, 'byte'),
    of: 'b',
    is: 'session keys under the terminal’s master key, with check values, hex',
    secret: 'keys',
  },
  domesticDebit: minor('domestic debit amount, in minor units'),
  domesticDebitCount: count('domestic debit count'),
  domesticCredit: minor('domestic credit amount, in minor units'),
  domesticCreditCount: count('domestic credit count'),
  domesticResult: result('domestic'),
  foreignDebit: minor('foreign debit amount, in minor units'),
  foreignDebitCount: count('foreign debit count'),
  foreignCredit: minor('foreign credit amount, in minor units'),
  foreignCreditCount: count('foreign credit count'),
  foreignResult: result('foreign'),
} as const satisfies FieldTable

/** What stands in a message only where a mapping is between: what it made of the answer, and what a headstrong till tells it to do. */
export const mappedFields = {
  ...jsonFields,
  kind: {
    length: upTo(8, 'character'),
    of: 'an',
    is: 'what was done, where the endpoint decides for itself: void, reversal or refund',
  },
  alsoMeans: { length: upTo(200, 'character'), of: 'ans', is: 'outcome classes that the interface does not tell from this one' },
  overrideKey: { length: upTo(255, 'character'), of: 'ans', is: 'the idempotency key to use' },
  overrideSignature: { length: upTo(8, 'character'), of: 'an', is: 'broken: the signature is spoilt' },
  overrideSkewMillis: { length: upTo(16, 'character'), of: 'ans', is: 'added to the clock of what is signed' },
  overrideTwice: { length: upTo(3, 'character'), of: 'an', is: 'yes: each call is made twice at once' },
  overrideParty: { length: upTo(64, 'character'), of: 'ans', is: 'the credential set to act under' },
} as const satisfies FieldTable
