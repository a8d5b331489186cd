import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { RunBegan } from '../journal/entry.ts'
import { UsageError } from './complaint.ts'

/** One machine's part of a run that several share: `{ index: 2, of: 3 }` is the second of three. */
export type Shard = Readonly<{ index: number; of: number }>

/** Where a scenario or a rule begins: `features/03-void/correct-void.feature`, 14. */
export type Place = Readonly<{ uri: string; line: number }>

/** What a shard runs: its mark in the journal, and its scenarios as paths for cucumber, `/…/correct-void.feature:14:22`. */
export type Share = Readonly<{ mark: NonNullable<RunBegan['shard']>; paths: readonly string[] }>

/** Where Kubernetes tells a pod of an indexed job which one it is, counted from 0. */
const jobIndex = 'JOB_COMPLETION_INDEX'

/**
 * Parses `--shard`: `2/3`, or `job/3` in a pod of an indexed Kubernetes job.
 *
 * @throws UsageError for anything that is no shard of its number
 */
export function shardOption(text: string, environment: Readonly<Record<string, string | undefined>> = process.env): Shard {
  const [, given = '', count = ''] = /^(\d{1,4}|job)\/(\d{1,4})$/.exec(text) ?? []
  const of = Number(count)
  if (given === '' || of === 0)
    throw new UsageError(
      `${JSON.stringify(text)} is not a shard`,
      `Write which one of how many, such as 1/3, or job/3 where ${jobIndex} is set.`,
    )
  const index = given === 'job' ? indexOfJob(environment[jobIndex], of) : Number(given)
  if (index < 1 || index > of)
    throw new UsageError(`there is no shard ${index} of ${of}`, `Shards are counted from 1: 1/${of} to ${of}/${of}.`)
  return { index, of }
}

function indexOfJob(index: string | undefined, of: number): number {
  if (index === undefined || !/^\d{1,4}$/.test(index))
    throw new UsageError(
      `--shard job/${of} needs ${jobIndex}, which is ${index === undefined ? 'not set' : JSON.stringify(index)}`,
      `Kubernetes sets it in a job with \`completionMode: Indexed\`; elsewhere write 1/${of} to ${of}/${of}.`,
    )
  return Number(index) + 1
}

/**
 * A shard's share of a plan. A rule is never cut apart: its rows are judged on all of its scenarios. Shards differ by as few scenarios as that allows:
 * the largest rules are dealt first, each to the shard that has least. The same plan is always split in the same way.
 *
 * @param plan   All scenarios of the run, in feature order.
 * @param rules  Where the rules of the features begin.
 * @param root   What the places are relative to.
 * @throws UsageError where there are fewer rules than shards
 */
export function shareOf(plan: readonly Place[], rules: readonly Place[], { index, of }: Shard, root: string): Share {
  const groups = [...Map.groupBy(plan, scenario => ruleOf(scenario, rules)).values()]
  if (groups.length < of)
    throw new UsageError(
      `${of} shards cannot share ${groups.length} ${groups.length === 1 ? 'rule' : 'rules'}: a rule is never cut apart`,
      `Use at most ${groups.length}.`,
    )
  const shares = Array.from({ length: of }, (): Place[] => [])
  for (const group of groups.toSorted((one, other) => other.length - one.length)) leastOf(shares).push(...group)
  const mine = (shares[index - 1] ?? []).toSorted(byPlace)
  const lines = Map.groupBy(mine, ({ uri }) => uri)
  return {
    mark: { index, of, scenarios: plan.length, plan: digestOf(plan) },
    paths: [...lines].map(([uri, places]) => `${join(root, uri)}:${places.map(({ line }) => line).join(':')}`),
  }
}

/** A name for a whole plan, by which its shards know each other: hex. */
export function digestOf(plan: readonly Place[]): string {
  return sha256(plan.map(({ uri, line }) => `${uri}:${line}\n`).join(''))
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The order of features, and within one the order of lines. */
export const byPlace = (one: Place, other: Place): number =>
  one.uri === other.uri ? one.line - other.line : one.uri < other.uri ? -1 : 1

function ruleOf(scenario: Place, rules: readonly Place[]): string {
  const rule = rules.findLast(({ uri, line }) => uri === scenario.uri && line < scenario.line)
  return rule === undefined ? scenario.uri : `${rule.uri}:${rule.line}`
}

/** The first of those that have least. */
function leastOf(shares: readonly Place[][]): Place[] {
  return shares.reduce((least, share) => (share.length < least.length ? share : least))
}
