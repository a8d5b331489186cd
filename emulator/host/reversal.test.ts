import assert from 'node:assert/strict'
import { test } from 'node:test'
import { yuan } from '../values/amount.ts'
import type { Message } from '../values/message.ts'
import { alice, bob, embedded, keyed, type Sold, Till } from './test-till.ts'

const fresh = async (knobs = {}) => {
  const host = await embedded({ knobs })
  return { host, till: await Till.at(host), other: await Till.at(host, 'T0000002') }
}

/** Settles the only sale of a batch. */
async function close(till: Till, sale: bigint): Promise<void> {
  await till.settle({ debitCount: 1, debit: yuan(sale) })
  assert.equal((await till.end(true)).code, '00')
  till.batch = '000002'
}

/** The request with another field 61. */
const naming =
  (batch: string, trace: string) =>
  ({ mti, fields }: Message): Message => ({
    mti,
    fields: { ...fields, original: batch + trace, originalBatch: batch, originalTrace: trace },
  })

test('each reversal of one sale is acknowledged, and one takes effect', async () => {
  const { till } = await fresh()
  const sold = await till.sale(alice, yuan(88_00n))
  assert.deepEqual([(await till.reverse(sold)).code, (await till.reverse(sold)).code], ['00', '00'])
  assert.equal(await till.balance(alice), 1_000_00n)
})

for (const [revUnknown, code] of [
  ['not-found', '25'],
  ['ack', '00'],
] as const)
  test(`revUnknown ${revUnknown}: a reversal of nothing is answered ${code}, and its sale is refused when it comes late`, async () => {
    const { till } = await fresh({ revUnknown })
    const request = { operation: 'sale', trace: '000777', batch: '000001', amount: yuan(1_00n), card: keyed(alice) } as const
    const never: Sold = {
      mti: 'none',
      code: 'none',
      fields: {},
      request: { ...request, terminalId: 'T0000001', merchantId: 'M00000000000001' },
    }
    assert.equal((await till.reverse(never)).code, code)
    assert.equal((await till.ask(request)).code, '22')
    assert.equal(await till.balance(alice), 1_000_00n)
  })

/** Situation, code, whether the sale is still charged afterwards. */
const situations: readonly (readonly [string, string, bigint, (till: Till, other: Till) => Promise<Sold>])[] = [
  ['of another amount', '64', 912_00n, async till => till.reverse(await till.sale(alice, yuan(88_00n)), { amount: yuan(1n) })],
  ['from another terminal', '25', 912_00n, async (till, other) => other.reverse(await till.sale(alice, yuan(88_00n)))],
  [
    'with another card',
    '14',
    912_00n,
    async till => till.reverse(await till.sale(alice, yuan(88_00n), { card: keyed(alice) }), { card: keyed(bob) }),
  ],
  ['of a declined sale', '12', 1_000_00n, async till => till.reverse(await till.sale(alice, yuan(8_888_00n)))],
  [
    'of a voided sale',
    '25',
    1_000_00n,
    async till => {
      const sold = await till.sale(alice, yuan(88_00n))
      await till.void(sold)
      return till.reverse(sold)
    },
  ],
  [
    'of a settled sale',
    '22',
    912_00n,
    async till => {
      const sold = await till.sale(alice, yuan(88_00n))
      await close(till, 88_00n)
      return till.reverse(sold)
    },
  ],
  [
    'of a refund',
    '25',
    913_00n,
    async till => till.reverse(await till.refund(await till.sale(alice, yuan(88_00n)), yuan(1_00n), { operator: '01' })),
  ],
]
for (const [says, code, balance, act] of situations)
  test(`a reversal ${says} is answered ${code} and has no effect`, async () => {
    const { till, other } = await fresh()
    assert.equal((await act(till, other)).code, code)
    assert.equal(await till.balance(alice), balance)
  })

test('a reversed void leaves a sale that can be voided anew, and either content of field 61 names it', async () => {
  const { till } = await fresh()
  const sold = await till.sale(alice, yuan(88_00n))
  const own = await till.void(sold)
  assert.equal((await till.reverse(own)).code, '00')
  const again = await till.void(sold)
  const { batch, trace = '' } = sold.request
  assert.equal((await till.reverse(again, { bend: naming(batch, trace) })).code, '00')
  assert.equal(await till.balance(alice), 912_00n)
  const third = await till.void(sold)
  assert.equal((await till.reverse(third, { bend: naming(batch, '000999') })).code, '25')
})

test('a reversal is matched in the batch that it names, also after another sign-in', async () => {
  const { host, till } = await fresh()
  const sold = await till.sale(alice, yuan(88_00n))
  await till.settle({ debitCount: 1, debit: yuan(88_00n) })
  await till.signIn()
  assert.equal((await till.reverse(sold)).code, '00')
  assert.deepEqual(
    (await host.control.ledger()).transactions.map(one => one.state),
    ['reversed'],
  )
})
