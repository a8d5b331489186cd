import type { ByteEncoding } from '../dialects/dialect.ts'
import { alphabetBits, areCharactersOf } from './alphabet.ts'
import type { Cursor } from './cursor.ts'
import { nibbleOf } from './digits.ts'
import { latin1Of, toEbcdic } from './ebcdic.ts'

/** Field numbers of one half of a bitmap: 1 to 32, 33 to 64, and so on. */
export const halfBitmap = 32

/** Halves of the primary, secondary and tertiary bitmap. */
export const halves = 6

/** The highest field number and one more: 64 for each bitmap. */
export const fieldNumbers = 193

const hexDigits = Uint8Array.from('0123456789ABCDEF', digit => digit.charCodeAt(0))

/** How far the first bit that is set stands from the most significant end, 32 if none is. */
export const firstBit = (half: number): number => Math.clz32(half)

/** A bit of a half, counted from 0 at the most significant end. */
export const bit = (from: number): number => 0x8000_0000 >>> from

/** The first bit of a bitmap, which says that another one follows: 1 and 65. */
const another = bit(0)

/** Bytes of half a bitmap. */
const bytesOfHalf = (form: ByteEncoding): number => (form === 'binary' ? 4 : 8)

/** Bytes of so many bitmaps. */
export function bitmapBytes(form: ByteEncoding, count: number): number {
  return bytesOfHalf(form) * 2 * count
}

/** Writes so many bitmaps, one behind the other, each but the last with the bit that announces the next. */
export function writeBitmaps(bits: Int32Array, count: number, form: ByteEncoding, into: Uint8Array, at: number): void {
  const step = bytesOfHalf(form)
  for (let half = 0; half < count * 2; half += 1) {
    const announces = (half & 1) === 0 && half < (count - 1) * 2
    writeHalf(announces ? (bits[half] ?? 0) | another : (bits[half] ?? 0), form, into, at + half * step)
  }
}

/** Writes half a bitmap, as four bytes or as eight hex digits. */
function writeHalf(half: number, form: ByteEncoding, into: Uint8Array, at: number): void {
  if (form === 'binary') for (let no = 0; no < 4; no += 1) into[at + no] = half >>> (24 - no * 8)
  else for (let no = 0; no < 8; no += 1) into[at + no] = hexDigits[(half >>> (28 - no * 4)) & 15] ?? 0
  if (form === 'hex in EBCDIC') toEbcdic(into, at, at + 8)
}

/**
 * Reads the bitmaps, as many as announce each other and the dialect has, without the bits that announce.
 *
 * @param bits    where they are put
 * @param limits  how many the dialect has: in the last of them the first bit is one like the others
 * @returns       how many there were, or `unreadable`, which stops the cursor
 */
export function readBitmaps(
  cursor: Cursor,
  form: ByteEncoding,
  { least, most }: Readonly<{ least: number; most: number }>,
  bits: Int32Array,
): number | 'unreadable' {
  const start = cursor.at
  let lowerCase = false
  for (let count = 1; ; count += 1) {
    const from = cursor.at
    const bytes = bitmapBytes(form, 1)
    if (!cursor.has(bytes, 'bitmap')) return 'unreadable'
    const cased = form === 'binary' ? 'upper' : hexCase(cursor, form, count)
    if (cased === 'no hex') return 'unreadable'
    lowerCase ||= cased === 'lower'
    cursor.at = from + bytes
    const first = halfAt(cursor.frame, form, from)
    bits[count * 2 - 1] = halfAt(cursor.frame, form, from + bytes / 2)
    const more = count < most && (first & another) !== 0
    bits[count * 2 - 2] = more ? first & ~another : first
    if (more) continue
    cursor.span('bitmap', start)
    if (lowerCase) cursor.remark('bitmap', 'its hex digits are in lower case')
    remarkCount(cursor, bits, count, least)
    return count
  }
}

function remarkCount(cursor: Cursor, bits: Int32Array, count: number, least: number): void {
  if (count < least) cursor.remark('bitmap', `${count} of ${least} bitmaps are there`)
  else if (count > least && bits[count * 2 - 2] === 0 && bits[count * 2 - 1] === 0)
    cursor.remark('bitmap', `bitmap ${count} announces no field`)
}

/** How the hex digits of one bitmap are written; `no hex` stops the cursor at the first character that is none. */
function hexCase(cursor: Cursor, form: ByteEncoding, count: number): 'upper' | 'lower' | 'no hex' {
  const { frame, at } = cursor
  const digits = 16
  if (form === 'hex' && areCharactersOf(alphabetBits.b, frame, at, at + digits)) return 'upper'
  let cased: 'upper' | 'lower' = 'upper'
  for (let no = 0; no < digits; no += 1) {
    const code = codeAt(frame, form, at + no)
    if (nibbleOf(code) > 15) {
      cursor.at += no
      cursor.stop('bitmap', `character ${no + 1 + digits * (count - 1)} of ${digits * count} is no hex digit`)
      return 'no hex'
    }
    if (code >= 0x61) cased = 'lower'
  }
  return cased
}

function codeAt(frame: Uint8Array, form: ByteEncoding, at: number): number {
  const byte = frame[at] ?? 0
  return form === 'hex in EBCDIC' ? latin1Of(byte) : byte
}

function halfAt(frame: Uint8Array, form: ByteEncoding, at: number): number {
  let half = 0
  if (form === 'binary') for (let no = 0; no < 4; no += 1) half = (half << 8) | (frame[at + no] ?? 0)
  else if (form === 'hex') for (let no = 0; no < 8; no += 1) half = (half << 4) | nibbleOf(frame[at + no] ?? 0)
  else for (let no = 0; no < 8; no += 1) half = (half << 4) | nibbleOf(codeAt(frame, form, at + no))
  return half
}
