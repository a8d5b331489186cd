import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Entry } from '../journal/entry.ts'
import { fieldsOf } from './dialect-fields.ts'
import { ladderOf } from './ladder.ts'
import { reportOf, scenarioKey, scenarioOfEntry } from './report.ts'
import { sampleFields, sampleResult } from './sample.ts'
import { sampleEntries } from './sample-journal.ts'

const report = reportOf(sampleResult, sampleEntries, sampleFields)
const scenario = (key: string) => report.scenarios.find(candidate => candidate.key === key) ?? assert.fail(`no scenario ${key}`)

test('a scenario has one key, whether it is named by its file or by its entries', () => {
  assert.equal(scenarioKey('features/03-void/correct-void.feature:14'), '03-void/correct-void:14')
  assert.equal(scenarioOfEntry('03-void/correct-void:14#27'), '03-void/correct-void:14')
  for (const { uri, key } of report.scenarios) assert.equal(scenarioKey(uri), key)
})

test('the acquirer and the instrument are told apart', () => {
  const ids = report.parts.map(({ part, chapters }) => [part, chapters.flatMap(({ rows }) => rows.map(row => row.id))])
  assert.deepEqual(ids, [
    ['acquirer', ['VOID-001', 'VOID-013', 'VOID-020', 'REV-001', 'REV-002', 'PRE-001', 'CONC-001']],
    ['instrument', ['TERM-004']],
  ])
})

test('a row that binds both parts has two anchors', () => {
  const [first] = sampleResult.requirements
  assert.ok(first)
  const both = reportOf({ ...sampleResult, requirements: [first, { ...first, part: 'instrument' }] }, [], [])
  assert.deepEqual(
    both.parts.flatMap(part => part.chapters.flatMap(({ rows }) => rows.map(row => row.anchor))),
    ['VOID-001', 'VOID-001/terminal'],
  )
})

test('every piece of evidence is a rung or an item of the ladder', () => {
  const shown = new Set(
    report.scenarios.flatMap(({ rungs }) =>
      rungs.flatMap(rung => (rung.rung === 'till' ? rung.items.map(item => item.id) : [rung.id])),
    ),
  )
  for (const { id, evidence } of sampleResult.requirements)
    for (const { entry } of evidence) assert.ok(shown.has(entry), `${id} rests on ${entry}`)
})

test('a second till gets its own lifeline', () => {
  const { lanes, rungs } = scenario('03-void/wrong-merchant-void:9')
  assert.deepEqual(
    lanes.map(lane => [lane.name, lane.terminalId]),
    [
      ['the shop', '00000001'],
      ['the kiosk', '00000009'],
    ],
  )
  assert.deepEqual(
    rungs.flatMap(rung => (rung.rung === 'message' ? [[rung.lane, rung.sent ? 'sent' : 'received', rung.mti]] : [])),
    [
      [0, 'sent', '0200'],
      [0, 'received', '0210'],
      [1, 'sent', '0200'],
      [1, 'received', '0210'],
    ],
  )
})

test('keys and displays that follow each other share a rung, and time counts from the beginning of the scenario', () => {
  const till = scenario('03-void/correct-void:14').rungs.find(rung => rung.rung === 'till')
  assert.ok(till?.rung === 'till')
  assert.deepEqual(
    till.items.map(item => item.item),
    ['key', 'key', 'key', 'display', 'display'],
  )
  assert.equal(till.at, 4 * 1_730)
})

test('what our own line did is marked as ours', () => {
  const { rungs } = scenario('05-reversal/lost-reply:22')
  assert.deepEqual(
    rungs.flatMap(rung => (rung.rung === 'line' ? [[rung.event, rung.ours, rung.says]] : [])),
    [
      ['fault', true, 'loses the reply: our line takes the next reply away'],
      ['silence', true, 'nothing came in 60 s'],
    ],
  )
  assert.ok(rungs.some(rung => rung.rung === 'message' && rung.standing === 'swallowed'))
})

test('money stands before and after, in the currency of the ledger, and accounts that never moved are only counted', () => {
  assert.deepEqual(scenario('03-void/wrong-merchant-void:9').money, {
    accounts: [
      { party: 'cardholder', name: '621214…0012' },
      { party: 'merchant', name: '105310055426541' },
    ],
    stages: [
      { moment: 'before', moves: [], held: ['¥9,912.00', '¥88.00'], should: [] },
      { moment: 'after', moves: [], held: ['¥10,000.00', '¥0.00'], should: [] },
    ],
    changes: ['+¥88.00', '-¥88.00'],
    batches: [],
    still: 1,
  })
})

test('a scenario is as bad as the worst verdict drawn from it, and has none when none was drawn', () => {
  const worstLast = reportOf(
    { ...sampleResult, requirements: sampleResult.requirements.toReversed() },
    sampleEntries,
    sampleFields,
  )
  for (const { scenarios } of [report, worstLast]) assert.equal(scenarios.at(-1)?.verdict, 'inconclusive')
  const unjudged = reportOf({ ...sampleResult, requirements: [] }, sampleEntries, sampleFields)
  assert.ok(unjudged.scenarios.every(each => each.verdict === undefined))
})

test('the plan of the run is no scenario', () => {
  const began = { id: 'run#0', atMicros: 0, is: 'run began', seed: '42', suite: '0.1.0', plan: [] } as const
  assert.deepEqual(reportOf(sampleResult, [began, ...sampleEntries], sampleFields), report)
})

test('digits keyed one after the other share a key; the displays between them are left out unless something rests on them', () => {
  const at = { terminal: 'the shop', atMicros: 0 }
  const keyed = ['sale', '8', '8', 'enter'].flatMap((key, n): Entry[] => [
    { ...at, id: `k#${n}`, is: 'key', key },
    { ...at, id: `d#${n}`, is: 'display', lines: [key] },
  ])
  const items = (cited: readonly string[]) =>
    ladderOf(keyed, new Set(cited)).rungs.flatMap(rung =>
      rung.rung === 'till' ? rung.items.map(item => (item.item === 'key' ? item.key : item.id)) : [],
    )
  assert.deepEqual(items([]), ['sale', 'd#0', '88', 'd#2', 'enter', 'd#3'])
  assert.deepEqual(items(['d#1']), ['sale', 'd#0', '8', 'd#1', '8', 'd#2', 'enter', 'd#3'])
})

test('fields come from the tables of a dialect: whole ones, parts, and parts of list items', () => {
  const part = { path: '48.1', name: 'count', is: 'how many' }
  const item = { name: 'item', path: '48', parts: [{ path: 'trace', name: 'trace', is: 'trace number' }] }
  assert.deepEqual(fieldsOf({ fields: { totals: { de: 48, is: 'totals' } }, layouts: { totals: [{ parts: [part], item }] } }), [
    { path: '48', name: 'totals', is: 'totals' },
    part,
    { path: '48.#.trace', name: 'item.#.trace', is: 'trace number' },
  ])
})
