import type { Message } from '../values/message.ts'
import type { Dialect } from './dialect.ts'
import { identify, replyTypeOf } from './identify.ts'

/** Whether a reply is the answer to a request, and the names of the fields by which it is not. */
export type Match = Readonly<{ matches: boolean; differs: readonly string[] }>

/**
 * Compares what pairs a reply with its request: the message types, and every field of `matchedBy` that the request has. A refusal may
 * leave some out; a partial approval has another amount. A request that no row of the table knows is paired as any other of its type. (What a reply must hold besides is its row's `replyMust`.)
 *
 * A request of no known kind, sent to see it refused, pairs with its answer by the same fields.
 *
 * @source UnionPay POS fact sheet, 4.3, terminal checks on an answer
 */
export function matches(dialect: Dialect, request: Message, reply: Message): Match {
  const what = identify(dialect, request)
  const due = what === 'unknown' ? replyTypeOf(dialect, request.mti) : what.row.reply
  if (due !== reply.mti) return { matches: false, differs: ['mti'] }
  const echoed = what === 'unknown' ? dialect.matchedBy : what.row.echoes
  const approved = dialect.codes.approved.includes(reply.fields.resultCode ?? '')
  const { PARTIAL: partial = [] } = dialect.codes.classes
  const differs = dialect.matchedBy.filter(name => {
    const asked = request.fields[name]
    const answered = reply.fields[name]
    if (asked === undefined || !echoed.includes(name)) return false
    if (answered === undefined) return approved || !dialect.mayBeMissingInRefusal.includes(name)
    return answered !== asked && !(name === 'amount' && partial.includes(reply.fields.resultCode ?? ''))
  })
  return { matches: differs.length === 0, differs }
}
