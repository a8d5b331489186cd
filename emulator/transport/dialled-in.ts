import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createSecureServer, type TLSSocket } from 'node:tls'
import type { TlsTerms } from '../values/door.ts'
import { attempt, printed } from './attempt.ts'
import { addressOf } from './dial.ts'
import { lengthPrefixed } from './frame-cutter.ts'
import { SocketLink } from './socket-link.ts'
import { patienceMillis, type TcpOptions } from './tcp.ts'
import type { Link, Transport } from './transport.ts'
import { failedFor } from './troubles.ts'

export type DialledInOptions = TcpOptions &
  Readonly<{
    /** On `tls://`: what we show to the acquirer, and whom we trust. */
    terms?: TlsTerms
  }>

/** The terminals listen and the acquirer dials in. */
export interface DialledIn extends Transport {
  /** Stops listening, and closes the connections that nobody has taken. */
  close(): Promise<void>
}

/** A connection that came in; `link` is there from the beginning, so that nothing that arrives is lost. */
type Waiting = Readonly<{ socket: Socket; link: Link }>

/** Connections that may wait for a terminal; what comes beyond is closed. */
const waitingAtMost = 64

/**
 * Frames over connections that the acquirer opens: `open` gives the next one that has come in, or waits for it. Who dials has no say in what
 * is asked, so terminals ask over it as over any other line.
 *
 * @param endpoint  where we listen from the first `open` on: `tcp://0.0.0.0:8583`, or `tls://…` with `terms`
 * @throws          at `open`: EmulatorError `LINK_FAILED`, when the port cannot be had or nobody dials in in time
 */
export function dialledIn(endpoint: URL, options: DialledInOptions = {}): DialledIn {
  return new Receiver(endpoint, options)
}

class Receiver implements DialledIn {
  readonly #at: string
  readonly #endpoint: URL
  readonly #options: DialledInOptions
  readonly #waiting: Waiting[] = []
  readonly #takers: ((link: Link) => void)[] = []
  #listening: Promise<Server> | undefined

  constructor(endpoint: URL, options: DialledInOptions) {
    this.#at = printed(endpoint)
    this.#endpoint = endpoint
    this.#options = options
  }

  async open(signal?: AbortSignal): Promise<Link> {
    this.#listening ??= this.#listen()
    await this.#listening
    const withinMillis = this.#options.connectWithinMillis ?? patienceMillis
    const link = await attempt<Link>({ endpoint: this.#at, withinMillis, ...(signal && { signal }) }, ({ opened }) => {
      const there = this.#next()
      if (there === undefined) this.#takers.push(opened)
      else opened(there)
      return {
        drop: () => {
          const at = this.#takers.indexOf(opened)
          if (at >= 0) this.#takers.splice(at, 1)
        },
        overdue: () => ({ because: 'no acquirer dialled in', reason: 'no answer' }),
      }
    })
    signal?.addEventListener('abort', () => void link.close(), { once: true })
    return link
  }

  async close(): Promise<void> {
    for (const { socket } of this.#waiting.splice(0)) socket.destroy()
    const server = await this.#listening?.catch(() => undefined)
    if (server?.listening) await new Promise<void>(closed => server.close(() => closed()))
  }

  /** The connection that has waited longest and is still there. */
  #next(): Link | undefined {
    for (;;) {
      const waiting = this.#waiting.shift()
      if (waiting === undefined || !waiting.socket.destroyed) return waiting?.link
    }
  }

  #came(socket: Socket): void {
    const link = new SocketLink(this.#at, socket, this.#options.cutter?.() ?? lengthPrefixed())
    const take = this.#takers.shift()
    if (take !== undefined) take(link)
    else if (this.#waiting.length < waitingAtMost) this.#waiting.push({ socket, link })
    else socket.destroy()
  }

  #listen(): Promise<Server> {
    const at = this.#at
    const secure = this.#endpoint.protocol === 'tls:'
    const address = addressOf(this.#endpoint, secure ? 'tls' : 'tcp')
    if (address === undefined)
      return Promise.reject(
        failedFor(at, { says: 'an address to listen at is needed: tcp://host:port or tls://host:port', reason: 'no address' }),
      )
    const server = secure ? this.#secureServer() : createServer({ noDelay: true })
    server.on(secure ? 'secureConnection' : 'connection', (socket: Socket | TLSSocket) => this.#came(socket))
    return new Promise((listening, refuse) => {
      server.once('error', cause => refuse(failedFor(at, { says: `it cannot be listened at: ${cause.message}` }, cause)))
      server.listen(address, () => listening(server))
    })
  }

  #secureServer(): Server {
    const { ca, certificate, key, minVersion } = this.#options.terms ?? { minVersion: 'TLSv1.2' }
    const server = createSecureServer({
      noDelay: true,
      minVersion,
      ...(certificate === undefined ? {} : { cert: certificate }),
      ...(key === undefined ? {} : { key: key.reveal() }),
      // An acquirer that dials in shows a certificate when we say whom we trust.
      ...(ca === undefined ? {} : { ca, requestCert: true, rejectUnauthorized: true }),
    })
    // Whoever cannot be let in is none of the acquirer's connections.
    return server.on('tlsClientError', (_, socket) => socket.destroy())
  }
}
