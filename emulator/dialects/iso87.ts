import { type Dialect, dialect, exactly, type FieldTable, upTo } from './dialect.ts'
import type { SettingValue } from './settings.ts'
import { settle } from './settings.ts'
import { codes } from './unionpay-codes.ts'

/** Enough of ISO 8583:1987 for a sale, without a link header. @source ISO 8583:1987, table of data elements */
const fields = {
  pan: { de: 2, length: upTo(19, 'digit'), of: 'n', justify: 'left', is: 'primary account number', secret: 'pan' },
  processingCode: { de: 3, length: exactly(6, 'digit'), of: 'n', is: 'processing code' },
  amount: { de: 4, length: exactly(12, 'digit'), of: 'n', is: 'amount, in minor units' },
  sentAt: { de: 7, length: exactly(10, 'digit'), of: 'n', is: 'transmission date and time, MMDDhhmmss' },
  trace: { de: 11, length: exactly(6, 'digit'), of: 'n', is: 'system trace audit number' },
  localTime: { de: 12, length: exactly(6, 'digit'), of: 'n', is: 'local time hhmmss' },
  localDate: { de: 13, length: exactly(4, 'digit'), of: 'n', is: 'local date MMDD' },
  expiry: { de: 14, length: exactly(4, 'digit'), of: 'n', is: 'expiry YYMM' },
  entryMode: { de: 22, length: exactly(3, 'digit'), of: 'n', is: 'entry mode' },
  conditionCode: { de: 25, length: exactly(2, 'digit'), of: 'n', is: 'condition code' },
  track2: { de: 35, length: upTo(37, 'digit'), of: 'z', justify: 'left', is: 'track 2', secret: 'track' },
  track3: { de: 36, length: upTo(104, 'digit'), of: 'z', justify: 'left', is: 'track 3', secret: 'track' },
  reference: { de: 37, length: exactly(12, 'character'), of: 'an', is: 'retrieval reference number' },
  approvalCode: { de: 38, length: exactly(6, 'character'), of: 'an', is: 'authorisation code' },
  resultCode: { de: 39, length: exactly(2, 'character'), of: 'an', is: 'response code' },
  terminalId: { de: 41, length: exactly(8, 'character'), of: 'ans', is: 'terminal' },
  merchantId: { de: 42, length: exactly(15, 'character'), of: 'ans', is: 'merchant' },
  currency: { de: 49, length: exactly(3, 'character'), of: 'an', is: 'currency, ISO 4217 number' },
  pinBlock: { de: 52, length: exactly(8, 'byte'), of: 'b', is: 'encrypted PIN block', secret: 'pinBlock' },
  chipData: { de: 55, length: upTo(255, 'byte'), of: 'b', is: 'chip data, BER-TLV', secret: 'chip' },
  mac: { de: 64, length: exactly(8, 'byte'), of: 'b', is: 'MAC' },
} as const satisfies FieldTable

const ascii = {
  digits: 'ascii',
  prefix: 'ascii',
  bitmap: 'hex',
  text: 'latin1',
  trackSeparator: '=',
  trackPad: '0',
  tracksEncrypted: false,
} as const

const echoes = ['processingCode', 'amount', 'trace', 'terminalId', 'merchantId'] as const

const table = {
  mark: 'iso87',
  source: 'ISO 8583:1987',
  framing: { form: { is: 'whole' }, tpdu: '', header: '', headerReply: 'same' },
  fields,
  layouts: {},
  messages: [
    {
      name: 'sale',
      operation: 'sale',
      is: 'sale',
      request: '0200',
      reply: '0210',
      identity: { processingCode: '000000' },
      must: ['processingCode', 'amount', 'trace', 'entryMode', 'conditionCode', 'terminalId', 'merchantId', 'currency'],
      may: ['pan', 'sentAt', 'localTime', 'localDate', 'expiry', 'track2', 'reference', 'pinBlock', 'chipData', 'mac'],
      replyMust: [...echoes, 'resultCode'],
      refusalMust: [...echoes, 'resultCode'],
      replyMay: ['pan', 'sentAt', 'localTime', 'localDate', 'reference', 'approvalCode', 'currency', 'chipData', 'mac'],
      echoes,
      sealed: false,
      reversible: false,
      counts: 'debit',
    },
  ],
  matchedBy: echoes,
  mayBeMissingInRefusal: [],
  codes: { ...codes, accept: {} },
  words: { codes: [], slip: {}, cardCompanies: {} },
  cannot: {},
} as const

/** All characters: digits, prefixes and the bitmap (hex) are text. */
export function iso87Ascii(given: Readonly<Record<string, SettingValue>> = {}): Dialect {
  return dialect({ ...table, id: 'iso87-ascii', encoding: ascii, settings: settle('iso87-ascii', {}, given) })
}

/** The same fields with packed digits and a binary bitmap: another line of settings, no second table. */
export function iso87Binary(given: Readonly<Record<string, SettingValue>> = {}): Dialect {
  const encoding = { ...ascii, digits: 'bcd', prefix: 'bcd', bitmap: 'binary', trackSeparator: 'D' } as const
  return dialect({ ...table, id: 'iso87-binary', encoding, settings: settle('iso87-binary', {}, given) })
}
