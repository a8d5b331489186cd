import assert from 'node:assert/strict'
import { test } from 'node:test'
import { key, swipe } from '../card/magstripe.ts'
import { yuan } from '../values/amount.ts'
import { PowerCut } from './store.ts'
import { Till, wang } from './till.ts'

const amount = yuan(500n)
const card = key(wang)

test('an order needs no dialog and no local check, and the books are kept all the same', async () => {
  const till = new Till()
  const { trace, is } = await till.terminal.order({ operation: 'sale', amount, card })
  assert.deepEqual([is, trace, till.store.trace], ['reply', '000001', '000002'])
  assert.equal(till.store.records[0]?.state, 'approved')
  assert.deepEqual(till.outcomes(), ['sale approved'])
})

test('what is given goes out as given: another merchant, a foreign original, a trace number of choice', async () => {
  const till = await new Till().signIn()
  await till.terminal.order({
    operation: 'void',
    amount,
    card,
    merchantId: '000000000000009',
    original: { batch: '000077', trace: '000099' },
    trace: '000555',
  })
  const request = till.acquirer.requests.at(-1)
  assert.deepEqual([request?.merchantId, request?.trace, request?.original?.trace], ['000000000000009', '000555', '000099'])
  assert.equal(till.store.trace, '000002', 'a trace number of choice spends none')
})

test('an exact repeat is the same request, and is booked once', async () => {
  const till = await new Till().signIn()
  await till.sale()
  const repeat = await till.terminal.order({ operation: 'sale', repeatOf: '000002' })
  const { repeat: isCopy, ...again } = till.acquirer.requests.at(-1) ?? {}
  assert.deepEqual(again, till.acquirer.requests.at(-2))
  assert.equal(isCopy, true)
  assert.equal(repeat.is === 'reply' && repeat.reply.resultCode, '94')
  assert.deepEqual(
    till.store.records.map(({ trace, state }) => `${trace} ${state}`),
    ['000002 approved'],
  )
})

test('the same trace number by hand is booked no second time either', async () => {
  const till = await new Till().signIn()
  await till.sale()
  await till.terminal.order({ operation: 'sale', amount, card, trace: '000002' })
  const [record] = till.store.records
  assert.deepEqual([record?.state, record?.amount.minor, till.store.due.length], ['approved', 8800n, 0])
})

test('94 to the repeat of an unanswered sale is no decline: the reversal of the first stays due', async () => {
  const till = await new Till().signIn()
  till.acquirer.weather = ['lost answer']
  const { trace } = await till.terminal.order({ operation: 'sale', amount, card })
  assert.equal(till.store.due[0]?.record.trace, trace)
  await till.terminal.order({ operation: 'sale', repeatOf: trace })
  assert.equal(till.outcomes().at(-1), 'sale unresolved')
  const reversal = await till.terminal.order({ operation: 'reverse', trace })
  assert.equal(reversal.is === 'reply' && reversal.reply.resultCode, '00')
  assert.deepEqual([till.store.due.length, till.acquirer.position], [0, 0n])
})

test('a reversal can say something else than the truth', async () => {
  const till = await new Till().signIn()
  await till.sale()
  await till.terminal.order({
    operation: 'reverse',
    trace: '000002',
    amount: yuan(1n),
    reversal: { of: 'sale', reason: 'other' },
  })
  const request = till.acquirer.requests.at(-1)
  assert.deepEqual([request?.amount?.minor, request?.reversal?.reason, request?.reversal?.pinEntered], [1n, 'other', true])
})

test('an order that is not to be recorded leaves neither log nor reversal', async () => {
  const till = await new Till().signIn()
  till.acquirer.weather = ['lost answer']
  await till.terminal.order({ operation: 'sale', amount, card: swipe(wang), recorded: false })
  assert.deepEqual([till.store.records, till.store.due, till.outcomes().at(-1)], [[], [], 'sale unresolved'])
})

test('an end notice by hand closes the batch here too', async () => {
  const till = await new Till().signIn()
  await till.sale()
  await till.terminal.order({ operation: 'settle', totals: till.terminal.totals() })
  await till.terminal.order({ operation: 'upload', upload: { is: 'end', count: 0, balanced: true } })
  assert.deepEqual([till.store.batch, till.acquirer.batch], ['000002', '000002'])
})

test('what was never sent cannot be repeated, and what nobody describes cannot be reversed', async () => {
  const till = await new Till().signIn()
  await assert.rejects(till.terminal.order({ operation: 'sale', repeatOf: '000077' }), RangeError)
  await assert.rejects(till.terminal.order({ operation: 'reverse', trace: '000077' }), RangeError)
})

test('a sale can still be repeated after its reversal, which has the same trace number', async () => {
  const till = await new Till().signIn()
  till.acquirer.weather = ['lost request']
  const { trace } = await till.terminal.order({ operation: 'sale', amount, card })
  await till.keys('reverse')
  await till.terminal.order({ operation: 'sale', repeatOf: trace })
  assert.deepEqual(till.sent().slice(1), ['sale 000002', 'reverse 000002', 'sale 000002'])
})

test('power that goes during an order leaves what a dialog would leave', async () => {
  const till = await new Till().signIn()
  till.store.cut = point => {
    if (point === 'after exchange') throw new PowerCut(point)
  }
  await till.terminal.order({ operation: 'sale', amount, card })
  till.store.cut = undefined
  await till.terminal.powerUp()
  assert.deepEqual([till.outcomes().at(-1), till.store.due.length], ['sale unresolved', 1])
})
