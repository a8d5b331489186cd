import net from 'node:net'
import { EmulatorError } from '../values/errors.ts'
import { type FrameCutter, lengthPrefixed, plain } from './frame-cutter.ts'
import { Inbox } from './inbox.ts'
import type { Link, LinkEvent, Transport, Wait } from './transport.ts'

export type TcpOptions = Readonly<{
  /** One for each connection; `lengthPrefixed()` unless given. */
  cutter?: () => FrameCutter
  /** How long opening may take; 10 000 unless given. */
  connectWithinMillis?: number
}>

const sent = Promise.resolve()

/**
 * Frames over a TCP connection; every `open` is a connection of its own.
 *
 * @param endpoint  `tcp://host:port`
 * @example         const link = await tcp(new URL('tcp://127.0.0.1:5000')).open()
 */
export function tcp(endpoint: URL, options: TcpOptions = {}): Transport {
  return { open: signal => connect(endpoint, options, signal) }
}

function connect(endpoint: URL, options: TcpOptions, signal?: AbortSignal): Promise<Link> {
  const at = endpoint.href
  const port = Number(endpoint.port)
  const host = endpoint.hostname.replace(/^\[(.*)\]$/, '$1')
  const withinMillis = options.connectWithinMillis ?? 10_000
  return new Promise((opened, refuse) => {
    if (endpoint.protocol !== 'tcp:' || endpoint.port === '' || host === '') {
      return refuse(
        new EmulatorError('LINK_FAILED', { endpoint: at, because: 'an address of the form tcp://host:port is needed' }),
      )
    }
    if (signal?.aborted) return refuse(givenUp(at, signal))
    const socket = net.connect({ host, port, noDelay: true })
    const overdue = setTimeout(
      () => fail(new EmulatorError('LINK_FAILED', { endpoint: at, because: `no answer within ${withinMillis} ms` })),
      withinMillis,
    )
    const aborted = (): void => fail(givenUp(at, signal))
    const failed = (cause: NodeJS.ErrnoException): void => fail(unopened(at, cause))
    const settled = (): void => {
      clearTimeout(overdue)
      signal?.removeEventListener('abort', aborted)
      socket.off('error', failed)
    }
    const fail = (error: EmulatorError): void => {
      settled()
      // A socket that is being destroyed may still report an error; what there was to say has been said.
      socket.on('error', () => undefined).destroy()
      refuse(error)
    }
    signal?.addEventListener('abort', aborted)
    socket.once('error', failed)
    socket.once('connect', () => {
      settled()
      opened(new TcpLink(at, socket, options.cutter?.() ?? lengthPrefixed(), signal))
    })
  })
}

function unopened(endpoint: string, cause: NodeJS.ErrnoException): EmulatorError {
  if (cause.code === 'ECONNREFUSED') return new EmulatorError('LINK_REFUSED', { endpoint }, { cause })
  return new EmulatorError('LINK_FAILED', { endpoint, because: cause.code ?? cause.message }, { cause })
}

function givenUp(endpoint: string, signal: AbortSignal | undefined): EmulatorError {
  return new EmulatorError('LINK_FAILED', { endpoint, because: 'opening was given up' }, { cause: signal?.reason })
}

class TcpLink implements Link {
  readonly #endpoint: string
  readonly #socket: net.Socket
  readonly #inbox: Inbox

  constructor(endpoint: string, socket: net.Socket, cutter: FrameCutter, signal?: AbortSignal) {
    this.#endpoint = endpoint
    this.#socket = socket
    this.#inbox = new Inbox(cutter)
    const inbox = this.#inbox
    socket.on('data', chunk => {
      if (!inbox.arrived(plain(chunk))) socket.destroy()
    })
    socket.on('end', () => inbox.closed('acquirer'))
    socket.on('error', (error: NodeJS.ErrnoException) => inbox.failed(error.code ?? 'ERROR', saysOf(error)))
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

function saysOf(error: NodeJS.ErrnoException): string {
  if (error.code === 'ECONNRESET') return 'the acquirer broke the connection'
  if (error.code === 'EPIPE') return 'the acquirer had closed the connection'
  return error.code ?? error.message
}
