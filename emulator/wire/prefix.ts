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
  let value = 0
  for (let at = cursor.at; at < cursor.at + bytes; at += 1) {
    const byte = cursor.frame[at] ?? 0
    if (encoding === 'bcd') {
      const high = byte >> 4
      const low = byte & 15
      if (high > 9 || low > 9) return unreadable(cursor, at, path, 'pair of decimal digits')
      value = value * 100 + high * 10 + low
    } else if (encoding === 'binary') value = value * 256 + byte
    else {
      const digit = byte - zeros[encoding]
      if (digit < 0 || digit > 9) return unreadable(cursor, at, path, `decimal digit${encoding === 'ebcdic' ? ' of EBCDIC' : ''}`)
      value = value * 10 + digit
    }
  }
  cursor.at += bytes
  return value
}

function unreadable(cursor: Cursor, at: number, path: string, due: string): 'unreadable' {
  cursor.stop(path, `byte ${at - cursor.at + 1} of the length is no ${due}`)
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
