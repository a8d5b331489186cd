import { heardAs } from '../../dialects/said.ts'
import { each, failed, inconclusive, lacking, passed } from '../finding.ts'
import { sameKey } from '../position.ts'
import {
  answer,
  approves,
  cite,
  claimed,
  type Exchange,
  firstOwn,
  type Of,
  type OperationScope,
  resultCode,
  type Scope,
  target,
} from '../scope.ts'
import type { Evidence, Verdict } from '../verdict.ts'
import { described } from './preparation.ts'

/** What our own terminal did about a request whose end it does not know. */

/** The reversals of an operation, whenever the terminal sent them: they keep the key of its request. */
export function reversalsOf(scope: Scope, operation: OperationScope | undefined): readonly Exchange[] {
  const original = firstOwn(operation)
  if (original === undefined) return []
  return scope.exchanges.filter(
    one =>
      one.name === 'reverse' && one.number > original.number && one.terminal === original.terminal && namesSame(one, original),
  )
}

/** Trace and batch decide; the terminal and merchant are its own anyway. */
const namesSame = (one: Exchange, other: Exchange): boolean => sameKey(one, other)

/**
 * The operation whose end is in question: what a reversal was sent for, not the reversal itself. The claim may name either, or what came after.
 */
export function inQuestion(scope: Scope): OperationScope | undefined {
  const named = claimed(scope)
  const open = (one: OperationScope): boolean =>
    (one.own.length > 0 &&
      one.own.every(({ received }) => received === undefined || received.mac === 'bad' || received.mac === 'absent')) ||
    (one.own.length === 0 && one.lines.some(line => line.event === 'not connected')) ||
    reversalsOf(scope, one).length > 0
  if (named !== undefined && reversible.has(named.name) && open(named)) return named
  const aimed = named?.name === 'reverse' ? target(scope, named) : undefined
  return (
    aimed ??
    scope.operations.findLast(one => reversible.has(one.name) && one.role !== 'control' && one.role !== 'probe' && open(one)) ??
    named
  )
}

const reversible: ReadonlySet<string> = new Set(['sale', 'void', 'refund'])

/** The terminal sent a reversal for it. */
export function reversalSent(scope: Scope, operation: OperationScope | undefined): Verdict {
  const original = firstOwn(operation)
  if (operation === undefined || original === undefined) return lacking('no request under test')
  const [reversal] = reversalsOf(scope, operation)
  if (reversal !== undefined) return passed([...cite(original), ...cite(reversal)])
  return instrument(`${described(operation)} was not reversed`, 'a reversal', 'none', cite(original))
}

export function noReversalSent(scope: Scope, operation: OperationScope | undefined): Verdict {
  if (operation === undefined) return lacking('no operation under test')
  const own = [...operation.own.flatMap(cite), ...operation.lines.map(line => ({ entry: line.id, saw: line.says }))]
  const [reversal] = reversalsOf(scope, operation)
  const began = scope.entries.indexOf(operation.began)
  // Of what never left there is no request whose key a reversal could have.
  const unsent = operation.own.length === 0
  const stray =
    reversal ??
    scope.exchanges.find(
      one =>
        one.name === 'reverse' &&
        one.terminal === operation.terminal &&
        (one.operation === operation.number || (unsent && scope.entries.indexOf(one.sent) > began)),
    )
  if (stray !== undefined)
    return instrument(`${described(operation)} was reversed`, 'no reversal', 'a reversal', [...own, ...cite(stray)])
  const { outcome } = operation
  if (outcome === undefined) return lacking(`no end of ${described(operation)}`)
  return passed([...own, { entry: outcome.id, saw: `${outcome.outcome}: ${outcome.says}` }])
}

/** Fields of a reversal that equal the original request's, and those that must be absent. */
const kept = [
  'processingCode',
  'amount',
  'trace',
  'entryMode',
  'conditionCode',
  'terminalId',
  'merchantId',
  'currency',
  'typeCode',
  'batch',
  'localTime',
  'localDate',
]
const absent = ['track2', 'track3', 'pinBlock', 'pinCapture', 'reference']

/**
 * A reversal carries its original's own data and the reason.
 *
 * @source UnionPay POS fact sheet, 4.4
 */
