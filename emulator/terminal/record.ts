import type { Amount } from '../values/amount.ts'
import type { Operation, ReversalReason } from '../values/operation.ts'
import type { Pan } from '../values/pan.ts'
import type { CardEntry, Original, ReadCard, Reconciliation, Totals } from '../values/request.ts'
import { Track2 } from '../values/track2.ts'
import type { Slip } from './slip.ts'

/** The operations that move money, and therefore have a record. */
export type Recorded = 'sale' | 'void' | 'refund'

/**
 * `open`: the request may be under way. `unresolved`: no valid answer, a reversal is due. `unknown`: a refund without an answer, which is never reversed.
 */
export type RecordState = 'open' | 'approved' | 'declined' | 'voided' | 'reversed' | 'unresolved' | 'unknown'

/** What the terminal keeps of a card: never the track. `expiry` is YYMM. */
export type StoredCard = Readonly<{ pan: Pan; expiry?: string; entry: CardEntry }>

/** One transaction of the terminal's log. */
export type TransactionRecord = Readonly<{
  operation: Recorded
  state: RecordState
  terminalId: string
  merchantId: string
  trace: string
  batch: string
  operator: string
  amount: Amount
  card: StoredCard
  pinEntered: boolean
  original?: Original
  /** When it was begun, the terminal's clock, ISO 8601. */
  begunAt: string
  /** After the answer. `date` is MMDD and `time` hhmmss, the host's; `year` the terminal's. */
  resultCode?: string
  reference?: string
  approvalCode?: string
  date?: string
  time?: string
  year?: string
  issuer?: string
  acquirer?: string
  cardCompany?: string
  slips: readonly Slip[]
  /** Its batch is closed. */
  settled: boolean
}>

/** A reversal that is due. `unresolved`: it has used up its sends and is offered again before settlement and after sign-in. */
export type DueReversal = Readonly<{
  record: TransactionRecord
  reason: ReversalReason
  sends: number
  state: 'pending' | 'unresolved'
}>

/** How far a settlement has come. What it asks for is fixed when it begins, so that a repeat asks for the same. */
export type SettlementInProgress = Readonly<{
  stage: 'asked' | 'uploading' | 'ending'
  batch: string
  /** Of the message that is under way: a repeat keeps it. */
  trace: string
  totals: Totals
  domestic: Reconciliation
  foreign: Reconciliation
  /** Transactions acknowledged so far. */
  acknowledged: number
  /** Trace numbers of those that the acquirer answered with a refusal. */
  refused: readonly string[]
}>

export type SettledBatch = Readonly<{
  batch: string
  totals: Totals
  domestic: Reconciliation
  foreign: Reconciliation
  refused: readonly string[]
  slips: readonly Slip[]
}>

/** The operation that was going on, so that a restart can bring it to exactly one end. */
export type OpenOperation = Readonly<{
  operation: Operation
  trace: string
  batch: string
  /** Set in the same step as what it says. */
  end?: 'approved' | 'declined' | 'failed' | 'unresolved' | 'reversed' | 'done'
}>

/** Names a record: its trace number within its batch. */
export type RecordKey = Readonly<{ trace: string; batch: string }>

export const sameRecord = (one: RecordKey, other: RecordKey): boolean => one.trace === other.trace && one.batch === other.batch

/** Cards of the home scheme; all others are foreign. A reply without a card company means the home scheme. */
export function isDomestic(record: TransactionRecord): boolean {
  return record.cardCompany === undefined || record.cardCompany.trim() === '' || record.cardCompany.trim() === 'CUP'
}

/**
 * The card of a record as a request names it. The track of a swiped card is not kept, so what stands in its place is number and expiry alone:
 * enough for a reversal, which says how the card came in and sends no track.
 *
 * @source UnionPay POS fact sheet, 4.4
 */
export function storedCard({ pan, expiry, entry }: StoredCard): ReadCard {
  if (entry !== 'swiped') return expiry === undefined ? { entry, pan } : { entry, pan, expiry }
  const known = expiry ?? '0000'
  return { entry, pan, expiry: known, track2: new Track2(`${pan.reveal()}D${known}000`) }
}

export function keptOf(card: ReadCard): StoredCard {
  return card.expiry === undefined
    ? { pan: card.pan, entry: card.entry }
    : { pan: card.pan, entry: card.entry, expiry: card.expiry }
}
