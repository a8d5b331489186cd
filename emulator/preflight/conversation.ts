import type { Request } from '../values/request.ts'
import type { Attempt } from './attempt.ts'
import type { Heard, RawLine } from './raw-line.ts'
import { type Reading, readAnswer, type Spoken } from './reading.ts'
import type { PreflightTill } from './till.ts'
import type { Waits } from './waits.ts'
import type { Way } from './way.ts'

/** Messages of one terminal on one line, which is opened again where the acquirer closed it. */
export class Conversation {
  readonly till: PreflightTill
  readonly spoken: Spoken
  /** How often the acquirer had closed the line before the next message. */
  closings = 0
  readonly #way: Way
  readonly #waits: Waits
  #line: RawLine | undefined

  constructor(way: Way, waits: Waits, till: PreflightTill, spoken: Spoken, line?: RawLine) {
    this.#way = way
    this.#waits = waits
    this.till = till
    this.spoken = spoken
    this.#line = line
  }

  /** Another terminal on the same line. */
  as(till: PreflightTill): Conversation {
    return new Conversation(this.#way, this.#waits, till, this.spoken)
  }

  /** @returns the attempt; nothing when no line can be had any more */
  async say(request: Request, withinMillis: number): Promise<Attempt | undefined> {
    const line = await this.#open()
    if (line === undefined) return undefined
    const ready = this.till.ready(request, this.spoken)
    line.send(ready.bytes)
    const read = (came: Uint8Array): Reading => readAnswer(this.spoken, ready.message, ready.bytes, came)
    const heard = await line.hear(came => read(came).is === 'answer', withinMillis, this.#waits.settle)
    if (heard.ended === 'closed' || heard.ended === 'broken') this.#line = undefined
    return {
      changes: [],
      rung: 'echo',
      operation: request.operation,
      spoken: this.spoken,
      sent: ready.bytes,
      heard,
      reading: read(heard.bytes),
    }
  }

  close(): void {
    this.#line?.close()
    this.#line = undefined
  }

  /** A line that was closed since the last message is replaced, as a till does. */
  async #open(): Promise<RawLine | undefined> {
    if (this.#line !== undefined) {
      const meanwhile: Heard = await this.#line.hear(() => true, 0, 0)
      if (meanwhile.ended !== 'closed' && meanwhile.ended !== 'broken') return this.#line
      this.closings += 1
      this.close()
    }
    const opened = await this.#way.open(this.#waits.connect)
    if (opened.is === 'refused') return undefined
    this.#line = opened.line
    return opened.line
  }
}
