import { nextBatch } from '../values/trace.ts'
import type { Fact, Upload } from './fact.ts'

/** A batch of one terminal. `totals`: field 48 of the answer to its settlement, result digits included. */
export type Batch = Readonly<
  { number: string } & (
    | { state: 'open' }
    | { state: 'settling'; totals: string; uploads: readonly Upload[] }
    | { state: 'closed'; totals: string; settled: bigint; funded: bigint }
  )
>

/** The batches of every terminal, the last one of each being the one in use. Numbers begin with 000001. */
export class Batches {
  readonly #of = new Map<string, Batch[]>()
  /** Upload messages already taken, so that a repeat is not taken twice. */
  readonly #messages = new Set<string>()

  all(terminalId: string): readonly Batch[] {
    return this.#list(terminalId)
  }

  /** The batch in use: open or settling. */
  current(terminalId: string): Batch {
    return this.#list(terminalId).at(-1) ?? { number: '000001', state: 'open' }
  }

  find(terminalId: string, number: string): Batch | undefined {
    return this.#list(terminalId).findLast(batch => batch.number === number)
  }

  isClosed(terminalId: string, number: string): boolean {
    return this.find(terminalId, number)?.state === 'closed'
  }

  wasUploaded(message: string): boolean {
    return this.#messages.has(message)
  }

  apply(fact: Extract<Fact, { is: 'batch settling' | 'uploaded' | 'batch closed' }>): void {
    const list = this.#list(fact.terminalId)
    const at = list.findLastIndex(batch => batch.number === fact.batch)
    const batch = list[at]
    if (!batch) throw new RangeError(`terminal ${fact.terminalId} has no batch ${fact.batch}`)
    if (fact.is === 'batch settling') list[at] = { number: batch.number, state: 'settling', totals: fact.totals, uploads: [] }
    else if (fact.is === 'uploaded') {
      this.#messages.add(fact.message)
      if (batch.state === 'settling') list[at] = { ...batch, uploads: [...batch.uploads, ...fact.items] }
    } else {
      const totals = batch.state === 'open' ? '' : batch.totals
      list[at] = { number: batch.number, state: 'closed', totals, settled: fact.settled, funded: fact.funded }
      list.push({ number: nextBatch(batch.number), state: 'open' })
    }
  }

  #list(terminalId: string): Batch[] {
    const known = this.#of.get(terminalId)
    if (known) return known
    const first: Batch[] = [{ number: '000001', state: 'open' }]
    this.#of.set(terminalId, first)
    return first
  }
}
