import { type Attempt, answeredOf } from './attempt.ts'

/** Lines that are open at the same time while other ways are tried. */
const lines = 4

/**
 * Tries one way after the other, a few at a time, until one is answered or the time is over.
 *
 * @param attempt  Sends one harmless message in that way; nothing when no line could be had.
 * @param over     Whether to begin no further one: the answer came on another line, or somebody interrupted.
 * @returns        what was tried, in the order of the ways
 */
export async function tryVariants<V>(
  ways: readonly V[],
  attempt: (way: V) => Promise<Attempt | undefined>,
  withinMillis: number,
  over: () => boolean,
): Promise<readonly Attempt[]> {
  const until = performance.now() + withinMillis
  const done: (Attempt | undefined)[] = []
  let next = 0
  let answered = false
  const worker = async (): Promise<void> => {
    while (next < ways.length && !answered && !over() && performance.now() < until) {
      const at = next
      next += 1
      const way = ways[at]
      if (way === undefined) return
      const one = await attempt(way)
      done[at] = one
      if (one !== undefined && answeredOf([one]) !== undefined) answered = true
    }
  }
  await Promise.all(Array.from({ length: Math.min(lines, ways.length) }, worker))
  return done.filter(one => one !== undefined)
}
