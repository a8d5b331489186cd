import type { Faulty } from './faults.ts'
import type { DueReversal, OpenOperation, SettledBatch, SettlementInProgress, TransactionRecord } from './record.ts'
import type { Identity, Settings } from './settings.ts'
import type { Counting } from './totals.ts'

/** What the table may look at: settings, the clock, and what the store holds. It changes nothing of it. */
export type Context = Readonly<{
  identity: Identity
  settings: Settings
  faulty: Faulty
  /** Local checks are off. */
  headstrong: boolean
  now: Date
  wording: (code: string) => string
  signedIn: boolean
  /** Two digits; '00' before the first sign-in. */
  operator: string
  /** The next trace number, and the open batch. */
  trace: string
  batch: string
  /** Oldest first: the open batch, and the one closed before it with `settled` set. */
  records: readonly TransactionRecord[]
  due: readonly DueReversal[]
  settlement: SettlementInProgress | undefined
  lastBatch: SettledBatch | undefined
  interrupted: OpenOperation | undefined
}>

/** How this terminal adds up. */
export const counting = ({ settings, faulty }: Context): Counting => ({
  currency: settings.currency,
  totals: settings.totals,
  faulty,
})

type Sources = Readonly<{
  identity: Identity
  settings: Settings
  clock: () => Date
  wording: (code: string) => string
  headstrong?: boolean
  store: Pick<
    Context,
    'signedIn' | 'operator' | 'trace' | 'batch' | 'records' | 'due' | 'settlement' | 'lastBatch' | 'interrupted'
  >
}>

/** The store as it is now. */
export function contextOf({ identity, settings, clock, wording, headstrong = false, store }: Sources, faulty: Faulty): Context {
  const { signedIn, operator, trace, batch, records, due, settlement, lastBatch, interrupted } = store
  return {
    identity,
    settings,
    faulty,
    headstrong,
    wording,
    now: clock(),
    signedIn,
    operator,
    trace,
    batch,
    records,
    due,
    settlement,
    lastBatch,
    interrupted,
  }
}
