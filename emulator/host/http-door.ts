import type { Socket } from 'node:net'
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import { EmulatorError } from '../values/errors.ts'
import { codecFor } from '../wire/codec-of.ts'
import type { Behind, DoorOpener, OpenDoor } from './doors.ts'
import { answerTo, type HttpAnswer, type HttpAsked, type HttpLapse, refusal } from './http-answer.ts'
import { type Holder, holderOf } from './http-credential.ts'
import { IdempotencyKeys } from './http-keys.ts'
import { kindOf, lookAt } from './http-look.ts'
import { PendingRefunds } from './http-pending.ts'

/** The longest body that is read, in bytes; the longest idempotency key, in characters. */
const longestBody = 65_536
const longestKey = 255

/** Nothing goes back: the request is left open, or the connection breaks. */
type NoAnswer = 'silence' | 'broken'

/**
 * The host as an HTTP API on 127.0.0.1, for a dialect of JSON messages.
 *
 * - `POST /v1/<type>`: a message of that type without its `type`; status and body say the same. `Idempotency-Key` is bound to its content.
 * - `GET /v1/transactions/<terminal>-<batch>-<trace>`: what became of a transaction, by the merchant's own reference.
 *
 * Every request is signed (`holderOf`), and speaks for the terminal whose key it has.
 *
 * @source HTTP acquirers fact sheet, 3, 5, 6 and 8
 */
export const httpDoor: DoorOpener = async (port, behind) => {
  const door = new HttpDoor(behind)
  return door.listen(port)
}

class HttpDoor {
  readonly #behind: Behind
  readonly #types: ReadonlySet<string>
  readonly #keys = new IdempotencyKeys()
  readonly #refunds = new PendingRefunds()
  readonly #sockets = new Set<Socket>()
  readonly #lines = new WeakMap<Socket, number>()
  /** Lets the request that is kept in work go on. */
  #goOn: (() => void) | undefined
  #connections = 0

  constructor(behind: Behind) {
    this.#behind = behind
    this.#types = new Set(behind.dialect.messages.map(row => row.request))
  }

