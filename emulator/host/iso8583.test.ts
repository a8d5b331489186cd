import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dialectById } from '../dialects/index.ts'
import { yuan } from '../values/amount.ts'
import { alice, embedded, swiped, Till } from './test-till.ts'

/** The same host in the ISO dialects: what it says there, and where it stands. */

const at = '2026-06-01T02:15:00.000Z'
const sale = { operation: 'sale', amount: yuan(88_00n), card: swiped(alice), at } as const
const none = { debitCount: 0, debit: yuan(0n), creditCount: 0, credit: yuan(0n) }
const oneSale = { domestic: { ...none, debitCount: 1, debit: yuan(88_00n) }, foreign: none }

async function signedIn(id: string, settings: Readonly<Record<string, string>> = {}) {
  const dialect = dialectById(id, settings)
  const host = await embedded({ dialect })
  return { host, till: await Till.at(host, 'T0000001', 'M00000000000001', dialect) }
}

for (const [id, approved, reversed, unknown] of [
  ['iso8583-1987', '00', '00', '25'],
  ['iso8583-1993', '000', '400', '914'],
] as const)
  test(`${id}: a sale, its reversal, and the reversal of nothing`, async () => {
    const { host, till } = await signedIn(id)
    const sold = await till.ask(sale)
    assert.equal(sold.code, approved)
    const { trace = '' } = sold.request
    const reversal = { of: 'sale', reason: 'no answer', pinEntered: false, at } as const
    const undo = { ...sale, operation: 'reverse', reversal } as const
    assert.equal((await till.ask({ ...undo, trace })).code, reversed)
    assert.equal((await till.ask({ ...undo, trace, repeat: true })).code, reversed, 'a copy is acknowledged too')
    assert.equal((await till.ask({ ...undo, trace: '000777' })).code, unknown)
    assert.equal((await host.control.ledger()).transactions.at(-1)?.state, 'reversed')
  })

for (const [id, balanced, differs] of [
  ['iso8583-1987', '00', '95'],
  ['iso8583-1993', '500', '501'],
] as const)
  test(`${id}: a settlement closes its batch, whether totals agree (${balanced}) or not (${differs}), and settles what is live`, async () => {
    for (const [totals, code] of [
      [oneSale, balanced],
      [{ domestic: none, foreign: none }, differs],
    ] as const) {
      const { host, till } = await signedIn(id)
      await till.ask(sale)
      const first = await till.ask({ operation: 'settle', totals, at })
      assert.equal(first.code, code)
      const [closed, open] = (await host.control.ledger()).batches.filter(one => one.terminalId === 'T0000001')
      assert.deepEqual([closed?.state, closed?.settled, closed?.funded], ['closed', '8800', '8800'])
      assert.deepEqual([open?.batch, open?.state], ['000002', 'open'])
      const again = await till.ask({ operation: 'settle', totals, at, trace: '000099' })
      assert.equal(again.code, code, 'a repeat gets the recorded result')
    }
  })

test('the copy of a sale under its own type is the same transaction, and the same copy of another content a clash', async () => {
  const { host, till } = await signedIn('iso8583-1987')
  const sold = await till.ask(sale)
  const { trace = '' } = sold.request
  const copy = await till.ask({ ...sale, trace, repeat: true })
  assert.deepEqual([copy.mti, copy.code], ['0210', '94'])
  assert.equal((await till.ask({ ...sale, trace, repeat: true, amount: yuan(1n) })).code, '94')
  assert.equal((await host.control.ledger()).transactions.length, 1)
})

test('an answer gives back the time that the request told, and the batch that the host has at a sign-in', async () => {
  const { till } = await signedIn('iso8583-1987')
  const { localTime, localDate } = (await till.ask(sale)).fields
  assert.deepEqual([localDate, localTime], ['0601', '021500'])
  assert.equal((await till.signIn()).fields.batch, '000001')
})

test('without a MAC and a sign-on a sale is taken as it comes', async () => {
  const dialect = dialectById('iso8583-1987', { mac: 'none' })
  const host = await embedded({ dialect, supports: new Set(['refund']) })
  const till = new Till(frame => host.answer(frame), 'T0000001', 'M00000000000001', dialect)
  assert.equal((await till.ask(sale)).code, '00')
})
