/** Does something over and over for about so many milliseconds; the answer is how often in a second. */
export type Load = (millis: number) => number | Promise<number>

/** Of several rounds: the middle one, and the two between which half of them lie. */
export type Spread = Readonly<{ median: number; low: number; high: number }>

/** Per second: what is measured, and the least that could be done in its place; `ratio` is the one through the other, round by round. */
export type Comparison = Readonly<{ measured: Spread; baseline: Spread; ratio: Spread }>

/** How long and how often. `warmUpMillis`: before the first round, for each side; 0 for none. */
export type Effort = Readonly<{ rounds: number; roundMillis: number; warmUpMillis: number }>

/**
 * Measures two loads in turn, round after round, in one process, so that whatever else the machine does falls on both. Who goes first
 * changes with every round.
 */
export async function compare(
  measured: Load,
  baseline: Load,
  { rounds, roundMillis, warmUpMillis }: Effort,
): Promise<Comparison> {
  if (warmUpMillis > 0) {
    await measured(warmUpMillis)
    await baseline(warmUpMillis)
  }
  const pairs: (readonly [measured: number, baseline: number])[] = []
  for (let round = 0; round < rounds; round += 1) {
    const first = round % 2 === 0 ? await measured(roundMillis) : await baseline(roundMillis)
    const second = round % 2 === 0 ? await baseline(roundMillis) : await measured(roundMillis)
    pairs.push(round % 2 === 0 ? [first, second] : [second, first])
  }
  return {
    measured: spreadOf(pairs.map(([one]) => one)),
    baseline: spreadOf(pairs.map(([, other]) => other)),
    ratio: spreadOf(pairs.map(([one, other]) => one / other)),
  }
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other)
  const at = (share: number): number => sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN
  return { median: at(0.5), low: at(0.25), high: at(0.75) }
}

/** Calls between two looks at the clock. */
const batch = 200

/** A load of one function. Its answers are added up and looked at, so that no work can be left out as useless. */
export const repeated =
  (act: () => number): Load =>
  millis => {
    const began = performance.now()
    let times = 0
    let sum = 0
    let now = began
    for (; now - began < millis; now = performance.now()) {
      for (let no = 0; no < batch; no += 1) sum += act()
      times += batch
    }
    if (!(sum > 0)) throw new Error('nothing was done')
    return (times / (now - began)) * 1000
  }
