import { Writable } from 'node:stream'
import { type IRunEnvironment, loadConfiguration, loadSources, loadSupport, runCucumber } from '@cucumber/cucumber/api'
import { stoppedMediaType } from '../bench/laboratory.ts'
import type { Parameters as RunParameters } from '../bench/parameters.ts'
import { verdictMediaType } from '../bench/witness.ts'
import type { PlannedScenario } from '../journal/entry.ts'
import { isRequirementTag } from '../verdict/requirements/index.ts'
import type { VerdictWord } from '../verdict/verdict.ts'
import type { Place } from './shard.ts'
import { featureFiles, projectRoot, stepFiles } from './where.ts'

type Configuration = Awaited<ReturnType<typeof loadConfiguration>>['runConfiguration']
type Support = Awaited<ReturnType<typeof loadSupport>>
type Envelope = Parameters<NonNullable<Parameters<typeof runCucumber>[2]>>[0]

export type ScenarioRun = Readonly<{
  parameters: RunParameters
  /** A cucumber tag expression over rows and marks; absent: everything. */
  tags?: string
  parallel: number
  /** Where the Cucumber messages go, and the directory for Allure results; absent: nowhere. */
  messages?: string
  allure?: string
  /** Feature files or folders, or scenarios by line: `….feature:14:22`; absent: the suite's own. */
  paths?: readonly string[]
}>

/**
 * What happened, as far as cucumber knows: the plan in order, how many scenarios ended, errors of ours that stopped the run, and what a worker says
 * stopped it.
 */
export type ScenariosRan = Readonly<{
  plan: readonly PlannedScenario[]
  ended: number
  errors: readonly string[]
  stopped?: string
}>

/** Progress: a scenario ended, with the verdicts attached to it. */
export type Ended = Readonly<{
  name: string
  uri: string
  line: number
  done: number
  of: number
  verdicts: readonly VerdictWord[]
}>

/**
 * Runs scenarios through cucumber's own API. Support code is loaded once and handed to every run: without that a second run in one process
 * finds no steps and says nothing.
 */
export class Scenarios {
  #support: Support | undefined

  /** The scenarios of the suite's own that fit a tag expression, in feature order. */
  async fitting(tags: string): Promise<readonly Place[] | 'not an expression'> {
    const { stream } = collector()
    try {
      const { plan } = await loadSources(
        { defaultDialect: 'en', paths: featureFiles(), names: [], tagExpression: tags, order: 'defined' },
        { cwd: projectRoot, stdout: stream, stderr: stream, env: process.env },
      )
      return plan.map(({ uri, location }) => ({ uri, line: location.line }))
    } catch (thrown) {
      // Cucumber parses the expression while it filters; nothing else can go wrong there.
      if (thrown instanceof Error && thrown.message.includes('pickles:filter')) return 'not an expression'
      throw thrown
    }
  }

  async run(run: ScenarioRun, heard: (ended: Ended) => void = () => undefined): Promise<ScenariosRan> {
    const configuration = await configure(run)
    const output = collector()
    const environment: IRunEnvironment = { cwd: projectRoot, stdout: output.stream, stderr: output.stream, env: process.env }
    // Worker threads load the steps themselves; loading them here as well is what makes a repeated run find them.
    this.#support ??= await loadSupport({ ...configuration, support: configuration.support }, environment)
    const listener = new Listener(heard)
    await runCucumber({ ...configuration, support: this.#support }, environment, envelope => listener.hear(envelope))
    return {
      plan: listener.plan(),
      ended: listener.ended,
      ...(listener.stopped === undefined ? {} : { stopped: listener.stopped }),
      errors: [...listener.errors, ...(listener.ended === 0 ? output.lines() : [])],
    }
  }
}

async function configure(run: ScenarioRun): Promise<Configuration> {
  const format: [string, string][] = []
  if (run.messages !== undefined) format.push(['message', run.messages])
  if (run.allure !== undefined) format.push(['allure-cucumberjs/reporter', `${run.allure}/.keep`])
  const { runConfiguration } = await loadConfiguration(
    {
      file: false,
      provided: {
        paths: [...(run.paths ?? featureFiles())],
        import: stepFiles(),
        tags: run.tags ?? '',
        parallel: run.parallel > 1 ? run.parallel : 0,
        format,
        ...(run.allure === undefined ? {} : { formatOptions: { resultsDir: run.allure } }),
        worldParameters: JSON.parse(JSON.stringify(run.parameters)),
      },
    },
    { cwd: projectRoot },
  )
  return runConfiguration
}

/** Cucumber's own words go nowhere unless nothing else explains why no scenario ran. */
function collector(): { stream: Writable; lines: () => string[] } {
  let text = ''
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk)
      done()
    },
  })
  return { stream, lines: () => text.split('\n').filter(line => line.trim() !== '') }
}

class Listener {
  readonly errors: string[] = []
  stopped: string | undefined
  ended = 0
  readonly #heard: (ended: Ended) => void
  readonly #pickles = new Map<string, PlannedScenario>()
  readonly #cases = new Map<string, PlannedScenario>()
  readonly #started = new Map<string, string>()
  readonly #verdicts = new Map<string, VerdictWord[]>()

  constructor(heard: (ended: Ended) => void) {
    this.#heard = heard
  }

  hear(envelope: Envelope): void {
    const { pickle, testCase, testCaseStarted, attachment, testCaseFinished, parseError, testRunFinished, testRunHookFinished } =
      envelope
    if (pickle !== undefined) {
      const tags = pickle.tags.map(tag => tag.name.slice(1))
      this.#pickles.set(pickle.id, {
        uri: pickle.uri,
        line: pickle.location?.line ?? 0,
        name: pickle.name,
        ids: tags.filter(isRequirementTag),
        tags,
      })
    }
    const planned = testCase === undefined ? undefined : this.#pickles.get(testCase.pickleId)
    if (testCase !== undefined && planned !== undefined) this.#cases.set(testCase.id, planned)
    if (testCaseStarted !== undefined) this.#started.set(testCaseStarted.id, testCaseStarted.testCaseId)
    if (attachment?.mediaType === verdictMediaType) this.#attach(attachment.testCaseStartedId ?? '', attachment.body)
    if (attachment?.mediaType === stoppedMediaType) this.stopped ??= attachment.body
    if (testCaseFinished !== undefined) this.#end(testCaseFinished.testCaseStartedId)
    if (parseError !== undefined) this.errors.push(`${parseError.source.uri ?? 'a feature'}: ${parseError.message}`)
    const hook = testRunHookFinished?.result
    if (hook?.status === 'FAILED') this.errors.push(firstLine(hook.message ?? 'the set-up of a worker failed'))
    if (testRunFinished?.exception?.message !== undefined) this.errors.push(testRunFinished.exception.message)
  }

  plan(): readonly PlannedScenario[] {
    return [...this.#cases.values()]
  }

  #attach(startedId: string, body: string): void {
    const { verdict } = JSON.parse(body) as { verdict: { is: VerdictWord } }
    this.#verdicts.set(startedId, [...(this.#verdicts.get(startedId) ?? []), verdict.is])
  }

  #end(startedId: string): void {
    this.ended += 1
    const planned = this.#cases.get(this.#started.get(startedId) ?? '')
    if (planned === undefined) return
    this.#heard({
      name: planned.name,
      uri: planned.uri,
      line: planned.line,
      done: this.ended,
      of: this.#cases.size,
      verdicts: this.#verdicts.get(startedId) ?? [],
    })
  }
}

/** What went wrong, without the stack. */
const firstLine = (text: string): string => text.split('\n')[0] ?? text
