import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { where } from '../where.ts'
import { openLaboratory } from './laboratory.ts'
import { Day, type Deed, holders, ways } from './power-cut-day.ts'
import { type Cut, points } from './power-cut-plug.ts'
import { differences } from './power-cut-reckoning.ts'
import { type Setup, Shop } from './power-cut-shop.ts'

const laboratory = await openLaboratory({
  profile: where.referenceProfile,
  seed: 'power cuts',
  driver: 'direct',
  waiting: 'skip',
})
after(() => laboratory.close())

const seed = Number(process.env.POWER_CUT_SEED ?? 20_260_601)

const trouble = fc.record({
  fault: fc.constantFrom(
    'loses the reply',
    'loses the request',
    'cuts after sending',
    'cuts before sending',
    'cuts before the request is whole',
    'cuts before the reply is whole',
    'refuses the connection',
    'delivers the request twice',
  ),
  times: fc.integer({ min: 1, max: 4 }),
})
const holder = fc.constantFrom(...holders)
const fen = fc.constantFrom('1', '4200', '8800', '123456')
const which = fc.nat(7)
const what = fc.oneof(
  { weight: 7, arbitrary: fc.record({ do: fc.constant('sale'), holder, fen, way: fc.constantFrom(ways[0], ways[0], ...ways) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('void'), which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('refund'), which, fen }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('inquire'), holder }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('settle', 'settle', 'reverse', 'sign in', 'sign off', 'echo', 'repeat refund'),
    }),
  },
)
/** The acquirer has changed the session, and the till does not know. */
const outOfStep: fc.Arbitrary<Deed> = fc.record({
  do: fc.constantFrom('sign in', 'sign off'),
  trouble: fc.constant({ fault: 'loses the reply', times: 1 } as const),
})
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(what, fc.option(trouble, { freq: 3 }))
      .map(([done, spoilt]) => (spoilt === null ? done : { ...done, trouble: spoilt })),
  },
  { weight: 1, arbitrary: outOfStep },
)
const cut: fc.Arbitrary<Cut> = fc.record({ at: fc.constantFrom(...points), after: fc.nat(120) })
const day = fc.record({
  deeds: fc.array(deed, { minLength: 5, maxLength: 30 }),
  cuts: fc.array(cut, { minLength: 1, maxLength: 8 }),
  totals: fc.constantFrom('net', 'gross'),
  repeats: fc.constantFrom('replay', 'decline'),
})

async function survives(deeds: readonly Deed[], cuts: readonly Cut[], setup: Setup): Promise<Shop> {
  const shop = await Shop.open(laboratory, setup, cuts, 'power cuts')
  try {
    const cashier = new Day(shop)
    await cashier.spend(deeds)
    await cashier.close()
    const cutAt = shop.plug.pulled.join(', ') || 'nowhere'
    assert.deepEqual(await differences(shop), [], `the power failed ${cutAt}`)
    return shop
  } finally {
    await shop.close()
  }
}

test('whatever is done at the till and wherever the power fails, each purchase is paid once or not at all, as was told', async t => {
  t.diagnostic(`seed ${seed}`)
  const pulled = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(day, async ({ deeds, cuts, totals, repeats }) => {
      const shop = await survives(deeds, cuts, { wire: 'memory', totals, repeats } as Setup)
      for (const point of shop.plug.pulled) pulled.set(point, (pulled.get(point) ?? 0) + 1)
    }),
    { numRuns: 300, seed },
  )
  t.diagnostic([...pulled].map(([point, times]) => `${point} ${times}`).join(', '))
  assert.deepEqual(
    points.filter(point => !pulled.has(point)),
    [],
    'the power has failed at every kind of point',
  )
})
