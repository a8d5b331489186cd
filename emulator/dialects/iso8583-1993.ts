import { type Dialect, dialect, exactly, type FieldTable, upTo } from './dialect.ts'
import { framingOf } from './framing-settings.ts'
import { codes } from './iso8583-1993-codes.ts'
import { commonFields } from './iso8583-fields.ts'
import { messagesOf, types } from './iso8583-messages.ts'
import { isoEncoding, isoSettings } from './iso8583-settings.ts'
import { isoWords } from './iso8583-words.ts'
import { type SettingTable, type SettingValue, settle } from './settings.ts'

export const id = 'iso8583-1993'

/** @source ISO 8583:1993, table of data elements */
const fields = {
  ...commonFields,
  localDateTime: { de: 12, length: exactly(12, 'digit'), of: 'n', is: 'local date and time YYMMDDhhmmss' },
  settlementDay: { de: 15, length: exactly(6, 'digit'), of: 'n', is: 'settlement date YYMMDD' },
  entryMode: { de: 22, length: exactly(12, 'character'), of: 'an', is: 'point of service data code, twelve positions' },
  functionCode: { de: 24, length: exactly(3, 'digit'), of: 'n', is: 'function code: what of its kind the message is' },
  messageReason: { de: 25, length: exactly(4, 'digit'), of: 'n', is: 'reason of the message' },
  originalAmounts: { de: 30, length: exactly(24, 'digit'), of: 'n', is: 'original amounts' },
  resultCode: { de: 39, length: exactly(3, 'character'), of: 'an', is: 'action code' },
  institutions: { de: 44, length: upTo(99, 'character'), of: 'ans', is: 'additional response data' },
  original: { de: 56, length: upTo(35, 'digit'), of: 'n', justify: 'left', is: 'original data elements' },
} as const satisfies FieldTable

const layouts = {
  localDateTime: [
    {
      of: 'whole',
      parts: [
        { path: '12.1', name: 'localYear', length: 2, is: 'local year' },
        { path: '12.2', name: 'localDate', length: 4, is: 'local date MMDD' },
        { path: '12.3', name: 'localTime', length: 6, is: 'local time hhmmss' },
      ],
    },
  ],
  settlementDay: [
    {
      of: 'whole',
      parts: [
        { path: '15.1', name: 'settlementYear', length: 2, is: 'year of settlement' },
        { path: '15.2', name: 'settlementDate', length: 4, is: 'settlement date MMDD' },
      ],
    },
  ],
  originalAmounts: [
    {
      of: 'whole',
      parts: [
        { path: '30.1', name: 'originalAmount', length: 12, is: 'original amount of the transaction, in minor units' },
        { path: '30.2', name: 'originalReconciliation', length: 12, is: 'original amount of the reconciliation, in minor units' },
      ],
    },
  ],
  original: [
    {
      of: 'as far as it goes',
      lengths: [22, 35],
      lastMayBeShort: true,
      parts: [
        { path: '56.1', name: 'originalType', length: 4, is: 'type of the original' },
        { path: '56.2', name: 'originalTrace', length: 6, is: 'trace number of the original' },
        { path: '56.3', name: 'originalLocal', length: 12, is: 'local date and time of the original, YYMMDDhhmmss' },
        { path: '56.4', name: 'originalAcquirer', length: 13, is: 'acquiring institution of the original, after its length' },
      ],
    },
  ],
} as const

const settings = {
  ...isoSettings,
  void: {
    is: 'whether a void is a financial request (1200) or a kind of reversal (1420)',
    default: '1200',
    oneOf: ['1200', '1420'],
  },
  network: { is: 'whether network management is a request (1804) or an advice (1820)', default: '1820', oneOf: ['1804', '1820'] },
} as const satisfies SettingTable

/** ISO 8583:1993 as terminals commonly speak it, with these settings. @source ISO 8583:1993; requirement catalogue, section 3 */
export function iso1993(given: Readonly<Record<string, SettingValue>> = {}): Dialect {
  const set = settle(id, settings, given)
  const financial = types('1200', '1201', '1210')
  const reversal = types('1420', '1421', '1430')
  return dialect({
    id,
    mark: 'iso93',
    source: 'ISO 8583:1993',
    framing: framingOf(set),
    encoding: isoEncoding(set),
    fields,
    layouts,
    messages: messagesOf({
      types: {
        financial,
        void: set.void === '1420' ? reversal : financial,
        refund: types('1220', '1221', '1230'),
        reversal,
        settlement: types('1520', '1521', '1530'),
        network: set.network === '1804' ? types('1804', '1805', '1814') : types('1820', '1821', '1830'),
      },
      identity: {
        sale: { functionCode: '200' },
        void: { functionCode: set.void === '1420' ? '441' : '200' },
        refund: { functionCode: '200' },
        inquire: { functionCode: '200' },
        reverse: { functionCode: '400' },
        settle: { functionCode: '500' },
      },
      dated: ['localDateTime'],
      settled: ['settlementDay'],
      entered: ['entryMode', 'functionCode'],
      financialMay: ['forwarderId'],
      pin: ['pinBlock'],
      voidEchoes: set.void === '1420' ? ['functionCode'] : [],
      voidMust: set.void === '1420' ? ['messageReason'] : [],
      reversalMust: ['messageReason', 'originalAmounts'],
      network: { signIn: { functionCode: '801' }, signOff: { functionCode: '802' }, echo: { functionCode: '831' } },
      settlementReply: [],
      sealed: set.mac !== 'none',
    }),
    matchedBy: ['processingCode', 'amount', 'trace', 'localDateTime', 'terminalId', 'merchantId'],
    mayBeMissingInRefusal: ['localDateTime'],
    codes,
    words: isoWords(codes),
    cannot: {},
    settings: set,
  })
}
