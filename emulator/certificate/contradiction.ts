import type { Part, Result, Summary } from '../verdict/result.ts'
import type { VerdictWord } from '../verdict/verdict.ts'

const counts: Readonly<Record<keyof Summary, VerdictWord>> = {
  passed: 'passed',
  warned: 'warned',
  failed: 'failed',
  inconclusive: 'inconclusive',
  notApplicable: 'not applicable',
  untested: 'untested',
}

/**
 * Where a result says two things at once: its headline another than its rows, its sums another than its rows. Nobody should sign such a thing;
 * a result that came out of a run says one.
 *
 * @returns the contradiction in a sentence, or nothing
 */
export function contradictionIn(result: Result): string | undefined {
  return headlineAgainstRows(result) ?? sumsAgainstRows(result)
}

function headlineAgainstRows({ requirements, deviations = [], exitCode, verdict, stopped }: Result): string | undefined {
  const headlines = ['certified', 'not certified', 'inconclusive', 'inconclusive']
  const said = headlines[exitCode]
  if (said === undefined || !verdict.startsWith(said)) return `the headline is "${verdict}", and the exit code ${exitCode}`
  const agreed = new Set(deviations.filter(({ stands }) => stands === 'in force').map(({ requirement }) => requirement))
  const broken = requirements.find(
    row => row.part === 'acquirer' && row.level === 'must' && row.verdict === 'failed' && !agreed.has(row.id),
  )
  if (exitCode === 1 && broken === undefined) return `it is "${verdict}", and no row of the acquirer failed`
  if (exitCode !== 1 && broken !== undefined) return `it is "${verdict}", and ${broken.id} failed`
  if (exitCode !== 0) return undefined
  const open = requirements.find(
    row => ['inconclusive', 'untested'].includes(row.verdict) || (row.part === 'instrument' && row.verdict === 'failed'),
  )
  if (open !== undefined) return `it is "${verdict}", and ${open.id} is ${open.verdict}`
  return stopped === undefined ? undefined : `it is "${verdict}", and the run was stopped early`
}

function sumsAgainstRows({ requirements, summary, notCovered }: Result): string | undefined {
  for (const part of ['acquirer', 'instrument'] as const satisfies readonly Part[])
    for (const [sum, word] of Object.entries(counts)) {
      const counted = requirements.filter(row => row.part === part && row.verdict === word).length
      const said = Object.entries(summary[part]).find(([name]) => name === sum)?.[1]
      if (said !== counted) return `its sums count ${said} rows of the ${part} ${word}, and there are ${counted}`
    }
  return summary.notCovered === notCovered.length
    ? undefined
    : `its sums count ${summary.notCovered} rows not covered, and there are ${notCovered.length}`
}
