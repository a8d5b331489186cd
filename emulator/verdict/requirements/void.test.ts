import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ClaimName } from '../claims.ts'
import { judgeClaim } from '../judge.ts'
import type { Came } from '../test-journal.ts'
import { alice, bob, stall, TestJournal, teaHouse, testProfile } from '../test-journal.ts'
import type { Verdict } from '../verdict.ts'
import { rows } from './index.ts'
import { keyOf } from './row.ts'

const profile = testProfile()

function verdictOf(journal: TestJournal, key: string, claim: ClaimName, operation?: number, under = profile): Verdict {
  const made = journal.claim(claim, operation)
  const judged = judgeClaim(
    journal.entries,
    made,
    rows.filter(row => keyOf(row) === key),
    under,
  )
  assert.equal(judged.length, 1, `${key} answers to ${claim}`)
  return judged[0]?.verdict ?? assert.fail()
}

function withoutCited(journal: TestJournal, verdict: Verdict, key: string, under = profile): Verdict {
  assert.equal(verdict.is, 'passed')
  const cited = new Set('evidence' in verdict ? verdict.evidence.map(({ entry }) => entry) : [])
  const rest = journal.entries.filter(entry => !cited.has(entry.id))
  const claim = journal.entries.findLast(entry => entry.is === 'claim') ?? assert.fail()
  return (
    judgeClaim(
      rest,
      claim,
      rows.filter(row => keyOf(row) === key),
      under,
    )[0]?.verdict ?? assert.fail()
  )
}

/** A sale, its void, and the balances around them. */
function voided(came: Came, moved = 0): TestJournal {
  const journal = new TestJournal()
  journal.balance('before', 100_00)
  const sale = journal.do('sale', { role: 'setup' })
  journal.do('void', { of: sale, came })
  journal.balance('after', 100_00 + moved)
  return journal
}

test('VOID-001: an approved void that brings the money back passes', () => {
  const journal = voided('00')
  const verdict = verdictOf(journal, 'VOID-001', 'void approved')
  assert.equal(verdict.is, 'passed')
  assert.notEqual(withoutCited(journal, verdict, 'VOID-001').is, 'passed')
})

test('VOID-001: a refused void has failed', () => {
  assert.equal(verdictOf(voided('12', -8800), 'VOID-001', 'void approved').is, 'failed')
})

test('VOID-001: a void without an answer has failed', () => {
  assert.equal(verdictOf(voided('silence', -8800), 'VOID-001', 'void approved').is, 'failed')
})

test('VOID-001: an approval that moves no money has failed', () => {
  const verdict = verdictOf(voided('00', -8800), 'VOID-001', 'void approved')
  assert.equal(verdict.is, 'failed')
  assert.deepEqual('expected' in verdict && [verdict.expected, verdict.received], ['moved by 0', 'moved by -8800'])
})

test('VOID-001: where its sale was refused it is inconclusive because of SALE-001', () => {
  const journal = new TestJournal()
  journal.balance('before', 100_00)
  const sale = journal.do('sale', { role: 'setup', came: '51' })
  journal.do('void', { of: sale, came: '25' })
  const verdict = verdictOf(journal, 'VOID-001', 'void approved')
  assert.equal(verdict.is === 'inconclusive' && verdict.becauseOf, 'SALE-001')
})

test('VOID-002: a void that credits twice has failed', () => {
  assert.equal(verdictOf(voided('00', 8800), 'VOID-002', 'money as expected').is, 'failed')
})

test('VOID-002: a refused void says nothing about it', () => {
  const verdict = verdictOf(voided('12', -8800), 'VOID-002', 'void approved')
  assert.equal(verdict.is === 'inconclusive' && verdict.becauseOf, 'VOID-001')
})

type Wrong = { special: string; minor?: number; card?: string; till?: typeof stall }

