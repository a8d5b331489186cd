import { failed, inconclusive, lacking, passed } from '../finding.ts'
import { sameKey } from '../position.ts'
import { answer, anyAnswer, approves, cite, type Exchange, type OperationScope, resultCode, type Scope } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { described, unsent } from './preparation.ts'

/** The acquirer approved this operation, in an answer that the terminal can take. */
export function approved(scope: Scope, operation: OperationScope | undefined): Verdict {
  return onAnswer(operation, (exchange, reply, subject) => {
    const code = resultCode(reply)
    const earlier = usedBefore(scope, exchange)
    if (!approves(scope, reply) && earlier !== undefined && (earlier.name !== exchange.name || operation?.of === undefined))
      return inconclusive(`our terminal sent ${subject} under the trace number of a ${earlier.name}`, {
        becauseOf: 'MSG-005',
        attribution: 'instrument',
        evidence: [...cite(earlier), ...cite(exchange)],
      })
    if (!approves(scope, reply))
      return failed(
        {
          says: `${subject} was refused`,
          expected: `an approval, ${scope.codes.approved[0]}`,
          received: code ?? 'no result code',
        },
        cite(exchange),
      )
    if (reply.mac === 'bad' || reply.mac === 'absent')
      return failed(
        {
          says: `the approval of ${subject} has ${reply.mac === 'bad' ? 'a wrong' : 'no'} MAC`,
          expected: 'a MAC under the session key',
          received: reply.mac,
        },
        cite(exchange),
      )
    return passed(cite(exchange))
  })
}

/** Another request that our terminal sent before under the same key. */
const usedBefore = (scope: Scope, exchange: Exchange): Exchange | undefined =>
  scope.exchanges.find(one => one.number < exchange.number && one.name !== 'reverse' && sameKey(one, exchange))

/** Every answer of this kind carries the field, filled. */
export function carries(operation: OperationScope | undefined, field: string, meaning: string): Verdict {
  return onAnswer(operation, (exchange, reply, subject) => {
    const value = reply.fields[field]?.trim() ?? ''
    return value === ''
      ? failed(
          { says: `the answer to ${subject} carries no ${meaning}`, expected: `a ${meaning}`, received: 'none' },
          cite(exchange),
        )
      : passed([...cite(exchange), { entry: reply.id, field, saw: value }])
  })
}

/** Judges the acquirer's answer to an operation's first own request; silence where an answer is due has failed. */
export function onAnswer(
  operation: OperationScope | undefined,
  judge: (exchange: Exchange, reply: NonNullable<Exchange['received']>, subject: string) => Verdict,
): Verdict {
  if (operation === undefined) return lacking('no operation under test')
  const [exchange] = operation.own
  if (exchange === undefined) return unsent(operation)
  const reply = answer(exchange)
  return reply === undefined ? unanswered(exchange, described(operation)) : judge(exchange, reply, described(operation))
}

/** As above, for what a good terminal never sends: an answer that the terminal did not take is an answer too. */
export function onAnyAnswer(
  operation: OperationScope | undefined,
  judge: (exchange: Exchange, reply: NonNullable<Exchange['received']>, subject: string) => Verdict,
): Verdict {
  const exchange = operation?.own[0]
  const reply = exchange === undefined ? undefined : anyAnswer(exchange)
  return operation === undefined || exchange === undefined || reply === undefined
    ? onAnswer(operation, judge)
    : judge(exchange, reply, described(operation))
}

/** Nothing that the terminal could take came in answer to a request. */
export function unanswered(exchange: Exchange, subject: string): Verdict {
  const [other] = exchange.others
  if (exchange.lost || (exchange.silence?.ours === true && other === undefined))
    return inconclusive(`our own line kept ${subject} from its answer`, { attribution: 'suite', evidence: cite(exchange) })
  if (other !== undefined)
    return failed(
      {
        says: `the answer to ${subject} is none that a terminal can take`,
        expected: 'an answer that matches its request',
        received: `a ${other.standing} one`,
      },
      cite(exchange),
    )
  if (exchange.silence === undefined) return lacking(`no end of the exchange of ${subject}`)
  return failed({ says: `${subject} got no answer`, expected: 'an answer', received: exchange.silence.event }, cite(exchange))
}
