import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BackOffice, OfficeBuilding, OnSlip } from '../bench/back-office.ts'
import { NotOffered } from '../bench/claims.ts'
import { type Host, startHost } from '../host/host.ts'
import { testStaff } from '../host/portal/staff.ts'
import { alice, book, dialect, type Sold, Till } from '../host/test-till.ts'
import type { BackOffice as Described } from '../profile/profile.ts'
import { yuan } from '../values/amount.ts'
import type { Post } from '../values/back-office.ts'
import { where } from '../where.ts'
import { findChromium } from './chromium.ts'
import { openBuilding } from './office-building.ts'

const shop = 'M00000000000001'
const teaHouse = 'M00000000000002'
const found = findChromium()
const skip = 'missing' in found && (process.env.CI ?? '') === '' ? found.missing : false

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

test('nobody at that post is not offered', { skip }, async () => {
  const empty = await openBuilding({ ...described, staff: new Map() })
  const nobody = empty.enter(new URL('http://127.0.0.1:1/'))
  await assert.rejects(nobody.follow(teaHouse, 'clerk', '1'), NotOffered)
  await empty.close()
})
