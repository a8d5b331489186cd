import { failed, inconclusive, lacking, passed } from '../finding.ts'
import { answer, approves, cite, closes, type Exchange, endsBatch, type Of, type OperationScope, type Scope } from '../scope.ts'
import type { Evidence, Verdict } from '../verdict.ts'
import { settlementRequest } from './settlement.ts'
import { totalNames } from './totals.ts'

/** What our terminal does with its batch around a settlement. */

function instrument(says: string, expected: string, received: string, evidence: readonly Evidence[]): Verdict {
  return failed({ says, expected, received, attribution: 'instrument' }, evidence)
}

/** The settlement requests of a terminal from this operation on, and its end notices. */
function series(scope: Scope, operation: OperationScope): { requests: readonly Exchange[]; ends: readonly Exchange[] } {
  const [first] = scope.exchanges.filter(one => one.terminal === operation.terminal && one.name === 'settle')
  const later = scope.exchanges.filter(one => one.terminal === operation.terminal && one.number >= (first?.number ?? 0))
  return { requests: later.filter(({ name }) => name === 'settle'), ends: later.filter(endsBatch(scope)) }
}

/** Without an answer: the same request again, with the same batch, trace and totals, and no financial request of the batch meanwhile. */
export function leftOpen(scope: Scope, operation: OperationScope | undefined): Verdict {
  if (operation === undefined) return lacking('no settlement under test')
  const { requests } = series(scope, operation)
  const [first, ...again] = requests
  if (first === undefined) return lacking('no settlement request')
  const last = again.at(-1)
  const evidence = requests.flatMap(cite)
  const cleared = scope.events.find(
    event => event.terminal === operation.terminal && event.event === 'cleared log' && beforeAnswered(scope, event, requests),
  )
  if (cleared !== undefined)
    return instrument('the log was cleared without an answer to the settlement', 'the log kept', 'cleared', [
      ...evidence,
      { entry: cleared.id, saw: cleared.says },
    ])
  if (last === undefined) return lacking('no repeated settlement request')
  const other = ['batch', 'additionalData', 'trace', ...totalNames].find(name =>
    again.some(one => one.sent.fields[name] !== first.sent.fields[name]),
  )
  if (other !== undefined)
    return instrument(
      `the repeated settlement has another ${other}`,
      first.sent.fields[other] ?? '',
      last.sent.fields[other] ?? '',
      evidence,
    )
  const between = scope.exchanges.find(
    one =>
      one.terminal === operation.terminal &&
      one.number > first.number &&
      one.number < last.number &&
      ['sale', 'void', 'refund'].includes(one.name),
  )
  if (between !== undefined)
    return instrument(`a ${between.name} was sent while the settlement was open`, 'nothing sent', between.name, [
      ...evidence,
      ...cite(between),
    ])
  return passed(evidence)
}

function beforeAnswered(scope: Scope, event: Of<'terminal'>, requests: readonly Exchange[]): boolean {
  const replied = requests.map(one => one.received).find(reply => reply !== undefined)
  return replied === undefined || scope.entries.indexOf(event) < scope.entries.indexOf(replied)
}

/** After a restart the settlement goes on: no acknowledged message again under a new trace, and its end notice at last. */
export function resumed(scope: Scope, operation: OperationScope | undefined): Verdict {
  if (operation === undefined) return lacking('no settlement under test')
  const restarted = scope.events.find(event => event.event === 'restarted' && event.terminal === operation.terminal)
  if (restarted === undefined) return lacking('no restart during the settlement')
  const { requests, ends } = series(scope, operation)
  const uploads = scope.exchanges.filter(
    one => one.terminal === operation.terminal && one.name === 'upload' && !endsBatch(scope)(one),
  )
  const evidence: Evidence[] = [
    ...requests.flatMap(cite),
    ...uploads.flatMap(cite),
    ...ends.flatMap(cite),
    { entry: restarted.id, saw: restarted.says },
  ]
  const twice = uploads.find((one, at) =>
    uploads
      .slice(0, at)
      .some(
        earlier => approves(scope, earlier.received) && earlier.sent.fields.additionalData === one.sent.fields.additionalData,
      ),
  )
  if (twice !== undefined)
    return instrument(
      'acknowledged details were uploaded again after the restart',
      'only what was not acknowledged',
      'again',
      evidence,
    )
  if (ends.some(end => closes(scope, answer(end)))) return passed(evidence)
  return [...uploads, ...ends].some(one => answer(one) !== undefined && !approves(scope, answer(one)))
    ? inconclusive('the acquirer refused the upload or its end notice', {
        becauseOf: 'SETL-005',
        attribution: 'acquirer',
        evidence,
      })
    : instrument('the settlement did not go on after the restart', 'its end notice', 'none', evidence)
}

