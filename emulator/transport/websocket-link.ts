import type { Socket } from 'node:net'
import { WebSocket } from 'ws'
import { EmulatorError } from '../values/errors.ts'
import { cutterFor, plain } from './frame-cutter.ts'
import { Inbox } from './inbox.ts'
import type { Link, LinkEvent, Wait } from './transport.ts'
import { troubleOf } from './troubles.ts'

/** Closes that need no words: done, and nothing said. */
const ordinary: ReadonlySet<number> = new Set([1000, 1005])
/** No closing frame came. */
const abnormal = 1006

const sent = Promise.resolve()
const wholeFrames = cutterFor({ is: 'whole' })

/** The terminal's end of an open WebSocket. */
export class WebSocketLink implements Link {
  readonly #endpoint: string
  readonly #line: WebSocket
  readonly #binary: boolean
  readonly #inbox: Inbox

  /** @param below  the socket that carries it: what breaks there, `ws` does not tell */
  constructor(endpoint: string, line: WebSocket, below: Socket, text: boolean, signal?: AbortSignal) {
    this.#endpoint = endpoint
    this.#line = line
    this.#binary = !text
    // A closing message is seen before its words, and before the end of the connection.
    const inbox = new Inbox(wholeFrames(), () => line.readyState === WebSocket.CLOSING)
    this.#inbox = inbox
    line.binaryType = 'nodebuffer'
    line.on('message', (data, isBinary) => this.#arrived(Buffer.isBuffer(data) ? data : Buffer.alloc(0), isBinary))
    line.on('error', (error: NodeJS.ErrnoException) => {
      inbox.failed(error.code ?? 'ERROR', { says: saysOf(error), reason: 'broke the protocol' })
      line.terminate()
    })
    let broken: NodeJS.ErrnoException | undefined
    below.on('error', error => (broken = error))
    const aborted = (): void => void this.close()
    signal?.addEventListener('abort', aborted)
    line.once('close', code => {
      signal?.removeEventListener('abort', aborted)
      if (code === abnormal && broken !== undefined) inbox.failed(broken.code ?? 'ERROR', troubleOf(broken))
      else inbox.closed('acquirer', ordinary.has(code) ? undefined : closeSays(code))
    })
  }

  send(frame: Uint8Array): Promise<void> {
    return this.sendPiece(frame, true)
  }

  sendPiece(piece: Uint8Array, ends: boolean): Promise<void> {
    const line = this.#line
    if (this.#inbox.ended || line.readyState !== WebSocket.OPEN) return Promise.reject(this.#lost('it is closed'))
    if (line.bufferedAmount === 0) {
      line.send(piece, { binary: this.#binary, fin: ends })
      return sent
    }
    return new Promise((taken, lost) => {
      line.send(piece, { binary: this.#binary, fin: ends }, error => {
        if (error) lost(this.#lost('it closed before the whole frame was taken'))
        else taken()
      })
    })
  }

  next(wait: Wait): Promise<LinkEvent> {
    return this.#inbox.next(wait)
  }

  close(): Promise<void> {
    const line = this.#line
    this.#inbox.closed('us')
    if (line.readyState === WebSocket.CLOSED) return sent
    return new Promise(closed => {
      line.once('close', () => closed())
      line.close(1000)
    })
  }

  #arrived(message: Buffer, isBinary: boolean): void {
    const inbox = this.#inbox
    if (isBinary === this.#binary && message.length > 0) return void inbox.arrived(plain(message))
    const kind = isBinary ? 'binary' : 'text'
    const says =
      message.length === 0
        ? 'an empty message came'
        : `a message came as ${kind}, where ${this.#binary ? 'binary' : 'text'} is due`
    inbox.failed('MESSAGE_KIND', { says, reason: 'broke the protocol' }, plain(message))
    this.#line.close(1003)
  }

  #lost(because: string): EmulatorError {
    return new EmulatorError('LINK_LOST', { endpoint: this.#endpoint, because })
  }
}

/** The words that may stand beside the code are the acquirer's, and may hold a card. */
function closeSays(code: number): string {
  return code === abnormal ? 'without a closing message' : `with code ${code}`
}

function saysOf(error: NodeJS.ErrnoException): string {
  if (error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') return 'a message came that is longer than any that is believed'
  return `what came is no WebSocket message: ${error.message}`
}
