import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Entry } from '../journal/entry.ts'
import type { Profile } from '../profile/profile.ts'
import { certify } from './certify.ts'
import { rowsFor } from './requirements/index.ts'
import type { Result } from './result.ts'
import { TestJournal, testProfile } from './test-journal.ts'

const run = { id: 'run', startedAt: '2026-06-01T10:15:00Z', finishedAt: '2026-06-01T10:16:00Z', endpoint: 'test' }
const place = { uri: 'features/test.feature', line: 1, name: 'a scenario', ids: ['SALE-001'], tags: ['SALE-001'] }

/** One good-sale scenario whose sale was answered so; `moved` is what its balance shows afterwards. */
function scenario(came: string, moved: number): Entry[] {
  const journal = new TestJournal(['SALE-001'])
  journal.balance('before', 100_00)
  const sale = journal.do('sale', { came })
  journal.balance('after', 100_00 + moved)
  journal.claim('sale approved', sale)
  journal.append({ is: 'scenario ended', status: 'passed' })
  return journal.entries
}

function certified(entries: readonly Entry[], profile: Profile = testProfile(), only = ['SALE-001', 'LEDG-003']): Result {
  const began: Entry = { id: 'run#1', atMicros: 0, is: 'run began', seed: '7', suite: 'test', plan: [place] }
  return certify({ entries: [began, ...entries], profile, run, rows: rowsFor(only) })
}

const verdictOn = (result: Result, id: string): string | undefined => result.requirements.find(one => one.id === id)?.verdict

test('a run whose rows all pass is certified, exit code 0', () => {
  const result = certified(scenario('00', -8800))
  assert.deepEqual([result.verdict, result.exitCode], ['certified', 0])
  assert.deepEqual([verdictOn(result, 'SALE-001'), verdictOn(result, 'LEDG-003')], ['passed', 'passed'])
  assert.equal(result.run.seed, '7')
})

test('a failed MUST of the acquirer is not certified, exit code 1', () => {
  const result = certified(scenario('12', 0))
  assert.deepEqual([result.verdict, result.exitCode], ['not certified', 1])
  const sale = result.requirements.find(one => one.id === 'SALE-001')
  assert.deepEqual([sale?.attribution, sale?.received, sale?.scenarios[0]?.uri], ['acquirer', '12', 'features/test.feature:1'])
})

test('a fault that was switched on on purpose is a remark of the result', () => {
  const began: Entry = {
    id: 'run#1',
    atMicros: 0,
    is: 'run began',
    seed: '7',
    suite: 'test',
    plan: [place],
    fault: 'host:is bad',
  }
  const { remarks } = certify({
    entries: [began, ...scenario('00', -8800)],
    profile: testProfile(),
    run,
    rows: rowsFor(['SALE-001']),
  })
  assert.match(remarks?.join() ?? '', /^the fault “host:is bad” was switched on on purpose/)
})

test('an approval without effect fails the money row whatever the code', () => {
  assert.equal(verdictOn(certified(scenario('00', 0)), 'LEDG-003'), 'failed')
})

test('a deviation keeps the row failed and names itself in the headline, until it expires', () => {
  const deviation = { requirement: 'SALE-001', reason: 'known', approver: 'somebody', expires: '2026-12-31' }
  const deviating = certified(scenario('12', 0), { ...testProfile(), deviations: [deviation] })
  assert.deepEqual([deviating.verdict, deviating.exitCode], ['certified with 1 deviation', 0])
  assert.equal(verdictOn(deviating, 'SALE-001'), 'failed')
  const expired = certified(scenario('12', 0), { ...testProfile(), deviations: [{ ...deviation, expires: '2026-01-31' }] })
  assert.equal(expired.exitCode, 1)
  const idle = certified(scenario('00', -8800), { ...testProfile(), deviations: [deviation] })
  const stands = [deviating, expired, idle].map(({ deviations = [] }) => deviations.map(each => each.stands))
  assert.deepEqual(stands, [['in force'], ['expired'], ['not needed']])
})

