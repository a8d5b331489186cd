export type VoidWindow =
  | 'same-batch'
  | 'same-business-day'
  | Readonly<{ untilCutoff: string }>
  | Readonly<{ hours: number }>
  | Readonly<{ days: number }>

/** A length of time by its unit: `{ minutes: 5 }`, `{ months: 12 }`. */
export type Span = Readonly<Record<string, number>>

/** How this host behaves where hosts lawfully differ. Absent ones take the value of `reference`. */
export type HostKnobs = Readonly<{
  zone?: string
  cutoff?: string
  voidWindow?: VoidWindow
  voidScope?: 'same-terminal' | 'same-merchant'
  voidAmount?: 'full-only' | 'partial'
  dupMode?: 'replay' | 'decline' | 'flag' | 'silent'
  dupKey?: 'exact' | 'reference' | 'suspected'
  dupWindow?: Span
  replayMemory?: 'batch' | Span
  revUnknown?: 'ack' | 'not-found'
  totals?: 'net' | 'gross'
  refundBeforeSettle?: 'refuse' | 'convert-to-void' | 'refund'
  refundCeil?: Readonly<{ percent: number }>
  refundWindow?: Span
}>

/** `HostKnobs` with nothing left open, and what of a profile's flags and dialect settings changes a rule. */
export type Policy = Required<Omit<HostKnobs, 'cutoff' | 'dupWindow' | 'refundWindow'>> &
  Readonly<{
    cutoff?: string
    dupWindow?: Span
    refundWindow?: Span
    /** Flags of the profile; here `refund`, `partial-refund`, `void-pin` and `balance` count. */
    supports: ReadonlySet<string>
    /** Whether every approval but a refund's carries field 38. */
    approvalCode: 'always' | 'sometimes'
    /** What becomes of a request under another batch number than the host's: a refusal with this code, or nothing. */
    batchMismatch: '77' | '12' | 'accept'
    /** Whether a terminal has to sign in before it sells. */
    signsOn: boolean
    /** Whether transactions are uploaded after totals that differ, and an end notice closes the batch. */
    uploads: boolean
    /** Network management codes of the end notice, by what the totals were. */
    endNotice: Readonly<{ balanced: string; unbalanced: string }>
  }>

/** The reference host in the UnionPay dialect. */
export const reference: Policy = {
  zone: 'Asia/Shanghai',
  voidWindow: 'same-business-day',
  voidScope: 'same-terminal',
  voidAmount: 'full-only',
  dupMode: 'decline',
  dupKey: 'exact',
  replayMemory: 'batch',
  revUnknown: 'not-found',
  totals: 'gross',
  refundBeforeSettle: 'refund',
  refundCeil: { percent: 100 },
  supports: new Set(['refund', 'partial-refund', 'void-pin', 'balance']),
  approvalCode: 'always',
  batchMismatch: '77',
  signsOn: true,
  uploads: true,
  endNotice: { balanced: '207', unbalanced: '202' },
}

const millisOf: Readonly<Record<string, number>> = {
  seconds: 1000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  months: 30 * 86_400_000,
}

/** A span in milliseconds; a month counts thirty days. Unknown units count nothing, so that a typing mistake is a short window. */
export function millisIn(span: Span): number {
  return Object.entries(span).reduce((sum, [unit, count]) => sum + (millisOf[unit] ?? 0) * count, 0)
}
