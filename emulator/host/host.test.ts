import assert from 'node:assert/strict'
import { test } from 'node:test'
import { yuan } from '../values/amount.ts'
import { startHost } from './host.ts'
import { alice, bob, book, dialect, embedded, oneConnection, Till } from './test-till.ts'

test('a sale debits the card, its void gives the money back, its reversal makes the sale count again', async () => {
  const host = await embedded()
  const till = await Till.at(host)
  const sold = await till.sale(alice, yuan(88_00n))
  assert.equal(sold.code, '00')
  assert.equal(await till.balance(alice), 912_00n)
  const voided = await till.void(sold)
  assert.equal(voided.code, '00')
  assert.equal(await till.balance(alice), 1_000_00n)
  const reversed = await till.reverse(voided)
  assert.equal(reversed.code, '00')
  assert.equal(await till.balance(alice), 912_00n)
  assert.equal((await till.void(sold)).code, '00')
  await host.close()
})

test('the batch settles on equal totals, closes with the end notice and funds the merchant', async () => {
  const host = await embedded()
  const till = await Till.at(host)
  const sold = await till.sale(alice, yuan(88_00n))
  await till.void(await till.sale(bob, yuan(5_00n)))
  const answer = await till.settle({ debitCount: 2, debit: yuan(93_00n), creditCount: 1, credit: yuan(5_00n) })
  assert.equal(answer.fields.domesticResult, '1')
  assert.equal((await till.sale(alice, yuan(1_00n))).code, '77')
  assert.equal((await till.end(true)).code, '00')
  const view = await host.control.ledger()
  assert.deepEqual(
    view.batches.filter(batch => batch.terminalId === 'T0000001').map(({ batch, state, funded }) => [batch, state, funded]),
    [
      ['000001', 'closed', '8800'],
      ['000002', 'open', undefined],
    ],
  )
  assert.deepEqual(
    view.transactions.map(one => one.state),
    ['settled', 'voided', 'posted'],
  )
  till.batch = '000002'
  assert.equal((await till.void(sold)).code, '22')
  assert.equal((await till.refund(sold, yuan(88_00n), { operator: '01' })).code, '00')
  await host.close()
})

test('it serves terminals over TCP and survives garbage on its port', async t => {
  const finished: boolean[] = []
  const host = await startHost({
    book,
    dialect,
    seed: 'test',
    clock: 'virtual',
    onFinished: ({ answered }) => finished.push(answered),
  })
  t.after(() => host.close())
  const till = new Till(frame => oneConnection(host.port, frame))
  assert.equal((await till.signIn()).code, '00')
  for (const garbage of [
    [0, 3, 1, 2, 3],
    [0xff, 0xff, 0],
    [0, 13, ...Array(13).fill(0xff)],
    [...Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ])
    await oneConnection(host.port, Uint8Array.from([...garbage, ...Array(600).fill(0)])).catch(() => undefined)
  assert.equal((await till.sale(alice, yuan(1_00n))).code, '00')
  assert.equal(finished.at(-1), true)
  assert.equal(finished[0], true)
})

test('a back office that cannot have its port is said, and the host goes on; a second one is our mistake', async t => {
  const portal = { port: 0, approval: 'none', staff: [] } as const
  const [first, second] = [await embedded(), await embedded()]
  t.after(() => Promise.all([first.close(), second.close()]))
  const { port } = await first.openPortal(portal)
  await assert.rejects(second.openPortal({ ...portal, port }), { code: 'LINK_FAILED' })
  assert.equal((await new Till(frame => second.answer(frame)).signIn()).code, '00')
  await assert.rejects(first.openPortal(portal), RangeError)
})
