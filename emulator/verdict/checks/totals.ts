import { failed, inconclusive, lacking, passed } from '../finding.ts'
import { type Movement, moneyBook, sameKey } from '../position.ts'
import { answer, approves, byNumber, cite, type Exchange, type OperationScope, type Scope, scopeOf } from '../scope.ts'
import type { Evidence, Verdict } from '../verdict.ts'
import { endsReversal } from './follow-up.ts'
import { settlementRequest } from './settlement.ts'

/** Counts and sums of a batch, in minor units. */
export type Sums = Readonly<{ debitCount: number; debit: bigint; creditCount: number; credit: bigint }>

/**
 * What a batch's totals have to be: gross, a voided sale counts as debit and its void as credit; net, neither. Reversed ones count nowhere.
 *
 * @source Requirement catalogue, SETL-002
 */
export function sumsOf(movements: readonly Movement[], mode: 'net' | 'gross'): Sums {
  const voided = (sale: Movement): boolean =>
    movements.some(one => one.kind === 'void' && one.standing === 'live' && one.undoes === sale)
  const debits = movements.filter(one => one.kind === 'debit' && (one.standing === 'live' || (mode === 'gross' && voided(one))))
  const credits = movements.filter(
    one => one.standing === 'live' && (one.kind === 'credit' || (mode === 'gross' && one.kind === 'void')),
  )
  const sum = (all: readonly Movement[]): bigint => all.reduce((total, one) => total + one.minor, 0n)
  return { debitCount: debits.length, debit: sum(debits), creditCount: credits.length, credit: sum(credits) }
}

/**
 * The movements of a settlement's batch, as its till knows them: as they stood before it, for whatever befalls them later it cannot have known, and
 * without what a back office did about them, which no till is told.
 */
export function movementsOf(scope: Scope, settlement: Exchange): readonly Movement[] {
  const earlier = scope.entries.slice(0, scope.entries.indexOf(settlement.sent)).filter(({ is }) => is !== 'office')
  const before = scopeOf(earlier, scope.profile)
  return moneyBook(before).movements.filter(one =>
    ['terminalId', 'merchantId', 'batch'].every(name => one.exchange.sent.fields[name] === settlement.sent.fields[name]),
  )
}

/** The settlement request carries the sums of its batch, both classes of cards together. */
export function totalsTrue(scope: Scope, operation: OperationScope | undefined): Verdict {
  const settlement = settlementRequest(operation)
  if (settlement === undefined) return lacking('no settlement request under test')
  // A settlement that goes on repeats the totals with which it began.
  const began = scope.exchanges.find(one => one.name === 'settle' && sameKey(one, settlement)) ?? settlement
  const movements = movementsOf(scope, began)
  if (movements.some(isDoctored(scope)))
    return lacking('no batch that the till knows as the acquirer does: the scenario saw to that')
  const evidence: Evidence[] = [totalsSent(settlement), ...movements.flatMap(one => cite(one.exchange))]
  if (movements.some(one => one.standing === 'unknown' && one.kind !== 'credit'))
    return inconclusive('what is live in the batch is not known', { attribution: 'network', evidence })
  const due = sumsOf(movements.filter(isToldOf(scope)), scope.profile.knobs.totals ?? 'gross')
  const sent = sumsIn(settlement)
  const wrong = (['debitCount', 'debit', 'creditCount', 'credit'] as const).find(name => due[name] !== sent[name])
  if (wrong === undefined) return passed(evidence)
  return failed(
    {
      says: `the settlement request has another ${wrong} than its batch`,
      expected: `${due[wrong]}`,
      received: `${sent[wrong]}`,
      attribution: 'instrument',
    },
    evidence,
  )
}

/**
 * Whether a transaction counts for the till: it heard of it, or still has to reverse it. What had no answer counts no more once its reversal has
 * had one, whatever the acquirer did; a refund without an answer is kept apart as unknown.
 *
 * @source Requirement catalogue, SETL-002, REF-014
 */
const isToldOf =
  (scope: Scope) =>
  ({ exchange, kind }: Movement): boolean => {
    const heard = scope.exchanges.filter(one => one.received !== undefined && sameKey(one, exchange))
    if (heard.some(({ name }) => name === exchange.name)) return true
    return kind !== 'credit' && !heard.some(endsReversal(scope))
  }

/** A transaction that the scenario let the till forget, or believe in on the word of our own line. */
const isDoctored =
  (scope: Scope) =>
  ({ exchange }: Movement): boolean =>
    exchange.received?.ours === true || byNumber(scope, exchange.operation)?.special?.includes('forgotten') === true

/** The name of a column that counts all cards in one: `Debit` is `debit`. */
export const inOne = (column: string): string => column.charAt(0).toLowerCase() + column.slice(1)

const columns = ['Debit', 'DebitCount', 'Credit', 'CreditCount'] as const

