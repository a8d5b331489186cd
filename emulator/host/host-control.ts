import { EmulatorError } from '../values/errors.ts'
import type { Control, LedgerView } from '../values/ledger-view.ts'
import type { Acquirer } from './acquirer.ts'
import type { Book } from './book.ts'
import type { Clock } from './clock.ts'
import type { CardState, TerminalState } from './fact.ts'
import { faultsNamed } from './faults.ts'
import { showBooks } from './show.ts'

export type Failure = Parameters<Control['fail']>[0]

/** The control port without its port: looks into a host and changes it from outside. */
export class HostControl implements Control {
  readonly #acquirer: Acquirer
  readonly #book: Book
  readonly #clock: Clock
  #crashes = false
  #slow = false
  #restarting: () => void = () => undefined

  constructor(acquirer: Acquirer, book: Book, clock: Clock) {
    this.#acquirer = acquirer
    this.#book = book
    this.#clock = clock
  }

  /** What a restart does to the lines. */
  whenRestarting(breakLines: () => void): void {
    this.#restarting = breakLines
  }

  /** Whether the host crashes now that it has decided and not yet answered. It does so once. */
  takeCrash(answering: boolean): boolean {
    const crashes = this.#crashes && answering
    if (crashes) this.#crashes = false
    return crashes
  }

  /** Whether a request stays in work until another one comes. It does so once. */
  takeSlowness(): boolean {
    const slow = this.#slow
    this.#slow = false
    return slow
  }

  async ledger(): Promise<LedgerView> {
    const { books, now, policy, faults } = this.#acquirer
    const view = showBooks(books, this.#book, now, policy.zone)
    return faults.reduce((shown, fault) => fault.view?.(shown) ?? shown, view)
  }

  async closeDay(): Promise<void> {
    this.#acquirer.add({ is: 'day closed', date: this.#acquirer.now.businessDate })
  }

  async advanceClock({ seconds }: Readonly<{ seconds: number }>): Promise<void> {
    this.#clock.advance(seconds)
  }

  /** @throws EmulatorError `CARD_UNKNOWN` */
  async setCard(masked: string, state: CardState): Promise<void> {
    if (!this.#book.cards.some(card => card.pan.masked === masked)) throw new EmulatorError('CARD_UNKNOWN', { card: masked })
    this.#acquirer.add({ is: 'card set', card: masked, state })
  }

  /** @throws EmulatorError `TERMINAL_UNKNOWN` */
  async setTerminal(terminalId: string, state: TerminalState): Promise<void> {
    if (!this.#acquirer.books.terminal(terminalId)) throw new EmulatorError('TERMINAL_UNKNOWN', { terminal: terminalId })
    this.#acquirer.add({ is: 'terminal set', terminalId, state })
  }

  /** @throws EmulatorError `FAULT_UNKNOWN` */
  async setFaults(names: readonly string[]): Promise<void> {
    this.#acquirer.faults = faultsNamed(names)
  }

  async fail(how: Failure): Promise<void> {
    if (how === 'crash before answering') this.#crashes = true
    else if (how === 'slow once') this.#slow = true
    else if (how === 'restart') {
      this.#restarting()
      this.#acquirer.restart()
    } else this.#acquirer.issuerAway = how === 'issuer away'
  }
}
