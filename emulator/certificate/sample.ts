import { sampleResult } from '../report/sample.ts'
import type { RequirementResult, Result, Summary } from '../verdict/result.ts'
import type { VerdictWord } from '../verdict/verdict.ts'

// Results as the tests of the certificate want them: whatever their rows are, headline and sums say the same.

const template: RequirementResult = {
  ...{ id: 'SALE-001', part: 'acquirer', level: 'must', severity: 'critical', verdict: 'passed', evidence: [], scenarios: [] },
  says: 'No merchant reads or changes what is another’s, whatever else of its request is right',
  source: 'UnionPay POS fact sheet, 4.5',
}

/** Many rows of one verdict, `VOID-101` and so on. */
export function rowsOf(count: number, verdict: VerdictWord, more: Partial<RequirementResult> = {}): readonly RequirementResult[] {
  const chapter = verdict === 'failed' ? 'VOID' : 'SETL'
  return Array.from({ length: count }, (_, at) => ({ ...template, id: `${chapter}-${101 + at}`, verdict, ...more }))
}

/** A result with these rows that does not contradict itself. */
export function resultOf(requirements: readonly RequirementResult[], more: Partial<Result> = {}): Result {
  const { deviations = [] } = more
  const agreed = deviations.filter(({ stands }) => stands === 'in force').map(({ requirement }) => requirement)
  const isBroken = requirements.some(
    ({ id, part, verdict }) => part === 'acquirer' && verdict === 'failed' && !agreed.includes(id),
  )
  const isOpen = requirements.some(({ verdict }) => verdict === 'inconclusive' || verdict === 'untested')
  const deviating = requirements.filter(({ id, verdict }) => verdict === 'failed' && agreed.includes(id)).length
  const certified = deviating === 0 ? 'certified' : `certified with ${deviating} deviation${deviating === 1 ? '' : 's'}`
  return {
    ...sampleResult,
    requirements,
    exitCode: isBroken ? 1 : isOpen ? 3 : 0,
    verdict: isBroken ? 'not certified' : isOpen ? 'inconclusive' : certified,
    summary: {
      acquirer: summed(requirements.filter(({ part }) => part === 'acquirer')),
      instrument: summed(requirements.filter(({ part }) => part === 'instrument')),
      notCovered: sampleResult.notCovered.length,
    },
    ...more,
  }
}

function summed(rows: readonly RequirementResult[]): Summary {
  const count = (word: VerdictWord): number => rows.filter(({ verdict }) => verdict === word).length
  return {
    passed: count('passed'),
    warned: count('warned'),
    failed: count('failed'),
    inconclusive: count('inconclusive'),
    notApplicable: count('not applicable'),
    untested: count('untested'),
  }
}

export const sampleDigests = { result: 'ab'.repeat(32), journal: 'cd'.repeat(32) }
