import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dialectById } from '../dialects/index.ts'
import { yuan } from '../values/amount.ts'
import type { Message } from '../values/message.ts'
import { Pan } from '../values/pan.ts'
import { Secret } from '../values/secret.ts'
import type { Host } from './host.ts'
import { alice, bob, embedded, keyed, nobody, type Sold, swiped, Till } from './test-till.ts'

const bent =
  (fields: Record<string, string | undefined>) =>
  (message: Message): Message => {
    const all = Object.entries({ ...message.fields, ...fields }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    )
    return { mti: message.mti, fields: Object.fromEntries(all) }
  }
const one = yuan(1_00n)

/** What is wrong with a sale, the code that it gets, and how to make it so. */
const refused: readonly (readonly [says: string, code: string, act: (till: Till, host: Host) => Promise<Sold>])[] = [
  ['an unknown processing code', '40', till => till.sale(alice, one, { bend: bent({ processingCode: '990000' }) })],
  ['an operation that this host has not', '40', till => till.ask({ operation: 'preauth', amount: one, card: swiped(alice) })],
  ['an unknown terminal', '97', till => till.sale(alice, one, { terminalId: 'T0000009' })],
  ['an unknown merchant', '03', till => till.sale(alice, one, { merchantId: 'M00000000000009' })],
  ['a merchant of another terminal', '97', till => till.sale(alice, one, { merchantId: 'M00000000000002' })],
  [
    'a blocked terminal',
    '97',
    async (till, host) => {
      await host.control.setTerminal('T0000001', 'blocked')
      return till.sale(alice, one)
    },
  ],
  [
    'a terminal that has signed off',
    '77',
    async till => {
      await till.ask({ operation: 'signOff' })
      return till.sale(alice, one)
    },
  ],
  ['a wrong MAC', 'A0', till => till.sale(alice, one, { mac: '3030303030303030' })],
  ['no MAC', 'A0', till => till.sale(alice, one, { mac: 'absent' })],
  [
    'the MAC key from before the last sign-in',
    'A0',
    async till => {
      const old = till.keys
      await till.signIn()
      return till.sale(alice, one, { ...(old && { key: old }) })
    },
  ],
  ['no currency', '30', till => till.sale(alice, one, { bend: bent({ currency: undefined }) })],
  ['no entry mode', '30', till => till.sale(alice, one, { bend: bent({ entryMode: undefined }) })],
  ['no card', '30', till => till.sale(alice, one, { bend: bent({ track2: undefined }) })],
  ['the trace number zero', '30', till => till.sale(alice, one, { trace: '000000' })],
  ['two cards', '30', till => till.sale(alice, one, { bend: bent({ pan: bob.reveal() }) })],
  ['an earlier batch', '77', till => till.sale(alice, one, { batch: '000009' })],
  ['a card that nobody issued', '14', till => till.sale(nobody, one)],
  ['a card that is not in the book', '14', till => till.sale(new Pan('6200019999800019'), one)],
  [
    'a stopped card',
    '62',
    async (till, host) => {
      await host.control.setCard(alice.masked, 'stopped')
      return till.sale(alice, one)
    },
  ],
  ['another expiry', '54', till => till.sale(alice, one, { card: keyed(alice, '3011') })],
  ['a wrong PIN', '55', till => till.sale(alice, one, { pin: new Secret('654321') })],
  [
    'a PIN block under no key of ours',
    '99',
    till => till.sale(alice, one, { pin: new Secret('123456'), bend: bent({ pinBlock: '0123456789ABCDEF' }) }),
  ],
  ['no amount', '13', till => till.sale(alice, yuan(0n))],
  ['an absurd amount', '13', till => till.sale(alice, yuan(999_999_999_999n))],
  ['another currency', '13', till => till.sale(alice, one, { bend: bent({ currency: '840' }) })],
  ['more than the funds', '51', till => till.sale(alice, yuan(1_000_01n))],
  [
    'an issuer that is away',
    '91',
    async (till, host) => {
      await host.control.fail('issuer away')
      return till.sale(alice, one)
    },
  ],
]
for (const [says, code, act] of refused)
  test(`a sale with ${says} is refused with ${code}; nothing is posted and the next one goes well`, async () => {
    const host = await embedded()
    const till = await Till.at(host)
    const before = (await host.control.ledger()).postings
    assert.equal((await act(till, host)).code, code)
    assert.deepEqual((await host.control.ledger()).postings, before)
    await host.control.setTerminal('T0000001', 'active')
    await host.control.setCard(alice.masked, 'active')
    await host.control.fail('issuer back')
    await till.signIn()
    assert.equal((await till.sale(alice, one)).code, '00')
  })

