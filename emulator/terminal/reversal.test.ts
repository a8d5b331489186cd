import assert from 'node:assert/strict'
import { test } from 'node:test'
import { swipe } from '../card/magstripe.ts'
import { yuan } from '../values/amount.ts'
import { PowerCut } from './store.ts'
import { li, Till, wang } from './till.ts'

async function unanswered(weather: 'lost answer' | 'lost request' = 'lost answer'): Promise<Till> {
  const till = await new Till().signIn()
  till.acquirer.weather = [weather]
  await till.sale()
  return till
}

test('an unanswered sale says "not completed, being cancelled", never approved, and prints nothing', async () => {
  const till = await unanswered()
  assert.match(till.terminal.shows().join(' '), /NOT COMPLETED.*being cancelled/)
  assert.equal(JSON.stringify(till.facts.filter(fact => fact.is === 'display')).includes('APPROVED'), false)
  assert.deepEqual(till.terminal.slips(), [])
})

test('the reversal goes before the next sale, and the operator is told before it', async () => {
  const till = await unanswered()
  await till.sale('100', li)
  assert.deepEqual(till.sent(), ['signIn 000001', 'sale 000002', 'reverse 000002', 'sale 000003'])
  assert.deepEqual(till.outcomes(), ['signIn done', 'sale unresolved', 'reverse reversed', 'sale approved'])
  const shown = till.facts.flatMap(fact => (fact.is === 'display' ? [fact.lines.join(' ')] : []))
  assert.ok(
    shown.findIndex(lines => lines.includes('SALE 000002 CANCELLED')) < shown.findIndex(lines => lines.includes('APPROVED')),
  )
  assert.equal(till.acquirer.position, 100n)
})

test('a reversal is not a new transaction: trace, batch, amount and card entry are the original ones, after a new sign-in too', async () => {
  const till = await unanswered()
  till.acquirer.batch = '000009'
  await till.signIn()
  await till.keys('reverse')
  const request = till.acquirer.requests.at(-1)
  assert.deepEqual([request?.trace, request?.batch, request?.card?.entry], ['000002', '000001', 'swiped'])
  assert.ok(request?.amount?.equals(yuan(88_00n)))
  assert.deepEqual(request?.reversal, { of: 'sale', reason: 'no answer', pinEntered: true, at: '2026-07-26T10:11:12.000Z' })
  assert.equal(till.store.batch, '000009')
  assert.equal(till.acquirer.keysUsed.at(-1)?.mac.reveal(), 'MAC KEY 2')
})

test('a reversal without an answer is sent three times in all, then a fault slip is printed and sales go on', async () => {
  const till = await unanswered()
  till.acquirer.weather = ['lost request', 'lost request', 'lost request']
  await till.sale('100', li)
  assert.deepEqual(till.sent().slice(1), ['sale 000002', 'reverse 000002', 'reverse 000002', 'reverse 000002', 'sale 000003'])
  assert.equal(till.terminal.slips()[0]?.kind, 'reversal failed')
  assert.equal(till.outcomes().at(-1), 'sale approved')
  assert.equal(till.store.due[0]?.state, 'unresolved')
})

test('sends are counted across attempts and restarts; one that did not connect is no send', async () => {
  const till = await unanswered()
  till.acquirer.weather = ['lost request', 'not connected']
  await till.keys('reverse')
  assert.equal(till.store.due[0]?.sends, 1)
  await till.terminal.powerUp()
  till.acquirer.weather = ['lost request', 'lost request']
  await till.keys('reverse')
  assert.equal(till.sent().filter(line => line === 'reverse 000002').length, 3)
  assert.equal(till.store.due[0]?.state, 'unresolved')
})

test('a sale does not go past a reversal that could not be offered', async () => {
  const till = await unanswered()
  till.acquirer.weather = ['not connected']
  await till.sale('100', li)
  assert.deepEqual(till.sent(), ['signIn 000001', 'sale 000002'])
  assert.equal(till.outcomes().at(-1), 'sale failed')
})

test('an unresolved reversal is offered once before settlement and once after a sign-in, until it is answered', async () => {
  const till = await unanswered()
  till.acquirer.weather = Array(3).fill('lost request')
  await till.keys('reverse')
  till.acquirer.weather = ['fine', 'lost request']
  await till.signIn()
  assert.deepEqual(till.sent().slice(-2), ['signIn 000003', 'reverse 000002'])
  till.acquirer.weather = ['lost request']
  await till.settle()
  assert.deepEqual(till.sent().slice(-3), ['reverse 000002', 'settle 000004', 'upload end 000005'])
  const slip = till.terminal.slips().at(-1)
  assert.equal(slip?.facts.unresolved, '000002')
  assert.ok(slip?.lines.some(line => line.includes('UNRESOLVED 000002')))
  await till.signIn()
  assert.deepEqual(till.store.due, [])
  assert.equal(till.acquirer.position, 0n)
})

