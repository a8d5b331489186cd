import { swipe } from '../card/magstripe.ts'
import type { Dialect } from '../dialects/dialect.ts'
import { secretPaths } from '../dialects/secrets.ts'
import type { Entry, Fact } from '../journal/entry.ts'
import { Journal } from '../journal/journal.ts'
import type { Profile, ProfileCard } from '../profile/profile.ts'
import { editKeys, type FunctionKey, functionKeys, type Key } from '../terminal/key.ts'
import { type LineFaultId, lineFaults } from '../transport/line-faults.ts'
import type { Operation } from '../values/operation.ts'
import { asScenario, type Told as Scenario } from './as-scenario.ts'
import { documentedNumbers } from './counter-cards.ts'
import { factsOf, powerFault } from './counter-facts.ts'
import { Books } from './counter-money.ts'
import type { CounterFacts, CounterView } from './counter-view.ts'
import { viewOf } from './counter-view-of.ts'
import { HandMades, type Underlying } from './hand-made.ts'
import { Laboratory } from './laboratory.ts'
import { readParameters } from './parameters.ts'
import { Recorder } from './recorder.ts'
import { Staff } from './staff.ts'
import type { Till } from './till.ts'
import { Tills } from './tills.ts'
import { Trouble } from './trouble.ts'
import { embedded, type UnderTest } from './under-test.ts'

/** What goes wrong on request: a fault of our own line, or the power at the worst moment. */
type CounterFault = LineFaultId | typeof powerFault

/** The operation that a function key begins; the others send nothing of their own. */
const begins: Readonly<Partial<Record<FunctionKey, Operation>>> = {
  sale: 'sale',
  void: 'void',
  refund: 'refund',
  inquire: 'inquire',
  'sign in': 'signIn',
  'sign off': 'signOff',
  echo: 'echo',
  settle: 'settle',
  reverse: 'reverse',
}

/** Told what happens: each entry of the journal as it is written, and that something else may have changed. */
export type Watcher = Readonly<{ wrote: (entry: Entry) => void; changed: () => void; failed: (says: string) => void }>

/**
 * One till for one person: set up as for a scenario, with line, store, terminal and journal, but nobody's script. Keys are pressed and cards
 * swiped by whoever stands there; beside our own host both clocks are the one on the wall.
 */
export class Counter {
  readonly facts: CounterFacts
  readonly #till: Till
  readonly #tills: Tills
  readonly #acquirer: UnderTest
  readonly #laboratory: Laboratory
  readonly #journal: LiveJournal
  readonly #staff: Staff
  readonly #trouble: Trouble
  readonly #books: Books
  readonly #cards: readonly ProfileCard[]
  readonly #handMade: HandMades
  #cable = true

