import type { Context } from './context.ts'
import { typed } from './entry.ts'
import { go, notice } from './progress.ts'
import type { TransactionRecord } from './record.ts'
import { duplicates } from './slip.ts'
import type { State } from './state.ts'
import type { Step, Table } from './transition.ts'

export const reprintState: State = { at: 'keying reprint', entry: '' }

/** Look-up by trace number (up to 6 digits) or reference (12), and reprints; enter alone means the last one. @source requirements TERM-009, RCPT-007 */
export const lookUpTable: Table<'keying look-up' | 'keying reprint'> = {
  'keying look-up': {
    digit: (state, { digit }) => go({ ...state, entry: typed(state.entry, digit, 12) }),
    clear: state => go({ ...state, entry: '' }),
    cancel: () => go({ at: 'idle' }),
    enter: ({ entry }, _event, context) => lookUp(entry, context),
  },
  'keying reprint': {
    digit: (state, { digit }) => go({ ...state, entry: typed(state.entry, digit, 6) }),
    clear: state => go({ ...state, entry: '' }),
    cancel: () => go({ at: 'idle' }),
    enter: ({ entry }, _event, context) => reprint(entry, context),
  },
}

/** By trace number, by reference, or, with nothing keyed, the last transaction. */
export function find(entry: string, records: readonly TransactionRecord[]): TransactionRecord | undefined {
  if (entry === '') return records.at(-1)
  if (entry.length === 12) return records.findLast(record => record.reference === entry)
  return records.findLast(record => record.trace === entry.padStart(6, '0'))
}

/** A sale against which a refund was approved is `refunded`; one whose batch is closed is `settled`. */
export function currentState(record: TransactionRecord, records: readonly TransactionRecord[]): string {
  const refunded = records.some(
    other =>
      other.operation === 'refund' &&
      other.state === 'approved' &&
      other.original?.reference !== undefined &&
      other.original.reference === record.reference,
  )
  if (refunded) return 'refunded'
  if (record.settled && record.state === 'approved') return 'settled'
  return record.state === 'open' ? 'unresolved' : record.state
}

function lookUp(entry: string, { records, faulty }: Context): Step {
  const record = faulty('looks up nothing') ? undefined : find(entry, records)
  if (record === undefined) return notice('无此交易 NOT FOUND', entry)
  const state = currentState(record, records)
  const { operation, trace, batch, amount, card, date = '', time = '', reference = '' } = record
  const lines = [
    `${operation.toUpperCase()} ${trace} ${state.toUpperCase()}`,
    amount.toString(),
    card.pan.masked,
    `${date} ${time}`.trim(),
    reference,
  ]
  const facts = { operation, trace, batch, state, amount: amount.toDigits(), card: card.pan.masked, reference }
  const told = notice(...lines.filter(line => line !== ''))
  return { next: told.next, effects: [{ do: 'note', event: 'looked up', says: `${operation} ${trace} is ${state}`, facts }] }
}

function reprint(entry: string, { records, lastBatch, faulty }: Context): Step {
  const record = entry === '' ? records.findLast(({ slips, settled }) => slips.length > 0 && !settled) : find(entry, records)
  const slips = record?.slips ?? (entry === '' ? lastBatch?.slips : undefined) ?? []
  if (slips.length === 0) return notice('无单可打 nothing to print')
  const told = notice('重打印 REPRINT', record ? `凭证号 trace ${record.trace}` : '结算总计单 settlement')
  return { next: told.next, effects: [{ do: 'print', slips: faulty('reprint not marked') ? slips : duplicates(slips) }] }
}
