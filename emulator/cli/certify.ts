import { join, resolve } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { knownFaults } from '../bench/faults.ts'
import { stopChannel } from '../bench/laboratory.ts'
import { didYouMean } from '../profile/near.ts'
import type { Profile } from '../profile/profile.ts'
import { fieldsOf } from '../report/dialect-fields.ts'
import { writeReports } from '../report/files.ts'
import { progress } from '../report/progress.ts'
import { summaryText } from '../report/summary.ts'
import { isRequirementTag } from '../verdict/requirements/index.ts'
import type { Result } from '../verdict/result.ts'
import { where } from '../where.ts'
import { begunBy } from './begun.ts'
import { certification, drawSeed, tagExpression } from './certification.ts'
import { colourful } from './colour.ts'
import { UsageError } from './complaint.ts'
import { onInterrupt } from './interrupt.ts'
import { notify, print, printJson } from './output.ts'
import { checkedProfile, urlOption } from './profile.ts'
import { keepRun, pointLatest } from './run-folder.ts'
import { Scenarios } from './scenarios.ts'

type Options = Readonly<{
  profile?: string
  endpoint?: URL
  control?: URL
  only?: readonly string[]
  tags?: string
  driver: 'direct' | 'page'
  waiting: 'skip' | 'real'
  seed?: string
  parallel: number
  fault?: string
  out?: string
  json?: true
  color?: boolean
}>

/** `tillproof certify`: the main job. */
export function certifyCommand(): Command {
  return new Command('certify')
    .description('certify an acquirer: drive the scenarios, judge the journal, write the reports')
    .option('--profile <file>', 'the acquirer (default: the reference profile, with our own host)')
    .option(
      '--endpoint <url>',
      'where the acquirer listens, such as tcp://127.0.0.1:8583, instead of what the profile says',
      urlOption,
    )
    .option('--control <url>', 'the control port of the acquirer, where it offers one', urlOption)
    .option('--only <ids>', 'rows by id, such as VOID-013,SALE-001', rowIds)
    .option('--tags <expression>', 'scenarios by a tag expression, such as "not @exclusive"')
    .addOption(
      new Option('--driver <hands>', 'press keys directly or through the page').choices(['direct', 'page']).default('direct'),
    )
    .addOption(
      new Option('--waiting <how>', 'silence of our own making: at once, or by the clock')
        .choices(['skip', 'real'])
        .default('skip'),
    )
    .option('--seed <text>', 'what everything random is drawn from (default: a new one, printed)')
    .option('--parallel <n>', 'worker threads', workers, 1)
    .option('--fault <name>', 'certify a bad one: host:…, line:… or terminal:… (`tillproof faults` lists them)', faultName)
    .option('--out <folder>', 'where to write (default: reports/<run>)')
    .option('--json', 'print result.json instead of the summary')
    .addHelpText(
      'after',
      `
Examples:
  $ tillproof certify                                                   our own host, good
  $ tillproof certify --fault 'host:approves a second void'             our own host, bad: see it caught
  $ tillproof certify --profile my-acquirer.yaml --seed 20260601        an acquirer, repeatably
  $ tillproof certify --only VOID-013,VOID-014                          two rows
  $ tillproof certify --endpoint tcp://127.0.0.1:8583 --control http://127.0.0.1:8584

Exit codes: 0 all as required · 1 an applicable MUST row of the acquirer failed · 2 our own error, or a failed row of the instrument
            3 inconclusive or untested rows, or interrupted · 5 profile or arguments`,
    )
    .action(async (options: Options) => {
      process.exitCode = await certifyWith(options)
    })
}

async function certifyWith(options: Options): Promise<number> {
  const profile = await checkedProfile(options.profile ?? profileOfFault(options), {
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    ...(options.control === undefined ? {} : { control: options.control }),
  })
  refuseImpossible(profile, options)
  const scenarios = new Scenarios()
  await refuseNothing(scenarios, options)
  const seed = options.seed ?? drawSeed()
  const startedAt = new Date()
  const folder = resolve(options.out ?? join('reports', runName(startedAt, seed)))
  notify(`tillproof certify: ${profile.name} at ${profile.endpoint?.href ?? 'the embedded reference host'}, seed ${seed}`)
  const window = {
    tty: process.stderr.isTTY === true && options.json === undefined,
    colour: colourful(process.stderr, process.env, options.color),
    width: process.stderr.columns ?? 100,
  }
  const told = progress(window)
  const { stop, close } = stopping()
  const stopListening = onInterrupt(stop)
  const { result, journal } = await certification(
    { ...runOptions(options, profile, seed), directory: folder, projections: true },
    scenarios,
    ended => {
      const text = told.on({ scenario: ended.name, done: ended.done, of: ended.of, verdicts: ended.verdicts })
      if (text !== '') process.stderr.write(text)
    },
  )
  stopListening()
  close()
  process.stderr.write(told.finish())
  if (result.stopped !== undefined) notify(`tillproof: stopped early: ${result.stopped}`)
  const { id, startedAt: began, finishedAt, endpoint } = result.run
  await keepRun(folder, journal, profile, {
    id,
    startedAt: began,
    finishedAt,
    endpoint,
    begun: begunBy(options),
    ...(result.stopped === undefined ? {} : { stopped: result.stopped }),
  })
  const files = await writeReports(folder, result, journal, fieldsOf(profile.speaks), begunBy(options))
  if (options.out === undefined) await pointLatest(folder)
  tell(result, { ...options, lies: files.html, begun: begunBy(options) })
  return result.exitCode
}

