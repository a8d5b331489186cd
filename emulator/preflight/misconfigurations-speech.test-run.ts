import type { Dialect } from '../dialects/dialect.ts'
import { dialectById } from '../dialects/index.ts'
import type { SettingValue } from '../dialects/settings.ts'
import { tcpDoor, webSocketDoor } from '../host/doors.ts'
import { host, type Misconfiguration, settingsOf, type Written } from './misconfiguration.test-run.ts'
import { webSocketAt } from './strange-acquirers.test-run.ts'

type Settings = Record<string, SettingValue>

const speaking =
  (id: string, settings: Settings = {}) =>
  (written: Written): void => {
    written.dialect = { id, settings }
  }

/** The acquirer writes in one way, and the profile in another. */
const written = (is: string, theirs: string, ours: string): Misconfiguration => ({
  is,
  acquirer: () => host({ dialectId: 'iso8583-1987', settings: { encoding: theirs } }),
  profile: speaking('iso8583-1987', { encoding: ours }),
  names: 'dialect.settings.encoding',
  to: theirs,
})

const encodings: readonly Misconfiguration[] = [
  written('EBCDIC instead of ASCII', 'ebcdic', 'ascii'),
  written('ASCII instead of EBCDIC', 'ascii', 'ebcdic'),
  written('packed digits instead of ASCII', 'bcd', 'ascii'),
  written('ASCII instead of packed digits', 'ascii', 'bcd'),
]

/** UnionPay with a field whose odd digit stands on the other side. */
function padded(): Dialect {
  const own = dialectById('unionpay-pos')
  const { private60 } = own.fields
  if (private60 === undefined) throw new RangeError('UnionPay has a field 60')
  return { ...own, fields: { ...own.fields, private60: { ...private60, justify: 'right' } } }
}

const dialects: readonly Misconfiguration[] = [
  {
    is: 'the wrong pad side of a field with an odd number of digits',
    acquirer: () => host({ dialect: padded() }),
    profile: () => undefined,
    names: 'dialect.fields.private60.pad',
    to: 'left',
  },
  {
    is: 'the acquirer speaks ISO 8583:1987, and the profile UnionPay',
    acquirer: () => host({ dialectId: 'iso8583-1987' }),
    profile: speaking('unionpay-pos'),
    names: 'dialect',
    to: 'iso8583-1987',
  },
  {
    is: 'the acquirer speaks UnionPay, and the profile ISO 8583:1987',
    acquirer: () => host(),
    profile: speaking('iso8583-1987', { encoding: 'bcd' }),
    names: 'dialect',
    to: 'unionpay-pos',
  },
  {
    is: 'the acquirer speaks the edition of 1993, and the profile that of 1987',
    acquirer: () => host({ dialectId: 'iso8583-1993' }),
    profile: speaking('iso8583-1987'),
    names: 'dialect',
    to: 'iso8583-1993',
  },
  {
    is: 'a TPDU before messages of ISO 8583:1987 that the profile does not have',
    acquirer: () => host({ dialectId: 'iso8583-1987', settings: { tpdu: '6000060000' } }),
    profile: speaking('iso8583-1987'),
    names: 'dialect.settings.tpdu',
    to: '6000060000',
  },
  {
    is: 'lengths of four characters before messages of ISO 8583:1987',
    acquirer: () => host({ dialectId: 'iso8583-1987', settings: { length: 'ascii 4' } }),
    profile: speaking('iso8583-1987'),
    names: 'dialect.settings.length',
    to: 'ascii 4',
  },
  {
    is: 'messages between STX and ETX',
    acquirer: () => host({ dialectId: 'iso8583-1987', settings: { length: 'STX ETX LRC' } }),
    profile: speaking('iso8583-1987'),
    names: 'dialect.settings.length',
    to: 'STX ETX LRC',
  },
  {
    is: 'single-length keys where the profile expects double',
    acquirer: () => host({ dialectId: 'iso8583-1987', settings: { keyLayout: '001', mac: 'x9.9', macKey: '8 with filler' } }),
    profile: speaking('iso8583-1987'),
    names: 'dialect.settings.keyLayout',
    to: '001',
  },
]

const doors: readonly Misconfiguration[] = [
  {
    is: 'WebSocket spoken to a plain port',
    acquirer: () => host({ door: tcpDoor, settings: {} }),
    profile: written => {
      settingsOf(written).length = 'none'
      written.endpoint = written.endpoint.replace('tcp:', 'ws:')
    },
    names: 'endpoint',
    cause: 'speaks no WebSocket',
  },
  {
    is: 'a wrong path of a WebSocket',
    acquirer: () => webSocketAt('/pos'),
    profile: written => {
      settingsOf(written).length = 'none'
      written.endpoint = written.endpoint.replace('/pos', '/terminals')
    },
    names: 'endpoint',
    cause: 'upgrade refused',
  },
  {
    is: 'plain TCP spoken to a WebSocket',
    acquirer: () => host({ door: webSocketDoor(), settings: { length: 'none' } }),
    profile: written => {
      written.endpoint = written.endpoint.replace('ws:', 'tcp:')
    },
    names: 'endpoint',
    cause: 'other protocol',
  },
]

export const speechMisconfigurations: readonly Misconfiguration[] = [...encodings, ...dialects, ...doors]
