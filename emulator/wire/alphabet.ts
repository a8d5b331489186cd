import type { Alphabet } from '../dialects/dialect.ts'

/** Bits of the character table: what a character may stand in. */
export const alphabetBits: Readonly<Record<Alphabet, number>> = { n: 1, z: 2, an: 4, ans: 8, b: 16, 'x+n': 64 }

/** A track as some dialects send it: digits, and `=` for the separator. */
export const trackOnWire = 32

/** For each ASCII character the alphabets that it belongs to, as bits. */
export const alphabetsOf: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  const digit = /\d/.test(character)
  let of = 0
  if (digit) of |= alphabetBits.n
  if (digit || character === 'D') of |= alphabetBits.z
  if (/[0-9A-Za-z ]/.test(character)) of |= alphabetBits.an
  if (code >= 0x20 && code < 0x7f) of |= alphabetBits.ans
  if (/[0-9A-F]/.test(character)) of |= alphabetBits.b
  if (digit || character === '=') of |= trackOnWire
  if (digit || character === 'C' || character === 'D') of |= alphabetBits['x+n']
  return of
})

/** For each byte the alphabets that both its nibbles belong to, as digits. */
const alphabetsOfNibbles: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => {
  const [high, low] = [byte >> 4, byte & 15].map(nibble => alphabetsOf['0123456789ABCDEF'.charCodeAt(nibble)] ?? 0)
  return (high ?? 0) & (low ?? 0)
})

/** Whether bytes are packed digits of an alphabet, a pad nibble included. */
export function areDigitsOf(bit: number, frame: Uint8Array, at: number, end: number): boolean {
  let common = bit
  for (let from = at; from < end; from += 1) common &= alphabetsOfNibbles[frame[from] ?? 0] ?? 0
  return common !== 0
}

/** Whether bytes are ASCII characters of an alphabet. */
export function areCharactersOf(bit: number, frame: Uint8Array, at: number, end: number): boolean {
  let common = bit
  for (let from = at; from < end; from += 1) common &= alphabetsOf[frame[from] ?? 0x80] ?? 0
  return common !== 0
}

/** Where a text first leaves its alphabet, counted from 0; `inside` if nowhere. Letters beyond ASCII are text; U+FFFD and control characters are not. */
export function firstOutside(text: string, of: Alphabet): number | 'inside' {
  const bit = alphabetBits[of]
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code >= 0x80 ? of !== 'ans' || code === 0xfffd || code < 0xa0 : ((alphabetsOf[code] ?? 0) & bit) === 0) return at
  }
  return 'inside'
}

/** Where the first character stands that has none of these bits, counted from 0; `none` if there is no such character. */
export function firstWithout(bits: number, text: string): number | 'none' {
  for (let at = 0; at < text.length; at += 1) if (((alphabetsOf[text.charCodeAt(at)] ?? 0) & bits) === 0) return at
  return 'none'
}

/** What an alphabet holds, in words. */
export const inWords: Readonly<Record<Alphabet, string>> = {
  n: 'a decimal digit',
  z: 'a track digit or separator',
  an: 'a letter, digit or space',
  ans: 'a printable character',
  b: 'an upper-case hex digit',
  'x+n': 'a sign, C or D, or a decimal digit',
}
