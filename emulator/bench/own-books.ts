import type { Profile } from '../profile/profile.ts'
import type { LedgerBatch, LedgerPosting, LedgerView } from '../values/ledger-view.ts'

/** What one worker owns at an acquirer: nobody else moves it while the run lasts. Cards by masked number. */
export type Holdings = Readonly<{
  terminals: ReadonlySet<string>
  merchants: ReadonlySet<string>
  cards: ReadonlySet<string>
}>

export function holdingsOf({ merchants, cards }: Pick<Profile, 'merchants' | 'cards'>, set: number): Holdings {
  const own = merchants.flatMap(({ id, terminals }) =>
    terminals.filter(terminal => terminal.set === set).map(terminal => ({ merchant: id, terminal: terminal.id })),
  )
  return {
    terminals: new Set(own.map(({ terminal }) => terminal)),
    merchants: new Set(own.map(({ merchant }) => merchant)),
    cards: new Set(cards.filter(card => card.set === set).map(card => card.pan.masked)),
  }
}

/**
 * The part of an acquirer's books that one scenario can have moved: other workers, and other users of an acquirer, move the rest meanwhile.
 *
 * - Transactions are those of the worker's terminals or cards, since the scenario began; postings are theirs, and those of no transaction that
 *   touch no account of somebody else: what merchants are paid.
 * - Accounts that are somebody else's stand as one, `others`: so the sum over all accounts stays what the acquirer showed.
 * - Batches are those of the worker's merchants, whom other workers' terminals may serve too, since money of a merchant is that of all its batches.
 *   Those that were closed before the scenario began are left out until something changes them.
 */
export class OwnBooks {
  readonly #own: Holdings
  #before: Readonly<{ posting: number; transaction: number; closed: ReadonlySet<string> }> | undefined

  constructor(own: Holdings) {
    this.#own = own
  }

  /** The first view is where the scenario begins. */
  of(ledger: LedgerView): LedgerView {
    this.#before ??= {
      posting: ledger.postings.at(-1)?.id ?? 0,
      transaction: ledger.transactions.at(-1)?.id ?? 0,
      closed: new Set(ledger.batches.filter(({ state }) => state === 'closed').map(asWritten)),
    }
    const { posting, transaction, closed } = this.#before
    const { terminals, merchants, cards } = this.#own
    const owner = new Map(ledger.transactions.map(one => [one.id, terminals.has(one.terminalId) || cards.has(one.card)]))
    return {
      ...ledger,
      accounts: this.#accounts(ledger),
      postings: ledger.postings.filter(one => one.id > posting && (owner.get(one.transaction) ?? this.#isNobodyElses(one))),
      transactions: ledger.transactions.filter(({ id }) => id > transaction && owner.get(id)),
      batches: ledger.batches.filter(one => merchants.has(one.merchantId) && !closed.has(asWritten(one))),
    }
  }

  #isNobodyElses(posting: LedgerPosting): boolean {
    return !posting.legs.some(leg => this.#isOfOthers(leg.account))
  }

  /** A card or a merchant that is not the worker's own. What belongs to the acquirer itself, as clearing does, belongs to all. */
  #isOfOthers(account: string): boolean {
    const [kind, id = ''] = account.split(':')
    return (kind === 'card' && !this.#own.cards.has(id)) || (kind === 'merchant' && !this.#own.merchants.has(id))
  }

  /** A balance that is no whole number cannot be added up, and is shown. */
  #accounts({ accounts }: LedgerView): LedgerView['accounts'] {
    const own: LedgerView['accounts'][number][] = []
    const others = new Map<string, bigint>()
    for (const account of accounts) {
      const { name, currency, balance } = account
      if (this.#isOfOthers(name) && /^-?\d+$/.test(balance)) others.set(currency, (others.get(currency) ?? 0n) + BigInt(balance))
      else own.push(account)
    }
    return [...own, ...[...others].map(([currency, sum]) => ({ name: 'others', currency, balance: `${sum}` }))]
  }
}

const asWritten = (batch: LedgerBatch): string => JSON.stringify(batch)
