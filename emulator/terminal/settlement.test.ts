import assert from 'node:assert/strict'
import { test } from 'node:test'
import { li, Till, wang } from './till.ts'

const unbalanced = () => ({ reconciliation: { domestic: 'unbalanced', foreign: 'balanced' } }) as const

test('a balanced settlement: totals, end notice, slip, log cleared, batch number moved on by one', async () => {
  const till = await new Till().signIn()
  await till.sale()
  await till.void('2')
  await till.sale('100', li)
  await till.settle()
  assert.deepEqual(till.sent().slice(-2), ['settle 000005', 'upload end 000006'])
  const totals = till.acquirer.requests.at(-2)?.totals
  assert.deepEqual([totals?.domestic.debitCount, totals?.domestic.debit.minor, totals?.domestic.credit.minor], [2, 8900n, 8800n])
  assert.equal(till.store.batch, '000002')
  assert.deepEqual(
    till.store.records.filter(record => !record.settled),
    [],
  )
  const slip = till.terminal.slips().at(-1)
  assert.deepEqual([slip?.kind, slip?.facts.domesticDebit, slip?.facts.domesticResult], ['settlement', '89.00', 'balanced'])
  assert.match(slip?.lines.find(line => line.includes('DATE/TIME')) ?? '', /: \d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d UTC$/)
})

test('an unbalanced settlement uploads sale and void with their own trace numbers, eight at a time, and ends with how many', async () => {
  const till = await new Till({ set: { uploadItemsPerMessage: 2 } }).signIn()
  await till.sale()
  await till.void('2')
  await till.sale('100', li)
  till.acquirer.script = [unbalanced]
  await till.settle()
  assert.deepEqual(till.sent().slice(-4), [
    'settle 000005',
    'upload details 000006',
    'upload details 000007',
    'upload end 000008',
  ])
  const uploads = till.acquirer.requests.slice(-3).map(request => request.upload)
  const traces = uploads.flatMap(upload => (upload?.is === 'details' ? upload.items.map(item => item.trace) : []))
  assert.deepEqual(traces, ['000002', '000003', '000004'])
  assert.deepEqual(uploads.at(-1), { is: 'end', count: 3, balanced: false })
})

test('only the unbalanced class is uploaded', async () => {
  const till = await new Till().signIn()
  till.acquirer.script = [() => ({ cardCompany: 'VIS' })]
  await till.sale()
  await till.sale('100', li)
  till.acquirer.script = [() => ({ reconciliation: { domestic: 'balanced', foreign: 'unbalanced' } })]
  await till.settle()
  const details = till.acquirer.requests.at(-2)?.upload
  assert.deepEqual(details?.is === 'details' && details.items.map(({ trace, domestic }) => [trace, domestic]), [
    ['000002', false],
  ])
})

test('a settlement without an answer stays open: nothing is sold, and the repeat keeps trace number, batch and totals', async () => {
  const till = await new Till().signIn()
  await till.sale()
  till.acquirer.weather = ['lost answer']
  await till.settle()
  await till.keys('sale')
  assert.match(till.terminal.shows().join(' '), /settlement open/)
  await till.keys('settle')
  const [first, second] = till.acquirer.requests.filter(({ operation }) => operation === 'settle')
  assert.deepEqual([second?.trace, second?.batch, second?.totals], [first?.trace, first?.batch, first?.totals])
  assert.equal(till.store.batch, '000002')
})

test('an upload that breaks off goes on after a restart where it stopped, under the same trace number', async () => {
  const till = await new Till({ set: { uploadItemsPerMessage: 1, uploadSends: 1 } }).signIn()
  await till.sale()
  await till.sale('100', li)
  till.acquirer.script = [unbalanced]
  till.acquirer.weather = ['fine', 'fine', 'lost answer']
  await till.settle()
  await till.terminal.powerUp()
  await till.keys('settle')
  assert.deepEqual(till.sent().slice(3), [
    'settle 000004',
    'upload details 000005',
    'upload details 000006',
    'upload details 000006',
    'upload end 000007',
  ])
})

test('an upload without an answer is repeated three times in all', async () => {
  const till = await new Till().signIn()
  await till.sale()
  till.acquirer.script = [unbalanced]
  till.acquirer.weather = ['fine', 'lost answer', 'lost answer', 'lost answer']
  await till.settle()
  assert.equal(till.sent().filter(line => line === 'upload details 000004').length, 3)
  assert.equal(till.outcomes().at(-1), 'settle failed')
})

test('a lost answer to the end notice leaves the log; the repeat closes the batch once', async () => {
  const till = await new Till({ set: { uploadSends: 1 } }).signIn()
  await till.sale()
  till.acquirer.weather = ['fine', 'lost answer']
  await till.settle()
  assert.equal(till.store.records.filter(record => !record.settled).length, 1)
  await till.keys('settle')
  assert.deepEqual([till.store.batch, till.acquirer.closed, till.outcomes().at(-1)], ['000002', ['000001'], 'settle done'])
})

