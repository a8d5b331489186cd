import { feltByAll } from '../bench/office.ts'
import type { Profile } from '../profile/profile.ts'
import { UsageError } from './complaint.ts'
import type { Shard } from './shard.ts'

/** `acquirer`: whether the shards of a run meet at one acquirer, or each has its own. */
type Sharing = Readonly<{ parallel: number; shard?: Shard; acquirer: 'shared' | 'own' }>

/**
 * The set of terminals and cards that the first worker of a run uses. No two workers may use the same set of one acquirer, on whichever
 * machine they are. Our own host is another one for each worker.
 *
 * @throws UsageError when there are too few sets, or when shards would disturb each other
 */
export function firstSetOf(profile: Profile, { parallel, shard, acquirer }: Sharing): number {
  if (profile.endpoint === undefined) return 1
  const sets = new Set(profile.merchants.flatMap(({ terminals }) => terminals.map(({ set }) => set))).size
  if (parallel > sets)
    throw new UsageError(
      `--parallel ${parallel} needs ${parallel} sets of terminals; ${profile.name} has ${sets}`,
      'Give the profile more sets, or use fewer workers.',
    )
  if (shard === undefined || acquirer === 'own') return 1
  if (parallel * shard.of > sets)
    throw new UsageError(
      `${shard.of} shards of ${parallel} ${parallel === 1 ? 'worker' : 'workers'} at one acquirer need ${parallel * shard.of} sets of terminals; ${profile.name} has ${sets}`,
      'Give the profile more sets, use fewer shards, or say --acquirer own if each shard has an acquirer of its own.',
    )
  const moves = feltByAll.find(flag => profile.supports.has(flag))
  if (moves !== undefined)
    throw new UsageError(
      `shards at one acquirer would disturb each other: ${profile.name} claims ${moves}`,
      `Take ${moves} out of \`supports\`, or say --acquirer own if each shard has an acquirer of its own.`,
    )
  return (shard.index - 1) * parallel + 1
}