  constructor(parts: Parts) {
    const { profile } = parts.laboratory
    this.#till = parts.tills.at('the shop')
    this.#tills = parts.tills
    this.#acquirer = parts.acquirer
    this.#laboratory = parts.laboratory
    this.#journal = parts.journal
    this.#staff = parts.staff
    this.#books = parts.books
    this.#cards = parts.cards
    this.#trouble = new Trouble(profile.speaks, profile.knobs.revRetries)
    this.#handMade = new HandMades(() => underlyingOf(this.#till))
    this.#journal.noticed = entry => this.#handMade.hear(entry)
    this.facts = factsOf({ ...parts, profile }, this.#till.identity)
    this.#staff.role = 'tested'
  }

  get dialect(): Dialect {
    return this.#laboratory.dialect
  }

  watch(watcher: Watcher): void {
    this.#journal.watcher = watcher
  }

  entries(): readonly Entry[] {
    return this.#journal.entries()
  }

  /**
   * Resolves when the terminal is quiet again; while it waits for an answer, keys go on reaching it.
   *
   * @throws RangeError for a key that this terminal does not have
   */
  async press(name: string): Promise<void> {
    const key = keyNamed(name)
    const operation = isFunctionKey(key) ? begins[key] : undefined
    const { at } = this.#till.terminal.state()
    if (operation !== undefined && (at === 'idle' || at === 'told')) this.#staff.begin(this.#till, operation)
    await this.#quietly(() => this.#till.hands.press(key))
  }

  /** @throws RangeError when there is no such card */
  async swipe(no: number): Promise<void> {
    const card = this.#card(no)
    if (this.#till.terminal.state().at === 'awaiting card') this.#handMade.card(card.holder, 'swiped')
    await this.#quietly(() => this.#till.hands.present(swipe(card)))
  }

  /** What was done here as a feature that `certify --only-file` runs, or why it cannot be told. */
  scenario(): Scenario {
    const named = this.#cards.filter(({ funds, holder }) => funds !== undefined && holdersOfFeatures.includes(holder))
    const strangers = this.#cards.filter(({ funds }) => funds === undefined)
    return asScenario(this.#handMade.done, {
      known: named.map(({ holder }) => holder),
      strangers: strangers.map(({ holder }) => holder),
    })
  }

  /** The PIN of a documented test card, for whoever holds it. */
  pinOf(no: number): string | undefined {
    return this.facts.cards[no]?.pinHint ? this.#card(no).pin?.reveal() : undefined
  }

  /** Arms a fault for the next exchange. @throws RangeError for a fault that nobody knows */
  arm(name: string): void {
    const fault = faultNamed(name)
    if (fault === powerFault) this.#trouble.ofPower(this.#till)
    else this.#trouble.onLine(this.#till, fault)
    this.#journal.watcher.changed()
  }

  /** Takes a fault back that has not struck yet. @throws RangeError for a fault that nobody knows */
  disarm(name: string): void {
    const fault = faultNamed(name)
    const { line } = this.#till
    if (fault === powerFault) line.arranged.sparePower()
    else line.faults.disarm(fault)
    if (!this.#cable) this.#unplugCable()
    this.#journal.watcher.changed()
  }

  /** Pulls the cable of the line out, or puts it back. */
  async cable(isIn: boolean): Promise<void> {
    if (isIn === this.#cable) return
    this.#cable = isIn
    if (isIn) this.#till.line.faults.disarm('refuses the connection')
    else {
      await this.#till.line.close()
      this.#unplugCable()
    }
    this.#journal.watcher.changed()
  }

  /** Pulls the plug, or puts it back: then the terminal brings what was going on to its end. */
  async plug(isIn: boolean): Promise<void> {
    const off = this.#till.terminal.state().at === 'off'
    if (isIn !== off) return
    if (isIn) {
      await this.#quietly(() => this.#till.terminal.powerUp())
      return
    }
    this.#till.terminal.cutPower()
    await this.#till.line.close()
    this.#journal.watcher.changed()
  }

  async view(): Promise<CounterView> {
    const { line } = this.#till
    const armed: readonly CounterFault[] = [...line.faults.armed, ...(line.arranged.willFailPower ? ([powerFault] as const) : [])]
    return viewOf(this.#till, {
      cable: this.#cable,
      armed: this.#cable ? armed : armed.filter(fault => fault !== 'refuses the connection'),
      scenario: this.scenario(),
      money: await this.#books.money(this.#till.store.records),
    })
  }

  async close(): Promise<void> {
    await this.#tills.close()
    if (this.#laboratory.isForeign) await this.#laboratory.close()
    else await this.#acquirer.close()
  }

  #unplugCable(): void {
    this.#till.line.faults.disarm('refuses the connection')
    this.#till.line.faults.arm('refuses the connection', { times: 'always' })
  }

  #card(no: number): ProfileCard {
    const card = this.#cards[no]
    if (card === undefined) throw new RangeError(`there is no card ${no} in the wallet`)
    return card
  }

  /** A mistake of ours on the way out is told, and the till stays where it is. */
  async #quietly(does: () => Promise<void>): Promise<void> {
    const { watcher } = this.#journal
    try {
      const done = does()
      watcher.changed()
      await done
    } catch (thrown) {
      watcher.failed(thrown instanceof Error ? thrown.message : String(thrown))
    }
    for (const note of this.#acquirer.notes()) this.#journal.append({ is: 'host note', ours: true, says: note })
    watcher.changed()
  }
}

/** What a page needs of whatever stands behind it. */
export type Stage = Pick<
  Counter,
  | 'facts'
  | 'dialect'
  | 'watch'
  | 'entries'
  | 'view'
  | 'press'
  | 'swipe'
  | 'pinOf'
  | 'arm'
  | 'disarm'
  | 'cable'
  | 'plug'
  | 'scenario'
>

type Parts = Readonly<{
  laboratory: Laboratory
  acquirer: UnderTest
  journal: LiveJournal
  tills: Tills
  staff: Staff
  books: Books
  cards: readonly ProfileCard[]
  documented: ReadonlySet<string>
}>

/**
 * Sets a till up for a profile, beside its acquirer or, without an endpoint, beside our own host.
 *
 * @param seed  what the embedded host draws its keys and numbers from
 */
export async function openCounter(profile: Profile, seed: string): Promise<Counter> {
  const laboratory = new LiveLaboratory(readParameters({ profile: profile.file, seed }), profile, 0)
  const acquirer = await laboratory.acquirer(seed)
  const journal = new LiveJournal('terminal:1', () => laboratory.micros())
  const merchantNumbers = new Set(profile.merchants.map(({ id }) => id))
  const recorder = new Recorder(journal, merchantNumbers, message => secretPaths(profile.speaks, message))
  const staff = new Staff(recorder)
  const tills = new Tills(laboratory, acquirer, recorder, seed)
  const cards = profile.cards.filter(card => card.set === laboratory.set)
  const shown = profile.supports.has('view-ledger') ? acquirer.control : undefined
  const books = await Books.open(shown, cards, tills.at('the shop').identity)
  const documented = await documentedNumbers()
  return new Counter({ laboratory, acquirer, journal, tills, staff, books, cards, documented })
}

/** A laboratory whose clocks run: nobody compares two sessions of a person. */
class LiveLaboratory extends Laboratory {
  override async acquirer(seed: string): Promise<UnderTest> {
    return this.isForeign ? super.acquirer(seed) : embedded(this.profile, seed, undefined, 'real')
  }

