import { allOf, each, failed, inconclusive, lacking, passed } from '../finding.ts'
import {
  answer,
  approves,
  cite,
  citeReply,
  type Exchange,
  firstOwn,
  type Of,
  type OperationScope,
  resultCode,
  type Scope,
  target,
} from '../scope.ts'
import type { Evidence, Verdict } from '../verdict.ts'
import { onAnswer, onAnyAnswer, unanswered } from './approval.ts'
import { reversalsOf } from './follow-up.ts'
import { described, unsent } from './preparation.ts'
import { graded } from './refusal.ts'

/** What holds of the HTTP calls between a message and its reply. */
type Call = Of<'call'>

const callsIn = (scope: Scope): readonly Call[] => scope.entries.filter(entry => entry.is === 'call')

/** The calls that became of one request. */
const callsOf = (scope: Scope, exchange: Exchange | undefined): readonly Call[] =>
  callsIn(scope).filter(call => call.exchange === exchange?.number)

const statusOf = ({ answer: came }: Call): string => (came === undefined ? 'no answer' : `status ${came.status}`)

const citeCall = (call: Call): Evidence => ({
  entry: call.id,
  field: 'outcome',
  saw: `${call.method} ${call.path}: ${statusOf(call)}, ${call.outcome} by rule ${call.rule}`,
})

/** Status and body of every answer say the same, as the mapping's rules see it. */
export function layersAgree(scope: Scope): Verdict {
  return each(
    callsIn(scope).filter(call => call.answer !== undefined),
    'answered call',
    call => {
      if (call.contradicts !== true) return passed([citeCall(call)])
      const facts = { expected: 'status and body that say the same', received: statusOf(call) }
      return failed({ says: `the answer to a ${call.call} contradicts itself`, ...facts }, [citeCall(call)])
    },
  )
}

/** No approval rests on a status that says "accepted", or on one that is no success. */
export function outcomeFromBoth(scope: Scope): Verdict {
  return each(
    callsIn(scope).filter(call => call.answer !== undefined),
    'answered call',
    call => {
      const status = call.answer?.status ?? 0
      const approving = scope.codes.approved.includes(call.outcome)
      if (!approving || (status >= 200 && status < 300 && status !== 202)) return passed([citeCall(call)])
      return failed(
        {
          says: `an answer with status ${status} was taken for an approval`,
          expected: 'an approval by status and body',
          received: `status ${status}`,
          attribution: 'instrument',
        },
        [citeCall(call)],
      )
    },
  )
}

/** The repeat under one key got the first result again, or a refusal that names it as a duplicate. */
export function sameResult(scope: Scope, first: Exchange | undefined, repeat: OperationScope | undefined): Verdict {
  const again = repeat?.own.at(-1)
  if (repeat === undefined || first === undefined || again === undefined || again === first)
    return lacking('no repeat under the same key')
  const [before, after] = [answer(first), answer(again)]
  const evidence = [...cite(first), ...cite(again), ...callsOf(scope, again).map(citeCall)]
  if (after === undefined) return unanswered(again, described(repeat))
  if (!approves(scope, after)) return allOf(graded(scope, repeat, scope.codes.accepts.duplicate), passed(evidence))
  const other = ['reference', 'approvalCode', 'amount'].find(
    name => before !== undefined && before.fields[name] !== after.fields[name],
  )
  if (other === undefined) return passed(evidence)
  return failed(
    {
      says: `the repeat under the same key was answered with another ${other}`,
      expected: before?.fields[other] ?? 'none',
      received: after.fields[other] ?? 'none',
    },
    evidence,
  )
}