function runOptions(options: Options, profile: Profile, seed: string) {
  const { endpoint, control, only, tags, driver, waiting, parallel, fault } = options
  return {
    profile,
    driver,
    waiting,
    parallel,
    seed,
    ...(endpoint === undefined ? {} : { endpoint: endpoint.href }),
    ...(control === undefined ? {} : { control: control.href }),
    ...(only === undefined ? {} : { only }),
    ...(tags === undefined ? {} : { tags }),
    ...(fault === undefined ? {} : { fault }),
  }
}

/** `lies`: where the report was written. `begun`: the command that began the run. */
type Telling = Readonly<{ json?: true; color?: boolean; lies: string; begun: string }>

/** Prints what a person wants to see, or the JSON that a program wants. */
export function tell(result: Result, { json, color, lies, begun }: Telling): void {
  if (json) printJson(result)
  else
    print(
      summaryText(result, {
        colour: colourful(process.stdout, process.env, color),
        width: process.stdout.columns ?? 100,
        lies,
        begun,
      }),
    )
}

/** A fault that shows under another profile than the reference's is certified under that one, unless told otherwise. */
function profileOfFault({ fault, endpoint }: Options): string | undefined {
  const under = endpoint === undefined ? knownFaults.find(({ id }) => id === fault)?.under : undefined
  return under === undefined ? undefined : join(where.profiles, `${under}.yaml`)
}

/** What no run can do is said before its first byte. */
function refuseImpossible(profile: Profile, { parallel, driver, fault }: Options): void {
  const sets = new Set(profile.merchants.flatMap(({ terminals }) => terminals.map(({ set }) => set))).size
  if (profile.endpoint !== undefined && parallel > sets)
    throw new UsageError(
      `--parallel ${parallel} needs ${parallel} sets of terminals; ${profile.name} has ${sets}`,
      'Give the profile more sets, or use fewer workers.',
    )
  if (profile.endpoint !== undefined && profile.endpoint.protocol !== 'tcp:')
    throw new UsageError(`${profile.endpoint.protocol}// is not spoken yet`, 'Use an endpoint that begins with tcp://.')
  if (driver === 'page') throw new UsageError('the page driver does not exist yet', 'Use --driver direct.')
  if (fault !== undefined && profile.endpoint !== undefined && fault.startsWith('host:'))
    throw new UsageError('a fault of our own host cannot be switched on at somebody else’s acquirer', 'Leave --endpoint out.')
}

/** A limit that leaves nothing to run is a mistake, and so is a tag expression that is none. */
async function refuseNothing(scenarios: Scenarios, { only, tags }: Options): Promise<void> {
  const limit = tagExpression(only, tags)
  if (limit === undefined) return
  const fitting = await scenarios.fitting(limit)
  if (fitting === 'not an expression')
    throw new UsageError(
      `${JSON.stringify(tags)} is not a tag expression`,
      'Write one such as "not @exclusive" or "@SALE-001 or @VOID-013".',
    )
  if (fitting === 0) throw new UsageError(`no scenario fits ${limit}`, '`tillproof requirements` says what covers each row.')
}

/** How workers are told to stop: at once, and each that was not there yet as soon as it is ready to hear. */
function stopping(): Readonly<{ stop: () => void; close: () => void }> {
  const channel = new BroadcastChannel(stopChannel)
  channel.unref()
  let asked = false
  const stop = (): void => {
    asked = true
    notify('\ntillproof: stopping; press Ctrl-C again to end at once')
    channel.postMessage('stop')
  }
  channel.onmessage = () => {
    if (asked) channel.postMessage('stop')
  }
  return { stop, close: () => channel.close() }
}

function faultName(name: string): string {
  const known = knownFaults.map(({ id }) => id)
  if (!known.includes(name)) throw new UsageError(`there is no fault ${JSON.stringify(name)}`, didYouMean(name, known))
  return name
}

function rowIds(text: string): readonly string[] {
  const ids = text.split(',').map(id => id.trim())
  const unknown = ids.find(id => !isRequirementTag(id))
  if (unknown !== undefined) throw new InvalidArgumentError(`There is no row ${unknown}; \`tillproof requirements\` lists them.`)
  return ids
}

function workers(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1 || count > 64)
    throw new InvalidArgumentError('A number of workers from 1 to 64 is needed.')
  return count
}

/** `20260601-101500-5f3a`: when, and out of which seed. */
function runName(at: Date, seed: string): string {
  return `${at.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}-${seed.replace(/[^A-Za-z0-9]/g, '').slice(0, 8)}`
}