/** A live sale, a wrong void of it, the sender's own right void, and the owner's void of the target. */
function refusal(wrong: Wrong, came: Came, missing: 'control' | 'probe' | 'nothing' = 'nothing', moved = 0): TestJournal {
  const journal = new TestJournal()
  journal.ledger('before', { [alice]: 100_00 })
  const sale = journal.do('sale', { role: 'setup' })
  const own = journal.do('sale', { role: 'setup', ...wrong, special: 'for the control', card: bob, minor: 500 })
  journal.do('void', { of: sale, ...wrong, came })
  if (missing !== 'control')
    journal.do('void', { role: 'control', of: own, ...(wrong.till === undefined ? {} : { till: wrong.till }), card: bob })
  if (missing !== 'probe') journal.do('void', { role: 'probe', of: sale })
  journal.ledger('after', { [alice]: 100_00 + moved, [bob]: missing === 'control' ? -500 : 0 })
  return journal
}

const refusals = [
  ['VOID-005', { special: 'another amount', minor: 100 }, '64'],
  ['VOID-006', { special: 'another amount', minor: 9900 }, '64'],
  ['VOID-013', { special: 'another merchant', till: teaHouse }, '25'],
  ['VOID-015', { special: 'another terminal', till: stall }, '25'],
  ['VOID-016', { special: 'another card', card: bob }, '14'],
  ['VOID-028', { special: 'another amount', minor: 100 }, '13'],
  ['VOID-038', { special: 'another card', card: bob }, '05'],
] as const

for (const [key, wrong, code] of refusals) {
  test(`${key}: the right refusal with control, probe and unmoved money passes, and only with what it cites`, () => {
    const journal = refusal(wrong, code)
    const verdict = verdictOf(journal, key, 'void refused', 3)
    assert.equal(verdict.is, 'passed', JSON.stringify(verdict))
    assert.notEqual(withoutCited(journal, verdict, key).is, 'passed')
  })

  test(`${key}: an approval has failed`, () => {
    assert.equal(verdictOf(refusal(wrong, '00'), key, 'void refused', 3).is, 'failed')
  })

  test(`${key}: silence has failed`, () => {
    assert.equal(verdictOf(refusal(wrong, 'silence'), key, 'void refused', 3).is, 'failed')
  })

  test(`${key}: a refusal that credits has failed`, () => {
    assert.equal(verdictOf(refusal(wrong, code, 'nothing', 8800), key, 'void refused', 3).is, 'failed')
  })

  test(`${key}: a refusal without its control proves nothing`, () => {
    assert.equal(verdictOf(refusal(wrong, code, 'control'), key, 'void refused', 3).is, 'inconclusive')
  })
}

test('VOID-013: a refusal without a probe proves nothing', () => {
  assert.equal(
    verdictOf(refusal({ special: 'another merchant', till: teaHouse }, '25', 'probe', -8800), 'VOID-013', 'void refused', 3).is,
    'inconclusive',
  )
})

test('VOID-013: a code that does not fit is worth a warning, 05 always', () => {
  for (const code of ['64', '05'])
    assert.equal(
      verdictOf(refusal({ special: 'another merchant', till: teaHouse }, code), 'VOID-013', 'void refused', 3).is,
      'warned',
    )
})

test('VOID-013: a code on which the terminal would try again has failed', () => {
  assert.equal(
    verdictOf(refusal({ special: 'another merchant', till: teaHouse }, '91'), 'VOID-013', 'void refused', 3).is,
    'failed',
  )
})

test('VOID-005 does not apply where voids of a part are allowed', () => {
  const journal = refusal({ special: 'another amount', minor: 100 }, '00')
  assert.equal(verdictOf(journal, 'VOID-005', 'void refused', 3, testProfile({ voidAmount: 'partial' })).is, 'not applicable')
})

