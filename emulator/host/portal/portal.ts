import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { EmulatorError } from '../../values/errors.ts'
import { html } from '../../values/markup.ts'
import type { Acquirer } from '../acquirer.ts'
import { addressOf, queryOf } from './address.ts'
import { cookies, type Desktop, giveSession, sent } from './desktop.ts'
import { comeAgain, cookieOf, harden, isForUs, isFromElsewhere, isFromUs, setCookie, unread } from './gate.ts'
import { notice } from './layout.ts'
import { liveScript } from './live-script.ts'
import { type Approval, Office } from './office.ts'
import { type Hashing, Passwords } from './passwords.ts'
import { addRoutes } from './routes.ts'
import { type Session, Sessions } from './sessions.ts'
import type { StaffMember } from './staff.ts'
import { style } from './style.ts'
import type { View } from './view.ts'
import { Watchers } from './watchers.ts'
import { type Language, saying, type Word } from './words.ts'

/**
 * `approval`: whether another person has to agree to a void or refund. `hashing`: `light` for passwords that guard nothing, being made for a host
 * that lives as long as a scenario.
 */
export type PortalOptions = Readonly<{
  port: number
  approval: Approval
  staff: readonly StaffMember[]
  hashing?: Hashing
}>

export interface Portal {
  readonly port: number
  readonly url: URL
  /** To be called when anything in the books may have changed. */
  changed(): void
  close(): Promise<void>
}

/** The longest form, in bytes. */
const longestForm = 16_384
/** The longest that somebody may take to send a request, milliseconds. */
const longestSending = 30_000

/**
 * The merchants' back office, HTML over HTTP on 127.0.0.1. Forms are taken from its own pages only, each once; everything is decided by the host's
 * own rules and written down in its own store.
 *
 * @throws EmulatorError `LINK_FAILED` when the port cannot be had
 */
export async function openPortal(acquirer: Acquirer, options: PortalOptions): Promise<Portal> {
  const { port, approval, staff, hashing } = options
  const millis = (): number => acquirer.now.millis
  const server = fastify({
    logger: false,
    bodyLimit: longestForm,
    requestTimeout: longestSending,
    forceCloseConnections: true,
    frameworkErrors: (_, _request, reply) => unread(reply),
  })
  const watchers = new Watchers()
  const sessions = new Sessions(millis)
  const desktop: Desktop = {
    acquirer,
    office: new Office(acquirer, approval),
    passwords: new Passwords(staff, millis, hashing),
    sessions,
    watchers,
    sessionOf: (request, reply) => sessions.find(cookieOf(request, cookies.session)) ?? begun(sessions, reply),
    viewOf: (request, reply, session) => viewOf(desktop, request, reply, session),
    changed: () => watchers.changed(),
  }
  guard(server, desktop)
  server.get('/style.css', (_, reply) => reply.type('text/css; charset=utf-8').send(style))
  server.get('/live.js', (_, reply) => reply.type('text/javascript; charset=utf-8').send(liveScript))
  addRoutes(server, desktop)
  try {
    await server.listen({ host: '127.0.0.1', port })
  } catch (thrown) {
    const because = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown)
    throw new EmulatorError('LINK_FAILED', { endpoint: `http://127.0.0.1:${port}`, because }, { cause: thrown })
  }
  const taken = portOf(server)
  return {
    port: taken,
    url: new URL(`http://127.0.0.1:${taken}/`),
    changed: () => watchers.changed(),
    close: () => {
      watchers.close()
      return server.close()
    },
  }
}

/** What holds before any page: who is asked, who asks, how forms are read, and what is said when something goes wrong. */
function guard(server: FastifyInstance, desktop: Desktop): void {
  const say = (request: FastifyRequest, reply: FastifyReply, status: number, title: Word, more: Word) =>
    sent(reply, notice(desktop.viewOf(request, reply, desktop.sessionOf(request, reply)), title, more), status)
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
    done(null, new URLSearchParams(String(body))),
  )
  server.addHook('onRequest', async (request, reply) => {
    harden(reply)
    if (!isForUs(request, portOf(server))) return reply.code(421).type('text/plain').send('This portal has another name.\n')
    const session = desktop.sessions.find(cookieOf(request, cookies.session))
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      if (isFromUs(request, portOf(server))) return undefined
      desktop.office.turnedAway(session?.member, `a form sent from another origin, to ${addressOf(request)}`)
      return say(request, reply, 403, 'originTitle', 'originMore')
    }
    if (session === undefined && isFromElsewhere(request)) return comeAgain(request, reply)
    return undefined
  })
  server.setNotFoundHandler((request, reply) => say(request, reply, 404, 'notThere', 'notThereMore'))
  server.setErrorHandler((thrown: unknown, request, reply) => {
    const status = statusOf(thrown)
    return status < 500
      ? say(request, reply, status, 'unreadTitle', 'unreadMore')
      : say(request, reply, 500, 'failedTitle', 'failedMore')
  })
}

/** A session for a browser that has none. */
function begun(sessions: Sessions, reply: FastifyReply): Session {
  const session = sessions.begin()
  giveSession(reply, session)
  return session
}

function viewOf({ acquirer, office }: Desktop, request: FastifyRequest, reply: FastifyReply, session: Session): View {
  const language = languageOf(request, reply)
  return {
    language,
    say: saying(language),
    books: acquirer.books,
    office,
    zone: acquirer.policy.zone,
    path: request.method === 'GET' ? request.url : '/',
    ...(session.member && { member: session.member }),
    token: (action, seen = '') => html`<input type="hidden" name="token" value="${session.tokens.issue(action, seen)}">`,
  }
}

/** What was chosen last, now or earlier; else what the browser prefers. */
function languageOf(request: FastifyRequest, reply: FastifyReply): Language {
  const chosen = queryOf(request).get('lang')
  if (chosen === 'en' || chosen === 'zh') {
    setCookie(reply, cookies.language, chosen, '; Max-Age=31536000')
    return chosen
  }
  const kept = cookieOf(request, cookies.language)
  if (kept === 'en' || kept === 'zh') return kept
  return request.headers['accept-language']?.startsWith('zh') ? 'zh' : 'en'
}

function portOf(server: FastifyInstance): number {
  const address = server.server.address()
  return address !== null && typeof address === 'object' ? address.port : 0
}

function statusOf(thrown: unknown): number {
  return typeof thrown === 'object' && thrown !== null && 'statusCode' in thrown && typeof thrown.statusCode === 'number'
    ? thrown.statusCode
    : 500
}
