import type { Part } from '../verdict/result.ts'
import { type VerdictWord, worst } from '../verdict/verdict.ts'
import type { Chapter } from './chapters.ts'
import type { Report, RequirementCard } from './report.ts'

/** A scenario as a column. `drawn`: the journal holds it, so there is a ladder to go to. */
export type Column = Readonly<{ key: string; name: string; feature: string; verdict?: VerdictWord; drawn: boolean }>

/** A requirement as a row: what it drew from which scenario. `column` is an index. */
export type MatrixRow = Readonly<{ card: RequirementCard; cells: readonly Cell[]; broad: boolean }>
export type Cell = Readonly<{ column: number; verdict: VerdictWord }>

/** Requirements × scenarios, rows by part and chapter, columns by feature. */
export type RunMatrix = Readonly<{
  columns: readonly Column[]
  parts: readonly Readonly<{
    part: Part
    chapters: readonly Readonly<{ chapter: Chapter; rows: readonly MatrixRow[] }>[]
  }>[]
}>

/** A row that is judged on more scenarios than this is one about everything that happens: it is drawn as a band, not as cells. */
const many = 24

/** Lays the verdicts of a run out. Scenarios that never began, because what they need is not claimed, stand after their feature's others. */
export function runMatrixOf({ scenarios, parts }: Report): RunMatrix {
  const drawn = scenarios.map(({ key, name, verdict }) => column(key, name, true, verdict))
  const known = new Set(drawn.map(({ key }) => key))
  const others = new Map<string, Column>()
  const cards = parts.flatMap(({ chapters }) => chapters.flatMap(({ rows }) => rows))
  for (const { key, name, verdict } of cards.flatMap(card => card.scenarios)) {
    if (known.has(key)) continue
    const before = others.get(key)?.verdict
    others.set(key, column(key, name, false, before === undefined ? verdict : worst([before, verdict])))
  }
  const features = Map.groupBy([...drawn, ...others.values()], ({ feature }) => feature)
  const columns = [...features].sort(([one], [other]) => one.localeCompare(other)).flatMap(([, members]) => members)
  const place = new Map(columns.map(({ key }, at) => [key, at]))
  return {
    columns,
    parts: parts.map(({ part, chapters }) => ({
      part,
      chapters: chapters.map(({ chapter, rows }) => ({ chapter, rows: rows.map(card => rowOf(card, place)) })),
    })),
  }
}

const column = (key: string, name: string, isDrawn: boolean, verdict: VerdictWord | undefined): Column => ({
  ...{ key, name, feature: key.replace(/\/.*$/s, ''), drawn: isDrawn },
  ...(verdict === undefined ? {} : { verdict }),
})

function rowOf(card: RequirementCard, place: ReadonlyMap<string, number>): MatrixRow {
  const cells = card.scenarios
    .map(({ key, verdict }) => ({ column: place.get(key) ?? 0, verdict }))
    .toSorted((one, other) => one.column - other.column)
  return { card, cells, broad: cells.length > many }
}

/** Neighbouring cells of one verdict, as a stretch: a band has few of them however many scenarios it is about. */
export type Stretch = Readonly<{ from: number; to: number; verdict: VerdictWord }>

export function stretchesOf(cells: readonly Cell[]): readonly Stretch[] {
  const stretches: Stretch[] = []
  for (const { column, verdict } of cells) {
    const last = stretches.at(-1)
    if (last?.verdict === verdict && last.to === column - 1) stretches[stretches.length - 1] = { ...last, to: column }
    else stretches.push({ from: column, to: column, verdict })
  }
  return stretches
}

/** What wants a reader’s eye: such rows and columns are drawn wider than the others. */
export const standsOut = (verdict: VerdictWord | undefined): boolean =>
  verdict === 'failed' || verdict === 'inconclusive' || verdict === 'untested' || verdict === 'warned'