/** Whatever reversal was due left before the settlement request. */
export function reversalsBeforeSettlement(scope: Scope): Verdict {
  const settlement = scope.exchanges.find(({ name }) => name === 'settle')
  if (settlement === undefined) return lacking('no settlement request')
  const due = scope.exchanges.filter(
    one =>
      one.terminal === settlement.terminal &&
      one.name !== 'reverse' &&
      one.number < settlement.number &&
      one.received === undefined &&
      ['sale', 'void'].includes(one.name),
  )
  const reversals = scope.exchanges.filter(one => one.terminal === settlement.terminal && one.name === 'reverse')
  if (due.length === 0) return lacking('no request without an answer before the settlement')
  const evidence = [...due.flatMap(cite), ...reversals.flatMap(cite), ...cite(settlement)]
  const overtaken = due.find(
    one =>
      !reversals.some(reversal => reversal.number < settlement.number && reversal.sent.fields.trace === one.sent.fields.trace),
  )
  return overtaken === undefined
    ? passed(evidence)
    : instrument(
        `the settlement overtook the reversal of a ${overtaken.name}`,
        'the reversal first',
        'the settlement first',
        evidence,
      )
}

/** One close of the batch, to the next number; the first request after it stands in the new batch. */
export function advancedOnce(scope: Scope, operation: OperationScope | undefined): Verdict {
  const settlement = settlementRequest(operation)
  if (operation === undefined || settlement === undefined) return lacking('no settlement under test')
  const closed = scope.events.filter(
    event =>
      event.event === 'batch closed' &&
      event.terminal === operation.terminal &&
      event.facts?.batch === settlement.sent.fields.batch,
  )
  const next = scope.exchanges.find(
    one => one.terminal === operation.terminal && one.number > settlement.number && ['sale', 'signIn', 'void'].includes(one.name),
  )
  const evidence: Evidence[] = [
    ...cite(settlement),
    ...closed.map(event => ({ entry: event.id, saw: event.says })),
    ...(next === undefined ? [] : cite(next)),
  ]
  const batch = Number(settlement.sent.fields.batch)
  const due = String(batch === 999_999 ? 1 : batch + 1).padStart(6, '0')
  const told = closed[0]?.facts?.next
  if (next === undefined && told === undefined) return lacking('nothing after the settlement that would show the batch number')
  if (told !== undefined && told !== due) return instrument('the batch number did not move on by one', due, told, evidence)
  if (next !== undefined && next.sent.fields.batch !== due)
    return instrument('the batch number did not move on by one', due, next.sent.fields.batch ?? 'none', evidence)
  return closed.length === 1
    ? passed(evidence)
    : instrument('the batch was not closed exactly once', 'once', `${closed.length} times`, evidence)
}

/** The log was cleared, and only once the end notice was answered. */
export function clearedAfterEnd(scope: Scope, operation: OperationScope | undefined): Verdict {
  if (operation === undefined) return lacking('no settlement under test')
  const { requests, ends } = series(scope, operation)
  const cleared = scope.events.filter(event => event.event === 'cleared log' && event.terminal === operation.terminal)
  const end = ends.find(one => closes(scope, one.received))
  const evidence: Evidence[] = [
    ...requests.flatMap(cite),
    ...ends.flatMap(cite),
    ...cleared.map(event => ({ entry: event.id, saw: event.says })),
  ]
  const [first] = cleared
  if (end?.received === undefined)
    return first === undefined
      ? passed(evidence)
      : instrument('the log was cleared before the batch was closed', 'the log kept', 'cleared', evidence)
  if (first === undefined) return instrument('the log was not cleared after the batch was closed', 'cleared', 'kept', evidence)
  const early = scope.entries.indexOf(first) < scope.entries.indexOf(end.received)
  return early
    ? instrument('the log was cleared before the batch was closed', 'after the end notice', 'before', evidence)
    : passed(evidence)
}
