import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { inspect } from 'node:util'
import type { BackOffice, OfficeBuilding, OnSlip } from '../bench/back-office.ts'
import { NotOffered } from '../bench/claims.ts'
import { type Host, startHost } from '../host/host.ts'
import { testStaff } from '../host/portal/staff.ts'
import { alice, book, dialect, type Sold, Till } from '../host/test-till.ts'
import type { BackOffice as Described } from '../profile/profile.ts'
import { yuan } from '../values/amount.ts'
import type { Post } from '../values/back-office.ts'
import { Secret } from '../values/secret.ts'
import { where } from '../where.ts'
import { skip } from './needed.test-run.ts'
import { openBuilding } from './office-building.ts'

const shop = 'M00000000000001'
const teaHouse = 'M00000000000002'

const posts: readonly Post[] = ['clerk', 'approver', 'second approver', 'auditor']
const staff = testStaff(book.merchants, 'building')
const described: Described = {
  approval: 'second person',
  pagesFile: where.referencePages,
  staff: new Map(
    book.merchants.map(({ id }) => {
      const [clerk, approver, second, auditor] = staff.filter(one => one.merchantId === id)
      const people = [clerk, approver, second, auditor].map((one, at) => [
        posts[at],
        one && { user: one.name, password: one.password },
      ])
      return [id, Object.fromEntries(people)]
    }),
  ),
}

let building: OfficeBuilding
let host: Host
let till: Till
let office: BackOffice

before(async () => {
  if (skip) return
  building = await openBuilding(described)
  host = await startHost({ book, dialect, seed: 'building', clock: 'virtual', port: 'none' })
  till = await Till.at(host)
  const { url } = await host.openPortal({ port: 0, approval: 'second person', staff, hashing: 'light' })
  office = building.enter(url)
})

after(async () => {
  if (skip) return
  await office.close()
  await building.close()
  await host.close()
})

const onSlip = ({ request, fields }: Sold, minor: bigint): OnSlip => ({
  merchantId: shop,
  terminalId: 'T0000001',
  trace: request.trace ?? '',
  reference: fields.reference ?? '',
  minor,
})

const sale = async (minor: bigint): Promise<OnSlip> => onSlip(await till.sale(alice, yuan(minor)), minor)

test('a void is asked for, approved by another and followed; each page says what it has come to', { skip }, async () => {
  const slip = await sale(88_00n)
  assert.equal((await office.look(shop, 'clerk', slip)).saw, 'live')
  const asked = await office.ask(shop, 'clerk', slip, { of: 'void', reason: 'Charged twice', evidence: 'Order 4711' })
  assert.equal(asked.saw, 'awaiting approval')
  assert.match(asked.request ?? '', /^\d+$/)
  assert.ok(asked.says.includes('Charged twice'), asked.says.join('; '))
  const request = asked.request ?? ''
  assert.equal((await office.decide(shop, 'approver', request, 'approve', 'looked at it')).saw, 'voided')
  assert.equal((await office.follow(shop, 'clerk', request)).saw, 'voided')
  assert.equal((await office.look(shop, 'clerk', slip)).saw, 'voided')
  const { saw, says } = await office.audit(shop, 'auditor', slip)
  assert.equal(saw, 'voided', says.join('\n'))
  assert.match(says.at(0) ?? '', /clerk@M0+1 asked for a void .* Charged twice awaits approval/)
  assert.match(says.at(-1) ?? '', /approver@M0+1 voided .* Charged twice approved, reference \d{12}/)
})

const voiding = { of: 'void', reason: 'Charged twice' } as const

async function asked(slip: OnSlip, by: Post = 'clerk'): Promise<string> {
  const { saw, request } = await office.ask(shop, by, slip, voiding)
  assert.equal(saw, 'awaiting approval')
  return request ?? ''
}

