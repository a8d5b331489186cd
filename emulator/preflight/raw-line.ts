import net from 'node:net'
import tls from 'node:tls'
import type { TlsTerms } from '../values/door.ts'
import { factsOf, type TlsFacts } from './tls-facts.ts'

/**
 * What came on a line since it was last asked. `enough`: the listener had what it waited for. `quiet`: bytes came, then no more. `silence`: none came.
 */
export type Heard = Readonly<{
  bytes: Uint8Array
  ended: 'enough' | 'quiet' | 'silence' | 'closed' | 'broken'
  /** From the call to the first byte, or to the end where none came. */
  afterMillis: number
  /** Of a broken line: the code that the system gave. */
  code?: string
}>

/** A connection of which every byte is seen, framed or not. */
export interface RawLine {
  readonly tls?: TlsFacts
  send(bytes: Uint8Array): void
  /**
   * @param enough        whether these bytes are all that is waited for
   * @param withinMillis  for the first byte
   * @param settleMillis  how long it must be quiet after some that are not enough
   */
  hear(enough: (bytes: Uint8Array) => boolean, withinMillis: number, settleMillis: number): Promise<Heard>
  close(): void
}

/** An opened line, or why there is none: the system's code, and how long that took. */
export type Opened =
  | Readonly<{ is: 'open'; line: RawLine; millis: number }>
  | Readonly<{ is: 'refused'; code: string; says: string; millis: number; came?: Uint8Array }>

export type Address = Readonly<{ host: string; port: number }>

/** Opens a TCP connection, and TLS on it where terms are given. The certificate is looked at and judged by whoever asked. */
export async function openRaw(address: Address, terms: TlsTerms | undefined, withinMillis: number): Promise<Opened> {
  const began = performance.now()
  const millis = (): number => Math.round(performance.now() - began)
  const plain = await connected(address, withinMillis)
  if (!('socket' in plain)) return { is: 'refused', ...plain, millis: millis() }
  if (terms === undefined) return { is: 'open', line: new SocketLine(plain.socket), millis: millis() }
  const secured = await secure(plain.socket, address.host, terms, withinMillis)
  if (!('socket' in secured)) return { is: 'refused', ...secured, millis: millis() }
  return { is: 'open', line: new SocketLine(secured.socket, secured.facts), millis: millis() }
}

type Failure = Readonly<{ code: string; says: string; came?: Uint8Array }>

function connected({ host, port }: Address, withinMillis: number): Promise<{ socket: net.Socket } | Failure> {
  return new Promise(resolve => {
    const socket = net.connect({ host, port, noDelay: true })
    const overdue = setTimeout(() => end({ code: 'ETIMEDOUT', says: `no connection within ${withinMillis} ms` }), withinMillis)
    const failed = (error: NodeJS.ErrnoException): void => end({ code: error.code ?? 'ERROR', says: error.message })
    const end = (failure: Failure): void => {
      clearTimeout(overdue)
      socket.off('error', failed)
      socket.on('error', () => undefined).destroy()
      resolve(failure)
    }
    socket.once('error', failed)
    socket.once('connect', () => {
      clearTimeout(overdue)
      socket.off('error', failed)
      resolve({ socket })
    })
  })
}

/** Handshakes without trusting anybody yet: what the other side shows is a fact, whether it is believed is the diagnosis. */
function secure(
  plain: net.Socket,
  host: string,
  terms: TlsTerms,
  withinMillis: number,
): Promise<{ socket: tls.TLSSocket; facts: TlsFacts } | Failure> {
  return new Promise(resolve => {
    let first: Uint8Array | undefined
    plain.once('data', chunk => (first = new Uint8Array(chunk)))
    const servername = terms.serverName ?? host
    const context = contextOf(terms)
    if ('code' in context) {
      plain.destroy()
      resolve(context)
      return
    }
    const socket = tls.connect({
      socket: plain,
      secureContext: context.context,
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
      ...(net.isIP(servername) === 0 ? { servername } : {}),
    })
    const overdue = setTimeout(() => end({ code: 'ETIMEDOUT', says: `no handshake within ${withinMillis} ms` }), withinMillis)
    const failed = (error: NodeJS.ErrnoException): void => end({ code: error.code ?? 'ERROR', says: error.message })
    const closed = (): void => end({ code: 'ECONNRESET', says: 'the line closed in the middle of the handshake' })
    const end = (failure: Failure): void => {
      clearTimeout(overdue)
      socket.off('error', failed).off('close', closed)
      socket.on('error', () => undefined).destroy()
      resolve({ ...failure, ...(first === undefined ? {} : { came: first }) })
    }
    socket.once('error', failed)
    socket.once('close', closed)
    socket.once('secureConnect', () => {
      clearTimeout(overdue)
      socket.off('error', failed).off('close', closed)
      resolve({ socket, facts: factsOf(socket, servername) })
    })
  })
}

function contextOf(terms: TlsTerms): { context: tls.SecureContext } | Failure {
  const { ca, certificate, key, minVersion } = terms
  try {
    const context = tls.createSecureContext({
      minVersion,
      ...(ca === undefined ? {} : { ca }),
      ...(certificate === undefined ? {} : { cert: certificate }),
      ...(key === undefined ? {} : { key: key.reveal() }),
    })
    return { context }
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown))
    return { code: 'TERMS', says: error.message }
  }
}

class SocketLine implements RawLine {
  readonly tls?: TlsFacts
  readonly #socket: net.Socket
  #came: Uint8Array = new Uint8Array(0)
  #end: Readonly<{ ended: 'closed' | 'broken'; code?: string }> | undefined
  #news: () => void = () => undefined

  constructor(socket: net.Socket, facts?: TlsFacts) {
    if (facts !== undefined) this.tls = facts
    this.#socket = socket
    socket.on('data', chunk => {
      this.#came = new Uint8Array(Buffer.concat([this.#came, chunk]))
      this.#news()
    })
    socket.on('end', () => this.#over({ ended: 'closed' }))
    socket.on('error', (error: NodeJS.ErrnoException) => this.#over({ ended: 'broken', code: error.code ?? error.message }))
    socket.on('close', () => this.#over({ ended: 'closed' }))
  }

  send(bytes: Uint8Array): void {
    if (this.#socket.writable) this.#socket.write(bytes)
  }

  hear(enough: (bytes: Uint8Array) => boolean, withinMillis: number, settleMillis: number): Promise<Heard> {
    const began = performance.now()
    let first: number | undefined
    return new Promise(resolve => {
      let timer: NodeJS.Timeout | undefined
      const done = (ended: Heard['ended'], code?: string): void => {
        clearTimeout(timer)
        this.#news = () => undefined
        const bytes = this.#came
        this.#came = new Uint8Array(0)
        const afterMillis = Math.round((first ?? performance.now()) - began)
        resolve({ bytes, ended, afterMillis, ...(code === undefined ? {} : { code }) })
      }
      const look = (): void => {
        const some = this.#came.length > 0
        if (some) first ??= performance.now()
        clearTimeout(timer)
        if (some && enough(this.#came)) done('enough')
        else if (this.#end !== undefined) done(this.#end.ended, this.#end.code)
        else timer = setTimeout(() => done(some ? 'quiet' : 'silence'), some ? settleMillis : withinMillis)
      }
      this.#news = look
      look()
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #over(end: Readonly<{ ended: 'closed' | 'broken'; code?: string }>): void {
    this.#end ??= end
    this.#news()
  }
}
