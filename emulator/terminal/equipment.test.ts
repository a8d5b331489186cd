import assert from 'node:assert/strict'
import { test } from 'node:test'
import { swipe } from '../card/magstripe.ts'
import { yuan } from '../values/amount.ts'
import { isCopy } from './copy.ts'
import { li, Till, wang } from './till.ts'

/** Terminals that are set up for acquirers without this or that. */

test('without a sign-on the operator logs in and out at the till, and no message leaves', async () => {
  const till = await new Till({ set: { signsOn: false } }).signIn()
  assert.deepEqual([till.sent(), till.outcomes().at(-1), till.store.signedIn], [[], 'signIn done', true])
  await till.sale()
  assert.equal(till.outcomes().at(-1), 'sale approved')
  await till.keys('sign off')
  assert.deepEqual([till.sent(), till.outcomes().at(-1), till.store.signedIn], [['sale 000001'], 'signOff done', false])
})

test('a wrong password is refused at such a till too', async () => {
  const till = new Till({ set: { signsOn: false } })
  await till.keys('sign in', '01', 'enter', '9999', 'enter')
  assert.deepEqual([till.outcomes().at(-1), till.store.signedIn], ['signIn refused locally', false])
})

test('a sign-in without keys has failed, unless none are due', async () => {
  for (const [keysAtSignIn, outcome] of [
    [true, 'signIn failed'],
    [false, 'signIn done'],
  ] as const) {
    const till = new Till({ set: { keysAtSignIn } })
    till.acquirer.givesKeys = false
    await till.signIn()
    assert.equal(till.outcomes().at(-1), outcome)
  }
})

test('where no PIN is asked for, the card is the last prompt of a sale and of a void', async () => {
  const till = await new Till({ set: { asksPin: false } }).signIn()
  await till.keys('sale', '100', 'enter', 'enter')
  await till.terminal.present(swipe(wang))
  assert.equal(till.outcomes().at(-1), 'sale approved')
  await till.keys('void', '123456', 'enter', '2', 'enter', 'enter')
  await till.terminal.present(swipe(wang))
  assert.equal(till.outcomes().at(-1), 'void approved')
  assert.ok(till.acquirer.requests.every(({ pin }) => pin === undefined))
})

test('an order of the headstrong brings no PIN either', async () => {
  const till = await new Till({ set: { asksPin: false } }).signIn()
  await till.terminal.order({ operation: 'sale', amount: yuan(1n), card: swipe(li), ...(li.pin ? { pin: li.pin } : {}) })
  assert.equal(till.acquirer.requests.at(-1)?.pin, undefined)
})

for (const [says, reply] of [
  ['agree', { resultCode: '00', reconciliation: { domestic: 'balanced', foreign: 'balanced' } }],
  ['differ', { resultCode: '95', reconciliation: { domestic: 'unbalanced', foreign: 'unbalanced' } }],
] as const)
  test(`without an upload the answer to the settlement closes the batch, also when totals ${says}`, async () => {
    const till = await new Till({ set: { uploads: false } }).signIn()
    await till.sale()
    till.acquirer.script = [() => reply]
    await till.settle()
    assert.deepEqual(till.sent().slice(-1), ['settle 000003'])
    assert.deepEqual([till.store.batch, till.outcomes().at(-1)], ['000002', 'settle done'])
    assert.equal(till.terminal.slips().at(-1)?.facts.domesticResult, reply.reconciliation.domestic)
  })

test('95 without a word on the totals is a refusal: the batch stays open', async () => {
  const till = await new Till({ set: { uploads: false } }).signIn()
  await till.sale()
  till.acquirer.tellsOfTotals = false
  till.acquirer.script = [() => ({ resultCode: '95' })]
  await till.settle()
  assert.deepEqual([till.store.batch, till.outcomes().at(-1)], ['000001', 'settle declined'])
})

test('an echo test spends a trace number where it has one', async () => {
  for (const [echoHasTrace, sent] of [
    [true, 'echo 000002'],
    [false, 'echo'],
  ] as const) {
    const till = await new Till({ set: { echoHasTrace } }).signIn()
    await till.keys('echo')
    assert.equal(till.sent().at(-1), sent)
    await till.sale()
    assert.equal(till.sent().at(-1), echoHasTrace ? 'sale 000003' : 'sale 000002')
  }
})

test('a reversal that is sent again is a copy; the first is none, and one that never left is none', async () => {
  const till = await new Till().signIn()
  till.acquirer.weather = ['lost answer', 'not connected', 'lost request', 'fine']
  await till.sale()
  await till.keys('reverse')
  await till.keys('reverse')
  const reversals = till.acquirer.requests.filter(({ operation }) => operation === 'reverse')
  assert.deepEqual(
    reversals.map(({ repeat }) => repeat),
    [undefined, true],
  )
})

test('a copy says when its first was made; another content under its number is a clash and no copy', async () => {
  const till = await new Till().signIn()
  await till.sale()
  const [, first] = till.acquirer.requests
  till.now = new Date('2026-07-26T10:20:00Z')
  await till.terminal.order({ operation: 'sale', repeatOf: '000002' })
  const again = till.acquirer.requests.at(-1)
  assert.deepEqual([again?.at, again?.repeat], [first?.at, true])
  assert.ok(first !== undefined && !isCopy(first, { ...first, amount: yuan(1n) }))
})
