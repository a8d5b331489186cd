import type { Operation, ReversalReason } from '../values/operation.ts'
import type { WorkingKeys } from '../values/request.ts'
import type { OpenOperation, RecordKey, SettledBatch, SettlementInProgress, TransactionRecord } from './record.ts'

/**
 * Everything that the store can be told, each as one transaction: power may fail before or after a write, never within.
 * A write that settles how an operation ended says so in the same step, so that a restart can show it.
 */
export type Write =
  /** Before a request leaves: its record, its trace number spent and, where it can be reversed, the reversal that is due if no answer comes. */
  | Readonly<{ write: 'open request'; record: TransactionRecord; reversal?: ReversalReason; spends: boolean }>
  | Readonly<{ write: 'spend trace'; operation: Operation; trace: string; batch: string }>
  /** The record as approved; its reversal is no longer due; the record it voids is marked. */
  | Readonly<{ write: 'approve'; record: TransactionRecord; voids?: RecordKey }>
  | Readonly<{ write: 'decline'; record: TransactionRecord; demandSignIn: boolean }>
  /** Nothing left the terminal. */
  | Readonly<{ write: 'discard'; key: RecordKey }>
  | Readonly<{ write: 'leave unresolved'; key: RecordKey; reason: ReversalReason; demandSignIn: boolean; approvalCode?: string }>
  /** A refund without an answer. */
  | Readonly<{ write: 'leave unknown'; record: TransactionRecord }>
  | Readonly<{ write: 'end'; end: NonNullable<OpenOperation['end']>; demandSignIn: boolean }>
  /** Minus one: the connection never opened, so it was not a send after all. */
  | Readonly<{ write: 'count send'; key: RecordKey; by: 1 | -1 }>
  | Readonly<{ write: 'change reason'; key: RecordKey; reason: ReversalReason }>
  | Readonly<{ write: 'mark reversed'; key: RecordKey }>
  | Readonly<{ write: 'give up reversal'; key: RecordKey; drop: boolean }>
  | Readonly<{ write: 'mark voided'; key: RecordKey }>
  | Readonly<{ write: 'load keys'; keys?: WorkingKeys; batch?: string; operator: string }>
  | Readonly<{ write: 'sign off' }>
  | Readonly<{ write: 'settlement'; progress: SettlementInProgress; spends: boolean }>
  | Readonly<{ write: 'refuse settlement'; demandSignIn: boolean }>
  | Readonly<{ write: 'close batch'; settled: SettledBatch; next: string }>
  | Readonly<{ write: 'forget the log' }>
  | Readonly<{ write: 'forget reversals' }>
  | Readonly<{ write: 'end shown' }>
