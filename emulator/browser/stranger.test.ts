import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { BackOffice, OfficeBuilding, OnSlip } from '../bench/back-office.ts'
import { Secret } from '../values/secret.ts'
import { where } from '../where.ts'
import { skip } from './needed.test-run.ts'
import { openBuilding } from './office-building.ts'
import { type Stranger, strangerPortal } from './stranger-portal.test-run.ts'

const passcode = new Secret('open sesame')

const paid = (slip: string, sum: string) => ({ slip, sum, shop: '1', state: 'paid', history: [`desk took ${sum}`] })
const slip = (trace: string, minor: bigint): OnSlip => ({ merchantId: 'S1', terminalId: 'T1', trace, minor })

let portal: Stranger
let building: OfficeBuilding
let office: BackOffice

before(async () => {
  if (skip) return
  portal = await strangerPortal(passcode.reveal(), [
    paid('000007', '25.00'),
    paid('000008', '3.10'),
    { ...paid('000009', '4.00'), state: 'paid out' },
    { ...paid('000010', '5.00'), history: ['desk took 5.00 from 4111 1111 1111 1111'] },
  ])
  building = await openBuilding({
    url: portal.url,
    approval: 'none',
    pagesFile: join(where.fixtures, 'back-offices', 'one-page.yaml'),
    staff: new Map([
      ['S1', { clerk: { user: 'desk', password: passcode }, auditor: { user: 'books', password: passcode } }],
      ['S2', { clerk: { user: 'other', password: passcode } }],
    ]),
  })
  office = building.enter(portal.url)
})

after(async () => {
  if (skip) return
  await building.close()
  await portal.close()
})

test('the back office of a stranger is used by its pages file alone: a void, its job, its history', { skip }, async () => {
  const sale = slip('000007', 25_00n)
  assert.equal((await office.look('S1', 'clerk', sale)).saw, 'live')
  const { saw, request } = await office.ask('S1', 'clerk', sale, { of: 'void', reason: 'Paid twice' })
  assert.deepEqual([saw, request], ['voided', 'J-101'])
  assert.equal((await office.follow('S1', 'clerk', 'J-101')).saw, 'voided')
  assert.deepEqual(await office.audit('S1', 'auditor', sale), {
    saw: 'voided',
    says: ['desk took 25.00', 'desk cancelled it (Paid twice)'],
  })
  assert.deepEqual(portal.voids, ['000007: Paid twice'])
})

test('what it refuses in its way is read: a button that is grey, a role, a sentence, nothing', { skip }, async () => {
  const sale = slip('000008', 3_10n)
  assert.equal((await office.ask('S1', 'clerk', sale, { of: 'void', reason: '' })).saw, 'refused')
  assert.equal((await office.ask('S1', 'auditor', sale, { of: 'void', reason: 'Paid twice' })).saw, 'not allowed')
  assert.deepEqual(await office.ask('S1', 'clerk', slip('000009', 4_00n), { of: 'void', reason: 'Goods returned' }), {
    saw: 'refused',
    says: ['Too late: this payment is closed.'],
  })
  assert.equal((await office.look('S2', 'clerk', sale)).saw, 'not there')
  assert.equal((await office.look('S1', 'clerk', sale)).saw, 'live')
})

test('a card number that stands in full is told, wherever on the page it is', { skip }, async () => {
  const { saw, says } = await office.look('S1', 'clerk', slip('000010', 5_00n))
  assert.deepEqual([saw, says.at(-1)], ['live', '4111111111111111'])
})

test('at an address of the profile people stay signed in when a scenario is over', { skip }, async () => {
  await office.close()
  assert.equal((await building.enter(portal.url).look('S1', 'clerk', slip('000008', 3_10n))).saw, 'live')
})