export function reversalWellFormed(scope: Scope, operation: OperationScope | undefined): Verdict {
  const original = firstOwn(operation)
  if (operation === undefined || original === undefined) return lacking('no request under test')
  const named = reversalsOf(scope, operation)
  const reversals =
    named.length > 0
      ? named
      : scope.exchanges.filter(
          one => one.name === 'reverse' && one.number > original.number && one.terminal === original.terminal,
        )
  return each(reversals, `reversal of ${described(operation)}`, reversal => {
    const { fields } = reversal.sent
    const [reasonField, reason] = reasonIn(fields)
    const evidence = [...cite(original), { entry: reversal.sent.id, field: reasonField, saw: reason ?? 'no reason' }]
    const other = kept.find(name => original.sent.fields[name] !== undefined && fields[name] !== original.sent.fields[name])
    if (other !== undefined)
      return instrument(
        `the reversal of ${described(operation)} has another ${other}`,
        original.sent.fields[other] ?? '',
        fields[other] ?? 'none',
        evidence,
      )
    const extra = absent.find(name => fields[name] !== undefined)
    if (extra !== undefined)
      return instrument(`the reversal of ${described(operation)} carries ${extra}`, 'absent', 'present', evidence)
    if (reason === undefined)
      return instrument(`the reversal of ${described(operation)} gives no reason`, 'a reason', 'none', evidence)
    return passed(evidence)
  })
}

/** Where a dialect says why a reversal is sent. */
function reasonIn(fields: Exchange['sent']['fields']): readonly [name: string, reason: string | undefined] {
  const name = ['messageReason', 'reason'].find(one => fields[one] !== undefined) ?? 'resultCode'
  return [name, fields[name]]
}

/** After such an answer a terminal reverses no more. */
const isFinal = ({ profile: { speaks } }: Scope, reply: Of<'received'> | undefined): boolean =>
  ['00', '25', '12'].includes(heardAs(speaks.codes, resultCode(reply) ?? ''))

/** A reversal whose answer ends it: the terminal owes nothing more. */
export const endsReversal =
  (scope: Scope) =>
  ({ name, received }: Exchange): boolean =>
    name === 'reverse' && isFinal(scope, received)

/** No other financial request, and no settlement, left the terminal before its reversal was resolved or used up its sends. */
export function reversalFirst(scope: Scope, operation: OperationScope | undefined): Verdict {
  const original = firstOwn(operation)
  const reversals = reversalsOf(scope, operation)
  const [first] = reversals
  if (operation === undefined || original === undefined) return lacking('no request under test')
  if (first === undefined) return reversalSent(scope, operation)
  const allowed = scope.profile.knobs.revRetries
  const resolved = reversals.find((one, at) => isFinal(scope, answer(one)) || at + 1 === allowed) ?? reversals.at(-1)
  const between = scope.exchanges.find(
    one =>
      one.terminal === original.terminal &&
      one.number > original.number &&
      one.number < (resolved?.number ?? first.number) &&
      ['sale', 'void', 'refund', 'settle', 'inquire'].includes(one.name),
  )
  const next = scope.exchanges.find(
    one => one.terminal === original.terminal && one.number > (resolved?.number ?? 0) && one.name !== 'reverse',
  )
  const evidence = [...cite(original), ...reversals.flatMap(cite), ...(next === undefined ? [] : cite(next))]
  if (between !== undefined)
    return instrument(`a ${between.name} overtook the reversal of ${described(operation)}`, 'the reversal first', between.name, [
      ...evidence,
      ...cite(between),
    ])
  return next === undefined ? lacking('no request after the reversal') : passed(evidence)
}

/** The reversal was sent until it got a final answer, and no more often than the profile says. */
export function reversalRepeated(scope: Scope, operation: OperationScope | undefined): Verdict {
  const original = firstOwn(operation)
  if (operation === undefined || original === undefined) return lacking('no request under test')
  const reversals = reversalsOf(scope, operation)
  const evidence = [...cite(original), ...reversals.flatMap(cite)]
  const end = reversals.findIndex(one => isFinal(scope, one.received))
  const allowed = scope.profile.knobs.revRetries
  if (end >= 0 && end < reversals.length - 1)
    return instrument(
      'the reversal was sent again after its final answer',
      `${end + 1} sends`,
      `${reversals.length} sends`,
      evidence,
    )
  if (end >= 0) return passed(evidence)
  if (reversals.length < allowed)
    return instrument('the terminal gave the reversal up too early', `${allowed} sends`, `${reversals.length} sends`, evidence)
  return passed(evidence)
}

