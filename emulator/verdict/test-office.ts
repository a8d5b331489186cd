import assert from 'node:assert/strict'
import type { Profile } from '../profile/profile.ts'
import type { OfficeStatus, Post } from '../values/back-office.ts'
import { Secret } from '../values/secret.ts'
import type { ClaimName } from './claims.ts'
import { judgeClaim } from './judge.ts'
import { rowsFor } from './requirements/index.ts'
import { alice, bob, shop, TestJournal, teaHouse, testProfile } from './test-journal.ts'
import type { Verdict } from './verdict.ts'

/** Small journals of what people do in a back office, for the tests of what is made of it. */

const staffOf = (merchant: string) => {
  const named = (post: Post): [Post, { user: string; password: Secret }] => [
    post,
    { user: `${post.replace(' ', '-')}@${merchant}`, password: new Secret('not used') },
  ]
  return Object.fromEntries((['clerk', 'approver', 'second approver', 'auditor'] as const).map(named))
}

/** The same with a back office, all posts of both merchants filled. */
export const officeProfile = (approval: 'second person' | 'none' = 'second person'): Profile => ({
  ...testProfile(),
  backOffice: {
    approval,
    staff: new Map([shop.merchantId, teaHouse.merchantId].map(merchant => [merchant, staffOf(merchant)])),
    pagesFile: 'pages.yaml',
  },
})

export const profile = officeProfile()

/** `at`: how the back office is declared. */
export function verdictOf(journal: TestJournal, id: string, check: ClaimName, operation?: number, at = profile): Verdict {
  const claim = journal.claim(check, operation)
  const rows = rowsFor([id]).filter(({ binds }) => binds === 'host')
  return judgeClaim(journal.entries, claim, rows, at)[0]?.verdict ?? assert.fail(`${id} answers to ${check}`)
}

/** The verdict that is left without the entries on which a pass rests. */
function withoutCited(journal: TestJournal, verdict: Verdict, id: string): Verdict {
  assert.equal(verdict.is, 'passed', JSON.stringify(verdict))
  const cited = new Set('evidence' in verdict ? verdict.evidence.map(({ entry }) => entry) : [])
  const claim = journal.entries.findLast(entry => entry.is === 'claim') ?? assert.fail()
  const rest = journal.entries.filter(entry => !cited.has(entry.id))
  const rows = rowsFor([id]).filter(({ binds }) => binds === 'host')
  return judgeClaim(rest, claim, rows, profile)[0]?.verdict ?? assert.fail()
}

export function passes(journal: TestJournal, id: string, check: ClaimName, operation?: number): void {
  const verdict = verdictOf(journal, id, check, operation)
  assert.notEqual(withoutCited(journal, verdict, id).is, 'passed')
}

export const began = (): Readonly<{ journal: TestJournal; sale: number }> => {
  const journal = new TestJournal()
  journal.ledger('before', { [alice]: 100_00, [bob]: 50_00 })
  return { journal, sale: journal.do('sale', { role: 'setup' }) }
}

/** The shop's office voids another sale, of Bob's. */
export function control(journal: TestJournal, end: OfficeStatus = 'voided', merchantId = shop.merchantId): void {
  const till = merchantId === shop.merchantId ? shop : teaHouse
  const own = journal.do('sale', { role: 'setup', card: bob, minor: 200, till })
  const more = { role: 'control', request: 90, merchantId, minor: '200' } as const
  journal.deed('asked for a void', own, 'awaiting approval', { ...more, reason: 'control' })
  journal.deed('approved', own, end, { ...more, by: 'approver' })
}

export const moved = (journal: TestJournal, fen: number): void => journal.ledger('after', { [alice]: 100_00 + fen, [bob]: 50_00 })

type Way = Readonly<{ approval?: OfficeStatus; told?: OfficeStatus; fen?: number; asked?: OfficeStatus }>

export function voidedInOffice({ asked = 'awaiting approval', approval = 'voided', told = 'voided', fen = 0 }: Way): TestJournal {
  const { journal, sale } = began()
  const request = { request: 1, minor: '8800' }
  journal.deed('asked for a void', sale, asked, { ...request, reason: 'rung up twice' })
  journal.deed('approved', sale, approval, { ...request, by: 'approver' })
  journal.deed('followed', sale, told, { ...request, role: 'probe' })
  moved(journal, fen)
  return journal
}