for (const code of ['00', '25', '12'])
  test(`${code} ends a reversal`, async () => {
    const till = await unanswered()
    till.acquirer.script = [() => ({ resultCode: code, mac: code === '00' ? 'good' : 'absent' })]
    await till.keys('reverse')
    assert.deepEqual([till.store.due.length, till.outcomes().at(-1)], [0, 'reverse reversed'])
  })

test('a reversal whose sends were used up by power cuts is sent once more before the settlement', async () => {
  const till = await unanswered()
  till.store.cut = point => {
    if (point === 'after count send') throw new PowerCut(point)
  }
  for (let sends = 1; sends <= 3; sends += 1) {
    await till.keys('reverse')
    await till.terminal.powerUp()
  }
  till.store.cut = undefined
  await till.settle()
  assert.deepEqual(till.sent().slice(2), ['reverse 000002', 'settle 000003', 'upload end 000004'])
  assert.deepEqual(till.outcomes().slice(-3), ['reverse unresolved', 'reverse reversed', 'settle done'])
})

test('another code makes the reason "other" and is tried again', async () => {
  const till = await unanswered()
  till.acquirer.script = [() => ({ resultCode: '96' })]
  await till.keys('reverse')
  assert.deepEqual(
    till.acquirer.requests.slice(2).map(request => request.reversal?.reason),
    ['no answer', 'other'],
  )
})

for (const code of ['77', '99', 'A0'])
  test(`${code} to a reversal demands a sign-in, and neither a sale nor a settlement goes past it before`, async () => {
    const till = await unanswered()
    till.acquirer.script = [() => ({ resultCode: code })]
    await till.sale('4200', li)
    await till.settle()
    assert.deepEqual(till.outcomes().slice(2), ['reverse unresolved', 'sale failed', 'settle refused locally'])
    await till.signIn()
    await till.settle()
    assert.deepEqual(till.sent().slice(2), [
      'reverse 000002',
      'signIn 000003',
      'reverse 000002',
      'settle 000004',
      'upload end 000005',
    ])
  })

test('a 00 with a bad MAC does not end a reversal', async () => {
  const till = await unanswered()
  till.acquirer.script = [() => ({ mac: 'bad' })]
  await till.keys('reverse')
  assert.equal(till.sent().filter(line => line === 'reverse 000002').length, 2)
})

for (const mac of ['bad', 'absent'] as const)
  test(`an approval whose MAC is ${mac} is reversed with that reason, and a sign-in is demanded`, async () => {
    const till = await new Till().signIn()
    till.acquirer.script = [() => ({ mac })]
    await till.sale()
    assert.equal(till.outcomes().at(-1), 'sale unresolved')
    assert.equal(till.store.due[0]?.reason, 'bad MAC')
    assert.equal(till.store.signedIn, false)
    assert.deepEqual(till.terminal.slips(), [])
  })

test('cancel during the wait leads to a reversal of what was approved', async () => {
  const till = await new Till().signIn()
  await till.keys('sale', '8800', 'enter', 'enter')
  await till.terminal.present(swipe(wang))
  await Promise.all([till.terminal.press('enter'), till.terminal.press('cancel')])
  assert.equal(till.outcomes().at(-1), 'sale unresolved')
  assert.equal(till.store.due[0]?.reason, 'could not complete')
  await till.keys('reverse')
  assert.equal(till.acquirer.position, 0n)
})

test('a part of the amount is not sold: it is reversed', async () => {
  const till = await new Till().signIn()
  till.acquirer.script = [() => ({ resultCode: '10' })]
  await till.sale()
  assert.deepEqual([till.outcomes().at(-1), till.store.due[0]?.reason], ['sale unresolved', 'could not complete'])
})

test('what never connected is a local failure with nothing to reverse', async () => {
  const till = await new Till().signIn()
  till.acquirer.weather = ['not connected']
  await till.sale()
  assert.deepEqual([till.outcomes().at(-1), till.store.due, till.store.records], ['sale failed', [], []])
})

test('a late approval during the reversal changes nothing', async () => {
  const till = await unanswered('lost request')
  till.acquirer.early = [(_, reply) => ({ ...reply, operation: 'sale' })]
  await till.keys('reverse')
  assert.deepEqual([till.terminal.slips(), till.outcomes().at(-1)], [[], 'reverse reversed'])
})

test('a reversal is due until it is answered, before a sign-off too', async () => {
  const till = await unanswered()
  await till.keys('sign off')
  assert.deepEqual(till.sent().slice(2), ['reverse 000002', 'signOff 000003'])
  assert.equal(till.store.signedIn, false)
})

test('nothing due is said', async () => {
  const till = await new Till().signIn()
  await till.keys('reverse')
  assert.match(till.terminal.shows().join(), /no reversal due/)
})

test('a request that our own program cannot send is our mistake, and leaves a till that can go on', async () => {
  const till = await new Till().signIn()
  till.acquirer.script = [
    () => {
      throw new RangeError('no such field')
    },
  ]
  await assert.rejects(till.sale(), RangeError)
  assert.equal(till.outcomes().at(-1), 'sale unresolved')
  await till.sale('100', li)
  assert.equal(till.outcomes().at(-1), 'sale approved')
})
