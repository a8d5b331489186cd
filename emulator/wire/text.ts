import iconv from 'iconv-lite'

/** How text stands on the wire: GBK (of which ASCII is a part), or one byte for each character. */
export type TextEncoding = 'gbk' | 'latin1'

/** The text of these bytes. What is no text in the encoding becomes U+FFFD: the caller remarks it. */
export function readText(frame: Uint8Array, at: number, bytes: number, encoding: TextEncoding): string {
  let text = ''
  for (let from = at, end = at + bytes; from < end; from += 1) {
    const byte = frame[from] ?? 0
    if (byte >= 0x80 && encoding === 'gbk') return iconv.decode(Buffer.from(frame.subarray(at, at + bytes)), 'gbk')
    text += String.fromCharCode(byte)
  }
  return text
}

/** Writes a text and says how many bytes that took, or `unwritable` when the encoding has no bytes for a character of it. */
export function writeText(text: string, encoding: TextEncoding, into: Uint8Array, at: number): number | 'unwritable' {
  for (let from = 0; from < text.length; from += 1) {
    const code = text.charCodeAt(from)
    if (code >= 0x80) return writeWide(text, encoding, into, at)
    into[at + from] = code
  }
  return text.length
}

function writeWide(text: string, encoding: TextEncoding, into: Uint8Array, at: number): number | 'unwritable' {
  const bytes = iconv.encode(text, encoding)
  if (iconv.decode(bytes, encoding) !== text) return 'unwritable'
  if (at + bytes.length > into.length) return 'unwritable'
  into.set(bytes, at)
  return bytes.length
}

/** Whether a text has characters beyond ASCII. */
export function isWide(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) >= 0x80) return true
  return false
}

/** A text as its bytes, one character for each: so it can be divided where its bytes are. */
export function asBytes(text: string, encoding: TextEncoding): string {
  return iconv.encode(text, encoding).toString('latin1')
}

/** The inverse of `asBytes`. */
export function fromBytes(bytes: string, encoding: TextEncoding): string {
  return iconv.decode(Buffer.from(bytes, 'latin1'), encoding)
}
