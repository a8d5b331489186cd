import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import fastify from 'fastify'
import { WebSocketServer } from 'ws'
import type { Stage } from '../bench/counter.ts'
import { fieldsOf } from '../report/dialect-fields.ts'
import { Access } from './access.ts'
import { Audience } from './audience.ts'
import { readAhead, servedFiles } from './files.ts'

/** The page as it stands on 127.0.0.1. `url` opens it, once. */
export type TerminalPage = Readonly<{
  url: string
  /** Another till stands here now: everybody begins anew with it. */
  changeOver(): Promise<void>
  /** Resolves when everybody has been told everything so far: how many messages that were, each. */
  told(): Promise<readonly number[]>
  close(): Promise<void>
}>

/** Nothing but our own modules and styles; nothing from elsewhere, nothing inline, in nobody's frame. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const headers = {
  'content-security-policy': policy,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const

/**
 * Serves one till as a page: its files over HTTP, everything that happens over one WebSocket.
 *
 * @param port  0: any free one
 * @throws      EADDRINUSE, as Node does, when somebody else has the port
 */
export async function serveTerminal(counter: Stage, port: number): Promise<TerminalPage> {
  const fields = Object.fromEntries(fieldsOf(counter.dialect).map(({ name, path, is }) => [name, { path, is }]))
  const audience = new Audience(counter, fields)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 4096 })
  // Known once the port is; no request comes before.
  let access = new Access(port)

  const server = fastify({ logger: false, forceCloseConnections: true, serverFactory: handler => createServer(handler) })
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(headers)
    const token = request.method === 'GET' ? tokenIn(request.url) : undefined
    const refusal =
      token === undefined ? access.refuses(request.headers, 'request') : access.refusesOrigin(request.headers, 'request')
    if (refusal !== undefined) return reply.code(refusal.status).type('text/plain; charset=utf-8').send(refusal.says)
    if (token === undefined) return undefined
    const cookie = access.spend(token)
    if (cookie !== undefined) return reply.header('set-cookie', cookie).redirect('/', 303)
    const again = access.refuses(request.headers, 'request')
    if (again === undefined) return reply.redirect('/', 303)
    return reply.code(again.status).type('text/plain; charset=utf-8').send(again.says)
  })
  for (const [path, { type, text }] of servedFiles)
    server.get(path, async (_request, reply) => reply.type(`${type}; charset=utf-8`).send(await text()))

  server.get('/scenario.feature', (_request, reply) => {
    const told = counter.scenario()
    if ('because' in told) return reply.code(409).type('text/plain; charset=utf-8').send(told.because)
    return reply
      .header('content-disposition', 'attachment; filename="done-by-hand.feature"')
      .type('text/plain; charset=utf-8')
      .send(told.feature)
  })

  server.server.on('upgrade', (request, socket: Duplex, head) => {
    const refusal = request.url === '/live' ? access.refuses(request.headers, 'upgrade') : ({ status: 403 } as const)
    if (refusal !== undefined) {
      // Whoever hangs up before he has read it loses nothing; unheard, it would end the process.
      socket.on('error', () => socket.destroy())
      socket.end(`HTTP/1.1 ${refusal.status} Refused\r\nConnection: close\r\n\r\n`)
      return
    }
    sockets.handleUpgrade(request, socket, head, link => audience.welcome(link))
  })

  await server.listen({ host: '127.0.0.1', port })
  void readAhead()
  const address = server.server.address()
  access = new Access(address !== null && typeof address === 'object' ? address.port : port)
  return {
    get url() {
      return access.url
    },
    changeOver: () => audience.changeOver(),
    told: () => audience.told(),
    close: async () => {
      audience.dismiss()
      await server.close()
    },
  }
}

/** `/?token=…` */
function tokenIn(url: string): string | undefined {
  return url.startsWith('/?') ? (new URLSearchParams(url.slice(1)).get('token') ?? undefined) : undefined
}
