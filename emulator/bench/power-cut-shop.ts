import { identify } from '../dialects/identify.ts'
import { secretPaths } from '../dialects/secrets.ts'
import { type Host, startHost } from '../host/host.ts'
import { Journal } from '../journal/journal.ts'
import type { ProfileCard } from '../profile/profile.ts'
import { referenceSettings } from '../terminal/settings.ts'
import { Store } from '../terminal/store.ts'
import { Terminal } from '../terminal/terminal.ts'
import { memoryNetwork } from '../transport/memory.ts'
import { tcp } from '../transport/tcp.ts'
import type { Finished, Transport } from '../transport/transport.ts'
import type { LedgerView } from '../values/ledger-view.ts'
import type { Hands } from './hands.ts'
import type { Laboratory } from './laboratory.ts'
import { Line } from './line.ts'
import { type Cut, Plug, pluggedIn } from './power-cut-plug.ts'
import { Told } from './power-cut-told.ts'
import { Recorder } from './recorder.ts'
import { bookOf } from './under-test.ts'

/** How a shop is set up. `repeats`: what its acquirer does with a request that it has seen. `fault`: of the terminal. */
export type Setup = Readonly<{
  wire: 'memory' | 'tcp'
  totals: 'net' | 'gross'
  repeats: 'replay' | 'decline'
  fault?: string
}>

/**
 * One till, its store and the reference acquirer, with a plug to pull. A restart throws away everything but the store: the till that comes back is a
 * new one, on a new line, as after a real power cut.
 */
export class Shop {
  readonly plug: Plug
  readonly store = new Store()
  readonly told = new Told()
  /** The batches that the till has closed, oldest first. `net`: debits less credits, minor units. */
  readonly settlements: Readonly<{ batch: string; net: bigint; balanced: boolean }>[] = []
  readonly journal = new Journal('power cut', () => 0)
  readonly #laboratory: Laboratory
  readonly #setup: Setup
  readonly #seed: string
  readonly #recorder: Recorder
  readonly #way: Way
  #boots = 0
  #line: Line
  #terminal: Terminal

  static async open(laboratory: Laboratory, setup: Setup, cuts: readonly Cut[], seed: string): Promise<Shop> {
    return new Shop(laboratory, setup, cuts, seed, await wayTo(laboratory, setup, seed))
  }

  private constructor(laboratory: Laboratory, setup: Setup, cuts: readonly Cut[], seed: string, way: Way) {
    this.#laboratory = laboratory
    this.#setup = setup
    this.#seed = seed
    this.#way = way
    this.plug = new Plug(cuts)
    const { profile, dialect } = laboratory
    this.#recorder = new Recorder(this.journal, new Set(profile.merchants.map(({ id }) => id)), message =>
      secretPaths(dialect, message),
    )
    this.store.cut = point => this.plug.pass(point)
    this.#line = this.#newLine()
    this.#terminal = this.#newTerminal()
  }

  get terminal(): Terminal {
    return this.#terminal
  }

  /** The cards of the first set, by holder. */
  card(holder: string): ProfileCard {
    const card = this.#laboratory.profile.cards.find(one => one.holder === holder && one.set === 1)
    if (card === undefined) throw new Error(`the profile has no card for ${holder}`)
    return card
  }

  /** Faults of the line, to be armed. */
  get faults(): Line['faults'] {
    return this.#line.faults
  }

  isReversal(frame: Uint8Array): boolean {
    const { dialect, codec } = this.#laboratory
    const decoded = codec.decode(frame)
    if (!decoded.ok) return false
    const identity = identify(dialect, decoded.message)
    return identity !== 'unknown' && identity.operation === 'reverse'
  }

  get hands(): Hands {
    const terminal = this.#terminal
    return {
      press: terminal.press.bind(terminal),
      present: terminal.present.bind(terminal),
      asks: () => terminal.state().at,
      shows: () => terminal.shows(),
      slips: () => terminal.slips(),
    }
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
    while (this.#terminal.state().at === 'off') {
      await this.#line.close()
      this.told.restarted()
      this.#line = this.#newLine()
      this.#terminal = this.#newTerminal()
      await this.#terminal.powerUp()
    }
  }

  async close(): Promise<void> {
    await this.#line.close()
    this.store.close()
    await this.#way.close()
  }

  #newLine(): Line {
    const { dialect, codec } = this.#laboratory
    this.#boots += 1
    return new Line({
      terminal: 'the shop',
      masterKey: placeOf(this.#laboratory).terminal.masterKey,
      dialect,
      codec,
      transport: pluggedIn(this.#way.transport, this.plug),
      connection: 'per operation',
      seed: `${this.#seed} ${this.#boots}`,
      recorder: this.#recorder,
      replyWithinMillis: 3000,
      finished: this.#way.finished,
    })
  }

  #newTerminal(): Terminal {
    const { merchant, terminal } = placeOf(this.#laboratory)
    const { totals, fault } = this.#setup
    return new Terminal({
      identity: { role: 'the shop', terminalId: terminal.id, merchantId: merchant.id, merchantName: merchant.name },
      settings: { ...referenceSettings, totals },
      store: this.store,
      acquirer: this.#line,
      clock: () => this.#laboratory.clock(),
      wording: code => code,
      observe: fact => this.told.observe(fact),
      ...(fault === undefined ? {} : { fault }),
    })
  }
}

/** The first till of the profile. */
export function placeOf({ profile }: Laboratory) {
  const [merchant] = profile.merchants
  const [terminal] = merchant?.terminals ?? []
  if (merchant === undefined || terminal === undefined) throw new Error('the profile has no terminal')
  return { merchant, terminal }
}

type Way = Readonly<{ host: Host; transport: Transport; finished: () => Promise<Finished>; close: () => Promise<void> }>

/** A fresh reference acquirer, over a line in memory or over TCP. */
async function wayTo({ profile, dialect }: Laboratory, { wire, totals, repeats }: Setup, seed: string): Promise<Way> {
  let waiting: (finished: Finished) => void = () => undefined
  const host = await startHost({
    book: bookOf(profile),
    dialect,
    knobs: { ...profile.knobs, totals, dupMode: repeats },
    port: wire === 'tcp' ? 0 : 'none',
    seed,
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
