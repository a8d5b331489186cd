import type { PrefixDigits, PrefixEncoding } from '../dialects/dialect.ts'
import type { Cursor } from './cursor.ts'

/** Bytes of a length prefix of so many digits. */
export function prefixBytes(digits: PrefixDigits, encoding: PrefixEncoding): 1 | 2 | 3 | 4 {
  if (encoding === 'ascii' || encoding === 'ebcdic') return digits
  return digits <= 2 ? 1 : 2
}

/** The digit 0 as a character, to which the others are added. */
const zeros: Readonly<Record<'ascii' | 'ebcdic', number>> = { ascii: 0x30, ebcdic: 0xf0 }

/** The length before a field, or `unreadable`, which stops the cursor there. */
export function readPrefix(cursor: Cursor, bytes: number, encoding: PrefixEncoding, path: string): number | 'unreadable' {
  if (!cursor.has(bytes, path)) return 'unreadable'
  const { frame, at } = cursor
  let value = 0
  if (encoding === 'bcd')
    for (let no = 0; no < bytes; no += 1) {
      const byte = frame[at + no] ?? 0
      if (byte >> 4 > 9 || (byte & 15) > 9) return unreadable(cursor, no, path, 'pair of decimal digits')
      value = value * 100 + (byte >> 4) * 10 + (byte & 15)
    }
  else if (encoding === 'binary') for (let no = 0; no < bytes; no += 1) value = value * 256 + (frame[at + no] ?? 0)
  else {
    const zero = zeros[encoding]
    for (let no = 0; no < bytes; no += 1) {
      const digit = (frame[at + no] ?? 0) - zero
      if (digit < 0 || digit > 9) return unreadable(cursor, no, path, `decimal digit${encoding === 'ebcdic' ? ' of EBCDIC' : ''}`)
      value = value * 10 + digit
    }
  }
  cursor.at += bytes
  return value
}

function unreadable(cursor: Cursor, no: number, path: string, due: string): 'unreadable' {
  cursor.stop(path, `byte ${no + 1} of the length is no ${due}`)
  return 'unreadable'
}

/** Writes a length; it fits. */
export function writePrefix(value: number, bytes: number, encoding: PrefixEncoding, into: Uint8Array, at: number): void {
  let rest = value
  for (let to = at + bytes - 1; to >= at; to -= 1) {
    if (encoding === 'bcd') {
      const pair = rest % 100
      into[to] = (((pair / 10) | 0) << 4) | (pair % 10)
      rest = (rest / 100) | 0
    } else if (encoding === 'binary') {
      into[to] = rest & 0xff
      rest >>= 8
    } else {
      into[to] = zeros[encoding] + (rest % 10)
      rest = (rest / 10) | 0
    }
  }
}
