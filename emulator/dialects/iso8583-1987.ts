import { type Dialect, dialect, exactly, type FieldTable, upTo } from './dialect.ts'
import { framingOf } from './framing-settings.ts'
import { codes } from './iso8583-1987-codes.ts'
import { commonFields } from './iso8583-fields.ts'
import { messagesOf, types } from './iso8583-messages.ts'
import { isoEncoding, isoSettings } from './iso8583-settings.ts'
import { isoWords } from './iso8583-words.ts'
import { type SettingTable, type SettingValue, settle } from './settings.ts'

export const id = 'iso8583-1987'

/** @source ISO 8583:1987, table of data elements */
const fields = {
  ...commonFields,
  localTime: { de: 12, length: exactly(6, 'digit'), of: 'n', is: 'local time hhmmss' },
  localDate: { de: 13, length: exactly(4, 'digit'), of: 'n', is: 'local date MMDD' },
  settlementDate: { de: 15, length: exactly(4, 'digit'), of: 'n', is: 'settlement date MMDD' },
  entryMode: { de: 22, length: exactly(3, 'digit'), of: 'n', is: 'entry mode: how the number came in, whether a PIN can' },
  conditionCode: { de: 25, length: exactly(2, 'digit'), of: 'n', is: 'condition code' },
  pinCapture: { de: 26, length: exactly(2, 'digit'), of: 'n', is: 'longest PIN' },
  resultCode: { de: 39, length: exactly(2, 'character'), of: 'an', is: 'response code, in a reversal the reason' },
  institutions: { de: 44, length: upTo(25, 'character'), of: 'ans', is: 'additional response data' },
  securityControl: { de: 53, length: exactly(16, 'digit'), of: 'n', is: 'security control: form of the PIN block' },
  settlementResult: {
    de: 66,
    length: exactly(1, 'digit'),
    of: 'n',
    is: 'settlement code: 1 in balance, 2 out of balance, 3 error',
  },
  networkCode: { de: 70, length: exactly(3, 'digit'), of: 'n', is: 'network management: 001 sign on, 002 sign off, 301 echo' },
  original: { de: 90, length: exactly(42, 'digit'), of: 'n', is: 'original data elements' },
} as const satisfies FieldTable

const layouts = {
  original: [
    {
      of: 'whole',
      parts: [
        { path: '90.1', name: 'originalType', length: 4, is: 'type of the original' },
        { path: '90.2', name: 'originalTrace', length: 6, is: 'trace number of the original' },
        { path: '90.3', name: 'originalSentAt', length: 10, is: 'transmission date and time of the original, MMDDhhmmss' },
        { path: '90.4', name: 'originalAcquirer', length: 11, is: 'acquiring institution of the original, zeros on the left' },
        { path: '90.5', name: 'originalForwarder', length: 11, is: 'forwarding institution of the original, zeros on the left' },
      ],
    },
  ],
} as const

const settings = {
  ...isoSettings,
  refund: { is: 'whether a refund is an advice (0220) or a request (0200)', default: 'advice', oneOf: ['advice', 'request'] },
  reversal: {
    is: 'whether a reversal is a request (0400) or an advice (0420)',
    default: 'request',
    oneOf: ['request', 'advice'],
  },
} as const satisfies SettingTable

/** ISO 8583:1987 as terminals commonly speak it, with these settings. @source ISO 8583:1987 */
export function iso1987(given: Readonly<Record<string, SettingValue>> = {}): Dialect {
  const set = settle(id, settings, given)
  const financial = types('0200', '0201', '0210')
  return dialect({
    id,
    mark: 'iso87',
    source: 'ISO 8583:1987',
    framing: framingOf(set),
    encoding: isoEncoding(set),
    fields,
    layouts,
    messages: messagesOf({
      types: {
        financial,
        void: financial,
        refund: set.refund === 'request' ? financial : types('0220', '0221', '0230'),
        reversal: set.reversal === 'advice' ? types('0420', '0421', '0430') : types('0400', '0401', '0410'),
        settlement: types('0500', '0501', '0510'),
        network: types('0800', '0801', '0810'),
      },
      identity: {},
      dated: ['localTime', 'localDate'],
      settled: ['settlementDate'],
      entered: ['entryMode', 'conditionCode'],
      financialMay: ['forwarderId'],
      pin: ['pinCapture', 'pinBlock', 'securityControl'],
      voidMust: [],
      voidEchoes: [],
      reversalMust: ['resultCode'],
      network: { signIn: { networkCode: '001' }, signOff: { networkCode: '002' }, echo: { networkCode: '301' } },
      settlementReply: ['settlementResult'],
      sealed: set.mac !== 'none',
    }),
    matchedBy: ['processingCode', 'amount', 'trace', 'localTime', 'localDate', 'terminalId', 'merchantId'],
    mayBeMissingInRefusal: ['localTime', 'localDate'],
    codes,
    words: isoWords(codes),
    cannot: {},
    settings: set,
  })
}
