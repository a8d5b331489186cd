import { type RunMatrix, standsOut } from './run-matrix.ts'

/** A stretch of one axis, in units of the drawing. */
export type Extent = Readonly<{ from: number; size: number }>
export type Named = Extent & Readonly<{ name: string }>

/** Room for the chapters' names at the left, for the ids of rows that stand out at the right, for the features' names above; units of the drawing. */
export const margin = { left: 198, right: 92, top: 66, bottom: 6 } as const

/** The width of a drawing: that of the report's text on a desk, so that a unit is a pixel there. */
export const drawingWidth = 1112

const gap = { feature: 5, chapter: 6 } as const
const rowSize = { usual: 5.4, out: 13, most: 16 } as const
const columnMost = 22
/** How much wider a column is that stands out; fewer where that would leave the others no room. */
const outWeight = 2.6

/** Where each column lies, and each feature; `end` is where the last one ends. Columns share the width, those that stand out take more of it. */
export function columnsLaidOut({
  columns,
}: RunMatrix): Readonly<{ columns: readonly Extent[]; features: readonly Named[]; end: number }> {
  const weights = columns.map(({ verdict }) => (standsOut(verdict) ? outWeight : 1))
  const changes = columns.filter(({ feature }, at) => at > 0 && feature !== columns[at - 1]?.feature).length
  const room = drawingWidth - margin.left - margin.right - changes * gap.feature
  const unit = Math.min(columnMost, room / Math.max(1, sum(weights)))
  const features: Named[] = []
  const extents: Extent[] = []
  let at: number = margin.left
  for (const [index, { feature }] of columns.entries()) {
    const size = unit * (weights[index] ?? 1)
    const last = features.at(-1)
    if (last?.name === feature) features[features.length - 1] = { ...last, size: at + size - last.from }
    else {
      if (last !== undefined) at += gap.feature
      features.push({ name: feature, from: at, size })
    }
    extents.push({ from: at, size })
    at += size
  }
  return { columns: extents, features, end: at }
}

/** Where the names of the features stand, so that none lies on the next: over the middle of a narrow one, near the start of a wide one. */
export function namesLaidOut(features: readonly Named[]): readonly number[] {
  const places: number[] = []
  for (const { from, size } of features) places.push(Math.max(from + Math.min(size / 2, 16), (places.at(-1) ?? 0) + namePitch))
  return places
}

/** How far apart slanted names must be. */
const namePitch = 22

type PartRows = RunMatrix['parts'][number]['chapters']

/** Where each row lies, chapter by chapter; a chapter is at least as high as its name. */
export function rowsLaidOut(
  chapters: PartRows,
): Readonly<{ chapters: readonly Readonly<{ at: Extent; rows: readonly Extent[] }>[]; height: number }> {
  const rows = chapters.flatMap(chapter => chapter.rows)
  const usual = Math.max(rowSize.usual, Math.min(rowSize.most, 320 / Math.max(1, rows.length)))
  let at: number = margin.top
  const laid = chapters.map(chapter => {
    const from = at
    const extents = chapter.rows.map(({ card }) => {
      const size = standsOut(card.verdict) ? Math.max(rowSize.out, usual) : usual
      const extent = { from: at, size }
      at += size
      return extent
    })
    const size = Math.max(at - from, 12)
    at = from + size + gap.chapter
    return { at: { from, size }, rows: extents }
  })
  return { chapters: laid, height: at - gap.chapter + margin.bottom }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)
