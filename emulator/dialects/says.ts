import type { Dialect, MessageRow } from './dialect.ts'

type Names = readonly string[]

/** What lists of fields hold, parts of composites included; worked out once for a list of a dialect. */
const held = new WeakMap<Dialect, Map<Names, ReadonlySet<string>>>()

function namesIn(dialect: Dialect, list: Names): ReadonlySet<string> {
  const lists = held.get(dialect) ?? new Map<Names, ReadonlySet<string>>()
  held.set(dialect, lists)
  const known = lists.get(list)
  if (known) return known
  const parts = list.flatMap(name => dialect.layouts[name]?.flatMap(layout => layout.parts.map(part => part.name)) ?? [])
  const made = new Set([...list, ...parts])
  lists.set(list, made)
  return made
}

/** Whether a request of this row can say it, in a field or in a part of one. */
export const says = (dialect: Dialect, { must, may }: MessageRow, name: string): boolean =>
  namesIn(dialect, must).has(name) || namesIn(dialect, may).has(name)

/** Whether a request of this row has to say it. */
export const mustSay = (dialect: Dialect, { must }: MessageRow, name: string): boolean => namesIn(dialect, must).has(name)

/** Whether an answer of this row can say it. */
export const answers = (dialect: Dialect, { replyMust, replyMay }: MessageRow, name: string): boolean =>
  namesIn(dialect, replyMust).has(name) || namesIn(dialect, replyMay).has(name)

/** The fields of a dialect by name. */
const fieldNames = new WeakMap<Dialect, Names>()

/** Whether a dialect has a place for it at all. */
export function hasPlaceFor(dialect: Dialect, name: string): boolean {
  const names = fieldNames.get(dialect) ?? Object.keys(dialect.fields)
  fieldNames.set(dialect, names)
  return namesIn(dialect, names).has(name)
}
