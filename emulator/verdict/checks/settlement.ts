import type { LedgerBatch } from '../../values/ledger-view.ts'
import { allOf, failed, inconclusive, lacking, notApplicable, passed } from '../finding.ts'
import { citeMovement, isUndoneByOffice } from '../office.ts'
import { type Movement, moneyBook, sameKey } from '../position.ts'
import {
  answer,
  approves,
  cite,
  citeEntry,
  citeReply,
  claimed,
  closes,
  type Exchange,
  endsBatch,
  type Of,
  type OperationScope,
  resultCode,
  type Scope,
  uploads,
} from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { unanswered } from './approval.ts'
import { described, unsent } from './preparation.ts'

export type Balance = 'balanced' | 'unbalanced' | 'error' | 'none'

const results: Readonly<Record<string, Balance>> = { 0: 'none', 1: 'balanced', 2: 'unbalanced', 3: 'error' }

/** What a settlement answer says of each class of cards, the worse of the two, or of all in one; by its code where no field says it. */
export function balanceSaid(scope: Scope, reply: Of<'received'>): Balance | undefined {
  const names = ['domesticResult', 'foreignResult', 'settlementResult']
  if (names.every(name => reply.fields[name] === undefined)) {
    if (uploads(scope)) return undefined
    if (scope.codes.unbalanced.includes(resultCode(reply) ?? '')) return 'unbalanced'
    return approves(scope, reply) ? 'balanced' : undefined
  }
  const said = names.map(name => results[reply.fields[name] ?? ''])
  return (['error', 'unbalanced', 'balanced', 'none'] as const).find(word => said.includes(word))
}

/** The settlement request itself, apart from the upload. */
export const settlementRequest = (operation: OperationScope | undefined): Exchange | undefined =>
  operation?.own.find(exchange => exchange.name === 'settle')

/** The settlement was answered as one of these. A refusal by result code counts as `error`. */
export function settlementSaid(scope: Scope, operation: OperationScope | undefined, expected: readonly Balance[]): Verdict {
  if (operation === undefined) return lacking('no settlement under test')
  const exchange = settlementRequest(operation)
  if (exchange === undefined) return unsent(operation)
  const reply = ownAnswer(exchange)
  if (reply === undefined) return unanswered(exchange, described(operation))
  const code = resultCode(reply)
  const balance = balanceSaid(scope, reply)
  const differs = code !== undefined && scope.codes.unbalanced.includes(code) && balance === 'unbalanced'
  const refused = code !== undefined && !approves(scope, reply) && !differs
  const said = refused ? 'error' : (balance ?? 'none')
  const evidence = reply === answer(exchange) ? cite(exchange) : [...cite(exchange), citeReply(reply)]
  if (expected.includes(said)) return passed(evidence)
  return failed(
    { says: `${described(operation)} was answered as ${said}`, expected: expected.join(' or '), received: refused ? code : said },
    evidence,
  )
}

/** What the acquirer itself said, also where our own line put another answer in its place. */
const ownAnswer = (exchange: Exchange): Of<'received'> | undefined =>
  exchange.received?.ours === true ? exchange.swallowed : answer(exchange)

/** Every message of the settlement was accepted, its end notice last. */
export function closedByItsEnd(scope: Scope, operation: OperationScope | undefined): Verdict {
  if (operation === undefined) return lacking('no settlement under test')
  const end = operation.own.findLast(endsBatch(scope))
  if (end === undefined) return lacking(`no end notice of ${described(operation)}`)
  const reply = answer(end)
  if (reply === undefined) return unanswered(end, `the end notice of ${described(operation)}`)
  if (closes(scope, reply)) return passed(cite(end))
  return failed(
    {
      says: `the end notice of ${described(operation)} was refused`,
      expected: 'accepted',
      received: resultCode(reply) ?? 'no result code',
    },
    cite(end),
  )
}

/**
 * What was settled is what was live: in the books where a ledger view shows them, else by the answer that calls the terminal's totals balanced.
 * The merchant is funded what was settled.
 */
