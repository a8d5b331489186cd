import type { Encoding } from './dialect.ts'
import { framingSettings } from './framing-settings.ts'
import type { SettingTable, SettingValue } from './settings.ts'

/** What hosts of ISO 8583 differ in on the wire, in 1987 and 1993 alike. */
export const isoSettings = {
  ...framingSettings({ length: 'binary 2', tpdu: 'none', header: 'none' }),
  encoding: { is: 'how digits, lengths and texts are written', default: 'ascii', oneOf: ['ascii', 'bcd', 'ebcdic'] },
  bitmap: {
    is: 'how the bitmap is written: as that encoding mostly has it (hex in ASCII, else as it is), or otherwise',
    default: 'by encoding',
    oneOf: ['by encoding', 'binary', 'hex'],
  },
  bytes: { is: 'how fields of bytes are written: as they are, or as hex digits', default: 'binary', oneOf: ['binary', 'hex'] },
  trackPad: { is: 'the nibble after a packed track of odd length', default: '0', oneOf: ['0', 'F'] },
  acquirerId: {
    is: 'the acquiring institution that names an original, up to 11 digits; unknown is zero',
    default: '0',
    oneOf: /^\d{1,11}$/,
  },
  mac: { is: 'how the MAC is made; none: no message carries one', default: 'x9.19', oneOf: ['x9.19', 'x9.9', 'none'] },
  macKey: { is: 'bytes of a MAC key', default: '16', oneOf: ['8 with filler', '16'] },
  macOnDeclines: { is: 'whether refusals carry a MAC', default: 'when key known', oneOf: ['always', 'never', 'when key known'] },
  keyLayout: { is: 'the keys of a sign-in: 001 single length, 003 double', default: '003', oneOf: ['001', '003'] },
  pinBlock: { is: 'the form of the PIN block', default: 'with PAN', oneOf: ['with PAN', 'without PAN'] },
  approvalCode: { is: 'approval codes in approvals other than of a refund', default: 'always', oneOf: ['always', 'sometimes'] },
  batchMismatch: { is: 'what a host does with another batch number', default: '12', oneOf: ['12', '77', 'accept'] },
} as const satisfies SettingTable

/** How everything is written, by the settings that say it. Hex digits are in the characters of the encoding. */
export function isoEncoding({ encoding, bitmap, bytes, trackPad }: Readonly<Record<string, SettingValue>>): Encoding {
  const written = encoding === 'bcd' || encoding === 'ebcdic' ? encodings[encoding] : encodings.ascii
  const hex = encoding === 'ebcdic' ? 'hex in EBCDIC' : 'hex'
  return {
    ...written,
    ...(bitmap === 'binary' || bitmap === 'hex' ? { bitmap: bitmap === 'hex' ? hex : 'binary' } : {}),
    bytes: bytes === 'hex' ? hex : 'binary',
    trackPad: trackPad === 'F' ? 'F' : '0',
    tracksEncrypted: false,
  }
}

/** ASCII has the bitmap as hex digits; EBCDIC and packed digits have it as bytes. */
const encodings = {
  ascii: { digits: 'ascii', prefix: 'ascii', bitmap: 'hex', text: 'latin1', trackSeparator: '=' },
  bcd: { digits: 'bcd', prefix: 'bcd', bitmap: 'binary', text: 'latin1', trackSeparator: 'D' },
  ebcdic: { digits: 'ebcdic', prefix: 'ebcdic', bitmap: 'binary', text: 'ebcdic', trackSeparator: '=' },
} as const
