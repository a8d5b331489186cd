import { lookup } from 'node:dns/promises'
import net from 'node:net'
import { type MappedAcquirer, mappedHttp } from '../mapping/mapped-http.ts'
import type { Profile } from '../profile/profile.ts'
import type { Link } from '../transport/transport.ts'
import { websocket } from '../transport/websocket.ts'
import { type TlsTerms, usualTerms } from '../values/door.ts'
import { type EmulatorError, isEmulatorError } from '../values/errors.ts'
import type { HttpCall } from '../values/http-call.ts'
import { LinkLine } from './link-line.ts'
import { type Address, type Opened, openRaw, type RawLine } from './raw-line.ts'

/** Terms of a line with TLS where the profile has none of its own. */

/** Ports of the schemes that have one. */
const usualPorts: Readonly<Record<string, number>> = { 'https:': 443, 'wss:': 443, 'http:': 80, 'ws:': 80 }

/** Whose line it is: behind HTTP each till has its own credentials. */
export type Who = Readonly<{ merchantId: string; terminalId: string }>

/** The way to an endpoint, in pieces that can be looked at one by one. */
export class Way {
  readonly endpoint: URL
  readonly address: Address
  /** Present on an endpoint with TLS. */
  readonly terms: TlsTerms | undefined
  /** What a line is, beyond TCP and TLS. */
  readonly carries: 'bytes' | 'WebSocket' | 'HTTP calls'
  /** Every HTTP call that a mapping made, in order. */
  readonly calls: HttpCall[] = []
  /** Why the message that was sent last got no answer, if it was the mapping that failed. */
  failure: EmulatorError | undefined
  readonly #profile: Profile
  readonly #mapped: MappedAcquirer | undefined
  readonly #lines: RawLine[] = []

  constructor(profile: Profile, endpoint: URL) {
    this.#profile = profile
    this.endpoint = endpoint
    const host = endpoint.hostname.replace(/^\[(.*)\]$/, '$1')
    const { protocol, port } = endpoint
    this.address = { host, port: port === '' ? (usualPorts[protocol] ?? 0) : Number(port) }
    this.terms = ['tls:', 'wss:', 'https:'].includes(protocol) ? (profile.tls ?? usualTerms) : undefined
    this.carries = protocol.startsWith('http') ? 'HTTP calls' : protocol.startsWith('ws') ? 'WebSocket' : 'bytes'
    const { mapping } = profile
    if (mapping !== undefined)
      this.#mapped = mappedHttp(mapping, endpoint, {
        run: Date.now().toString(36),
        ...(this.terms === undefined ? {} : { tls: this.terms }),
      })
  }

  /** The addresses of the host, or the resolver's code. A literal address is its own. */
  async resolve(withinMillis: number): Promise<Readonly<{ addresses: readonly string[] }> | Readonly<{ code: string }>> {
    const { host } = this.address
    if (net.isIP(host) !== 0) return { addresses: [host] }
    const { promise: overdue, resolve } = Promise.withResolvers<{ code: string }>()
    const timer = setTimeout(() => resolve({ code: 'ETIMEOUT' }), withinMillis)
    const found = lookup(host, { all: true }).then(
      all => ({ addresses: all.map(({ address }) => address) }),
      (thrown: NodeJS.ErrnoException) => ({ code: thrown.code ?? 'ERROR' }),
    )
    try {
      return await Promise.race([found, overdue])
    } finally {
      clearTimeout(timer)
    }
  }

  /** The connection alone, without what is spoken on it. */
  connect(withinMillis: number): Promise<Opened> {
    return this.#kept(openRaw(this.address, undefined, withinMillis))
  }

  /** The connection and TLS on it. */
  secure(withinMillis: number): Promise<Opened> {
    return this.#kept(openRaw(this.address, this.terms, withinMillis))
  }

  /** A line on which messages can be sent. */
  async open(withinMillis: number, who: Who): Promise<Opened> {
    if (this.carries === 'bytes') return this.secure(withinMillis)
    const began = performance.now()
    const millis = (): number => Math.round(performance.now() - began)
    try {
      const line = new LinkLine(await this.#link(withinMillis, who), failure => (this.failure = failure))
      return await this.#kept(Promise.resolve({ is: 'open', line, millis: millis() }))
    } catch (thrown) {
      if (!isEmulatorError(thrown)) throw thrown
      const code = 'reason' in thrown.facts ? String(thrown.facts.reason) : thrown.code
      return { is: 'refused', code, says: thrown.message, millis: millis() }
    }
  }

  /** The same host and port through another door, or under another path. */
  through(scheme: string, path = this.endpoint.pathname): Way {
    const other = new URL(`${scheme}://${this.endpoint.host}`)
    other.pathname = path
    other.hash = this.endpoint.hash
    const { tls: _, ...profile } = this.#profile
    return new Way(this.terms === undefined ? profile : this.#profile, other)
  }

  /** Closes every line that was opened on it, whoever was using it: one that stays open would keep the process. */
  async close(): Promise<void> {
    for (const line of this.#lines.splice(0)) line.close()
    await this.#mapped?.close()
  }

  async #kept(opening: Promise<Opened>): Promise<Opened> {
    const opened = await opening
    if (opened.is === 'open') this.#lines.push(opened.line)
    return opened
  }

  #link(connectWithinMillis: number, who: Who): Promise<Link> {
    const { terms } = this
    if (this.#mapped !== undefined) return this.#mapped.line({ ...who, saw: call => this.calls.push(call) }).open()
    const text = this.#profile.speaks.syntax === 'json'
    return websocket(this.endpoint, { text, connectWithinMillis, ...(terms === undefined ? {} : { terms }) }).open()
  }
}