test('a profile without any view of the money on a card leaves the rows that look at it unapplied, totals or not', () => {
  const journal = refusal({ special: 'another card', card: bob }, '14')
  for (const unseen of [
    ['view-balance', 'view-ledger', 'view-totals'],
    ['view-balance', 'view-ledger'],
  ])
    assert.deepEqual(verdictOf(journal, 'VOID-016', 'void refused', 3, testProfile({}, unseen)), {
      is: 'not applicable',
      because: 'the profile offers no view of the money on a card',
    })
})

/** A repeated void whose first answer our line took away. */
function repeated(came: Came, moved = 0): TestJournal {
  const journal = new TestJournal()
  journal.balance('before', 100_00)
  const sale = journal.do('sale', { role: 'setup' })
  const first = journal.do('void', { role: 'setup', of: sale, came: { code: '00', standing: 'swallowed' } })
  journal.do('void', { of: first, special: 'exact repeat', came })
  journal.balance('after', 100_00 + moved)
  return journal
}

test('VOID-008: a repeat refused as duplicate passes where that is declared, an approval has failed', () => {
  assert.equal(verdictOf(repeated('94'), 'VOID-008', 'repeat answered').is, 'passed')
  assert.equal(verdictOf(repeated('00'), 'VOID-008', 'repeat answered').is, 'failed')
  assert.equal(
    verdictOf(repeated('00'), 'VOID-008', 'repeat answered', undefined, testProfile({ dupMode: 'replay' })).is,
    'passed',
  )
})

test('VOID-008: a repeat that credits again has failed, whatever its code', () => {
  assert.equal(verdictOf(repeated('94', 8800), 'VOID-008', 'repeat answered').is, 'failed')
})

test('VOID-008: silence is an answer only where it is declared', () => {
  assert.equal(verdictOf(repeated('silence'), 'VOID-008', 'repeat answered').is, 'failed')
  assert.equal(
    verdictOf(repeated('silence'), 'VOID-008', 'repeat answered', undefined, testProfile({ dupMode: 'silent' })).is,
    'passed',
  )
})

test('VOID-004/terminal: a void that carries other references than its sale has failed', () => {
  const journal = new TestJournal()
  const sale = journal.do('sale', { role: 'setup' })
  const good = journal.do('void', { of: sale })
  const verdict = verdictOf(journal, 'VOID-004/terminal', 'follow-up names its original', good)
  assert.equal(verdict.is, 'passed')
  assert.notEqual(withoutCited(journal, verdict, 'VOID-004/terminal').is, 'passed')
  const other = journal.do('void', { of: sale, fields: { originalTrace: '999999' } })
  const failed = verdictOf(journal, 'VOID-004/terminal', 'follow-up names its original', other)
  assert.deepEqual(failed.is === 'failed' && failed.attribution, 'instrument')
})

/** A sale of the shop; the tea house tries to void it, and then one that never was. Its own void is its control. */
function foreignVoids(theirs: Came, nobodys: Came, own: Came = '00'): TestJournal {
  const journal = new TestJournal()
  const sale = journal.do('sale', { role: 'setup' })
  journal.do('void', { of: sale, till: teaHouse, special: 'another merchant', came: theirs })
  journal.do('void', { till: teaHouse, special: 'unknown original', came: nobodys })
  const other = journal.do('sale', { role: 'setup', till: teaHouse })
  journal.do('void', { role: 'control', of: other, till: teaHouse, came: own })
  return journal
}

test('VOID-014: equal refusals tell nothing; equal approvals, and refusals of every void, prove nothing', () => {
  assert.equal(verdictOf(foreignVoids('25', '25'), 'VOID-014', 'void refused').is, 'passed')
  assert.equal(verdictOf(foreignVoids('12', '25'), 'VOID-014', 'void refused').is, 'failed')
  assert.equal(verdictOf(foreignVoids('00', '25'), 'VOID-014', 'void refused').is, 'failed')
  assert.equal(verdictOf(foreignVoids('00', '00'), 'VOID-014', 'void refused').is, 'inconclusive')
  assert.equal(verdictOf(foreignVoids('12', '12', '12'), 'VOID-014', 'void refused').is, 'inconclusive')
})
