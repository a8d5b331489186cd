import { failed, lacking, passed } from '../finding.ts'
import { answer, approves, cite, firstOwn, type OperationScope, type Scope, target } from '../scope.ts'
import type { Evidence, Verdict } from '../verdict.ts'
import { described } from './preparation.ts'

/** The original is marked voided once its void was approved, not before, and not at all otherwise. */
export function markedAsAnswered(scope: Scope, operation: OperationScope | undefined): Verdict {
  const followUp = firstOwn(operation)
  const original = firstOwn(target(scope, operation))
  if (operation === undefined || followUp === undefined || original === undefined) return lacking('no void of a sale under test')
  const reply = followUp.received
  const mark = scope.events.find(
    event =>
      event.event === 'marked voided' &&
      event.terminal === operation.terminal &&
      event.facts?.trace === original.sent.fields.trace,
  )
  const evidence: Evidence[] = [
    ...cite(original),
    ...cite(followUp),
    ...(mark === undefined ? [] : [{ entry: mark.id, saw: mark.says }]),
  ]
  const due = reply !== undefined && approves(scope, reply) && reply.mac !== 'bad'
  const wrong = (says: string, expected: string, received: string): Verdict =>
    failed({ says, expected, received, attribution: 'instrument' }, evidence)
  if (due && mark === undefined)
    return wrong(`the original of ${described(operation)} was not marked voided`, 'marked', 'not marked')
  if (!due && mark !== undefined)
    return wrong(`the original was marked voided although ${described(operation)} was not approved`, 'not marked', 'marked')
  if (mark !== undefined && reply !== undefined && scope.entries.indexOf(mark) < scope.entries.indexOf(reply))
    return wrong(`the original was marked before ${described(operation)} was answered`, 'after the answer', 'before')
  return answer(original) === undefined ? lacking('no answered original') : passed(evidence)
}
