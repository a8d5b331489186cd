/** More names than these are too many for a hint. */
const listedAtMost = 30

/**
 * The known names nearest to a misspelt one, best first, at most three: those that differ in no more than a third of its letters; or else those
 * that contain it or are contained in it; or else those that share at least two words with it.
 *
 * @example nearestOf('voidwindo', ['voidWindow', 'voidScope']) // ['voidWindow']
 */
export function nearestOf(name: string, known: readonly string[]): readonly string[] {
  const wanted = plain(name)
  const near = known
    .map(candidate => ({ candidate, far: distance(wanted, plain(candidate)) }))
    .filter(({ far }) => far <= Math.max(1, Math.floor(wanted.length / 3)))
    .sort((one, other) => one.far - other.far || one.candidate.localeCompare(other.candidate))
    .map(({ candidate }) => candidate)
  const kin = near.length > 0 ? near : known.filter(candidate => contains(plain(candidate), wanted))
  return (kin.length > 0 ? kin : sharingWords(name, known)).slice(0, 3)
}

/** `Did you mean "voidWindow"?`, or the known names when none is near. */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = nearestOf(name, known)
  if (near.length > 0) return `Did you mean ${near.map(each => `"${each}"`).join(' or ')}?`
  if (known.length === 0) return 'There are none.'
  const shown = known.slice(0, listedAtMost).join(', ')
  return known.length <= listedAtMost ? `Known are ${shown}.` : `There are ${known.length}, such as ${shown}.`
}

function sharingWords(name: string, known: readonly string[]): readonly string[] {
  const wanted = new Set(name.toLowerCase().split(/\W+/))
  return known
    .map(candidate => ({ candidate, shared: candidate.split(/\W+/).filter(word => wanted.has(word.toLowerCase())).length }))
    .filter(({ shared }) => shared >= 2)
    .sort((one, other) => other.shared - one.shared)
    .map(({ candidate }) => candidate)
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

function contains(one: string, other: string): boolean {
  return other.length >= 3 && (one.includes(other) || (one.length >= 3 && other.includes(one)))
}

/** Letters to insert, delete or replace (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[other.length] ?? 0
}
