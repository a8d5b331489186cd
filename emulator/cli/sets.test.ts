import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Profile } from '../profile/profile.ts'
import { checkedProfile } from './profile.ts'
import { firstSetOf } from './sets.ts'

/** The reference profile, with its two sets of terminals, for somebody's own acquirer. */
async function foreign(without: readonly string[] = []): Promise<Profile> {
  const profile = await checkedProfile()
  return {
    ...profile,
    endpoint: new URL('tcp://127.0.0.1:8583'),
    supports: new Set([...profile.supports].filter(flag => !without.includes(flag))),
  }
}

const quiet = ['control-day', 'control-clock', 'control-fault']

test('our own host is another one for each worker, so all use the same terminals', async () => {
  assert.equal(firstSetOf(await checkedProfile(), { parallel: 9, shard: { index: 7, of: 9 }, acquirer: 'shared' }), 1)
})

test('shards that meet at one acquirer use sets of their own', async () => {
  const profile = await foreign(quiet)
  const setOf = (index: number): number => firstSetOf(profile, { parallel: 1, shard: { index, of: 2 }, acquirer: 'shared' })
  assert.deepEqual([setOf(1), setOf(2)], [1, 2])
})

test('too few sets for the shards at one acquirer are said before anything is sent', async () => {
  const shard = { index: 1, of: 2 }
  const profile = await foreign(quiet)
  assert.throws(
    () => firstSetOf(profile, { parallel: 2, shard, acquirer: 'shared' }),
    /2 shards of 2 workers .* need 4 sets .* has 2/,
  )
  assert.throws(() => firstSetOf(profile, { parallel: 3, acquirer: 'shared' }), /--parallel 3 needs 3 sets of terminals/)
})

for (const flag of quiet)
  test(`a shard may not use ${flag} under the others, unless each has an acquirer of its own`, async () => {
    const shard = { index: 2, of: 2 }
    const profile = await foreign(quiet.filter(one => one !== flag))
    const disturbing = new RegExp(`would disturb each other: .* claims ${flag}`)
    assert.throws(() => firstSetOf(profile, { parallel: 1, shard, acquirer: 'shared' }), disturbing)
    assert.equal(firstSetOf(profile, { parallel: 2, shard, acquirer: 'own' }), 1)
  })
