import type { Entry, ScenarioBegan } from '../journal/entry.ts'
import { keptPages } from '../verdict/kept-pages.ts'
import type { KeptPage, Part, RequirementResult, Result, ScenarioResult } from '../verdict/result.ts'
import { type VerdictWord, worst } from '../verdict/verdict.ts'
import { byChapter, type Chapter } from './chapters.ts'
import { againCommand } from './command.ts'
import type { DialectFields } from './dialect-fields.ts'
import { type Lane, ladderOf, type Rung } from './ladder.ts'
import { type Money, type MoneyOracle, moneyOf } from './money.ts'

/** What a certificate shows: a projection of the result and its journal, redacted as they are. */
export type Report = Readonly<{
  run: Result['run']
  verdict: string
  exitCode: number
  stopped?: string
  limit?: Result['limit']
  remarks?: readonly string[]
  summary: Result['summary']
  parts: readonly PartReport[]
  notCovered: readonly Readonly<{ chapter: Chapter; rows: Result['notCovered'] }>[]
  views: Result['views']
  scenarios: readonly ScenarioReport[]
  /** By name, for the tables of decoded fields. */
  fields: Readonly<Record<string, Readonly<{ path: string; is: string }>>>
}>

export type PartReport = Readonly<{
  part: Part
  chapters: readonly Readonly<{ chapter: Chapter; rows: readonly RequirementCard[] }>[]
}>

/** A requirement with what the page needs around it: its anchor, the command that runs it again, its scenarios by key. */
export type RequirementCard = Omit<RequirementResult, 'scenarios'> &
  Readonly<{
    anchor: string
    again: string
    /** How many entries more it rests on than the page shows; `result.json` has them all. */
    unshown: number
    scenarios: readonly (ScenarioResult & Readonly<{ key: string }>)[]
  }>

/** `key` is the part of the entry ids before `#`: `03-void/correct-void:14`. */
export type ScenarioReport = Readonly<{
  key: string
  name: string
  rule: string
  uri: string
  seed: string
  ids: readonly string[]
  /** The worst verdict that a requirement drew from it; absent when none did. */
  verdict?: VerdictWord
  lanes: readonly Lane[]
  rungs: readonly Rung[]
  money?: Money
  /** What its pages looked like at its end, where it failed and keys were pressed through pages. */
  pages: readonly KeptPage[]
}>

/**
 * Derives the report. Pure: equal inputs give equal reports.
 *
 * @param oracle  Says what money should have moved; without it the report shows only what did.
 */
export function reportOf(
  result: Result,
  entries: readonly Entry[],
  dialectFields: DialectFields,
  begun?: string,
  oracle?: MoneyOracle,
): Report {
  const cards = cardsOf(result, begun)
  return {
    run: result.run,
    verdict: result.verdict,
    exitCode: result.exitCode,
    ...(result.stopped === undefined ? {} : { stopped: result.stopped }),
    ...(result.limit === undefined ? {} : { limit: result.limit }),
    ...(result.remarks === undefined ? {} : { remarks: result.remarks }),
    summary: result.summary,
    parts: (['acquirer', 'instrument'] as const).map(part => ({
      part,
      chapters: byChapter(cards.filter(card => card.part === part)),
    })),
    notCovered: byChapter(result.notCovered),
    views: result.views,
    scenarios: scenariosOf(cards, entries, dialectFields, oracle),
    fields: Object.fromEntries(dialectFields.map(({ name, path, is }) => [name, { path, is }])),
  }
}

/** A row that binds both parts has two cards; the second one's anchor says which it is. */
function cardsOf(result: Result, begun: string | undefined): readonly RequirementCard[] {
  const ofAcquirer = new Set(result.requirements.filter(row => row.part === 'acquirer').map(row => row.id))
  return result.requirements.map(row => ({
    ...row,
    anchor: row.part === 'instrument' && ofAcquirer.has(row.id) ? `${row.id}/terminal` : row.id,
    again: againCommand(result.run, row.id, begun),
    evidence: row.evidence.slice(0, shownEvidence),
    unshown: Math.max(0, row.evidence.length - shownEvidence),
    scenarios: row.scenarios.map(scenario => ({ ...scenario, key: scenarioKey(scenario.uri) })),
  }))
}

/** A row that holds over every scenario rests on thousands of entries: nobody reads so many on a page. */
const shownEvidence = 24

/** `03-void/correct-void:14` of `features/03-void/correct-void.feature:14`. */
export function scenarioKey(uri: string): string {
  return uri.replace(/^(?:.*\/)?features\//, '').replace(/\.feature(?=:|$)/, '')
}

/** `03-void/correct-void:14` of `03-void/correct-void:14#27`. */
export function scenarioOfEntry(id: string): string {
  const at = id.lastIndexOf('#')
  return at < 0 ? id : id.slice(0, at)
}

function scenariosOf(
  cards: readonly RequirementCard[],
  entries: readonly Entry[],
  dialectFields: DialectFields,
  oracle: MoneyOracle | undefined,
): ScenarioReport[] {
  // What a pass rests on may be told together with its neighbours: a rule about secrets rests on every key and display.
  const cited = new Set(
    cards.filter(({ verdict }) => verdict !== 'passed').flatMap(card => card.evidence.map(seen => seen.entry)),
  )
  const drawn = new Map<string, { id: string; verdict: VerdictWord }[]>()
  for (const { id, scenarios } of cards)
    for (const { key, verdict } of scenarios) drawn.set(key, [...(drawn.get(key) ?? []), { id, verdict }])
  const ofScenarios = entries.filter(entry => entry.is !== 'run began')
  return [...Map.groupBy(ofScenarios, entry => scenarioOfEntry(entry.id))].map(([key, own]) => {
    const began = own.find((entry): entry is Entry & ScenarioBegan => entry.is === 'scenario began')
    const [first, ...others] = (drawn.get(key) ?? []).map(({ verdict }) => verdict)
    const money = moneyOf(own, currencyIn(own, dialectFields), oracle)
    return {
      key,
      name: began?.name ?? key,
      rule: began?.rule ?? '',
      uri: began ? `${began.uri.replace(/:\d+$/, '')}:${began.line}` : key,
      seed: began?.seed ?? '',
      ids: began?.ids ?? [],
      ...(first === undefined ? {} : { verdict: worst([first, ...others]) }),
      ...ladderOf(own, cited),
      ...(money === undefined ? {} : { money }),
      pages: keptPages(own),
    }
  })
}

/** The currency of the scenario's messages: field 49, where one of them has it. */
function currencyIn(entries: readonly Entry[], dialectFields: DialectFields): string | undefined {
  const name = dialectFields.find(field => field.path === '49')?.name
  if (name === undefined) return undefined
  for (const entry of entries) {
    const value = entry.is === 'sent' || entry.is === 'received' ? entry.fields[name] : undefined
    if (value !== undefined) return value
  }
  return undefined
}
