import assert from 'node:assert/strict'
import { test } from 'node:test'
import { where } from '../where.ts'
import { loadProfile } from './load.ts'

test('the reference profile is good, and has two sets of terminals and people who each have one card in a set', async () => {
  const profile = await loadProfile(where.referenceProfile)
  const sets = new Set(profile.merchants.flatMap(({ terminals }) => terminals.map(({ set }) => set)))
  assert.deepEqual([...sets].sort(), [1, 2])
  const holders = (set: number): readonly string[] => profile.cards.filter(card => card.set === set).map(({ holder }) => holder)
  assert.ok(holders(1).length >= 2)
  assert.deepEqual([...holders(2)].sort(), [...holders(1)].sort(), 'whoever pays in one set pays in the other')
})
