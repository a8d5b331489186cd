/**
 * One HTTP call that a mapping made, as it may be written down: credentials, tracks and PIN blocks are hidden, card numbers masked.
 *
 * `call` names it within its operation (`sale`, `sale.confirm`, `status`), `intent` what the till wants done, `attempt` how often that was
 * sent. `rule` is the rule of the mapping that fired, or why none was asked; `outcome` the class, `UNKNOWN`, or `NEXT` where a further call
 * follows. `final: false`: a follow-up has to find the end.
 */
export type HttpCall = Readonly<{
  call: string
  intent: string
  attempt: number
  /** The credential set. */
  party: string
  method: string
  path: string
  headers: Readonly<Record<string, string>>
  body?: string
  /** The idempotency key, wherever it stands. */
  key?: string
  /** Absent: nothing came that could be read as an answer. */
  answer?: Readonly<{ status: number; headers: Readonly<Record<string, string>>; body?: string }>
  rule: string
  outcome: string
  also?: readonly string[]
  kind?: string
  final: boolean
  /** The mapping has met an answer that it does not know. */
  unmapped?: true
  /** Status and body of the answer do not say the same. */
  contradicts?: true
  says: string
}>
