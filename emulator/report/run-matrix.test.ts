import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RequirementResult, Result } from '../verdict/result.ts'
import type { VerdictWord } from '../verdict/verdict.ts'
import { runMatrixMarkup } from './html-run-matrix.ts'
import { columnsLaidOut, drawingWidth, type Extent, margin, namesLaidOut, rowsLaidOut } from './matrix-layout.ts'
import { markBeside } from './page/matrix.ts'
import { StandIn } from './page/stand-in.ts'
import { type Report, reportOf } from './report.ts'
import { runMatrixOf, stretchesOf } from './run-matrix.ts'
import { sampleFields, sampleResult } from './sample.ts'
import { sampleEntries } from './sample-journal.ts'

const sample = reportOf(sampleResult, sampleEntries, sampleFields)

/** A run of rows that each scenario is judged by, all with the verdict that the function gives. */
function wide(rows: number, scenarios: number, verdict: (row: number, scenario: number) => VerdictWord): Report {
  const [model] = sampleResult.requirements
  const requirements = Array.from({ length: rows }, (_, row): RequirementResult => {
    const drawn = Array.from({ length: scenarios }, (_, at) => ({
      name: `scenario ${at}`,
      uri: `features/0${at % 9}-of/one.feature:${at}`,
      verdict: verdict(row, at),
    }))
    const failed = drawn.some(one => one.verdict === 'failed')
    return { ...(model ?? assert.fail()), id: `VOID-${row + 100}`, verdict: failed ? 'failed' : 'passed', scenarios: drawn }
  })
  const result: Result = { ...sampleResult, requirements }
  return reportOf(result, [], sampleFields)
}

const overlaps = (extents: readonly Extent[]): boolean =>
  extents.some(({ from }, at) => at > 0 && from < (extents[at - 1]?.from ?? 0) + (extents[at - 1]?.size ?? 0) - 1e-9)

test('each verdict that a scenario drew is a mark, by row and by column, with its shape and its words', () => {
  const text = runMatrixMarkup(sample).text
  const marks = [
    ...text.matchAll(/<a class="spot (\w+)" href="([^"]+)"[^>]*data-row="([^"]+)"[^>]*><title>([^<]+)<\/title><(\w+)/g),
  ]
  assert.deepEqual(
    marks.map(([, slug, href, row, title, shape]) => [slug, href, row, title, shape]),
    [
      ['passed', '#03-void/correct-void:14', 'VOID-001', 'VOID-001 · Alice takes her book back: passed', 'rect'],
      ['failed', '#03-void/wrong-merchant-void:9', 'VOID-013', 'VOID-013 · A kiosk voids the shop’s sale: failed', 'circle'],
      ['inconclusive', '#05-reversal/lost-reply:22', 'REV-001', 'REV-001 · The reply to a sale is lost: inconclusive', 'path'],
      ['passed', '#05-reversal/lost-reply:22', 'TERM-004', 'TERM-004 · The reply to a sale is lost: passed', 'rect'],
    ],
  )
})

test('the row and the column of a failure are tinted, and the row is named beside it', () => {
  const text = runMatrixMarkup(sample).text
  assert.equal(text.match(/<rect class="wrong( column)?"/g)?.length, 2)
  assert.match(text, /<a href="#VOID-013"[^>]*><text class="of-row failed"[^>]*>✗ VOID-013<\/text>/)
})

test('a rule about every scenario is a band, which a failure interrupts', () => {
  const text = runMatrixMarkup(wide(1, 60, (_, at) => (at === 31 ? 'failed' : 'passed'))).text
  assert.match(text, /<title>VOID-100 · failed on 1, passed on 59<\/title>/)
  assert.equal(text.match(/class="spot failed"/g)?.length, 1)
  assert.equal(text.match(/class="spot passed"/g), null)
  assert.ok(text.includes('<td>failed on 1, passed on 59</td>'))
})

test('a scenario that never began leads to its requirement, for there is no ladder', () => {
  const [mark] = /<a class="spot passed" href="[^"]+"/.exec(runMatrixMarkup(wide(1, 1, () => 'passed')).text) ?? []
  assert.equal(mark, '<a class="spot passed" href="#VOID-100"')
})

test('the same stands in words: a line for each requirement', () => {
  const text = runMatrixMarkup(sample).text
  const words = text.slice(text.indexOf('The same as a table'))
  assert.equal(words.match(/<tr><th scope="row">/g)?.length, sampleResult.requirements.length)
  assert.ok(words.includes('<li>failed: <a href="#03-void/wrong-merchant-void:9">A kiosk voids the shop’s sale</a></li>'))
})

for (const [rows, scenarios] of [
  [1, 1],
  [3, 40],
  [180, 200],
  [220, 900],
] as const)
  for (const verdict of ['passed', 'failed'] as const)
    test(`${rows} rows and ${scenarios} scenarios, all ${verdict}, lie beside each other and within the drawing`, () => {
      const matrix = runMatrixOf(wide(rows, scenarios, () => verdict))
      const { columns, features } = columnsLaidOut(matrix)
      const last = columns.at(-1) ?? assert.fail('no columns')
      assert.ok(!overlaps(columns) && !overlaps(features))
      assert.ok((columns[0]?.from ?? 0) >= margin.left && last.from + last.size <= drawingWidth - margin.right + 1e-9)
      const laid = rowsLaidOut(matrix.parts[0]?.chapters ?? [])
      assert.ok(!overlaps(laid.chapters.flatMap(chapter => chapter.rows)))
      const names = namesLaidOut(features)
      assert.ok(names.every((at, index) => index === 0 || at - (names[index - 1] ?? 0) >= 22 - 1e-9))
    })

test('stretches join neighbours of one verdict only', () => {
  const cells = [0, 1, 2, 4, 5].map(column => ({ column, verdict: column === 2 ? ('failed' as const) : ('passed' as const) }))
  assert.deepEqual(stretchesOf(cells), [
    { from: 0, to: 1, verdict: 'passed' },
    { from: 2, to: 2, verdict: 'failed' },
    { from: 4, to: 5, verdict: 'passed' },
  ])
})

test('the arrow keys lead along a row, and to the nearest mark of the row above or below', () => {
  const mark = (id: string, row: string, x: number, y: number): StandIn => {
    const element = new StandIn('a')
    element.id = id
    element.dataset.row = row
    element.setAttribute('transform', `translate(${x} ${y}) scale(1)`)
    return element
  }
  const marks = [mark('a', 'A', 10, 5), mark('b', 'A', 90, 5), mark('c', 'B', 10, 15), mark('d', 'B', 80, 15)]
  const led = (from: string, key: string): string | undefined =>
    markBeside(marks, marks.find(({ id }) => id === from) ?? assert.fail(from), key)?.id
  assert.equal(led('a', 'ArrowRight'), 'b')
  assert.equal(led('b', 'ArrowDown'), 'd')
  assert.equal(led('d', 'ArrowUp'), 'b')
  assert.equal(led('c', 'ArrowUp'), 'a')
  assert.equal(led('d', 'Home'), 'a')
  assert.equal(led('a', 'End'), 'd')
  assert.equal(led('a', 'ArrowLeft'), undefined)
  assert.equal(led('a', 'x'), undefined)
})
