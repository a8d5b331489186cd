import { alphabetsOf } from './alphabet.ts'

/** The value of a hex character by its code, 16 for any other. */
const nibbles: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  const at = '0123456789ABCDEF'.indexOf(String.fromCharCode(code).toUpperCase())
  return at < 0 ? 16 : at
})

/** For each ASCII character the value of the hex digit that it is, 0 for any other, and above it the alphabets that it belongs to. */
const digits: Uint16Array = Uint16Array.from({ length: 128 }, (_, code) => (alphabetsOf[code] ?? 0) * 16 + (nibbleOf(code) & 15))

/**
 * Packs hex characters two to a byte, and says whether all of them belong to an alphabet. A character that is no hex digit is packed as 0.
 *
 * An odd number needs one nibble more: `pad`, after the last for `left` justified digits, before the first for `right`.
 */
export function pack(
  text: string,
  bit: number,
  justify: 'left' | 'right',
  pad: '0' | 'F',
  into: Uint8Array,
  at: number,
): boolean {
  const odd = text.length & 1
  const filler = pad === 'F' ? 15 : 0
  let common = bit << 4
  let from = 0
  let to = at
  if (odd === 1 && justify === 'right') {
    const digit = digits[text.charCodeAt(0)] ?? 0
    common &= digit
    into[to] = (filler << 4) | (digit & 15)
    to += 1
    from = 1
  }
  for (const end = text.length - 1; from < end; from += 2) {
    const high = digits[text.charCodeAt(from)] ?? 0
    const low = digits[text.charCodeAt(from + 1)] ?? 0
    common &= high & low
    into[to] = ((high & 15) << 4) | (low & 15)
    to += 1
  }
  if (from < text.length) {
    const digit = digits[text.charCodeAt(from)] ?? 0
    common &= digit
    into[to] = ((digit & 15) << 4) | filler
  }
  return common !== 0
}

/** The value of a hex digit by its character code, in either case; 16 for any other character. */
export function nibbleOf(code: number): number {
  return nibbles[code] ?? 16
}
