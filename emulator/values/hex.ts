/** Upper-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex').toUpperCase()
}

const pairs = /^(?:[0-9a-fA-F]{2})*$/

/**
 * Bytes from hexadecimal text; spaces and line breaks between pairs are ignored.
 *
 * @throws RangeError on an odd number of digits or any other character. (`Buffer.from` would cut the text in silence.)
 */
export function fromHex(text: string): Uint8Array {
  if (pairs.test(text)) return new Uint8Array(Buffer.from(text, 'hex'))
  const digits = text.replace(/\s+/g, '')
  const odd = digits.search(/[^0-9a-fA-F]/)
  if (odd >= 0) throw new RangeError(`character ${odd + 1} of the hex text is ${JSON.stringify(digits[odd])}, not a hex digit`)
  if (digits.length % 2 === 1) throw new RangeError(`the hex text has an odd number of digits: ${digits.length}`)
  return new Uint8Array(Buffer.from(digits, 'hex'))
}