test('a refund of a settled sale, whole', { skip }, async t => {
  const { url, slip, till } = await premises(t)
  const office = building.enter(url)
  t.after(() => office.close())
  await till.settle({ debitCount: 1, debit: yuan(1_00n) })
  await till.end(true)
  assert.equal((await office.look(shop, 'clerk', slip)).saw, 'settled')
  const late = await office.ask(shop, 'clerk', slip, voiding)
  assert.deepEqual([late.saw, late.request], ['refused', undefined])
  assert.equal((await office.ask(shop, 'clerk', slip, { ...voiding, of: 'refund' })).saw, 'not allowed')
  const { saw, request = '' } = await office.ask(shop, 'approver', slip, { of: 'refund', reason: 'Book returned' })
  assert.equal(saw, 'awaiting approval')
  assert.equal((await office.decide(shop, 'second approver', request, 'approve', '')).saw, 'refunded')
  assert.equal((await office.look(shop, 'clerk', slip)).saw, 'refunded')
  assert.equal((await office.audit(shop, 'auditor', slip)).saw, 'refunded')
})

test('a request that is rejected, decided before, or somebody’s own', { skip }, async () => {
  const slip = await sale(5_00n)
  const request = await asked(slip, 'approver')
  assert.equal((await office.ask(shop, 'clerk', slip, voiding)).saw, 'refused', 'one request at a time')
  assert.equal((await office.decide(shop, 'approver', request, 'approve', '')).saw, 'not allowed')
  assert.equal((await office.decide(shop, 'clerk', request, 'approve', '')).saw, 'not allowed')
  assert.equal((await office.decide(shop, 'auditor', request, 'reject', '')).saw, 'not allowed')
  const { saw, says } = await office.decide(shop, 'second approver', request, 'reject', 'Not ours')
  assert.equal(saw, 'rejected')
  assert.ok(says.includes('Not ours'), says.join('; '))
  assert.equal((await office.decide(shop, 'second approver', request, 'approve', '')).saw, 'refused')
  assert.equal((await office.look(shop, 'clerk', slip)).saw, 'live')
  assert.equal((await office.audit(shop, 'auditor', slip)).saw, 'rejected')
})

test('no reason, no void: what the acquirer says to it, for the browser’s own check is left out', { skip }, async () => {
  const { saw, says, request } = await office.ask(shop, 'clerk', await sale(6_00n), { of: 'void', reason: '' })
  assert.deepEqual([saw, request], ['refused', undefined])
  assert.match(says.join('; '), /Reason is too short/)
})

test('who may not ask, and what is undone already', { skip }, async () => {
  const slip = await sale(7_00n)
  assert.equal((await office.ask(shop, 'auditor', slip, voiding)).saw, 'not allowed')
  await office.decide(shop, 'approver', await asked(slip), 'approve', '')
  const again = await office.ask(shop, 'clerk', slip, voiding)
  assert.deepEqual([again.saw, again.request], ['refused', undefined])
  assert.match(again.says.join('; '), /Nothing can be undone here/)
})

test('another merchant finds nothing, by search or by address, and reads nothing of it', { skip }, async () => {
  const slip = await sale(8_00n)
  const request = await asked(slip)
  assert.equal((await office.look(teaHouse, 'clerk', slip)).saw, 'not there')
  assert.equal((await office.ask(teaHouse, 'clerk', slip, voiding)).saw, 'not there')
  assert.equal((await office.follow(teaHouse, 'clerk', request)).saw, 'not there')
  assert.equal((await office.decide(teaHouse, 'approver', request, 'approve', '')).saw, 'not there')
  assert.equal((await office.audit(teaHouse, 'auditor', slip)).saw, 'not there')
  assert.equal((await office.audit(shop, 'clerk', slip)).saw, 'not allowed')
  assert.equal((await office.follow(shop, 'clerk', request)).saw, 'awaiting approval')
})

test('somebody whose session has ended signs in again', { skip }, async () => {
  const slip = await sale(9_00n)
  assert.equal((await office.look(shop, 'clerk', slip)).saw, 'live')
  await host.control.advanceClock({ seconds: 3600 })
  assert.equal((await office.look(shop, 'clerk', slip)).saw, 'live')
})

