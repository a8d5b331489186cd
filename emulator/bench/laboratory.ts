import { performance } from 'node:perf_hooks'
import type { Dialect } from '../dialects/dialect.ts'
import { loadProfile } from '../profile/load.ts'
import type { Profile } from '../profile/profile.ts'
import { type LineFaultId, lineFaults } from '../transport/line-faults.ts'
import type { Operation } from '../values/operation.ts'
import type { Codec } from '../wire/codec.ts'
import { codecFor } from '../wire/codec-of.ts'
import type { OfficeBuilding } from './back-office.ts'
import type { Glass } from './glass.ts'
import type { Heard } from './line.ts'
import type { Parameters } from './parameters.ts'
import { Stores } from './stores.ts'
import { embedded, foreign, type UnderTest } from './under-test.ts'

/** A fault of the matrix, by kind: it is part of what is certified, so nobody on the bench knows of it. */
export type Fault = Readonly<{ kind: 'host' | 'line' | 'terminal'; id: string }>

/** The name of the `BroadcastChannel` on which a run is told to stop. */
export const stopChannel = 'tillproof: stop'

/** The type of the attachment in which a scenario says why it, or what follows it, is not run. */
export const stoppedMediaType = 'application/vnd.tillproof.stopped'

/** Why no further scenario is run. After an interruption the scenario that it hit says nothing either. */
export type Stopped = Readonly<{ by: 'dead link' | 'no control' | 'interruption'; says: string }>

/** Every acquirer answers these, whatever else it leaves unanswered. */
const alwaysAnswered: readonly Operation[] = ['signIn', 'echo']

/** What one worker keeps from scenario to scenario: profile, dialect, the set of terminals that are its own, and the way to the acquirer. */
export class Laboratory {
  readonly profile: Profile
  readonly dialect: Dialect
  readonly codec: Codec
  readonly parameters: Parameters
  readonly fault: Fault | undefined
  /** The set of terminals and cards that this worker owns. */
  readonly set: number
  readonly stores = new Stores()
  /** Where the merchants' back office is visited; absent: the profile knows of none, or nobody has opened it. */
  building: OfficeBuilding | undefined
  stopped: Stopped | undefined
  /** Stands before the tills of all scenarios, where keys are pressed through pages. */
  glass: Glass | undefined
  /** How to end the waits of the scenario that is going on. */
  readonly hangUps = new Set<() => void>()
  readonly #began = performance.now()
  readonly #foreign: UnderTest | undefined
  #unanswered = 0

  constructor(parameters: Parameters, profile: Profile, worker: number) {
    this.parameters = parameters
    this.profile = profile
    this.dialect = profile.speaks
    this.codec = codecFor(this.dialect)
    this.fault = parameters.fault === undefined ? undefined : faultOf(parameters.fault)
    this.#foreign = profile.endpoint === undefined ? undefined : foreign(profile, profile.endpoint, profile.control)
    this.set = this.#foreign === undefined ? 1 : (parameters.firstSet ?? 1) + worker
  }

  /** The acquirer for one scenario: somebody's own, or our host, fresh from its seed, so that scenarios owe each other nothing. */
  async acquirer(seed: string): Promise<UnderTest> {
    return this.#foreign ?? embedded(this.profile, seed, this.fault)
  }

  get isForeign(): boolean {
    return this.#foreign !== undefined
  }

  /** The line fault that is part of what is certified. */
  get lineFault(): LineFaultId | undefined {
    return this.fault?.kind === 'line' && isLineFault(this.fault.id) ? this.fault.id : undefined
  }

  /** How long a till waits for its answer, milliseconds. Beside an embedded host this is only a last resort. */
  get replyWithinMillis(): number {
    return this.isForeign ? (this.profile.knobs.respTimeout?.seconds ?? 60) * 1000 : 3000
  }

  /** The tills' own clock: beside our own host it stands at the moment at which the host's begins, so that two runs print the same. */
  clock(): Date {
    return this.isForeign ? new Date() : new Date('2026-06-01T10:15:00+08:00')
  }

  /** No further scenario is run, and whoever waits for an answer stops waiting. */
  stop(stopped: Stopped): void {
    this.stopped ??= stopped
    for (const hangUp of this.hangUps) hangUp()
  }

  micros(): number {
    return Math.round((performance.now() - this.#began) * 1000)
  }

  /** How many requests in a row got no answer of their own, each waited for in full. */
  get unanswered(): number {
    return this.#unanswered
  }

  /**
   * The link to a foreign acquirer counts as dead after two requests in a row without an answer of their own, the last of which every acquirer
   * answers: one that leaves only its reversals unanswered is judged for it.
   */
  heard(heard: Heard): void {
    this.#unanswered = heard.is === 'answer' ? 0 : this.#unanswered + 1
    if (heard.is === 'answer' || !this.isForeign || this.#unanswered < 2 || !alwaysAnswered.includes(heard.to)) return
    const at = this.profile.endpoint?.href ?? ''
    const where = heard.because.includes(at) ? '' : `${at}: `
    this.stop({ by: 'dead link', says: `${where}${heard.because} (${this.#unanswered} requests in a row)` })
  }

  async close(): Promise<void> {
    await this.building?.close()
    await this.#foreign?.close()
  }
}

export async function openLaboratory(parameters: Parameters): Promise<Laboratory> {
  const { endpoint, control } = parameters
  const profile = await loadProfile(parameters.profile, {
    ...(endpoint === undefined ? {} : { endpoint: new URL(endpoint) }),
    ...(control === undefined ? {} : { control: new URL(control) }),
  })
  return new Laboratory(parameters, profile, Number(process.env.CUCUMBER_WORKER_ID ?? 0))
}

/** `host:approves a second void` → its kind and name. */
export function faultOf(text: string): Fault {
  const [kind, ...rest] = text.split(':')
  if (kind !== 'host' && kind !== 'line' && kind !== 'terminal')
    throw new RangeError(`a fault is host:…, line:… or terminal:…; not ${JSON.stringify(text)}`)
  return { kind, id: rest.join(':') }
}

function isLineFault(id: string): id is LineFaultId {
  return Object.hasOwn(lineFaults, id)
}