  override clock(): Date {
    return new Date()
  }
}

/** A journal that tells of each entry as it is written. */
class LiveJournal extends Journal {
  /** Told first, before anybody who looks. */
  noticed: (entry: Entry) => void = () => undefined
  watcher: Watcher = { wrote: () => undefined, changed: () => undefined, failed: () => undefined }

  override append(fact: Fact): Entry {
    const entry = super.append(fact)
    this.noticed(entry)
    this.watcher.wrote(entry)
    return entry
  }
}

/** Whom the steps can name. */
const holdersOfFeatures: readonly string[] = ['Alice', 'Bob', 'Carol', 'Dora']

/** The transaction whose request leaves just now: it is on record before it does. */
function underlyingOf({ store }: Till): Underlying | undefined {
  const { interrupted, records } = store
  const record = records.findLast(({ trace, batch }) => trace === interrupted?.trace && batch === interrupted.batch)
  if (record === undefined) return undefined
  const { trace, amount, original } = record
  return { trace, amount: amount.toDecimal(), ...(original === undefined ? {} : { original }) }
}

/** Every key of this terminal. */
const keys: readonly Key[] = [...functionKeys, ...editKeys, '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']

function keyNamed(name: string): Key {
  const key = keys.find(one => one === name)
  if (key === undefined) throw new RangeError(`the terminal has no key ${JSON.stringify(name)}`)
  return key
}

function faultNamed(name: string): CounterFault {
  if (name === powerFault) return powerFault
  if (!Object.hasOwn(lineFaults, name)) throw new RangeError(`our line has no fault ${JSON.stringify(name)}`)
  // The table of faults has it.
  return name as LineFaultId
}

const isFunctionKey = (key: Key): key is FunctionKey => functionKeys.some(one => one === key)
