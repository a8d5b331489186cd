import assert from 'node:assert/strict'
import { test } from 'node:test'
import { yuan } from '../values/amount.ts'
import { Secret } from '../values/secret.ts'
import type { HostOptions } from './host.ts'
import { alice, bob, embedded, type Sold, swiped, Till } from './test-till.ts'

type Bench = Readonly<{
  till: Till
  other: Till
  stranger: Till
  sold: Sold
  control: Awaited<ReturnType<typeof embedded>>['control']
}>

/** One sale of ¥88.00 by Alice, and three tills: its own, another of the merchant, one of another merchant. */
async function bench(more: Partial<HostOptions> = {}, pin?: Secret): Promise<Bench> {
  const host = await embedded(more)
  const [till, other, stranger] = await Promise.all([
    Till.at(host),
    Till.at(host, 'T0000002'),
    Till.at(host, 'T0000003', 'M00000000000002'),
  ])
  const sold = await till.sale(alice, yuan(88_00n), pin ? { pin } : {})
  assert.equal(sold.code, '00')
  return { till, other, stranger, sold, control: host.control }
}

const right = new Secret('123456')
const wrong = new Secret('000000')
const from = (sold: Sold, sender: Till) => sender.void(sold)
const naming = ({ till, sold }: Bench, original: object) =>
  till.void(sold, { original: { batch: sold.request.batch, ...sold.request.original, ...original } })

/** Situation, the code of the accept set that stands first, and how to get there. */
const refused: readonly (readonly [says: string, code: string, act: (bench: Bench) => Promise<Sold>])[] = [
  ['another merchant', '25', ({ sold, stranger }) => from(sold, stranger)],
  ['another terminal of the merchant', '25', ({ sold, other }) => from(sold, other)],
  ['another card', '14', ({ till, sold }) => till.void(sold, { card: swiped(bob) })],
  ['a smaller amount', '64', ({ till, sold }) => till.void(sold, { amount: yuan(87_99n) })],
  ['a larger amount', '64', ({ till, sold }) => till.void(sold, { amount: yuan(88_01n) })],
  ['no amount at all', '13', ({ till, sold }) => till.void(sold, { amount: yuan(0n) })],
  ['an unknown reference', '25', bench => naming(bench, { trace: bench.sold.request.trace, reference: '123456789012' })],
  [
    'the trace of another sale',
    '25',
    async bench =>
      naming(bench, { trace: (await bench.till.sale(bob, yuan(1n))).request.trace, reference: bench.sold.fields.reference }),
  ],
  [
    'another approval code',
    '25',
    bench => naming(bench, { trace: bench.sold.request.trace, reference: bench.sold.fields.reference, approvalCode: '000000' }),
  ],
  [
    'no reference',
    '30',
    ({ till, sold }) => till.void(sold, { bend: ({ mti, fields: { reference: _, ...fields } }) => ({ mti, fields }) }),
  ],
  [
    'a sale that is voided',
    '22',
    async ({ till, sold }) => {
      await till.void(sold)
      return till.void(sold)
    },
  ],
  [
    'a sale that was reversed',
    '22',
    async ({ till, sold }) => {
      await till.reverse(sold)
      return till.void(sold)
    },
  ],
  ['a void', '12', async ({ till, sold }) => till.void(await till.void(sold))],
  ['a sale that was declined', '12', async ({ till }) => till.void(await till.sale(bob, yuan(9_999_00n)))],
  [
    'a sale of yesterday',
    '22',
    async ({ till, sold, control }) => {
      await control.closeDay()
      return till.void(sold)
    },
  ],
  [
    'a sale of last night',
    '22',
    async ({ till, sold, control }) => {
      await control.advanceClock({ seconds: 50_000 })
      return till.void(sold)
    },
  ],
  [
    'a sale that was refunded in part',
    '12',
    async ({ till, sold }) => {
      await till.refund(sold, yuan(1n), { operator: '01' })
      return till.void(sold)
    },
  ],
  ['a MAC that is wrong', 'A0', ({ till, sold }) => till.void(sold, { mac: '3030303030303030' })],
  ['no MAC', 'A0', ({ till, sold }) => till.void(sold, { mac: 'absent' })],
  ['another batch number', '77', ({ till, sold }) => till.void(sold, { batch: '000009' })],
]

