import { failed, inconclusive, lacking, passed, warned } from '../finding.ts'
import { answer, approves, cite, type Exchange, type OperationScope, resultCode, type Scope } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { unanswered } from './approval.ts'
import { reversalsOf } from './follow-up.ts'
import { described } from './preparation.ts'

/** The reversal to judge: the operation's own when it is one by hand, else what the terminal sent for it. */
function reversalOf(scope: Scope, operation: OperationScope): Exchange | undefined {
  if (operation.name !== 'reverse') return reversalsOf(scope, operation).findLast(one => !one.lost)
  return operation.own.findLast(one => !one.lost) ?? operation.own.at(-1)
}

function onReversal(
  scope: Scope,
  operation: OperationScope | undefined,
  judge: (exchange: Exchange, code: string, subject: string) => Verdict,
): Verdict {
  if (operation === undefined) return lacking('no reversal under test')
  const exchange = reversalOf(scope, operation)
  if (exchange === undefined)
    return inconclusive(`the terminal sent no reversal of ${described(operation)}`, {
      becauseOf: 'REV-001',
      attribution: 'instrument',
    })
  const reply = answer(exchange)
  if (reply === undefined) return unanswered(exchange, `the reversal of ${described(operation)}`)
  return judge(exchange, resultCode(reply) ?? 'no result code', described(operation))
}

/** The reversal was answered with one of these codes. A code on which the terminal would go on reversing has failed. */
export function acknowledged(scope: Scope, operation: OperationScope | undefined, codes: readonly string[]): Verdict {
  return onReversal(scope, operation, (exchange, code, subject) => {
    const facts = { expected: codes.join(', '), received: code }
    if (codes.includes(code)) return passed(cite(exchange))
    const says = `the reversal (${subject}) was answered with ${code}`
    // An acknowledgement that is not in the set promises an effect that there must not be, unless the money shows otherwise.
    if (scope.codes.misleading.includes(code) || !scope.codes.ways('00', '25', '12', '21', '22', '94').includes(code))
      return failed({ says, ...facts }, cite(exchange))
    return codes.every(one => scope.codes.approved.includes(one))
      ? failed({ says, ...facts }, cite(exchange))
      : warned({ says, ...facts }, cite(exchange))
  })
}

/** After settlement: refused, or acknowledged with a credit, which the money has to show. */
export function creditedOrRefused(scope: Scope, operation: OperationScope | undefined): Verdict {
  return onReversal(scope, operation, (exchange, code) => {
    const accepted = [...scope.codes.accepts['original settled'], ...scope.codes.ways('21', '00')]
    const also = answer(exchange)?.fields.alsoMeans?.split(' ') ?? []
    if (approves(scope, answer(exchange)) || [code, ...also].some(one => accepted.includes(one))) return passed(cite(exchange))
    const facts = {
      says: 'the reversal of a settled sale was answered with a code that does not fit',
      expected: accepted.join(', '),
      received: code,
    }
    return scope.codes.misleading.includes(code) ? failed(facts, cite(exchange)) : warned(facts, cite(exchange))
  })
}
