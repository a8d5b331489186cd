import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Transaction } from '../transaction.ts'
import { addressOf, queryOf } from './address.ts'
import { askPage, emptyDraft } from './ask-page.ts'
import { auditPage, auditTable, transactionsTable } from './audit-page.ts'
import type { CaseFile } from './case.ts'
import { casePage, casesPage, seenOfCase } from './cases-page.ts'
import { type Desktop, giveSession, sent } from './desktop.ts'
import { type Form, formOf, readCase, readNote } from './form.ts'
import { notice } from './layout.ts'
import type { Came, Refusal } from './office.ts'
import { readSearch } from './search.ts'
import type { Session } from './sessions.ts'
import { signInPage } from './sign-in-page.ts'
import type { Right } from './staff.ts'
import type { TokenVerdict } from './tokens.ts'
import { transactionPage } from './transaction-page.ts'
import { transactionsPage } from './transactions-page.ts'
import { type MemberView, seenOf, type View } from './view.ts'
import type { Word } from './words.ts'

type Serve = (view: MemberView, form: Form, request: FastifyRequest, reply: FastifyReply) => unknown

const refusals: Readonly<Record<Refusal, readonly [status: number, title: Word, more: Word]>> = {
  'not there': [404, 'notThere', 'notThereMore'],
  'not allowed': [403, 'notAllowed', 'notAllowedMore'],
  'own request': [403, 'ownTitle', 'ownRequest'],
  'open already': [409, 'openTitle', 'openMore'],
  'decided already': [409, 'decidedTitle', 'decidedMore'],
}

const tokenRefusals: Readonly<Record<Exclude<TokenVerdict, 'good'>, readonly [status: number, title: Word, more: Word]>> = {
  used: [409, 'usedTitle', 'usedMore'],
  stale: [409, 'staleTitle', 'staleMore'],
  foreign: [403, 'foreignTitle', 'foreignMore'],
}

