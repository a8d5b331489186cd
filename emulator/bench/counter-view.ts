/** What stands on the counter, for whoever looks at it from outside: plain values, masked, ready to be written as JSON. */
export type CounterView = Readonly<{
  /** The state of the terminal, by its name in the table. */
  at: string
  lines: readonly string[]
  /** Whether the plug is in, and whether the cable of the line is. */
  plug: boolean
  cable: boolean
  signedIn: boolean
  /** Two digits; '00' before the first sign-in. */
  operator: string
  batch: string
  /** The next voucher number. */
  voucher: string
  /** Oldest first: the open batch, and the closed one before it. */
  records: readonly CounterRecord[]
  /** What is still to be undone at the acquirer. */
  due: readonly CounterReversal[]
  totals: readonly CounterTotals[]
  /** How far an unfinished settlement has come. */
  settling?: string
  /** Faults that wait for their moment, the next first. */
  armed: readonly string[]
  /** What was done here so far as a feature, or why it cannot be told. */
  scenario: Readonly<{ feature: string }> | Readonly<{ because: string }>
  money: Money
}>

/** Amounts as people write them, sign of the currency included. */
export type CounterRecord = Readonly<{
  operation: string
  state: string
  trace: string
  card: string
  amount: string
  reference?: string
  settled: boolean
}>

export type CounterReversal = Readonly<{
  operation: string
  trace: string
  amount: string
  reason: string
  sends: number
  state: 'pending' | 'unresolved'
}>

export type CounterTotals = Readonly<{
  name: 'domestic' | 'foreign'
  debit: string
  credit: string
  debits: number
  credits: number
}>

/** Where the money is. `source`: from the acquirer's own books, or, where it shows none, reckoned from its answers. */
export type Money = Readonly<{ source: 'books' | 'answers'; accounts: readonly Account[] }>

/** `change`: since the till was set up. An acquirer that shows no books tells no balance. `batch`: what the next settlement brings. */
export type Account = Readonly<{
  whose: 'cardholder' | 'merchant' | 'batch'
  name: string
  balance?: string
  change: string
  moved: boolean
}>

/** A card of the wallet. `pinHint`: its PIN may be told, for it is a documented test card. */
export type WalletCard = Readonly<{ holder: string; masked: string; expiry: string; issued: boolean; pinHint: boolean }>

/** What never changes while the till stands here. */
export type CounterFacts = Readonly<{
  profile: string
  acquirer: string
  terminal: Readonly<{ terminalId: string; merchantId: string; merchantName: string }>
  cards: readonly WalletCard[]
  functions: readonly string[]
  /** Everything that our own line can do wrong, by name, and what it is for people. */
  faults: readonly Readonly<{ id: string; says: string }>[]
  staff: Readonly<{ operator: string; password: string; supervisorPassword: string }>
  /** The transition table: every state, and every arrow that it has. */
  states: readonly string[]
  arrows: readonly Readonly<{ from: string; on: string; to: string }>[]
}>
