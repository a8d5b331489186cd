import type { FrameCutter } from './frame-cutter.ts'
import type { LinkEvent, Wait } from './transport.ts'
import { betrayed, type Trouble } from './troubles.ts'

type Ending = Extract<LinkEvent, { saw: 'close' | 'failure' }>
type Taker = (event: LinkEvent) => void

const turnsToLook = 3
/** After word that bytes went back: many more than any socket needs, so that only what is no frame, or went elsewhere, becomes silence. */
const turnsAfterAnswer = 200

/**
 * What has arrived on our side of a link, in order, and at most one wait for more. Chunks go in, events come out; every transport of ours
 * has one, so that waiting means the same on each.
 */
export class Inbox {
  readonly #cutter: FrameCutter
  readonly #isEnding: () => boolean
  readonly #frames: Uint8Array[] = []
  #ending: Ending | undefined
  #taker: Taker | undefined
  /** Numbers the waits, so that word about one that is over finds nobody. */
  #turn = 0
  /** Counts what has come, so that a wait can tell whether anything came meanwhile. */
  #chunks = 0
  #timer: NodeJS.Timeout | undefined
  #timerMillis = 0

  /** @param ending  whether the line has begun to end, so that its end is all that can still come */
  constructor(cutter: FrameCutter, ending: () => boolean = () => false) {
    this.#cutter = cutter
    this.#isEnding = ending
  }

  get ended(): boolean {
    return this.#ending !== undefined
  }

  /** Takes bytes in. The answer is false when they cannot be cut into frames: the failure is then queued and the line is of no more use. */
  arrived(chunk: Uint8Array): boolean {
    if (this.#ending !== undefined) return true
    this.#chunks += 1
    for (const frame of this.#cutter.push(chunk)) {
      if (this.#taker === undefined) this.#frames.push(frame)
      else this.#give({ saw: 'frame', frame })
    }
    const problem = this.#cutter.problem?.()
    if (problem === undefined) return true
    const { says, reason } = betrayed(this.#cutter.rest()) ?? {}
    this.failed('FRAME_LENGTH', { says: says === undefined ? problem : `${problem}: ${says}`, ...(reason && { reason }) })
    return false
  }

  closed(by: 'acquirer' | 'us', says?: string): void {
    const reason = by === 'acquirer' ? betrayed(this.#cutter.rest())?.reason : undefined
    this.#end({ saw: 'close', by, ...(says === undefined ? {} : { says }), ...(reason && { reason }), ...this.#partial() })
  }

  /** `code` as the system names it (`ECONNRESET`). `evidence`: bytes that came and were no frame, where the line kept them apart itself. */
  failed(code: string, trouble: Trouble, evidence?: Uint8Array): void {
    this.#end({ saw: 'failure', code, ...trouble, ...(evidence === undefined ? this.#partial() : { partial: evidence }) })
  }

  next(wait: Wait): Promise<LinkEvent> {
    const frame = this.#frames.shift()
    if (frame !== undefined) return Promise.resolve({ saw: 'frame', frame })
    if (this.#ending !== undefined) return Promise.resolve(this.#ending)
    if (this.#taker !== undefined) return Promise.reject(new Error('this link is already being waited on; one wait at a time'))
    return new Promise((take, refuse) => {
      this.#taker = take
      const turn = ++this.#turn
      if (wait.withinMillis <= 0) return this.#silentOnceRead(turn)
      this.#startTimer(wait.withinMillis)
      wait.finished?.then(
        ({ answered }) => this.#silentOnceRead(turn, answered ? turnsAfterAnswer : turnsToLook),
        (thrown: unknown) => {
          if (turn !== this.#turn || this.#taker === undefined) return
          this.#over()
          refuse(thrown)
        },
      )
    })
  }

  #end(ending: Ending): void {
    if (this.#ending !== undefined) return
    this.#ending = ending
    if (this.#taker !== undefined) this.#give(ending)
    if (this.#timer !== undefined) clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #partial(): { partial?: Uint8Array } {
    const partial = this.#cutter.rest()
    return partial.length === 0 ? {} : { partial }
  }

  #give(event: LinkEvent): void {
    const take = this.#taker
    this.#over()
    take?.(event)
  }

  #over(): void {
    this.#taker = undefined
    this.#timer?.unref()
  }

  /**
   * Word that nothing more will come can overtake bytes, or an end of the line, that are still in the socket. Two turns of the event loop
   * hold one whole look at every socket, and a line that is being closed takes a turn more; bytes that came meanwhile are looked behind
   * again, for a socket is read in pieces. So all that has arrived is read before silence is called.
   */
  #silentOnceRead(turn: number, turns = turnsToLook, chunks = this.#chunks): void {
    setImmediate(() => {
      if (turn !== this.#turn || this.#taker === undefined) return
      if (this.#isEnding()) return
      if (chunks !== this.#chunks) this.#silentOnceRead(turn)
      else if (turns > 1) this.#silentOnceRead(turn, turns - 1, chunks)
      else this.#give({ saw: 'silence', ...this.#partial() })
    })
  }

  #silent(turn: number): void {
    if (turn === this.#turn && this.#taker !== undefined) this.#give({ saw: 'silence', ...this.#partial() })
  }

  /** One timer for the life of the link, started again for each wait; it holds the process only while somebody waits. */
  #startTimer(millis: number): void {
    if (this.#timer !== undefined && this.#timerMillis === millis) {
      this.#timer.refresh().ref()
      return
    }
    if (this.#timer !== undefined) clearTimeout(this.#timer)
    this.#timerMillis = millis
    this.#timer = setTimeout(() => this.#silent(this.#turn), millis)
  }
}
