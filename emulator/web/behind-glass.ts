import type { Stage, Watcher } from '../bench/counter.ts'
import { documentedNumbers } from '../bench/counter-cards.ts'
import { factsOf } from '../bench/counter-facts.ts'
import type { CounterFacts, CounterView } from '../bench/counter-view.ts'
import { viewOf } from '../bench/counter-view-of.ts'
import type { Laboratory } from '../bench/laboratory.ts'
import { Passwords } from '../bench/staff.ts'
import type { Till } from '../bench/till.ts'
import type { Entry } from '../journal/entry.ts'
import type { ReadCard } from '../values/request.ts'

type Dialect = Stage['dialect']

const walletOf = ({ profile, set }: Laboratory): Laboratory['profile']['cards'] => profile.cards.filter(card => card.set === set)

/** The place in the wallet on the page of the card that was read, if it is there as it was read. */
export function placeInWallet(laboratory: Laboratory, { entry, pan, expiry }: ReadCard): number | undefined {
  const place = walletOf(laboratory).findIndex(card => card.pan.equals(pan) && card.expiry === expiry)
  return place < 0 || entry !== 'swiped' ? undefined : place
}

/** Something that is done at the page: what the page will ask for when it was done, and what then befalls the terminal. */
export type Deed = Readonly<{ asks: string; does: () => Promise<void> }>

/** Things done at the page so quickly that they reach the terminal at once. */
type Flurry = Readonly<{ deeds: readonly Deed[]; asked: string[]; arrived: PromiseWithResolvers<void> }>

/**
 * A till of a scenario as a page needs it. The scenario's own steps announce what is done and arrange what goes wrong; whatever the page asks for has to
 * be what was done there just now, in the same order.
 */
export class BehindGlass implements Stage {
  readonly facts: CounterFacts
  readonly dialect: Dialect
  #till: Till
  #entries: Entry[] = []
  /** What the display said last, as the journal has it: a fault of the terminal may show what no page is to know. */
  #lines: readonly string[] | undefined
  #watcher: Watcher = { wrote: () => undefined, changed: () => undefined, failed: () => undefined }
  #flurry: Flurry | undefined

  private constructor(facts: CounterFacts, dialect: Dialect, till: Till) {
    this.facts = facts
    this.dialect = dialect
    this.#till = till
  }

  static async before(laboratory: Laboratory, till: Till): Promise<BehindGlass> {
    const { profile, dialect } = laboratory
    const cards = walletOf(laboratory)
    const facts = factsOf({ profile, cards, staff: new Passwords(), documented: await documentedNumbers() }, till.identity)
    // Nobody reads them off this page, and its trace is kept.
    const hidden = { ...facts, staff: { operator: facts.staff.operator, password: '••••', supervisorPassword: '••••••' } }
    return new BehindGlass(hidden, dialect, till)
  }

  /** Another till takes the place of the one before. `entries`: what its scenario has written about it so far. */
  stand(till: Till, entries: readonly Entry[]): void {
    this.#till = till
    this.#entries = [...entries]
    this.#lines = undefined
    this.#flurry = undefined
  }

  wrote(entry: Entry): void {
    this.#entries.push(entry)
    if (entry.is === 'display') this.#lines = entry.lines
    this.#watcher.wrote(entry)
  }

  /** From now on the page is expected to ask for these. Resolves when it has, and they have befallen the terminal, one right after the other. */
  expect(deeds: readonly Deed[]): Promise<void> {
    this.#flurry = { deeds, asked: [], arrived: Promise.withResolvers() }
    return this.#flurry.arrived.promise
  }

  watch(watcher: Watcher): void {
    this.#watcher = watcher
  }

  entries(): readonly Entry[] {
    return this.#entries
  }

  async view(): Promise<CounterView> {
    const view = viewOf(this.#till, {
      cable: true,
      armed: this.#till.line.faults.armed,
      scenario: { because: 'A scenario is going on here.' },
      money: { source: 'answers', accounts: [] },
    })
    return { ...view, lines: this.#lines ?? view.lines }
  }

  press(name: string): Promise<void> {
    return this.#asked(name)
  }

  swipe(no: number): Promise<void> {
    return this.#asked(`card ${no}`)
  }

  plug(isIn: boolean): Promise<void> {
    return this.#asked(isIn ? 'plug in' : 'plug out')
  }

  pinOf(): undefined {
    return undefined
  }

  scenario() {
    return { because: 'A scenario is going on here.' }
  }

  arm(): never {
    throw new RangeError('what goes wrong is arranged by the scenario')
  }

  disarm(): never {
    return this.arm()
  }

  cable(): never {
    return this.arm()
  }

  /**
   * The page asks for something. What was done quickly one thing after the other reaches the terminal at once, when all of it is here: beside our own host an
   * answer takes less time than a second key through a browser.
   */
  async #asked(for_: string): Promise<void> {
    const flurry = this.#flurry
    if (flurry === undefined) throw new Error(`nobody did anything at the page, and it asks for ${for_}`)
    flurry.asked.push(for_)
    if (flurry.asked.length < flurry.deeds.length) return
    this.#flurry = undefined
    const wanted = flurry.deeds.map(({ asks }) => asks)
    if (wanted.join() !== flurry.asked.join()) {
      flurry.arrived.reject(new Error(`pressed was ${wanted.join(', ')}, and the page asked for ${flurry.asked.join(', ')}`))
      return
    }
    try {
      const done = Promise.all(flurry.deeds.map(({ does }) => does()))
      this.#watcher.changed()
      await done
      flurry.arrived.resolve()
    } catch (thrown) {
      flurry.arrived.reject(thrown)
    }
    this.#watcher.changed()
  }
}
