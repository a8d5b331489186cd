import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Markup } from '../../values/markup.ts'
import type { Acquirer } from '../acquirer.ts'
import { setCookie } from './gate.ts'
import type { Office } from './office.ts'
import type { Passwords } from './passwords.ts'
import type { Session, Sessions } from './sessions.ts'
import type { View } from './view.ts'
import type { Watchers } from './watchers.ts'

/** The name of the cookie of a session, and of the one of a language. */
export const cookies = { session: 'office', language: 'language' } as const

/** What the routes are served with. */
export type Desktop = Readonly<{
  acquirer: Acquirer
  office: Office
  passwords: Passwords
  sessions: Sessions
  watchers: Watchers
  /** Of a request; a guest's where there was none. */
  sessionOf: (request: FastifyRequest, reply: FastifyReply) => Session
  viewOf: (request: FastifyRequest, reply: FastifyReply, session: Session) => View
  changed: () => void
}>

export function giveSession(reply: FastifyReply, { id }: Session): void {
  setCookie(reply, cookies.session, id)
}

export function sent(reply: FastifyReply, markup: Markup, status = 200): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(markup.text)
}
