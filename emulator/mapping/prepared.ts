/** A call as it leaves, but for what authentication adds. The body is serialised once: what is signed is what is sent. */
export type Prepared = Readonly<{
  method: string
  /** Path and query. */
  path: string
  headers: Readonly<Record<string, string>>
  body?: string
  /** The idempotency key, wherever it stands. */
  key?: string
}>

/** What came of a call. `nothing`: no answer that could be read; the acquirer may have acted all the same. */
export type Came =
  | Readonly<{ is: 'answer'; status: number; headers: Readonly<Record<string, string>>; text: string }>
  | Readonly<{ is: 'nothing'; says: string }>
