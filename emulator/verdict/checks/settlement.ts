import { allOf, failed, inconclusive, lacking, passed } from '../finding.ts'
import { type Movement, moneyBook } from '../position.ts'
import {
  answer,
  approves,
  cite,
  citeEntry,
  claimed,
  type Exchange,
  type Of,
  type OperationScope,
  resultCode,
  type Scope,
} from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { unanswered } from './approval.ts'
import { described, unsent } from './preparation.ts'

export type Balance = 'balanced' | 'unbalanced' | 'error' | 'none'

const results: Readonly<Record<string, Balance>> = { 0: 'none', 1: 'balanced', 2: 'unbalanced', 3: 'error' }

/** What a settlement answer says of each class of cards: the worse of the two. */
export function balanceSaid(reply: Of<'received'>): Balance | undefined {
  const said = ['domesticResult', 'foreignResult'].map(name => results[reply.fields[name] ?? ''])
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
  const reply = answer(exchange)
  if (reply === undefined) return unanswered(exchange, described(operation))
  const code = resultCode(reply)
  const refused = code !== undefined && !approves(scope, reply)
  const said = refused ? 'error' : (balanceSaid(reply) ?? 'none')
  if (expected.includes(said)) return passed(cite(exchange))
  return failed(
    { says: `${described(operation)} was answered as ${said}`, expected: expected.join(' or '), received: refused ? code : said },
    cite(exchange),
  )
}

/** Every message of the settlement was accepted, its end notice last. */
export function closedByItsEnd(scope: Scope, operation: OperationScope | undefined): Verdict {
  if (operation === undefined) return lacking('no settlement under test')
  const end = operation.own.findLast(exchange => exchange.name === 'upload')
  if (end === undefined) return lacking(`no end notice of ${described(operation)}`)
  const reply = answer(end)
  if (reply === undefined) return unanswered(end, `the end notice of ${described(operation)}`)
  if (approves(scope, reply)) return passed(cite(end))
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
  const movements = moneyBook(scope).movements.filter(one => inBatch(one, exchange))
  const view = scope.views.findLast(one => one.view === 'ledger' && after(scope, one, exchange))
  if (view?.view !== 'ledger')
    return allOf(settlementSaid(scope, operation, ['balanced']), passed(movements.flatMap(one => cite(one.exchange))))
  const { terminalId, merchantId, batch } = exchange.sent.fields
  const closed = view.ledger.batches.find(
    one => one.terminalId === terminalId && one.merchantId === merchantId && one.batch === batch,
  )
  const evidence = [
    ...cite(exchange),
    citeEntry(view, `batch ${batch}: ${closed?.state ?? 'unknown'}, settled ${closed?.settled ?? 'nothing'}`),
    ...movements.flatMap(one => cite(one.exchange)),
  ]
  if (movements.some(one => one.standing === 'unknown'))
    return inconclusive('what is live in the batch is not known', { attribution: 'network', evidence })
  const live = movements.reduce((sum, one) => sum + worth(one), 0n)
  if (closed?.state !== 'closed')
    return failed(
      { says: 'the batch is not closed after its settlement', expected: 'closed', received: closed?.state ?? 'unknown' },
      evidence,
    )
  if (closed.settled !== undefined && BigInt(closed.settled) !== live)
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

/** What a transaction brings its merchant. */
function worth(movement: Movement): bigint {
  if (movement.standing !== 'live' || movement.kind === 'void') return 0n
  return movement.kind === 'debit' ? movement.minor : -movement.minor
}

const inBatch = (movement: Movement, settlement: Exchange): boolean =>
  ['terminalId', 'merchantId', 'batch'].every(name => movement.exchange.sent.fields[name] === settlement.sent.fields[name])

export const after = (scope: Scope, view: Of<'view'>, exchange: Exchange): boolean =>
  scope.entries.indexOf(view) > scope.entries.indexOf(exchange.sent)
