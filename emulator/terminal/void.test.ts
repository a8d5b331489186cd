import assert from 'node:assert/strict'
import { test } from 'node:test'
import { yuan } from '../values/amount.ts'
import { li, Till, wang } from './till.ts'

test('a void carries batch, trace, reference and approval code of the sale, and marks it once approved', async () => {
  const till = await new Till().signIn()
  await till.sale()
  await till.void('000002')
  const request = till.acquirer.requests.at(-1)
  assert.deepEqual(request?.original, {
    batch: '000001',
    trace: '000002',
    at: '2026-07-26T10:11:12.000Z',
    reference: '000000000002',
    approvalCode: '000002',
    date: '0726',
  })
  assert.ok(request?.amount?.equals(yuan(88_00n)))
  assert.deepEqual(
    till.store.records.map(({ operation, state }) => `${operation} ${state}`),
    ['sale voided', 'void approved'],
  )
  assert.equal(till.acquirer.position, 0n)
})

test('type, amount, masked card, date and time of the original are shown before anything is sent', async () => {
  const till = await new Till().signIn()
  await till.sale()
  await till.keys('void', '123456', 'enter', '2', 'enter')
  assert.deepEqual(till.terminal.shows().slice(1, 5), ['原交易 消费 SALE 000002', '金额 ¥88.00', '621214…0012', '07/26 10:11:12'])
  await till.keys('cancel')
  assert.deepEqual([till.outcomes().at(-1), till.sent().length], ['void cancelled', 2])
})

test('three wrong supervisor passwords end the void with nothing sent', async () => {
  const till = await new Till().signIn()
  await till.sale()
  await till.keys('void', '000000', 'enter', '000000', 'enter')
  assert.equal(till.terminal.state().at, 'keying supervisor password')
  await till.keys('000000', 'enter')
  assert.deepEqual([till.outcomes().at(-1), till.sent().length], ['void refused locally', 2])
})

test('what cannot be voided is refused at the till with its reason', async () => {
  const till = await new Till().signIn()
  await till.sale()
  await till.void('2')
  await till.refund('000000000002')
  till.acquirer.script = [() => ({ resultCode: '51' })]
  await till.sale('100', li)
  const sent = till.sent().length
  const reasons = {
    77: /no transaction/,
    2: /already voided/,
    3: /a void cannot be voided/,
    4: /a refund cannot be voided/,
    5: /declined/,
  }
  for (const [trace, reason] of Object.entries(reasons)) {
    await till.keys('void', '123456', 'enter', trace, 'enter')
    assert.match(till.terminal.shows().join(' '), reason)
    assert.equal(till.outcomes().at(-1), 'void refused locally')
  }
  assert.equal(till.sent().length, sent)
})

test('another card than the one of the sale is refused at the till', async () => {
  const till = await new Till().signIn()
  await till.sale()
  await till.void('2', li)
  assert.deepEqual([till.outcomes().at(-1), till.sent().length], ['void refused locally', 2])
})

test('a void without the card goes out on the stored number', async () => {
  const till = await new Till({ set: { voidNeedsCard: false, voidNeedsPin: false } }).signIn()
  await till.sale()
  await till.keys('void', '123456', 'enter', '2', 'enter', 'enter')
  const { card, pin } = till.acquirer.requests.at(-1) ?? {}
  assert.deepEqual([card?.entry, card?.pan.equals(wang.pan), pin], ['absent', true, undefined])
})

for (const [name, weather, code] of [
  ['declined', 'fine', '22'],
  ['unanswered', 'lost request', '00'],
] as const)
  test(`a ${name} void leaves the sale as it was`, async () => {
    const till = await new Till().signIn()
    await till.sale()
    till.acquirer.weather = [weather]
    till.acquirer.script = [() => ({ resultCode: code })]
    await till.void('2')
    assert.equal(till.store.records[0]?.state, 'approved')
    assert.equal(till.terminal.totals().domestic.creditCount, 0)
  })

test('an unanswered void is reversed with the original of the void, and the sale can be voided anew', async () => {
  const till = await new Till().signIn()
  await till.sale()
  till.acquirer.weather = ['lost answer']
  await till.void('2')
  await till.void('2')
  assert.deepEqual(till.sent().slice(2), ['void 000003', 'reverse 000003', 'void 000004'])
  const reversal = till.acquirer.requests.at(-2)
  assert.deepEqual([reversal?.reversal?.of, reversal?.original?.trace], ['void', '000002'])
  assert.equal(till.acquirer.position, 0n)
})

test('gross totals count a voided sale and its void in both columns, net totals in neither', async () => {
  for (const [totals, count] of [['gross', 1] as const, ['net', 0] as const]) {
    const till = await new Till({ set: { totals } }).signIn()
    await till.sale()
    await till.void('2')
    const { debitCount, creditCount } = till.terminal.totals().domestic
    assert.deepEqual([debitCount, creditCount], [count, count], totals)
  }
})