test('every fund can be spent to the last fen', async () => {
  const till = await Till.at(await embedded())
  assert.equal((await till.sale(alice, yuan(1_000_00n), { pin: new Secret('123456') })).code, '00')
  assert.equal(await till.balance(alice), 0n)
})

test('after three wrong PINs a card takes no more, a right one before wipes the count', async () => {
  const till = await Till.at(await embedded())
  const pay = async (pin: string) => (await till.sale(alice, one, { pin: new Secret(pin) })).code
  for (const _ of [1, 2]) assert.equal(await pay('000000'), '55')
  assert.equal(await pay('123456'), '00')
  for (const _ of [1, 2, 3]) assert.equal(await pay('000000'), '55')
  assert.equal(await pay('123456'), '75')
})

test('an echo test is answered and changes nothing, and needs no sign-in', async () => {
  const host = await embedded()
  const till = new Till(frame => host.answer(frame))
  const before = await host.control.ledger()
  assert.equal((await till.ask({ operation: 'echo' })).code, '00')
  const after = await host.control.ledger()
  assert.deepEqual({ ...after, clock: '' }, { ...before, clock: '' })
})

for (const settings of [
  { signInKeys: '001' },
  { macKey: '16' },
  { signInKeys: '004', trackEncryption: true },
  { pinBlock: 'without PAN' },
  { mac: 'x9.19', macKey: '16' },
  {
    macOnDeclines: 'never',
    approvalCode: 'sometimes',
    field60Length: 17,
    resultCodeInSettlement: '00',
    acquirerIdInSignIn: 'absent',
  },
] as const)
  test(`a till and the host understand each other under ${JSON.stringify(settings)}`, async () => {
    const speaks = dialectById('unionpay-pos', settings)
    const till = await Till.at(await embedded({ dialect: speaks }), 'T0000001', 'M00000000000001', speaks)
    const sold = await till.sale(alice, one, { pin: new Secret('123456') })
    assert.equal(sold.code, '00')
    assert.equal((await till.sale(alice, one, { pin: new Secret('654321') })).code, '55')
    assert.equal((await till.void(sold, { pin: new Secret('123456') })).code, '00')
    assert.equal((await till.sale(bob, one, { mac: '3030303030303030' })).code, 'A0')
    const settled = await till.settle({ debitCount: 1, debit: one, creditCount: 1, credit: one })
    assert.deepEqual([settled.fields.domesticResult, settled.code], ['1', speaks.settings.resultCodeInSettlement])
  })

test('two hosts with one seed say the same, another seed other keys and references', async () => {
  const say = async (seed: string) => {
    const till = await Till.at(await embedded({ seed }))
    return [till.keys?.mac.reveal(), JSON.stringify((await till.sale(alice, one)).fields)]
  }
  assert.deepEqual(await say('a'), await say('a'))
  assert.notEqual((await say('a'))[0], (await say('b'))[0])
})

test('every cut of a good frame is refused or closes the line, and never crashes', async () => {
  const host = await embedded()
  const till = await Till.at(host)
  const frames: Uint8Array[] = []
  const tap = new Till(async frame => {
    frames.push(frame)
    return undefined
  })
  if (till.keys) tap.keys = till.keys
  await tap.sale(alice, one)
  const [frame = new Uint8Array()] = frames
  for (let length = 0; length < frame.length; length += 1) {
    const answer = await host.answer(frame.slice(0, length))
    if (answer) assert.notEqual((await host.control.ledger()).transactions.length, 1)
  }
  for (let at = 0; at < frame.length; at += 1) {
    const flipped = frame.slice()
    flipped[at] = (flipped[at] ?? 0) ^ 0xff
    await host.answer(flipped)
  }
  const posted = (await host.control.ledger()).transactions.filter(transaction => transaction.state === 'posted')
  assert.ok(posted.length <= 1, 'what the MAC does not cover, length and header, may differ: that is one sale')
})
