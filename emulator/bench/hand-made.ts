import type { Entry } from '../journal/entry.ts'
import type { Operation } from '../values/operation.ts'

/** What a till remembers of a transaction when its request leaves. */
export type Underlying = Readonly<{ trace: string; amount: string; original?: Readonly<{ trace?: string; reference?: string }> }>

/** One thing done by hand, with everything that a feature can say about it. */
export type HandMade = {
  readonly name: Operation
  readonly operation: number
  holder?: string
  how?: 'swiped' | 'keyed'
  /** Yuan with two decimals, as features write it. */
  amount?: string
  trace?: string
  original?: Underlying['original']
  reference?: string
  /** Our own line's doing, and which message it befell. */
  readonly faults: { fault: string; about: string }[]
  sent: boolean
  powerFailed: boolean
  /** The power came back before it. */
  afterPower: boolean
  /** A reversal went before its own message. */
  reversedFirst: boolean
  outcome?: string
  resultCode?: string
}

/** Listens to the journal of one till and keeps what was done there, in order. */
export class HandMades {
  readonly #done: HandMade[] = []
  readonly #exchanges = new Map<number, string>()
  readonly #underlying: () => Underlying | undefined
  #powerWasOff = false

  /** `underlying`: the transaction whose request is leaving just now. */
  constructor(underlying: () => Underlying | undefined) {
    this.#underlying = underlying
  }

  get done(): readonly HandMade[] {
    return this.#done
  }

  /** Somebody's card came in at the operation that is going on. */
  card(holder: string, how: 'swiped' | 'keyed'): void {
    const last = this.#done.at(-1)
    if (last === undefined || last.outcome !== undefined) return
    last.holder = holder
    last.how = how
  }

  hear(entry: Entry): void {
    if (entry.is === 'operation began') {
      const { name, operation } = entry
      const afterPower = this.#powerWasOff
      this.#powerWasOff = false
      this.#done.push({ name, operation, faults: [], sent: false, powerFailed: false, afterPower, reversedFirst: false })
      return
    }
    const last = this.#done.at(-1)
    if (last === undefined) return
    if (entry.is === 'sent') this.#left(last, entry.name, entry.exchange)
    else if (entry.is === 'received') {
      const { reference } = entry.fields
      if (entry.name === last.name && reference !== undefined) last.reference = reference
    } else if (entry.is === 'line') {
      if (entry.event === 'fault' && entry.fault !== undefined)
        last.faults.push({ fault: entry.fault, about: this.#exchanges.get(entry.exchange) ?? last.name })
    } else if (entry.is === 'outcome') {
      if (entry.name !== last.name) return
      last.outcome = entry.outcome
      if (entry.resultCode !== undefined) last.resultCode = entry.resultCode
    } else if (entry.is === 'terminal') {
      if (entry.event === 'power cut') last.powerFailed = last.outcome === undefined
      if (entry.event === 'restarted') this.#powerWasOff = true
    }
  }

  #left(last: HandMade, name: string, exchange: number): void {
    this.#exchanges.set(exchange, name)
    if (name === 'reverse' && last.name !== 'reverse' && !last.sent) last.reversedFirst = true
    if (name !== last.name) return
    last.sent = true
    const underlying = this.#underlying()
    if (underlying === undefined) return
    last.trace = underlying.trace
    last.amount = underlying.amount
    if (underlying.original !== undefined) last.original = underlying.original
  }
}
