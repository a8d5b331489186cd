import type { Entry } from '../journal/entry.ts'
import type { Profile } from '../profile/profile.ts'
import { applicability } from './applicability.ts'
import { inconclusive } from './finding.ts'
import { type CoveredRow, isCovered, keyOf, type Row } from './requirements/row.ts'
import { type Of, scopeOf } from './scope.ts'
import type { Verdict } from './verdict.ts'

/** One row's verdict on one claim, or at the end of a scenario. */
export type Judgement = Readonly<{ row: Row; key: string; verdict: Verdict; claim?: Of<'claim'> }>

/** Judges, on the journal up to the claim, each of these rows that answers to it. */
export function judgeClaim(entries: readonly Entry[], claim: Of<'claim'>, rows: readonly Row[], profile: Profile): Judgement[] {
  const answering = rows.filter(isCovered).filter(row => row.answersTo.some(name => name === claim.check))
  const scope = scopeOf(entries, profile, claim)
  return answering.map(row => ({ row, key: keyOf(row), claim, verdict: judged(row, profile, () => row.check(scope, profile)) }))
}

/** Judges the rows that hold over every scenario, on all of its entries. */
export function judgeAlways(entries: readonly Entry[], rows: readonly Row[], profile: Profile): Judgement[] {
  const scope = scopeOf(entries, profile)
  return rows
    .filter(isCovered)
    .filter(row => row.judged === 'always')
    .map(row => {
      const enough = scope.exchanges.length >= (row.min ?? 0)
      const verdict = judged(row, profile, () => row.check(scope, profile))
      const short = inconclusive(`the scenario has ${scope.exchanges.length} exchanges; ${row.min} are needed`, {
        attribution: 'suite',
      })
      return { row, key: keyOf(row), verdict: verdict.is === 'passed' && !enough ? short : verdict }
    })
    .filter(({ verdict }) => !saysNothing(verdict))
}

/**
 * Judges a whole scenario again from its journal: every claim in turn for the rows that its rule is tagged with, then the always-rows.
 * A row of the rule that saw none of its claims is untested, and that is the suite's fault. Of a row that binds both, a scenario may be about
 * one half: the other half is then for another scenario of the rule.
 */
export function judgeScenario(entries: readonly Entry[], rows: readonly Row[], profile: Profile): Judgement[] {
  const began = entries.find(entry => entry.is === 'scenario began')
  const mine = rows.filter(row => began?.ids.includes(row.id))
  const onClaims = entries.filter(entry => entry.is === 'claim').flatMap(claim => judgeClaim(entries, claim, mine, profile))
  const silent = mine
    .filter(isCovered)
    .filter(row => row.judged === 'on claim' && !onClaims.some(one => one.row.id === row.id))
    .map(row => ({ row, key: keyOf(row), verdict: unclaimed(row, entries, profile) }))
  return [...onClaims, ...silent, ...judgeAlways(entries, rows, profile)]
}

function unclaimed(row: CoveredRow, entries: readonly Entry[], profile: Profile): Verdict {
  return judged(row, profile, () => {
    const ended = entries.find(entry => entry.is === 'scenario ended')
    const because =
      ended?.status === 'failed' && ended.says !== undefined
        ? `the scenario ended before its claim: ${ended.says}`
        : 'the scenario made no claim about it'
    return { is: 'untested', because, attribution: 'suite' }
  })
}

function judged(row: CoveredRow, profile: Profile, judge: () => Verdict): Verdict {
  const applies = applicability(row, profile)
  return applies.applies ? judge() : { is: 'not applicable', because: applies.because }
}

/** The scenario has nothing that an always-row could look at; other scenarios have. */
const saysNothing = (verdict: Verdict): boolean =>
  verdict.is === 'not applicable' || (verdict.is === 'inconclusive' && verdict.attribution === 'suite')
