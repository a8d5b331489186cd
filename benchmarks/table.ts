import type { Comparison, Spread } from './measurement.ts'
import { type PageRun, pageGoals } from './page.ts'
import { type SuiteRun, suiteGoals } from './suite.ts'

/** One line of the table. `goal`: the ratio to reach. */
export type Figure = Readonly<{ what: string; of: Comparison; goal?: number }>

/** The figures as a table: medians of all rounds, the ratio with the two between which half of the rounds lie. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, of, goal }) => [
    what,
    perSecond(of.measured),
    perSecond(of.baseline),
    share(of.ratio.median),
    `${share(of.ratio.low)}…${share(of.ratio.high)}`,
    goal === undefined ? '' : `${goal.toFixed(2)} ${of.ratio.median >= goal ? 'met' : 'missed'}`,
  ])
  return columns([['', 'per second', 'baseline', 'ratio', 'half within', 'goal'], ...rows])
}

/** The whole suite, and what was to be reached. */
export function suiteText({ firstVerdictSeconds, totalSeconds, peakMegabytes, exitCode }: SuiteRun): string {
  const against = (figure: number, goal: number, unit: string) =>
    `${figure.toFixed(1)} ${unit} (goal: below ${goal}, ${figure < goal ? 'met' : 'missed'})`
  return [
    `certify: first verdict after ${against(firstVerdictSeconds, suiteGoals.firstVerdictSeconds, 's')}`,
    `         whole suite in ${against(totalSeconds, suiteGoals.totalSeconds, 's')}, exit code ${exitCode}`,
    `         at most ${against(peakMegabytes, suiteGoals.peakMegabytes, 'MB')} of memory`,
  ].join('\n')
}

/** The page of the terminal, and what was to be reached. */
export function pageText(page: PageRun | undefined): string {
  if (page === undefined) return 'terminal: there is no browser here to open its page in'
  const { usable, emptyUsable, ratio, keyToDisplay } = page
  const against = ({ median }: Spread, goal: number) =>
    `${Math.round(median)} ms (goal: below ${goal}, ${median < goal ? 'met' : 'missed'})`
  return [
    `terminal: a key is answered ${against(usable, pageGoals.usableMillis)} after the command,`,
    `          ${share(ratio.median)} (half within ${share(ratio.low)}…${share(ratio.high)}) of the ${Math.round(emptyUsable.median)} ms of a page that is next to empty`,
    `          from a key to the display ${against(keyToDisplay, pageGoals.keyToDisplayMillis)}`,
  ].join('\n')
}

/** Small ones with one digit more. */
const share = (ratio: number): string => ratio.toFixed(ratio < 0.1 ? 3 : 2)

const perSecond = ({ median }: Spread): string => Math.round(median).toLocaleString('en').replaceAll(',', ' ')

/** The first column to the left, the others to the right. */
function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  return rows
    .map(row =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
