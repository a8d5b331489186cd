import { lookup } from 'node:dns/promises'
import net from 'node:net'
import type { TlsTerms } from '../values/door.ts'
import { type Address, type Opened, openRaw } from './raw-line.ts'

/** Terms of a line with TLS where the profile has none of its own. */
const usual: TlsTerms = { minVersion: 'TLSv1.2', checksName: true }

/** Ports of the schemes that have one. */
const usualPorts: Readonly<Record<string, number>> = { 'https:': 443, 'wss:': 443, 'http:': 80, 'ws:': 80 }

/** The way to an endpoint, in pieces that can be looked at one by one. */
export class Way {
  readonly endpoint: URL
  readonly address: Address
  /** Present on an endpoint with TLS. */
  readonly terms: TlsTerms | undefined

  constructor(endpoint: URL, terms: TlsTerms | undefined) {
    this.endpoint = endpoint
    const host = endpoint.hostname.replace(/^\[(.*)\]$/, '$1')
    this.address = { host, port: endpoint.port === '' ? (usualPorts[endpoint.protocol] ?? 0) : Number(endpoint.port) }
    this.terms = ['tls:', 'wss:', 'https:'].includes(endpoint.protocol) ? (terms ?? usual) : undefined
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
    return openRaw(this.address, undefined, withinMillis)
  }

  /** A line on which messages can be sent. */
  open(withinMillis: number): Promise<Opened> {
    return openRaw(this.address, this.terms, withinMillis)
  }

  /** The same host and port through another door. */
  through(scheme: string): Way {
    const { host, pathname } = this.endpoint
    return new Way(new URL(`${scheme}://${host}${pathname === '/' ? '' : pathname}`), undefined)
  }
}
