import iconv from 'iconv-lite'

/** How text of more than ASCII stands on the wire: GBK, of which ASCII is a part, or one byte for each character. */
export type Charset = 'gbk' | 'latin1'

/** Text of more than ASCII. What is no text in the encoding becomes U+FFFD: the caller remarks it. */
export function readWide(frame: Uint8Array, at: number, bytes: number, encoding: Charset): string {
  return iconv.decode(Buffer.from(frame.buffer, frame.byteOffset + at, bytes), encoding)
}

/** Writes a text of more than ASCII and says how many bytes that took, or `unwritable` when the encoding has none for a character of it. */
export function writeWide(text: string, encoding: Charset, into: Uint8Array, at: number): number | 'unwritable' {
  const bytes = iconv.encode(text, encoding)
  if (iconv.decode(bytes, encoding) !== text || at + bytes.length > into.length) return 'unwritable'
  into.set(bytes, at)
  return bytes.length
}

/** Whether a text has characters beyond ASCII. */
export function isWide(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) >= 0x80) return true
  return false
}

/** A text as its bytes, one character for each: so it can be divided where its bytes are. */
export function asBytes(text: string, encoding: Charset): string {
  return iconv.encode(text, encoding).toString('latin1')
}

/** The inverse of `asBytes`. */
export function fromBytes(bytes: string, encoding: Charset): string {
  return iconv.decode(Buffer.from(bytes, 'latin1'), encoding)
}
