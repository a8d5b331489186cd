import type { Entry, RunBegan } from '../journal/entry.ts'
import type { Profile } from '../profile/profile.ts'
import { applicability } from './applicability.ts'
import { inconclusive } from './finding.ts'
import { type Judgement, judgeScenario } from './judge.ts'
import { keptPages } from './kept-pages.ts'
import { rows as catalogue } from './requirements/index.ts'
import { isCovered, keyOf, type Row } from './requirements/row.ts'
import type { DeviationResult, KeptPage, Limit, Part, RequirementResult, Result, ScenarioResult, Summary } from './result.ts'
import { type Tried, triedViews, withoutViews } from './usability.ts'
import { type Some, type Verdict, worst } from './verdict.ts'

export type Certifying = Readonly<{
  /** A run's journal: the plan, then the scenarios. */
  entries: readonly Entry[]
  profile: Profile
  run: Readonly<{ id: string; startedAt: string; finishedAt: string; endpoint: string }>
  /** What stopped the run early, if anything did. */
  stopped?: string
  /** Instead of the whole catalogue. */
  rows?: readonly Row[]
  /** The day on which deviations are looked at, ISO 8601; the day of the run's end unless given. */
  today?: string
}>

/** One planned scenario with the verdicts on it. */
type Judged = Readonly<{
  name: string
  uri: string
  line: number
  ids: readonly string[]
  judgements: readonly Judgement[]
  pages?: readonly KeptPage[]
  /** What it failed with. */
  brokeOff?: string
  /** Why nothing of it counts. */
  unfinished?: string
  /** What it would have needed and the profile does not offer. */
  notOffered?: string
}>

/**
 * Makes the certificate of a run out of its journal: every scenario judged again, a row as bad as the worst of its scenarios, planned rows
 * without a verdict untested, rows without a scenario not covered.
 */
export function certify({ entries, profile, run, stopped, rows = catalogue, today = run.finishedAt }: Certifying): Result {
  const began = entries.find(entry => entry.is === 'run began')
  const tried = triedViews(scenariosOf(entries), profile)
  const judged = judgedScenarios(entries, rows, profile, tried, stopped)
  const planned = rows.filter(row => began?.only === undefined || began.only.includes(row.id))
  // What holds always is planned in every run but a shard: there, what its own scenarios show is judged, and the rest stands in the others.
  const isPlanned = (row: Row): boolean =>
    isCovered(row) &&
    ((row.judged === 'always' && began?.shard === undefined) || judged.some(one => concerns(one, row, keyOf(row))))
  const limit = limitOf(began)
  const isLimited = limit !== undefined || began?.shard !== undefined
  const results = planned
    .filter(isCovered)
    .filter(isPlanned)
    .map(row => resultOf(row, judged, profile))
  const spoken = propagated(results)
  const notCovered = rows
    .filter(row => !isCovered(row) || (!isLimited && !isPlanned(row)))
    .map(row => ({ id: keyOf(row), because: isCovered(row) ? 'no scenario is tagged with it' : row.notCovered }))
  const summary = {
    acquirer: summed(spoken, 'acquirer'),
    instrument: summed(spoken, 'instrument'),
    notCovered: notCovered.length,
  }
  const deviations = deviationsOf(profile, spoken, today)
  const deviating = new Set(deviations.filter(({ stands }) => stands === 'in force').map(({ requirement }) => requirement))
  const exitCode = exitCodeOf(spoken, deviating, stopped)
  return {
    schema: 'https://tillproof.dev/schema/result-1.json',
    run: { ...run, seed: began?.seed ?? '', suite: began?.suite ?? '', profile: { name: profile.name, sha256: profile.sha256 } },
    verdict: headline(spoken, deviating, exitCode) + shardText(began?.shard) + limitText(limit, spoken),
    exitCode,
    summary,
    requirements: spoken,
    notCovered,
    views: tried.map(({ name, usable, because }) => ({ name, usable, ...(because === undefined ? {} : { because }) })),
    ...(deviations.length === 0 ? {} : { deviations }),
    ...(limit === undefined ? {} : { limit }),
    ...remarksOn(profile, began?.fault),
    ...(stopped === undefined ? {} : { stopped }),
  }
}

