import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ClaimName } from '../claims.ts'
import { judgeClaim } from '../judge.ts'
import { shop, TestJournal, testProfile } from '../test-journal.ts'
import type { Verdict } from '../verdict.ts'
import { rows } from './index.ts'
import { keyOf } from './row.ts'

const profile = testProfile()

function verdictOf(journal: TestJournal, key: string, claim: ClaimName, operation?: number): Verdict {
  const made = journal.claim(claim, operation)
  const [judged] = judgeClaim(
    journal.entries,
    made,
    rows.filter(row => keyOf(row) === key),
    profile,
  )
  return judged?.verdict ?? assert.fail(`${key} does not answer to ${claim}`)
}

/** A sale whose reply our line took away, and reversals of it. */
function reversals(codes: readonly string[], moved = 0): TestJournal {
  const journal = new TestJournal()
  journal.balance('before', 100_00)
  const sale = journal.do('sale', { role: 'setup', came: { code: '00', standing: 'swallowed' } })
  for (const came of codes) journal.do('reverse', { of: sale, came, fields: { processingCode: '000000', resultCode: '98' } })
  journal.balance('after', 100_00 + moved)
  return journal
}

test('REV-008: an acknowledged reversal that brings the money back passes', () => {
  assert.equal(verdictOf(reversals(['00']), 'REV-008', 'reversal answered').is, 'passed')
})

test('REV-008: an acknowledgement without effect, a refusal and silence have failed', () => {
  assert.equal(verdictOf(reversals(['00'], -8800), 'REV-008', 'reversal answered').is, 'failed')
  assert.equal(verdictOf(reversals(['25'], -8800), 'REV-008', 'reversal answered').is, 'failed')
  assert.equal(verdictOf(reversals(['silence'], -8800), 'REV-008', 'reversal answered').is, 'failed')
})

test('REV-009: two acknowledgements and one effect pass, two effects have failed', () => {
  assert.equal(verdictOf(reversals(['00', '00']), 'REV-009', 'reversals answered').is, 'passed')
  assert.equal(verdictOf(reversals(['00', '00'], 8800), 'REV-009', 'reversals answered').is, 'failed')
})

test('REV-009: a repeated reversal may find nothing left to reverse, the first may not', () => {
  for (const code of ['25', '12', '94']) {
    assert.equal(verdictOf(reversals(['00', code]), 'REV-009', 'reversals answered').is, 'passed')
    assert.equal(verdictOf(reversals([code, '00']), 'REV-009', 'reversals answered').is, 'failed')
  }
  assert.equal(verdictOf(reversals(['00', '96']), 'REV-009', 'reversals answered').is, 'failed')
})

test('REV-010: a reversal of a lost sale answered as unknown passes if no money moved', () => {
  for (const [moved, word] of [
    [0, 'passed'],
    [8800, 'failed'],
  ] as const) {
    const journal = new TestJournal()
    journal.balance('before', 100_00)
    const sale = journal.do('sale', { role: 'setup', came: 'lost' })
    journal.do('reverse', { of: sale, came: '25' })
    journal.balance('after', 100_00 + moved)
    assert.equal(verdictOf(journal, 'REV-010', 'reversal answered').is, word)
  }
})

test('REV-001: a sale without an answer that is not reversed has failed, and it is our terminal’s', () => {
  const journal = new TestJournal()
  const sale = journal.do('sale', { came: 'silence', outcome: 'unresolved' })
  const none = verdictOf(journal, 'REV-001', 'reversal sent', sale)
  assert.equal(none.is === 'failed' && none.attribution, 'instrument')
  journal.do('reverse', { of: sale })
  assert.equal(verdictOf(journal, 'REV-001', 'reversal sent', sale).is, 'passed')
})

test('REV-004: a sale that overtakes the reversal has failed', () => {
  for (const overtaken of [false, true]) {
    const journal = new TestJournal()
    const sale = journal.do('sale', { role: 'setup', came: { code: '00', standing: 'swallowed' } })
    if (overtaken) journal.do('sale')
    journal.do('reverse', { of: sale })
    const next = journal.do('sale')
    assert.equal(verdictOf(journal, 'REV-004', 'pending reversal first', next).is, overtaken ? 'failed' : 'passed')
  }
})

test('REV-005: a reversal that nobody answers is sent as often as the profile says', () => {
  for (const [sends, word] of [
    [1, 'failed'],
    [3, 'passed'],
  ] as const) {
    const journal = new TestJournal()
    const sale = journal.do('sale', { role: 'setup', came: { code: '00', standing: 'swallowed' } })
    for (let send = 0; send < sends; send += 1)
      journal.do('reverse', { of: sale, came: 'silence', fields: { processingCode: '000000', resultCode: '98' } })
    assert.equal(verdictOf(journal, 'REV-005', 'reversal repeated').is, word)
  }
})

test('REV-007: a reversal of another amount than was sent has failed', () => {
  for (const [minor, word] of [
    [8800, 'passed'],
    [8801, 'failed'],
  ] as const) {
    const journal = new TestJournal()
    const sale = journal.do('sale', { came: 'silence' })
    journal.do('reverse', { of: sale, minor, fields: { processingCode: '000000', resultCode: '98' } })
    assert.equal(verdictOf(journal, 'REV-007', 'reversal sent', sale).is, word)
  }
})

test('REV-003: without a restart nothing is shown about stored reversals', () => {
  const journal = new TestJournal()
  const sale = journal.do('sale', { came: 'silence' })
  journal.do('reverse', { of: sale })
  assert.equal(verdictOf(journal, 'REV-003', 'reversal sent', sale).is, 'inconclusive')
  const cut = new TestJournal()
  const interrupted = cut.do('sale', { came: 'silence' })
  cut.append({ is: 'terminal', terminal: shop.terminal, event: 'restarted', says: 'power is back' })
  cut.do('reverse', { of: interrupted })
  assert.equal(verdictOf(cut, 'REV-003', 'reversal sent', interrupted).is, 'passed')
})
