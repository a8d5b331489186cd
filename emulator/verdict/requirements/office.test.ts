import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OfficeStatus } from '../../values/back-office.ts'
import { applicability } from '../applicability.ts'
import { alice, bob, type TestJournal, teaHouse, testProfile } from '../test-journal.ts'
import { began, control, moved, officeProfile, passes, profile, verdictOf, voidedInOffice } from '../test-office.ts'
import { rowsFor } from './index.ts'
import { officeRows } from './office.ts'

test('DESK-001: approved, told so, and the money back once: passed, and only with what it cites', () => {
  passes(voidedInOffice({}), 'DESK-001', 'office void done')
})

test('DESK-001: a void that was refused, moved nothing, moved twice or is not told has failed', () => {
  for (const way of [
    { approval: 'refused', told: 'refused', fen: -8800 },
    { fen: -8800 },
    { fen: 8800 },
    { told: 'awaiting approval' },
  ] as const)
    assert.equal(verdictOf(voidedInOffice(way), 'DESK-001', 'office void done').is, 'failed', JSON.stringify(way))
})

test('DESK-001: a page whose words nobody has mapped says nothing, and that is the profile’s', () => {
  const verdict = verdictOf(voidedInOffice({ approval: 'unclear', told: 'unclear' }), 'DESK-001', 'office void done')
  assert.deepEqual(verdict.is === 'inconclusive' && verdict.attribution, 'profile')
})

test('DESK-001: a page that says nothing of it, or not yet, is believed when it is followed', () => {
  for (const approval of ['unclear', 'awaiting approval'] as const) {
    passes(voidedInOffice({ approval }), 'DESK-001', 'office void done')
    assert.equal(verdictOf(voidedInOffice({ approval, fen: -8800 }), 'DESK-001', 'office void done').is, 'failed')
    assert.notEqual(verdictOf(voidedInOffice({ approval, told: approval, fen: 0 }), 'DESK-001', 'office void done').is, 'passed')
  }
})

/** Somebody asks; the tested page says this, and what was aimed at is shown live or not. */
function tried(
  saw: OfficeStatus,
  lacking: 'control' | 'probe' | 'nothing' = 'nothing',
  fen = 0,
  reason = 'why not',
): TestJournal {
  const { journal, sale } = began()
  const request = saw === 'awaiting approval' || saw === 'voided' ? { request: 1 } : {}
  journal.deed('asked for a void', sale, saw, { ...request, reason, minor: '8800' })
  if (lacking !== 'control') control(journal)
  if (lacking !== 'probe') journal.do('void', { role: 'probe', of: sale })
  moved(journal, lacking === 'probe' ? -8800 + fen : fen)
  return journal
}

test('DESK-002: a request that waits passes with control and probe, and only with what it cites', () => {
  passes(tried('awaiting approval'), 'DESK-002', 'office request waits')
})

test('DESK-002: a request that takes effect at once has failed', () => {
  assert.equal(verdictOf(tried('voided'), 'DESK-002', 'office request waits').is, 'failed')
})

test('DESK-003: a request without a reason that is taken has failed, one that is not passes', () => {
  passes(tried('refused', 'nothing', 0, ''), 'DESK-003', 'office refused')
  for (const saw of ['awaiting approval', 'voided'] as const)
    assert.equal(verdictOf(tried(saw, 'nothing', 0, ''), 'DESK-003', 'office refused').is, 'failed')
})

test('a refusal without its control or its probe proves nothing', () => {
  for (const lacking of ['control', 'probe'] as const)
    assert.equal(verdictOf(tried('refused', lacking, 0, ''), 'DESK-003', 'office refused').is, 'inconclusive', lacking)
})

test('a refusal that moves money has failed, whatever the page says', () => {
  assert.equal(verdictOf(tried('refused', 'nothing', 8800, ''), 'DESK-003', 'office refused').is, 'failed')
})

test('a refusal in words of something else is worth a warning', () => {
  assert.equal(verdictOf(tried('not there', 'nothing', 0, ''), 'DESK-003', 'office refused').is, 'warned')
})

/** An approver asks, and somebody tries to approve. */
function approving(by: 'approver' | 'clerk', saw: OfficeStatus): TestJournal {
  const { journal, sale } = began()
  const request = { request: 1, minor: '8800' }
  journal.deed('asked for a void', sale, 'awaiting approval', { ...request, role: 'setup', by: 'approver', reason: 'x y' })
  journal.deed('approved', sale, saw, { ...request, by })
  control(journal)
  journal.deed('approved', sale, saw === 'voided' ? 'refused' : 'voided', { ...request, role: 'probe', by: 'second approver' })
  moved(journal, 0)
  return journal
}

test('DESK-004: one’s own request is approved by somebody else, or it has failed', () => {
  for (const saw of ['not allowed', 'refused', 'awaiting approval'] as const)
    passes(approving('approver', saw), 'DESK-004', 'office refused')
  assert.equal(verdictOf(approving('approver', 'voided'), 'DESK-004', 'office refused').is, 'failed')
})

