import type { Amount } from '../values/amount.ts'
import type { Original, ReadCard } from '../values/request.ts'
import type { Context } from './context.ts'
import { amountDigits, keyedAmount, typed } from './entry.ts'
import { cancel, go, refuse, stay } from './progress.ts'
import { beginErrand } from './reversal.ts'
import type { Draft } from './state.ts'
import type { Table } from './transition.ts'

/**
 * Supervisor, card, original reference and date, amount, confirmation. No PIN, and never reversed.
 *
 * @source UnionPay POS fact sheet, 5.3; requirements TERM-006, REF-014
 */
export const refundTable: Table<'keying reference' | 'keying original date' | 'keying refund amount' | 'confirming refund'> = {
  'keying reference': {
    digit: (state, { digit }) => go({ ...state, entry: typed(state.entry, digit, 12) }),
    clear: state => go({ ...state, entry: '' }),
    cancel: () => cancel('refund'),
    enter: (state, _event, { faulty }) =>
      state.entry.length === 12 || (state.entry === '' && faulty('takes a refund without a reference'))
        ? go({ at: 'keying original date', card: state.card, reference: state.entry.padEnd(12, '0'), entry: '' })
        : stay(state),
  },
  'keying original date': {
    digit: (state, { digit }) => go({ ...state, entry: typed(state.entry, digit, 4) }),
    clear: state => go({ ...state, entry: '' }),
    cancel: () => cancel('refund'),
    enter: state => {
      const { card, reference, entry: date } = state
      if (!/^(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.test(date)) return stay(state)
      return go({ at: 'keying refund amount', card, original: { reference, date }, entry: '' })
    },
  },
  'keying refund amount': {
    digit: (state, { digit }) => go({ ...state, entry: typed(state.entry, digit, amountDigits) }),
    clear: state => go({ ...state, entry: '' }),
    cancel: () => cancel('refund'),
    enter: (state, _event, { settings, headstrong, faulty }) => {
      const amount = keyedAmount(state.entry, settings.currency)
      if (amount.minor === 0n) return stay(state)
      if (amount.minor > settings.refundMaximumMinor && !headstrong && !faulty('refunds above its maximum'))
        return refuse('refund', '超过退货最大金额 above the maximum of a refund')
      return go({ at: 'confirming refund', card: state.card, original: state.original, amount })
    },
  },
  'confirming refund': {
    clear: ({ card, original }) => go({ at: 'keying refund amount', card, original, entry: '' }),
    cancel: () => cancel('refund'),
    enter: ({ card, original, amount }, _event, context) =>
      beginErrand({ do: 'transact', draft: refundOf(card, original, amount, context) }, context),
  },
}

/** The same refund again, if it had no answer, is a repeat under its own trace number: the acquirer credits it once. */
function refundOf(card: ReadCard, original: Original, amount: Amount, { records, faulty }: Context): Draft {
  const draft = { operation: 'refund', card, original, amount } as const
  const unknown = records.find(
    record =>
      record.operation === 'refund' &&
      record.state === 'unknown' &&
      !record.settled &&
      record.card.pan.equals(card.pan) &&
      record.amount.equals(amount) &&
      record.original?.reference === original.reference,
  )
  if (unknown === undefined || faulty('repeats a refund under a new trace')) return draft
  return { ...draft, repeats: { trace: unknown.trace, batch: unknown.batch } }
}
