import type { Card } from '../card/card.ts'
import type { Dialect } from '../dialects/dialect.ts'
import { toReply } from '../dialects/reply.ts'
import type { Cashier } from './cashier.ts'
import { type Deed, replyOf } from './memory.ts'
import type { Recorder } from './recorder.ts'
import type { Staff } from './staff.ts'
import type { Till } from './till.ts'
import type { Tills } from './tills.ts'

/**
 * Money as seen through balance inquiries, where an acquirer shows no books: each card of the scenario is asked about before it is first used, and
 * again whenever somebody looks. The asking is done at the second till, so that the tills under test go on undisturbed.
 */
export class BalanceView {
  readonly #dialect: Dialect
  readonly #cashier: Cashier
  readonly #staff: Staff
  readonly #tills: Tills
  readonly #recorder: Recorder
  readonly #seen = new Map<string, Card>()
  #looking = false

  constructor(dialect: Dialect, cashier: Cashier, staff: Staff, tills: Tills, recorder: Recorder) {
    this.#dialect = dialect
    this.#cashier = cashier
    this.#staff = staff
    this.#tills = tills
    this.#recorder = recorder
  }

  /** Before a card is used for the first time. */
  async first(card: Card): Promise<void> {
    const digits = card.pan.reveal()
    if (this.#looking || this.#seen.has(digits)) return
    this.#seen.set(digits, card)
    await this.#ask(card, 'before')
  }

  async look(moment: string): Promise<void> {
    for (const card of this.#seen.values()) await this.#ask(card, moment)
  }

  /** Asks at this till because the scenario says so, and writes down what the answer shows. */
  async ask(till: Till, card: Card): Promise<void> {
    this.#write(card, `asked at ${till.role}`, await this.#cashier.balance(till, card))
  }

  async #ask(card: Card, moment: string): Promise<void> {
    this.#looking = true
    const deed = await this.#staff.as('view', () => this.#cashier.balance(this.#tills.at('the second till'), card))
    this.#looking = false
    this.#write(card, moment, deed)
  }

  #write(card: Card, moment: string, deed: Deed): void {
    const reply = replyOf(deed)
    const balance = reply === undefined ? undefined : toReply(this.#dialect, reply).balance
    if (balance === undefined) return
    const token = this.#recorder.cardToken(card.pan.reveal())
    this.#recorder.note({
      is: 'view',
      moment,
      view: 'balance',
      card: token,
      minor: balance.minor.toString(),
      operation: deed.operation,
    })
  }
}
