import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeAlways } from './judge.ts'
import { rows as catalogue } from './requirements/index.ts'
import { bob, shop, type TestJournal } from './test-journal.ts'
import { began, passes, profile, verdictOf, voidedInOffice } from './test-office.ts'

// Money that a back office moves: what its pages call done, and no more.

/** Which of the rows about money that are judged over every scenario have failed; not whether all accounts balance, for these are made by hand. */
const alarms = (journal: TestJournal): string[] =>
  judgeAlways(
    journal.entries,
    catalogue.filter(({ id }) => id.startsWith('LEDG-') && id !== 'LEDG-004'),
    profile,
  ).flatMap(({ key, verdict }) => (verdict.is === 'failed' ? [`${key}: ${verdict.says}`] : []))

test('what an unclear page left open is known once the request is followed to words that are', () => {
  for (const [told, fen] of [
    ['voided', 0],
    ['refused', -8800],
  ] as const) {
    assert.deepEqual(alarms(voidedInOffice({ approval: 'unclear', told, fen })), [], told)
    assert.notDeepEqual(alarms(voidedInOffice({ approval: 'unclear', told, fen: -8800 - fen })), [], told)
  }
})

const lines = [
  '2026-06-01 10:15 clerk@M00000000000001 asked for a void of 1: rung up twice',
  '2026-06-01 10:16 approver@M00000000000001 approved 1: done',
]

/** Alice's sale is voided in the office, Bob's stays; the till, which knows nothing of it, settles. */
function settled(result: '1' | '2', sum: string, says: readonly string[] = lines): TestJournal {
  const { journal, sale } = began()
  const request = { request: 1, minor: '8800', role: 'setup' } as const
  journal.deed('asked for a void', sale, 'awaiting approval', { ...request, reason: 'rung up twice' })
  journal.deed('approved', sale, 'voided', { ...request, by: 'approver' })
  const other = journal.do('sale', { role: 'setup', card: bob, minor: 300 })
  const settlement = journal.begin('settle')
  const totals = { domesticDebit: '9100', domesticDebitCount: '2', domesticCredit: '0', domesticCreditCount: '0' }
  journal.exchange('settle', {
    operation: settlement,
    fields: totals,
    came: { fields: { domesticResult: result, foreignResult: '1' } },
  })
  const items = { 'item.1.trace': journal.sentOf(other)?.fields.trace ?? '', 'item.1.amount': '300' }
  journal.exchange('upload', { operation: settlement, fields: { networkCode: '201', ...items } })
  journal.exchange('upload', { operation: settlement, fields: { networkCode: '202' } })
  const { terminalId, merchantId } = shop
  const batch = { terminalId, merchantId, batch: '000001', state: 'closed', settled: sum, funded: sum } as const
  const accounts = [
    { name: 'card:621214…0012', currency: '156', balance: '10000' },
    { name: 'card:623105…0014', currency: '156', balance: '4700' },
    { name: `merchant:${merchantId}`, currency: '156', balance: sum },
  ]
  journal.ledger('after', {}, { batches: [batch], accounts })
  journal.deed('read the audit log', sale, 'voided', { by: 'auditor', role: 'probe', says })
  return journal
}

test('VOID-042: totals that differ by what the office voided, and a batch without it, pass', () => {
  passes(settled('2', '300'), 'VOID-042', 'office void counted')
})

test('VOID-042 asks the record for actor and reason, and leaves the time to SEC-008', () => {
  const timeless = lines.map(line => line.slice(17))
  assert.equal(verdictOf(settled('2', '300', timeless), 'VOID-042', 'office void counted').is, 'passed')
  const reasonless = lines.map(line => line.replace('rung up twice', ''))
  assert.equal(verdictOf(settled('2', '300', reasonless), 'VOID-042', 'office void counted').is, 'failed')
})

test('VOID-042: totals that agree with those of a till that knows nothing of it have failed, and so has a batch with it', () => {
  assert.equal(verdictOf(settled('1', '300'), 'VOID-042', 'office void counted').is, 'failed')
  assert.equal(verdictOf(settled('2', '9100'), 'VOID-042', 'office void counted').is, 'failed')
})

test('what the office voided raises no alarm about a till whose totals still have it, nor about the batch without it', () => {
  assert.deepEqual(alarms(settled('2', '300')), [])
  assert.notDeepEqual(alarms(settled('1', '9100')), [])
})

test('what the office refunded is charged to the merchant beside his batches, and raises no alarm', () => {
  for (const [charged, raised] of [
    [0, false],
    [8800, false],
    [5, true],
  ] as const) {
    const { journal, sale } = began()
    const settlement = journal.begin('settle', { role: 'setup' })
    const totals = { domesticDebit: '8800', domesticDebitCount: '1', domesticCredit: '0', domesticCreditCount: '0' }
    journal.exchange('settle', {
      operation: settlement,
      fields: totals,
      came: { fields: { domesticResult: '1', foreignResult: '1' } },
    })
    journal.exchange('upload', { operation: settlement, fields: { networkCode: '207' } })
    const request = { request: 1, minor: '8800' }
    journal.deed('asked for a refund', sale, 'awaiting approval', { ...request, by: 'approver', reason: 'returned' })
    journal.deed('approved', sale, 'refunded', { ...request, by: 'second approver' })
    const { terminalId, merchantId } = shop
    const batch = { terminalId, merchantId, batch: '000001', state: 'closed', settled: '8800', funded: '8800' } as const
    const accounts = [
      { name: 'card:621214…0012', currency: '156', balance: '10000' },
      { name: `merchant:${merchantId}`, currency: '156', balance: `${8800 - charged}` },
    ]
    journal.ledger('after', {}, { batches: [batch], accounts })
    assert.equal(alarms(journal).length > 0, raised, `${charged}: ${alarms(journal).join(', ')}`)
  }
})