export function settledAsLive(scope: Scope, operation = claimed(scope, 'settle')): Verdict {
  if (operation === undefined) return lacking('no settlement under test')
  const exchange = settlementRequest(operation)
  if (exchange === undefined) return unsent(operation)
  const answered = answer(exchange)
  const taken = answered !== undefined && (resultCode(answered) === undefined || approves(scope, answered))
  if (
    taken &&
    !operation.own.some(endsBatch(scope)) &&
    operation.own.every(one => one.name !== 'upload' || approves(scope, answer(one)))
  )
    return inconclusive(`the till sent no end notice of ${described(operation)}`, {
      becauseOf: 'SETL-005',
      attribution: 'instrument',
      evidence: cite(exchange),
    })
  const movements = moneyBook(scope).movements.filter(one => inBatch(one, exchange))
  const view = scope.views.findLast(one => one.view === 'ledger' && after(scope, one, exchange))
  if (view?.view !== 'ledger' && movements.some(one => !isHeardOf(scope, one)))
    return notApplicable('the till left out what it had no answer to, and no view shows what was settled')
  if (view?.view !== 'ledger')
    return allOf(settlementSaid(scope, operation, balanceDue(movements)), passed(movements.flatMap(citeMovement)))
  const { terminalId, merchantId, batch } = exchange.sent.fields
  const closed = view.ledger.batches.find(
    one => one.terminalId === terminalId && one.merchantId === merchantId && one.batch === batch,
  )
  const evidence = [
    ...cite(exchange),
    citeEntry(view, `batch ${batch}: ${closed?.state ?? 'unknown'}, settled ${closed?.settled ?? 'nothing'}`),
    ...movements.flatMap(citeMovement),
  ]
  if (movements.some(one => one.standing === 'unknown'))
    return inconclusive('what is live in the batch is not known', { attribution: 'network', evidence })
  // Of a batch that did not balance exactly what was uploaded is settled: the rest is set aside.
  const reply = answer(exchange)
  const partial = uploads(scope) && reply !== undefined && balanceSaid(scope, reply) === 'unbalanced'
  const traces = new Set(uploadedTraces(operation))
  const live = movements
    .filter(one => !partial || traces.has(one.exchange.sent.fields.trace ?? ''))
    .reduce((sum, one) => sum + worth(one), 0n)
  if (closed?.state !== 'closed')
    return failed(
      { says: 'the batch is not closed after its settlement', expected: 'closed', received: closed?.state ?? 'unknown' },
      evidence,
    )
  if (closed.settled === undefined)
    return partial
      ? notApplicable('no view shows what of the batch was settled')
      : allOf(settlementSaid(scope, operation, balanceDue(movements)), passed(evidence))
  if (BigInt(closed.settled) !== live)
    return failed(
      { says: 'the settled sum is not that of the live transactions', expected: `${live}`, received: closed.settled },
      evidence,
    )
  if (closed.funded !== undefined && closed.funded !== closed.settled)
    return failed(
      { says: 'the merchant was not funded what was settled', expected: closed.settled ?? `${live}`, received: closed.funded },
      evidence,
    )
  return passed(evidence)
}

/**
 * A till knows nothing of what an office undid: then its totals must differ.
 *
 * @source Requirement catalogue, VOID-042
 */
export const balanceDue = (movements: readonly Movement[]): readonly Balance[] =>
  movements.some(isUndoneByOffice) ? ['unbalanced'] : ['balanced']

/** A till keeps a refund apart of which it never heard; then its totals are not those of an acquirer that made it, and must not balance. */
function isHeardOf(scope: Scope, movement: Movement): boolean {
  const { kind, standing, exchange } = movement
  if (kind !== 'credit' || standing === 'none') return true
  return scope.exchanges.some(one => one.received !== undefined && sameKey(one, exchange))
}

/** The trace numbers of the items that a settlement uploaded, and of transactions uploaded as their own messages. */
function uploadedTraces(operation: OperationScope): string[] {
  return operation.own
    .filter(({ name }) => name === 'upload')
    .flatMap(({ sent }) => [
      ...Object.entries(sent.fields).flatMap(([name, value]) => (/^item\.\d+\.trace$/.test(name) ? [value] : [])),
      ...(sent.fields.amount === undefined ? [] : [sent.fields.trace ?? '']),
    ])
}

/** What a transaction brings its merchant. */
function worth(movement: Movement): bigint {
  if (movement.standing !== 'live' || movement.kind === 'void') return 0n
  return movement.kind === 'debit' ? movement.minor : -movement.minor
}

const inBatch = (movement: Movement, settlement: Exchange): boolean =>
  ['terminalId', 'merchantId', 'batch'].every(name => movement.exchange.sent.fields[name] === settlement.sent.fields[name])

export const after = (scope: Scope, view: Of<'view'>, exchange: Exchange): boolean =>
  scope.entries.indexOf(view) > scope.entries.indexOf(exchange.sent)

/**
 * Whatever a repeated settlement was told, no view shows a second settlement, and no balance moved since the first; but what the merchant's back office
 * refunded stands in no batch of a till, and is charged at once or later.
 */
