import type { Alphabet } from '../dialects/dialect.ts'

/** Bits of the character table: what a character may stand in. */
const bits: Readonly<Record<Alphabet, number>> = { n: 1, z: 2, an: 4, ans: 8, b: 16 }

/** For each ASCII character the alphabets that it belongs to. */
const table: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  const digit = /\d/.test(character)
  let of = 0
  if (digit) of |= bits.n
  if (digit || character === 'D') of |= bits.z
  if (/[0-9A-Za-z ]/.test(character)) of |= bits.an
  if (code >= 0x20 && code < 0x7f) of |= bits.ans
  if (/[0-9A-F]/.test(character)) of |= bits.b
  return of
})

/** Where a text first leaves its alphabet, counted from 0; `inside` if nowhere. Letters beyond ASCII are text, U+FFFD is not. */
export function firstOutside(text: string, of: Alphabet): number | 'inside' {
  const bit = bits[of]
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code >= 0x80 ? of !== 'ans' || code === 0xfffd : ((table[code] ?? 0) & bit) === 0) return at
  }
  return 'inside'
}

/** What an alphabet holds, in words. */
export const inWords: Readonly<Record<Alphabet, string>> = {
  n: 'a decimal digit',
  z: 'a track digit or separator',
  an: 'a letter, digit or space',
  ans: 'a printable character',
  b: 'an upper-case hex digit',
}
