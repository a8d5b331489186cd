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