export function settledOnce(scope: Scope, operation: OperationScope | undefined): Verdict {
  const exchange = settlementRequest(operation)
  if (exchange === undefined) return lacking('no repeated settlement')
  const views = scope.views.filter(view => view.view === 'ledger')
  const last = views.at(-1)
  if (last === undefined) return passed(cite(exchange))
  const { terminalId, merchantId, batch } = exchange.sent.fields
  const mine = last.ledger.batches.filter(
    one => one.terminalId === terminalId && one.merchantId === merchantId && one.batch === batch,
  )
  const funding = last.ledger.accounts.find(one => one.name === `merchant:${merchantId}`)
  const evidence = [
    ...cite(exchange),
    citeEntry(
      last,
      `batch ${batch}: ${mine.map(one => `${one.state}, settled ${one.settled ?? 'nothing'}`).join('; ')}; merchant at ${funding?.balance ?? '0'}`,
    ),
  ]
  const total = last.ledger.batches
    .filter(one => one.merchantId === merchantId)
    .reduce((sum, one) => sum + BigInt(one.funded ?? '0'), 0n)
  const first = views[0]
  const before = first === undefined ? 0n : fundedBefore(first, merchantId) - balanceOf(first, merchantId)
  const now = total - balanceOf(last, merchantId)
  if (mine.length > 1)
    return failed({ says: 'a batch was settled twice', expected: 'one batch', received: `${mine.length}` }, evidence)
  if (now !== before && now !== before + refundedByOffice(scope, merchantId))
    return failed(
      {
        says: 'the merchant got other money than what was settled',
        expected: `${total}`,
        received: `${balanceOf(last, merchantId)}`,
      },
      evidence,
    )
  return passed(evidence)
}

const refundedByOffice = (scope: Scope, merchantId: string | undefined): bigint =>
  moneyBook(scope)
    .movements.filter(({ exchange }) => exchange.sent.fields.merchantId === merchantId)
    .reduce((sum, { givenBack }) => sum + givenBack.sure, 0n)

type Ledger = Of<'view'> & { view: 'ledger' }

const balanceOf = (view: Ledger, merchantId: string | undefined): bigint =>
  BigInt(view.ledger.accounts.find(one => one.name === `merchant:${merchantId}`)?.balance ?? '0')

const fundedBefore = (view: Ledger, merchantId: string | undefined): bigint =>
  view.ledger.batches.filter(one => one.merchantId === merchantId).reduce((sum, one) => sum + BigInt(one.funded ?? '0'), 0n)

/** Batches of other terminals, and other batches of this one, stand after the settlement as before. */
export function othersUntouched(scope: Scope, operation: OperationScope | undefined): Verdict {
  const exchange = settlementRequest(operation)
  if (operation === undefined || exchange === undefined) return lacking('no settlement under test')
  const at = scope.entries.indexOf(exchange.sent)
  const views = scope.views.filter(view => view.view === 'ledger')
  const before = views.findLast(view => scope.entries.indexOf(view) < at)
  const later = views.find(view => scope.entries.indexOf(view) > at)
  const own = operation.special === undefined
  if (before === undefined || later === undefined) {
    const shown = scope.operations.find(
      one =>
        one.number > operation.number &&
        !(own && one.terminal === operation.terminal) &&
        (one.role === 'probe' || one.role === 'control') &&
        one.own.some(own => approves(scope, answer(own))),
    )
    return shown === undefined
      ? lacking('no view and no probe of the other batches')
      : passed([...cite(exchange), ...shown.own.flatMap(cite)])
  }
  const { terminalId, batch } = exchange.sent.fields
  const evidence = [...cite(exchange), citeEntry(before, 'batches before'), citeEntry(later, 'batches after')]
  const changed = batchesOf(scope, before, later).find(one => {
    if (own && one.terminalId === terminalId && one.batch === batch) return false
    const [was, now] = [before, later].map(view => view.ledger.batches.find(other => isSameBatch(one, other)))
    return now?.state !== was?.state || now?.settled !== was?.settled
  })
  if (changed === undefined) return passed(evidence)
  return failed(
    {
      says: `the settlement changed batch ${changed.batch} of ${changed.terminalId}`,
      expected: changed.state,
      received: 'changed',
    },
    evidence,
  )
}

/** The batches of the terminals at this scenario's disposal that were there before, and those that are closed now. */
function batchesOf({ began }: Scope, before: Ledger, later: Ledger): LedgerBatch[] {
  const { terminals } = began ?? {}
  return [...before.ledger.batches, ...later.ledger.batches.filter(one => one.state === 'closed')].filter(
    one => terminals === undefined || terminals.includes(one.terminalId),
  )
}

const isSameBatch = (one: LedgerBatch, other: LedgerBatch): boolean =>
  one.terminalId === other.terminalId && one.merchantId === other.merchantId && one.batch === other.batch
