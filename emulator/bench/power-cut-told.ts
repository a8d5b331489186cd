import type { TerminalObservation } from '../terminal/observation.ts'
import type { OutcomeWord } from '../terminal/state.ts'

/** The operations that move money. */
export type Kind = 'sale' | 'void' | 'refund'

/** One transaction as the operator knows it. `of`: the trace number of the sale that it voids or refunds. */
export type Deal = { readonly kind: Kind; readonly trace: string; readonly of: string | undefined; readonly told: OutcomeWord[] }

const isKind = (name: string): name is Kind => name === 'sale' || name === 'void' || name === 'refund'

/**
 * What the operator has seen: every end that the till has shown of every sale, void and refund, by trace number. It knows nothing of the till's store,
 * so that what was told can be held against both the till's books and the acquirer's. One trace number names one transaction: the days here are short.
 */
export class Told {
  /** The sale that the operator is about to void or refund. */
  about: string | undefined
  /** Ends that were reported and not shown. */
  readonly unseen: string[] = []
  #screen = ''
  readonly #deals = new Map<string, Deal>()
  readonly #traces = new Map<number, string>()

  /** By trace number, oldest first. */
  get deals(): ReadonlyMap<string, Deal> {
    return this.#deals
  }

  /** A new life of the till: it counts its operations from 1 again. */
  restarted(): void {
    this.#traces.clear()
  }

  observe(fact: TerminalObservation): void {
    if (fact.is === 'sending' && fact.trace !== undefined && isKind(fact.name)) this.#sent(fact.operation, fact.name, fact.trace)
    if (fact.is === 'display') this.#screen = fact.lines.join(' ')
    if (fact.is !== 'outcome' || !isKind(fact.name)) return
    // After a restart the till names by its number what it had been doing.
    const trace = this.#traces.get(fact.operation) ?? /(?:SALE|VOID|REFUND) (\d{6})/.exec(fact.says)?.[1]
    if (trace === undefined) return
    if (fact.says !== this.#screen) this.unseen.push(`${fact.name} ${trace} ${fact.outcome}`)
    this.#deal(fact.name, trace).told.push(fact.outcome)
  }

  /** Whether the operator holds it to be done: the last thing that was said about it. */
  approved(trace: string | undefined): boolean {
    return trace !== undefined && this.#deals.get(trace)?.told.at(-1) === 'approved'
  }

  /** Whether the operator was told of a void of that sale. */
  voided(sale: string): boolean {
    return [...this.#deals.values()].some(({ kind, of, trace }) => kind === 'void' && of === sale && this.approved(trace))
  }

  /** How often the cardholder has paid, by what was told. */
  debits(sale: string): bigint {
    return this.approved(sale) && !this.voided(sale) ? 1n : 0n
  }

  #sent(operation: number, kind: Kind, trace: string): void {
    this.#traces.set(operation, trace)
    this.#deal(kind, trace)
  }

  #deal(kind: Kind, trace: string): Deal {
    const known = this.#deals.get(trace)
    if (known) return known
    const deal: Deal = { kind, trace, of: kind === 'sale' ? undefined : this.about, told: [] }
    this.#deals.set(trace, deal)
    return deal
  }
}