/** The names under which a settlement request may tell its totals, beside UnionPay's one field. */
export const totalNames: readonly string[] = columns.flatMap(name => [`domestic${name}`, `foreign${name}`, inOne(name)])

/** The totals of a settlement request, as evidence. */
export function totalsSent({ sent: { id, fields } }: Exchange): Evidence {
  const field = ['additionalData', ...totalNames].find(name => fields[name] !== undefined) ?? 'additionalData'
  return { entry: id, field, saw: fields[field] ?? 'no totals' }
}

const minorIn = (digits: string | undefined): bigint => (digits !== undefined && /^\d+$/.test(digits) ? BigInt(digits) : 0n)

function sumsIn({ sent }: Exchange): Sums {
  const both = (name: string): bigint =>
    [`domestic${name}`, `foreign${name}`, inOne(name)].reduce((sum, one) => sum + minorIn(sent.fields[one]), 0n)
  return {
    debitCount: Number(both('DebitCount')),
    debit: both('Debit'),
    creditCount: Number(both('CreditCount')),
    credit: both('Credit'),
  }
}

export type Item = Readonly<{ trace: string; minor: bigint; exchange: Exchange }>

/** Everything that a settlement uploaded, repeats of one message left out. */
export function uploaded(operation: OperationScope): readonly Item[] {
  const items: Item[] = []
  for (const exchange of operation.own.filter(one => one.name === 'upload')) {
    for (let at = 1; exchange.sent.fields[`item.${at}.trace`] !== undefined; at += 1) {
      const trace = exchange.sent.fields[`item.${at}.trace`] ?? ''
      items.push({ trace, minor: BigInt(exchange.sent.fields[`item.${at}.amount`] ?? '0'), exchange })
    }
  }
  return items
}

/** Every transaction of the batch was uploaded, each message acknowledged, a voided sale together with its void. */
export function uploadedWhole(scope: Scope, operation: OperationScope | undefined): Verdict {
  const settlement = settlementRequest(operation)
  if (operation === undefined || settlement === undefined) return lacking('no settlement under test')
  const movements = movementsOf(scope, settlement)
  const gross = (scope.profile.knobs.totals ?? 'gross') === 'gross'
  const due = movements.filter(one => countsFor(one, movements, gross))
  const items = uploaded(operation)
  const evidence: Evidence[] = [
    ...due.flatMap(one => cite(one.exchange)),
    ...operation.own.filter(({ name }) => name === 'upload').flatMap(cite),
  ]
  const missing = due.find(one => !items.some(item => item.trace === one.exchange.sent.fields.trace && item.minor === one.minor))
  if (due.length === 0) return lacking('no transaction in the batch')
  if (missing !== undefined)
    return failed(
      {
        says: `the ${missing.exchange.name} ${missing.exchange.sent.fields.trace} was not uploaded`,
        expected: 'uploaded',
        received: 'not uploaded',
        attribution: 'instrument',
      },
      evidence,
    )
  const refused = operation.own.find(one => one.name === 'upload' && answer(one) !== undefined && !approves(scope, answer(one)))
  if (refused !== undefined)
    return inconclusive('the acquirer refused an upload', { becauseOf: 'SETL-005', attribution: 'acquirer', evidence })
  return passed(evidence)
}

function countsFor(movement: Movement, movements: readonly Movement[], gross: boolean): boolean {
  if (movement.kind === 'void') return gross && movement.standing === 'live'
  // Refunds travel as their original messages, not as items.
  if (movement.kind === 'credit') return false
  return (
    movement.standing === 'live' ||
    (gross && movements.some(one => one.kind === 'void' && one.standing === 'live' && one.undoes === movement))
  )
}

/** No reversed transaction in the upload, and no voided sale without its void. */
export function uploadsNothingDead(scope: Scope, operation: OperationScope | undefined): Verdict {
  const settlement = settlementRequest(operation)
  if (operation === undefined || settlement === undefined) return lacking('no settlement under test')
  const movements = movementsOf(scope, settlement)
  const items = uploaded(operation)
  const has = (one: Movement): boolean => items.some(item => item.trace === one.exchange.sent.fields.trace)
  const evidence: Evidence[] = [
    ...movements.flatMap(one => cite(one.exchange)),
    ...operation.own.filter(({ name }) => name === 'upload').flatMap(cite),
  ]
  if (items.length === 0) return lacking('no uploaded transaction')
  const revived = movements.find(one => {
    if (one.kind === 'credit' || one.standing === 'live' || !has(one)) return false
    const itsVoid = movements.find(other => other.kind === 'void' && other.standing === 'live' && other.undoes === one)
    return itsVoid === undefined || !has(itsVoid)
  })
  if (revived === undefined) return passed(evidence)
  return failed(
    {
      says: `${revived.exchange.name} ${revived.exchange.sent.fields.trace} was uploaded as if it were live`,
      expected: 'not uploaded as live',
      received: 'uploaded',
      attribution: 'instrument',
    },
    evidence,
  )
}