for (const [says, code, act] of refused)
  test(`a void with ${says} is refused with ${code}, and moves no money`, async () => {
    const ready = await bench()
    const answer = await act(ready)
    assert.equal(answer.code, code)
    const view = await ready.control.ledger()
    const voids = view.transactions.filter(one => one.operation === 'void' && one.reference === answer.fields.reference)
    assert.deepEqual(
      view.postings.filter(posting => voids.some(one => one.id === posting.transaction)),
      [],
    )
  })

test('the PIN of a void is asked for where the sale had one, and must be right', async () => {
  const { till, sold } = await bench({}, right)
  assert.equal((await till.void(sold)).code, '55')
  assert.equal((await till.void(sold, { pin: wrong })).code, '55')
  assert.equal((await till.void(sold, { pin: right })).code, '00')
})

test('a profile that does not claim void-pin lets a void go without', async () => {
  const { till, sold } = await bench({ supports: new Set(['refund']) }, right)
  assert.equal((await till.void(sold)).code, '00')
})

test('voidScope same-merchant takes a void from another terminal of the merchant, not of another one', async () => {
  const { other, stranger, sold } = await bench({ knobs: { voidScope: 'same-merchant' } })
  assert.equal((await stranger.void(sold)).code, '25')
  assert.equal((await other.void(sold)).code, '00')
})

test('voidAmount partial takes voids down to nothing and not below', async () => {
  const { till, sold } = await bench({ knobs: { voidAmount: 'partial' } })
  assert.equal((await till.void(sold, { amount: yuan(80_00n) })).code, '00')
  assert.equal((await till.void(sold, { amount: yuan(8_01n) })).code, '64')
  assert.equal((await till.void(sold, { amount: yuan(8_00n) })).code, '00')
  assert.equal((await till.void(sold, { amount: yuan(1n) })).code, '22')
  assert.equal(await till.balance(alice), 1_000_00n)
})

const windows = [
  ['same-batch', 'same-batch', 400_000, '00'],
  ['hours', { hours: 2 }, 7_000, '00'],
  ['hours', { hours: 2 }, 7_300, '22'],
  ['until the cut-off', { untilCutoff: '11:00' }, 2_000, '00'],
  ['until the cut-off', { untilCutoff: '11:00' }, 3_600, '22'],
  ['days', { days: 2 }, 86_400, '00'],
  ['days', { days: 2 }, 172_800, '22'],
] as const
for (const [says, voidWindow, seconds, code] of windows)
  test(`voidWindow ${says}: a void ${seconds} s after the sale is answered ${code}`, async () => {
    const { till, sold, control } = await bench({ knobs: { voidWindow } })
    await control.advanceClock({ seconds })
    assert.equal((await till.void(sold)).code, code)
  })

test('a card that was stopped or has expired since still gets its void', async () => {
  const { till, sold, control } = await bench()
  await control.setCard(alice.masked, 'expired')
  assert.equal((await till.sale(alice, yuan(1n))).code, '54')
  assert.equal((await till.void(sold)).code, '00')
})

test('the refusal to another merchant looks like the one for an unknown sale', async () => {
  const { sold, stranger } = await bench()
  const foreign = await stranger.void(sold)
  const unknown = await stranger.void(sold, { original: { batch: '000001', trace: '000077', reference: '123456789012' } })
  const shape = ({ fields }: Sold) => ({ ...fields, trace: '', reference: '', localTime: '', mac: '' })
  assert.deepEqual(shape(foreign), shape(unknown))
})
