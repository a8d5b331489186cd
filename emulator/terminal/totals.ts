import { type Amount, zero } from '../values/amount.ts'
import type { Currency } from '../values/currency.ts'
import type { ClassTotals, Totals, UploadItem } from '../values/request.ts'
import type { Faulty } from './faults.ts'
import { isDomestic, type TransactionRecord } from './record.ts'

export type Counting = Readonly<{ currency: Currency; totals: 'net' | 'gross'; faulty: Faulty }>

/**
 * The transactions of the open batch that count: approved ones and, under gross totals, voided sales and their voids too.
 * Reversed, declined, unresolved and unknown ones never do.
 *
 * @source UnionPay POS fact sheet, 4.5; requirements SETL-002
 */
export function counted(records: readonly TransactionRecord[], { totals, faulty }: Counting): readonly TransactionRecord[] {
  return records.filter(({ state, operation, settled }) => {
    if (settled) return false
    if (state === 'reversed') return faulty('counts a reversed sale')
    if (state === 'unknown') return faulty('counts an unknown refund')
    if (totals === 'net' && (operation === 'void' || state === 'voided')) return faulty('counts a void as a sale')
    return state === 'approved' || state === 'voided'
  })
}

/** Debits are sales, credits are voids and refunds; cards of the home scheme apart from all others. */
export function totalsOf(records: readonly TransactionRecord[], counting: Counting): Totals {
  const all = counted(records, counting)
  return {
    domestic: sum(all.filter(isDomestic), counting),
    foreign: sum(
      all.filter(record => !isDomestic(record)),
      counting,
    ),
  }
}

function sum(records: readonly TransactionRecord[], { currency, faulty }: Counting): ClassTotals {
  const debits = records.filter(({ operation }) => operation === 'sale' || countedWrongly(operation, faulty))
  const credits = records.filter(record => !debits.includes(record))
  return { debitCount: debits.length, debit: add(debits, currency), creditCount: credits.length, credit: add(credits, currency) }
}

const countedWrongly = (operation: TransactionRecord['operation'], faulty: Faulty): boolean =>
  (operation === 'void' && faulty('counts a void as a sale')) || (operation === 'refund' && faulty('counts a refund as a debit'))

const add = (records: readonly TransactionRecord[], currency: Currency): Amount =>
  records.reduce((total, { amount }) => total.plus(amount), zero(currency))

/** The counted transactions of the unbalanced classes, as an upload carries them, oldest first. */
export function uploadItems(
  records: readonly TransactionRecord[],
  unbalanced: Readonly<{ domestic: boolean; foreign: boolean }>,
  counting: Counting,
): readonly UploadItem[] {
  return counted(records, counting)
    .filter(record => (isDomestic(record) ? unbalanced.domestic : unbalanced.foreign))
    .filter(({ operation }) => operation !== 'void' || !counting.faulty('uploads the voided sale alone'))
    .map(record => ({ domestic: isDomestic(record), trace: record.trace, pan: record.card.pan, amount: record.amount }))
}
