import { signsOn } from '../../dialects/offers.ts'
import type { Operation } from '../../values/operation.ts'
import { allOf, inconclusive, lacking, notApplicable, passed } from '../finding.ts'
import {
  answer,
  approves,
  cite,
  closes,
  type Exchange,
  inRole,
  type OperationScope,
  resultCode,
  type Scope,
  uploads,
} from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { officePrepared } from './office-preparation.ts'

/** The row that says that an operation works at all: what everything else stands on. */
export const standsOn: Readonly<Record<Operation, string>> = {
  signIn: 'SIGN-001',
  signOff: 'SIGN-001',
  echo: 'SIGN-002',
  inquire: 'INQ-001',
  sale: 'SALE-001',
  void: 'VOID-001',
  refund: 'REF-001',
  preauth: 'PRE-001',
  preauthVoid: 'PRE-002',
  complete: 'PRE-006',
  completionVoid: 'PRE-011',
  reverse: 'REV-008',
  settle: 'SETL-001',
  upload: 'SETL-005',
}

/** Set-up that is meant to be declined, and the row that says so. */
const meantToFail: readonly (readonly [RegExp, string])[] = [
  [/funds/, 'SALE-002'],
  [/wrong PIN/, 'SALE-003'],
  [/unknown card|nobody/, 'SALE-004'],
  [/declined/, 'SALE-002'],
]

/** What a scenario needs from other rows. Where it did not get it, it is inconclusive because of the row that failed. */
export function prepared(scope: Scope): Verdict {
  return allOf(
    notApplicable('nothing was needed'),
    ...inRole(scope, 'setup').map(operation => didItsPart(scope, operation)),
    ...officePrepared(scope),
  )
}

/** These parts must hold, provided that the scenario got what it needs from other rows. */
export function given(scope: Scope, ...parts: readonly Verdict[]): Verdict {
  const ready = prepared(scope)
  return ready.is === 'inconclusive' ? ready : allOf(ready, ...parts)
}

function didItsPart(scope: Scope, operation: OperationScope): Verdict {
  const [exchange] = operation.own
  const { outcome } = operation
  // Where nobody signs in by a message, the till's own word has to do.
  if (operation.name === 'signIn' && outcome?.outcome === 'done' && !signsOn(scope.profile.speaks, scope.profile.supports))
    return passed([{ entry: outcome.id, saw: outcome.says }])
  if (exchange === undefined) return unsent(operation, standsOn[operation.name])
  const reply = answer(exchange)
  if (reply === undefined) {
    const onPurpose = scope.entries.find(entry => entry.is === 'control')
    if (exchange.lost || exchange.silence?.ours === true) return passed(cite(exchange))
    if (onPurpose !== undefined) return passed([...cite(exchange), { entry: onPurpose.id, saw: 'a control was used' }])
    return because(`${described(operation)} got no answer`, standsOn[operation.name], exchange)
  }
  const failing = meantToFail.find(([pattern]) => pattern.test(operation.special ?? ''))
  const succeeded = operation.name === 'settle' ? settles(scope, operation) : approves(scope, reply)
  if (failing !== undefined)
    return succeeded
      ? because(`${described(operation)} was approved, though it had to be declined`, failing[1], exchange)
      : passed(cite(exchange))
  if (operation.name === 'signIn' && operation.outcome?.outcome === 'failed')
    return because(`${described(operation)} gave no keys that hold`, standsOn.signIn, exchange)
  if (succeeded || /refused|repeat|unknown|another|settling/.test(operation.special ?? '')) return passed(cite(exchange))
  return because(`${described(operation)} was refused with ${resultCode(reply) ?? 'no code'}`, standsOn[operation.name], exchange)
}

/** A settlement did its part when its end notice was accepted, or, where there is none, the settlement itself. */
export function settles(scope: Scope, operation: OperationScope): boolean {
  const end = operation.own.findLast(exchange => exchange.name === (uploads(scope) ? 'upload' : 'settle'))
  return end !== undefined && closes(scope, answer(end))
}

const because = (says: string, becauseOf: string, exchange: Exchange): Verdict =>
  inconclusive(says, { becauseOf, attribution: 'acquirer', evidence: cite(exchange) })

export const described = (operation: OperationScope): string =>
  `the ${operation.name} of ${operation.terminal}${operation.special === undefined ? '' : ` (${operation.special})`}`

/** An operation that sent no request of its own: the line never opened, a reversal had to go first, or our terminal refused. */
export function unsent(operation: OperationScope, becauseOf?: string): Verdict {
  const refused = operation.lines.find(line => line.event === 'not connected')
  const more = becauseOf === undefined ? {} : { becauseOf }
  if (refused !== undefined)
    return inconclusive(`no connection for ${described(operation)}: ${refused.says}`, {
      ...more,
      attribution: 'network',
      evidence: [{ entry: refused.id, saw: refused.says }],
    })
  const { outcome } = operation
  return outcome === undefined
    ? lacking(`no request of ${described(operation)}`)
    : inconclusive(`${described(operation)} sent nothing: ${outcome.says}`, {
        ...more,
        attribution: 'instrument',
        evidence: [{ entry: outcome.id, saw: outcome.says }],
      })
}
