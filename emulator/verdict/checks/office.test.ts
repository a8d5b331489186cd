import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OfficeStatus } from '../../values/back-office.ts'
import { applicability } from '../applicability.ts'
import { rowsFor } from '../requirements/index.ts'
import { shop, type TestJournal, teaHouse } from '../test-journal.ts'
import { began, control, moved, officeProfile, profile, verdictOf, voidedInOffice } from '../test-office.ts'
import type { Verdict } from '../verdict.ts'

// Back offices that want a certificate they do not deserve, and ones that are blamed for what is no fault of theirs.

const blamed = (verdict: Verdict): string | undefined =>
  verdict.is === 'inconclusive'
    ? `${verdict.attribution}${verdict.becauseOf === undefined ? '' : ` ${verdict.becauseOf}`}`
    : undefined

/** A request without a reason is refused; then the office's own void comes to this, and what was aimed at is voided in the office, or not. */
function refusedThen(own: OfficeStatus, probe: OfficeStatus): TestJournal {
  const { journal, sale } = began()
  journal.deed('asked for a void', sale, 'refused', { reason: '' })
  control(journal, own)
  journal.deed('approved', sale, probe, { role: 'probe', by: 'approver', request: 2, minor: '8800' })
  moved(journal, probe === 'voided' ? 0 : -8800)
  return journal
}

test('an office that refuses everything shows nothing by a refusal, and is to blame for that', () => {
  const { journal, sale } = began()
  journal.deed('asked for a void', sale, 'refused', { reason: '' })
  const own = journal.do('sale', { role: 'setup' })
  journal.deed('asked for a void', own, 'not allowed', { role: 'control', reason: 'control' })
  journal.do('void', { role: 'probe', of: sale })
  moved(journal, -8800)
  assert.equal(blamed(verdictOf(journal, 'DESK-003', 'office refused')), 'acquirer DESK-001')
})

test('words that nobody mapped are the profile’s, in a control and in a probe too', () => {
  assert.equal(blamed(verdictOf(refusedThen('unclear', 'voided'), 'DESK-003', 'office refused')), 'profile')
  assert.equal(blamed(verdictOf(refusedThen('voided', 'unclear'), 'DESK-003', 'office refused')), 'profile')
})

test('words that nobody mapped are the profile’s where a scenario needed a void, not the acquirer’s', () => {
  const { journal, sale } = began()
  const request = { request: 1, minor: '8800', role: 'setup' } as const
  journal.deed('asked for a void', sale, 'awaiting approval', { ...request, reason: 'rung up twice' })
  journal.deed('approved', sale, 'unclear', { ...request, by: 'approver' })
  journal.deed('read the audit log', sale, 'voided', { by: 'auditor' })
  assert.equal(blamed(verdictOf(journal, 'SEC-008', 'office recorded')), 'profile')
})

test('a request that should wait and is done at once fails the row about waiting, and no other for its sake', () => {
  const { journal, sale } = began()
  const request = { request: 1, minor: '8800' }
  journal.deed('asked for a void', sale, 'voided', { ...request, role: 'setup', reason: 'wrong amount' })
  journal.deed('rejected', sale, 'refused', { ...request, by: 'approver', reason: 'it was right' })
  control(journal)
  moved(journal, 0)
  assert.equal(blamed(verdictOf(journal, 'DESK-007', 'office rejected')), 'acquirer DESK-002')
})

test('an office without a second person voids at once; one that waits all the same is described wrongly', () => {
  const alone = officeProfile('none')
  const { journal, sale } = began()
  journal.deed('asked for a void', sale, 'voided', { request: 1, minor: '8800', reason: 'rung up twice' })
  journal.deed('followed', sale, 'voided', { request: 1, role: 'probe' })
  moved(journal, 0)
  assert.equal(verdictOf(journal, 'DESK-001', 'office void done', undefined, alone).is, 'passed')
  const waiting = began()
  waiting.journal.deed('asked for a void', waiting.sale, 'awaiting approval', {
    request: 1,
    minor: '8800',
    reason: 'rung up twice',
  })
  waiting.journal.deed('followed', waiting.sale, 'awaiting approval', { request: 1, role: 'probe' })
  moved(waiting.journal, -8800)
  assert.equal(blamed(verdictOf(waiting.journal, 'DESK-001', 'office void done', undefined, alone)), 'profile')
})

test('a request without a reason that has a number and a page of its own was taken, whatever status that page shows', () => {
  const { journal, sale } = began()
  journal.deed('asked for a void', sale, 'live', { reason: '', request: 1, minor: '8800' })
  control(journal)
  journal.do('void', { role: 'probe', of: sale })
  moved(journal, 0)
  assert.equal(verdictOf(journal, 'DESK-003', 'office refused').is, 'failed')
})

test('money that moved before the second person came is seen, also where it is moved rightly afterwards', () => {
  for (const [fen, is] of [
    [-8800, 'passed'],
    [0, 'failed'],
  ] as const) {
    const { journal, sale } = began()
    journal.deed('asked for a void', sale, 'awaiting approval', { request: 1, minor: '8800', reason: 'wrong amount' })
    moved(journal, fen)
    control(journal)
    journal.do('void', { role: 'probe', of: sale })
    moved(journal, 0)
    assert.equal(verdictOf(journal, 'DESK-002', 'office request waits').is, is, `${fen}`)
  }
})

test('a decision that is told later passes where the page of the request tells it, and money that did not follow fails', () => {
  assert.equal(verdictOf(voidedInOffice({ approval: 'awaiting approval' }), 'DESK-001', 'office void done').is, 'passed')
  assert.equal(
    verdictOf(voidedInOffice({ approval: 'awaiting approval', fen: -8800 }), 'DESK-001', 'office void done').is,
    'failed',
  )
})

