export type Arrow = Readonly<{ from: string; on: string; to: string }>
export type Spot = Readonly<{ state: string; column: number; row: number }>

/** Where every state stands in the drawing, in columns by how many steps it is from rest, and how many columns and rows there are. */
export type Layout = Readonly<{ spots: ReadonlyMap<string, Spot>; columns: number; rows: number }>

/** How often the columns are looked through for a better order. */
const sweeps = 6

/**
 * Lays the transition table out from left to right: at the left the terminal at rest, at the right the state in which everything ends. Within
 * its column a state stands near those that lead to it, so that arrows cross little.
 */
export function layout(states: readonly string[], arrows: readonly Arrow[], rest = 'idle', end = 'told'): Layout {
  const moves = arrows.filter(({ from, to }) => from !== to)
  const steps = stepsFrom(
    rest,
    moves.filter(({ to }) => to !== end),
  )
  const reached = [...steps.values()]
  const last = Math.max(0, ...reached) + 1
  const columnOf = (state: string): number => (state === end ? last : (steps.get(state) ?? 0))
  const columns: string[][] = Array.from({ length: last + 1 }, () => [])
  for (const state of states) columns[columnOf(state)]?.push(state)
  const rows = Math.max(...columns.map(column => column.length))
  const heights = new Map<string, number>()
  const place = (column: readonly string[]): void => {
    for (const [no, state] of column.entries()) heights.set(state, (rows - column.length) / 2 + no)
  }
  columns.forEach(place)
  const neighbours = neighboursOf(moves.filter(({ from, to }) => from !== end && to !== end && from !== rest && to !== rest))
  for (let sweep = 0; sweep < sweeps; sweep += 1)
    for (const column of columns) {
      const wish = (state: string): number =>
        mean((neighbours.get(state) ?? []).map(other => heights.get(other) ?? 0)) ?? heights.get(state) ?? 0
      column.sort((one, other) => wish(one) - wish(other))
      place(column)
    }
  const spots = columns.flatMap((column, no) =>
    column.map((state): Spot => ({ state, column: no, row: heights.get(state) ?? 0 })),
  )
  return { spots: new Map(spots.map(spot => [spot.state, spot])), columns: columns.length, rows }
}

/** The fewest events that lead from a state to each other one. */
function stepsFrom(start: string, moves: readonly Arrow[]): ReadonlyMap<string, number> {
  const steps = new Map([[start, 0]])
  const queue = [start]
  for (let state = queue.shift(); state !== undefined; state = queue.shift())
    for (const { from, to } of moves)
      if (from === state && !steps.has(to)) {
        steps.set(to, (steps.get(state) ?? 0) + 1)
        queue.push(to)
      }
  return steps
}

function neighboursOf(moves: readonly Arrow[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const { from, to } of moves) {
    found.set(from, [...(found.get(from) ?? []), to])
    found.set(to, [...(found.get(to) ?? []), from])
  }
  return found
}

const mean = (numbers: readonly number[]): number | undefined =>
  numbers.length === 0 ? undefined : numbers.reduce((sum, number) => sum + number, 0) / numbers.length