/** A request under another merchant's key is the sender's own, and is answered as such. */
export function answeredAsItsOwn(scope: Scope, operation: OperationScope | undefined): Verdict {
  return onAnswer(operation, (exchange, reply, subject) => {
    const evidence = [...cite(exchange), ...callsOf(scope, exchange).map(citeCall)]
    const facts = { expected: 'an approval of its own', received: resultCode(reply) ?? 'no result code' }
    if (!approves(scope, reply)) return failed({ says: `${subject} was refused, for a key that is its own`, ...facts }, evidence)
    const others = scope.exchanges.filter(one => one.number < exchange.number).flatMap(one => answer(one) ?? [])
    const taken = others.find(one => one.fields.reference !== undefined && one.fields.reference === reply.fields.reference)
    if (taken === undefined) return passed(evidence)
    return failed({ says: `${subject} got the answer of another merchant`, ...facts, received: taken.fields.reference ?? '' }, [
      ...evidence,
      citeReply(taken),
    ])
  })
}

/** Of two equal calls at once one is done; the other hears that it is in work, or a duplicate, or the same answer. */
export function doneOnce(scope: Scope, operation: OperationScope | undefined): Verdict {
  const exchange = firstOwn(operation)
  if (operation === undefined) return lacking('no operation under test')
  if (exchange === undefined) return unsent(operation)
  const calls = callsOf(scope, exchange).filter(({ call }) => call === operation.name)
  const evidence = [...cite(exchange), ...calls.map(citeCall)]
  if (calls.length < 2) return lacking('no two calls at once')
  const received = calls.map(call => call.outcome).join(' and ')
  const expected = 'one approval, and "in work", "duplicate" or the same answer'
  const approvals = calls.filter(call => scope.codes.approved.includes(call.outcome))
  if (approvals.length === 0)
    return failed({ says: 'neither of two equal calls at once was approved', expected, received }, evidence)
  if (new Set(approvals.map(call => call.answer?.body)).size > 1)
    return failed({ says: 'two equal calls at once were both done', expected, received }, evidence)
  const lawful = [...scope.codes.approved, ...scope.codes.inProgress, ...scope.codes.accepts.duplicate, 'UNKNOWN']
  const odd = calls.find(call => !lawful.includes(call.outcome))
  if (odd === undefined) return passed(evidence)
  return failed({ says: `one of two equal calls at once was refused as ${odd.outcome}`, expected, received }, evidence)
}

/** Every send of one intent has the same key and the same bytes. */
export function keysStay(scope: Scope): Verdict {
  const sends = callsIn(scope).filter(call => call.key !== undefined && call.body !== undefined)
  return each(sends, 'call with an idempotency key', call => {
    const first = sends.find(one => one.intent === call.intent && one.call === call.call && one.body === call.body)
    if (first === undefined || first.key === call.key) return passed([citeCall(call)])
    return failed(
      {
        says: `a ${call.call} was sent again under a new key`,
        expected: first.key ?? 'the first key',
        received: call.key ?? 'none',
        attribution: 'instrument',
      },
      [citeCall(first), citeCall(call)],
    )
  })
}

/** The operation went out under the very key of the one that it refers to: without that nothing was reused. */
export function underTheSameKey(scope: Scope, operation: OperationScope | undefined): Verdict {
  const [first] = callsOf(scope, firstOwn(target(scope, operation)))
  const [again] = callsOf(scope, firstOwn(operation))
  if (first === undefined || again === undefined) return lacking('no two calls under one key')
  const evidence = [citeCall(first), citeCall(again)]
  if (first.key === again.key) return passed(evidence)
  return inconclusive('our own line did not keep to the key', { becauseOf: 'HTTP-005', attribution: 'instrument', evidence })
}

/** A request whose end is unknown to the till was undone by its own reference alone. Where the acquirer had approved it, it has to know it. */
export function undoneByOwnReference(scope: Scope, operation: OperationScope | undefined): Verdict {
  const done = approves(scope, answer(firstOwn(operation)))
  const lawful = [...scope.codes.approved, ...(done ? [] : scope.codes.accepts['nothing to reverse'])]
  const reversals = reversalsOf(scope, operation).filter(one => !one.lost)
  return each(reversals, 'reversal by the till’s own reference', exchange => {
    const { fields } = exchange.sent
    if (fields.reference !== undefined) return lacking('a reversal without the acquirer’s reference')
    const reply = answer(exchange)
    if (reply === undefined) return unanswered(exchange, 'the reversal')
    const code = resultCode(reply) ?? 'no result code'
    const evidence = [...cite(exchange), ...callsOf(scope, exchange).map(citeCall)]
    if (lawful.includes(code)) return passed(evidence)
    return failed(
      {
        says: 'what was never answered could not be undone by the till’s own reference',
        expected: lawful.join(', '),
        received: code,
      },
      evidence,
    )
  })
}

