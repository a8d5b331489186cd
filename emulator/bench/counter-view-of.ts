import type { TransactionRecord } from '../terminal/record.ts'
import type { ClassTotals } from '../values/request.ts'
import type { CounterRecord, CounterTotals, CounterView } from './counter-view.ts'
import type { Till } from './till.ts'

/** The till as it stands now, masked. */
export function viewOf(
  { terminal, store }: Till,
  around: Pick<CounterView, 'cable' | 'armed' | 'money' | 'scenario'>,
): CounterView {
  const { at } = terminal.state()
  const { domestic, foreign } = terminal.totals()
  return {
    at,
    lines: terminal.shows(),
    plug: at !== 'off',
    signedIn: store.signedIn,
    operator: store.operator,
    batch: store.batch,
    voucher: store.trace,
    records: store.records.map(recordView),
    due: store.due.map(({ record, reason, sends, state }) => ({
      operation: record.operation,
      trace: record.trace,
      amount: record.amount.toString(),
      reason,
      sends,
      state,
    })),
    totals: [totalsView('domestic', domestic), totalsView('foreign', foreign)],
    ...(store.settlement === undefined ? {} : { settling: store.settlement.stage }),
    ...around,
  }
}

function recordView({ operation, state, trace, card, amount, reference, settled }: TransactionRecord): CounterRecord {
  return {
    operation,
    state,
    trace,
    card: card.pan.masked,
    amount: amount.toString(),
    ...(reference === undefined ? {} : { reference }),
    settled,
  }
}

const totalsView = (name: CounterTotals['name'], { debit, debitCount, credit, creditCount }: ClassTotals): CounterTotals => ({
  name,
  debit: debit.toString(),
  credit: credit.toString(),
  debits: debitCount,
  credits: creditCount,
})
