/**
 * What a host's control port shows of its books. Money is text, minor units; card accounts are named by masked number.
 * Account names: `card:621214…0012`, `merchant:M00000000000001`, `clearing`, `suspense`; in a journal also `others`, the sum of all cards and
 * merchants that are not the worker's own. A view is of one moment: nothing moves while it is taken.
 */
export type LedgerView = Readonly<{
  /** The host's business date, MMDD, and its clock, ISO 8601. */
  businessDate: string
  clock: string
  accounts: readonly Readonly<{ name: string; currency: string; balance: string }>[]
  /** Append-only, oldest first. */
  postings: readonly LedgerPosting[]
  transactions: readonly LedgerTransaction[]
  batches: readonly LedgerBatch[]
}>

/** One double entry: its legs sum to zero. `of` names the posting it undoes or gives back. */
export type LedgerPosting = Readonly<{
  id: number
  transaction: number
  kind: 'sale' | 'void' | 'refund' | 'reversal' | 'settlement' | 'correction'
  of?: number
  legs: readonly Readonly<{ account: string; minor: string }>[]
}>

export type LedgerTransaction = Readonly<{
  id: number
  operation: string
  merchantId: string
  terminalId: string
  batch: string
  trace: string
  card: string
  minor: string
  reference: string
  state: 'posted' | 'credited' | 'voided' | 'reversed' | 'declined' | 'settled' | 'set aside'
}>

export type LedgerBatch = Readonly<{
  merchantId: string
  terminalId: string
  batch: string
  state: 'open' | 'settling' | 'closed'
  /** Of a closed batch: what was settled, and what the merchant was funded, minor units; minus means owed by the merchant. */
  settled?: string
  funded?: string
}>

/** The control port, in process or over HTTP. Everything by which a bench changes or inspects a host that offers it. */
export interface Control {
  ledger(): Promise<LedgerView>
  /** Closes the business day: its date moves on, batches stay open. */
  closeDay(): Promise<void>
  /** Moves the host's clock on. */
  advanceClock(by: Readonly<{ seconds: number }>): Promise<void>
  /** By masked number. */
  setCard(masked: string, state: 'active' | 'stopped' | 'expired'): Promise<void>
  setTerminal(terminalId: string, state: 'active' | 'blocked'): Promise<void>
  /**
   * Makes the host fail on purpose. `crash before answering` posts and then drops the line once; `issuer away` answers 91; `slow once` keeps the
   * next request with an idempotency key in work until another one comes.
   */
  fail(how: 'crash before answering' | 'restart' | 'issuer away' | 'issuer back' | 'slow once'): Promise<void>
}
