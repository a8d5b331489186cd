import { type Alphabet, exactly, type Length, type PrefixDigits, type Unit, upTo } from '../dialects/dialect.ts'

/** What a field's `format` says: its alphabet and its length. */
export type Format = Readonly<{ of: Alphabet; length: Length }>

/** What a length counts unless the file says otherwise. */
const units: Readonly<Record<Alphabet, Unit>> = {
  n: 'digit',
  z: 'digit',
  an: 'character',
  ans: 'character',
  b: 'byte',
  'x+n': 'digit',
}

const alphabets: readonly Alphabet[] = ['n', 'an', 'ans', 'z', 'b', 'x+n']

const prefixes: readonly PrefixDigits[] = [1, 2, 3, 4]

/**
 * Reads `n 6`, `n..19`, `ans...999`, as tables of ISO 8583 write them (but `b 8` counts bytes, not bits); or says why there is no such field.
 * The dots are the digits of the length before the field. A length that is a binary number (`prefixed`) says more: two dots are one byte.
 *
 * @example formatOf('n..19', undefined) // { of: 'n', length: upTo(19, 'digit', 2) }
 */
export function formatOf(written: string, unit: Unit | undefined, prefixed?: 'binary'): Format | Readonly<{ because: string }> {
  const [, letters, dots = '', digits = '0'] = /^([a-z+]+) ?(\.*)(\d+)$/.exec(written) ?? []
  const of = alphabets.find(one => one === letters)
  const count = Number(digits)
  if (of === undefined || count === 0) return { because: 'it has no alphabet and length' }
  const counted = unit ?? units[of]
  if (counted !== units[of] && !(counted === 'byte' && units[of] === 'character'))
    return { because: `\`${of}\` counts ${units[of]}s, not ${counted}s` }
  if (dots === '') return { of, length: exactly(count, counted) }
  const most = prefixed === 'binary' ? 256 ** Math.ceil(dots.length / 2) - 1 : 10 ** dots.length - 1
  if (count > most) return { because: `a length of ${dots.length} digits says ${most} at most; three dots are three digits` }
  const prefix = prefixes.find(each => each === dots.length)
  return prefix === undefined ? { because: 'a length has four digits at most' } : { of, length: upTo(count, counted, prefix) }
}

/** The same back: what a file would write. */
export function formatText(of: Alphabet, length: Length): string {
  return length.is === 'exactly' ? `${of} ${length.count}` : `${of}${'.'.repeat(length.prefix)}${length.count}`
}
