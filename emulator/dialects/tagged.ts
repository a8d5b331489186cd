import type { Layout } from './dialect.ts'
import type { Division, Piece } from './parts.ts'

type Tagged = NonNullable<Layout['tagged']>

/**
 * Divides a field in which every part stands after its tag and the length of its value: `01` `003` `ABC`. What comes after the first tag or length that
 * is none, or reaches beyond the end, cannot be known; a tag that the layout has not is passed over, and told.
 */
export function divideTagged({ parts, tagged = none }: Layout, whole: string): Division {
  const pieces: Piece[] = []
  const unknown: string[] = []
  let at = 0
  while (at < whole.length) {
    const tag = whole.slice(at, at + tagged.tag)
    const size = whole.slice(at + tagged.tag, at + tagged.tag + tagged.length)
    if (size.length < tagged.length || !/^\d+$/.test(size))
      return { pieces, odd: `after tag ${tag} there is no length of ${tagged.length} digits` }
    const from = at + tagged.tag + tagged.length
    const value = whole.slice(from, from + Number(size))
    if (value.length < Number(size)) return { pieces, odd: `tag ${tag} says ${Number(size)}; ${value.length} are left` }
    const part = parts.find(one => one.tag === tag)
    if (part === undefined || pieces.some(({ name }) => name === part.name)) unknown.push(tag)
    else pieces.push({ path: part.path, name: part.name, value, from })
    at = from + Number(size)
  }
  return unknown.length === 0 ? { pieces } : { pieces, odd: `its layout has no tag ${unknown.join(', ')}, or not again` }
}

/** Puts tagged parts together in the order of their layout; or says which one has no room. */
export function assembleTagged(
  { parts, tagged = none }: Layout,
  given: ReadonlyMap<string, string>,
): Readonly<{ whole: string }> | Readonly<{ because: string }> {
  let whole = ''
  for (const { name, tag = '', length } of parts) {
    const value = given.get(name)
    if (value === undefined) continue
    const size = String(value.length).padStart(tagged.length, '0')
    if (value.length > length || size.length > tagged.length) return { because: `${name} has ${value.length}; ${length} at most` }
    whole += tag + size + value
  }
  return { whole }
}

const none: Tagged = { tag: 0, length: 0 }
