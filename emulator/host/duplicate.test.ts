import assert from 'node:assert/strict'
import { test } from 'node:test'
import { yuan } from '../values/amount.ts'
import { Secret } from '../values/secret.ts'
import { alice, bob, embedded, type Sold, Till } from './test-till.ts'

/** The same request again. */
const repeat = (till: Till, { request }: Sold, extra: object = {}) => {
  const { terminalId: _, merchantId: __, ...same } = request
  return till.ask({ ...same, ...extra })
}

for (const [dupMode, code] of [
  ['decline', '94'],
  ['replay', '00'],
  ['flag', '00'],
  ['silent', 'none'],
] as const)
  test(`dupMode ${dupMode}: repeats of sale, void and refund are answered ${code} and move no money`, async () => {
    const host = await embedded({ knobs: { dupMode } })
    const till = await Till.at(host)
    const sold = await till.sale(alice, yuan(88_00n))
    const voided = await till.void(await till.sale(alice, yuan(5_00n)))
    const refunded = await till.refund(sold, yuan(8_00n), { operator: '01' })
    const before = (await host.control.ledger()).postings
    for (const first of [sold, voided, refunded]) {
      assert.equal(first.code, '00')
      const answer = await repeat(till, first)
      assert.equal(answer.code, code)
      if (code === '00')
        assert.deepEqual([answer.fields.reference, answer.fields.amount], [first.fields.reference, first.fields.amount])
    }
    assert.deepEqual((await host.control.ledger()).postings, before)
  })

test('a repeat after a new sign-in and with another PIN is still one', async () => {
  const till = await Till.at(await embedded())
  const sold = await till.sale(alice, yuan(1_00n), { pin: new Secret('123456') })
  await till.signIn()
  assert.equal((await repeat(till, sold, { pin: new Secret('999999') })).code, '94')
})

test('a key that is used for another amount, card or type is refused with 94 under every dupMode', async () => {
  for (const dupMode of ['decline', 'replay', 'flag', 'silent'] as const) {
    const till = await Till.at(await embedded({ knobs: { dupMode } }))
    const sold = await till.sale(alice, yuan(1_00n))
    assert.equal((await repeat(till, sold, { amount: yuan(2_00n) })).code, '94')
    assert.equal((await till.sale(bob, yuan(1_00n), { trace: sold.request.trace ?? '' })).code, '94')
    assert.equal((await till.void(sold, { trace: sold.request.trace ?? '' })).code, '94')
    assert.equal(await till.balance(alice), 999_00n)
  }
})

test('the repeat of a declined sale is not approved, though the money is there by now', async () => {
  const till = await Till.at(await embedded({ knobs: { dupMode: 'replay' } }))
  const spent = await till.sale(bob, yuan(450_00n))
  const declined = await till.sale(bob, yuan(100_00n))
  await till.void(spent)
  assert.deepEqual([declined.code, (await repeat(till, declined)).code], ['51', '51'])
})

test('an approval that was reversed since is not given again', async () => {
  const till = await Till.at(await embedded({ knobs: { dupMode: 'replay' } }))
  const sold = await till.sale(alice, yuan(1_00n))
  await till.reverse(sold)
  assert.equal((await repeat(till, sold)).code, '94')
})

test('the answer is known again after a restart of the host', async () => {
  const host = await embedded()
  const till = await Till.at(host)
  const sold = await till.sale(alice, yuan(1_00n))
  await host.control.fail('restart')
  assert.equal((await repeat(till, sold)).code, '94')
  assert.equal(await till.balance(alice), 999_00n)
})

test('replayMemory: after it a first answer is not given again, and still nothing is charged', async () => {
  const host = await embedded({ knobs: { dupMode: 'replay', replayMemory: { minutes: 5 } } })
  const till = await Till.at(host)
  const sold = await till.sale(alice, yuan(1_00n))
  assert.equal((await repeat(till, sold)).code, '00')
  await host.control.advanceClock({ seconds: 400 })
  assert.equal((await repeat(till, sold)).code, '94')
  assert.equal(await till.balance(alice), 999_00n)
})

test('replayMemory by commands: a first answer is given again until more than that many have followed it', async () => {
  const host = await embedded({ knobs: { dupMode: 'replay', replayMemory: { commands: 2 } } })
  const till = await Till.at(host)
  const sold = await till.sale(alice, yuan(1_00n))
  for (const more of [1_01n, 1_02n]) {
    await till.sale(alice, yuan(more))
    assert.equal((await repeat(till, sold)).code, '00')
  }
  await till.sale(alice, yuan(1_03n))
  assert.equal((await repeat(till, sold)).code, '94')
})

test('two equal sales are two, unless the host suspects such sales', async () => {
  for (const [dupKey, code] of [
    ['exact', '00'],
    ['suspected', '94'],
  ] as const) {
    const host = await embedded({ knobs: { dupKey, dupWindow: { minutes: 5 } } })
    const till = await Till.at(host)
    await till.sale(alice, yuan(1_00n))
    assert.equal((await till.sale(alice, yuan(1_00n))).code, code)
    assert.equal((await till.sale(alice, yuan(1_01n))).code, '00')
    await host.control.advanceClock({ seconds: 600 })
    assert.equal((await till.sale(alice, yuan(1_00n))).code, '00')
  }
})

test('a crash before the answer leaves the posting, which repeat and reversal then find', async () => {
  const host = await embedded()
  const till = await Till.at(host)
  await host.control.fail('crash before answering')
  const lost = await till.sale(alice, yuan(1_00n))
  assert.equal(lost.code, 'none')
  assert.equal((await repeat(till, lost)).code, '94')
  assert.equal((await till.reverse(lost)).code, '00')
  assert.equal(await till.balance(alice), 1_000_00n)
})
