import { byChapter, type Chapter } from '../report/chapters.ts'
import { gravestFirst } from '../report/look.ts'
import type { DeviationResult, Part, RequirementResult, Result } from '../verdict/result.ts'
import type { VerdictWord } from '../verdict/verdict.ts'

/** The evidence that a certificate belongs to, as lower-case hex; a journal that does not lie beside the result has none. */
export type Digests = Readonly<{ result: string; journal?: string }>

/** What stands on a certificate: a projection of `result.json`, which decides nothing. */
export type Certificate = Readonly<{
  run: Result['run']
  conclusion: Conclusion
  parts: readonly PartOfCertificate[]
  /** What stands against the acquirer, or keeps a conclusion from being drawn, gravest first. */
  against: readonly RequirementResult[]
  /** Ids of recommendations that were not followed. */
  warned: readonly string[]
  money: readonly RequirementResult[]
  security: readonly RequirementResult[]
  deviations: readonly DeviationResult[]
  notApplicable: readonly Count[]
  notCovered: readonly Count[]
  views: Result['views']
  remarks: readonly string[]
  limit?: Result['limit']
  digests: Digests
}>

export type PartOfCertificate = Readonly<{
  part: Part
  chapters: readonly Readonly<{ chapter: Chapter; rows: readonly RequirementResult[] }>[]
}>

/** How many rows of a chapter. */
export type Count = Readonly<{ chapter: string; rows: number }>

export type Conclusion = Readonly<{
  is: 'certified' | 'not certified' | 'inconclusive'
  /** Rows of the acquirer that got a verdict; failures that count against it; failures that it was agreed to leave open. */
  judged: number
  failed: number
  deviating: number
  /** Failures of our own terminal; rows without a verdict that counts. */
  ownFailed: number
  open: number
  /** A part of a run concludes on a part; a limited run on the rows that it was limited to. */
  shard?: Readonly<{ index: number; of: number }>
  limitedTo?: number
  stopped?: string
}>

/**
 * Derives the certificate. Pure: equal results give equal certificates.
 *
 * @param result  As it stands in `result.json`.
 */
export function certificateOf(result: Result, digests: Digests): Certificate {
  const { run, requirements, deviations = [], limit } = result
  const of = (chapter: string): readonly RequirementResult[] => requirements.filter(({ id }) => id.startsWith(`${chapter}-`))
  const agreed = inForce(result)
  return {
    run,
    conclusion: conclusionOf(result),
    parts: (['acquirer', 'instrument'] as const).map(part => ({
      part,
      chapters: byChapter(requirements.filter(row => row.part === part)),
    })),
    against: againstOf(requirements.filter(row => !(row.part === 'acquirer' && agreed.has(row.id)))),
    warned: [...new Set(requirements.filter(({ verdict }) => verdict === 'warned').map(({ id }) => id))],
    money: of('LEDG'),
    security: of('SEC'),
    deviations,
    notApplicable: counted(requirements.filter(({ verdict }) => verdict === 'not applicable')),
    notCovered: counted(result.notCovered),
    views: result.views,
    remarks: result.remarks ?? [],
    ...(limit === undefined ? {} : { limit }),
    digests,
  }
}

function conclusionOf(result: Result): Conclusion {
  const { requirements, exitCode, verdict, limit, stopped } = result
  const acquirer = requirements.filter(({ part }) => part === 'acquirer')
  const agreed = inForce(result)
  const failed = acquirer.filter(row => row.verdict === 'failed')
  const shard = /\(shard (\d+) of (\d+)\)/.exec(verdict)
  return {
    is: exitCode === 0 ? 'certified' : exitCode === 1 ? 'not certified' : 'inconclusive',
    judged: acquirer.filter(row => ['passed', 'warned', 'failed'].includes(row.verdict)).length,
    failed: failed.filter(({ id }) => !agreed.has(id)).length,
    deviating: failed.filter(({ id }) => agreed.has(id)).length,
    ownFailed: requirements.filter(row => row.part === 'instrument' && row.verdict === 'failed').length,
    open: requirements.filter(row => ['inconclusive', 'untested'].includes(row.verdict)).length,
    ...(shard === null ? {} : { shard: { index: Number(shard[1]), of: Number(shard[2]) } }),
    ...(limit === undefined ? {} : { limitedTo: new Set(requirements.map(({ id }) => id)).size }),
    ...(stopped === undefined ? {} : { stopped }),
  }
}

/** The rows whose failure it was agreed to leave open. */
function inForce({ deviations = [] }: Result): ReadonlySet<string> {
  return new Set(deviations.filter(({ stands }) => stands === 'in force').map(({ requirement }) => requirement))
}

const worstFirst: readonly VerdictWord[] = ['failed', 'inconclusive', 'untested']

/** The acquirer's before the instrument's, failed before open, gravest first. */
function againstOf(rows: readonly RequirementResult[]): readonly RequirementResult[] {
  return worstFirst.flatMap(word =>
    (['acquirer', 'instrument'] as const).flatMap(part =>
      gravestFirst(rows.filter(row => row.verdict === word && row.part === part)),
    ),
  )
}

function counted(rows: readonly Readonly<{ id: string }>[]): readonly Count[] {
  return byChapter(rows).map(({ chapter, rows: own }) => ({ chapter: chapter.id, rows: own.length }))
}
