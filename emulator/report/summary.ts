import { dirname, join } from 'node:path'
import type { RequirementResult, Result } from '../verdict/result.ts'
import type { VerdictWord } from '../verdict/verdict.ts'
import { byChapter } from './chapters.ts'
import { againCommand } from './command.ts'
import { blame, gravestFirst, headlineLook, looks, scope, words } from './look.ts'
import { columns, padded, printable, wrapped } from './plain-text.ts'

/** `width` in columns. `lies`: where the report was written. `begun`: the command that began the run, where it was not our own host's. */
export type SummaryOptions = Readonly<{ colour: boolean; width: number; lies?: string; begun?: string }>

/**
 * A run as the terminal window tells it when it is over: headline, matrix of chapters, each failure, the inconclusive by cause, counts of the
 * rest, where the report lies, the seed. Ends with a line break.
 */
export function summaryText(result: Result, options: SummaryOptions): string {
  const page = new Page(options)
  headline(page, result)
  matrix(page, result)
  const of = (verdict: VerdictWord): readonly RequirementResult[] => result.requirements.filter(row => row.verdict === verdict)
  for (const part of ['acquirer', 'instrument'] as const)
    for (const row of gravestFirst(of('failed').filter(one => one.part === part)))
      finding(page, row, againCommand(result.run, row.id, options.begun), options.lies)
  if (of('warned').length > 0) page.line()
  for (const row of of('warned')) page.hanging(`${mark(page, 'warned')} ${row.id}  `, row.finding ?? row.says)
  byCause(page, of('inconclusive'), 'inconclusive')
  byCause(page, of('untested'), 'untested', options.lies)
  footer(page, result, options.lies)
  return page.text()
}

/** Lines of a text that knows its width and whether it may use colour. */
class Page {
  readonly #lines: string[] = []
  readonly width: number
  readonly #colour: boolean

  constructor({ colour, width }: SummaryOptions) {
    this.width = Math.max(40, width)
    this.#colour = colour
  }

  paint(text: string, ansi: string): string {
    return this.#colour ? `\u001B[${ansi}m${text}\u001B[0m` : text
  }

  line(text = ''): void {
    this.#lines.push(text)
  }

  /** A label and a text that wraps beside it. */
  hanging(label: string, text: string): void {
    const indent = columns(label)
    wrapped(text, this.width - indent).forEach((part, at) => void this.line((at === 0 ? label : ' '.repeat(indent)) + part))
  }

  text(): string {
    return `${this.#lines.join('\n')}\n`
  }
}

const mark = (page: Page, verdict: VerdictWord): string => page.paint(looks[verdict].glyph, looks[verdict].ansi)

function headline(page: Page, { run, verdict, exitCode, stopped, summary, remarks = [] }: Result): void {
  const look = headlineLook(exitCode)
  page.line()
  page.line(`${page.paint(look.glyph, look.ansi)} ${page.paint(loud(printable(verdict)), `1;${look.ansi}`)}`)
  page.hanging('  ', `${run.profile.name} · ${run.endpoint} · suite ${run.suite}`)
  for (const remark of remarks) page.hanging('  remark: ', remark)
  if (stopped !== undefined) page.hanging('  stopped early: ', `${stopped}; ${untested(summary)} untested`)
  page.line()
}

/** In capitals but for the limit of a run: options and ids stand as they are typed. */
function loud(verdict: string): string {
  const end = verdict.indexOf(', for ')
  return end < 0 ? verdict.toUpperCase() : verdict.slice(0, end).toUpperCase() + verdict.slice(end)
}

function untested({ acquirer, instrument }: Result['summary']): string {
  const count = acquirer.untested + instrument.untested
  return count === 1 ? '1 requirement is' : `${count} requirements are`
}

