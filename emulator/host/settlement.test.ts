import assert from 'node:assert/strict'
import { test } from 'node:test'
import { yuan } from '../values/amount.ts'
import type { Host } from './host.ts'
import { alice, bob, embedded, type Sold, Till } from './test-till.ts'

const results = ({ fields }: Sold) => [fields.domesticResult, fields.foreignResult]
const batchesOf = async (host: Host, terminalId = 'T0000001') =>
  (await host.control.ledger()).batches.filter(batch => batch.terminalId === terminalId)
const balanceOf = async (host: Host, account: string) =>
  (await host.control.ledger()).accounts.find(one => one.name === account)?.balance ?? '0'
const states = async (host: Host) => (await host.control.ledger()).transactions.map(one => one.state)

/** A sale of ¥88.00 that lives, one of ¥5.00 that is voided, one of ¥3.00 that is reversed. */
async function day(knobs = {}) {
  const host = await embedded({ knobs })
  const till = await Till.at(host)
  const live = await till.sale(alice, yuan(88_00n))
  const gone = await till.sale(bob, yuan(5_00n))
  const void5 = await till.void(gone)
  const reversed = await till.sale(bob, yuan(3_00n))
  await till.reverse(reversed)
  return { host, till, live, gone, void5, reversed }
}

const gross = { debitCount: 2, debit: yuan(93_00n), creditCount: 1, credit: yuan(5_00n) }
const net = { debitCount: 1, debit: yuan(88_00n) }

test('totals gross count a voided sale and its void, totals net neither; reversed ones never count', async () => {
  for (const [totals, agrees, differs] of [
    ['gross', gross, net],
    ['net', net, gross],
  ] as const) {
    assert.deepEqual(results(await (await day({ totals })).till.settle(agrees)), ['1', '1'])
    assert.deepEqual(results(await (await day({ totals })).till.settle(differs)), ['2', '1'])
  }
})

test('any difference in a count or a sum is unbalanced', async () => {
  const { till } = await day()
  const off = [
    { ...gross, debitCount: 3 },
    { ...gross, debit: yuan(93_01n) },
    { ...gross, creditCount: 0 },
    { ...gross, credit: yuan(4_99n) },
  ]
  for (const totals of off.slice(0, 1)) assert.deepEqual(results(await till.settle(totals)), ['2', '1'])
  for (const totals of off.slice(1)) assert.deepEqual(results(await (await day()).till.settle(totals)), ['2', '1'])
})

test('a repeated 0500 gets the recorded result before and after the batch is closed, and settles once', async () => {
  const { host, till } = await day()
  const first = await till.settle(gross)
  assert.deepEqual(results(await till.settle(net)), results(first))
  await till.end(true)
  const funded = await balanceOf(host, 'merchant:M00000000000001')
  assert.deepEqual(results(await till.settle(gross)), ['1', '1'])
  assert.equal((await till.end(true)).code, '00')
  assert.equal(await balanceOf(host, 'merchant:M00000000000001'), funded)
  assert.equal(funded, '8800')
})

test('an end notice that calls differing totals balanced is refused, and the batch goes on settling', async () => {
  const { host, till } = await day()
  await till.settle(net)
  assert.equal((await till.end(true)).code, '12')
  assert.equal((await batchesOf(host)).at(-1)?.state, 'settling')
})

test('after unbalanced totals exactly what was uploaded is settled, and orphans of the host are set aside', async () => {
  const { host, till, gone, void5 } = await day()
  const second = await till.sale(bob, yuan(7_00n))
  await till.settle(net)
  assert.equal((await till.upload([second, gone, void5])).code, '00')
  assert.equal((await till.end(false, 3)).code, '00')
  assert.deepEqual(await states(host), ['set aside', 'voided', 'posted', 'reversed', 'settled'])
  assert.equal(await balanceOf(host, 'merchant:M00000000000001'), '700')
  assert.equal(await balanceOf(host, 'suspense'), '8800')
})

test('an upload revives nothing: neither a reversed sale nor a voided one without its void', async () => {
  const { host, till, live, gone, reversed } = await day()
  await till.settle(net)
  assert.equal((await till.upload([live, gone])).code, '00')
  assert.equal((await till.upload([reversed])).code, '12')
  await till.end(false, 3)
  assert.deepEqual(await states(host), ['settled', 'voided', 'posted', 'reversed'])
  assert.equal(await balanceOf(host, 'merchant:M00000000000001'), '8800')
  assert.equal(await balanceOf(host, `card:${bob.masked}`), '50000')
})

test('an uploaded sale that the host never approved is refused and not settled', async () => {
  const { host, till, live } = await day()
  await till.settle(net)
  const invented: Sold = { ...live, request: { ...live.request, trace: '000555' } }
  const larger: Sold = { ...live, request: { ...live.request, amount: yuan(99_00n) } }
  assert.deepEqual([(await till.upload([live, invented])).code, (await till.upload([larger])).code], ['12', '12'])
  await till.end(false, 3)
  assert.equal(await balanceOf(host, 'merchant:M00000000000001'), '8800')
})

test('a batch that is not there, or of another terminal, is answered with result 3 and closes nothing', async () => {
  const { host, till } = await day()
  const other = await Till.at(host, 'T0000002')
  assert.deepEqual(results(await other.settle(net, { batch: '000007' })), ['3', '3'])
  assert.deepEqual(results(await till.settle(net, { merchantId: 'M00000000000002' })), ['3', '3'])
  assert.equal((await batchesOf(host)).at(-1)?.state, 'open')
  await other.settle({})
  await other.end(true)
  assert.equal((await batchesOf(host)).at(-1)?.state, 'open')
  assert.equal((await batchesOf(host, 'T0000002')).at(-1)?.batch, '000002')
})

test('a sign-in never opens a batch: it names the one in use, open or settling', async () => {
  const { till } = await day()
  assert.equal((await till.signIn()).fields.batch, '000001')
  await till.settle(gross)
  assert.equal((await till.signIn()).fields.batch, '000001')
  await till.end(true)
  assert.equal((await till.signIn()).fields.batch, '000002')
})

test('while a batch settles nothing but a reversal is taken in it', async () => {
  const { till, live } = await day()
  await till.settle(gross)
  assert.equal((await till.sale(alice, yuan(1n))).code, '77')
  assert.equal((await till.void(live)).code, '77')
  assert.equal((await till.refund(live, yuan(1n), { operator: '01' })).code, '77')
})

test('a refund is taken off what the merchant gets, and stays within the ceiling over several batches', async () => {
  const { host, till, live } = await day()
  await till.settle(gross)
  await till.end(true)
  till.batch = '000002'
  assert.equal((await till.refund(live, yuan(80_00n), { operator: '01' })).code, '00')
  assert.equal((await till.refund(live, yuan(8_01n), { operator: '01' })).code, '61')
  await till.settle({ creditCount: 1, credit: yuan(80_00n) })
  await till.end(true)
  till.batch = '000003'
  assert.equal(await balanceOf(host, 'merchant:M00000000000001'), '800')
  assert.equal((await till.refund(live, yuan(8_00n), { operator: '01' })).code, '00')
  assert.equal(await till.balance(alice), 1_000_00n)
})
