import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Entry, OfficeDeed } from '../../journal/entry.ts'
import { ladderOf } from '../ladder.ts'
import { drawDeed } from './ladder.ts'
import { StandIn, standInDocument } from './stand-in.ts'

const page = standInDocument('{}')

const deed = (more: Partial<OfficeDeed>): Entry => ({
  id: 'x:1#1',
  atMicros: 0,
  is: 'office',
  role: 'tested',
  merchantId: 'M00000000000001',
  by: 'clerk',
  act: 'asked for a void',
  about: 2,
  request: 1,
  reason: 'rung up twice',
  saw: 'awaiting approval',
  says: ['Awaits approval'],
  ...more,
})

test('every merchant’s back office has a lifeline of its own', () => {
  const { lanes, rungs } = ladderOf([deed({}), deed({ merchantId: 'M00000000000002' }), deed({ act: 'followed' })])
  assert.deepEqual(
    lanes.map(({ name, merchantId }) => `${name} ${merchantId}`),
    ['the back office M00000000000001', 'the back office M00000000000002'],
  )
  assert.deepEqual(
    rungs.map(rung => rung.rung === 'office' && rung.lane),
    [0, 1, 0],
  )
})

test('a deed is drawn with who, what, why, what came of it, and the words of the page', () => {
  const [rung] = ladderOf([deed({})]).rungs
  const drawn = rung?.rung === 'office' ? drawDeed(page, rung) : assert.fail('no rung')
  assert.ok(drawn instanceof StandIn)
  for (const word of ['the clerk asked for a void', 'rung up twice', 'awaiting approval', 'tested', 'Awaits approval'])
    assert.ok(drawn.textContent.includes(word), word)
})
