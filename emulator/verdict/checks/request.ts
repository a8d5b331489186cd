import { failed, lacking, passed } from '../finding.ts'
import { answer, type Exchange, firstOwn, type OperationScope, type Scope, target } from '../scope.ts'
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
  const references = operation.name === 'refund' ? refundReferences : voidReferences
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