  async listen(port: number): Promise<OpenDoor> {
    const server = fastify({
      logger: false,
      bodyLimit: longestBody,
      forceCloseConnections: true,
      routerOptions: { maxParamLength: 200 },
    })
    server.removeAllContentTypeParsers()
    server.addContentTypeParser('application/json', { parseAs: 'string' }, (_, body, done) => done(null, body))
    server.setErrorHandler((thrown: unknown, _request, reply) => this.#refuse(reply, unreadable(thrown)))
    server.setNotFoundHandler((request, reply) => this.#refuse(reply, notThere(request)))
    server.post('/v1/:type', (request, reply) => this.#post(request, reply))
    server.get('/v1/transactions/:reference', (request, reply) => this.#look(request, reply))
    server.server.on('connection', socket => this.#connected(socket))
    try {
      await server.listen({ host: '127.0.0.1', port })
    } catch (thrown) {
      const because = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown)
      throw new EmulatorError('LINK_FAILED', { endpoint: `http://127.0.0.1:${port}`, because }, { cause: thrown })
    }
    const address = server.server.address()
    const taken = address !== null && typeof address === 'object' ? address.port : port
    return {
      port: taken,
      endpoint: new URL(`http://127.0.0.1:${taken}`),
      reset: () => {
        for (const socket of this.#sockets) socket.resetAndDestroy()
      },
      close: () => {
        this.#letGo()
        return server.close()
      },
    }
  }

  #connected(socket: Socket): void {
    this.#connections += 1
    this.#lines.set(socket, this.#connections)
    this.#sockets.add(socket)
    socket.once('close', () => this.#sockets.delete(socket))
  }

  #lapses(lapse: HttpLapse): boolean {
    return this.#behind.faults().some(fault => fault.http?.lapses?.includes(lapse))
  }

  async #post(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const body = typeof request.body === 'string' ? request.body : ''
    const { type = '' } = paramsOf(request)
    const identified = this.#identified(request, body)
    if ('refused' in identified) return this.#send(reply, identified.refused, { type, again: false })
    if (!this.#types.has(type)) return this.#send(reply, refusal(404, '40', `there is no ${type}`), { type, again: false })
    const key = headerOf(request, 'idempotency-key')
    if (key === undefined) return this.#send(reply, this.#served(type, body, identified.holder, request), { type, again: false })
    if (key.length > longestKey || key === '')
      return this.#send(reply, refusal(400, '30', `Idempotency-Key has 1 to ${longestKey} characters`), { type, again: false })
    return this.#underKey(request, reply, { type, body, key, holder: identified.holder })
  }

  async #underKey(
    request: FastifyRequest,
    reply: FastifyReply,
    { type, body, key, holder }: Readonly<{ type: string; body: string; key: string; holder: Holder }>,
  ): Promise<unknown> {
    const owner = this.#lapses('the key is shared between merchants') ? '' : holder.merchantId
    const serve = () => this.#served(type, body, holder, request)
    if (this.#lapses('the key is ignored')) return this.#send(reply, serve(), { type, again: false })
    const bound = !this.#lapses('the key is not bound to content')
    const known = this.#keys.take(owner, key, `${type}\n${body}`, bound)
    if (known.is === 'new' && this.#behind.slow()) await this.#another()
    else this.#letGo()
    if (known.is === 'refused') {
      const inWork = known.answer.body.resultCode === '09'
      if (!inWork && this.#lapses('a reused key is refused and done')) serve()
      const begun = inWork && this.#lapses('what is in work is begun again')
      return this.#send(reply, begun ? serve() : known.answer, { type, again: false })
    }
    if (known.is === 'again') return this.#send(reply, known.answer, { type, again: true })
    const came = serve()
    this.#keys.settle(owner, key, typeof came === 'string' ? 'never given' : came)
    return this.#send(reply, came, { type, again: false })
  }

  /** Resolves when another request with a key has come, or the door closes. */
  #another(): Promise<void> {
    return new Promise(resolve => {
      this.#goOn = resolve
    })
  }

  /** The request that is kept in work goes on when the one that has come is done with. */
  #letGo(): void {
    const goOn = this.#goOn
    this.#goOn = undefined
    if (goOn !== undefined) setImmediate(goOn)
  }

  #look(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const asked = { type: 'transaction', again: false }
    const identified = this.#identified(request, '')
    if ('refused' in identified) return this.#send(reply, identified.refused, asked)
    const { reference = '' } = paramsOf(request)
    const looker = identified.holder.merchantId
    const pending = this.#refunds.look(reference, looker)
    return this.#send(reply, pending ?? lookAt(this.#behind.books(), reference, looker), asked)
  }

  #identified(request: FastifyRequest, body: string): ReturnType<typeof holderOf> {
    const lenient = { signature: this.#lapses('the signature is not checked'), time: this.#lapses('stale time is taken') }
    const headers = { authorization: headerOf(request, 'authorization'), 'x-timestamp': headerOf(request, 'x-timestamp') }
    const { book, clock } = this.#behind
    return holderOf(book, headers, { method: request.method, path: request.url, body }, clock.millis(), lenient)
  }

  /** Decides a message. Its sender has to be the holder of the key. */
  #served(type: string, body: string, holder: Holder, request: FastifyRequest): HttpAnswer | NoAnswer {
    const { receive, dialect, books } = this.#behind
    const frame = withType(type, body)
    if (frame === undefined) return refusal(400, '30', 'the body is a JSON object')
    const codec = codecFor(dialect)
    const asked = codec.decode(frame, { spans: false })
    const { fields } = asked.ok ? asked.message : asked.partial
    const own = fields.terminalId === holder.terminalId && fields.merchantId === holder.merchantId
    if (!own && !this.#lapses('a key speaks for anybody'))
      return refusal(403, '63', 'the key is not that of this terminal and merchant')
    const line = this.#lines.get(request.raw.socket) ?? 0
    const served = receive(frame, line)
    if (served.is === 'silence') return 'silence'
    if (served.is === 'dropped') return 'broken'
    if (served.is === 'close') return refusal(400, '30', served.says)
    const reply = codec.decode(served.frame, { spans: false })
    const said = reply.ok ? reply.message.fields : reply.partial.fields
    const answer = answerTo(type, { ...said, ...kindOf(type, said, books()) })
    const accepts = type === 'refund' && answer.status === 201 && this.#behind.offers('async')
    const reference = `${fields.terminalId}-${fields.batch}-${fields.trace}`
    return accepts ? this.#refunds.accept(reference, holder.merchantId, answer) : answer
  }

  #send(reply: FastifyReply, came: HttpAnswer | NoAnswer, asked: HttpAsked): Promise<unknown> {
    const { faults, finished } = this.#behind
    if (typeof came === 'string') {
      reply.hijack()
      if (came === 'broken') reply.raw.socket?.resetAndDestroy()
      finished(false)
      return Promise.resolve(reply)
    }
    const bent = faults().reduce((answer, fault) => fault.http?.answer?.(answer, asked) ?? answer, came)
    void reply.code(bent.status).headers(bent.headers).send(bent.body)
    finished(true)
    return Promise.resolve(reply)
  }

  /** A refusal of what is no request of this interface. */
  #refuse(reply: FastifyReply, { status, headers, body }: HttpAnswer): FastifyReply {
    this.#behind.finished(true)
    return reply.code(status).headers(headers).send(body)
  }
}

function paramsOf({ params }: FastifyRequest): Readonly<Record<string, string>> {
  return typeof params === 'object' && params !== null ? Object.fromEntries(Object.entries(params)) : {}
}

function headerOf({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}

/** The frame of a message: its body with its type put first. Whatever else is wrong with the body is for the codec to say. */
function withType(type: string, body: string): Uint8Array | undefined {
  const inner = /^\s*\{\s*/.exec(body)?.[0]
  if (inner === undefined) return undefined
  const rest = body.slice(inner.length)
  return Buffer.from(`{"type":${JSON.stringify(type)}${rest.startsWith('}') ? '' : ','}${rest}`)
}

/** What fastify itself could not read. */
function unreadable(thrown: unknown): HttpAnswer {
  const status = typeof thrown === 'object' && thrown !== null && 'statusCode' in thrown ? Number(thrown.statusCode) : 500
  if (status === 413) return refusal(413, '30', `a body has ${longestBody} bytes at most`)
  if (status === 415) return refusal(415, '30', 'the body is application/json')
  return refusal(status >= 400 ? status : 500, status < 500 ? '30' : '96', 'the request could not be read')
}

const known = /^\/v1\/(?:transactions\/[^/]+|[^/]+)$/

/** An address that there is, but not for this method; or one that there is not. */
function notThere({ method, url }: FastifyRequest): HttpAnswer {
  const path = url.split('?')[0] ?? ''
  if (!known.test(path)) return refusal(404, '40', 'there is no such address')
  const allow = path.startsWith('/v1/transactions/') ? 'GET' : 'POST'
  return refusal(405, '40', `${method} is not for this address`, { allow })
}
