import type { Card } from '../card/card.ts'
import type { Profile } from '../profile/profile.ts'
import { yuan } from '../values/amount.ts'
import type { Cashier } from './cashier.ts'
import type { Cast } from './cast.ts'
import type { Deed, Memory } from './memory.ts'
import type { Staff } from './staff.ts'
import type { Till } from './till.ts'

/**
 * Controls and probes. A refusal says nothing unless whoever was refused may do the same with what is its own, and what was attacked can be
 * shown to be as it was.
 */
export class Checks {
  readonly #cashier: Cashier
  readonly #staff: Staff
  readonly #memory: Memory
  readonly #cast: Cast
  readonly #profile: Pick<Profile, 'supports' | 'knobs'>
  /** Sales made for a control. */
  readonly #own = new Set<Deed>()

  constructor(cashier: Cashier, staff: Staff, memory: Memory, cast: Cast, profile: Pick<Profile, 'supports' | 'knobs'>) {
    this.#cashier = cashier
    this.#staff = staff
    this.#memory = memory
    this.#cast = cast
    this.#profile = profile
  }

  canSell(till: Till, card: Card = this.#card()): Promise<Deed> {
    return this.#control(() => this.#cashier.sell(till, { card, amount: yuan(1_00n) }))
  }

  /** After a refusal for want of a sign-in the till signs in anew. */
  async canSellSignedIn(till: Till): Promise<Deed> {
    await this.#staff.as('setup', () => this.#cashier.signIn(till))
    return this.canSell(till)
  }

  async canVoid(till: Till): Promise<Deed> {
    const sale = await this.saleForControl(till)
    return this.#control(() => this.#cashier.void(till, sale))
  }

  /** A sale that somebody may void who was refused another void. It is not what the scenario speaks of as "that sale". */
  async saleForControl(till: Till): Promise<Deed> {
    return this.#mine(await this.#staff.as('setup', () => this.#cashier.sell(till, { card: this.#card(), amount: yuan(2_00n) })))
  }

  async canRefund(till: Till): Promise<Deed> {
    const sale = this.#mine(
      await this.#staff.as('setup', () => this.#cashier.sell(till, { card: this.#card(), amount: yuan(3_00n) })),
    )
    await this.#settleBeforeRefund(till)
    return this.#control(() => this.#cashier.refund(till, sale, yuan(3_00n)))
  }

  /** The owner voids it after all: so it was live. */
  stillVoidable(sale: Deed): Promise<Deed> {
    return this.#staff.as('probe', () => this.#cashier.void(sale.till, sale))
  }

  /** Where the acquirer refunds at all. */
  async stillRefundable(sale: Deed): Promise<Deed | undefined> {
    if (!this.#profile.supports.has('refund')) return undefined
    await this.#settleBeforeRefund(sale.till)
    return this.#staff.as('probe', () => this.#cashier.refund(sale.till, sale, sale.amount ?? yuan(1_00n)))
  }

  /** Not every acquirer refunds a sale of today as such. */
  async #settleBeforeRefund(till: Till): Promise<void> {
    if (this.#profile.knobs.refundBeforeSettle === 'refund') return
    await this.#staff.as('setup', () => this.#cashier.settle(till))
  }

  /** What the scenario speaks of as "that sale": the last one that is not one of our own controls. */
  target(): Deed {
    const own = this.#memory.all('sale').filter(sale => !this.#own.has(sale))
    return own.at(-1) ?? this.#memory.last('sale')
  }

  /** The operation that a claim is about, if the scenario has one under test. */
  tested(): Readonly<Record<string, number>> {
    const operation = this.#staff.tested.at(-1)
    return operation === undefined ? {} : { operation }
  }

  /** The sale, void or refund that came to no good end: the one whose reversal, or fate after a power cut, the scenario is about. */
  troubled(): Readonly<Record<string, number>> {
    const deeds = (['sale', 'void', 'refund'] as const)
      .flatMap(name => this.#memory.all(name))
      .filter(deed => !this.#own.has(deed))
    const last = deeds.toSorted((one, other) => one.operation - other.operation)
    const unanswered = last.findLast(deed => deed.till.line.sentFor(deed.operation, deed.name)?.taken !== true)
    const deed = unanswered ?? last.at(-1)
    return deed === undefined ? this.tested() : { operation: deed.operation }
  }

  /** The first settlement under test. */
  settlement(): Readonly<Record<string, number>> {
    const first = this.#memory.all('settle').find(({ operation }) => this.#staff.tested.includes(operation))
    return first === undefined ? this.tested() : { operation: first.operation }
  }

  async #control(does: () => Promise<Deed>): Promise<Deed> {
    return this.#mine(await this.#staff.as('control', does))
  }

  #mine(deed: Deed): Deed {
    this.#own.add(deed)
    return deed
  }

  /** Somebody who has nothing to do with the scenario. */
  #card(): Card {
    return this.#cast.card('Carol')
  }
}
