import { tagExpression } from './certification.ts'
import { UsageError } from './complaint.ts'
import { rulesOf } from './coverage.ts'
import type { Scenarios } from './scenarios.ts'
import { type Place, type Shard, type Share, shareOf } from './shard.ts'
import { featureFiles, projectRoot } from './where.ts'

/** What a run is limited to. */
type Limits = Readonly<{ only?: readonly string[]; tags?: string; seed?: string; shard?: Shard }>

/**
 * What of the suite a run takes, looked at before anything is sent: a shard's share of it, or nothing where it takes all of its scenarios.
 *
 * @throws UsageError for a limit that leaves nothing to run, a tag expression that is none, and a shard that could not be merged with the others
 */
export async function planned(scenarios: Scenarios, limits: Limits): Promise<Share | undefined> {
  const { only, tags, seed, shard } = limits
  const limit = tagExpression(only, tags)
  if (shard === undefined) {
    if (limit !== undefined) await fitting(scenarios, limit, limits)
    return undefined
  }
  if (seed === undefined)
    throw new UsageError(
      '--shard needs --seed: the shards of a run have one',
      'Give every shard the same, such as the number of the build.',
    )
  const plan = await fitting(scenarios, limit ?? '', limits)
  const rules = await rulesOf(featureFiles(), projectRoot)
  return shareOf(plan, rules.map(placeOf), shard, projectRoot)
}

async function fitting(scenarios: Scenarios, limit: string, { tags }: Limits): Promise<readonly Place[]> {
  const places = await scenarios.fitting(limit)
  if (places === 'not an expression')
    throw new UsageError(
      `${JSON.stringify(tags)} is not a tag expression`,
      'Write one such as "not @exclusive" or "@SALE-001 or @VOID-013".',
    )
  if (places.length === 0)
    throw new UsageError(`no scenario fits ${limit}`, '`tillproof requirements` says what covers each row.')
  return places
}

function placeOf({ at }: Readonly<{ at: string }>): Place {
  const colon = at.lastIndexOf(':')
  return { uri: at.slice(0, colon), line: Number(at.slice(colon + 1)) }
}
