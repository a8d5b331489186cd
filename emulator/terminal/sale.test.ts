import assert from 'node:assert/strict'
import { test } from 'node:test'
import { swipe } from '../card/magstripe.ts'
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

test('the amount is shown and confirmed before a card is asked for', async () => {
  const till = await new Till().signIn()
  await till.keys('sale', '8800', 'enter')
  assert.ok(till.terminal.shows().includes('金额 ¥88.00'))
  assert.equal(till.terminal.state().at, 'confirming amount')
})

for (const [prompt, keys] of Object.entries({
  'keying amount': ['sale', '88'],
  'confirming amount': ['sale', '88', 'enter'],
  'awaiting card': ['sale', '88', 'enter', 'enter'],
  'keying number': ['sale', '88', 'enter', 'enter', '62'],
  'keying expiry': ['sale', '88', 'enter', 'enter', '6225000000000014', 'enter', '33'],
  'keying supervisor password': ['void', '12'],
  'keying reference': ['refund', '123456', 'enter', '6225000000000014', 'enter', '3312', 'enter'],
}))
  test(`cancel at "${prompt}" ends the operation with nothing sent`, async () => {
    const till = await new Till().signIn()
    await till.keys(...keys)
    assert.equal(till.terminal.state().at, prompt)
    await till.keys('cancel')
    assert.match(till.outcomes().at(-1) ?? '', /cancelled$/)
    assert.deepEqual(till.sent(), ['signIn 000001'])
  })

test('an empty entry is not sent: the terminal goes on asking', async () => {
  const till = await new Till().signIn()
  await till.keys('sale', 'enter')
  assert.equal(till.terminal.state().at, 'keying amount')
  await till.keys('0', 'enter')
  assert.equal(till.terminal.state().at, 'keying amount')
})

test('a wrong entry is corrected with clear', async () => {
  const till = await new Till().signIn()
  await till.keys('sale', '99', 'clear', '88', 'enter', 'clear', '77', 'enter')
  assert.ok(till.terminal.shows().includes('金额 ¥0.77'))
})

test('a keyed number goes out as keyed, with its expiry', async () => {
  const till = await new Till().signIn()
  await till.keys('sale', '100', 'enter', 'enter', '6225000000000014', 'enter', '3312', 'enter', '123456', 'enter')
  const card = till.acquirer.requests.at(-1)?.card
  assert.deepEqual([card?.entry, card?.expiry, card?.pan.equals(li.pan)], ['keyed', '3312', true])
})

test('Enter twice sends one request', async () => {
  const till = await new Till().signIn()
  await till.keys('sale', '8800', 'enter', 'enter')
  await till.terminal.present(swipe(wang))
  await Promise.all([
    till.terminal.press('enter'),
    till.terminal.press('enter'),
    till.terminal.present(swipe(li)),
    till.terminal.press('sale'),
  ])
  assert.deepEqual(till.sent(), ['signIn 000001', 'sale 000002'])
  assert.deepEqual(till.outcomes(), ['signIn done', 'sale approved'])
})

test('the same card and amount within minutes is asked about, and nothing is sent before the answer', async () => {
  const till = await new Till().signIn()
  await till.sale()
  await till.keys('sale', '8800', 'enter', 'enter')
  await till.terminal.present(swipe(wang))
  assert.equal(till.terminal.state().at, 'questioning repeat')
  assert.equal(till.sent().length, 2)
  await till.keys('cancel')
  till.now = new Date(till.now.getTime() + 6 * 60_000)
  await till.keys('sale', '8800', 'enter', 'enter')
  await till.terminal.present(swipe(wang))
  assert.equal(till.terminal.state().at, 'keying PIN')
})

test('a decline shows code and text, prints nothing and leaves nothing due', async () => {
  const till = await new Till().signIn()
  till.acquirer.script = [() => ({ resultCode: '51', mac: 'absent' })]
  await till.sale()
  assert.equal(till.outcomes().at(-1), 'sale declined')
  assert.match(till.terminal.shows().join(' '), /DECLINED 51 交易失败/)
  assert.deepEqual([till.terminal.slips(), till.store.due], [[], []])
})

for (const code of ['77', '99', 'A0'])
  test(`after ${code} a new sign-in is demanded before the next sale`, async () => {
    const till = await new Till().signIn()
    till.acquirer.script = [() => ({ resultCode: code, mac: 'absent' })]
    await till.sale()
    await till.sale('100', li)
    assert.equal(till.outcomes().at(-1), 'sale refused locally')
    await till.signIn()
    await till.sale('100', li)
    assert.equal(till.outcomes().at(-1), 'sale approved')
  })

test('without a sign-in nothing is sold, and the reason is shown', async () => {
  const till = new Till()
  await till.keys('sale')
  assert.match(till.terminal.shows().join(' '), /sign in first/)
  assert.deepEqual(till.sent(), [])
})

test('a wrong operator password is refused at the till', async () => {
  const till = new Till()
  await till.keys('sign in', '01', 'enter', '9999', 'enter')
  assert.deepEqual([till.outcomes(), till.sent()], [['signIn refused locally'], []])
})

test('a full log demands settlement', async () => {
  const till = await new Till({ set: { logCapacity: 1 } }).signIn()
  await till.sale()
  await till.keys('sale')
  assert.match(till.terminal.shows().join(' '), /settle first/)
  assert.equal(till.outcomes().at(-1), 'sale refused locally')
})

test('an echo test has no trace number and needs no keys; a balance is shown', async () => {
  const till = await new Till().signIn()
  await till.keys('echo')
  assert.equal(till.acquirer.requests.at(-1)?.trace, undefined)
  assert.equal(till.acquirer.keysUsed.at(-1), undefined)
  await till.keys('inquire')
  await till.terminal.present(swipe(wang))
  await till.keys('123456', 'enter')
  assert.ok(till.terminal.shows().includes('¥1000.00'))
  assert.deepEqual(till.outcomes().slice(1), ['echo done', 'inquire done'])
})

test('the trace number moves on by one with every new request', async () => {
  const till = await new Till().signIn()
  await till.sale()
  await till.sale('100', li)
  await till.void('3', li)
  assert.deepEqual(till.sent(), ['signIn 000001', 'sale 000002', 'sale 000003', 'void 000004'])
})

test('no key, display, slip or fact shows a secret', async () => {
  const till = await new Till().signIn()
  await till.sale()
  await till.keys('sale', '100', 'enter', 'enter', '6225000000000014', 'enter', '3312', 'enter', '654321', 'enter')
  await till.void('2')
  const everything = JSON.stringify([till.facts, till.terminal.slips(), till.terminal.state(), till.store.records])
  for (const secret of ['6212142000000000012', '6225000000000014', '123456', '654321', `${'"3312"'.slice(1, -1)}D`])
    assert.equal(everything.includes(secret), false, secret)
  const digits = till.facts.filter(fact => fact.is === 'key').map(fact => fact.key)
  assert.ok(digits.includes('•'))
})
