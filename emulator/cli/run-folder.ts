import { access, constants, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { isMap, isScalar, isSeq, parseDocument, visit } from 'yaml'
import type { Entry } from '../journal/entry.ts'
import { parseNdjson } from '../journal/journal.ts'
import { copiesOf } from '../profile/copies.ts'
import { loadForJudging } from '../profile/load.ts'
import type { Profile } from '../profile/profile.ts'
import type { Result } from '../verdict/result.ts'
import { UsageError } from './complaint.ts'
import type { Shard } from './shard.ts'

/** What a run leaves behind, by name. */
const names = { journal: 'journal.ndjson', profile: 'profile.yaml', mapping: 'mapping.yaml', run: 'run.json' } as const

/** What the journal does not say of a run, because it is not the same twice. */
export type RunFacts = Pick<Result['run'], 'id' | 'startedAt' | 'finishedAt' | 'endpoint'> &
  Readonly<{
    /** The command that began it. */
    begun: string
    /** What the run was limited to, and how it was driven: its shards must agree on it. */
    terms: Terms
    stopped?: string
  }>

/** What decides a run apart from profile, suite, seed and endpoint. Rows that were asked for stand in the journal. */
export type Terms = Readonly<{ driver: string; waiting: string; tags?: string; fault?: string }>

/**
 * Makes the folder of a run, before the run: what it finds out shall not be lost for want of a place.
 *
 * @throws UsageError where there can be none
 */
export async function makeRunFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.W_OK)
  } catch (cause) {
    const says = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError(`${folder} cannot be written to: ${says}`, 'Name another folder with --out.', { cause })
  }
}

/** Keeps what a run can be judged by again: the journal, the profile as it was, and when and against what it ran. */
export async function keepRun(folder: string, journal: readonly Entry[], profile: Profile, facts: RunFacts): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, names.journal), journal.map(entry => `${JSON.stringify(entry)}\n`).join(''))
  for (const { name, text } of await copiesOf(profile)) await writeFile(join(folder, name), kept(name, text))
  await writeFile(join(folder, names.run), `${JSON.stringify({ ...facts, profileSha256: profile.sha256 }, undefined, 2)}\n`)
}

function kept(name: string, text: string): string {
  if (name === names.profile) return withoutSecrets(text)
  return name === names.mapping ? withoutCredentials(text) : text
}

/**
 * A mapping as a run may keep it: the parties' `test:` credentials hidden, which no judge needs. Those of the environment stand there by name only.
 * All else stays as it was written.
 */
export function withoutCredentials(text: string): string {
  const parties = parseDocument(text).get('parties')
  if (!isMap(parties)) return text
  const hidden: (readonly [from: number, to: number])[] = []
  visit(parties, {
    Scalar(place, { value, range }) {
      if (place === 'key' || typeof value !== 'string' || !value.startsWith('test:') || !range) return
      hidden.push([range[0], range[1]])
    },
  })
  return hidden.reduceRight((left, [from, to]) => `${left.slice(0, from)}"test:•••"${left.slice(to)}`, text)
}

/** A profile as a run may keep it: without the cards and keys that are written out in it, of which judging reads none. */
export function withoutSecrets(text: string): string {
  const document = parseDocument(text)
  const hasCards = isSeq(document.get('cards'))
  if (hasCards) document.set('cards', { file: 'not kept with a run' })
  let hasKeys = false
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key) || key.value !== 'masterKey' || !isScalar(value) || String(value.value).startsWith('env:')) return
      value.value = 'env:NOT_KEPT_WITH_A_RUN'
      hasKeys = true
    },
  })
  return hasCards || hasKeys ? document.toString() : text
}

/**
 * Reads what `keepRun` wrote.
 *
 * @throws UsageError when the folder is not that of a run, or its journal cannot be read.
 */
export async function readRun(
  folder: string,
): Promise<Readonly<{ journal: readonly Entry[]; profile: Profile; facts: RunFacts }>> {
  const from = await followed(folder)
  const [journal, facts] = await Promise.all([readText(from, names.journal), readText(from, names.run)])
  const { profileSha256, ...ran } = JSON.parse(facts) as RunFacts & Readonly<{ profileSha256: string }>
  const profile = await loadForJudging(join(from, names.profile))
  return { journal: entriesOf(journal, from), profile: { ...profile, sha256: profileSha256 }, facts: ran }
}

/** The name of a run's folder, `20260601-101500-5f3a`: when, and out of which seed; of a shard, which. */
export function runName(at: Date, seed: string, shard?: Shard): string {
  const part = shard === undefined ? '' : `-shard-${shard.index}-of-${shard.of}`
  return `${at.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}-${seed.replace(/[^A-Za-z0-9]/g, '').slice(0, 8)}${part}`
}

/** `reports/latest` is a link to the newest run, or a file with its path where links are refused. */
export async function pointLatest(folder: string): Promise<void> {
  const latest = join(folder, '..', 'latest')
  await rm(latest, { force: true })
  try {
    await symlink(basename(folder), latest, 'dir')
  } catch (thrown) {
    if (!isRefused(thrown)) throw thrown
    await writeFile(latest, `${folder}\n`)
  }
}

const isRefused = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && ['EPERM', 'ENOSYS', 'ENOTSUP'].includes(String(thrown.code))

/** The folder of a run, through `reports/latest` where that is a file with the path. */
export async function followed(folder: string): Promise<string> {
  try {
    return resolve((await readFile(folder, 'utf8')).trim())
  } catch {
    // A folder, or a link to one: the usual case. What is not there at all is complained about by whoever reads in it.
    return resolve(folder)
  }
}

/** @throws UsageError when the folder does not have it */
export async function readText(folder: string, name: string): Promise<string> {
  try {
    return await readFile(join(folder, name), 'utf8')
  } catch (cause) {
    throw new UsageError(
      `${folder} is not the folder of a run: it has no ${name}`,
      'Name a folder that `certify` wrote, such as reports/latest.',
      { cause },
    )
  }
}

function entriesOf(text: string, folder: string): Entry[] {
  try {
    return parseNdjson(text)
  } catch (cause) {
    throw new UsageError(
      `${join(folder, names.journal)}: ${cause instanceof Error ? cause.message : String(cause)}`,
      'The journal was changed after it was written; take an unchanged one.',
      { cause },
    )
  }
}