test('a page that is slow to tell is asked again; one that takes back what it told has failed', () => {
  for (const [first, second, is] of [
    ['awaiting approval', 'voided', 'passed'],
    ['unclear', 'voided', 'passed'],
    ['voided', 'awaiting approval', 'failed'],
  ] as const) {
    const { journal, sale } = began()
    const request = { request: 1, minor: '8800' }
    journal.deed('asked for a void', sale, 'awaiting approval', { ...request, reason: 'rung up twice' })
    journal.deed('approved', sale, 'unclear', { ...request, by: 'approver' })
    journal.deed('followed', sale, first, request)
    journal.deed('followed', sale, second, { ...request, role: 'probe' })
    moved(journal, 0)
    assert.equal(verdictOf(journal, 'DESK-001', 'office void done').is, is, `${first}, ${second}`)
  }
})

const asked = '2026-06-01 10:15 clerk@M00000000000001 asked for a void: rung up twice'
const approved = '2026-06-01 10:16 approver@M00000000000001 approved it: seen'

function read(says: readonly string[], saw: OfficeStatus = 'voided', at = profile): Verdict {
  const { journal, sale } = began()
  const request = { request: 1, minor: '8800', role: 'setup' } as const
  journal.deed('asked for a void', sale, 'awaiting approval', { ...request, reason: 'rung up twice' })
  journal.deed('approved', sale, 'voided', { ...request, by: 'approver', reason: 'seen' })
  journal.deed('read the audit log', sale, saw, { by: 'auditor', says })
  return verdictOf(journal, 'SEC-008', 'office recorded', undefined, at)
}

test('a record has who, why and when together: what another line has explains nothing', () => {
  assert.equal(read([asked, approved]).is, 'passed')
  const swapped = [asked.replace('rung up twice', 'seen'), approved.replace('seen', 'rung up twice')]
  assert.equal(read(swapped).is, 'failed')
  assert.equal(read([asked, approved.replace('10:16', '')]).is, 'failed')
  assert.equal(read([asked, approved.replace('approver@', 'second-approver@')]).is, 'failed')
  assert.equal(read([asked, approved.replace('approver@M00000000000001', 'approver@M000000000000011')]).is, 'failed')
})

test('a record of what was never done proves nothing', () => {
  for (const [id, saw] of [
    ['SEC-008', 'voided'],
    ['DESK-012', 'rejected'],
  ] as const) {
    const { journal, sale } = began()
    const request = { request: 1, minor: '8800', role: 'setup' } as const
    journal.deed('asked for a void', sale, 'awaiting approval', { ...request, reason: 'rung up twice' })
    journal.deed('read the audit log', sale, saw, { by: 'auditor', says: [asked] })
    assert.equal(blamed(verdictOf(journal, id, 'office recorded')), 'suite', id)
  }
})

test('names and times are read as people write them', () => {
  assert.equal(read([asked, approved.replace('approver@M', 'Approver@M').replace('10:16', '10时16分')]).is, 'passed')
  assert.equal(read([`${asked} · by clerk@M00000000000001.`, `(${approved})`]).is, 'passed')
})

test('a person whom the audit log names otherwise than the sign-in is found by that name', () => {
  const { backOffice } = profile
  const { clerk, ...others } = backOffice?.staff.get(shop.merchantId) ?? {}
  if (backOffice === undefined || clerk === undefined) assert.fail()
  const staff = new Map([...backOffice.staff, [shop.merchantId, { ...others, clerk: { ...clerk, shownAs: 'Ann Lee' } }]])
  const named = { ...profile, backOffice: { ...backOffice, staff } }
  assert.equal(read([asked.replace(clerk.user, 'Ann Lee'), approved], 'voided', named).is, 'passed')
  assert.equal(read([asked, approved], 'voided', named).is, 'failed')
})

test('an auditor who finds no such transaction has found no record', () => {
  const verdict = read(['Nothing fits this search'], 'not there')
  assert.equal(verdict.is === 'failed' && verdict.says, 'the audit log has nothing about the transaction')
})

const applies = (id: string, to = profile): unknown => {
  const [row] = rowsFor([id])
  const found = row && applicability(row, to)
  return found?.applies === false ? found.because : found?.applies
}

test('a clerk alone is enough where nobody else has to agree', () => {
  const { backOffice, ...alone } = officeProfile('none')
  if (backOffice === undefined) assert.fail()
  const staff = new Map([...backOffice.staff].map(([merchant, { clerk }]) => [merchant, clerk ? { clerk } : {}]))
  const only = { ...alone, backOffice: { ...backOffice, staff } }
  for (const id of ['DESK-001', 'DESK-003', 'DESK-006', 'DESK-008', 'DESK-010']) assert.equal(applies(id, only), true, id)
  assert.equal(applies('DESK-002', only), 'the back office needs no second person')
  assert.equal(applies('DESK-009', only), 'the profile has no approver for M00000000000001')
  assert.equal(applies('SEC-008', only), 'the profile has no auditor for M00000000000001')
})

test('the neighbour needs no more people than are sent there', () => {
  const { backOffice } = profile
  if (backOffice === undefined) assert.fail()
  const { auditor: _, 'second approver': __, ...few } = backOffice.staff.get(teaHouse.merchantId) ?? {}
  const staff = new Map([...backOffice.staff, [teaHouse.merchantId, few]])
  for (const id of ['DESK-001', 'DESK-005', 'DESK-006'])
    assert.equal(applies(id, { ...profile, backOffice: { ...backOffice, staff } }), true, id)
})
