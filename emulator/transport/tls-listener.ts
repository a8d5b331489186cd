import type { Socket } from 'node:net'
import { createServer, type TlsOptions as ServerOptions } from 'node:tls'
import type { Secret } from '../values/secret.ts'
import { bound, breakOff, type Listener, type ListenerOptions, type OnConnection, serve, wireOver } from './listener.ts'
import { ServerEnd } from './server-end.ts'

/** What an acquirer shows and demands on a line with TLS; PEM. */
export type TlsIdentity = Readonly<{
  certificate: string
  key: Secret
  /** Demands a certificate of every terminal, signed by one of these. */
  clientCa?: string
  /** `TLSv1.2` unless given. */
  minVersion?: 'TLSv1.2' | 'TLSv1.3'
  maxVersion?: 'TLSv1.2' | 'TLSv1.3'
}>

export type TlsListenerOptions = ListenerOptions &
  Readonly<{
    identity: TlsIdentity
    /** Told of terminals that were not let in. */
    turnedAway?: (says: string) => void
  }>

export interface TlsListener extends Listener {
  /** From now on, new connections are shown this; the certificate of an acquirer may change while it runs, or come to its end. */
  show(identity: TlsIdentity): void
}

/**
 * Listens on 127.0.0.1 with TLS.
 *
 * @param port  0 for one that is free.
 * @throws      EmulatorError `LINK_FAILED` when the port cannot be had.
 */
export async function listenTls(
  port: number,
  onConnection: OnConnection,
  { identity, turnedAway, ...options }: TlsListenerOptions,
): Promise<TlsListener> {
  const below = new Map<string, Socket>()
  let connections = 0
  const server = createServer({ ...serverTerms(identity), allowHalfOpen: true, noDelay: true }, socket => {
    const raw = below.get(placeOf(socket))
    if (raw === undefined) return socket.destroy()
    serve(socket, new ServerEnd(++connections, onConnection, options, wireOver(socket, raw)))
  })
  // A broken line is broken below TLS, so the sockets there have to be known.
  server.on('connection', (raw: Socket) => {
    const place = placeOf(raw)
    below.set(place, raw)
    raw.on('error', () => undefined).once('close', () => below.delete(place))
  })
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
    turnedAway?.(`a terminal was not let in: ${error.code ?? error.message}`)
    socket.destroy()
  })
  const listener = await bound(server, 'tls', port, () => {
    for (const raw of below.values()) breakOff(raw)
  })
  return { ...listener, show: other => server.setSecureContext(serverTerms(other)) }
}

/** The terms as Node takes them. */
export function serverTerms({ certificate, key, clientCa, minVersion = 'TLSv1.2', maxVersion }: TlsIdentity): ServerOptions {
  return {
    cert: certificate,
    key: key.reveal(),
    minVersion,
    ...(maxVersion === undefined ? {} : { maxVersion }),
    ...(clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: true }),
  }
}

/** What tells one connection of a listener from the others. */
export function placeOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress}:${remotePort}`
}
