import { failed, lacking, passed } from '../finding.ts'
import { answer, couldSay, type Exchange, firstOwn, type OperationScope, type Scope, target } from '../scope.ts'
import type { Evidence, Verdict } from '../verdict.ts'
import { described, unsent } from './preparation.ts'

/** What our own terminal sent, and did not send. */

/** The operation ended at the till: refused there, or cancelled, with nothing sent. */
export function nothingSent(operation: OperationScope | undefined): Verdict {
  if (operation === undefined) return lacking('no operation under test')
  const { outcome } = operation
  const [sent] = operation.own
  if (sent !== undefined)
    return failed(
      {
        says: `${described(operation)} sent a request`,
        expected: 'nothing sent',
        received: `${sent.sent.mti} ${sent.name}`,
        attribution: 'instrument',
      },
      [{ entry: sent.sent.id, saw: `${sent.sent.mti} ${sent.name} sent` }],
    )
  if (outcome === undefined) return lacking(`no end of ${described(operation)}`)
  const told = operation.displays.at(-1)
  const evidence: Evidence[] = [
    { entry: operation.began.id, saw: described(operation) },
    { entry: outcome.id, saw: `${outcome.outcome}: ${outcome.says}` },
    ...(told === undefined ? [] : [{ entry: told.id, saw: told.lines.join(' / ') }]),
  ]
  if (outcome.outcome === 'refused locally' || outcome.outcome === 'cancelled') return passed(evidence)
  return failed(
    {
      says: `${described(operation)} ended as ${outcome.outcome}`,
      expected: 'refused or cancelled at the till',
      received: outcome.outcome,
      attribution: 'instrument',
    },
    evidence,
  )
}

/** A field that a follow-up takes from its original: what it is called there, and whether request or answer of the original has it. */
type Reference = Readonly<{ field: string; from: 'request' | 'answer'; as: string }>

const voidReferences: readonly Reference[] = [
  { field: 'reference', from: 'answer', as: 'reference' },
  { field: 'originalBatch', from: 'request', as: 'batch' },
  { field: 'originalTrace', from: 'request', as: 'trace' },
  { field: 'amount', from: 'request', as: 'amount' },
]
const refundReferences: readonly Reference[] = [
  { field: 'reference', from: 'answer', as: 'reference' },
  { field: 'originalDate', from: 'answer', as: 'localDate' },
]

/** The request of a void or refund carries the references of exactly the operation that it refers to. */
export function namesItsOriginal(scope: Scope, operation: OperationScope | undefined): Verdict {
  if (operation === undefined) return lacking('no follow-up under test')
  const [followUp] = operation.own
  const original = firstOwn(target(scope, operation))
  const approval = answer(original)
  if (followUp === undefined) return unsent(operation)
  if (original === undefined || approval === undefined) return lacking(`no answered original of ${described(operation)}`)
  const all = operation.name === 'refund' ? refundReferences : voidReferences
  const references = all.filter(({ field }) => couldSay(scope, followUp, field))
  const evidence: Evidence[] = [
    { entry: original.sent.id, saw: `${original.name} ${original.sent.fields.trace}` },
    { entry: approval.id, field: 'reference', saw: approval.fields.reference ?? 'no reference' },
    { entry: followUp.sent.id, field: 'reference', saw: followUp.sent.fields.reference ?? 'no reference' },
  ]
  const wrong = references.find(one => followUp.sent.fields[one.field] !== referredValue(one, original))
  if (wrong === undefined) return passed(evidence)
  return failed(
    {
      says: `${described(operation)} carries another ${wrong.field} than its original`,
      expected: referredValue(wrong, original) ?? 'none',
      received: followUp.sent.fields[wrong.field] ?? 'none',
      attribution: 'instrument',
    },
    evidence,
  )
}

const referredValue = (reference: Reference, original: Exchange): string | undefined =>
  reference.from === 'request' ? original.sent.fields[reference.as] : answer(original)?.fields[reference.as]