test('a planned scenario that never ran leaves its rows untested: no verdict at all, exit code 2', () => {
  const result = certified([], testProfile(), ['SALE-001'])
  assert.deepEqual([verdictOn(result, 'SALE-001'), result.exitCode], ['untested', 2])
})

test('a row without a scenario is not covered and changes no exit code', () => {
  const result = certified(scenario('00', -8800), testProfile(), ['SALE-001', 'VOID-001', 'PRE-001'])
  assert.deepEqual(
    result.notCovered.map(({ id }) => id),
    ['VOID-001', 'PRE-001'],
  )
  assert.equal(result.exitCode, 0)
})

test('a balance that never moves is named as not usable, and judges nothing but its own row', () => {
  const journal = new TestJournal(['INQ-001'])
  for (const [at, moment] of ['before', 'between', 'after'].entries()) {
    journal.balance(moment, 100_00)
    if (at === 0) journal.do('sale')
  }
  journal.claim('balances follow')
  const entries = journal.entries.map(entry => ({ ...entry, id: entry.id.replace('test:1', 'test:9') }))
  const result = certified([...entries, ...scenario('00', 0)], testProfile({}, ['view-ledger']), ['INQ-001', 'SALE-001'])
  assert.deepEqual(result.views.find(({ name }) => name === 'balance')?.usable, false)
  assert.equal(verdictOn(result, 'INQ-001'), 'failed')
  assert.notEqual(verdictOn(result, 'SALE-001'), 'failed')
})

test('a scenario that came to something the profile does not offer says nothing of its row, and says why', () => {
  const journal = new TestJournal(['SALE-001'])
  journal.append({ is: 'scenario ended', status: 'not applicable', says: 'the profile offers no control of failures' })
  const alone = certified(journal.entries, testProfile(), ['SALE-001']).requirements[0]
  assert.deepEqual([alone?.verdict, alone?.because], ['not applicable', 'the profile offers no control of failures'])
  const another = journal.entries.map(entry => ({ ...entry, id: entry.id.replace('test:1', 'test:2') }))
  const beside = certified([...scenario('00', -8800), ...another])
  assert.deepEqual([beside.exitCode, verdictOn(beside, 'SALE-001')], [0, 'passed'])
})

test('a limited run says so in its headline and in its result, and calls nothing uncovered that it left out', () => {
  const limited = (limit: Readonly<{ only?: readonly string[]; tags?: string }>): Result => {
    const began: Entry = { id: 'run#1', atMicros: 0, is: 'run began', seed: '7', suite: 'test', plan: [place], ...limit }
    const rows = rowsFor(['SALE-001', 'VOID-001'])
    return certify({ entries: [began, ...scenario('00', -8800)], profile: testProfile(), run, rows })
  }
  const only = limited({ only: ['SALE-001'] })
  assert.equal(only.verdict, 'certified, for 1 requirement only (--only SALE-001)')
  assert.deepEqual([only.limit, only.notCovered], [{ only: ['SALE-001'] }, []])
  const tags = limited({ tags: '@SALE-001' })
  assert.equal(tags.verdict, 'certified, for 1 requirement only (--tags "@SALE-001")')
  assert.deepEqual([tags.limit, tags.notCovered], [{ tags: '@SALE-001' }, []])
  assert.equal(limited({}).limit, undefined)
})

test('a line on which the name of the certificate is not compared is told in the certificate', () => {
  const tls = { minVersion: 'TLSv1.2', checksName: false } as const
  assert.match(
    certified([], { ...testProfile(), tls }).remarks?.join() ?? '',
    /the name on the acquirer’s certificate was not compared/,
  )
  assert.equal(certified([], { ...testProfile(), tls: { ...tls, checksName: true } }).remarks, undefined)
})
