import type { Entry, View } from '../journal/entry.ts'

/** A batch of one terminal as the books show it: what became of its transactions in the scenario, and of itself. */
export type Batch = Readonly<{ name: string; state: string; transactions: readonly string[]; funded?: string }>

/**
 * The batches in which something happened between the first ledger view and the last.
 *
 * @param text  Minor units as money.
 */
export function batchesOf(views: readonly (Entry & View)[], text: (minor: bigint) => string): readonly Batch[] {
  const ledgers = views.flatMap(view => (view.view === 'ledger' ? [view.ledger] : []))
  const [first, last] = [ledgers[0], ledgers.at(-1)]
  if (first === undefined || last === undefined) return []
  const before = new Set(first.transactions.map(({ id }) => id))
  return last.batches.flatMap(batch => {
    const isIts = (one: Readonly<{ terminalId: string; merchantId: string; batch: string }>): boolean =>
      one.terminalId === batch.terminalId && one.merchantId === batch.merchantId && one.batch === batch.batch
    const was = first.batches.find(isIts)?.state
    const transactions = last.transactions
      .filter(one => !before.has(one.id) && isIts(one))
      .map(({ trace, operation, minor, state }) => `${trace} ${operation} ${text(BigInt(minor))}, ${state}`)
    if (transactions.length === 0 && (was === undefined || was === batch.state)) return []
    return [
      {
        name: `${batch.batch} of ${batch.terminalId}`,
        state: was === undefined || was === batch.state ? batch.state : `${was}, then ${batch.state}`,
        transactions,
        ...(batch.funded === undefined ? {} : { funded: text(BigInt(batch.funded)) }),
      },
    ]
  })
}
