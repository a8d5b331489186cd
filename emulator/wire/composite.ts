import type { Layout, Part } from '../dialects/dialect.ts'
import { bytesOfText, readText, type TextEncoding, writeText } from './text.ts'

/** One part with its value and where it begins, in digits or bytes from the start of the field's value. */
export type Piece = Readonly<{ path: string; name: string; value: string; from: number; length: number; part: Part }>

export type Division = Readonly<{ pieces: readonly Piece[]; odd?: string }>

const undivided: Division = { pieces: [] }

/** The layout of a composite in a message of this type. */
export function layoutFor(layouts: readonly Layout[], mti: string, length: number): Layout | undefined {
  const suited = layouts.filter(layout => layout.types === undefined || layout.types.includes(mti))
  return suited.find(layout => layout.of !== 'whole' || lengthOf(layout.parts) === length) ?? suited[0]
}

/**
 * Divides the whole value of a composite. What does not fit its layout is said in `odd`; the parts before it are there all the same.
 *
 * @param encoding  `digits`: lengths count characters of the value; otherwise they count bytes of the text
 */
export function divide(layouts: readonly Layout[], mti: string, whole: string, encoding: TextEncoding | 'digits'): Division {
  if (encoding !== 'digits' && !ascii(whole)) return divideWide(layouts, mti, whole, encoding)
  const layout = layoutFor(layouts, mti, whole.length)
  if (!layout) return undivided
  const pieces: Piece[] = []
  let at = 0
  for (const part of layout.parts) {
    if (at >= whole.length) break
    const short = whole.length - at < part.length
    if (short && encoding === 'digits')
      return { pieces, odd: `${whole.length - at} digits are left for ${part.name}, which has ${part.length}` }
    pieces.push(piece(part, part.path, part.name, whole, at))
    at += part.length
  }
  if (layout.of === 'list' && layout.item) at = divideItems(layout.item, whole, at, pieces)
  return at < whole.length
    ? { pieces, odd: `${whole.length - at} of ${whole.length} are beyond its layout` }
    : judged(layout, whole.length, pieces)
}

function judged(layout: Layout, length: number, pieces: readonly Piece[]): Division {
  if (layout.of === 'whole' && length !== lengthOf(layout.parts))
    return { pieces, odd: `it has ${length}; ${lengthOf(layout.parts)} are due` }
  if (layout.lengths && !layout.lengths.includes(length))
    return { pieces, odd: `it has ${length}; usual are ${layout.lengths.join(', ')}` }
  if (layout.item) {
    const items = (pieces.length - layout.parts.length) / layout.item.parts.length
    const counted = Number(pieces[0]?.value)
    if (items !== counted) return { pieces, odd: `its count says ${counted} items, ${items} follow` }
    if (items > layout.item.most) return { pieces, odd: `it has ${items} items; ${layout.item.most} at most` }
  }
  return { pieces }
}

function divideItems(item: NonNullable<Layout['item']>, whole: string, from: number, pieces: Piece[]): number {
  const size = lengthOf(item.parts)
  let at = from
  for (let no = 1; whole.length - at >= size; no += 1)
    for (const part of item.parts) {
      pieces.push(piece(part, `${item.path}.${no}.${part.path}`, `${item.name}.${no}.${part.name}`, whole, at))
      at += part.length
    }
  return at
}

function piece(part: Part, path: string, name: string, whole: string, from: number): Piece {
  const value = whole.slice(from, from + part.length)
  return { path, name, value, from, length: value.length, part }
}

/** Text with characters of more than one byte: the same over its bytes. */
function divideWide(layouts: readonly Layout[], mti: string, whole: string, encoding: TextEncoding): Division {
  const bytes = new Uint8Array(bytesOfText(whole, encoding))
  if (writeText(whole, encoding, bytes, 0) === 'unwritable') return undivided
  const layout = layoutFor(layouts, mti, bytes.length)
  if (!layout) return undivided
  const pieces: Piece[] = []
  let from = 0
  for (const part of layout.parts) {
    if (from >= bytes.length) break
    const length = Math.min(part.length, bytes.length - from)
    pieces.push({ path: part.path, name: part.name, value: readText(bytes, from, length, encoding), from, length, part })
    from += length
  }
  return from < bytes.length
    ? { pieces, odd: `${bytes.length - from} of ${bytes.length} bytes are beyond its layout` }
    : { pieces }
}

/** Puts parts together, or says why they make no whole. `given` has them by name. */
export function assemble(
  layouts: readonly Layout[],
  mti: string,
  given: ReadonlyMap<string, string>,
  encoding: TextEncoding | 'digits',
): Readonly<{ whole: string }> | Readonly<{ because: string }> {
  const layout = layouts.find(
    one => (one.types === undefined || one.types.includes(mti)) && one.parts.some(part => given.has(part.name)),
  )
  if (!layout) return { because: `no layout of it for a message of type ${mti} has ${[...given.keys()].join(', ')}` }
  const parts: Named[] = layout.parts.map(part => ({ name: part.name, part }))
  for (let no = 1; layout.item && given.has(`${layout.item.name}.${no}.${layout.item.parts[0]?.name}`); no += 1)
    for (const part of layout.item.parts) parts.push({ name: `${layout.item.name}.${no}.${part.name}`, part })
  let whole = ''
  let missing: string | undefined
  let used = 0
  for (const { name, part } of parts) {
    const value = given.get(name)
    if (value === undefined) {
      missing ??= name
      continue
    }
    if (missing !== undefined) return { because: `${name} is there, but ${missing} before it is not` }
    const length = encoding === 'digits' ? value.length : bytesOfText(value, encoding)
    const last = used === given.size - 1 && encoding !== 'digits'
    if (last ? length > part.length : length !== part.length) return { because: `${name} has ${length}; ${part.length} are due` }
    whole += value
    used += 1
  }
  if (missing !== undefined && layout.of !== 'as far as it goes') return { because: `${missing} is missing` }
  return used === given.size ? { whole } : { because: `not all of ${[...given.keys()].join(', ')} belong together` }
}

type Named = Readonly<{ name: string; part: Part }>

function lengthOf(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0)
}

function ascii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) >= 0x80) return false
  return true
}
