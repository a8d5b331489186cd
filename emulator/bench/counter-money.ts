import type { ProfileCard } from '../profile/profile.ts'
import type { TransactionRecord } from '../terminal/record.ts'
import type { Identity } from '../terminal/settings.ts'
import { Amount } from '../values/amount.ts'
import { CNY } from '../values/currency.ts'
import type { Control, LedgerView } from '../values/ledger-view.ts'
import type { Account, Money } from './counter-view.ts'

type Owner = Readonly<{ whose: Account['whose']; account: string; name: string }>

/** Where the money of the people at one counter is: from the acquirer's books where it shows them, else from its answers. */
export class Books {
  readonly #control: Control | undefined
  readonly #owners: readonly Owner[]
  readonly #before: ReadonlyMap<string, bigint>

  private constructor(control: Control | undefined, owners: readonly Owner[], before: ReadonlyMap<string, bigint>) {
    this.#control = control
    this.#owners = owners
    this.#before = before
  }

  static async open(
    control: Control | undefined,
    cards: readonly ProfileCard[],
    { merchantId, merchantName }: Identity,
  ): Promise<Books> {
    const holders = cards
      .filter(({ funds }) => funds !== undefined)
      .map(({ holder, pan }): Owner => ({ whose: 'cardholder', account: `card:${pan.masked}`, name: holder }))
    const merchant: Owner = { whose: 'merchant', account: `merchant:${merchantId}`, name: merchantName }
    const before = control === undefined ? new Map<string, bigint>() : balancesIn(await control.ledger())
    return new Books(control, [...holders, merchant], before)
  }

  async money(records: readonly TransactionRecord[]): Promise<Money> {
    const batch: Account = {
      whose: 'batch',
      name: 'the open batch',
      ...changed(netOf(records.filter(({ settled }) => !settled))),
    }
    if (this.#control === undefined) return { source: 'answers', accounts: [...this.#reckoned(records), batch] }
    const now = balancesIn(await this.#control.ledger())
    const accounts = this.#owners.map(({ whose, account, name }): Account => {
      const balance = now.get(account) ?? 0n
      const change = balance - (this.#before.get(account) ?? 0n)
      return { whose, name, balance: text(balance), ...changed(change) }
    })
    return { source: 'books', accounts: [...accounts, batch] }
  }

  /** What the answers say: a card pays what its approved transactions come to, a merchant gets what has been settled. */
  #reckoned(records: readonly TransactionRecord[]): readonly Account[] {
    return this.#owners.map(({ whose, account, name }): Account => {
      if (whose === 'merchant') return { whose, name, ...changed(netOf(records.filter(({ settled }) => settled))) }
      return { whose, name, ...changed(-netOf(records.filter(({ card }) => account === `card:${card.pan.masked}`))) }
    })
  }
}

/** Minor units that approved transactions bring a merchant: a sale moves money one way, its void and a refund the other. */
function netOf(records: readonly TransactionRecord[]): bigint {
  return records
    .filter(({ state }) => state === 'approved' || state === 'voided')
    .reduce((net, { operation, amount }) => net + (operation === 'sale' ? amount.minor : -amount.minor), 0n)
}

const balancesIn = ({ accounts }: LedgerView): ReadonlyMap<string, bigint> =>
  new Map(accounts.map(({ name, balance }) => [name, BigInt(balance)]))

const text = (minor: bigint): string => new Amount(minor, CNY).toString()

const changed = (minor: bigint): Pick<Account, 'change' | 'moved'> => ({
  change: `${minor > 0n ? '+' : ''}${text(minor)}`,
  moved: minor !== 0n,
})
