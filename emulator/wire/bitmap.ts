/** Bytes of a primary bitmap. */
export const bitmapBytes = 8

/** Field numbers of one half of a bitmap: 1 to 32, or 33 to 64. */
export const halfBitmap = 32

const hexDigits = Uint8Array.from('0123456789ABCDEF', digit => digit.charCodeAt(0))

/** How far the first bit that is set stands from the most significant end, 32 if none is. */
export const firstBit = (half: number): number => Math.clz32(half)

/** A bit of a half, counted from 0 at the most significant end. */
export const bit = (from: number): number => 0x8000_0000 >>> from

/** Writes half a bitmap, as four bytes or as eight hex digits. */
export function writeHalf(half: number, form: 'binary' | 'hex', into: Uint8Array, at: number): void {
  if (form === 'binary') for (let no = 0; no < 4; no += 1) into[at + no] = half >>> (24 - no * 8)
  else for (let no = 0; no < 8; no += 1) into[at + no] = hexDigits[(half >>> (28 - no * 4)) & 15] ?? 0
}
