/** Bytes of a primary bitmap. */
export const bitmapBytes = 8

/** Sets the bit of a field, counted from 1 at the most significant end. */
export function setBit(bitmap: Uint8Array, offset: number, de: number): void {
  const at = offset + ((de - 1) >> 3)
  bitmap[at] = (bitmap[at] ?? 0) | (0x80 >> ((de - 1) & 7))
}
