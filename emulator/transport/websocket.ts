import { type ClientRequest, type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { WebSocket } from 'ws'
import { type TlsTerms, usualTerms } from '../values/door.ts'
import { attempt, type Begun, type Outcome, printed } from './attempt.ts'
import { addressOf, type Dialler, tcpDialler } from './dial.ts'
import { patienceMillis } from './tcp.ts'
import { tlsDialler } from './tls.ts'
import type { Transport } from './transport.ts'
import { betrayed, failedFor, type Trouble, troubleOf } from './troubles.ts'
import { WebSocketLink } from './websocket-link.ts'

export type WebSocketOptions = Readonly<{
  /** Frames are text, UTF-8, as those of JSON dialects are; else binary. */
  text?: boolean
  /** On `wss://`. */
  terms?: TlsTerms
  /** The longest message that is believed, in bytes; 65 537 unless given: what a length of two bytes can announce, and the length. */
  longest?: number
  connectWithinMillis?: number
}>

export const longestMessage = 0xffff + 2

/** How long the other side has to answer a close, before the connection is cut. */
export const closingMillis = 1_000

/**
 * Frames as the messages of a WebSocket, one for one.
 *
 * @param endpoint  `ws://host:port/path` or `wss://…`; a sub-protocol is asked for behind `#`
 * @example         await websocket(new URL('wss://acquirer.example/pos#iso8583'), { terms }).open()
 */
export function websocket(endpoint: URL, options: WebSocketOptions = {}): Transport {
  const at = printed(endpoint)
  const dial = diallerOf(at, endpoint, options.terms)
  const withinMillis = options.connectWithinMillis ?? patienceMillis
  return {
    open: signal =>
      attempt({ endpoint: at, withinMillis, ...(signal && { signal }) }, ({ opened, failed }) => {
        let upgrade: Begun | undefined
        const below = dial({
          failed,
          opened: socket => {
            const made = upgraded(endpoint, socket, options, {
              failed,
              opened: upgradedTo => opened(new WebSocketLink(at, upgradedTo, socket, options.text === true, signal)),
            })
            upgrade = made
          },
        })
        return {
          drop: () => {
            upgrade?.drop()
            below.drop()
          },
          overdue: () => (upgrade ?? below).overdue?.() ?? { because: 'no answer', reason: 'no answer' },
        }
      }),
  }
}

function diallerOf(at: string, endpoint: URL, terms: TlsTerms | undefined): Dialler<Socket> {
  if (endpoint.protocol !== 'wss:') return tcpDialler(at, addressOf(endpoint, 'ws'), 'ws')
  return tlsDialler(at, addressOf(endpoint, 'wss'), 'wss', terms ?? usualTerms)
}

/** Asks over an open connection for a WebSocket. */
function upgraded(endpoint: URL, socket: Socket, options: WebSocketOptions, { opened, failed }: Outcome<WebSocket>): Begun {
  const at = printed(endpoint)
  const { url, protocols } = asked(endpoint)
  const terms = {
    createConnection: () => socket,
    perMessageDeflate: false,
    followRedirects: false,
    maxPayload: options.longest ?? longestMessage,
    closeTimeout: closingMillis,
  }
  const line = new WebSocket(url, protocols, terms)
  const fail = (trouble: Trouble, cause?: Error): void => failed(failedFor(at, trouble, cause))
  const refused = (_: ClientRequest, { statusCode = 0 }: IncomingMessage): void =>
    fail({
      says: `it answered the upgrade to WebSocket with HTTP ${statusCode} ${STATUS_CODES[statusCode] ?? ''}`.trim(),
      reason: 'upgrade refused',
    })
  const broke = (cause: Error): void => fail(troubleOfUpgrade(cause), cause)
  line.on('error', () => undefined)
  line.once('unexpected-response', refused).once('error', broke)
  line.once('open', () => {
    line.off('unexpected-response', refused).off('error', broke)
    opened(line)
  })
  return {
    drop: () => line.terminate(),
    overdue: () => ({ because: 'no answer to the upgrade to WebSocket', reason: 'speaks no WebSocket' }),
  }
}

/** The address without what is for us only. */
function asked(endpoint: URL): Readonly<{ url: URL; protocols: string[] }> {
  const url = new URL(endpoint)
  const protocol = decodeURIComponent(url.hash.slice(1))
  url.hash = ''
  return { url, protocols: protocol === '' ? [] : [protocol] }
}

/** An error of Node's reading of HTTP carries the bytes that it could not read. */
type Unread = Error & Readonly<{ code?: string; rawPacket?: Uint8Array }>

function troubleOfUpgrade(cause: Unread): Trouble {
  const { code = '', rawPacket, message } = cause
  if (rawPacket !== undefined)
    return betrayed(rawPacket) ?? { says: `what came back is no HTTP: ${start(rawPacket)}`, reason: 'speaks no WebSocket' }
  if (/subprotocol/i.test(message))
    return { says: 'it does not speak the sub-protocol that was asked for', reason: 'sub-protocol' }
  if (code === 'ECONNRESET')
    return { says: 'it closed the connection instead of an upgrade to WebSocket', reason: 'speaks no WebSocket' }
  if (code === '') return { says: `its upgrade to WebSocket is not as it should be: ${message}`, reason: 'speaks no WebSocket' }
  return troubleOf(cause)
}

/** The first bytes, as hex; too few to hold a card. */
function start(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, 8))
    .toString('hex')
    .toUpperCase()
    .replace(/..(?=.)/g, '$& ')
}
