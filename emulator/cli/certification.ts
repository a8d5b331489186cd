import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { takeJournals } from '../bench/kept-journals.ts'
import type { Parameters } from '../bench/parameters.ts'
import type { Entry, PlannedScenario, RunBegan } from '../journal/entry.ts'
import { parseNdjson, pieceName } from '../journal/journal.ts'
import type { Profile } from '../profile/profile.ts'
import { certify } from '../verdict/certify.ts'
import type { Result } from '../verdict/result.ts'
import type { Ended, ScenarioRun, Scenarios } from './scenarios.ts'
import type { Share } from './shard.ts'
import { suiteName } from './where.ts'

export type CertificationOptions = Readonly<{
  profile: Profile
  endpoint?: string
  control?: string
  only?: readonly string[]
  /** The one feature file that is run, instead of the suite's own. */
  onlyFile?: string
  tags?: string
  driver: 'direct' | 'page'
  waiting: 'skip' | 'real'
  seed?: string
  parallel: number
  fault?: string
  /** The run's own directory; it is made if it is not there. Absent: nothing is written; this takes one worker. */
  directory?: string
  /** Whether Cucumber messages and Allure results are written there too. */
  projections: boolean
  /** What this run takes of a plan that several share; absent: everything. */
  share?: Share
  /** The set of terminals that the first worker uses at somebody's own acquirer, 1 unless given. */
  firstSet?: number
}>

export type Certification = Readonly<{ result: Result; journal: readonly Entry[]; errors: readonly string[] }>

/** A seed that a person can type again. */
export const drawSeed = (): string => randomBytes(4).toString('hex')

/**
 * One run: scenarios drive, every fact is journalled, and the journal is judged. Nothing here decides a verdict: the same journal judged
 * again tomorrow gives the same result.
 *
 * `scenarios` may be shared between runs of one process.
 */
export async function certification(
  options: CertificationOptions,
  scenarios: Scenarios,
  heard?: (ended: Ended) => void,
): Promise<Certification> {
  const { profile, directory } = options
  const seed = options.seed ?? drawSeed()
  const startedAt = new Date().toISOString()
  const pieces = directory === undefined ? undefined : join(directory, 'pieces')
  if (pieces !== undefined) await mkdir(pieces, { recursive: true })
  const ran = await scenarios.run(scenarioRun(options, seed, pieces), heard)
  const began: RunBegan = {
    is: 'run began',
    seed,
    suite: suiteName,
    plan: ran.plan,
    ...(options.only === undefined ? {} : { only: options.only }),
    ...(options.tags === undefined ? {} : { tags: options.tags }),
    ...(options.fault === undefined ? {} : { fault: options.fault }),
    ...(options.share === undefined ? {} : { shard: options.share.mark }),
  }
  const journal: Entry[] = [
    { id: 'run#1', atMicros: 0, ...began },
    ...(pieces === undefined ? fromMemory(began.plan) : await joined(pieces, began.plan)),
  ]
  if (pieces !== undefined) await rm(pieces, { recursive: true })
  const stopped = [...ran.errors, ...(ran.stopped === undefined ? [] : [ran.stopped])]
  const result = certify({
    entries: journal,
    profile,
    run: {
      id: runId(profile, seed, startedAt),
      startedAt,
      finishedAt: new Date().toISOString(),
      endpoint: options.endpoint ?? profile.endpoint?.href ?? 'the embedded reference host',
    },
    ...(stopped.length === 0 ? {} : { stopped: stopped.join('\n') }),
  })
  return { result, journal, errors: ran.errors }
}

function scenarioRun(options: CertificationOptions, seed: string, pieces: string | undefined): ScenarioRun {
  const { profile, endpoint, control, only, driver, waiting, fault, directory } = options
  const parameters: Parameters = {
    profile: profile.file,
    seed,
    driver,
    waiting,
    ...(pieces === undefined ? { inMemory: true } : { pieces }),
    ...(driver === 'page' && directory !== undefined ? { pages: join(directory, 'pages') } : {}),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(control === undefined ? {} : { control }),
    ...(fault === undefined ? {} : { fault }),
    ...(options.firstSet === undefined ? {} : { firstSet: options.firstSet }),
    ...(only === undefined ? {} : { only: [...only] }),
  }
  const tags = tagExpression(only, options.tags)
  return {
    parameters,
    parallel: options.parallel,
    ...(tags === undefined ? {} : { tags }),
    ...(options.share === undefined ? {} : { paths: options.share.paths }),
    ...(options.onlyFile === undefined ? {} : { paths: [options.onlyFile] }),
    ...(options.projections && directory !== undefined
      ? { messages: join(directory, 'messages.ndjson'), allure: join(directory, 'allure-results') }
      : {}),
  }
}

/** The cucumber tag expression of what a run is limited to, if it is. */
export function tagExpression(only: readonly string[] | undefined, tags: string | undefined): string | undefined {
  const rows = only?.map(id => `@${id}`).join(' or ')
  if (rows === undefined) return tags
  return tags === undefined ? rows : `(${rows}) and (${tags})`
}

/** The pieces that the workers wrote, in the order of the plan. */
async function joined(pieces: string, plan: readonly PlannedScenario[]): Promise<Entry[]> {
  const texts = await Promise.all(plan.map(planned => pieceOf(pieces, planned)))
  return texts.flatMap(parseNdjson)
}

/** The same, of scenarios that ran in this thread and wrote nothing. */
function fromMemory(plan: readonly PlannedScenario[]): Entry[] {
  const journals = takeJournals()
  return plan.flatMap(({ uri, line }) => journals.get(pieceName(uri, line)) ?? [])
}

/** A scenario that was skipped, or that crashed with its worker, left nothing. */
async function pieceOf(pieces: string, planned: PlannedScenario): Promise<string> {
  try {
    return await readFile(join(pieces, pieceName(planned.uri, planned.line)), 'utf8')
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return ''
    throw thrown
  }
}

/** The name of a run, which no other has. */
export function runId(profile: Profile, seed: string, startedAt: string): string {
  const digest = createHash('sha256').update(`${profile.sha256} ${seed} ${startedAt}`).digest('hex').slice(0, 6)
  return `${startedAt.slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}-${digest}`
}
