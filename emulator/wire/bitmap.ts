import { fromHex, toHex } from '../values/hex.ts'

/** Bytes of a primary bitmap. */
export const bitmapBytes = 8

/** Sets the bit of a field, counted from 1 at the most significant end. */
export function setBit(bitmap: Uint8Array, offset: number, de: number): void {
  const at = offset + ((de - 1) >> 3)
  bitmap[at] = (bitmap[at] ?? 0) | (0x80 >> ((de - 1) & 7))
}

/** The numbers of the fields whose bits are set, ascending. @example fieldsOf('C000000000000001') // [1, 2, 64] */
export function fieldsOf(hex: string): number[] {
  return [...fromHex(hex)].flatMap((byte, at) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter(bit => byte & (0x80 >> bit)).map(bit => at * 8 + bit + 1),
  )
}

/** The bitmap of these fields, 16 hex digits. */
export function bitmapOf(fields: readonly number[]): string {
  const bitmap = new Uint8Array(bitmapBytes)
  for (const de of fields) setBit(bitmap, 0, de)
  return toHex(bitmap)
}