/** The pages of the portal and what their forms do. */
export function addRoutes(server: FastifyInstance, desktop: Desktop): void {
  const { office, sessions, watchers, acquirer } = desktop
  const open = (view: View): view is MemberView => view.member !== undefined
  const refuse = (view: View, reply: FastifyReply, [status, title, more]: readonly [number, Word, Word]) =>
    sent(reply, notice(view, title, more), status)

  /** A page for whoever is signed in; a guest is led to the sign-in. */
  const page = (path: string, serve: Serve) =>
    server.get(path, (request, reply) => {
      const session = desktop.sessionOf(request, reply)
      const view = desktop.viewOf(request, reply, session)
      return open(view) ? serve(view, formOf(request), request, reply) : reply.redirect('/sign-in', 303)
    })

  /** A form of whoever is signed in. @param seen  what it must have shown, as things are now */
  const form = (path: string, serve: Serve, seen: (view: MemberView, id: number) => string | undefined = () => '') =>
    server.post(path, async (request, reply) => {
      const session = desktop.sessionOf(request, reply)
      const view = desktop.viewOf(request, reply, session)
      if (!open(view)) {
        office.turnedAway(undefined, `a form of nobody who is signed in, to ${addressOf(request)}`)
        return reply.redirect('/sign-in', 303)
      }
      const sentForm = formOf(request)
      const now = seen(view, idOf(request))
      if (now === undefined) return missing(view, request, reply)
      const verdict = session.tokens.redeem(sentForm.text('token'), request.url, now)
      if (verdict === 'good') return serve(view, sentForm, request, reply)
      office.note(view.member, {
        act: 'tried what is not allowed',
        why: addressOf(request),
        result: `refused: ${verdict} form`,
      })
      return refuse(view, reply, tokenRefusals[verdict])
    })

  /** Whoever asks for what is not there may be asking for what is somebody else's. */
  const missing = (view: MemberView, request: FastifyRequest, reply: FastifyReply) => {
    office.note(view.member, { act: 'tried what is not allowed', why: addressOf(request), result: 'refused: not there' })
    return refuse(view, reply, refusals['not there'])
  }
  const allowed = (view: MemberView, reply: FastifyReply, right: Right): boolean => {
    if (office.may(view.member, right)) return true
    office.forbidden(view.member, right)
    refuse(view, reply, refusals['not allowed'])
    return false
  }
  const came = (view: MemberView, reply: FastifyReply, what: Came) => {
    desktop.changed()
    return what.is === 'case' ? reply.redirect(`/requests/${what.file.case.id}`, 303) : refuse(view, reply, refusals[what.why])
  }
  const transaction = (view: MemberView, request: FastifyRequest): Transaction | undefined =>
    office.transaction(view.member, idOf(request))
  const caseFile = (view: MemberView, request: FastifyRequest): CaseFile | undefined =>
    office.caseFile(view.member, idOf(request))

  server.get('/', (_, reply) => reply.redirect('/transactions', 303))
  server.get('/sign-in', (request, reply) =>
    sent(reply, signInPage(desktop.viewOf(request, reply, desktop.sessionOf(request, reply)))),
  )
  server.post('/sign-in', (request, reply) => signIn(desktop, request, reply, refuse))
  form('/sign-out', (view, _, request, reply) => {
    office.note(view.member, { act: 'signed out', result: 'done' })
    sessions.end(desktop.sessionOf(request, reply).id)
    return reply.redirect('/sign-in', 303)
  })

  page('/transactions', (view, _, request, reply) => {
    const search = readSearch(queryOf(request))
    return sent(reply, transactionsPage(view, search), search.mistakes.length > 0 ? 400 : 200)
  })
  page('/transactions/:id', (view, _, request, reply) => {
    const one = transaction(view, request)
    return one ? sent(reply, transactionPage(view, one)) : missing(view, request, reply)
  })
  page('/transactions/:id/live', (view, _, request, reply) => {
    const one = transaction(view, request)
    if (!one) return missing(view, request, reply)
    return watch(request, reply, () => seenOf(acquirer.books, one))
  })
  for (const kind of ['void', 'refund'] as const) {
    page(`/transactions/:id/${kind}`, (view, _, request, reply) => {
      const one = transaction(view, request)
      if (!one) return missing(view, request, reply)
      if (!allowed(view, reply, `ask for a ${kind}`)) return reply
      return sent(reply, askPage(view, one, kind, emptyDraft))
    })
    form(
      `/transactions/:id/${kind}`,
      (view, sentForm, request, reply) => {
        const one = transaction(view, request)
        if (!one) return missing(view, request, reply)
        const read = readCase(view, one, kind, sentForm)
        if (read.is === 'draft') return sent(reply, askPage(view, one, kind, read.draft), 400)
        return came(view, reply, office.ask(view.member, read.wish))
      },
      (view, id) => {
        const one = office.transaction(view.member, id)
        return one && seenOf(view.books, one)
      },
    )
  }

  page('/requests', (view, _, _request, reply) => sent(reply, casesPage(view)))
  page('/requests/:id', (view, _, request, reply) => {
    const file = caseFile(view, request)
    return file ? sent(reply, casePage(view, file)) : missing(view, request, reply)
  })
  page('/requests/:id/live', (view, _, request, reply) => {
    const file = caseFile(view, request)
    if (!file) return missing(view, request, reply)
    const { id } = file.case
    return watch(request, reply, () => {
      const now = acquirer.books.desk.case(id)
      return now && seenOfCase({ ...view, books: acquirer.books }, now)
    })
  })
  form(
    '/requests/:id/decision',
    (view, sentForm, request, reply) => {
      const file = caseFile(view, request)
      if (!file) return missing(view, request, reply)
      const verdict = sentForm.text('verdict')
      const note = readNote(view, sentForm)
      if (note.is === 'mistakes') return sent(reply, casePage(view, file, note.wrong), 400)
      if (verdict !== 'approve' && verdict !== 'reject') return refuse(view, reply, [400, 'unreadTitle', 'unreadMore'])
      return came(view, reply, office.decide(view.member, file.case.id, verdict, note.text))
    },
    (view, id) => {
      const file = office.caseFile(view.member, id)
      return file && seenOfCase(view, file)
    },
  )

  page('/audit', (view, _, request, reply) => {
    if (!allowed(view, reply, 'read the audit log')) return reply
    const number = queryOf(request).get('transaction')
    if (number === null) return sent(reply, auditPage(view))
    const about = office.transaction(view.member, numberIn(number))
    return about ? sent(reply, auditPage(view, about)) : missing(view, request, reply)
  })
  form('/export', (view, sentForm, _, reply) => {
    if (!allowed(view, reply, 'export')) return reply
    const { books, member, zone } = view
    const what = sentForm.text('what') === 'audit' ? 'audit' : 'transactions'
    office.note(member, { act: 'exported', why: what, result: 'done' })
    const table = (what === 'audit' ? auditTable : transactionsTable)(books, member.merchantId, zone)
    void reply.header('content-disposition', `attachment; filename="${what}.csv"`)
    return reply.type('text/csv; charset=utf-8').send(table)
  })

  function watch(request: FastifyRequest, reply: FastifyReply, look: () => string | undefined): FastifyReply {
    const { id } = desktop.sessionOf(request, reply)
    const kept = Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)])
    reply.hijack()
    watchers.add(reply.raw, Object.fromEntries(kept), () => (sessions.has(id) ? look() : undefined))
    return reply
  }
}

async function signIn(
  desktop: Desktop,
  request: FastifyRequest,
  reply: FastifyReply,
  refuse: (view: View, reply: FastifyReply, why: readonly [number, Word, Word]) => FastifyReply,
): Promise<unknown> {
  const { office, passwords, sessions } = desktop
  const guest: Session = desktop.sessionOf(request, reply)
  const view = desktop.viewOf(request, reply, guest)
  const form = formOf(request)
  const verdict = guest.tokens.redeem(form.text('token'), '/sign-in', '')
  if (verdict !== 'good') {
    office.turnedAway(undefined, `a sign-in with a ${verdict} form`)
    return refuse(view, reply, tokenRefusals[verdict])
  }
  const admission = await passwords.admit(form.text('user').trim(), form.text('password'))
  if (admission.is === 'in') {
    // A new session, so that nobody can have known its id before.
    sessions.end(guest.id)
    giveSession(reply, sessions.begin(admission.member))
    office.note(admission.member, { act: 'signed in', result: 'done' })
    return reply.redirect('/transactions', 303)
  }
  office.turnedAway(admission.member, admission.is === 'locked' ? 'too many wrong passwords' : 'a wrong name or password')
  const problem = admission.is === 'locked' ? 'locked' : 'wrongPassword'
  return sent(reply, signInPage(view, problem, form.text('user').slice(0, 64)), admission.is === 'locked' ? 429 : 403)
}

/** A number as it stands in an address; 0, which nothing has, where there is none. */
const numberIn = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : 0)

/** The number in the path of a request. */
function idOf(request: FastifyRequest): number {
  const { params } = request
  const text = typeof params === 'object' && params !== null && 'id' in params ? String(params.id) : ''
  return numberIn(text)
}
