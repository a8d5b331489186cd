import { type FrameCutter, lengthPrefixed } from './frame-cutter.ts'
import type { Handlers, ListenerOptions, OnConnection, ServerClose, ServerLink } from './listener.ts'

/** What the acquirer's side of a connection asks of the line below it. */
export type ServerWire = Readonly<{
  /** @returns the number of bytes that the other side has not taken yet. */
  write(bytes: Uint8Array): number
  /** Closes after what has been written. */
  end(): void
  reset(): void
}>

/** Answers that a terminal leaves unread, in bytes, before the line is given up. */
const unreadAtMost = 1 << 20

/** The acquirer's side of a connection: cuts frames, hands them on, and ends in exactly one way whatever the terminal does. */
export class ServerEnd implements ServerLink {
  readonly id: number
  readonly #wire: ServerWire
  readonly #cutter: FrameCutter
  #handlers: Handlers = { frame: () => undefined }
  #over = false
  #halfClosed = false
  #closing = false
  /** Frames whose handler has promised an answer. */
  #pending = 0

  constructor(id: number, onConnection: OnConnection, options: ListenerOptions, wire: ServerWire) {
    this.id = id
    this.#wire = wire
    this.#cutter = options.cutter?.() ?? lengthPrefixed()
    this.#handlers = onConnection(this)
  }

  send(bytes: Uint8Array): boolean {
    if (this.#over || this.#closing) return false
    if (this.#wire.write(bytes) > unreadAtMost) {
      this.#end({ by: 'us', how: 'does not read', says: `the terminal left more than ${unreadAtMost} bytes unread` })
      this.#wire.reset()
      return false
    }
    return true
  }

  close(): void {
    if (this.#over || this.#closing) return
    this.#closing = true
    this.#end({ by: 'us', how: 'closed', says: 'we closed the line' })
    this.#wire.end()
  }

  reset(): void {
    if (this.#over) return
    this.#end({ by: 'us', how: 'reset', says: 'we broke the line' })
    this.#wire.reset()
  }

  arrived(chunk: Uint8Array): void {
    if (this.#over) return
    for (const frame of this.#cutter.push(chunk)) {
      this.#handle(frame)
      if (this.#over) return
    }
    const problem = this.#cutter.problem?.()
    if (problem === undefined) return
    this.#end({ by: 'us', how: 'garbage', says: problem })
    this.#wire.reset()
  }

  /** The terminal will send no more, but may still read. */
  halfClosed(): void {
    this.#halfClosed = true
    this.#closeIfDone()
  }

  /** The line is gone. */
  broken(because: string): void {
    if (this.#halfClosed) this.#end({ by: 'terminal', how: 'closed', says: 'the terminal closed the line' })
    else this.#end({ by: 'terminal', how: 'reset', says: `the line broke: ${because}` })
  }

  #handle(frame: Uint8Array): void {
    try {
      const answer = this.#handlers.frame(frame)
      if (answer === undefined) return
      this.#pending += 1
      answer.then(
        () => {
          this.#pending -= 1
          this.#closeIfDone()
        },
        (thrown: unknown) => this.#handlerFailed(thrown),
      )
    } catch (thrown) {
      this.#handlerFailed(thrown)
    }
  }

  #handlerFailed(thrown: unknown): void {
    if (this.#over) return
    this.#end({ by: 'us', how: 'handler failed', says: 'the handler of a frame failed', thrown })
    this.#wire.reset()
  }

  #closeIfDone(): void {
    if (!this.#halfClosed || this.#pending > 0 || this.#over) return
    this.#end({ by: 'terminal', how: 'closed', says: 'the terminal closed the line' })
    this.#wire.end()
  }

  #end(end: ServerClose): void {
    if (this.#over) return
    this.#over = true
    const partial = this.#cutter.rest()
    this.#handlers.closed?.(partial.length === 0 ? end : { ...end, partial })
  }
}
