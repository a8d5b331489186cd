import type { Link, LinkEvent, Wait } from '../transport/transport.ts'
import { EmulatorError } from '../values/errors.ts'
import type { HttpLine } from './http-line.ts'

/** Does what a frame asks; the reply, or nothing when its outcome is unknown. */
type Answering = (frame: Uint8Array, ended: AbortSignal) => Promise<Uint8Array | undefined>

/**
 * A line to an acquirer behind HTTP. Frames are messages in business names; what goes over the network is calls. A reply that comes after the till has
 * stopped waiting lies ready for its next wait, as on any other line.
 */
export class MappedLink implements Link {
  readonly #http: HttpLine
  readonly #answering: Answering
  readonly #ended = new AbortController()
  readonly #arrived: Uint8Array[] = []
  readonly #pieces: Uint8Array[] = []
  #working = 0
  #failure: unknown
  #taker: (() => void) | undefined

  constructor(http: HttpLine, answering: Answering) {
    this.#http = http
    this.#answering = answering
  }

  send(frame: Uint8Array): Promise<void> {
    if (this.#ended.signal.aborted)
      return Promise.reject(new EmulatorError('LINK_LOST', { endpoint: 'the acquirer', because: 'it is closed' }))
    this.#working += 1
    void this.#work(frame)
    return Promise.resolve()
  }

  /** A call is made of a whole message: pieces wait for the last one. */
  sendPiece(piece: Uint8Array, ends: boolean): Promise<void> {
    this.#pieces.push(piece)
    return ends ? this.send(new Uint8Array(Buffer.concat(this.#pieces.splice(0)))) : Promise.resolve()
  }

  async next({ withinMillis }: Wait): Promise<LinkEvent> {
    if (this.#nothingYet() && this.#working > 0 && withinMillis > 0) await this.#something(withinMillis)
    if (this.#failure !== undefined) {
      // Whoever is told of a mistake in the mapping goes no further, and a connection that is left open would keep the process.
      await this.close()
      throw this.#failure
    }
    const frame = this.#arrived.shift()
    if (frame !== undefined) return { saw: 'frame', frame }
    return this.#ended.signal.aborted ? { saw: 'close', by: 'us' } : { saw: 'silence' }
  }

  close(): Promise<void> {
    this.#ended.abort()
    this.#http.close()
    this.#taker?.()
    return Promise.resolve()
  }

  #nothingYet(): boolean {
    return this.#arrived.length === 0 && this.#failure === undefined && !this.#ended.signal.aborted
  }

  async #work(frame: Uint8Array): Promise<void> {
    try {
      const reply = await this.#answering(frame, this.#ended.signal)
      if (reply !== undefined) this.#arrived.push(reply)
    } catch (thrown) {
      this.#failure = thrown
    }
    this.#working -= 1
    this.#taker?.()
  }

  #something(withinMillis: number): Promise<void> {
    return new Promise(come => {
      const timer = setTimeout(() => this.#taker?.(), withinMillis)
      this.#taker = () => {
        clearTimeout(timer)
        this.#taker = undefined
        come()
      }
    })
  }
}
