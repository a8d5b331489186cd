import type { HttpCall } from '../values/http-call.ts'
import type { Request } from '../values/request.ts'
import type { Attempt } from './attempt.ts'
import type { Heard, RawLine } from './raw-line.ts'
import { type Reading, readAnswer, type Spoken } from './reading.ts'
import type { PreflightTill } from './till.ts'
import type { Waits } from './waits.ts'
import type { Way } from './way.ts'

/** How messages of a terminal travel. `keeps`: whether a line outlives its answer, as `timing.connection` of the profile says. */
export type Travel = Readonly<{ way: Way; waits: Waits; spoken: Spoken; keeps: boolean }>

/** After an answer, how long an end of the line is waited for before the line is used again, milliseconds. */
const endsWithin = 50

/** Messages of one terminal on lines that are kept or not, as the profile says; one that the acquirer closed is replaced, as a till does. */
export class Conversation {
  readonly till: PreflightTill
  readonly spoken: Spoken
  /** How often the acquirer had closed a line that the profile keeps. */
  closings = 0
  readonly #travel: Travel
  #line: RawLine | undefined

  /** @param line  on which something was answered already */
  constructor(travel: Travel, till: PreflightTill, line?: RawLine) {
    this.#travel = travel
    this.spoken = travel.spoken
    this.till = till
    this.#line = line
  }

  /** The HTTP call that was made last, where messages become calls. */
  get lastCall(): HttpCall | undefined {
    return this.#travel.way.calls.at(-1)
  }

  /** Why the last message got no answer, if it was the mapping that failed. */
  get failure(): Way['failure'] {
    return this.#travel.way.failure
  }

  get endpoint(): URL {
    return this.#travel.way.endpoint
  }

  /** The same for another terminal. */
  as(till: PreflightTill): Conversation {
    return new Conversation(this.#travel, till)
  }

  /**
   * @param spoken  another way of saying it, on the same line
   * @returns       the attempt; nothing when no line can be had any more
   */
  async say(request: Request, withinMillis: number, spoken = this.spoken): Promise<Attempt | undefined> {
    const line = await this.#open()
    if (line === undefined) return undefined
    const ready = this.till.ready(request, spoken)
    this.#travel.way.failure = undefined
    line.send(ready.bytes)
    const read = (came: Uint8Array): Reading => readAnswer(spoken, ready.message, ready.bytes, came)
    const heard = await line.hear(came => read(came).is === 'answer', withinMillis, this.#travel.waits.settle)
    if (!this.#travel.keeps || hasEnded(heard)) this.close()
    return {
      changes: [],
      rung: 'echo',
      operation: request.operation,
      spoken,
      sent: ready.bytes,
      heard,
      reading: read(heard.bytes),
    }
  }

  close(): void {
    this.#line?.close()
    this.#line = undefined
  }

  async #open(): Promise<RawLine | undefined> {
    const { way, waits, keeps } = this.#travel
    if (this.#line !== undefined && keeps) {
      if (!hasEnded(await this.#line.hear(() => true, endsWithin, 0))) return this.#line
      this.closings += 1
    }
    this.close()
    const opened = await way.open(waits.connect, this.till.who)
    if (opened.is === 'refused') return undefined
    this.#line = opened.line
    return opened.line
  }
}

const hasEnded = ({ ended }: Heard): boolean => ended === 'closed' || ended === 'broken'
