import type { Dialect } from '../dialects/dialect.ts'
import { type Guess, guess } from './guess.ts'

/**
 * What several frames of one acquirer may be: a guess that holds for more of them comes before one that holds for fewer. Reasons are those of the
 * sample that it explains worst.
 */
export function guessAll(
  frames: readonly Uint8Array[],
  { own = [], most = 5 }: Readonly<{ own?: readonly Dialect[]; most?: number }> = {},
): readonly Guess[] {
  const [first] = frames
  if (first !== undefined && frames.length === 1) return guess(first, { own, most })
  const byKey = new Map<string, Guess[]>()
  for (const frame of frames) {
    const seen = new Set<string>()
    for (const each of guess(frame, { own, most: 100 })) {
      const key = keyOf(each)
      if (seen.has(key)) continue
      seen.add(key)
      byKey.set(key, [...(byKey.get(key) ?? []), each])
    }
  }
  return [...byKey.values()]
    .flatMap(list => togetherOf(list, frames.length))
    .sort((one, other) => other.score - one.score)
    .slice(0, most)
}

function togetherOf(list: readonly Guess[], frames: number): readonly Guess[] {
  const [worst] = [...list].sort((one, other) => one.score - other.score)
  if (worst === undefined) return []
  const sum = (of: (each: Guess) => number): number => list.reduce((total, each) => total + of(each), 0)
  const held = list.length === frames ? [] : [`only ${list.length} of ${frames} samples can be read so`]
  const asking = list.find(({ side }) => side === 'request') ?? worst
  const transactions = [...new Set(list.map(({ transaction }) => transaction))]
  return [
    {
      ...worst,
      framing: asking.framing,
      side: asking.side,
      score: Math.round(sum(({ score }) => score) / frames),
      transaction: transactions.join(', '),
      read: sum(({ read }) => read),
      of: sum(({ of }) => of),
      exact: list.length === frames && list.every(({ exact }) => exact),
      reasons: [...held, ...worst.reasons],
    },
  ]
}

/** Two samples of one acquirer have the same framing, but for the addresses and counters in TPDU and header. */
function keyOf({ dialect, framing, encoding }: Guess): string {
  const { length, lengthCounts, tpdu, header } = framing
  const { digits, prefix, bitmap, text, type } = encoding
  return JSON.stringify([dialect, length, lengthCounts, tpdu.length, header.length, digits, prefix, bitmap, text, type])
}
