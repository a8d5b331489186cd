import type { Fields } from '../values/message.ts'
import type { Layout, Part } from './dialect.ts'
import { assembleTagged, divideTagged } from './tagged.ts'

/** One part with its value and where it begins, in characters from the start of the whole. */
export type Piece = Readonly<{ path: string; name: string; value: string; from: number }>

/** A composite divided. `odd`: what does not fit its layout; the parts before it are there all the same. */
export type Division = Readonly<{ pieces: readonly Piece[]; odd?: string }>

const undivided: Division = { pieces: [] }

/**
 * Divides the whole value of a composite, character by character. (Text whose characters take more than one byte is divided as bytes:
 * one character for each of them.)
 */
export function divide(layouts: readonly Layout[], mti: string, whole: string): Division {
  const layout = layoutFor(layouts, mti, whole.length)
  if (!layout) return undivided
  if (layout.of === 'tagged') return divideTagged(layout, whole)
  const pieces: Piece[] = []
  let at = 0
  for (const part of layout.parts) {
    if (at >= whole.length) break
    if (whole.length - at < part.length && layout.lastMayBeShort !== true)
      return { pieces, odd: `${whole.length - at} are left for ${part.name}, which has ${part.length}` }
    pieces.push({ path: part.path, name: part.name, value: whole.slice(at, at + part.length), from: at })
    at += part.length
  }
  if (layout.item) at = divideItems(layout.item, whole, at, pieces)
  if (at < whole.length) return { pieces, odd: `${whole.length - at} of ${whole.length} are beyond its layout` }
  const odd = oddLength(layout, whole.length) ?? oddCount(layout, pieces)
  return odd === undefined ? { pieces } : { pieces, odd }
}

/** The layout of a composite in a message of this type: the one that the length fits, or the first. */
function layoutFor(layouts: readonly Layout[], mti: string, length: number): Layout | undefined {
  let first: Layout | undefined
  for (const layout of layouts) {
    if (layout.types !== undefined && !layout.types.includes(mti)) continue
    if (layout.of !== 'whole' || lengthOf(layout.parts) === length) return layout
    first ??= layout
  }
  return first
}

function oddLength(layout: Layout, length: number): string | undefined {
  if (layout.of === 'whole' && length !== lengthOf(layout.parts)) return `it has ${length}; ${lengthOf(layout.parts)} are due`
  if (layout.lengths && !layout.lengths.includes(length)) return `it has ${length}; usual are ${layout.lengths.join(', ')}`
  return undefined
}

function oddCount({ item, parts }: Layout, pieces: readonly Piece[]): string | undefined {
  if (!item) return undefined
  const items = (pieces.length - parts.length) / item.parts.length
  if (items !== Number(pieces[0]?.value)) return `its count is not the number of items that follow, ${items}`
  return items > item.most ? `it has ${items} items; ${item.most} at most` : undefined
}

function divideItems(item: NonNullable<Layout['item']>, whole: string, from: number, pieces: Piece[]): number {
  const size = lengthOf(item.parts)
  let at = from
  for (let no = 1; whole.length - at >= size; no += 1)
    for (const part of item.parts) {
      const value = whole.slice(at, at + part.length)
      pieces.push({ path: `${item.path}.${no}.${part.path}`, name: `${item.name}.${no}.${part.name}`, value, from: at })
      at += part.length
    }
  return at
}

/** How many of the parts of a whole are among the fields, each as the whole has it. Other values do not count. */
export function holds(layouts: readonly Layout[], mti: string, whole: string, fields: Fields): number {
  const layout = layoutFor(layouts, mti, whole.length)
  if (!layout || layout.item || layout.of === 'tagged')
    return divide(layouts, mti, whole).pieces.filter(piece => fields[piece.name] === piece.value).length
  let held = 0
  let at = 0
  for (const { name, length } of layout.parts) {
    const value = fields[name]
    const due = Math.min(length, whole.length - at)
    if (value !== undefined && value.length === due && whole.startsWith(value, at)) held += 1
    at += length
  }
  return held
}

/** Puts parts, given by name, together; or says why they make no whole. */
export function assemble(
  layouts: readonly Layout[],
  mti: string,
  given: ReadonlyMap<string, string>,
): Readonly<{ whole: string }> | Readonly<{ because: string }> {
  const layout = layouts.find(
    one => (one.types === undefined || one.types.includes(mti)) && one.parts.some(part => given.has(part.name)),
  )
  if (!layout) return { because: `in a message of type ${mti} it has no parts ${[...given.keys()].join(', ')}` }
  if (layout.of === 'tagged') return assembleTagged(layout, given)
  let whole = ''
  let used = 0
  let missing: string | undefined
  for (const { name, part } of expected(layout, given)) {
    const value = given.get(name)
    if (value === undefined) {
      missing ??= name
      continue
    }
    if (missing !== undefined) return { because: `${name} is there, but ${missing} before it is not` }
    used += 1
    const fits = layout.lastMayBeShort && used === given.size ? value.length <= part.length : value.length === part.length
    if (!fits) return { because: `${name} has ${value.length}; ${part.length} are due` }
    whole += value
  }
  if (missing !== undefined && layout.of !== 'as far as it goes') return { because: `${missing} is missing` }
  return used === given.size ? { whole } : { because: `not all of ${[...given.keys()].join(', ')} belong together` }
}

/** The parts of a layout by name, with those of as many items as are given. */
function expected({ parts, item }: Layout, given: ReadonlyMap<string, string>): Readonly<{ name: string; part: Part }>[] {
  const all = parts.map(part => ({ name: part.name, part }))
  for (let no = 1; item?.parts.some(part => given.has(`${item.name}.${no}.${part.name}`)); no += 1)
    all.push(...item.parts.map(part => ({ name: `${item.name}.${no}.${part.name}`, part })))
  return all
}

function lengthOf(parts: readonly Part[]): number {
  let sum = 0
  for (const part of parts) sum += part.length
  return sum
}
