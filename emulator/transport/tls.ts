import net from 'node:net'
import {
  type ConnectionOptions,
  connect,
  createSecureContext,
  type SecureContext,
  type SecureContextOptions,
  type TLSSocket,
} from 'node:tls'
import type { TlsTerms } from '../values/door.ts'
import { type Outcome, printed } from './attempt.ts'
import { type Address, addressOf, type Dialler, tcpDialler } from './dial.ts'
import { streaming, type TcpOptions } from './tcp.ts'
import type { Transport } from './transport.ts'
import { failedFor, type Trouble, troubleOf } from './troubles.ts'

export type TlsOptions = TcpOptions &
  Readonly<{
    /**
     * With TLS 1.3 a terminal has finished the handshake before the acquirer has looked at its certificate. The first connection therefore waits
     * so long for a sign that it was let in, a session ticket; an acquirer that gives none and closes nothing has let it in. 300 unless given.
     */
    admissionMillis?: number
  }>

/**
 * Frames over a TLS connection.
 *
 * @param endpoint  `tls://host:port`
 * @throws          at `open`: EmulatorError `LINK_FAILED` with the `reason`, by name
 */
export function tls(endpoint: URL, terms: TlsTerms, options: TlsOptions = {}): Transport {
  return streaming(endpoint, tlsDialler(printed(endpoint), addressOf(endpoint, 'tls'), 'tls', terms, options), options)
}

/** Opens TLS connections on these terms. */
export function tlsDialler(
  at: string,
  address: Address | undefined,
  scheme: 'tls' | 'wss',
  terms: TlsTerms,
  { admissionMillis = 300 }: Pick<TlsOptions, 'admissionMillis'> = {},
): Dialler<TLSSocket> {
  const dial = tcpDialler(at, address, scheme)
  const brings = terms.certificate !== undefined
  let context: SecureContext | Trouble | undefined
  let waitMillis = admissionMillis
  return ({ opened, failed }) => {
    context ??= contextOf(terms)
    if ('says' in context) {
      failed(failedFor(at, context))
      return { drop: () => undefined }
    }
    const options = { ...clientTerms(terms, address?.host ?? ''), secureContext: context }
    let socket: TLSSocket | undefined
    let bytesRead = (): number => 0
    const admitted = (secure: TLSSocket): void => {
      waitMillis = 0
      opened(secure)
    }
    const below = dial({
      failed,
      opened: raw => {
        bytesRead = () => raw.bytesRead
        socket = handshake({ at, raw, options, brings, admissionMillis: waitMillis }, { failed, opened: admitted })
      },
    })
    return {
      drop: () => {
        socket?.destroy()
        below.drop()
      },
      overdue: () => (socket === undefined ? unanswered : bytesRead() === 0 ? unheard : unfinished),
    }
  }
}

const unanswered = { because: 'no answer', reason: 'no answer' } as const
const unheard = { because: 'it took the connection, and nothing that looks like TLS came', reason: 'speaks no TLS' } as const
const unfinished = { because: 'the TLS handshake did not come to its end', reason: 'no answer' } as const

/** The terms as Node takes them, but for certificates and keys. */
export function clientTerms({ serverName, checksName }: TlsTerms, host: string): ConnectionOptions {
  const name = serverName ?? host
  return {
    host: name,
    rejectUnauthorized: true,
    // An address is no name that could be asked for.
    ...(net.isIP(name) === 0 ? { servername: name } : {}),
    ...(checksName ? {} : { checkServerIdentity: () => undefined }),
  }
}

/** Certificates and keys of the terms as Node takes them, PEM texts in memory. */
export function credentialsOf({ ca, certificate, key, minVersion }: TlsTerms): SecureContextOptions {
  return {
    minVersion,
    ...(ca === undefined ? {} : { ca }),
    ...(certificate === undefined ? {} : { cert: certificate }),
    ...(key === undefined ? {} : { key: key.reveal() }),
  }
}

function contextOf(terms: TlsTerms): SecureContext | Trouble {
  try {
    return createSecureContext(credentialsOf(terms))
  } catch (thrown) {
    const because = thrown instanceof Error ? thrown.message : String(thrown)
    return { says: `our own certificate cannot be used: ${because}`, reason: 'own certificate' }
  }
}

/** `brings`: whether we have a certificate to show. */
type Handshake = Readonly<{ at: string; raw: net.Socket; options: ConnectionOptions; brings: boolean; admissionMillis: number }>

/** Handshakes on an open connection, and waits until the acquirer has let us in. */
function handshake({ at, raw, options, brings, admissionMillis }: Handshake, { opened, failed }: Outcome<TLSSocket>): TLSSocket {
  const socket = connect({ ...options, socket: raw })
  let waiting: NodeJS.Timeout | undefined
  const fail = (trouble: Trouble, cause?: Error): void => {
    clearTimeout(waiting)
    failed(failedFor(at, trouble, cause))
  }
  const broke = (cause: NodeJS.ErrnoException): void => fail(troubleOfHandshake(cause, raw.bytesRead, brings), cause)
  const shut = (): void => fail(shutOut(brings))
  const admitted = (): void => {
    clearTimeout(waiting)
    socket.off('error', broke).off('end', shut).off('close', shut).off('session', ticket)
    opened(socket)
  }
  // The ticket is told while OpenSSL is still reading; what would be written at this moment would be sealed wrongly.
  const ticket = (): void => void setImmediate(admitted)
  // A socket that is being destroyed may still report an error; what there was to say has been said.
  socket.on('error', () => undefined).on('error', broke)
  socket.once('secureConnect', () => {
    if (admissionMillis === 0 || socket.getProtocol() !== 'TLSv1.3') return admitted()
    socket.once('end', shut).once('close', shut).once('session', ticket)
    waiting = setTimeout(admitted, admissionMillis)
  })
  return socket
}

/** An alert is shorter than this, and the first flight of an acquirer that goes on with the handshake is longer; in bytes. */
const alertAtMost = 64

/** What an error means that came before we were let in. */
function troubleOfHandshake(cause: NodeJS.ErrnoException, bytesRead: number, brings: boolean): Trouble {
  const { code = '' } = cause
  if (code === 'ECONNRESET' && bytesRead === 0)
    return { says: 'it closed the connection without a word of TLS', reason: 'speaks no TLS' }
  if (code === 'ECONNRESET') return shutOut(brings)
  if (code.endsWith('ALERT_HANDSHAKE_FAILURE') && bytesRead > alertAtMost) return shutOut(brings)
  if (code.endsWith('ALERT_HANDSHAKE_FAILURE'))
    return { says: 'there is no cipher that both sides speak', reason: 'no cipher in common' }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return { ...troubleOf(cause), says: cause.message }
  return troubleOf(cause)
}

/** An acquirer that has shown its certificate and then hangs up does so because of ours. */
function shutOut(brings: boolean): Trouble {
  return brings
    ? { says: 'it hung up when it had seen the terminal’s certificate', reason: 'client certificate refused' }
    : { says: 'it hung up in the handshake, as one does that demands a certificate', reason: 'client certificate demanded' }
}