/** What was only accepted was followed until its end was known, and nothing was concluded before. */
export function followedToTheEnd(scope: Scope, operation: OperationScope | undefined): Verdict {
  const exchange = firstOwn(operation)
  if (operation === undefined) return lacking('no operation under test')
  if (exchange === undefined) return unsent(operation)
  const calls = callsOf(scope, exchange)
  const evidence = [...cite(exchange), ...calls.map(citeCall)]
  const accepted = calls.find(call => call.answer?.status === 202)
  if (accepted === undefined) return lacking('no answer that only accepts')
  const last = calls.at(-1)
  const end = last !== undefined && last.answer?.status !== 202 && last.final ? last : undefined
  const told = exchange.received
  if (told === undefined)
    return end === undefined
      ? passed(evidence)
      : failed(
          { says: 'the end was known and not told', expected: end.outcome, received: 'nothing', attribution: 'instrument' },
          evidence,
        )
  if (end !== undefined && resultCode(told) === end.outcome) return passed(evidence)
  return failed(
    {
      says: `${described(operation)} was concluded before its end was known`,
      expected: 'an end by inquiry or notification',
      received: resultCode(told) ?? 'no result code',
      attribution: 'instrument',
    },
    evidence,
  )
}

/** The answer says whether the money went back as a void or as a refund, and the books agree where they are shown. */
export function kindTold(scope: Scope, operation: OperationScope | undefined): Verdict {
  return onAnswer(operation, (exchange, reply, subject) => {
    const { kind } = reply.fields
    const evidence = [...cite(exchange), ...callsOf(scope, exchange).map(citeCall)]
    const early = callsOf(scope, exchange).find(
      call => call.answer?.status === 202 && scope.codes.approved.includes(call.outcome),
    )
    if (early !== undefined)
      return inconclusive(`${subject} was taken for done when it was only accepted`, {
        becauseOf: 'HTTP-007',
        attribution: 'instrument',
        evidence: [...evidence, citeCall(early)],
      })
    if (kind === undefined)
      return failed(
        { says: `the answer to ${subject} does not say what was done`, expected: 'void or refund', received: 'nothing' },
        evidence,
      )
    const posted = postedKind(scope, exchange)
    if (posted === undefined || posted.kind === kind) return passed([...evidence, ...(posted?.evidence ?? [])])
    return failed(
      { says: `${subject} was told to be a ${kind}, and was a ${posted.kind}`, expected: posted.kind, received: kind },
      [...evidence, ...posted.evidence],
    )
  })
}

/** What the books say that a request did. */
function postedKind(scope: Scope, { sent }: Exchange): Readonly<{ kind: string; evidence: readonly Evidence[] }> | undefined {
  const view = scope.views.findLast(one => one.view === 'ledger')
  if (view?.view !== 'ledger') return undefined
  const { terminalId, batch, trace } = sent.fields
  const transaction = view.ledger.transactions.find(
    one => one.terminalId === terminalId && one.batch === batch && one.trace === trace,
  )
  const posting = view.ledger.postings.find(one => one.transaction === transaction?.id && one.kind !== 'reversal')
  return posting && { kind: posting.kind, evidence: [{ entry: view.id, saw: `posting ${posting.id}: a ${posting.kind}` }] }
}

/** The acquirer refused a request with a proof that is none. */
export function proofRefused(scope: Scope, operation: OperationScope | undefined): Verdict {
  return onAnyAnswer(operation, exchange => {
    const calls = callsOf(scope, exchange)
    const refused = calls.find(call => call.answer?.status === 401 || call.answer?.status === 403)
    const graded401 = graded(scope, operation, scope.codes.accepts['bad MAC'])
    return refused === undefined ? graded401 : allOf(graded401, passed([citeCall(refused)]))
  })
}
