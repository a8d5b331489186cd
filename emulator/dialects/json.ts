import { type Dialect, dialect } from './dialect.ts'
import { httpCodes, httpWords } from './json-classes.ts'
import { jsonFields, mappedFields } from './json-fields.ts'
import { jsonMessages as messages } from './json-messages.ts'
import type { SettingTable, SettingValue } from './settings.ts'
import { settle } from './settings.ts'
import { codes } from './unionpay-codes.ts'
import { words } from './unionpay-words.ts'

const settings = {
  approvalCode: { is: 'an approval code in approvals other than of a refund', default: 'always', oneOf: ['always', 'sometimes'] },
  batchMismatch: { is: 'what a host does with another batch number', default: '77', oneOf: ['77', 'accept'] },
} as const satisfies SettingTable

/** What its messages have no place for. */
const cannot = {
  'MSG-002': 'there are no types of repeats; the repeat has the type of the first copy',
  'MSG-008': 'no message names the original in a field of its own',
  'NET-002': 'the line itself keeps messages apart',
} as const

const table = {
  syntax: 'json',
  framing: { form: { is: 'whole' }, tpdu: '', header: '', headerReply: 'same' },
  encoding: {
    digits: 'ascii',
    prefix: 'ascii',
    bitmap: 'hex',
    text: 'latin1',
    trackSeparator: 'D',
    trackPad: '0',
    tracksEncrypted: false,
  },
  layouts: {},
  messages,
  matchedBy: ['amount', 'trace', 'batch', 'terminalId', 'merchantId', 'currency'],
  mayBeMissingInRefusal: [],
} as const

/**
 * Flat JSON objects of business names, as the reference host speaks them: `{"type":"sale","terminalId":"T0000001", …}`, answered by
 * `{"type":"sale.reply","resultCode":"00", …}`. Result codes are those of ISO 8583:1987.
 */
export const json = (given: Readonly<Record<string, SettingValue>> = {}): Dialect =>
  dialect({
    ...table,
    id: 'json',
    fields: jsonFields,
    mark: 'json',
    source: 'the reference host’s own interface',
    codes: { ...codes, reversalReasons },
    words,
    cannot,
    settings: { ...constant, ...settle('json', settings, given) },
  })

/**
 * The same names where a mapping stands between: an answer of an HTTP interface comes as its outcome class.
 *
 * @source Requirement catalogue, section 3
 */
export const http = (given: Readonly<Record<string, SettingValue>> = {}): Dialect =>
  dialect({
    ...table,
    id: 'http',
    fields: mappedFields,
    mark: 'http',
    source: 'requirement catalogue, section 3: outcome classes',
    codes: { ...httpCodes, reversalReasons },
    words: httpWords,
    messages: messages.map(row => ({
      ...row,
      may: [...row.may, ...overrides],
      replyMay: [...row.replyMay, 'kind', 'alsoMeans'],
    })),
    cannot,
    settings: { ...constant, ...settle('http', settings, given) },
  })

/** What other dialects leave open and this one does not. */
const constant = { signInKeys: '003', macKey: '8 with filler', pinBlock: 'with PAN', resultCodeInSettlement: '00' } as const

const overrides = ['overrideKey', 'overrideSignature', 'overrideSkewMillis', 'overrideParty', 'overrideTwice'] as const

const reversalReasons = {
  'no answer': 'no answer',
  'could not complete': 'could not complete',
  'bad MAC': 'bad MAC',
  other: 'other',
} as const
