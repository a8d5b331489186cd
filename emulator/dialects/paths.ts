import type { Message } from '../values/message.ts'
import type { Dialect, Layout, Part, SecretKind } from './dialect.ts'

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
  const inOrder = Object.entries(dialect.fields).sort(([, one], [, other]) => one.de - other.de)
  return inOrder.flatMap(([name, { de, is, secret }]) => {
    const value = message.fields[name]
    const path = String(de)
    const whole: Placed[] = value === undefined ? [] : [{ path, name, value, is, ...(secret ? { secret } : {}) }]
    return [...whole, ...partsOf(dialect, message, name, path)]
  })
}

function partsOf(dialect: Dialect, message: Message, name: string, path: string): Placed[] {
  const found: Placed[] = []
  for (const layout of suiting(dialect, name, message.mti)) {
    let from = 0
    for (const part of named(layout, message)) {
      const value = message.fields[part.name]
      if (value === undefined) continue
      const { is, secret } = part
      found.push({ path: part.path, name: part.name, value, is, ...(secret ? { secret } : {}), within: { path, from } })
      from += part.length
    }
  }
  return found
}

/** The layouts that a field can have in messages of this type. */
function suiting(dialect: Dialect, name: string, mti: string): readonly Layout[] {
  return (dialect.layouts[name] ?? []).filter(layout => layout.types === undefined || layout.types.includes(mti))
}

/** The parts of a layout, those of its items numbered as far as the message has them. */
function named(layout: Layout, { fields }: Message): readonly Part[] {
  const { item } = layout
  const all: Part[] = [...layout.parts]
  for (let no = 1; item?.parts.some(part => fields[`${item.name}.${no}.${part.name}`] !== undefined); no += 1)
    all.push(...item.parts.map(part => ({ ...part, ...numbered(item, no, part) })))
  return all
}

function numbered(item: NonNullable<Layout['item']>, no: number, part: Part): Readonly<{ path: string; name: string }> {
  return { path: `${item.path}.${no}.${part.path}`, name: `${item.name}.${no}.${part.name}` }
}

/** The name of the field or part that a path (`48`, `60.2`, `48.3.pan`) means in messages of this type; `unknown` if none. */
export function nameAt(dialect: Dialect, mti: string, path: string): string {
  const [number = '', ...rest] = path.split('.')
  const field = Object.entries(dialect.fields).find(([, { de }]) => String(de) === number)
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