/** Exactly one request of its own, whatever happened at the till meanwhile. */
export function oneRequest(operation: OperationScope | undefined): Verdict {
  if (operation === undefined) return lacking('no operation under test')
  const [first, second] = operation.own
  if (first === undefined) return unsent(operation)
  const evidence = operation.own.map(({ sent }) => ({ entry: sent.id, saw: `${sent.mti} ${sent.name} ${sent.fields.trace}` }))
  if (second === undefined) return passed(evidence)
  return failed(
    {
      says: `${described(operation)} sent ${operation.own.length} requests`,
      expected: 'one request',
      received: `${operation.own.length}`,
      attribution: 'instrument',
    },
    evidence,
  )
}

const functionCodes: Readonly<Record<string, string>> = { void: '23', refund: '25', preauthVoid: '11', completionVoid: '21' }

/** The function code says which follow-up it is; the batch is the till's own. */
export function saysWhatItIs(operation: OperationScope | undefined): Verdict {
  const [request] = operation?.own ?? []
  if (operation === undefined || request === undefined) return lacking('no follow-up under test')
  const expected = functionCodes[operation.name] ?? 'none'
  const evidence: Evidence[] = [{ entry: request.sent.id, field: 'typeCode', saw: request.sent.fields.typeCode ?? 'none' }]
  if (request.sent.fields.typeCode === expected) return passed(evidence)
  return failed(
    {
      says: `${described(operation)} has another function code`,
      expected,
      received: request.sent.fields.typeCode ?? 'none',
      attribution: 'instrument',
    },
    evidence,
  )
}

/** A follow-up carries the approval code of its original, if that had one. */
export function carriesApprovalCode(scope: Scope, operation: OperationScope | undefined): Verdict {
  const [followUp] = operation?.own ?? []
  const original = firstOwn(target(scope, operation))
  const approval = answer(original)
  if (followUp === undefined || original === undefined || approval === undefined)
    return lacking('no follow-up of an answered original')
  const expected = approval.fields.approvalCode
  const evidence: Evidence[] = [
    { entry: approval.id, field: 'approvalCode', saw: expected ?? 'none' },
    { entry: followUp.sent.id, field: 'approvalCode', saw: followUp.sent.fields.approvalCode ?? 'none' },
  ]
  if (followUp.sent.fields.approvalCode === expected) return passed(evidence)
  return failed(
    {
      says: 'the follow-up carries another approval code than its original',
      expected: expected ?? 'none',
      received: followUp.sent.fields.approvalCode ?? 'none',
      attribution: 'instrument',
    },
    evidence,
  )
}

/** What got no answer was not sent again as something new: no later request of its terminal asks for the same under another trace. */
export function neverUnderANewTrace(scope: Scope, operation: OperationScope | undefined): Verdict {
  const [first] = operation?.own ?? []
  if (operation === undefined || first === undefined) return lacking('no request under test')
  const { outcome } = operation
  if (outcome === undefined) return lacking(`no end of ${described(operation)}`)
  const again = scope.exchanges.find(
    one =>
      one.number > first.number &&
      one.name === first.name &&
      one.terminal === first.terminal &&
      one.sent.fields.trace !== first.sent.fields.trace &&
      ['amount', 'reference', 'originalDate'].every(name => one.sent.fields[name] === first.sent.fields[name]),
  )
  const evidence: Evidence[] = [
    { entry: first.sent.id, field: 'trace', saw: first.sent.fields.trace ?? 'none' },
    { entry: outcome.id, saw: `${outcome.outcome}: ${outcome.says}` },
  ]
  if (again !== undefined)
    return failed(
      {
        says: `${described(operation)} was sent again under a new trace`,
        expected: first.sent.fields.trace ?? '',
        received: again.sent.fields.trace ?? '',
        attribution: 'instrument',
      },
      [...evidence, { entry: again.sent.id, field: 'trace', saw: again.sent.fields.trace ?? 'none' }],
    )
  if (outcome.outcome === 'unresolved') return passed(evidence)
  return failed(
    {
      says: `${described(operation)} without an answer ended as ${outcome.outcome}`,
      expected: 'unresolved',
      received: outcome.outcome,
      attribution: 'instrument',
    },
    evidence,
  )
}
