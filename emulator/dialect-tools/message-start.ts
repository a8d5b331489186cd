import type { ByteEncoding, DigitEncoding } from '../dialects/dialect.ts'
import { toHex } from '../values/hex.ts'

/** A message type and a bitmap as they could stand at the beginning of a message. */
export type MessageStart = Readonly<{ type: DigitEncoding; mti: string; bitmap: ByteEncoding }>

/** Version 1987, 1993 or 2003; a class, function and origin that the standard gives out. @source ISO 8583:2003, message type indicator */
const possible = /^[0-2][1-8][0-4][0-5]$/

/** Every way in which a message could begin at this byte: the type in one of three writings, and a bitmap that is one. */
export function messageStarts(frame: Uint8Array, at: number): readonly MessageStart[] {
  const packed = toHex(frame.subarray(at, at + 2))
  const ascii = characters(frame, at, 4, 0x30)
  const ebcdic = characters(frame, at, 4, 0xf0)
  const types: readonly (readonly [DigitEncoding, string, number])[] = [
    ['bcd', packed, 2],
    ['ascii', ascii, 4],
    ['ebcdic', ebcdic, 4],
  ]
  return types.flatMap(([type, mti, bytes]) =>
    possible.test(mti) ? bitmapsAt(frame, at + bytes).map(bitmap => ({ type, mti, bitmap })) : [],
  )
}

function bitmapsAt(frame: Uint8Array, at: number): readonly ByteEncoding[] {
  const bytes = frame.subarray(at, at + 8)
  const text = Buffer.from(frame.subarray(at, at + 16)).toString('latin1')
  const found: ByteEncoding[] = []
  if (/^[0-9A-Fa-f]{16}$/.test(text) && /[^0]/.test(text)) found.push('hex')
  if (
    frame.length >= at + 16 &&
    frame.subarray(at, at + 16).every(byte => (byte >= 0xf0 && byte <= 0xf9) || (byte >= 0xc1 && byte <= 0xc6))
  )
    found.push('hex in EBCDIC')
  // A message of no field is none.
  if (bytes.length === 8 && bytes.some(byte => byte !== 0)) found.push('binary')
  return found
}

function characters(frame: Uint8Array, at: number, count: number, zero: number): string {
  return [...frame.subarray(at, at + count)].map(byte => (byte >= zero && byte <= zero + 9 ? String(byte - zero) : '?')).join('')
}
