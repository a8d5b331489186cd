import type { Acceptance, Reply, Request } from '../values/request.ts'
import type { Faulty } from './faults.ts'

const sound: Faulty = () => false

/**
 * Whether a reply is the answer to the open request. Type, trace, terminal, merchant and, where both carry them, amount and card must agree:
 * anything else is `foreign`, and the wait goes on. An "in progress" (09) is `not yet`.
 *
 * @source requirements MSG-004, MSG-015; UnionPay POS fact sheet, 4.3
 */
export function accepts(request: Request, reply: Reply, faulty: Faulty = sound): Acceptance {
  if (differences(request, reply).length > 0 && !faulty('takes a foreign reply')) return 'foreign'
  if (reply.resultCode === '09' && !faulty('takes in progress as approved') && !faulty('takes in progress as declined'))
    return 'not yet'
  return 'final'
}

/** By name, in what a reply differs from the request it should answer. */
export function differences(request: Request, reply: Reply): readonly string[] {
  const differs: string[] = []
  if (reply.operation !== request.operation) differs.push('operation')
  if (reply.trace !== request.trace) differs.push('trace')
  if (reply.terminalId !== request.terminalId) differs.push('terminalId')
  if (reply.merchantId !== request.merchantId) differs.push('merchantId')
  if (request.amount && reply.amount && !reply.amount.equals(request.amount) && reply.resultCode !== '10') differs.push('amount')
  if (request.card && reply.pan && !reply.pan.equals(request.card.pan)) differs.push('pan')
  return differs
}