test('DESK-004 says nothing of a decision about somebody else’s request', () => {
  assert.equal(verdictOf(approving('clerk', 'not allowed'), 'DESK-004', 'office refused').is, 'inconclusive')
})

test('DESK-005: a clerk who approves and an auditor who asks have failed', () => {
  passes(approving('clerk', 'not allowed'), 'DESK-005', 'office refused')
  passes(tried('not allowed'), 'DESK-005', 'office refused')
  assert.equal(verdictOf(approving('clerk', 'voided'), 'DESK-005', 'office refused').is, 'failed')
  assert.equal(verdictOf(tried('awaiting approval'), 'DESK-005', 'office refused').is, 'failed')
})

function foreign(looked: OfficeStatus, asked: OfficeStatus): TestJournal {
  const { journal, sale } = began()
  const { merchantId } = teaHouse
  journal.deed('looked for', sale, looked, { merchantId })
  journal.deed('asked for a void', sale, asked, { merchantId, ...(asked === 'awaiting approval' && { request: 1 }) })
  control(journal, 'voided', merchantId)
  journal.do('void', { role: 'probe', of: sale })
  moved(journal, 0)
  return journal
}

test('DESK-006: what is found or asked for at another merchant’s has failed', () => {
  passes(foreign('not there', 'not there'), 'DESK-006', 'office refused')
  assert.equal(verdictOf(foreign('live', 'not there'), 'DESK-006', 'office refused').is, 'failed')
  assert.equal(verdictOf(foreign('not there', 'awaiting approval'), 'DESK-006', 'office refused').is, 'failed')
})

test('DESK-006: the control of another office is none', () => {
  const { journal, sale } = began()
  journal.deed('looked for', sale, 'not there', { merchantId: teaHouse.merchantId })
  control(journal)
  journal.do('void', { role: 'probe', of: sale })
  moved(journal, 0)
  assert.equal(verdictOf(journal, 'DESK-006', 'office refused').is, 'inconclusive')
})

function rejected(saw: OfficeStatus, told: OfficeStatus, fen = 0): TestJournal {
  const { journal, sale } = began()
  const request = { request: 1, minor: '8800' }
  journal.deed('asked for a void', sale, 'awaiting approval', { ...request, role: 'setup', reason: 'wrong amount' })
  journal.deed('rejected', sale, saw, { ...request, by: 'approver', reason: 'it was right' })
  journal.deed('followed', sale, told, { ...request, role: 'probe' })
  control(journal)
  journal.do('void', { role: 'probe', of: sale, came: fen === 0 ? '00' : '22' })
  moved(journal, fen)
  return journal
}

test('DESK-007: a rejection passes where it is told and moves nothing', () => {
  passes(rejected('rejected', 'rejected'), 'DESK-007', 'office rejected')
  assert.equal(verdictOf(rejected('rejected', 'awaiting approval'), 'DESK-007', 'office rejected').is, 'failed')
  assert.equal(verdictOf(rejected('rejected', 'rejected', 8800), 'DESK-007', 'office rejected').is, 'failed')
})

test('DESK-009: a refund that is done gives the money back once', () => {
  for (const [fen, is] of [
    [0, 'passed'],
    [-8800, 'failed'],
    [8800, 'failed'],
  ] as const) {
    const { journal, sale } = began()
    const request = { request: 1, minor: '8800' }
    journal.deed('asked for a refund', sale, 'awaiting approval', { ...request, by: 'approver', reason: 'returned' })
    journal.deed('approved', sale, 'refunded', { ...request, by: 'second approver' })
    journal.deed('followed', sale, 'refunded', { ...request, role: 'probe' })
    moved(journal, fen)
    assert.equal(verdictOf(journal, 'DESK-009', 'office refund done').is, is, `${fen}`)
  }
})

/** The till voids between request and approval. */
function raced(approval: OfficeStatus, fen = 0): TestJournal {
  const { journal, sale } = began()
  const request = { request: 1, minor: '8800' }
  journal.deed('asked for a void', sale, 'awaiting approval', { ...request, role: 'setup', reason: 'wrong amount' })
  journal.do('void', { role: 'setup', of: sale })
  journal.deed('approved', sale, approval, { ...request, by: 'approver' })
  control(journal)
  moved(journal, fen)
  return journal
}

test('DESK-011: the till was faster: the approver is told, and there is one credit', () => {
  passes(raced('refused'), 'DESK-011', 'office refused')
  assert.equal(verdictOf(raced('voided'), 'DESK-011', 'office refused').is, 'failed')
  assert.equal(verdictOf(raced('refused', 8800), 'DESK-011', 'office refused').is, 'failed')
})

test('DESK-010: a request about what the till has voided must not even be taken', () => {
  for (const [saw, is] of [
    ['refused', 'passed'],
    ['awaiting approval', 'failed'],
    ['voided', 'failed'],
  ] as const) {
    const { journal, sale } = began()
    journal.do('void', { role: 'setup', of: sale })
    journal.deed('asked for a void', sale, saw, { reason: 'wrong amount', ...(saw !== 'refused' && { request: 1 }) })
    control(journal)
    moved(journal, 0)
    assert.equal(verdictOf(journal, 'DESK-010', 'office refused').is, is, saw)
  }
})

