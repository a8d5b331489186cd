import type { Dialect, Field, Layout } from '../dialects/dialect.ts'
import { alphabetBits, trackOnWire } from './alphabet.ts'
import { prefixBytes } from './prefix.ts'

/** A row of a field table, worked out once for the codec. */
export type Row = Readonly<{
  name: string
  path: string
  field: Field
  de: number
  /** Digits of the length prefix, 0 for a field of fixed length, and how many bytes they take. */
  prefix: 0 | 2 | 3
  prefixBytes: number
  /** What the length counts on the wire: packed digits, characters or bytes. */
  form: 'digits' | 'text' | 'bytes'
  /** Two to a byte: bytes, and digits where the dialect packs them. */
  packed: boolean
  justify: 'left' | 'right'
  /** Of its length, or the most of it. */
  count: number
  alphabet: number
  /** The alphabet of its characters on the wire: another one only for tracks whose separator is `=` there. */
  wired: number
  layouts: readonly Layout[]
}>

/** What a name means: a field, or a part of one. */
export type Named = Readonly<{ row: Row; is: 'whole' | 'part' }>

/** The rows of a dialect by number and by name, and to which row each part belongs. */
export type Plan = Readonly<{
  byNumber: readonly (Row | undefined)[]
  /** Names of fields and of parts, each with the row it belongs to. */
  byName: ReadonlyMap<string, Named>
  /** Rows whose items have numbered names: `item.3.trace`. */
  lists: readonly Readonly<{ prefix: string; row: Row }>[]
}>

export function planOf(dialect: Dialect): Plan {
  const rows = Object.entries(dialect.fields).flatMap(([name, field]) =>
    field.de === undefined ? [] : [rowOf(name, field.de, field, dialect.layouts[name] ?? [], dialect.encoding)],
  )
  const byNumber: (Row | undefined)[] = new Array(129).fill(undefined)
  for (const row of rows) byNumber[row.de] = row
  const wholes = rows.map((row): readonly [string, Named] => [row.name, { row, is: 'whole' }])
  const parts = rows.flatMap(row =>
    row.layouts.flatMap(layout => layout.parts.map((part): readonly [string, Named] => [part.name, { row, is: 'part' }])),
  )
  const lists = rows.flatMap(row => row.layouts.flatMap(layout => (layout.item ? [{ prefix: `${layout.item.name}.`, row }] : [])))
  return { byNumber, byName: new Map([...parts, ...wholes]), lists }
}

function rowOf(name: string, de: number, field: Field, layouts: readonly Layout[], encoding: Dialect['encoding']): Row {
  const prefix = field.length.is === 'exactly' ? 0 : field.length.prefix
  const form = field.of === 'n' || field.of === 'z' ? 'digits' : field.of === 'b' ? 'bytes' : 'text'
  return {
    name,
    path: String(de),
    field,
    de,
    prefix,
    prefixBytes: prefix === 0 ? 0 : prefixBytes(prefix, encoding.prefix),
    form,
    packed: form === 'bytes' || (form === 'digits' && encoding.digits === 'bcd'),
    justify: field.justify ?? 'right',
    count: field.length.count,
    alphabet: alphabetBits[field.of],
    wired: field.of === 'z' && encoding.trackSeparator === '=' ? trackOnWire : alphabetBits[field.of],
    layouts,
  }
}

/** The row of an item's part, `item.3.trace`. */
export function rowOfItem(plan: Plan, name: string): Row | undefined {
  return plan.lists.find(list => name.startsWith(list.prefix))?.row
}
