import type { Amount } from '../values/amount.ts'
import type { Pan } from '../values/pan.ts'
import type { Original, ReadCard, Request, Totals, UploadItem } from '../values/request.ts'
import type { Secret } from '../values/secret.ts'
import type { DueReversal, RecordKey, SettlementInProgress, TransactionRecord } from './record.ts'

/** What a card is asked for. */
export type Purpose =
  | Readonly<{ operation: 'sale'; amount: Amount }>
  | Readonly<{ operation: 'void'; original: TransactionRecord }>
  | Readonly<{ operation: 'refund' }>
  | Readonly<{ operation: 'inquire' }>

/** A transaction with everything keyed and read, ready to be sent. `repeats`: an unknown refund that is sent again under its own trace number. */
export type Draft =
  | Readonly<{ operation: 'sale'; amount: Amount; card: ReadCard; pin?: Secret }>
  | Readonly<{ operation: 'void'; voids: TransactionRecord; card: ReadCard; pin?: Secret }>
  | Readonly<{ operation: 'refund'; amount: Amount; card: ReadCard; original: Original; repeats?: RecordKey }>
  | Readonly<{ operation: 'inquire'; card: ReadCard; pin?: Secret }>

/** What the terminal does once no reversal stands in the way. */
export type Errand =
  | Readonly<{ do: 'transact'; draft: Draft }>
  | Readonly<{ do: 'settle' }>
  | Readonly<{ do: 'sign off' }>
  | Readonly<{ do: 'nothing'; lines: readonly string[] }>

export type OutcomeWord =
  | 'approved'
  | 'declined'
  | 'unresolved'
  | 'cancelled'
  | 'refused locally'
  | 'reversed'
  | 'done'
  | 'failed'

/** Where the terminal stands, with exactly what is true there. Digits being keyed are in `entry`, as a `Secret` where nobody may read them. */
export type State =
  | Readonly<{ at: 'off' }>
  | Readonly<{ at: 'idle' }>
  | Readonly<{ at: 'told'; outcome: OutcomeWord | 'notice'; lines: readonly string[] }>
  | Readonly<{ at: 'keying operator'; entry: string }>
  | Readonly<{ at: 'keying password'; operator: string; entry: Secret }>
  | Readonly<{ at: 'keying amount'; entry: string }>
  | Readonly<{ at: 'confirming amount'; amount: Amount }>
  | Readonly<{ at: 'keying supervisor password'; operation: 'void' | 'refund'; entry: Secret; tries: number }>
  | Readonly<{ at: 'keying voucher'; entry: string }>
  | Readonly<{ at: 'confirming original'; original: TransactionRecord }>
  | Readonly<{ at: 'awaiting card'; purpose: Purpose }>
  | Readonly<{ at: 'keying number'; purpose: Purpose; entry: Secret }>
  | Readonly<{ at: 'keying expiry'; purpose: Purpose; pan: Pan; entry: string }>
  | Readonly<{ at: 'questioning repeat'; amount: Amount; card: ReadCard }>
  | Readonly<{ at: 'keying PIN'; purpose: Purpose; card: ReadCard; entry: Secret }>
  | Readonly<{ at: 'keying reference'; card: ReadCard; entry: string }>
  | Readonly<{ at: 'keying original date'; card: ReadCard; reference: string; entry: string }>
  | Readonly<{ at: 'keying refund amount'; card: ReadCard; original: Original; entry: string }>
  | Readonly<{ at: 'confirming refund'; card: ReadCard; original: Original; amount: Amount }>
  | Readonly<{
      at: 'confirming settlement'
      totals: Totals
      unknown: readonly TransactionRecord[]
      unresolved: readonly DueReversal[]
    }>
  | Readonly<{ at: 'keying look-up'; entry: string }>
  | Readonly<{ at: 'keying reprint'; entry: string }>
  | Readonly<{ at: 'awaiting sign-in'; operator: string }>
  | Readonly<{ at: 'awaiting echo' }>
  /** An order at the headstrong door. */
  | Readonly<{ at: 'awaiting order' }>
  | Readonly<{ at: 'awaiting sign-off' }>
  | Readonly<{ at: 'reversing'; due: DueReversal; queue: readonly DueReversal[]; errand: Errand }>
  | Readonly<{
      at: 'awaiting reply'
      draft: Draft
      request: Request
      record?: TransactionRecord
      cancelled: boolean
      again: boolean
    }>
  | Readonly<{ at: 'awaiting settlement'; progress: SettlementInProgress }>
  | Readonly<{ at: 'awaiting upload'; progress: SettlementInProgress; items: readonly UploadItem[]; sends: number }>
  /** `repeated`: an end notice of this settlement has left before, and may have closed the batch. */
  | Readonly<{ at: 'awaiting batch end'; progress: SettlementInProgress; sends: number; repeated: boolean }>

export type At = State['at']
export type StateAt<A extends At> = Extract<State, { at: A }>
