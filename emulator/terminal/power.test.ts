import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Weather } from './model-acquirer.ts'
import { PowerCut } from './store.ts'
import { li, Till, wang } from './till.ts'

type Deed = 'sale' | 'sale of Li' | 'void' | 'refund' | 'settle' | 'sign in' | 'sign off' | 'inquire' | 'reverse'
const deeds: readonly Deed[] = ['sale', 'sale of Li', 'void', 'refund', 'settle', 'sign in', 'sign off', 'inquire', 'reverse']

async function perform(till: Till, deed: Deed): Promise<void> {
  const sold = till.store.records.findLast(
    ({ operation, state, settled }) => operation === 'sale' && state === 'approved' && !settled,
  )
  switch (deed) {
    case 'sale':
      return till.sale('8800', wang)
    case 'sale of Li':
      return till.sale('100', li)
    case 'void':
      return sold && till.void(sold.trace, sold.card.pan.equals(li.pan) ? li : wang)
    case 'refund':
      return till.refund(sold?.reference ?? '999999999999', '1')
    case 'settle':
      return till.settle()
    case 'sign in':
      await till.signIn()
      return
    case 'sign off':
      return till.keys('sign off')
    case 'reverse':
      return till.keys('reverse')
    case 'inquire':
      await till.keys('inquire')
      await till.terminal.present({ entry: 'keyed', pan: wang.pan, expiry: '3312' })
      return till.keys('123456', 'enter')
  }
}

/** Counts the points at which power can fail, and makes it fail at the one asked for. */
function cutAt(till: Till, wanted: number): { readonly points: string[] } {
  const points: string[] = []
  till.store.cut = point => {
    points.push(point)
    if (points.length - 1 === wanted) throw new PowerCut(point)
  }
  return { points }
}

/** After a good sign-in and whatever is due being sent, terminal and acquirer must agree on every fen. */
async function settledUp(till: Till): Promise<void> {
  till.store.cut = undefined
  till.acquirer.weather = []
  await till.terminal.powerUp()
  // A dialog that a key left half way is left with cancel.
  await till.keys('cancel')
  await till.signIn()
  await till.keys('reverse')
}

/** What the terminal holds to be true, minor units: every sale that stands, less every refund. A refund without an answer may stand or not. */
function believed(till: Till): bigint {
  const sum = (operation: string) =>
    till.store.records
      .filter(record => record.operation === operation && record.state === 'approved')
      .reduce((total, { amount }) => total + amount.minor, 0n)
  return sum('sale') - sum('refund')
}

const unknown = (till: Till): bigint =>
  till.store.records.filter(({ state }) => state === 'unknown').reduce((sum, { amount }) => sum + amount.minor, 0n)

function agrees(till: Till, says: string): void {
  const slack = believed(till) - till.acquirer.position
  assert.ok(
    slack >= 0n && slack <= unknown(till),
    `${says}: the terminal believes ${believed(till)}, the acquirer has ${till.acquirer.position}`,
  )
  assert.deepEqual(till.store.due, [], says)
  const began = till.facts.filter(fact => fact.is === 'operation began').length
  const ended = till.facts.filter(fact => fact.is === 'outcome').length
  assert.equal(ended, began, `${says}: every operation has exactly one end`)
}

/** Signed in, one sale made; before a reversal, another one that got no answer. */
async function ready(deed?: Deed, fault?: string): Promise<Till> {
  const till = await new Till(fault === undefined ? {} : { fault }).signIn()
  await till.sale()
  if (deed !== 'reverse') return till
  till.acquirer.weather = ['lost answer']
  await till.sale('4200', li)
  return till
}

async function pointsOf(deed: Deed, weather: Weather): Promise<readonly string[]> {
  const till = await ready(deed)
  till.acquirer.weather = [weather]
  const { points } = cutAt(till, -1)
  await perform(till, deed)
  return points
}

/** Does it once for every point, cutting the power there. */
async function survives(deed: Deed, weather: Weather, fault?: string): Promise<void> {
  const points = await pointsOf(deed, weather)
  assert.ok(points.length >= 2, 'there is something to cut')
  for (const [at, point] of points.entries()) {
    const till = await ready(deed, fault)
    till.acquirer.weather = [weather]
    cutAt(till, at)
    await perform(till, deed)
    assert.equal(till.terminal.state().at, 'off', point)
    await settledUp(till)
    agrees(till, `${deed}, ${weather}, cut ${point} (${at})`)
  }
}

for (const deed of deeds)
  for (const weather of ['fine', 'lost answer', 'lost request', 'not connected'] as const)
    test(`${deed}, ${weather}: wherever the power fails, one end and no fen is lost`, () => survives(deed, weather))

for (const fault of ['forgets the reversal at restart', 'forgets the batch at restart', 'marks voided before the answer'])
  test(`a terminal that ${fault} loses money in a power cut`, async () => {
    await assert.rejects(async () => {
      for (const deed of ['sale', 'void'] as const)
        for (const weather of ['fine', 'lost answer'] as const) await survives(deed, weather, fault)
    })
  })

test('any day at the till, with any weather and power cuts anywhere, ends with books that agree', async () => {
  const anyDeed = fc.record({
    deed: fc.constantFrom(...deeds.filter(deed => deed !== 'settle')),
    weather: fc.array(fc.constantFrom<Weather>('fine', 'fine', 'lost request', 'lost answer', 'not connected'), { maxLength: 4 }),
    cut: fc.option(fc.nat(14), { nil: -1 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(anyDeed, { maxLength: 6 }), async day => {
      const till = await ready()
      for (const { deed, weather, cut } of day) {
        till.acquirer.weather = [...weather]
        cutAt(till, cut)
        await perform(till, deed)
        till.store.cut = undefined
        if (till.terminal.state().at === 'off') await till.terminal.powerUp()
        if (!till.store.signedIn) {
          till.acquirer.weather = []
          await till.signIn()
        }
      }
      await settledUp(till)
      agrees(till, 'at the end of the day')
    }),
    { numRuns: 60, seed: 20_260_726 },
  )
})

test('a restart without power lost shows nothing but that it is ready', async () => {
  const till = await ready()
  await till.terminal.powerUp()
  assert.deepEqual(till.terminal.shows(), ['欢迎使用 READY'])
})

for (const point of ['before leave unknown', 'after leave unknown', 'before end shown', 'after end shown'])
  test(`power that fails again ${point}, while the terminal comes back, changes nothing about the end`, async () => {
    const till = await ready()
    await powerFails(till, 'after exchange', () => perform(till, 'refund'))
    await powerFails(till, point, () => till.terminal.powerUp())
    assert.equal(till.terminal.state().at, 'off', point)
    await till.terminal.powerUp()
    assert.deepEqual(
      till.outcomes().filter(outcome => outcome.startsWith('refund')),
      ['refund unresolved'],
    )
    assert.equal(till.store.records.at(-1)?.state, 'unknown')
  })

async function powerFails(till: Till, at: string, during: () => Promise<void>): Promise<void> {
  till.store.cut = point => {
    if (point === at) throw new PowerCut(point)
  }
  await during()
  till.store.cut = undefined
}

test('a key pressed while the power is off does nothing', async () => {
  const till = await ready()
  till.terminal.cutPower()
  await till.sale()
  assert.equal(till.sent().length, 2)
  assert.deepEqual(till.terminal.shows(), [])
})
