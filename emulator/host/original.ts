import { says } from '../dialects/says.ts'
import type { Criterion, Situation } from './rules.ts'
import type { Transaction } from './transaction.ts'

/** Original trace and batch that a request leaves open. */
const open = '000000'

const names = (part: string | undefined): part is string => part !== undefined && part !== open

/** Whether such a request names its original by this at all: a dialect that has no place for it cannot be held to it. */
const asks = ({ ask, dialect }: Situation, name: string): boolean => ask.row === undefined || says(dialect, ask.row, name)

/**
 * How a void and the sale it names must agree. Card, amount and state come later: they have codes of their own.
 *
 * @source UnionPay POS fact sheet, 5.6, matching keys
 */
export const voidCriteria: readonly Criterion[] = [
  { says: 'the reference is the same', agrees: (one, { ask }) => one.reference === ask.fields.reference },
  {
    says: 'the batch is the same',
    agrees: (one, situation) => !asks(situation, 'originalBatch') || one.batch === situation.ask.fields.originalBatch,
  },
  {
    says: 'the trace is the same',
    agrees: (one, situation) => !asks(situation, 'originalTrace') || one.trace === situation.ask.fields.originalTrace,
  },
  { says: 'the merchant is the same', agrees: (one, { ask }) => one.merchantId === ask.merchantId },
  {
    says: 'the terminal is the same',
    agrees: (one, { ask, policy }) => policy.voidScope === 'same-merchant' || one.terminalId === ask.terminalId,
  },
]

/** How a refund and the sale it names must agree: any terminal of the merchant, and the date of the sale as the host printed it. */
export const refundCriteria: readonly Criterion[] = [
  { says: 'the reference is the same', agrees: (one, { ask }) => one.reference === ask.fields.reference },
  {
    says: 'the batch is the same',
    agrees: (one, { ask }) => !names(ask.fields.originalBatch) || one.batch === ask.fields.originalBatch,
  },
  {
    says: 'the trace is the same',
    agrees: (one, { ask }) => !names(ask.fields.originalTrace) || one.trace === ask.fields.originalTrace,
  },
  {
    says: 'the date is the same',
    agrees: (one, situation) =>
      !asks(situation, 'originalDate') ||
      [one.localDate, monthDay(one.businessDate)].some(date => date === situation.ask.fields.originalDate),
  },
  { says: 'the merchant is the same', agrees: (one, { ask }) => one.merchantId === ask.merchantId },
]

const monthDay = (date: string): string => date.slice(5).replace('-', '')

/**
 * All transactions that anything in the request could mean and every criterion lets through. Exactly one is an original; of several, not even the
 * latest is.
 */
export function candidates(situation: Situation, criteria: readonly Criterion[]): readonly Transaction[] {
  const { reference, originalBatch, originalTrace } = situation.ask.fields
  const meant = new Set([
    ...(reference === undefined ? [] : situation.books.byReference(reference)),
    ...(names(originalBatch) && names(originalTrace) ? situation.books.byTrace(originalBatch, originalTrace) : []),
  ])
  return [...meant].filter(candidate => criteria.every(criterion => criterion.agrees(candidate, situation)))
}
