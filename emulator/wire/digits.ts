/** The value of a hex character by its code, 16 for any other. */
const nibbles: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  const at = '0123456789ABCDEF'.indexOf(String.fromCharCode(code).toUpperCase())
  return at < 0 ? 16 : at
})

/**
 * Packs hex characters two to a byte and says how many bytes that took.
 *
 * An odd number needs one nibble more: `pad`, after the last for `left` justified digits, before the first for `right`.
 * A character that is no hex digit is packed as 0: check the alphabet before.
 */
export function pack(text: string, justify: 'left' | 'right', pad: '0' | 'F', into: Uint8Array, at: number): number {
  const odd = text.length % 2
  const filler = pad === 'F' ? 15 : 0
  let from = 0
  let to = at
  if (odd === 1 && justify === 'right') into[to++] = (filler << 4) | nibbleAt(text, from++)
  for (const end = text.length - 1; from < end; from += 2) into[to++] = (nibbleAt(text, from) << 4) | nibbleAt(text, from + 1)
  if (from < text.length) into[to++] = (nibbleAt(text, from) << 4) | filler
  return to - at
}

/** The value of a hex digit by its character code, in either case; 16 for any other character. */
export function nibbleOf(code: number): number {
  return nibbles[code] ?? 16
}

function nibbleAt(text: string, at: number): number {
  return (nibbles[text.charCodeAt(at)] ?? 0) & 15
}
