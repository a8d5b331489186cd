import { type Account, merchantAccount, mirrored, moves, type NewPosting, type Posting, sizeOf, sumOf } from './posting.ts'
import type { Transaction } from './transaction.ts'

export type MoneyState = 'posted' | 'credited' | 'voided' | 'reversed' | 'declined' | 'set aside'

/**
 * The double-entry book: postings whose legs sum to zero, one after the other, none ever changed. What is live is not kept anywhere but follows:
 * a posting lives until a living void or reversal undoes it, so reversing a void makes its sale live again.
 */
export class Ledger {
  readonly #postings: Posting[] = []
  readonly #undoers = new Map<number, Posting[]>()
  readonly #ofTransaction = new Map<number, Posting[]>()
  readonly #balances = new Map<Account, bigint>()

  get postings(): readonly Posting[] {
    return this.#postings
  }

  get balances(): ReadonlyMap<Account, bigint> {
    return this.#balances
  }

  balance(account: Account): bigint {
    return this.#balances.get(account) ?? 0n
  }

  /**
   * Numbers a posting and takes it into the book.
   *
   * @throws RangeError when its legs do not sum to zero, or it refers to a posting that is not there: a mistake of ours
   */
  post(posting: NewPosting): Posting {
    const sum = sumOf(posting.legs)
    if (sum !== 0n) throw new RangeError(`the legs of a ${posting.kind} sum to ${sum}, not to zero`)
    if (posting.of !== undefined && !this.#postings[posting.of - 1])
      throw new RangeError(`a ${posting.kind} refers to posting ${posting.of}, which is not there`)
    const numbered: Posting = { id: this.#postings.length + 1, ...posting }
    this.#postings.push(numbered)
    for (const leg of posting.legs) this.#balances.set(leg.account, this.balance(leg.account) + leg.minor)
    if (posting.of !== undefined) append(this.#undoers, posting.of, numbered)
    append(this.#ofTransaction, posting.transaction, numbered)
    return numbered
  }

  /** The posting by which an approved transaction moved money. */
  postingOf(transaction: Transaction): Posting | undefined {
    return this.#ofTransaction.get(transaction.id)?.find(posting => posting.kind !== 'reversal' && posting.kind !== 'correction')
  }

  /** Living postings of these kinds that refer to this one. */
  after(posting: Posting, kinds: readonly Posting['kind'][]): readonly Posting[] {
    return (this.#undoers.get(posting.id) ?? []).filter(undoer => kinds.includes(undoer.kind) && !this.isReversed(undoer))
  }

  isReversed(posting: Posting): boolean {
    return this.after(posting, ['reversal']).length > 0
  }

  /** What living voids have taken off a posting. */
  voidedPart(posting: Posting): bigint {
    return this.after(posting, ['void']).reduce((sum, undoer) => sum + sizeOf(undoer), 0n)
  }

  /** What living refunds have given back of a posting. */
  refundedPart(posting: Posting): bigint {
    return this.after(posting, ['refund']).reduce((sum, undoer) => sum + sizeOf(undoer), 0n)
  }

  /** What of a posting still stands: nothing once reversed, else its size less what was voided. */
  standing(posting: Posting): bigint {
    return this.isReversed(posting) ? 0n : sizeOf(posting) - this.voidedPart(posting)
  }

  stateOf(transaction: Transaction): MoneyState {
    const posting = this.postingOf(transaction)
    if (!posting) return 'declined'
    if (this.isReversed(posting)) return 'reversed'
    if (this.standing(posting) === 0n) return 'voided'
    if (this.after(posting, ['correction']).length > 0) return 'set aside'
    return transaction.operation === 'refund' ? 'credited' : 'posted'
  }
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

/** The legs of a void or refund: clearing gives money back to the cardholder. */
export const creditLegs = (card: Account, minor: bigint) => moves('clearing', card, minor)

/** A reversal: the legs of what it reverses, the other way round. */
export const reversalOf = (posting: Posting): NewPosting => ({
  transaction: posting.transaction,
  kind: 'reversal',
  of: posting.id,
  legs: mirrored(posting.legs),
})

/** A settlement: clearing pays the merchant what the batch came to; minus means that the merchant owes. */
export const fundingOf = (merchantId: string, minor: bigint): NewPosting => ({
  transaction: 0,
  kind: 'settlement',
  legs: moves('clearing', merchantAccount(merchantId), minor),
})

/** A transaction that stays out of a settlement: its money leaves clearing and waits in suspense for a person to look at it. */
export function setAside(posting: Posting, minor: bigint): NewPosting {
  const inClearing = posting.legs.find(leg => leg.account === 'clearing')?.minor ?? 0n
  return {
    transaction: posting.transaction,
    kind: 'correction',
    of: posting.id,
    legs: inClearing < 0n ? moves('suspense', 'clearing', minor) : moves('clearing', 'suspense', minor),
  }
}
