import net from 'node:net'
import { attempt, type Outcome, printed } from './attempt.ts'
import { type FrameCutter, lengthPrefixed } from './frame-cutter.ts'
import { SocketLink } from './socket-link.ts'
import type { Transport } from './transport.ts'
import { failedFor, unopened } from './troubles.ts'

export type TcpOptions = Readonly<{
  /** One for each connection; `lengthPrefixed()` unless given. */
  cutter?: () => FrameCutter
  /** How long opening may take; 10 000 unless given. */
  connectWithinMillis?: number
}>

/** How long opening may take, unless something else is said. */
export const patienceMillis = 10_000

/**
 * Frames over a TCP connection; every `open` is a connection of its own.
 *
 * @param endpoint  `tcp://host:port`
 * @example         const link = await tcp(new URL('tcp://127.0.0.1:5000')).open()
 */
export function tcp(endpoint: URL, options: TcpOptions = {}): Transport {
  const at = printed(endpoint)
  const withinMillis = options.connectWithinMillis ?? patienceMillis
  return {
    open: signal =>
      attempt({ endpoint: at, withinMillis, ...(signal && { signal }) }, ({ opened, failed }) => {
        const socket = dial(endpoint, 'tcp', { opened: () => done(), failed })
        const done = (): void => opened(new SocketLink(at, socket, options.cutter?.() ?? lengthPrefixed(), signal))
        return { drop: () => socket.destroy() }
      }),
  }
}

/**
 * Begins a TCP connection.
 *
 * @param scheme  the one that the endpoint has to have
 */
export function dial(endpoint: URL, scheme: 'tcp' | 'tls', { opened, failed }: Outcome<void>): net.Socket {
  const at = printed(endpoint)
  const host = hostOf(endpoint)
  if (endpoint.protocol !== `${scheme}:` || endpoint.port === '' || host === '') {
    failed(failedFor(at, { says: `an address of the form ${scheme}://host:port is needed`, reason: 'no address' }))
    return new net.Socket()
  }
  const socket = net.connect({ host, port: Number(endpoint.port), noDelay: true })
  const refused = (cause: NodeJS.ErrnoException): void => failed(unopened(at, cause))
  // A socket that is being destroyed may still report an error; what there was to say has been said.
  socket.on('error', () => undefined).once('error', refused)
  socket.once('connect', () => {
    socket.off('error', refused)
    opened()
  })
  return socket
}

/** The host of an address, an IPv6 one without its brackets. */
export function hostOf(endpoint: URL): string {
  return endpoint.hostname.replace(/^\[(.*)\]$/, '$1')
}
