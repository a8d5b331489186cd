import type { VerdictWord } from '../verdict/verdict.ts'
import { looks, words } from './look.ts'
import { href, html, type Markup } from './markup.ts'
import { columnsLaidOut, drawingWidth, type Extent, margin, namesLaidOut, rowsLaidOut } from './matrix-layout.ts'
import type { Report } from './report.ts'
import { type MatrixRow, type RunMatrix, runMatrixOf, standsOut, stretchesOf } from './run-matrix.ts'

type Columns = ReturnType<typeof columnsLaidOut>
type PartMatrix = RunMatrix['parts'][number]

const titles = { acquirer: 'The acquirer', instrument: 'The instrument' } as const

/** Requirements × scenarios: a drawing for each part, its legend, and the same in words. */
export function runMatrixMarkup(report: Report): Markup {
  const matrix = runMatrixOf(report)
  if (matrix.columns.length === 0) return html``
  const columns = columnsLaidOut(matrix)
  const halves = matrix.parts.filter(({ chapters }) => chapters.length > 0)
  const rows = halves.flatMap(({ chapters }) => chapters.flatMap(chapter => chapter.rows))
  return html`<section class="run" id="run"><h2>Requirements and scenarios</h2>
<p class="lead">A row for each requirement, a column for each scenario, ${matrix.columns.length} in all, a mark where one judges the other. A mark leads to the scenario’s messages.</p>
${legendMarkup(rows)}
<p class="readout" id="readout">Point at a mark; or go to the marks by Tab, move by the arrow keys, open one by Enter.</p>
${halves.map(half => halfMarkup(half, matrix, columns))}
${tableMarkup(matrix)}</section>`
}

/** The shapes that occur, with their words. */
function legendMarkup(rows: readonly MatrixRow[]): Markup {
  const there = new Set(rows.flatMap(verdictsOf))
  const marks = words
    .filter(word => there.has(word))
    .map(
      word =>
        html`<li class="${looks[word].slug}"><svg class="mark" viewBox="-7 -7 14 14" width="14" height="14" aria-hidden="true">${shape(word)}</svg> ${word}</li>`,
    )
  const band = rows.some(row => row.broad)
    ? html`<li><svg class="mark passed" viewBox="-14 -7 28 14" width="28" height="14" aria-hidden="true"><rect class="band" x="-14" y="-1.5" width="28" height="3"/></svg> a rule about everything that happens</li>`
    : undefined
  return html`<ul class="marks">${marks}${band}</ul>`
}

const verdictsOf = ({ cells }: MatrixRow): VerdictWord[] => cells.map(({ verdict }) => verdict)

function halfMarkup(half: PartMatrix, matrix: RunMatrix, columns: Columns): Markup {
  const laid = rowsLaidOut(half.chapters)
  const bottom = laid.height - margin.bottom
  const rows = half.chapters.flatMap(({ rows }, at) =>
    rows.map((row, index) => ({ row, at: laid.chapters[at]?.rows[index] ?? { from: 0, size: 0 } })),
  )
  const failing = matrix.columns.flatMap((_, at) => {
    const wrong = rows.some(({ row }) => row.cells.some(cell => cell.column === at && cell.verdict === 'failed'))
    return wrong ? [columns.columns[at] ?? { from: 0, size: 0 }] : []
  })
  const places = namesLaidOut(columns.features)
  const features = columns.features.map(({ name, from, size }, at) => {
    const place = places[at] ?? from
    const middle = Math.min(place, from + size / 2)
    return html`<rect class="feature${at % 2 === 0 ? ' even' : ''}" x="${n(from)}" y="${margin.top - 4}" width="${n(size)}" height="${n(bottom - margin.top + 8)}"/>
<path class="to-feature" d="M${n(middle)} ${margin.top - 4}v-4L${n(place)} ${margin.top - 15}"/>
<text class="of-feature" transform="translate(${n(place + 1)} ${margin.top - 17}) rotate(-38)">${name.replace(/^\d+-/, '')}</text>`
  })
  const chapters = half.chapters.map(({ chapter }, at) => {
    const { from, size } = laid.chapters[at]?.at ?? { from: 0, size: 0 }
    return html`<line class="rule" x1="0" x2="${drawingWidth}" y1="${n(from - 3)}" y2="${n(from - 3)}"/>
<a href="#chapter-${half.part}-${chapter.id}" tabindex="-1"><text class="of-chapter" x="0" y="${n(from + Math.min(size / 2, 8) + 3.5)}"><tspan class="id">${chapter.id}</tspan><tspan x="42">${chapter.title}</tspan></text></a>`
  })
  const wrongRows = rows.filter(({ row }) => row.card.verdict === 'failed')
  return html`<figure class="half"><figcaption>${titles[half.part]}</figcaption><div class="scroll">
<svg class="drawing" data-part="${half.part}" viewBox="0 0 ${drawingWidth} ${n(laid.height)}" role="group" aria-label="${titles[half.part]}: ${rows.length} requirements by ${matrix.columns.length} scenarios">
${features}${chapters}
${failing.map(({ from, size }) => html`<rect class="wrong column" x="${n(from)}" y="${margin.top - 4}" width="${n(size)}" height="${n(bottom - margin.top + 8)}"/>`)}
${wrongRows.map(({ at }) => html`<rect class="wrong" x="${margin.left}" y="${n(at.from)}" width="${n(columns.end + margin.right - margin.left)}" height="${n(at.size)}"/>`)}
<g class="cross" aria-hidden="true"><rect class="cross-row" width="0" height="6"/><rect class="cross-column" y="${margin.top - 4}" width="0" height="${n(bottom - margin.top + 8)}"/></g>
${rows.map(({ row, at }) => rowMarkup(row, at, matrix, columns))}
</svg></div></figure>`
}

