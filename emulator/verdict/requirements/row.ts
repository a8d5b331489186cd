import type { Profile } from '../../profile/profile.ts'
import type { ClaimName } from '../claims.ts'
import type { Scope } from '../scope.ts'
import type { Verdict } from '../verdict.ts'

/** Judges one requirement on one scenario. Pure. */
export type Check = (scope: Scope, profile: Profile) => Verdict

export type Knob = keyof Profile['knobs'] & string

export type RowFacts = Readonly<{
  /** `VOID-013`. Stable. */
  id: string
  binds: 'host' | 'terminal'
  /** The catalogue's row binds both; this is one of its two halves. */
  half?: true
  level: 'must' | 'should' | 'may'
  severity: 'critical' | 'major' | 'minor'
  /** The requirement in one plain sentence. */
  says: string
  /** The keys of the catalogue's sources. */
  source: string
  /** Capability, view and control flags that a profile must claim. */
  needs: readonly string[]
  knobs: readonly Knob[]
}>

export type CoveredRow = RowFacts &
  Readonly<{
    judged: 'on claim' | 'always'
    /** A row that is always judged answers to none. */
    answersTo: readonly ClaimName[]
    /** How many exchanges an always-row needs before it can pass. */
    min?: number
    /** It is judged in another form where a dialect's messages have no place for it as written. */
    anotherForm?: true
    /** It looks at money: without any view it can fail, but not pass. */
    money?: true
    /** Why this profile cannot bring its condition about. */
    excluded?: (profile: Profile) => string | undefined
    check: Check
    /** Faults that must make it fail: `host:approves a second void`. */
    brokenBy: readonly string[]
  }>

export type UncoveredRow = RowFacts & Readonly<{ notCovered: string }>

export type Row = CoveredRow | UncoveredRow

export function isCovered(row: Row): row is CoveredRow {
  return !('notCovered' in row)
}

/** The name of a verdict: `VOID-013`, or `VOID-004/host` for one half of a row that binds both. */
export function keyOf(row: RowFacts): string {
  return row.half ? `${row.id}/${row.binds}` : row.id
}

type Given = Partial<Pick<RowFacts, 'half' | 'level' | 'needs' | 'knobs'>>
type Filled<T> = Omit<T, 'level' | 'needs' | 'knobs' | 'answersTo' | 'judged' | 'binds' | 'half'>

/** A row that binds the acquirer. What is not said is usual: MUST, core, no knob, judged on its claims. */
export function hostRow(row: Filled<CoveredRow> & Given & Partial<Pick<CoveredRow, 'answersTo'>>): CoveredRow {
  return filled('host', row)
}

/** A row that binds our own terminal. */
export function terminalRow(row: Filled<CoveredRow> & Given & Partial<Pick<CoveredRow, 'answersTo'>>): CoveredRow {
  return filled('terminal', row)
}

function filled(binds: RowFacts['binds'], row: Filled<CoveredRow> & Given & Partial<Pick<CoveredRow, 'answersTo'>>): CoveredRow {
  const answersTo = row.answersTo ?? []
  return {
    level: 'must',
    needs: ['core'],
    knobs: [],
    ...row,
    binds,
    answersTo,
    judged: answersTo.length === 0 ? 'always' : 'on claim',
  }
}

/** A row that the suite has no scenario for yet, with the reason. */
export function uncoveredRow(row: Omit<UncoveredRow, 'level' | 'needs' | 'knobs'> & Given): UncoveredRow {
  return { level: 'must', needs: ['core'], knobs: [], ...row }
}

/** Why a row about the supervisor of voids does not apply, if it does not. */
export function voidsNeedNoSupervisor({ knobs }: Profile): string | undefined {
  return knobs.supervisor?.includes('void') === true ? undefined : 'voids need no supervisor'
}
