import { createServer, type IncomingMessage, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import { cutterFor, plain } from './frame-cutter.ts'
import { bound, breakOff, type Listener, type ListenerOptions, type OnConnection } from './listener.ts'
import { ServerEnd } from './server-end.ts'
import { placeOf, serverTerms, type TlsIdentity } from './tls-listener.ts'
import { closingMillis, longestMessage } from './websocket.ts'

export type WebSocketListenerOptions = ListenerOptions &
  Readonly<{
    /** Frames are text, UTF-8; else binary. */
    text?: boolean
    /** With TLS: what is shown and demanded. */
    identity?: TlsIdentity
    /** The only one that is served, such as `/pos`; any unless given. */
    path?: string
    /** The only sub-protocol that is spoken. */
    protocol?: string
    longest?: number
    /** Told of terminals that were not let in. */
    turnedAway?: (says: string) => void
  }>

/**
 * Listens on 127.0.0.1 for WebSockets; a message is a frame.
 *
 * @param port  0 for one that is free.
 * @throws      EmulatorError `LINK_FAILED` when the port cannot be had.
 */
export async function listenWebSocket(
  port: number,
  onConnection: OnConnection,
  options: WebSocketListenerOptions = {},
): Promise<Listener> {
  const { identity, path, protocol, text = false } = options
  const server: Server = identity === undefined ? createServer() : createSecureServer(serverTerms(identity))
  const below = new Map<string, Socket>()
  server.on('connection', (raw: Socket) => {
    const place = placeOf(raw)
    below.set(place, raw)
    raw.on('error', () => undefined).once('close', () => below.delete(place))
  })
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    options.turnedAway?.(`a terminal was not let in: ${error.code ?? error.message}`)
    socket.destroy()
  })
  server.on('request', (_, response) => response.writeHead(426, { upgrade: 'websocket' }).end())
  const terms = {
    noServer: true,
    perMessageDeflate: false,
    maxPayload: options.longest ?? longestMessage,
    closeTimeout: closingMillis,
    handleProtocols: (offered: Set<string>) => (protocol !== undefined && offered.has(protocol) ? protocol : false),
  } as const
  const upgrades = new WebSocketServer(terms)
  let connections = 0
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const raw = below.get(placeOf(socket))
    if (raw === undefined || !served(request, path)) return refuse(socket, 404)
    upgrades.handleUpgrade(request, socket, head, line => {
      const end = new ServerEnd(
        ++connections,
        onConnection,
        { cutter: options.cutter ?? cutterFor({ is: 'whole' }) },
        wireOver(line, raw, text),
      )
      serve(line, end)
    })
  })
  const scheme = identity === undefined ? 'ws' : 'wss'
  const listener = await bound(server, scheme, port, () => {
    for (const raw of below.values()) breakOff(raw)
  })
  const endpoint = new URL(path ?? '/', listener.endpoint)
  if (protocol !== undefined) endpoint.hash = protocol
  return { ...listener, endpoint }
}

function served(request: IncomingMessage, path: string | undefined): boolean {
  return path === undefined || request.url?.split('?')[0] === path
}

function refuse(socket: Socket, status: number): void {
  socket.end(`HTTP/1.1 ${status} Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function wireOver(line: WebSocket, raw: Socket, text: boolean) {
  return {
    write: (bytes: Uint8Array) => {
      if (line.readyState !== WebSocket.OPEN) return 0
      line.send(bytes, { binary: !text })
      return line.bufferedAmount
    },
    end: () => line.close(1000),
    reset: () => breakOff(raw),
  }
}

function serve(line: WebSocket, end: ServerEnd): void {
  line.on('message', data => end.arrived(Buffer.isBuffer(data) ? plain(data) : new Uint8Array(0)))
  line.on('error', error => end.broken(error.message))
  line.on('close', code => {
    // Without a closing message the line is just gone.
    if (code !== 1006) end.halfClosed()
    end.broken('closed')
  })
}
