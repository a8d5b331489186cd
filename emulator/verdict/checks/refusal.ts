import { saidAs } from '../../dialects/said.ts'
import type { Situation } from '../codes.ts'
import { allOf, failed, inconclusive, lacking, notApplicable, passed, warned } from '../finding.ts'
import { answer, approves, cite, inRole, type Of, type OperationScope, resultCode, type Scope, target } from '../scope.ts'
import type { Evidence, Verdict } from '../verdict.ts'
import { onAnyAnswer } from './approval.ts'
import { described, standsOn, unsent } from './preparation.ts'
import { namesItsOriginal } from './request.ts'

/**
 * The acquirer refused this operation, with a code that fits the situation. Grading: in the set, passed; an approval, failed; a code on which the
 * terminal would wait, try again or sign in, failed; any other, and 05 always, warned.
 *
 * @source Requirement catalogue, section 3
 */
export function refusedAs(scope: Scope, operation: OperationScope | undefined, situation: Situation): Verdict {
  return graded(scope, operation, scope.codes.accepts[situation])
}

/** Codes may be given as ISO 8583:1987 has them. A reply may say which other classes its interface does not tell from the one it named. */
export function graded(scope: Scope, operation: OperationScope | undefined, given: readonly string[]): Verdict {
  const accepts = [...new Set(given.map(code => saidAs(scope.profile.speaks.codes, code)))]
  return onAnyAnswer(operation, (exchange, reply, subject) => {
    const code = resultCode(reply)
    const also = reply.fields.alsoMeans?.split(' ') ?? []
    const received = code === undefined ? 'no result code' : [code, ...also].join(', not told from ')
    const facts = { expected: `a refusal: ${accepts.join(', ')}`, received }
    if (approves(scope, reply) && !(code !== undefined && accepts.includes(code)))
      return failed({ says: `${subject} was approved`, ...facts }, cite(exchange))
    if (code === undefined) return failed({ says: `the answer to ${subject} has no result code`, ...facts }, cite(exchange))
    if (code === saidAs(scope.profile.speaks.codes, '05'))
      return warned({ says: `${subject} was refused with ${code}, which says nothing`, ...facts }, cite(exchange))
    if (accepts.includes(code)) return passed(cite(exchange))
    if (also.some(one => accepts.includes(one))) return passed([...cite(exchange), undistinguished(reply, code, also)])
    if (scope.codes.misleading.includes(code))
      return failed(
        { says: `${subject} was refused with ${code}, on which a terminal waits, tries again or signs in`, ...facts },
        cite(exchange),
      )
    return warned({ says: `${subject} was refused with a code that does not fit`, ...facts }, cite(exchange))
  })
}

/** The interface has one answer for several things, and one of them is what was due. */
const undistinguished = (reply: Of<'received'>, code: string, also: readonly string[]): Evidence => ({
  entry: reply.id,
  field: 'alsoMeans',
  saw: `${code}, which the interface does not tell from ${also.join(', ')}`,
})

/** The acquirer did not approve this operation, whatever its code. */
export function refused(scope: Scope, operation: OperationScope | undefined): Verdict {
  return onAnyAnswer(operation, (exchange, reply, subject) => {
    const code = resultCode(reply)
    const facts = { expected: 'a refusal', received: code ?? 'no result code' }
    if (code === undefined) return failed({ says: `the answer to ${subject} has no result code`, ...facts }, cite(exchange))
    if (approves(scope, reply)) return failed({ says: `${subject} was approved`, ...facts }, cite(exchange))
    return passed(cite(exchange))
  })
}

/** The sender of a refused request gets the same operation approved on an object of its own. */
export function controlled(scope: Scope, refused: OperationScope | undefined, name = refused?.name): Verdict {
  if (refused === undefined || name === undefined) return lacking('no refused operation')
  const controls = inRole(scope, 'control', name).filter(
    one => one.terminal === refused.terminal && one.number !== refused.number,
  )
  const [first] = controls
  if (first === undefined) return lacking(`no ${name} of ${refused.terminal} that must succeed beside the refused one`)
  return approvedElsewhere(scope, controls.find(one => one.own.some(exchange => approves(scope, answer(exchange)))) ?? first)
}

/** The same till, or a till in whose name the refused request was sent. */
const sameSender = (one: OperationScope, other: OperationScope): boolean =>
  one.terminal === other.terminal || (one.merchantId === other.merchantId && one.terminalId === other.terminalId)

/** The till can go on: something of its own is approved after the refused request. */
export function goesOn(scope: Scope, operation: OperationScope | undefined): Verdict {
  if (operation === undefined) return lacking('no refused operation')
  const later = scope.operations.filter(
    one => one.number > operation.number && (one.role === 'control' || one.role === 'probe') && sameSender(one, operation),
  )
  const [first] = later
  if (first === undefined) return lacking(`nothing of ${operation.terminal} that must succeed after the refused request`)
  return approvedElsewhere(scope, later.find(one => approves(scope, answer(one.own[0]))) ?? first)
}

function approvedElsewhere(scope: Scope, control: OperationScope): Verdict {
  const exchange = control.own.find(one => approves(scope, answer(one))) ?? control.own[0]
  if (exchange === undefined) return unsent(control, standsOn[control.name])
  if (approves(scope, answer(exchange))) return passed(cite(exchange))
  return inconclusive(`${described(control)}, which had to succeed, did not`, {
    becauseOf: standsOn[control.name],
    attribution: 'acquirer',
    evidence: cite(exchange),
  })
}

/** The target of a refused request is live afterwards: its owner's own follow-up is approved. */
export function stillLive(scope: Scope, refused: OperationScope | undefined): Verdict {
  const aim = target(scope, refused)
  return aim === undefined ? notApplicable('there is no target') : liveAfter(scope, aim, (refused?.own ?? []).flatMap(cite))
}

/** The same of whatever was aimed at, by a request or by somebody in an office. */
export function liveAfter(scope: Scope, aim: OperationScope | undefined, attempt: readonly Evidence[]): Verdict {
  if (aim === undefined) return lacking('nothing that was aimed at')
  const probe = inRole(scope, 'probe').find(one => one.of === aim.number)
  if (probe === undefined) return lacking(`no probe that shows ${described(aim)} to be as it was`)
  const [exchange] = probe.own
  if (exchange === undefined) return unsent(probe, standsOn[probe.name])
  const reply = answer(exchange)
  if (approves(scope, reply)) return passed(cite(exchange))
  const code = resultCode(reply)
  const misnamed = probe.name === 'void' ? namesItsOriginal(scope, probe) : notApplicable('no void')
  if (misnamed.is === 'failed')
    return inconclusive(misnamed.says, { becauseOf: 'MSG-009', attribution: 'instrument', evidence: misnamed.evidence })
  if (code !== undefined && scope.codes.accepts['original voided'].includes(code))
    return failed(
      { says: `${described(aim)} is no longer live after the refusal`, expected: `${described(probe)} approved`, received: code },
      [...attempt, ...cite(exchange)],
    )
  return inconclusive(`${described(probe)} was not approved, so nothing shows whether its target is live`, {
    becauseOf: standsOn[probe.name],
    attribution: 'acquirer',
    evidence: cite(exchange),
  })
}

/** A refusal that counts: right code, its sender able to do the same rightly, its target as it was. */
export function refusedInFull(scope: Scope, operation: OperationScope | undefined, situation: Situation): Verdict {
  return allOf(refusedAs(scope, operation, situation), controlled(scope, operation), stillLive(scope, operation))
}
