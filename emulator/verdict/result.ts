import type { Attribution, Evidence, VerdictWord } from './verdict.ts'

/** `result.json`: the truth of a run, of which every report is a projection. Its JSON Schema stands in `docs/result.schema.json`. */
export type Result = Readonly<{
  schema: 'https://tillproof.dev/schema/result-1.json'
  run: Readonly<{
    id: string
    seed: string
    suite: string
    profile: Readonly<{ name: string; sha256: string }>
    endpoint: string
    startedAt: string
    finishedAt: string
  }>
  /**
   * The headline: `certified`, `certified with n deviations`, `not certified`, `inconclusive`; of a shard with ` (shard 1 of 3)`, of a limited run
   * with `, for 2 requirements only (--only SALE-001,VOID-001)`.
   */
  verdict: string
  exitCode: number
  summary: Readonly<Record<Part, Summary>> & Readonly<{ notCovered: number }>
  requirements: readonly RequirementResult[]
  notCovered: readonly Readonly<{ id: string; because: string }>[]
  views: readonly Readonly<{ name: string; usable: boolean; because?: string }>[]
  /** What the profile's owner and the acquirer agreed to leave open; absent: nothing. */
  deviations?: readonly DeviationResult[]
  /** What the run was limited to; absent: it was not. `only`: rows by id, `tags`: scenarios by a tag expression. */
  limit?: Limit
  /** What a reader has to know: a fault that was switched on on purpose, or what the profile lets pass though a cautious terminal would not. */
  remarks?: readonly string[]
  /** What stopped the run early, if anything did. */
  stopped?: string
}>

/**
 * `in force`: the row failed, and the headline counts it as a deviation. `expired`: the row failed, and counts as failed, because the deviation ended
 * before the run did. `not needed`: the row did not fail, or could not decide anything.
 */
export type DeviationResult = Readonly<{
  requirement: string
  reason: string
  approver: string
  /** ISO 8601 date: the last day on which it counts. */
  expires: string
  stands: 'in force' | 'expired' | 'not needed'
}>

export type Limit = Readonly<{ only?: readonly string[]; tags?: string }>

export type Part = 'acquirer' | 'instrument'

export type Summary = Readonly<{
  passed: number
  warned: number
  failed: number
  inconclusive: number
  notApplicable: number
  untested: number
}>

export type RequirementResult = Readonly<{
  id: string
  part: Part
  level: 'must' | 'should' | 'may'
  severity: 'critical' | 'major' | 'minor'
  says: string
  source: string
  verdict: VerdictWord
  /** What happened, in a sentence, when it is not a pass. */
  finding?: string
  attribution?: Attribution
  expected?: string
  received?: string
  because?: string
  evidence: readonly Evidence[]
  scenarios: readonly ScenarioResult[]
}>

/** `uri` is `features/03-void/correct-void.feature:14`: what `certify --only ID` or cucumber runs again. */
export type ScenarioResult = Readonly<{
  name: string
  uri: string
  verdict: VerdictWord
  finding?: string
  expected?: string
  received?: string
  /** What its pages looked like at its end, where it failed and keys were pressed through pages. */
  pages?: readonly KeptPage[]
}>

/** Files of the run's folder: a picture of the page before a till, and the Playwright trace of its scenario. */
export type KeptPage = Readonly<{ terminal: string; screenshot: string; trace?: string }>