test('DESK-013: what is approved too late is refused, or it has failed', () => {
  for (const [saw, fen, is] of [
    ['refused', -8800, 'passed'],
    ['awaiting approval', -8800, 'passed'],
    ['voided', 0, 'failed'],
    ['refused', 0, 'failed'],
  ] as const) {
    const { journal, sale } = began()
    const request = { request: 1, minor: '8800' }
    journal.deed('asked for a void', sale, 'awaiting approval', { ...request, role: 'setup', reason: 'wrong amount' })
    journal.deed('approved', sale, saw, { ...request, by: 'approver' })
    control(journal)
    moved(journal, fen)
    assert.equal(verdictOf(journal, 'DESK-013', 'office refused').is, is, `${saw} ${fen}`)
  }
})

test('DESK-010 and DESK-011: the office was faster: the till is refused, and there is one credit', () => {
  for (const id of ['DESK-010', 'DESK-011'])
    for (const [came, fen, is] of [
      ['22', 0, 'passed'],
      ['00', 8800, 'failed'],
      ['22', 8800, 'failed'],
    ] as const) {
      const { journal, sale } = began()
      const request = { request: 1, minor: '8800', role: 'setup' } as const
      journal.deed('asked for a void', sale, 'awaiting approval', { ...request, reason: 'wrong amount' })
      journal.deed('approved', sale, 'voided', { ...request, by: 'approver' })
      const late = journal.do('void', { of: sale, came })
      const own = journal.do('sale', { role: 'setup', card: bob, minor: 300 })
      journal.do('void', { role: 'control', of: own, card: bob })
      moved(journal, fen)
      assert.equal(verdictOf(journal, id, 'void refused', late).is, is, `${id} ${came} ${fen}`)
    }
})

const lines = [
  '2026-06-01 10:15 clerk@M00000000000001 asked for a void of 1: rung up twice',
  '2026-06-01 10:16 approver@M00000000000001 approved 1: done',
]

function audited(says: readonly string[], saw: OfficeStatus = 'voided'): TestJournal {
  const { journal, sale } = began()
  const request = { request: 1, minor: '8800', role: 'setup' } as const
  journal.deed('asked for a void', sale, 'awaiting approval', { ...request, reason: 'rung up twice' })
  journal.deed('approved', sale, 'voided', { ...request, by: 'approver' })
  journal.deed('read the audit log', sale, saw, { by: 'auditor', says })
  return journal
}

test('SEC-008: who asked, who approved, when, why and what came of it stand in the log', () => {
  passes(audited(lines), 'SEC-008', 'office recorded')
  const [asked = '', approved = ''] = lines
  for (const [wrong, what] of [
    [[], 'no record'],
    [[asked], 'not who approved'],
    [[approved], 'not who asked, nor why'],
    [lines.map(line => line.replace('rung up twice', '')), 'not why'],
    [lines.map(line => line.slice(17)), 'not when'],
  ] as const)
    assert.equal(verdictOf(audited(wrong), 'SEC-008', 'office recorded').is, 'failed', what)
  assert.equal(verdictOf(audited(lines, 'awaiting approval'), 'SEC-008', 'office recorded').is, 'failed', 'not what came of it')
})

test('DESK-014: a card number on a page, which the journal has as a token, has failed; a mask passes', () => {
  const shown = (words: string): TestJournal => {
    const { journal, sale } = began()
    journal.deed('looked for', sale, 'live', { says: ['Approved', words] })
    return journal
  }
  passes(shown('card 621214…0012'), 'DESK-014', 'office pages masked')
  assert.equal(verdictOf(shown(`card ${alice}`), 'DESK-014', 'office pages masked').is, 'failed')
  assert.equal(verdictOf(shown('order pan:411111…1111#7'), 'DESK-014', 'office pages masked').is, 'warned')
})

test('without a back office, or without the person who is needed, the rows do not apply', () => {
  const [row] = rowsFor(['DESK-005'])
  if (row === undefined) assert.fail()
  assert.deepEqual(applicability(row, testProfile()), {
    applies: false,
    because: 'the profile has no back office',
    observable: true,
  })
  assert.equal(applicability(row, officeProfile('none')).applies, false)
  const { backOffice } = officeProfile()
  if (backOffice === undefined) assert.fail()
  const staff = new Map([...backOffice.staff].map(([merchant, { auditor: _, ...others }]) => [merchant, others]))
  const without = applicability(row, { ...profile, backOffice: { ...backOffice, staff } })
  assert.equal(without.applies === false && without.because, 'the profile has no auditor for M00000000000001')
})

test('every row of the back office is excluded where there is none', () => {
  for (const row of officeRows) assert.equal(applicability(row, testProfile()).applies, false, row.id)
})
