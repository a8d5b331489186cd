import type { Entry, RunBegan } from '../journal/entry.ts'
import { placeOf } from '../journal/journal.ts'
import type { Copy } from '../profile/copies.ts'
import type { Profile } from '../profile/profile.ts'
import { scenariosOf } from '../verdict/certify.ts'
import { UsageError } from './complaint.ts'
import type { RunFacts } from './run-folder.ts'
import { byPlace, digestOf, sha256 } from './shard.ts'

/** What one shard left in its folder. `files`: its profile, and the dialect and mapping beside it where there are any. */
export type ShardRun = Readonly<{
  folder: string
  journal: readonly Entry[]
  profile: Profile
  facts: RunFacts
  files: readonly Copy[]
}>

/** A whole run out of its shards: the journal that one machine would have written, and what it was run with. */
export type MergedRun = Readonly<{ journal: readonly Entry[]; profile: Profile; facts: Omit<RunFacts, 'id'> }>

/** A shard with the first entry of its journal. */
type Known = ShardRun & Readonly<{ began: Entry & RunBegan; shard: NonNullable<RunBegan['shard']> }>

/**
 * Joins the journals of all shards of one run in feature order. Nothing is folded: whoever judges it sees what a run on one machine would have shown.
 *
 * @throws UsageError naming the folders that are no shards, of another run, interrupted, or given twice; and the shards that are missing
 */
export function mergedRun(runs: readonly ShardRun[]): MergedRun {
  const shards = runs.map(known)
  const [first] = shards
  if (first === undefined) throw new UsageError('there are no shards to merge', 'Name the folders that `certify --shard` wrote.')
  for (const other of shards.slice(1)) refuseOther(first, other)
  refuseTwice(shards)
  refuseInterrupted(shards)
  refuseMissing(shards)
  const plan = shards.flatMap(({ began }) => began.plan).toSorted(byPlace)
  if (plan.length !== first.shard.scenarios || digestOf(plan) !== first.shard.plan)
    throw new UsageError(
      `together the shards planned ${plan.length} scenarios, and not the ${first.shard.scenarios} that they were to share`,
      'A journal was changed after it was written; run the shards again.',
    )
  const { shard: _, ...whole } = first.began
  const began: Entry = { ...whole, plan }
  const scenarios = Map.groupBy(
    shards.flatMap(({ journal }) => scenariosOf(journal).flat()),
    entry => entry.id.slice(0, entry.id.lastIndexOf('#')),
  )
  return {
    journal: [began, ...plan.flatMap(({ uri, line }) => scenarios.get(placeOf(uri, line)) ?? [])],
    profile: first.profile,
    facts: {
      startedAt: inOrder(shards.map(({ facts }) => facts.startedAt)).at(0) ?? '',
      finishedAt: inOrder(shards.map(({ facts }) => facts.finishedAt)).at(-1) ?? '',
      endpoint: [...new Set(shards.map(({ facts }) => facts.endpoint))].join(', '),
      begun: first.facts.begun,
      terms: first.facts.terms,
    },
  }
}

/** Moments as ISO 8601 writes them in UTC: the order of the text is that of time. */
const inOrder = (moments: readonly string[]): readonly string[] => moments.toSorted()

function known(run: ShardRun): Known {
  const began = run.journal.find(entry => entry.is === 'run began')
  if (began?.shard === undefined)
    throw new UsageError(`${run.folder} is no shard: it is a whole run`, 'Name the folders that `certify --shard` wrote.')
  return { ...run, began, shard: began.shard }
}

/** What all shards of a run have in common, what to call it, and what to do where they have not. */
const common: readonly Readonly<{ what: string; of: (shard: Known) => string; hint: string }>[] = [
  { what: 'seed', of: ({ began }) => began.seed, hint: 'Give every shard the same --seed.' },
  { what: 'suite', of: ({ began }) => began.suite, hint: 'Install one version of tillproof on all machines.' },
  {
    what: 'profile',
    of: ({ profile }) => `${profile.name}, sha256 ${profile.sha256.slice(0, 12)}…`,
    hint: 'Give every shard the same file, to the byte.',
  },
  {
    what: 'dialect',
    of: ({ profile }) => `${profile.dialect.id}, sha256 ${sha256(JSON.stringify(profile.speaks)).slice(0, 12)}…`,
    hint: 'Give every shard the same dialect file, and the same settings.',
  },
  {
    what: 'mapping',
    of: ({ files }) => {
      const mapping = files.find(({ name }) => name === 'mapping.yaml')
      return mapping === undefined ? 'none' : `sha256 ${sha256(mapping.text).slice(0, 12)}…`
    },
    hint: 'Give every shard the same mapping file.',
  },
  { what: 'number of shards', of: ({ shard }) => String(shard.of), hint: 'Merge the shards of one run only.' },
  {
    what: 'limit',
    of: ({ began, facts }) => limitsText(began.only, facts.terms.tags),
    hint: 'Give every shard the same --only and --tags.',
  },
  {
    what: 'way of driving',
    of: ({ facts }) => `--driver ${facts.terms.driver} --waiting ${facts.terms.waiting}`,
    hint: 'Give every shard the same --driver and --waiting.',
  },
  { what: 'fault', of: ({ facts }) => facts.terms.fault ?? 'none', hint: 'Give every shard the same --fault, or none.' },
  {
    what: 'plan',
    of: ({ shard }) => `${shard.scenarios} scenarios, ${shard.plan.slice(0, 12)}…`,
    hint: 'Use the same features on all machines.',
  },
]

function limitsText(only: readonly string[] | undefined, tags: string | undefined): string {
  const said = [
    ...(only === undefined ? [] : [`--only ${only.join(',')}`]),
    ...(tags === undefined ? [] : [`--tags ${JSON.stringify(tags)}`]),
  ]
  return said.length === 0 ? 'none' : said.join(' ')
}

function refuseOther(first: Known, other: Known): void {
  for (const { what, of, hint } of common)
    if (of(first) !== of(other))
      throw new UsageError(
        `${other.folder} is of another run than ${first.folder}: its ${what} is ${of(other)}, and not ${of(first)}`,
        hint,
      )
}

function refuseTwice(shards: readonly Known[]): void {
  for (const [at, { shard, folder }] of shards.entries()) {
    const earlier = shards.slice(0, at).find(one => one.shard.index === shard.index)
    if (earlier !== undefined)
      throw new UsageError(
        `${earlier.folder} and ${folder} are both shard ${shard.index} of ${shard.of}`,
        'Name each shard once; where one was run again, take the later folder.',
      )
  }
}

function refuseInterrupted(shards: readonly Known[]): void {
  const stopped = shards.find(({ facts }) => facts.stopped !== undefined)
  if (stopped !== undefined)
    throw new UsageError(
      `${stopped.folder}, shard ${stopped.shard.index} of ${stopped.shard.of}, was stopped early: ${stopped.facts.stopped}`,
      `Run that shard again: --shard ${stopped.shard.index}/${stopped.shard.of} --seed ${stopped.began.seed}.`,
    )
}

function refuseMissing(shards: readonly Known[]): void {
  const { of } = shards[0]?.shard ?? { of: 0 }
  const missing = Array.from({ length: of }, (_, at) => at + 1).filter(
    index => !shards.some(({ shard }) => shard.index === index),
  )
  if (missing.length > 0)
    throw new UsageError(
      `${missing.length === 1 ? 'shard' : 'shards'} ${missing.join(', ')} of ${of} ${missing.length === 1 ? 'is' : 'are'} missing`,
      `Run what is missing with the same seed, ${shards[0]?.began.seed}, and name all ${of} folders.`,
    )
}
