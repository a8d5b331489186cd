import assert from 'node:assert/strict'
import { test } from 'node:test'
import { li, Till, wang } from './till.ts'

test('a sale is approved, logged and printed twice', async () => {
  const till = await new Till().signIn()
  await till.sale()
  assert.deepEqual(till.outcomes(), ['signIn done', 'sale approved'])
  assert.equal(till.acquirer.position, 8800n)
  assert.deepEqual(
    till.terminal.slips().map(({ kind, copy }) => `${kind} ${copy}`),
    ['sale merchant', 'sale customer'],
  )
  assert.equal(till.terminal.lastTransaction()?.state, 'approved')
})

test('a void carries batch, trace and reference of the sale, and marks it only once approved', async () => {
  const till = await new Till().signIn()
  await till.sale()
  await till.void('000002')
  const request = till.acquirer.requests.at(-1)
  assert.deepEqual(request?.original, {
    batch: '000001',
    trace: '000002',
    reference: '000000000002',
    approvalCode: '000002',
    date: '0726',
  })
  assert.deepEqual(
    till.store.records.map(({ operation, state }) => `${operation} ${state}`),
    ['sale voided', 'void approved'],
  )
  assert.equal(till.acquirer.position, 0n)
})

test('an unanswered sale is reversed before the next one, and the operator is told', async () => {
  const till = await new Till().signIn()
  till.acquirer.weather = ['lost answer']
  await till.sale()
  assert.match(till.terminal.shows().join(), /NOT COMPLETED/)
  await till.sale('100', li)
  assert.deepEqual(till.sent(), ['signIn 000001', 'sale 000002', 'reverse 000002', 'sale 000003'])
  assert.deepEqual(till.outcomes(), ['signIn done', 'sale unresolved', 'reverse reversed', 'sale approved'])
  assert.ok(till.facts.some(fact => fact.is === 'display' && fact.lines.join().includes('SALE 000002 CANCELLED')))
  assert.equal(till.acquirer.position, 100n)
})

test('settlement ends with the end notice, clears the log and moves the batch number on by one', async () => {
  const till = await new Till().signIn()
  await till.sale()
  await till.settle()
  assert.deepEqual(till.sent().slice(2), ['settle 000003', 'upload end 000004'])
  assert.equal(till.store.batch, '000002')
  assert.deepEqual(
    till.store.records.filter(record => !record.settled),
    [],
  )
  assert.equal(till.terminal.slips().at(-1)?.facts.domesticDebitCount, '1')
})

test('a refund without an answer is unknown, counts nowhere, and is repeated under its own trace number', async () => {
  const till = await new Till().signIn()
  await till.sale()
  till.acquirer.weather = ['lost request']
  await till.refund('000000000002')
  assert.equal(till.outcomes().at(-1), 'refund unresolved')
  assert.equal(till.terminal.totals().domestic.creditCount, 0)
  await till.refund('000000000002')
  assert.deepEqual(till.sent().slice(2), ['refund 000003', 'refund 000003'])
  assert.equal(till.terminal.totals().domestic.creditCount, 1)
})

test('the headstrong door sends what it is told and keeps the books all the same', async () => {
  const till = await new Till({ headstrong: true }).signIn()
  till.acquirer.weather = ['lost answer']
  const card = { entry: 'keyed', pan: wang.pan, expiry: '3312' } as const
  const { trace } = await till.terminal.order({
    operation: 'sale',
    amount: (await import('../values/amount.ts')).yuan(500n),
    card,
  })
  assert.equal(till.store.due[0]?.record.trace, trace)
  const repeat = await till.terminal.order({ operation: 'sale', repeatOf: trace })
  assert.equal(repeat.is === 'reply' && repeat.reply.resultCode, '94')
  assert.equal(till.outcomes().at(-1), 'sale unresolved')
  const reversal = await till.terminal.order({ operation: 'reverse', trace })
  assert.equal(reversal.is === 'reply' && reversal.reply.resultCode, '00')
  assert.equal(till.store.due.length, 0)
  assert.equal(till.acquirer.position, 0n)
})
