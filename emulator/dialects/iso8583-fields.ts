import { exactly, type FieldTable, upTo } from './dialect.ts'

/**
 * Data elements that ISO 8583 has alike in 1987 and 1993, and the private ones as the two built-in dialects use them: 60 batch, 62 keys,
 * 63 operator.
 *
 * @source ISO 8583:1987 and 1993, table of data elements
 */
export const commonFields = {
  pan: { de: 2, length: upTo(19, 'digit'), of: 'n', justify: 'left', is: 'primary account number', secret: 'pan' },
  processingCode: { de: 3, length: exactly(6, 'digit'), of: 'n', is: 'processing code' },
  amount: { de: 4, length: exactly(12, 'digit'), of: 'n', is: 'amount, in minor units' },
  sentAt: { de: 7, length: exactly(10, 'digit'), of: 'n', is: 'transmission date and time, MMDDhhmmss, UTC' },
  trace: { de: 11, length: exactly(6, 'digit'), of: 'n', is: 'system trace audit number' },
  expiry: { de: 14, length: exactly(4, 'digit'), of: 'n', is: 'expiry YYMM' },
  cardSequence: { de: 23, length: exactly(3, 'digit'), of: 'n', is: 'card sequence number' },
  acquirerId: { de: 32, length: upTo(11, 'digit'), of: 'n', justify: 'left', is: 'acquiring institution' },
  forwarderId: { de: 33, length: upTo(11, 'digit'), of: 'n', justify: 'left', is: 'forwarding institution' },
  track2: { de: 35, length: upTo(37, 'digit'), of: 'z', justify: 'left', is: 'track 2', secret: 'track' },
  track3: { de: 36, length: upTo(104, 'digit'), of: 'z', justify: 'left', is: 'track 3', secret: 'track' },
  reference: { de: 37, length: exactly(12, 'character'), of: 'an', is: 'retrieval reference number' },
  approvalCode: { de: 38, length: exactly(6, 'character'), of: 'an', is: 'approval code' },
  terminalId: { de: 41, length: exactly(8, 'character'), of: 'ans', is: 'card acceptor terminal' },
  merchantId: { de: 42, length: exactly(15, 'character'), of: 'ans', is: 'card acceptor' },
  currency: { de: 49, length: exactly(3, 'character'), of: 'an', is: 'currency, ISO 4217 number' },
  pinBlock: { de: 52, length: exactly(8, 'byte'), of: 'b', is: 'encrypted PIN block', secret: 'pinBlock' },
  additionalAmounts: {
    de: 54,
    length: upTo(120, 'character', 3),
    of: 'an',
    is: 'balances: account, kind, currency, sign, amount',
  },
  chipData: { de: 55, length: upTo(255, 'byte', 3), of: 'b', is: 'chip data, BER-TLV', secret: 'chip' },
  batch: { de: 60, length: upTo(6, 'digit', 3), of: 'n', is: 'batch number' },
  keys: { de: 62, length: upTo(120, 'byte', 3), of: 'b', is: 'working keys, each with its check value', secret: 'keys' },
  operator: { de: 63, length: upTo(20, 'character', 3), of: 'ans', is: 'operator' },
  mac: { de: 64, length: exactly(8, 'byte'), of: 'b', standsLast: true, is: 'MAC' },
  creditCount: { de: 74, length: exactly(10, 'digit'), of: 'n', is: 'number of credits' },
  creditReversalCount: { de: 75, length: exactly(10, 'digit'), of: 'n', is: 'number of reversed credits' },
  debitCount: { de: 76, length: exactly(10, 'digit'), of: 'n', is: 'number of debits' },
  debitReversalCount: { de: 77, length: exactly(10, 'digit'), of: 'n', is: 'number of reversed debits' },
  credit: { de: 86, length: exactly(16, 'digit'), of: 'n', is: 'sum of credits, in minor units' },
  creditReversal: { de: 87, length: exactly(16, 'digit'), of: 'n', is: 'sum of reversed credits, in minor units' },
  debit: { de: 88, length: exactly(16, 'digit'), of: 'n', is: 'sum of debits, in minor units' },
  debitReversal: { de: 89, length: exactly(16, 'digit'), of: 'n', is: 'sum of reversed debits, in minor units' },
  net: { de: 97, length: exactly(16, 'digit'), of: 'x+n', is: 'debits less credits: D or C, then the amount in minor units' },
} as const satisfies FieldTable

/** What a settlement tells of its batch. Reversed ones count nowhere, so their fields are zero. */
export const totalFields = [
  'creditCount',
  'creditReversalCount',
  'debitCount',
  'debitReversalCount',
  'credit',
  'creditReversal',
  'debit',
  'debitReversal',
  'net',
] as const
