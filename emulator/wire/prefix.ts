import type { Cursor } from './cursor.ts'

/** How a field's length is written: packed digits, or characters. */
export type PrefixEncoding = 'bcd' | 'ascii'

/** Bytes of a length prefix of two or three digits. */
export function prefixBytes(digits: 2 | 3, encoding: PrefixEncoding): 1 | 2 | 3 {
  if (encoding === 'ascii') return digits
  return digits === 2 ? 1 : 2
}

/** The length before a field, or `unreadable`, which stops the cursor there. */
export function readPrefix(cursor: Cursor, digits: 2 | 3, encoding: PrefixEncoding, path: string): number | 'unreadable' {
  const bytes = prefixBytes(digits, encoding)
  if (!cursor.has(bytes, path)) return 'unreadable'
  let value = 0
  for (let at = cursor.at; at < cursor.at + bytes; at += 1) {
    const byte = cursor.frame[at] ?? 0
    const high = byte >> 4
    const low = byte & 15
    if (encoding === 'bcd' ? high > 9 || low > 9 : byte < 0x30 || byte > 0x39) {
      cursor.stop(
        path,
        `byte ${at - cursor.at + 1} of the length is no ${encoding === 'bcd' ? 'pair of decimal digits' : 'decimal digit'}`,
      )
      return 'unreadable'
    }
    value = encoding === 'bcd' ? value * 100 + high * 10 + low : value * 10 + byte - 0x30
  }
  cursor.at += bytes
  return value
}

/** Writes a length; it fits. */
export function writePrefix(value: number, digits: 2 | 3, encoding: PrefixEncoding, into: Uint8Array, at: number): void {
  let rest = value
  for (let to = at + prefixBytes(digits, encoding) - 1; to >= at; to -= 1) {
    const unit = encoding === 'bcd' ? rest % 100 : rest % 10
    into[to] = encoding === 'bcd' ? (((unit / 10) | 0) << 4) | (unit % 10) : 0x30 + unit
    rest = Math.floor(rest / (encoding === 'bcd' ? 100 : 10))
  }
}