/** A line for each chapter and part: its counts, worst first, and a sign for each requirement, in their order, where the window has room. */
function matrix(page: Page, result: Result): void {
  const used = words.filter(word => result.requirements.some(row => row.verdict === word))
  for (const part of ['acquirer', 'instrument'] as const) {
    const rows = result.requirements.filter(row => row.part === part)
    if (rows.length === 0) continue
    page.line(page.paint(part === 'acquirer' ? 'The acquirer' : 'The instrument: our own terminal', '1'))
    for (const { chapter, rows: own } of byChapter(rows)) {
      const title = `  ${padded(chapter.id, 4)} ${page.width < 70 ? '' : padded(chapter.title, 26)}`
      const counts = used.map(word => {
        const count = own.filter(row => row.verdict === word).length
        return page.paint(padded(count === 0 ? '' : `${looks[word].glyph} ${count}`, 6), looks[word].ansi)
      })
      const head = [title, ...counts].join(' ')
      const room = page.width - columns(head) - 1
      const lines = room < 12 ? [] : chunks(own, room).map(chunk => chunk.map(row => mark(page, row.verdict)).join(''))
      page.line(lines.length === 0 ? head.trimEnd() : `${head} ${lines[0]}`)
      for (const line of lines.slice(1)) page.line(`${' '.repeat(columns(head) + 1)}${line}`)
    }
    page.line()
  }
  page.hanging('  ', used.map(word => `${looks[word].glyph} ${word}`).join('   '))
}

function chunks<T>(members: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(members.length / size) }, (_, at) => members.slice(at * size, (at + 1) * size))
}

function finding(page: Page, row: RequirementResult, again: string, lies: string | undefined): void {
  page.line()
  const part = row.part === 'instrument' ? ' (instrument)' : ''
  page.hanging(`${mark(page, 'failed')} ${page.paint(row.id + part, '1')}  `, row.finding ?? 'no finding was given')
  if (row.attribution) page.hanging('    whose      ', blame[row.attribution])
  page.hanging('    expected   ', row.expected ?? '—')
  page.hanging('    received   ', row.received ?? '—')
  page.hanging('    the rule   ', `${row.says} (${row.source})`)
  for (const picture of picturesOf([row], lies)) page.line(`    the page   ${page.paint(picture, '36')}`)
  page.line(`    again      ${page.paint(again, '36')}`)
}

/** What the pages of their scenarios looked like, where keys were pressed through pages: beside the report. */
function picturesOf(rows: readonly RequirementResult[], lies: string | undefined): readonly string[] {
  const told = rows.flatMap(({ verdict, scenarios }) => scenarios.filter(one => one.verdict === verdict))
  const shown = told.flatMap(({ pages = [] }) => pages.map(({ screenshot }) => screenshot))
  return [...new Set(shown)].map(file => (lies === undefined ? file : join(dirname(lies), file)))
}

function byCause(page: Page, rows: readonly RequirementResult[], verdict: VerdictWord, lies?: string): void {
  if (rows.length === 0) return
  page.line()
  for (const [cause, members] of Map.groupBy(rows, row => row.because ?? row.finding ?? 'no reason was given')) {
    page.hanging(`${mark(page, verdict)} `, `${verdict}: ${cause}`)
    page.hanging('    ', members.map(row => row.id).join(' '))
    for (const picture of picturesOf(members, lies)) page.line(`    the page   ${page.paint(picture, '36')}`)
  }
}

function footer(page: Page, result: Result, lies: string | undefined): void {
  page.line()
  const notApplicable = result.requirements.filter(row => row.verdict === 'not applicable')
  const unseen = notApplicable.filter(row => row.because?.startsWith('the profile offers no'))
  page.hanging(
    '  ',
    `not applicable: ${notApplicable.length - unseen.length}   not observable here: ${unseen.length}   not covered by this suite: ${result.summary.notCovered}`,
  )
  for (const view of result.views)
    if (!view.usable) page.hanging('  ', `money view not used: ${view.name}${view.because ? `, because ${view.because}` : ''}`)
  if (lies !== undefined) page.line(`  report  ${page.paint(lies, '36')}`)
  page.line(`  seed    ${result.run.seed}`)
  page.hanging('  ', scope)
}
