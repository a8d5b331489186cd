import type { Dialect, Encoding, Field } from '../dialects/dialect.ts'
import { exactly, upTo } from '../dialects/dialect.ts'
import { formatText } from '../profile/dialect-format.ts'

/** A dialect that differs in one thing, what that is, as its file would say it, and how far-fetched: 0 is the commonest mistake. */
export type Alternative = Readonly<{ says: string; dialect: Dialect; far: number }>

/** How this field may be written instead, the commonest mistakes first. */
export function alternativesOf(dialect: Dialect, name: string): readonly Alternative[] {
  const field = Object.hasOwn(dialect.fields, name) ? dialect.fields[name] : undefined
  if (field === undefined) return []
  const changed = (far: number, says: string, change: Partial<Field>): Alternative => ({
    far,
    says: `fields.${name}.${says}`,
    dialect: { ...dialect, fields: { ...dialect.fields, [name]: { ...field, ...change } } },
  })
  return [
    ...padSides(field, dialect.encoding, changed),
    ...writings(field, dialect.encoding, changed),
    ...lengths(field, changed),
  ]
}

type Change = (far: number, says: string, change: Partial<Field>) => Alternative

function isDigits({ of }: Field): boolean {
  return of === 'n' || of === 'z' || of === 'x+n'
}

function padSides(field: Field, encoding: Encoding, changed: Change): readonly Alternative[] {
  if (!isDigits(field) || (field.encoding?.digits ?? encoding.digits) !== 'bcd') return []
  const justify = field.justify === 'left' ? 'right' : 'left'
  return [changed(0, `pad: ${justify === 'left' ? 'right' : 'left'}`, { justify })]
}

/** The value, or the length before it, in another writing. */
function writings(field: Field, encoding: Encoding, changed: Change): readonly Alternative[] {
  const own = { ...encoding, ...field.encoding }
  const other = <K extends 'digits' | 'prefix' | 'text' | 'bytes'>(
    key: K,
    values: readonly Encoding[K][],
  ): readonly Alternative[] =>
    values
      .filter(value => value !== (own[key] ?? 'binary'))
      .map(value => changed(1, `encoding: { ${key}: ${value} }`, { encoding: { ...field.encoding, [key]: value } }))
  return [
    ...(field.length.is === 'up to' ? other('prefix', ['bcd', 'ascii', 'binary', 'ebcdic']) : []),
    ...(isDigits(field) ? other('digits', ['bcd', 'ascii', 'ebcdic']) : []),
    ...(field.of === 'an' || field.of === 'ans' ? other('text', ['latin1', 'ebcdic']) : []),
    ...(field.of === 'b' ? other('bytes', ['binary', 'hex', 'hex in EBCDIC']) : []),
  ]
}

/** Fixed lengths that are tried: longer fields have a length before them. */
const longestFixed = 64

/** Another length before the field, one where there is none, none where there is one, another fixed length. */
function lengths(field: Field, changed: Change): readonly Alternative[] {
  const { length, of } = field
  const format = (far: number, other: Field['length']): Alternative =>
    changed(far, `format: ${formatText(of, other)}`, { length: other })
  const { count, unit } = length
  const variable = ([2, 3, 1, 4] as const)
    .filter(prefix => length.is !== 'up to' || prefix !== length.prefix)
    .map(prefix => format(length.is === 'up to' ? 2 : 5, upTo(Math.max(count, Math.min(10 ** prefix - 1, 999)), unit, prefix)))
  const fixed = Array.from({ length: longestFixed }, (_, at) => at + 1).filter(each => length.is !== 'exactly' || each !== count)
  // The same number without a length before it is a usual mistake; packed digits of odd number are rarer than those of even number.
  const far = (each: number): number => (each === count ? 2 : 4 + (of === 'n' && each % 2 === 1 ? 1 : 0))
  return [...variable, ...fixed.map(each => format(far(each), exactly(each, unit)))]
}
