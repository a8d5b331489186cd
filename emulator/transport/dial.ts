import net from 'node:net'
import type { Begun, Outcome } from './attempt.ts'
import { failedFor, unopened } from './troubles.ts'

/** Begins to open a connection; called for every connection anew. */
export type Dialler<S extends net.Socket> = (outcome: Outcome<S>) => Begun

type Scheme = 'tcp' | 'tls' | 'ws' | 'wss'

export type Address = Readonly<{ host: string; port: number }>

/** Where an endpoint is; absent when it is none of this scheme. An IPv6 host stands without its brackets. */
export function addressOf({ protocol, hostname, port }: URL, scheme: Scheme): Address | undefined {
  const usual = { tcp: '', tls: '', ws: '80', wss: '443' }[scheme]
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const number = port === '' ? usual : port
  return protocol !== `${scheme}:` || host === '' || number === '' ? undefined : { host, port: Number(number) }
}

/**
 * Opens TCP connections.
 *
 * @param at       the endpoint as it is printed
 * @param address  absent when the endpoint is no address of this scheme: then nothing is ever opened
 */
export function tcpDialler(at: string, address: Address | undefined, scheme: Scheme): Dialler<net.Socket> {
  return ({ opened, failed }) => {
    if (address === undefined) {
      failed(failedFor(at, { says: `an address of the form ${scheme}://host:port is needed`, reason: 'no address' }))
      return { drop: () => undefined }
    }
    const socket = net.connect({ ...address, noDelay: true })
    const refused = (cause: NodeJS.ErrnoException): void => failed(unopened(at, cause))
    // A socket that is being destroyed may still report an error; what there was to say has been said.
    socket.on('error', () => undefined).once('error', refused)
    socket.once('connect', () => {
      socket.off('error', refused)
      opened(socket)
    })
    return { drop: () => socket.destroy() }
  }
}