/** What was agreed to be left open, and what became of it. `today`: ISO 8601, a day or a moment. */
function deviationsOf(profile: Profile, results: readonly RequirementResult[], today: string): readonly DeviationResult[] {
  const blamed = new Set(results.filter(blames).map(({ id }) => id))
  return profile.deviations.map(agreed => {
    if (!blamed.has(agreed.requirement)) return { ...agreed, stands: 'not needed' }
    return { ...agreed, stands: agreed.expires >= today.slice(0, agreed.expires.length) ? 'in force' : 'expired' }
  })
}

/** What a reader has to know of the terms of the run. `fault`: what was made bad on purpose. */
function remarksOn({ tls, mapping }: Profile, fault: string | undefined): Pick<Result, 'remarks'> {
  const unchecked = 'the name on the acquirer’s certificate was not compared: `tls.checkName` is false in the profile'
  const remarks = [
    ...(fault === undefined
      ? []
      : [`the fault “${fault}” was switched on on purpose: the run is about it, and about nobody’s acquirer`]),
    ...(tls === undefined || tls.checksName ? [] : [unchecked]),
    ...(mapping === undefined ? [] : remarksOnMapping(mapping)),
  ]
  return remarks.length === 0 ? {} : { remarks }
}

/** Entries of a mapping that no published source confirms, and its own notes. */
function remarksOnMapping({ name, unverified, notes }: NonNullable<Profile['mapping']>): readonly string[] {
  const guessed = `of the mapping ${name} nothing that was read confirms: ${unverified.join(' · ')}`
  return [...(unverified.length === 0 ? [] : [guessed]), ...notes.map(note => `the mapping ${name}: ${note}`)]
}

/** The entries of each scenario, by the place in their ids. */
export function scenariosOf(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const places = new Map<string, Entry[]>()
  for (const entry of entries) {
    if (entry.is === 'run began') continue
    const place = entry.id.slice(0, entry.id.lastIndexOf('#'))
    const scenario = places.get(place)
    if (scenario === undefined) places.set(place, [entry])
    else scenario.push(entry)
  }
  return [...places.values()]
}

function judgedScenarios(
  entries: readonly Entry[],
  rows: readonly Row[],
  profile: Profile,
  tried: readonly Tried[],
  stopped: string | undefined,
): Judged[] {
  const plan = entries.find(entry => entry.is === 'run began')?.plan ?? []
  const ran = scenariosOf(entries).flatMap((scenario): readonly Judged[] => {
    const began = scenario.find(entry => entry.is === 'scenario began')
    if (began === undefined) return []
    const place = { name: began.name, uri: began.uri, line: began.line, ids: began.ids }
    const ended = scenario.find(entry => entry.is === 'scenario ended')
    if (ended?.status === 'not applicable') return [{ ...place, judgements: [], notOffered: ended.says ?? 'not offered' }]
    if (ended?.status === 'skipped') return [{ ...place, judgements: [], unfinished: ended.says ?? 'the scenario was skipped' }]
    const pages = keptPages(scenario)
    return [
      {
        ...place,
        judgements: judgeScenario(withoutViews(scenario, tried), rows, profile),
        ...(pages.length === 0 ? {} : { pages }),
        ...(ended?.status === 'failed' && ended.says !== undefined ? { brokeOff: ended.says } : {}),
      },
    ]
  })
  const silent = plan
    .filter(one => !ran.some(({ uri, line }) => uri === one.uri && line === one.line))
    .map(one => ({ ...one, judgements: [], ...(stopped === undefined ? {} : { unfinished: stopped }) }))
  return [...ran, ...silent]
}

