import net from 'node:net'
import { EmulatorError } from '../values/errors.ts'
import { type FrameCutter, plain } from './frame-cutter.ts'
import { ServerEnd, type ServerWire } from './server-end.ts'

/** The acquirer's side of one connection. */
export interface ServerLink {
  /** Counts the connections of this listener, from 1. */
  readonly id: number
  /** Writes bytes as they are, prefix included. They are dropped, and the answer is false, when the line is gone. */
  send(bytes: Uint8Array): boolean
  /** Closes after what has been sent. */
  close(): void
  /** Breaks the line at once, as a crash would. */
  reset(): void
}

/** How a connection ended. `partial`: the bytes of a frame that never became whole. `thrown`: what the handler of a frame threw. */
export type ServerClose = Readonly<{
  by: 'terminal' | 'us'
  how: 'closed' | 'reset' | 'garbage' | 'does not read' | 'handler failed'
  says: string
  partial?: Uint8Array
  thrown?: unknown
}>

/** What the acquirer does with a connection. */
export type Handlers = Readonly<{
  /**
   * A whole frame, prefix included. A handler that answers later returns a promise; a terminal that has closed its half of the line in the
   * meantime still gets the answer. One that throws costs its connection, never the listener.
   */
  frame(frame: Uint8Array): void | Promise<void>
  /** Called once. */
  closed?(end: ServerClose): void
}>

export type OnConnection = (link: ServerLink) => Handlers

/** `cutter`: one for each connection; `lengthPrefixed()` unless given. */
export type ListenerOptions = Readonly<{ cutter?: () => FrameCutter }>

export interface Listener {
  readonly port: number
  /** Where a terminal reaches it. */
  readonly endpoint: URL
  /** Stops listening and breaks every open connection. */
  close(): Promise<void>
}

/**
 * Listens on 127.0.0.1.
 *
 * @param port  0 for one that is free.
 * @throws      EmulatorError `LINK_FAILED` when the port cannot be had.
 */
export function listen(port: number, onConnection: OnConnection, options: ListenerOptions = {}): Promise<Listener> {
  const open = new Set<net.Socket>()
  let connections = 0
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, socket => {
    open.add(socket)
    const end = new ServerEnd(++connections, onConnection, options, wireOver(socket, socket))
    serve(socket, end).once('close', () => open.delete(socket))
  })
  return bound(server, 'tcp', port, () => {
    for (const socket of open) breakOff(socket)
  })
}

/**
 * Waits until a server listens on 127.0.0.1.
 *
 * @param hangUp  breaks the connections that are open when the listener closes
 * @throws        EmulatorError `LINK_FAILED` when the port cannot be had.
 */
export function bound(server: net.Server, scheme: string, port: number, hangUp: () => void): Promise<Listener> {
  return new Promise((listening, refuse) => {
    const refused = (cause: Error): void =>
      refuse(new EmulatorError('LINK_FAILED', { endpoint: `${scheme}://127.0.0.1:${port}`, because: cause.message }, { cause }))
    server.once('error', refused)
    server.listen({ port, host: '127.0.0.1' }, () => {
      server.off('error', refused)
      const address = server.address()
      const got = address !== null && typeof address === 'object' ? address.port : port
      listening({
        port: got,
        endpoint: new URL(`${scheme}://127.0.0.1:${got}`),
        close: () =>
          new Promise(closed => {
            server.close(() => closed())
            hangUp()
          }),
      })
    })
  })
}

/**
 * What the acquirer's side of a connection asks of its socket.
 *
 * @param below  the socket that can be broken; another one where `socket` is TLS on top of it
 */
export function wireOver(socket: net.Socket, below: net.Socket): ServerWire {
  return {
    write: bytes => {
      socket.write(bytes)
      return socket.writableLength
    },
    end: () => socket.end(() => socket.destroySoon()),
    reset: () => breakOff(below),
  }
}

/** Hands on what comes over a socket. */
export function serve<S extends net.Socket>(socket: S, end: ServerEnd): S {
  socket.on('data', chunk => end.arrived(plain(chunk)))
  socket.on('end', () => end.halfClosed())
  socket.on('error', (error: NodeJS.ErrnoException) => end.broken(error.code ?? error.message))
  socket.on('close', () => end.broken('closed'))
  return socket
}

/** A socket that is already ending cannot be reset: libuv refuses, and its handle would stay open for ever. */
export function breakOff(socket: net.Socket): void {
  if (socket.writableEnded) socket.destroy()
  else socket.resetAndDestroy()
}