for (const uploadSends of [1, 2])
  test(`a refused repeat of the end notice tells nothing of the first: the log is not counted into the next batch (${uploadSends})`, async () => {
    const till = await new Till({ set: { uploadSends } }).signIn()
    await till.sale()
    till.acquirer.weather = ['fine', 'lost answer']
    till.acquirer.script = [() => ({}), () => ({}), () => ({ resultCode: '96' })]
    for (let sends = 2; sends > 0; sends -= uploadSends) await till.settle()
    assert.deepEqual(
      [till.outcomes().at(-1), till.store.settlement?.stage, till.store.signedIn],
      ['settle failed', 'ending', true],
    )
    await till.signIn()
    await till.settle()
    assert.deepEqual([till.outcomes().at(-1), till.acquirer.closed, till.store.batch], ['settle done', ['000001'], '000002'])
    assert.equal(till.terminal.totals().domestic.debitCount, 0)
  })

test('reversals go before the settlement', async () => {
  const till = await new Till().signIn()
  till.acquirer.weather = ['lost answer']
  await till.sale()
  await till.settle()
  assert.deepEqual(till.sent().slice(2), ['reverse 000002', 'settle 000003', 'upload end 000004'])
  assert.equal(till.acquirer.requests.at(-2)?.totals?.domestic.debitCount, 0)
})

test('a refused settlement is over: the log stays', async () => {
  const till = await new Till().signIn()
  await till.sale()
  till.acquirer.script = [() => ({ reconciliation: { domestic: 'error', foreign: 'error' } })]
  await till.settle()
  assert.deepEqual([till.outcomes().at(-1), till.store.settlement, till.store.records.length], ['settle declined', undefined, 1])
  await till.sale('100', li)
  assert.equal(till.outcomes().at(-1), 'sale approved')
})

test('an open unknown refund is listed before the settlement and on its slip, and counts nowhere', async () => {
  const till = await new Till().signIn()
  await till.sale()
  till.acquirer.weather = ['lost answer']
  await till.refund('000000000002', '100')
  await till.keys('settle')
  assert.ok(till.terminal.shows().some(line => line.includes('UNKNOWN REFUND 000003')))
  await till.keys('enter')
  assert.equal(till.acquirer.requests.at(-2)?.totals?.domestic.creditCount, 0)
  assert.equal(till.terminal.slips().at(-1)?.facts.unknown, '000003')
})

test('an empty batch settles with zero totals', async () => {
  const till = await new Till().signIn()
  await till.settle()
  assert.deepEqual([till.outcomes().at(-1), till.store.batch], ['settle done', '000002'])
})

test('a terminal that is set to sign off after settlement does so', async () => {
  const till = await new Till({ set: { signsOffAfterSettlement: true } }).signIn()
  await till.settle()
  assert.deepEqual(till.outcomes().slice(-2), ['settle done', 'signOff done'])
  assert.equal(till.acquirer.requests.at(-1)?.batch, '000002')
})

test('a settled sale is looked up as settled, a refunded one as refunded, a reversed one as reversed', async () => {
  const till = await new Till().signIn()
  await till.sale()
  await till.refund('000000000002', '100')
  await till.keys('look up', '000000000002', 'enter')
  assert.match(till.terminal.shows().join(' '), /SALE 000002 REFUNDED/)
  till.acquirer.weather = ['lost answer']
  await till.sale('200', li)
  await till.keys('look up', '4', 'enter')
  assert.match(till.terminal.shows().join(' '), /UNRESOLVED/)
  await till.keys('reverse', 'look up', '4', 'enter')
  assert.match(till.terminal.shows().join(' '), /REVERSED/)
  await till.sale('300', wang)
  await till.settle()
  await till.keys('look up', '5', 'enter')
  assert.match(till.terminal.shows().join(' '), /SALE 000005 SETTLED/)
  await till.keys('look up', '999', 'enter')
  assert.match(till.terminal.shows().join(' '), /NOT FOUND/)
})

test('a refused upload is not sent again: the settlement goes on, and the slip lists it', async () => {
  const till = await new Till().signIn()
  await till.sale()
  till.acquirer.script = [unbalanced, () => ({ resultCode: '12' })]
  await till.settle()
  assert.deepEqual(till.sent().slice(2), ['settle 000003', 'upload details 000004', 'upload end 000005'])
  assert.equal(till.terminal.slips().at(-1)?.facts.refused, '000002')
})

test('a refused end notice ends the settlement and keeps the log', async () => {
  const till = await new Till().signIn()
  await till.sale()
  till.acquirer.script = [() => ({}), () => ({ resultCode: '12' })]
  await till.settle()
  assert.deepEqual(
    [till.outcomes().at(-1), till.store.signedIn, till.store.settlement, till.store.records[0]?.settled],
    ['settle declined', true, undefined, false],
  )
})

for (const code of ['77', '99', 'A0'])
  test(`${code} to an upload or end notice demands a sign-in; the settlement stays open and goes on with the same message`, async () => {
    const till = await new Till().signIn()
    await till.sale()
    till.acquirer.script = [unbalanced, () => ({ resultCode: code })]
    await till.settle()
    assert.deepEqual([till.outcomes().at(-1), till.store.signedIn], ['settle failed', false])
    await till.signIn()
    till.acquirer.script = [() => ({}), () => ({ resultCode: code })]
    await till.settle()
    assert.deepEqual([till.outcomes().at(-1), till.store.signedIn], ['settle failed', false])
    await till.signIn()
    await till.settle()
    assert.deepEqual(till.sent().slice(3), [
      'upload details 000004',
      'signIn 000005',
      'upload details 000004',
      'upload end 000006',
      'signIn 000007',
      'upload end 000006',
    ])
    assert.deepEqual([till.outcomes().at(-1), till.store.records[0]?.settled], ['settle done', true])
  })
