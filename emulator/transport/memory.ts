import { EmulatorError } from '../values/errors.ts'
import { lengthPrefixed } from './frame-cutter.ts'
import { Inbox } from './inbox.ts'
import type { Listener, ListenerOptions, OnConnection } from './listener.ts'
import { ServerEnd } from './server-end.ts'
import type { TcpOptions } from './tcp.ts'
import type { Link, LinkEvent, Transport, Wait } from './transport.ts'

/** How the bytes of one write travel; each piece arrives as a chunk of its own. Whole unless given. */
export type Pieces = (written: Uint8Array) => Iterable<Uint8Array>

export type MemoryOptions = Readonly<{ pieces?: Pieces }>

/** A network inside the process: listeners by port, and transports that reach them. What is written has arrived when the write returns. */
export interface MemoryNetwork {
  listen(port: number, onConnection: OnConnection, options?: ListenerOptions): Promise<Listener>
  /** @param endpoint  `memory://anything:port` */
  reach(endpoint: URL, options?: Pick<TcpOptions, 'cutter'>): Transport
}

type Port = Readonly<{ accept: (wire: Below) => ServerEnd }>

/** What the line carries from acquirer to terminal. */
type Below = Readonly<{ arrived(bytes: Uint8Array): void; closed(): void; failed(code: string, says: string): void }>

const done = Promise.resolve()
const whole: Pieces = written => [written]
/** Where free ports begin, as most systems have it. */
const firstFreePort = 49_152

/** @example const { listen, reach } = memoryNetwork() */
export function memoryNetwork({ pieces = whole }: MemoryOptions = {}): MemoryNetwork {
  const ports = new Map<number, Port>()
  return {
    listen(wanted, onConnection, options = {}) {
      const port = wanted === 0 ? freePort(ports) : wanted
      const endpoint = new URL(`memory://here:${port}`)
      if (ports.has(port)) {
        return Promise.reject(new EmulatorError('LINK_FAILED', { endpoint: endpoint.href, because: 'the port is taken' }))
      }
      const ends = new Set<ServerEnd>()
      let connections = 0
      ports.set(port, {
        accept: below => {
          let end: ServerEnd | undefined
          const gone = (): void => {
            if (end !== undefined) ends.delete(end)
          }
          end = new ServerEnd(++connections, onConnection, options, {
            write: bytes => {
              for (const piece of pieces(bytes)) below.arrived(piece)
              return 0
            },
            end: () => {
              gone()
              below.closed()
            },
            reset: () => {
              gone()
              below.failed('ECONNRESET', 'the acquirer broke the connection')
            },
          })
          ends.add(end)
          return end
        },
      })
      return Promise.resolve({
        port,
        endpoint,
        close: () => {
          ports.delete(port)
          for (const end of ends) end.reset()
          return done
        },
      })
    },
    reach: (endpoint, options = {}) => ({
      open: signal => {
        const because = signal?.aborted ? 'opening was given up' : undefined
        if (because !== undefined) return Promise.reject(new EmulatorError('LINK_FAILED', { endpoint: endpoint.href, because }))
        const port = ports.get(Number(endpoint.port))
        if (port === undefined) return Promise.reject(new EmulatorError('LINK_REFUSED', { endpoint: endpoint.href }))
        return Promise.resolve(
          new MemoryLink(endpoint.href, port, new Inbox(options.cutter?.() ?? lengthPrefixed()), pieces, signal),
        )
      },
    }),
  }
}

function freePort(ports: ReadonlyMap<number, Port>): number {
  let port = firstFreePort
  while (ports.has(port)) port += 1
  return port
}

class MemoryLink implements Link {
  readonly #endpoint: string
  readonly #inbox: Inbox
  readonly #pieces: Pieces
  readonly #acquirer: ServerEnd | undefined
  readonly #signal: AbortSignal | undefined
  readonly #aborted = (): void => void this.close()

  constructor(endpoint: string, port: Port, inbox: Inbox, pieces: Pieces, signal?: AbortSignal) {
    this.#endpoint = endpoint
    this.#inbox = inbox
    this.#pieces = pieces
    this.#acquirer = port.accept({
      arrived: bytes => {
        // The receiver owns what it gets, as with a socket: the sender may write into its buffer again.
        if (!inbox.arrived(bytes.slice())) this.#gone()
      },
      closed: () => {
        inbox.closed('acquirer')
        this.#gone()
      },
      failed: (code, says) => {
        inbox.failed(code, { says })
        this.#gone()
      },
    })
    this.#signal = signal
    if (!inbox.ended) signal?.addEventListener('abort', this.#aborted)
  }

  send(frame: Uint8Array): Promise<void> {
    if (this.#inbox.ended)
      return Promise.reject(new EmulatorError('LINK_LOST', { endpoint: this.#endpoint, because: 'it is closed' }))
    for (const piece of this.#pieces(frame)) this.#acquirer?.arrived(piece.slice())
    return done
  }

  next(wait: Wait): Promise<LinkEvent> {
    return this.#inbox.next(wait)
  }

  close(): Promise<void> {
    this.#inbox.closed('us')
    this.#gone()
    return done
  }

  #gone(): void {
    this.#signal?.removeEventListener('abort', this.#aborted)
    this.#acquirer?.halfClosed()
  }
}
