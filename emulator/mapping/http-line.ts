import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import tls from 'node:tls'
import { printed } from '../transport/attempt.ts'
import { clientTerms, credentialsOf } from '../transport/tls.ts'
import { troubleOf, unopened } from '../transport/troubles.ts'
import { type TlsTerms, usualTerms } from '../values/door.ts'
import { EmulatorError } from '../values/errors.ts'
import type { Came, Prepared } from './prepared.ts'

/** The longest answer that is believed, in bytes. */
const longest = 1_048_576
const connectWithinMillis = 10_000

/**
 * Connections to one acquirer. The first one is opened before anything is sent, so that "nobody listens" is known to be that; further ones are
 * opened as they are needed.
 */
export class HttpLine {
  readonly #endpoint: URL
  readonly #agent: http.Agent
  readonly #address: string
  readonly #tls: TlsTerms
  #ready: net.Socket | undefined

  constructor(endpoint: URL, terms: TlsTerms = usualTerms) {
    this.#endpoint = endpoint
    this.#address = endpoint.hostname.replace(/^\[(.*)\]$/, '$1')
    this.#tls = terms
    const keeping = { keepAlive: true, maxSockets: 8 } as const
    this.#agent = secure(endpoint) ? new https.Agent({ ...keeping, ...optionsOf(terms, this.#address) }) : new http.Agent(keeping)
    const make = this.#agent.createConnection
    this.#agent.createConnection = (...given: Parameters<typeof make>) => this.#taken() ?? make.apply(this.#agent, given)
  }

  /** @throws EmulatorError `LINK_REFUSED`, `LINK_FAILED`: no connection, so nothing was sent */
  open(signal?: AbortSignal): Promise<void> {
    const endpoint = this.#endpoint
    const at = {
      host: this.#address,
      port: Number(endpoint.port || (secure(endpoint) ? 443 : 80)),
    }
    return new Promise((opened, refuse) => {
      if (signal?.aborted) return refuse(failed(endpoint, 'opening was given up', signal.reason))
      const socket: net.Socket = secure(endpoint)
        ? tls.connect({ ...at, ...optionsOf(this.#tls, this.#address) })
        : net.connect({ ...at, noDelay: true })
      const overdue = setTimeout(() => drop(failed(endpoint, `no answer within ${connectWithinMillis} ms`)), connectWithinMillis)
      const aborted = (): void => drop(failed(endpoint, 'opening was given up', signal?.reason))
      const broken = (error: NodeJS.ErrnoException): void => drop(unopened(printed(endpoint), error))
      const settled = (): void => {
        clearTimeout(overdue)
        signal?.removeEventListener('abort', aborted)
        socket.off('error', broken)
      }
      const drop = (error: EmulatorError): void => {
        settled()
        socket.on('error', () => undefined).destroy()
        refuse(error)
      }
      signal?.addEventListener('abort', aborted)
      socket.once('error', broken)
      socket.once(secure(endpoint) ? 'secureConnect' : 'connect', () => {
        settled()
        // Until a call takes it over, an end of the line is no event: the call will find it closed and open another.
        socket.on('error', () => undefined)
        this.#ready = socket
        opened()
      })
    })
  }

  /** Makes one call. Whatever becomes of it is an answer, or none. */
  call(prepared: Prepared, signal: AbortSignal): Promise<Came> {
    const { method, path, headers, body } = prepared
    const from = this.#endpoint
    const target = new URL(path, from)
    return new Promise(came => {
      if (signal.aborted) return came({ is: 'nothing', says: 'the till had stopped waiting' })
      const request = (secure(from) ? https : http).request(target, {
        method,
        agent: this.#agent,
        headers: { ...headers, ...(body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }) },
      })
      const aborted = (): void => {
        ended({ is: 'nothing', says: 'no answer came while the till waited' })
        request.destroy()
      }
      const ended = (what: Came): void => {
        signal.removeEventListener('abort', aborted)
        came(what)
      }
      signal.addEventListener('abort', aborted)
      request.on('error', (error: NodeJS.ErrnoException) => ended({ is: 'nothing', says: saysOf(error) }))
      request.on('response', response => void collected(response).then(ended))
      request.end(body)
    })
  }

  close(): void {
    this.#ready?.destroy()
    this.#ready = undefined
    this.#agent.destroy()
  }

  #taken(): net.Socket | undefined {
    const socket = this.#ready
    this.#ready = undefined
    return socket === undefined || socket.destroyed || !socket.writable ? undefined : socket
  }
}

const secure = ({ protocol }: URL): boolean => protocol === 'https:'

const failed = (endpoint: URL, because: string, cause?: unknown): EmulatorError =>
  new EmulatorError('LINK_FAILED', { endpoint: printed(endpoint), because }, cause === undefined ? undefined : { cause })

async function collected(response: http.IncomingMessage): Promise<Came> {
  const pieces: Buffer[] = []
  let bytes = 0
  try {
    for await (const piece of response) {
      if (!Buffer.isBuffer(piece)) continue
      bytes += piece.length
      if (bytes > longest) {
        response.destroy()
        return { is: 'nothing', says: `the answer is longer than ${longest} bytes` }
      }
      pieces.push(piece)
    }
  } catch (thrown) {
    return {
      is: 'nothing',
      says: `the answer broke off after ${bytes} bytes: ${thrown instanceof Error ? saysOf(thrown) : 'it failed'}`,
    }
  }
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(response.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  return { is: 'answer', status: response.statusCode ?? 0, headers, text: Buffer.concat(pieces).toString('utf8') }
}

/** What an error on an open line means. */
const saysOf = (error: NodeJS.ErrnoException): string =>
  error.code?.startsWith('HPE_') ? 'what came is no HTTP' : troubleOf(error).says

/** The terms for a connection of HTTP, whose host stays the one of the endpoint whatever name its certificate has to carry. */
function optionsOf(terms: TlsTerms, address: string): tls.ConnectionOptions {
  const { host: _, ...named } = clientTerms(terms, address)
  return { ...credentialsOf(terms), ...named }
}