test('where no second person is asked a void takes effect at once; the seats of one office are cleared for the next', {
  skip,
}, async t => {
  const other = await startHost({ book, dialect, seed: 'alone', clock: 'virtual', port: 'none' })
  t.after(() => other.close())
  const sold = await (await Till.at(other)).sale(alice, yuan(1_00n))
  const { url } = await other.openPortal({ port: 0, approval: 'none', staff, hashing: 'light' })
  for (const expected of ['voided', 'refused'] as const) {
    const alone = building.enter(url)
    assert.equal((await alone.ask(shop, 'clerk', onSlip(sold, 1_00n), voiding)).saw, expected)
    await alone.close()
  }
})

test('a wrong password is said, without the password', { skip }, async t => {
  const wrong = await openBuilding({
    ...described,
    staff: new Map([[shop, { clerk: { user: `clerk@${shop}`, password: new Secret('kept-to-himself') } }]]),
  })
  t.after(() => wrong.close())
  const { url } = await premises(t)
  await assert.rejects(wrong.enter(url).follow(shop, 'clerk', '1'), (thrown: Error) => {
    assert.match(thrown.message, /^the clerk of merchant M0+1 cannot sign in: User and password do not go together/)
    assert.doesNotMatch(inspect(thrown), /kept-to-himself/)
    return true
  })
})

test('a page that is not as described is an error with page, control and the line of the pages file', { skip }, async t => {
  const folder = await mkdtemp(join(tmpdir(), 'pages-'))
  t.after(() => rm(folder, { recursive: true }))
  const pagesFile = join(folder, 'mine.yaml')
  const text = (await readFile(where.referencePages, 'utf8')).replace('name: Submit', 'name: Send off')
  await writeFile(pagesFile, text.replace('signIn:', 'waitSeconds: 3\nsignIn:'))
  const line = text.split('\n').findIndex(each => each.includes('Send off')) + 2
  const differs = await openBuilding({ ...described, pagesFile })
  t.after(() => differs.close())
  const { url, slip } = await premises(t)
  const entered = differs.enter(url)
  assert.equal((await entered.look(shop, 'clerk', slip)).saw, 'live')
  await assert.rejects(entered.ask(shop, 'clerk', slip, voiding), {
    message: `the page /transactions/1/void lacks the button “Send off” (mine.yaml:${line})`,
  })
})

test('an office where nobody answers is an error that says where', { skip }, async t => {
  const nowhere = building.enter(new URL('http://127.0.0.1:9/'))
  t.after(() => nowhere.close())
  await assert.rejects(nowhere.follow(shop, 'clerk', '1'), {
    message: /^http:\/\/127\.0\.0\.1:9\/sign-in cannot be opened: net::ERR_/,
  })
})

test('nobody at that post is not offered, and neither is what the pages file does not describe', { skip }, async t => {
  const empty = await openBuilding({ ...described, staff: new Map() })
  t.after(() => empty.close())
  await assert.rejects(empty.enter(new URL('http://127.0.0.1:1/')).follow(teaHouse, 'clerk', '1'), NotOffered)
  const onePage = await openBuilding({ ...described, pagesFile: join(where.fixtures, 'back-offices', 'one-page.yaml') })
  t.after(() => onePage.close())
  const entered = onePage.enter(new URL('http://127.0.0.1:1/'))
  await assert.rejects(entered.decide(shop, 'approver', '1', 'approve', ''), NotOffered)
})

/** A host of its own with one sale, and its back office. */
async function premises(t: TestContext): Promise<Readonly<{ url: URL; slip: OnSlip; till: Till }>> {
  const own = await startHost({ book, dialect, seed: 'building', clock: 'virtual', port: 'none' })
  t.after(() => own.close())
  const till = await Till.at(own)
  const sold = await till.sale(alice, yuan(1_00n))
  const { url } = await own.openPortal({ port: 0, approval: 'second person', staff, hashing: 'light' })
  return { url, slip: onSlip(sold, 1_00n), till }
}
