import type { Message } from '../values/message.ts'
import type { Dialect, Field, Layout, Part, SecretKind } from './dialect.ts'
import { divide } from './parts.ts'

/** One value of a message with its place in the table. `within`: where a part stands in its whole, in characters. */
export type Placed = Readonly<{
  path: string
  name: string
  value: string
  is: string
  secret?: SecretKind
  within?: Readonly<{ path: string; from: number }>
}>

/** The values of a message in the order of the wire: each field, then its parts. */
export function placed(dialect: Dialect, message: Message): readonly Placed[] {
  return placedAt(placesOf(dialect).all, dialect, message)
}

/** The same, of those fields alone that are a secret or have one in them. */
export function placedSecrets(dialect: Dialect, message: Message): readonly Placed[] {
  return placedAt(placesOf(dialect).secret, dialect, message)
}

/** How a field is spoken of beside its bytes: by its number, or by its name where it has none. */
export const pathOf = (name: string, { de }: Pick<Field, 'de'>): string => (de === undefined ? name : String(de))

/** A field of the table, and the layouts that it can have. */
type Place = Readonly<{ name: string; path: string; field: Field; layouts: readonly Layout[] }>

/** The fields in the order of the wire; worked out once for a dialect. */
const places = new WeakMap<Dialect, Readonly<{ all: readonly Place[]; secret: readonly Place[] }>>()

function placesOf(dialect: Dialect): Readonly<{ all: readonly Place[]; secret: readonly Place[] }> {
  const known = places.get(dialect)
  if (known) return known
  const all = Object.entries(dialect.fields)
    .map(([name, field]): Place => ({ name, path: pathOf(name, field), field, layouts: dialect.layouts[name] ?? [] }))
    .sort((one, other) => (one.field.de ?? 0) - (other.field.de ?? 0))
  const made = { all, secret: all.filter(holdsSecret) }
  places.set(dialect, made)
  return made
}

const holdsSecret = ({ field, layouts }: Place): boolean =>
  field.secret !== undefined || layouts.some(({ parts, item }) => [...parts, ...(item?.parts ?? [])].some(part => part.secret))

function placedAt(fields: readonly Place[], dialect: Dialect, message: Message): readonly Placed[] {
  const found: Placed[] = []
  const last: Placed[] = []
  for (const { name, path, field, layouts } of fields) {
    const value = message.fields[name]
    if (value !== undefined && field.standsLast) last.push(placedOne(lastPath(dialect, field, message), name, value, field))
    else if (value !== undefined) found.push(placedOne(path, name, value, field))
    for (const layout of layouts) if (suits(layout, message.mti)) placeParts(layout, message, path, value, found)
  }
  return last.length === 0 ? found : [...found, ...last]
}

/** The number of a field that stands last, in the last bitmap that the others of this message need. */
function lastPath(dialect: Dialect, { de = 0 }: Field, { fields }: Message): string {
  const numbers = placesOf(dialect).all.flatMap(place => (fields[place.name] === undefined ? [] : (place.field.de ?? 0)))
  const bitmaps = Math.max(dialect.encoding.bitmaps ?? 1, ...numbers.map(number => Math.ceil(number / 64)))
  return String(de + (bitmaps - 1) * 64)
}

function placeParts(layout: Layout, message: Message, path: string, whole: string | undefined, found: Placed[]): void {
  if (layout.of === 'tagged') {
    for (const { name, value, from } of divide([layout], message.mti, whole ?? '').pieces) {
      const part = layout.parts.find(one => one.name === name)
      if (part) found.push({ ...placedOne(part.path, name, value, part), within: { path, from } })
    }
    return
  }
  let from = 0
  for (const part of named(layout, message)) {
    const value = message.fields[part.name]
    if (value === undefined) continue
    found.push({ ...placedOne(part.path, part.name, value, part), within: { path, from } })
    from += part.length
  }
}

function placedOne(path: string, name: string, value: string, { is, secret }: Pick<Part, 'is' | 'secret'>): Placed {
  return secret ? { path, name, value, is, secret } : { path, name, value, is }
}

const suits = ({ types }: Layout, mti: string): boolean => types === undefined || types.includes(mti)

/** The layouts that a field can have in messages of this type. */
function suiting(dialect: Dialect, name: string, mti: string): readonly Layout[] {
  return (dialect.layouts[name] ?? []).filter(layout => suits(layout, mti))
}

/** The parts of a layout, those of its items numbered as far as the message has them. */
function named(layout: Layout, { fields }: Message): readonly Part[] {
  const { item } = layout
  if (!item) return layout.parts
  const all: Part[] = [...layout.parts]
  for (let no = 1; item.parts.some(part => fields[`${item.name}.${no}.${part.name}`] !== undefined); no += 1)
    all.push(...item.parts.map(part => ({ ...part, ...numbered(item, no, part) })))
  return all
}

function numbered(item: NonNullable<Layout['item']>, no: number, part: Part): Readonly<{ path: string; name: string }> {
  return { path: `${item.path}.${no}.${part.path}`, name: `${item.name}.${no}.${part.name}` }
}

/** The name of the field or part that a path (`48`, `60.2`, `48.3.pan`) means in messages of this type; `unknown` if none. */
export function nameAt(dialect: Dialect, mti: string, path: string): string {
  const [number = '', ...rest] = path.split('.')
  if (dialect.fields[path]?.de === undefined && Object.hasOwn(dialect.fields, path)) return path
  const rows = Object.entries(dialect.fields)
  const field =
    rows.find(([, { de }]) => String(de) === number) ??
    rows.find(([, { de = 0, standsLast }]) => standsLast && [de + 64, de + 128].map(String).includes(number))
  if (!field) return 'unknown'
  if (rest.length === 0) return field[0]
  for (const { parts, item } of suiting(dialect, field[0], mti)) {
    const part = parts.find(one => one.path === path)
    if (part) return part.name
    const [no = '', last = ''] = rest
    const inItem = item && /^[1-9]\d*$/.test(no) ? item.parts.find(one => one.path === last) : undefined
    if (item && inItem) return `${item.name}.${no}.${inItem.name}`
  }
  return 'unknown'
}