/** A reversal that used up its sends: fault slip, later sends before settlement and after sign-in, and its line on the settlement slip. */
export function reversalKept(scope: Scope, operation: OperationScope | undefined): Verdict {
  const original = firstOwn(operation)
  if (operation === undefined || original === undefined) return lacking('no request under test')
  const reversals = reversalsOf(scope, operation)
  const slips = scope.entries.filter((entry): entry is Of<'slip'> => entry.is === 'slip')
  const fault = slips.find(({ slip }) => slip.kind === 'reversal failed' && slip.facts.trace === original.sent.fields.trace)
  const evidence = [...cite(original), ...reversals.flatMap(cite)]
  if (fault === undefined)
    return instrument(`no fault slip for the reversal of ${described(operation)}`, 'a fault slip', 'none', evidence)
  const told = [...evidence, { entry: fault.id, saw: 'slip: reversal failed' }]
  const later = scope.exchanges.filter(
    one => one.number > original.number && one.terminal === original.terminal && ['signIn', 'settle'].includes(one.name),
  )
  const again = reversals.length > scope.profile.knobs.revRetries
  if (later.length > 0 && !again)
    return instrument('the unresolved reversal was not sent again', 'one more send', 'none', [...told, ...later.flatMap(cite)])
  const settlement = slips.find(
    ({ slip, id }) =>
      slip.kind === 'settlement' && scope.entries.findIndex(entry => entry.id === id) > scope.entries.indexOf(fault),
  )
  const open = !reversals.some(one => isFinal(scope, one.received))
  if (settlement !== undefined && open && !(settlement.slip.facts.unresolved ?? '').includes(original.sent.fields.trace ?? '-'))
    return instrument(
      'the settlement slip does not list the unresolved reversal',
      original.sent.fields.trace ?? '',
      settlement.slip.facts.unresolved ?? 'none',
      [...told, { entry: settlement.id, saw: 'settlement slip' }],
    )
  if (later.length === 0) return lacking('no sign-in or settlement after the unresolved reversal')
  return passed([
    ...told,
    ...later.flatMap(cite),
    ...(settlement === undefined ? [] : [{ entry: settlement.id, saw: `unresolved: ${settlement.slip.facts.unresolved ?? ''}` }]),
  ])
}

/** "Duplicate" to a repeat of its own: the first is reversed, and no decline is told. */
export function resolvedByReversal(scope: Scope, operation: OperationScope | undefined): Verdict {
  if (operation === undefined) return lacking('no operation under test')
  const { outcome } = operation
  const evidence = operation.exchanges.flatMap(cite)
  const first = firstOwn(operation)
  const again = scope.exchanges.findLast(one => first !== undefined && one.name === first.name && sameKey(one, first))
  if (again !== first && approves(scope, answer(again)))
    return inconclusive('the acquirer approved the repeat, so nothing is left to reverse', {
      becauseOf: 'DUP-001',
      attribution: 'acquirer',
      evidence,
    })
  if (outcome?.outcome === 'declined')
    return instrument('"duplicate" was shown as a decline', 'a reversal of the first', 'declined', [
      ...evidence,
      { entry: outcome.id, saw: outcome.says },
    ])
  return reversalSent(scope, operation)
}

/** After the answer was approved the terminal could not complete it; nobody was told of an approval. */
export function notCompleted(scope: Scope, operation: OperationScope | undefined): Verdict {
  const original = firstOwn(operation)
  if (operation === undefined || original === undefined) return lacking('no request under test')
  const { outcome } = operation
  if (outcome === undefined) return lacking(`no end of ${described(operation)}`)
  const evidence = [...cite(original), { entry: outcome.id, saw: `${outcome.outcome}: ${outcome.says}` }]
  if (outcome.outcome !== 'approved') return passed(evidence)
  const why = approves(scope, original.received) ? 'approved, though it was not completed' : 'approved without an approval'
  return instrument(`${described(operation)} ended as ${why}`, 'not approved', 'approved', evidence)
}

function instrument(says: string, expected: string, received: string, evidence: readonly Evidence[]): Verdict {
  return failed({ says, expected, received, attribution: 'instrument' }, evidence)
}