function rowMarkup(row: MatrixRow, at: Extent, matrix: RunMatrix, columns: Columns): Markup {
  const { card, cells, broad } = row
  const middle = at.from + at.size / 2
  const label =
    at.size >= 11
      ? html`<a href="${href(card.anchor)}" tabindex="-1"><text class="of-row ${looks[card.verdict].slug}" x="${n(columns.end + 8)}" y="${n(middle + 3.5)}">${looks[card.verdict].glyph} ${card.id}</text></a>`
      : undefined
  const band = broad ? bandMarkup(row, middle, columns) : undefined
  const shown = broad ? cells.filter(({ verdict }) => standsOut(verdict)) : cells
  const marks = shown.map(({ column, verdict }) => {
    const { from, size } = columns.columns[column] ?? { from: 0, size: 0 }
    const { key, name, drawn } = matrix.columns[column] ?? { key: '', name: '', drawn: false }
    const scale = Math.min(1, (standsOut(verdict) ? Math.max(size, 9) : Math.min(at.size, Math.max(size, 5)) * 1.5) / 12)
    return html`<a class="spot ${looks[verdict].slug}" href="${href(drawn ? key : card.anchor)}" tabindex="-1" data-row="${card.anchor}" transform="translate(${n(from + size / 2)} ${n(middle)}) scale(${n(scale)})"><title>${card.anchor} · ${name}: ${verdict}</title>${shape(verdict)}</a>`
  })
  return html`${label}${band}${marks}`
}

/** One line for all scenarios of a verdict that stand side by side: it leads to the requirement, which lists them. */
function bandMarkup({ card, cells }: MatrixRow, middle: number, columns: Columns): Markup {
  const stretches = stretchesOf(cells).map(({ from, to, verdict }) => {
    const first = columns.columns[from] ?? { from: 0, size: 0 }
    const last = columns.columns[to] ?? first
    return html`<rect class="band ${looks[verdict].slug}" x="${n(first.from)}" y="-1.3" width="${n(last.from + last.size - first.from)}" height="2.6"/>`
  })
  return html`<a class="spot line" href="${href(card.anchor)}" tabindex="-1" data-row="${card.anchor}" transform="translate(0 ${n(middle)})"><title>${card.anchor} · ${tally(cells.map(({ verdict }) => verdict))}</title>${stretches}</a>`
}

/** `passed on 179 scenarios, failed on 1`. */
function tally(verdicts: readonly VerdictWord[]): string {
  const counted = Map.groupBy(verdicts, verdict => verdict)
  return words.flatMap(word => (counted.has(word) ? [`${word} on ${counted.get(word)?.length}`] : [])).join(', ')
}

/** A mark is known by its shape: around the origin, at most 6 units to each side. */
function shape(verdict: VerdictWord): Markup {
  if (verdict === 'failed') return html`<circle r="6"/><path class="in" d="M-2.6-2.6 2.6 2.6M-2.6 2.6 2.6-2.6"/>`
  if (verdict === 'inconclusive')
    return html`<path d="M0-6 6 0 0 6-6 0Z"/><path class="in" d="M-1.7-1.3Q-1.5-3 .1-3 1.8-3 1.8-1.5 1.8-.5 0 .6M0 2.6v.2"/>`
  if (verdict === 'warned') return html`<path d="M0-6 6 5H-6Z"/><path class="in" d="M0-2.2V1.4M0 3.2v.2"/>`
  if (verdict === 'untested')
    return html`<rect class="open" x="-4.5" y="-4.5" width="9" height="9"/><path class="open" d="M-4 4 4-4"/>`
  if (verdict === 'passed') return html`<rect x="-4" y="-4" width="8" height="8" rx="1.2"/>`
  return html`<path class="open" d="M-4 0H4"/>`
}

/** The same without the drawing: for a screen reader, for a search in the page. */
function tableMarkup({ columns, parts }: RunMatrix): Markup {
  const line = ({ card, cells, broad }: MatrixRow): Markup => {
    const named = cells.map(({ column, verdict }) => {
      const { key, name, drawn } = columns[column] ?? { key: '', name: '', drawn: false }
      return html`<li>${verdict}: ${drawn ? html`<a href="${href(key)}">${name}</a>` : name}</li>`
    })
    const told = broad ? tally(cells.map(({ verdict }) => verdict)) : html`<ul>${named}</ul>`
    return html`<tr><th scope="row"><a href="${href(card.anchor)}">${card.anchor}</a></th><td>${card.verdict}</td><td>${told}</td></tr>`
  }
  const rows = parts.flatMap(({ chapters }) => chapters.flatMap(chapter => chapter.rows))
  return html`<details class="in-words"><summary>The same as a table</summary><table><thead><tr><th scope="col">requirement</th><th scope="col">verdict</th><th scope="col">scenarios</th></tr></thead><tbody>${rows.map(line)}</tbody></table></details>`
}

/** A length in units of the drawing, to the hundredth. */
const n = (length: number): string => String(Number(length.toFixed(2)))
