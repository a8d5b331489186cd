import type { Socket } from 'node:net'
import { EmulatorError } from '../values/errors.ts'
import { type FrameCutter, plain } from './frame-cutter.ts'
import { Inbox } from './inbox.ts'
import type { Link, LinkEvent, Wait } from './transport.ts'
import { troubleOf } from './troubles.ts'

const sent = Promise.resolve()

/** The terminal's end of an open connection: frames over a stream of bytes, whatever is below it. */
export class SocketLink implements Link {
  readonly #endpoint: string
  readonly #socket: Socket
  readonly #inbox: Inbox

  /** @param endpoint  as it is printed */
  constructor(endpoint: string, socket: Socket, cutter: FrameCutter, signal?: AbortSignal) {
    this.#endpoint = endpoint
    this.#socket = socket
    this.#inbox = new Inbox(cutter)
    const inbox = this.#inbox
    socket.on('data', chunk => {
      if (!inbox.arrived(plain(chunk))) socket.destroy()
    })
    socket.on('end', () => inbox.closed('acquirer'))
    socket.on('error', (error: NodeJS.ErrnoException) => inbox.failed(error.code ?? 'ERROR', troubleOf(error)))
    const aborted = (): void => void this.close()
    signal?.addEventListener('abort', aborted)
    socket.once('close', () => {
      signal?.removeEventListener('abort', aborted)
      inbox.closed('us')
    })
  }

  send(frame: Uint8Array): Promise<void> {
    const socket = this.#socket
    if (this.#inbox.ended || !socket.writable) return Promise.reject(this.#lost('it is closed'))
    return socket.write(frame) ? sent : this.#drained()
  }

  next(wait: Wait): Promise<LinkEvent> {
    return this.#inbox.next(wait)
  }

  close(): Promise<void> {
    const socket = this.#socket
    this.#inbox.closed('us')
    if (socket.closed) return sent
    return new Promise(closed => {
      socket.once('close', () => closed())
      socket.destroySoon()
    })
  }

  #drained(): Promise<void> {
    const socket = this.#socket
    return new Promise((drained, lost) => {
      const settled = (): void => {
        socket.off('drain', onDrain)
        socket.off('close', onClose)
      }
      const onDrain = (): void => {
        settled()
        drained()
      }
      const onClose = (): void => {
        settled()
        lost(this.#lost('it closed before the whole frame was taken'))
      }
      socket.on('drain', onDrain)
      socket.on('close', onClose)
    })
  }

  #lost(because: string): EmulatorError {
    return new EmulatorError('LINK_LOST', { endpoint: this.#endpoint, because })
  }
}