function resultOf(
  row: Row & { level: RequirementResult['level'] },
  judged: readonly Judged[],
  profile: Profile,
): RequirementResult {
  const key = keyOf(row)
  const applies = applicability(row, profile)
  const always = isCovered(row) && row.judged === 'always'
  const concerned = judged.filter(one => concerns(one, row, key))
  const perScenario = concerned.map(one => ({ one, verdict: verdictOn(one, key) }))
  const verdicts = applies.applies
    ? decisive(
        perScenario.map(({ verdict }) => verdict),
        always,
      )
    : []
  const fallback: Verdict = applies.applies
    ? {
        is: 'untested',
        because: judged.find(one => one.unfinished)?.unfinished ?? 'no scenario gave a verdict',
        attribution: 'suite',
      }
    : { is: 'not applicable', because: applies.because }
  const all: Some<Verdict> = [verdicts[0] ?? fallback, ...verdicts.slice(1)]
  const word = worst([all[0].is, ...all.slice(1).map(verdict => verdict.is)])
  const speaking = all.find(verdict => verdict.is === word) ?? all[0]
  return {
    id: row.id,
    part: row.binds === 'host' ? 'acquirer' : 'instrument',
    level: row.level,
    severity: row.severity,
    says: row.says,
    source: row.source,
    ...told(speaking),
    evidence:
      speaking.is === 'passed'
        ? all.flatMap(verdict => (verdict.is === 'passed' ? verdict.evidence : []))
        : 'evidence' in speaking
          ? speaking.evidence
          : [],
    scenarios: perScenario.map(({ one, verdict }) => scenarioResult(one, applies.applies ? verdict : fallback)),
  }
}

/** A scenario concerns the rows that its rule is tagged with. One that is about the other half of a row that binds both says nothing of this half. */
function concerns({ ids, judgements }: Judged, row: Row, key: string): boolean {
  if (judgements.some(judgement => judgement.key === key)) return true
  return ids.includes(row.id) && !judgements.some(judgement => judgement.row.id === row.id)
}

/** An always-row is judged wherever there was something to see; scenarios too short for it say nothing, unless all are. */
function decisive(verdicts: readonly Verdict[], always: boolean): readonly Verdict[] {
  const telling = always ? verdicts.filter(({ is }) => is === 'passed' || is === 'failed' || is === 'warned') : verdicts
  return telling.length > 0 ? telling : verdicts
}

/** A scenario's verdict on a row: the worst of its claims. */
function verdictOn({ judgements, unfinished, notOffered, brokeOff }: Judged, key: string): Verdict {
  if (notOffered !== undefined) return { is: 'not applicable', because: notOffered }
  const mine = judgements.filter(judgement => judgement.key === key).map(judgement => judgement.verdict)
  const [first, ...rest] = mine
  if (first === undefined)
    return {
      is: 'untested',
      because: unfinished ?? ['the scenario did not come to its end', ...(brokeOff === undefined ? [] : [brokeOff])].join(': '),
      attribution: 'suite',
    }
  const word = worst([first.is, ...rest.map(verdict => verdict.is)])
  return mine.find(verdict => verdict.is === word) ?? first
}

function told(
  verdict: Verdict,
): Pick<RequirementResult, 'verdict' | 'finding' | 'attribution' | 'expected' | 'received' | 'because'> {
  if (verdict.is === 'passed') return { verdict: verdict.is }
  if (verdict.is === 'not applicable') return { verdict: verdict.is, because: verdict.because }
  if (verdict.is === 'untested') return { verdict: verdict.is, because: verdict.because, attribution: verdict.attribution }
  if (verdict.is === 'inconclusive') {
    const because = verdict.becauseOf === undefined ? verdict.because : `${verdict.because} (because of ${verdict.becauseOf})`
    return { verdict: verdict.is, because, attribution: verdict.attribution }
  }
  return {
    verdict: verdict.is,
    finding: verdict.says,
    attribution: verdict.attribution,
    expected: verdict.expected,
    received: verdict.received,
  }
}

