import type { Socket } from 'node:net'
import { attempt, printed } from './attempt.ts'
import { addressOf, type Dialler, tcpDialler } from './dial.ts'
import { type FrameCutter, lengthPrefixed } from './frame-cutter.ts'
import { SocketLink } from './socket-link.ts'
import type { Transport } from './transport.ts'

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
  return streaming(endpoint, tcpDialler(printed(endpoint), addressOf(endpoint, 'tcp'), 'tcp'), options)
}

/** Frames over the streams that somebody opens. */
export function streaming(endpoint: URL, dial: Dialler<Socket>, options: TcpOptions): Transport {
  const at = printed(endpoint)
  const withinMillis = options.connectWithinMillis ?? patienceMillis
  return {
    open: signal =>
      attempt({ endpoint: at, withinMillis, ...(signal && { signal }) }, ({ opened, failed }) =>
        dial({
          failed,
          opened: socket => opened(new SocketLink(at, socket, options.cutter?.() ?? lengthPrefixed(), signal)),
        }),
      ),
  }
}
