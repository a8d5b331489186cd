import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settledAsLive } from '../checks/settlement.ts'
import type { ClaimName } from '../claims.ts'
import { judgeClaim } from '../judge.ts'
import { scopeOf } from '../scope.ts'
import { shop, TestJournal, teaHouse, testProfile } from '../test-journal.ts'
import { rows } from './index.ts'

const profile = testProfile()

function verdictOf(journal: TestJournal, id: string, claim: ClaimName): string | undefined {
  const made = journal.claim(claim)
  const [judged] = judgeClaim(
    journal.entries,
    made,
    rows.filter(row => row.id === id),
    profile,
  )
  return judged?.verdict.is
}

test('SETL-018: that other batches are untouched is shown by another till’s void, not by one of the till that settled', () => {
  for (const [till, word] of [
    [teaHouse, 'passed'],
    [shop, 'inconclusive'],
  ] as const) {
    const journal = new TestJournal()
    const sale = journal.do('sale', { role: 'setup', till })
    journal.do('settle', { came: { fields: { domesticResult: '1' } } })
    journal.do('void', { role: 'probe', of: sale, till })
    assert.equal(verdictOf(journal, 'SETL-018', 'batch settled'), word)
  }
})

test('SETL-018: a batch counts that is of this scenario’s own terminals, not one that another worker settles meanwhile', () => {
  const batch = (terminalId: string, state: 'open' | 'closed') =>
    ({ merchantId: shop.merchantId, terminalId, batch: '000001', state }) as const
  for (const [terminals, word] of [
    [['T0000001', 'T0000003'], 'passed'],
    [['T0000001', 'T0000003', 'T0000011'], 'failed'],
    [undefined, 'failed'],
  ] as const) {
    const journal = new TestJournal([], terminals)
    journal.ledger('before', {}, { batches: [batch('T0000001', 'open'), batch('T0000011', 'open')] })
    journal.do('settle', { came: { fields: { domesticResult: '1' } } })
    journal.ledger('after', {}, { batches: [batch('T0000001', 'closed'), batch('T0000011', 'closed')] })
    assert.equal(verdictOf(journal, 'SETL-018', 'batch settled'), word)
  }
})

test('SETL-018: a batch that was closed long before and is now closed with another sum was changed', () => {
  const closed = { merchantId: shop.merchantId, terminalId: 'T0000003', batch: '000007', state: 'closed', settled: '1' } as const
  const journal = new TestJournal([], ['T0000001', 'T0000003'])
  journal.ledger('before', {})
  journal.do('settle', { came: { fields: { domesticResult: '1' } } })
  journal.ledger('after', {}, { batches: [closed] })
  assert.equal(verdictOf(journal, 'SETL-018', 'batch settled'), 'failed')
})

test('where the books do not say what was settled the answer does; of a batch that did not balance nothing does', () => {
  for (const [result, word] of [
    ['1', 'passed'],
    ['2', 'not applicable'],
  ] as const) {
    const journal = new TestJournal()
    journal.do('sale', { role: 'setup' })
    const settlement = journal.do('settle', { came: { fields: { domesticResult: result } } })
    journal.exchange('upload', { operation: settlement, fields: { networkCode: '207' } })
    const { merchantId, terminalId } = shop
    journal.ledger('after', {}, { batches: [{ merchantId, terminalId, batch: '000001', state: 'closed' }] })
    assert.equal(settledAsLive(scopeOf(journal.entries, profile)).is, word)
  }
})
