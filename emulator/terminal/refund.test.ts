import assert from 'node:assert/strict'
import { test } from 'node:test'
import { swipe } from '../card/magstripe.ts'
import { Till, wang } from './till.ts'

test('a refund names reference and date of the original, has no PIN, and counts as a credit', async () => {
  const till = await new Till().signIn()
  await till.sale()
  await till.refund('000000000002', '3000')
  const request = till.acquirer.requests.at(-1)
  assert.deepEqual(request?.original, { reference: '000000000002', date: '0726' })
  assert.deepEqual([request?.pin, request?.amount?.minor], [undefined, 3000n])
  assert.equal(till.terminal.totals().domestic.credit.minor, 3000n)
})

test('a refund that lacks reference or date cannot be sent', async () => {
  const till = await new Till().signIn()
  await till.keys('refund', '123456', 'enter')
  await till.terminal.present(swipe(wang))
  await till.keys('123', 'enter')
  assert.equal(till.terminal.state().at, 'keying reference')
  await till.keys('456789012', 'enter', '1332', 'enter')
  assert.equal(till.terminal.state().at, 'keying original date')
})

test('a refund above the maximum of the till is refused there', async () => {
  const till = await new Till().signIn()
  await till.refund('000000000002', '1000001')
  assert.deepEqual([till.outcomes().at(-1), till.sent().length], ['refund refused locally', 1])
})

test('a refund without an answer is unknown: shown and printed so, never reversed, and repeated under its own trace number', async () => {
  const till = await new Till().signIn()
  await till.sale()
  till.acquirer.weather = ['lost request']
  await till.refund('000000000002')
  assert.equal(till.outcomes().at(-1), 'refund unresolved')
  assert.match(till.terminal.shows().join(' '), /RESULT UNKNOWN/)
  assert.equal(till.terminal.slips().at(-1)?.kind, 'unresolved')
  assert.equal(till.terminal.totals().domestic.creditCount, 0)
  await till.refund('000000000002')
  assert.deepEqual(till.sent().slice(2), ['refund 000003', 'refund 000003'])
  assert.equal(till.terminal.totals().domestic.creditCount, 1)
})

test('94 to the repeat of a refund leaves it unknown', async () => {
  const till = await new Till().signIn()
  await till.sale()
  till.acquirer.weather = ['lost answer']
  await till.refund('000000000002')
  await till.refund('000000000002')
  assert.deepEqual([till.outcomes().at(-1), till.store.records.at(-1)?.state], ['refund unresolved', 'unknown'])
  assert.equal(till.acquirer.position, 0n)
})

test('a repeat that finds no line leaves the refund unknown', async () => {
  const till = await new Till().signIn()
  await till.sale()
  till.acquirer.weather = ['lost answer', 'not connected']
  await till.refund('000000000002')
  await till.refund('000000000002')
  assert.deepEqual([till.outcomes().at(-1), till.store.records.at(-1)?.state], ['refund unresolved', 'unknown'])
})

for (const code of ['77', '99', 'A0'])
  test(`${code} to the repeat of a refund leaves it unknown and demands a sign-in: nobody looked at it`, async () => {
    const till = await new Till().signIn()
    await till.sale()
    till.acquirer.weather = ['lost answer']
    await till.refund('000000000002')
    till.acquirer.script = [() => ({ resultCode: code })]
    await till.refund('000000000002')
    assert.deepEqual([till.outcomes().at(-1), till.store.records.at(-1)?.state], ['refund unresolved', 'unknown'])
    assert.equal(till.store.signedIn, false)
  })

test('another refund is a new one', async () => {
  const till = await new Till().signIn()
  await till.sale()
  till.acquirer.weather = ['lost answer']
  await till.refund('000000000002', '100')
  await till.refund('000000000002', '200')
  assert.deepEqual(till.sent().slice(2), ['refund 000003', 'refund 000004'])
})
