import type { ITestCaseHookParameter } from '@cucumber/cucumber'
import {
  After,
  AfterAll,
  Before,
  BeforeAll,
  BeforeStep,
  setDefaultTimeout,
  setDefinitionFunctionWrapper,
  setParallelCanAssign,
  setWorldConstructor,
} from '@cucumber/cucumber'
import { Bench, noPage } from '../emulator/bench/bench.ts'
import { Inconclusive, NotOffered } from '../emulator/bench/claims.ts'
import { prepare } from '../emulator/bench/clearing.ts'
import type { Glass } from '../emulator/bench/glass.ts'
import { type Laboratory, openLaboratory, stopChannel, stoppedMediaType } from '../emulator/bench/laboratory.ts'
import { readParameters } from '../emulator/bench/parameters.ts'
import { isBeyondPages } from './beyond-pages.ts'

/**
 * One laboratory per worker: profile, dialect, and the acquirer or our own host. One bench per scenario, which is the `this` of every step.
 */
let laboratory: Laboratory | undefined
let interrupted = false

setDefaultTimeout(-1)
setWorldConstructor(Bench)
setParallelCanAssign((next, running) => ![next, ...running].some(isExclusive) || running.length === 0)

/** What a scenario could not find out is pending, never passed and never the acquirer's failure; what the profile does not offer is skipped. */
setDefinitionFunctionWrapper((definition: (...words: unknown[]) => unknown) =>
  Object.defineProperty(
    async function (this: Bench, ...words: unknown[]) {
      try {
        return await definition.apply(this, words)
      } catch (thrown) {
        if (thrown instanceof Inconclusive) return 'pending'
        if (thrown instanceof NotOffered) {
          this.doesNotApply(thrown.message)
          return 'skipped'
        }
        throw thrown
      }
    },
    'length',
    { value: definition.length },
  ),
)

const interruption = { by: 'interruption', says: 'the run was interrupted' } as const

/** Whoever runs the run says stop on this channel: worker threads hear no signals. */
const stopping = new BroadcastChannel(stopChannel)
stopping.onmessage = ({ data }) => {
  if (data !== 'stop') return
  interrupted = true
  laboratory?.stop(interruption)
}
// It may have been said before this worker was there to hear.
stopping.postMessage('ready')
stopping.unref()

BeforeAll(async function () {
  laboratory = await openLaboratory(readParameters(this.parameters))
  const { backOffice } = laboratory.profile
  if (backOffice !== undefined) {
    // Only here: a run without a back office loads no browser.
    const { openBuilding } = await import('../emulator/browser/office-building.ts')
    laboratory.building = await openBuilding(backOffice)
  }
  if (interrupted) laboratory.stop(interruption)
  if (laboratory.parameters.driver === 'page') laboratory.glass = await putUpGlass(laboratory)
  await prepare(laboratory)
})

Before(async function (this: Bench, { pickle, gherkinDocument }) {
  if (laboratory === undefined) return 'skipped'
  if (laboratory.stopped !== undefined) {
    this.attach(laboratory.stopped.says, stoppedMediaType)
    return 'skipped'
  }
  const applicable = await this.open(laboratory, scenarioOf(pickle, gherkinDocument))
  if (applicable && laboratory.glass !== undefined && isBeyondPages(pickle.steps)) {
    this.doesNotApply(noPage)
    return 'skipped'
  }
  return applicable ? undefined : 'skipped'
})

BeforeStep(function (this: Bench, { pickleStep }) {
  this.step(pickleStep.text, pickleStep.type)
})

After(async function (this: Bench, { result }) {
  await this.close(result?.status ?? 'UNKNOWN', result?.exception?.message)
})

AfterAll(async () => {
  try {
    await laboratory?.glass?.close()
  } finally {
    await laboratory?.close()
  }
})

/** Only such a run needs a browser; all others do without loading one. */
async function putUpGlass(laboratory: Laboratory): Promise<Glass> {
  const { Glazier } = await import('../emulator/web/glazier.ts')
  return Glazier.open(laboratory)
}

type Pickle = ITestCaseHookParameter['pickle']
type GherkinDocument = ITestCaseHookParameter['gherkinDocument']

function isExclusive(pickle: Pickle): boolean {
  return pickle.tags.some(tag => tag.name === '@exclusive')
}

function scenarioOf(pickle: Pickle, document: GherkinDocument) {
  const rule = document.feature?.children.find(child =>
    child.rule?.children.some(inner => isAstOf(inner.scenario?.id, pickle)),
  )?.rule
  return {
    uri: pickle.uri,
    line: pickle.location?.line ?? 0,
    rule: rule?.name ?? '',
    name: pickle.name,
    tags: pickle.tags.map(tag => tag.name.slice(1)),
  }
}

function isAstOf(id: string | undefined, pickle: Pickle): boolean {
  return id !== undefined && pickle.astNodeIds.includes(id)
}
