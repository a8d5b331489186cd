import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Host, startHost } from '../host/host.ts'
import type { Entry } from '../journal/entry.ts'
import type { Profile } from '../profile/profile.ts'
import { certify } from '../verdict/certify.ts'
import { rows } from '../verdict/requirements/index.ts'
import { keyOf } from '../verdict/requirements/row.ts'
import type { RequirementResult, Result } from '../verdict/result.ts'
import { type Certification, certification } from './certification.ts'
import { checkedProfile } from './profile.ts'
import { Scenarios } from './scenarios.ts'

// One good run of the whole suite against the embedded host; the tests below look at it from every side.

const scenarios = new Scenarios()
let folder: string
let profile: Profile
let good: Certification

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tillproof-test-'))
  profile = await checkedProfile()
  good = await run({})
})

after(() => rm(folder, { recursive: true }))

type Asked = Partial<Parameters<typeof certification>[0]>

function run(asked: Asked): Promise<Certification> {
  const options = { profile, seed: 'test', parallel: 1, driver: 'direct', waiting: 'skip', projections: false } as const
  return certification({ ...options, directory: join(folder, `run-${Math.random()}`), ...asked }, scenarios)
}

const verdictsOf = (result: Result): string[] => result.requirements.map(row => `${row.id}/${row.part} ${row.verdict}`)

/** All that two runs may differ in is when things happened. */
const timeless = (journal: readonly Entry[]): string => journal.map(entry => JSON.stringify({ ...entry, atMicros: 0 })).join('\n')

test('the good host passes: enough rows, none failed, untested or inconclusive', () => {
  const { summary, exitCode } = good.result
  const troubled = good.result.requirements.filter(row => !['passed', 'not applicable', 'warned'].includes(row.verdict))
  assert.deepEqual(
    troubled.map(row => `${row.id}/${row.part}: ${row.finding ?? row.because}`),
    [],
  )
  assert.equal(exitCode, 0)
  assert.ok(summary.acquirer.passed >= 55, `${summary.acquirer.passed} acquirer rows passed; 55 wanted`)
  assert.ok(summary.instrument.passed >= 15, `${summary.instrument.passed} instrument rows passed; 15 wanted`)
})

test('the same seed gives the same journal, to the byte, but for the time of each entry', async () => {
  const again = await run({})
  assert.equal(timeless(again.journal), timeless(good.journal))
})

test('two workers write the same journal as one', async () => {
  const parallel = await run({ parallel: 2 })
  assert.equal(timeless(parallel.journal), timeless(good.journal))
})

test('another seed gives another journal', async () => {
  const other = await run({ seed: 'another', only: ['SALE-001'] })
  assert.notEqual(timeless(other.journal), timeless((await run({ only: ['SALE-001'] })).journal))
})

test('every pass rests on what it cites: without those entries it is no pass', () => {
  const vacuous = good.result.requirements.filter(row => row.verdict === 'passed').filter(row => verdictWithout(row) === 'passed')
  assert.deepEqual(
    vacuous.map(row => `${row.id}/${row.part}`),
    [],
  )
})

function verdictWithout(row: RequirementResult): string | undefined {
  const cited = new Set(row.evidence.map(({ entry }) => entry))
  assert.ok(cited.size > 0, `${row.id} cites nothing`)
  const entries = good.journal.filter(entry => !cited.has(entry.id))
  const own = rows.filter(one => one.id === row.id)
  const { id, startedAt, finishedAt, endpoint } = good.result.run
  const again = certify({ entries, profile, rows: own, run: { id, startedAt, finishedAt, endpoint } })
  return again.requirements.find(one => one.id === row.id && one.part === row.part)?.verdict
}

test('every covered row names at least one fault that must break it', () => {
  const unproven = rows.filter(row => 'check' in row && row.brokenBy.length === 0)
  assert.deepEqual(unproven.map(keyOf), [])
})

test('a host that refuses everything fails SALE-001, and the run ends with exit code 1', async () => {
  const { result } = await run({ fault: 'host:refuses everything' })
  assert.equal(result.exitCode, 1)
  assert.equal(result.requirements.find(row => row.id === 'SALE-001')?.verdict, 'failed')
})

test('a host of its own, reached over TCP, gets the same verdict on every row as the embedded one, twice in a row', async () => {
  const host = await standalone()
  const reached = await checkedProfile(undefined, {
    endpoint: new URL(`tcp://127.0.0.1:${host.port}`),
    control: new URL(`http://127.0.0.1:${host.controlPort}`),
  })
  const asked = { profile: reached, endpoint: `tcp://127.0.0.1:${host.port}`, control: `http://127.0.0.1:${host.controlPort}` }
  const first = await run(asked)
  const second = await run(asked)
  await host.close()
  assert.deepEqual(verdictsOf(first.result), verdictsOf(good.result))
  assert.deepEqual(verdictsOf(second.result), verdictsOf(good.result))
})

function standalone(): Promise<Host> {
  return startHost({
    book: { merchants: profile.merchants, cards: profile.cards },
    dialect: profile.speaks,
    knobs: profile.knobs,
    controlPort: 0,
    seed: 'standalone',
    clock: 'real',
  })
}
