import type { LedgerPosting } from '../values/ledger-view.ts'
import type { Pan } from '../values/pan.ts'

export type PostingKind = LedgerPosting['kind']

/** `card:621214…0012`, `merchant:M00000000000001`, `clearing`, `suspense`. */
export type Account = `card:${string}` | `merchant:${string}` | 'clearing' | 'suspense'

export type Leg = Readonly<{ account: Account; minor: bigint }>

/** One double entry. `of` is the posting it undoes, gives back or moves; `transaction` is 0 where no one's card was asked. */
export type Posting = Readonly<{ id: number; transaction: number; kind: PostingKind; of?: number; legs: readonly Leg[] }>

/** A posting before the ledger has numbered it. */
export type NewPosting = Omit<Posting, 'id'>

export const cardAccount = (pan: Pan): Account => `card:${pan.masked}`
export const merchantAccount = (merchantId: string): Account => `merchant:${merchantId}`

/** Money from one account to another; a negative amount goes the other way. */
export const moves = (from: Account, to: Account, minor: bigint): readonly Leg[] => [
  { account: from, minor: -minor },
  { account: to, minor },
]

/** The same legs the other way round. */
export const mirrored = (legs: readonly Leg[]): readonly Leg[] => legs.map(leg => ({ account: leg.account, minor: -leg.minor }))

/** What a posting moves, without its direction. */
export function sizeOf(posting: Pick<Posting, 'legs'>): bigint {
  const first = posting.legs[0]?.minor ?? 0n
  return first < 0n ? -first : first
}

export const sumOf = (legs: readonly Leg[]): bigint => legs.reduce((sum, leg) => sum + leg.minor, 0n)

/** The posting of a sale: the cardholder pays, clearing holds the money until the settlement. */
export const saleOf = (transaction: number, pan: Pan, minor: bigint): NewPosting => ({
  transaction,
  kind: 'sale',
  legs: moves(cardAccount(pan), 'clearing', minor),
})
