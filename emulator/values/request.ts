import type { Amount } from './amount.ts'
import type { Operation, ReversalReason, Reversible } from './operation.ts'
import type { Pan } from './pan.ts'
import type { Secret } from './secret.ts'
import type { Track2 } from './track2.ts'

/** How the card number came in. `absent`: a void on the stored number, without the card. */
export type CardEntry = 'swiped' | 'keyed' | 'absent'

/** A card as a terminal has read it. A swiped card has a track, a keyed or absent one a number and perhaps an expiry (YYMM). */
export type ReadCard =
  | Readonly<{ entry: 'swiped'; pan: Pan; track2: Track2; track3?: Secret; expiry: string }>
  | Readonly<{ entry: 'keyed' | 'absent'; pan: Pan; expiry?: string }>

/** What names an earlier transaction. Which of these a message carries is the dialect's affair. */
export type Original = Readonly<{
  batch?: string
  trace?: string
  /** MMDD, the host's date. */
  date?: string
  reference?: string
  approvalCode?: string
  /** When its request was made, ISO 8601. */
  at?: string
}>

/** Debits and credits of a batch for one class of cards. */
export type ClassTotals = Readonly<{ debitCount: number; debit: Amount; creditCount: number; credit: Amount }>

/** The totals of a batch: cards of the home scheme, and all others. */
export type Totals = Readonly<{ domestic: ClassTotals; foreign: ClassTotals }>

/** One uploaded transaction. */
export type UploadItem = Readonly<{ domestic: boolean; trace: string; pan: Pan; amount: Amount }>

/**
 * What a terminal asks of its acquirer, in business terms. No bytes, no field numbers, no cryptograms: the bench binds it to a dialect,
 * builds PIN block and MAC from the keys in the terminal's store, and sends it.
 */
export type Request = Readonly<{
  operation: Operation
  terminalId: string
  merchantId: string
  /** Absent on an echo test only. */
  trace?: string
  /** When the terminal made it, ISO 8601; a copy has the first one's. */
  at?: string
  /** It is a copy of one that was sent before. Dialects that have types for copies send it as one. */
  repeat?: true
  batch: string
  amount?: Amount
  card?: ReadCard
  pin?: Secret
  original?: Original
  /** Of a reversal: what it undoes and why. `trace`, `amount`, `card` entry and `batch` are the original request's own; `at`: when that was made. */
  reversal?: Readonly<{ of: Reversible; reason: ReversalReason; pinEntered: boolean; at?: string }>
  /** Two digits: who is at the till. */
  operator?: string
  totals?: Totals
  /** Of an upload: the items of this message, or the end notice with how many items went before and whether the totals agreed. */
  upload?: Readonly<{ is: 'details'; items: readonly UploadItem[] }> | Readonly<{ is: 'end'; count: number; balanced: boolean }>
}>

/** The working keys of a session, hex, as a sign-in gave them. */
export type WorkingKeys = Readonly<{ pin: Secret; mac: Secret; track?: Secret }>

/** How one class of cards came out of a settlement. */
export type Reconciliation = 'balanced' | 'unbalanced' | 'error' | 'none'

/** A reply in business terms. Absent means that the reply does not carry it. */
export type Reply = Readonly<{
  /** The type of message it is a reply to, as its type and codes say; `unknown` when no row of the dialect's message table fits. */
  operation: Operation | 'unknown'
  resultCode?: string
  trace?: string
  terminalId?: string
  merchantId?: string
  reference?: string
  approvalCode?: string
  amount?: Amount
  /** hhmmss and MMDD, the host's. */
  time?: string
  date?: string
  settlementDate?: string
  batch?: string
  pan?: Pan
  acquirerId?: string
  issuer?: string
  acquirer?: string
  /** `CUP`, `VIS`, … */
  cardCompany?: string
  balance?: Amount
  processingCode?: string
  conditionCode?: string
  currencyCode?: string
  reconciliation?: Readonly<{ domestic: Reconciliation; foreign: Reconciliation }>
  /** After a sign-in: the keys, unwrapped and checked, or what was wrong with them. */
  keys?: WorkingKeys | 'check value wrong' | 'layout unknown'
  mac: 'good' | 'bad' | 'absent' | 'not due'
}>

/** What became of one request, from the terminal's point of view. */
export type Answer =
  | Readonly<{ is: 'reply'; reply: Reply }>
  /** Nothing acceptable came in time, or the line closed after it was open. */
  | Readonly<{ is: 'silence' }>
  /** The connection never opened, so nothing can have reached the acquirer. */
  | Readonly<{ is: 'not connected'; says: string }>

/** What a terminal makes of a frame that arrives while it waits. */
export type Acceptance = 'final' | 'foreign' | 'not yet'

/** The terminal's way out. The bench implements it. */
export interface Acquirer {
  exchange(request: Request, keys: WorkingKeys | undefined, accepts: (reply: Reply) => Acceptance): Promise<Answer>
}
