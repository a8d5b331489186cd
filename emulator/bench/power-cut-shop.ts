import { identify } from '../dialects/identify.ts'
import { type Host, startHost } from '../host/host.ts'
import type { ProfileCard } from '../profile/profile.ts'
import { Store } from '../terminal/store.ts'
import { memoryNetwork } from '../transport/memory.ts'
import { tcp } from '../transport/tcp.ts'
import type { Finished, Transport } from '../transport/transport.ts'
import type { LedgerView } from '../values/ledger-view.ts'
import type { Hands } from './hands.ts'
import type { Fault, Laboratory } from './laboratory.ts'
import type { Line } from './line.ts'
import { type Cut, Plug, pluggedIn } from './power-cut-plug.ts'
import { type BootedTill, bootTill, cardOf, placeOf } from './power-cut-till.ts'
import { Told } from './power-cut-told.ts'
import { bookOf } from './under-test.ts'

/**
 * How a shop is set up. `repeats`: what its acquirer does with a request that it has seen. `comesBack`: whether a power cut costs the till all that it
 * has in memory, as a real one does, or leaves the program as it stood. At most one of the two has a fault.
 */
export type Setup = Readonly<{
  wire: 'memory' | 'tcp'
  totals: 'net' | 'gross'
  repeats: 'replay' | 'decline'
  comesBack: 'a new program' | 'as it was'
  fault?: Fault
}>

/** One till, its store and the reference acquirer, with a plug to pull. */
export class Shop {
  readonly plug: Plug
  readonly store = new Store()
  readonly told = new Told()
  /** The batches that the till has closed, oldest first. `net`: debits less credits, minor units. */
  readonly settlements: Readonly<{ batch: string; net: bigint; balanced: boolean }>[] = []
  readonly #laboratory: Laboratory
  readonly #setup: Setup
  readonly #way: Way
  #boots = 0
  #till: BootedTill

  static async open(laboratory: Laboratory, setup: Setup, cuts: readonly Cut[]): Promise<Shop> {
    return new Shop(laboratory, setup, cuts, await wayTo(laboratory, setup))
  }

  private constructor(laboratory: Laboratory, setup: Setup, cuts: readonly Cut[], way: Way) {
    this.#laboratory = laboratory
    this.#setup = setup
    this.#way = way
    this.plug = new Plug(cuts)
    this.store.cut = point => this.plug.pass(point)
    this.#till = this.#boot()
  }

  get hands(): Hands {
    return this.#till.hands
  }

  /** Faults of the line, to be armed. */
  get faults(): Line['faults'] {
    return this.#till.line.faults
  }

  card(holder: string): ProfileCard {
    return cardOf(this.#laboratory, holder)
  }

  isReversal(frame: Uint8Array): boolean {
    const { dialect, codec } = this.#laboratory
    const decoded = codec.decode(frame)
    if (!decoded.ok) return false
    const identity = identify(dialect, decoded.message)
    return identity !== 'unknown' && identity.operation === 'reverse'
  }

  /** Keeps what the till says of the batch that it closed last. */
  noteSettlement(): void {
    const { lastBatch } = this.store
    if (lastBatch === undefined || this.settlements.some(({ batch }) => batch === lastBatch.batch)) return
    const { batch, totals, domestic, foreign } = lastBatch
    const net = [totals.domestic, totals.foreign].reduce((sum, one) => sum + one.debit.minor - one.credit.minor, 0n)
    this.settlements.push({ batch, net, balanced: domestic !== 'unbalanced' && foreign !== 'unbalanced' })
  }

  /** At the acquirer. */
  setTill(state: 'active' | 'blocked'): Promise<void> {
    return this.#way.host.control.setTerminal(placeOf(this.#laboratory).terminal.id, state)
  }

  ledger(): Promise<LedgerView> {
    return this.#way.host.control.ledger()
  }

  /** Power is back, as often as it takes: it may fail again while the till is coming back. */
  async recover(): Promise<void> {
    while (this.#till.terminal.state().at === 'off') {
      await this.#till.line.close()
      if (this.#setup.comesBack === 'a new program') {
        this.told.restarted()
        this.#till = this.#boot()
      }
      await this.#till.terminal.powerUp()
    }
  }

  async close(): Promise<void> {
    await this.#till.line.close()
    this.store.close()
    await this.#way.close()
  }

  #boot(): BootedTill {
    const { totals, fault } = this.#setup
    this.#boots += 1
    return bootTill({
      laboratory: this.#laboratory,
      store: this.store,
      transport: pluggedIn(this.#way.transport, this.plug),
      seed: `boot ${this.#boots}`,
      totals,
      observe: fact => this.told.observe(fact),
      finished: this.#way.finished,
      ...(fault?.kind === 'terminal' ? { fault: fault.id } : {}),
    })
  }
}

type Way = Readonly<{ host: Host; transport: Transport; finished: () => Promise<Finished>; close: () => Promise<void> }>

/** A fresh reference acquirer, over a line in memory or over TCP. */
async function wayTo({ profile, dialect, parameters }: Laboratory, { wire, totals, repeats, fault }: Setup): Promise<Way> {
  let waiting: (finished: Finished) => void = () => undefined
  const host = await startHost({
    book: bookOf(profile),
    dialect,
    knobs: { ...profile.knobs, totals, dupMode: repeats },
    supports: profile.supports,
    port: wire === 'tcp' ? 0 : 'none',
    faults: fault?.kind === 'host' ? [fault.id] : [],
    seed: parameters.seed,
    clock: 'virtual',
    onFinished: finished => waiting(finished),
  })
  const finished = () => new Promise<Finished>(resolve => (waiting = resolve))
  if (wire === 'tcp')
    return { host, transport: tcp(new URL(`tcp://127.0.0.1:${host.port}`)), finished, close: () => host.close() }
  const { listen, reach } = memoryNetwork()
  const { endpoint } = await listen(0, link => ({
    frame: async frame => {
      const answer = await host.answer(frame)
      if (answer !== undefined) link.send(answer)
    },
  }))
  return { host, transport: reach(endpoint), finished, close: () => host.close() }
}
