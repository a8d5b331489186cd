import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import net from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import tls from 'node:tls'
import { lengthPrefixed, plain } from '../transport/frame-cutter.ts'
import { listenWebSocket } from '../transport/websocket-listener.ts'
import { where } from '../where.ts'
import { type Acquirer, type HostChanges, startedHost } from './misconfiguration.test-run.ts'

/** A file of the certificates for tests. */
export const certificate = (name: string): string => join(where.fixtures, 'tls', name)

/** Listens on a free port of this machine, and does this with each connection. */
export async function listener(connected: (socket: net.Socket) => void, secure?: tls.TlsOptions): Promise<Acquirer> {
  const open = new Set<net.Socket>()
  const taken = (socket: net.Socket): void => {
    open.add(socket)
    socket.on('error', () => socket.destroy()).once('close', () => open.delete(socket))
    connected(socket)
  }
  const server = secure === undefined ? net.createServer(taken) : tls.createServer(secure, taken)
  if (secure !== undefined) server.on('connection', (socket: net.Socket) => open.add(socket.on('error', () => socket.destroy())))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('a server on a port was expected')
  const scheme = secure === undefined ? 'tcp' : 'tls'
  return {
    endpoint: new URL(`${scheme}://127.0.0.1:${address.port}`),
    close: async () => {
      for (const socket of open) socket.destroy()
      const closed = once(server, 'close')
      server.close()
      await closed
    },
  }
}

/** An address at which nothing listens: somebody did a moment ago. */
export async function nobody(): Promise<Acquirer> {
  const acquirer = await listener(socket => socket.destroy())
  await acquirer.close()
  return { ...acquirer, close: async () => undefined }
}

/** How our own host is reached where its own door is not strange enough. */
export type Strangeness = Readonly<{
  secure?: tls.TlsOptions
  /** Sent as soon as somebody connects. */
  greeting?: string | Uint8Array
  /** Before each answer. */
  afterMillis?: number
  closesAfterEach?: true
  /** What becomes of a request, and of an answer, frame for frame. */
  request?: (frame: Uint8Array) => Uint8Array
  answer?: (frame: Uint8Array) => Uint8Array
}>

const unchanged = (frame: Uint8Array): Uint8Array => frame

/** Our own host behind a line with manners of its own. */
export async function strange(
  { secure, greeting, afterMillis = 0, closesAfterEach, request = unchanged, answer = unchanged }: Strangeness,
  changes: HostChanges = {},
): Promise<Acquirer> {
  const host = await startedHost({ ...changes, port: 'none' })
  let open = true
  const answered = async (socket: net.Socket, frame: Uint8Array): Promise<void> => {
    if (afterMillis > 0) await delay(afterMillis)
    if (!open) return
    const reply = await host.answer(request(frame))
    if (reply === undefined || socket.destroyed) return
    socket.write(answer(reply))
    if (closesAfterEach) socket.end()
  }
  const outside = await listener(socket => {
    const cutter = lengthPrefixed()
    if (greeting !== undefined) socket.write(greeting)
    socket.on('data', chunk => {
      for (const frame of cutter.push(plain(chunk))) void answered(socket, frame)
      if (cutter.problem?.() !== undefined) socket.destroy()
    })
  }, secure)
  return {
    endpoint: outside.endpoint,
    close: async () => {
      open = false
      await outside.close()
      await host.close()
    },
  }
}

/** Our own host behind TLS, with this certificate, and other terms. */
export function encrypted(name: string, more: tls.TlsOptions = {}): Promise<Acquirer> {
  return strange({ secure: { cert: readFileSync(certificate(name)), key: readFileSync(certificate('host.key')), ...more } })
}

/** Something that is no acquirer, which says this to whatever it gets. */
export function saying(text: string | Uint8Array, how: 'and closes' | 'and waits' = 'and closes'): Promise<Acquirer> {
  return listener(socket => {
    socket.once('data', () => (how === 'and closes' ? socket.end(text) : socket.write(text)))
  })
}

/** A WebSocket at one path only, behind which nobody answers. */
export async function webSocketAt(path: string): Promise<Acquirer> {
  const { port, close } = await listenWebSocket(0, () => ({ frame: () => undefined }), { path })
  return { endpoint: new URL(`ws://127.0.0.1:${port}${path}`), close }
}
