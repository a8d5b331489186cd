import assert from 'node:assert/strict'
import { test } from 'node:test'
import { yuan } from '../values/amount.ts'
import type { HostOptions } from './host.ts'
import { alice, bob, embedded, nobody, type Sold, swiped, Till } from './test-till.ts'

const by = { operator: '01' } as const

async function bench(more: Partial<HostOptions> = {}) {
  const host = await embedded(more)
  const till = await Till.at(host)
  return { host, till, sold: await till.sale(alice, yuan(88_00n)) }
}

const knobs: readonly (readonly [string, Partial<HostOptions>, bigint, string, bigint])[] = [
  ['refundBeforeSettle refund', { knobs: { refundBeforeSettle: 'refund' } }, 8_00n, '00', 920_00n],
  ['refundBeforeSettle refuse', { knobs: { refundBeforeSettle: 'refuse' } }, 8_00n, '12', 912_00n],
  ['refundBeforeSettle convert-to-void', { knobs: { refundBeforeSettle: 'convert-to-void' } }, 88_00n, '00', 1_000_00n],
  ['convert-to-void of a part', { knobs: { refundBeforeSettle: 'convert-to-void' } }, 8_00n, '12', 912_00n],
  ['refundCeil 115', { knobs: { refundCeil: { percent: 115 } } }, 101_20n, '00', 1_013_20n],
  ['refundCeil 115 and a fen more', { knobs: { refundCeil: { percent: 115 } } }, 101_21n, '61', 912_00n],
  ['no partial refunds', { supports: new Set(['refund', 'balance']) }, 8_00n, '13', 912_00n],
  ['no refunds', { supports: new Set(['balance']) }, 88_00n, '58', 912_00n],
  ['no amount', {}, 0n, '13', 912_00n],
]
for (const [says, options, fen, code, balance] of knobs)
  test(`${says}: a refund of ${fen} fen on ¥88.00 is answered ${code}`, async () => {
    const { till, sold } = await bench(options)
    assert.equal((await till.refund(sold, yuan(fen), by)).code, code)
    assert.equal(await till.balance(alice), balance)
  })

test('a refund that became a void says so, and counts as the void of its sale', async () => {
  const { host, till, sold } = await bench({ knobs: { refundBeforeSettle: 'convert-to-void' } })
  const answer = await till.refund(sold, yuan(88_00n), by)
  assert.match(answer.fields.private63 ?? '', /CONVERTED TO VOID/)
  assert.deepEqual((await host.control.ledger()).postings.at(-1)?.kind, 'void')
})

const refused: readonly (readonly [string, string, (till: Till, sold: Sold, other: Till) => Promise<Sold>])[] = [
  ['to another card', '14', (till, sold) => till.refund(sold, yuan(1_00n), { ...by, card: swiped(bob) })],
  ['under another merchant', '25', (_, sold, other) => other.refund(sold, yuan(1_00n), by)],
  [
    'of an unknown sale',
    '25',
    (till, sold) => till.refund({ ...sold, fields: { ...sold.fields, reference: '123456789012' } }, yuan(1_00n), by),
  ],
  [
    'of another date',
    '25',
    (till, sold) => till.refund({ ...sold, fields: { ...sold.fields, localDate: '0531' } }, yuan(1_00n), by),
  ],
  [
    'of a voided sale',
    '22',
    async (till, sold) => {
      await till.void(sold)
      return till.refund(sold, yuan(1_00n), by)
    },
  ],
  ['of a declined sale', '12', async till => till.refund(await till.sale(bob, yuan(9_999_00n)), yuan(1_00n), by)],
]
for (const [says, code, act] of refused)
  test(`a refund ${says} is refused with ${code} and credits nobody`, async () => {
    const { host, till, sold } = await bench()
    const answer = await act(till, sold, await Till.at(host, 'T0000003', 'M00000000000002'))
    assert.equal(answer.code, code)
    assert.equal((await host.control.ledger()).postings.filter(posting => posting.kind === 'refund').length, 0)
  })

test('refundWindow: after it a refund is refused', async () => {
  const { host, till, sold } = await bench({ knobs: { refundWindow: { days: 2 } } })
  await host.control.advanceClock({ seconds: 86_400 })
  assert.equal((await till.refund(sold, yuan(1_00n), by)).code, '00')
  await host.control.advanceClock({ seconds: 86_400 })
  assert.equal((await till.refund(sold, yuan(1_00n), by)).code, '12')
})

test('a refund does not ask whether the card has expired', async () => {
  const { host, till, sold } = await bench()
  await host.control.setCard(alice.masked, 'expired')
  assert.equal((await till.refund(sold, yuan(1_00n), by)).code, '00')
})

test('a card that nobody issued gets nothing', async () => {
  const { till } = await bench()
  assert.equal((await till.sale(nobody, yuan(1_00n))).code, '14')
})
