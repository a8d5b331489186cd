import type { Field, Layout } from '../dialects/dialect.ts'
import { dialectById } from '../dialects/index.ts'

/** Numbers whose meaning is the acquirer's own: no name of ours fits before somebody has read its interface. */
const isPrivate = (de: number): boolean => (de >= 46 && de <= 48) || (de >= 56 && de <= 63) || de >= 105

/** What ISO 8583 calls by this number, if it is something that a terminal of ours knows by name. */
export function standardField(de: number): Readonly<{ name: string; field: Field; layouts: readonly Layout[] }> | undefined {
  if (isPrivate(de)) return undefined
  const { fields, layouts } = dialectById('iso8583-1987')
  const found = Object.entries(fields).find(([, field]) => field.de === de)
  return found && { name: found[0], field: found[1], layouts: layouts[found[0]] ?? [] }
}

/** Names that mean something to a terminal, and stand where the standard has them. */
const taken: ReadonlySet<string> = new Set(
  ['iso8583-1987', 'unionpay-pos'].flatMap(id => {
    const { fields, layouts } = dialectById(id)
    const parts = Object.values(layouts).flatMap(list => list.flatMap(layout => layout.parts.map(({ name }) => name)))
    return [...Object.keys(fields), ...parts]
  }),
)

/**
 * A name for a field of which we know what another tool calls it.
 *
 * @example nameFrom('ADDITIONAL DATA - PRIVATE', 48, new Set()) // additionalDataPrivate
 */
export function nameFrom(words: string, de: number, used: ReadonlySet<string>): string {
  const parts = words
    .normalize('NFKD')
    .replace(/\(.*?\)/g, ' ')
    .split(/[^A-Za-z0-9]+/)
    .filter(part => part !== '')
    .slice(0, 5)
    .map((part, at) => (at === 0 ? part.toLowerCase() : part.charAt(0).toUpperCase() + part.slice(1).toLowerCase()))
  const plain = parts.join('').replace(/^\d+/, '')
  if (plain === '') return `field${de}`
  const start = plain.charAt(0).toLowerCase() + plain.slice(1)
  return used.has(start) || taken.has(start) ? `${start}${de}` : start
}