function scenarioResult({ name, uri, line, pages }: Judged, verdict: Verdict): ScenarioResult {
  const { finding, because, expected, received } = told(verdict)
  const said = finding ?? because
  return {
    name,
    uri: `${uri}:${line}`,
    verdict: verdict.is,
    ...(said === undefined ? {} : { finding: said }),
    ...(expected === undefined ? {} : { expected }),
    ...(received === undefined ? {} : { received }),
    ...(pages === undefined ? {} : { pages }),
  }
}

/** Where the row that others stand on holds, nothing changes; where it failed, what could not be found out names it. */
function propagated(results: readonly RequirementResult[]): RequirementResult[] {
  const sale = results.find(result => result.id === 'SALE-001')
  if (sale?.verdict !== 'failed') return [...results]
  return results.map(result => {
    if (result.verdict !== 'untested' || result.part !== 'acquirer') return result
    return { ...result, ...told(inconclusive('good sales are refused', { becauseOf: 'SALE-001', attribution: 'acquirer' })) }
  })
}

function summed(results: readonly RequirementResult[], part: Part): Summary {
  const count = (word: RequirementResult['verdict']): number =>
    results.filter(result => result.part === part && result.verdict === word).length
  return {
    passed: count('passed'),
    warned: count('warned'),
    failed: count('failed'),
    inconclusive: count('inconclusive'),
    notApplicable: count('not applicable'),
    untested: count('untested'),
  }
}

const blames = (result: RequirementResult): boolean =>
  result.part === 'acquirer' && result.verdict === 'failed' && result.level === 'must'

/** @source Design, section 8: the first that holds */
function exitCodeOf(results: readonly RequirementResult[], deviating: ReadonlySet<string>, stopped: string | undefined): number {
  if (results.some(result => blames(result) && !deviating.has(result.id))) return 1
  const said = results.filter(({ verdict }) => verdict !== 'untested' && verdict !== 'not applicable')
  if (said.length === 0 || results.some(result => result.part === 'instrument' && result.verdict === 'failed')) return 2
  return stopped !== undefined || results.some(({ verdict }) => verdict === 'inconclusive' || verdict === 'untested') ? 3 : 0
}

function headline(results: readonly RequirementResult[], deviating: ReadonlySet<string>, exitCode: number): string {
  if (exitCode === 1) return 'not certified'
  if (exitCode !== 0) return 'inconclusive'
  const deviations = results.filter(result => blames(result) && deviating.has(result.id)).length
  return deviations === 0 ? 'certified' : `certified with ${deviations} deviation${deviations === 1 ? '' : 's'}`
}

/** A shard's certificate is a part of one, and says so. */
function shardText(shard: RunBegan['shard']): string {
  return shard === undefined ? '' : ` (shard ${shard.index} of ${shard.of})`
}

function limitOf(began: RunBegan | undefined): Limit | undefined {
  if (began === undefined || (began.only === undefined && began.tags === undefined)) return undefined
  const { only, tags } = began
  return { ...(only === undefined ? {} : { only }), ...(tags === undefined ? {} : { tags }) }
}

/** More ids than these make no headline; all of them stand in `limit`. */
const idsInHeadline = 6

/** A limited run says in its headline of how much it speaks. */
function limitText(limit: Limit | undefined, results: readonly RequirementResult[]): string {
  if (limit === undefined) return ''
  const { only, tags } = limit
  const count = new Set(results.map(({ id }) => id)).size
  const more = (only?.length ?? 0) > idsInHeadline ? ',…' : ''
  const options = [
    ...(only === undefined ? [] : [`--only ${only.slice(0, idsInHeadline).join(',')}${more}`]),
    ...(tags === undefined ? [] : [`--tags ${JSON.stringify(tags)}`]),
  ]
  return `, for ${count} requirement${count === 1 ? '' : 's'} only (${options.join(' ')})`
}
