import type { Operation } from '../values/operation.ts'
import type { Acceptance, Acquirer, Answer, ReadCard, Reply, Request, Totals } from '../values/request.ts'
import { accepts } from './acceptance.ts'
import { type Context, contextOf, counting } from './context.ts'
import { isCopy } from './copy.ts'
import { screen } from './display.ts'
import { type Faulty, faultyBy } from './faults.ts'
import { isDigit, type Key } from './key.ts'
import type { TerminalObservation } from './observation.ts'
import { type Order, type OrderAnswer, orderEnds, orderedRecord, orderedRequest, orderOpens, sentName } from './order.ts'
import type { TransactionRecord } from './record.ts'
import { Running } from './running.ts'
import type { Identity, Settings } from './settings.ts'
import type { Slip } from './slip.ts'
import type { State } from './state.ts'
import { PowerCut, type Store } from './store.ts'
import { tellingOf } from './telling.ts'
import { totalsOf } from './totals.ts'
import { type Effect, type Event, type Step, step } from './transition.ts'
import type { Write } from './write.ts'

export type TerminalOptions = Readonly<{
  identity: Identity
  settings: Settings
  store: Store
  acquirer: Acquirer
  clock: () => Date
  /** The text of a result code. */
  wording: (code: string) => string
  observe: (fact: TerminalObservation) => void
  headstrong?: boolean
  /** A name of `terminalFaults`. */
  fault?: string
}>

const keyedInSecret: ReadonlySet<State['at']> = new Set([
  'keying password',
  'keying supervisor password',
  'keying PIN',
  'keying number',
  'keying expiry',
  'awaiting card',
])

/**
 * A till: keys and cards in, display and slips out, one acquirer behind it. The table decides, this shell performs.
 *
 * @throws RangeError for a fault that nobody knows.
 */
export class Terminal {
  readonly #options: TerminalOptions
  readonly #faulty: Faulty
  #state: State = { at: 'idle' }
  #lines: readonly string[] = screen({ at: 'idle' })
  readonly #slips: Slip[] = []
  readonly #running = new Running()
  #exchange: Promise<void> | undefined
  /** Counts the times that power came back: an answer to an exchange of a former life is nobody's. */
  #life = 0
  /** Requests by operation and trace number, so that one can be repeated exactly. In memory only: card and PIN are never stored. */
  readonly #sent = new Map<string, Request>()
  /** Of these, the ones that left: what is sent again under their number is a copy. */
  readonly #left = new Map<string, Request>()
  #unanswered: Request | undefined

  constructor(options: TerminalOptions) {
    this.#options = options
    this.#faulty = faultyBy(options.fault)
  }

  /** Resolves when the terminal is quiet again. While an exchange is open the key is fed at once, and ignored unless the table says otherwise. */
  press(key: Key): Promise<void> {
    this.#options.observe({ is: 'key', key: isDigit(key) && this.#keyingSecret() ? '•' : key })
    return this.#happen(isDigit(key) ? { type: 'digit', digit: key } : { type: key })
  }

  /** Presses digit keys one after the other. @throws RangeError on anything but digits. */
  async type(digits: string): Promise<void> {
    for (const digit of digits) {
      // A character class of one digit is what `isDigit` narrows.
      if (!/^\d$/.test(digit)) throw new RangeError(`there is no digit key ${JSON.stringify(digit)}`)
      await this.press(digit as Key)
    }
  }

  present(card: ReadCard): Promise<void> {
    return this.#happen({ type: 'card read', card })
  }

  shows(): readonly string[] {
    return this.#lines
  }

  /** All slips since the terminal was made, oldest first. */
  slips(): readonly Slip[] {
    return this.#slips
  }

  lastTransaction(): TransactionRecord | undefined {
    return this.#options.store.records.at(-1)
  }

  /** What a settlement would ask for now. */
  totals(): Totals {
    return totalsOf(this.#options.store.records, counting(this.#context()))
  }

  state(): State {
    return this.#state
  }

  /** What a plug pulled out does: nothing more happens until `powerUp`. */
  cutPower(): void {
    if (this.#state.at === 'off') return
    this.#life += 1
    this.#exchange = undefined
    this.#options.observe({ is: 'terminal', event: 'power cut', says: 'power cut' })
    this.#show({ at: 'off' })
  }

  /** Brings what was going on to exactly one end, and shows it. */
  async powerUp(): Promise<void> {
    this.cutPower()
    this.#options.observe({ is: 'terminal', event: 'restarted', says: 'power is back' })
    const { interrupted } = this.#options.store
    if (interrupted && this.#running.isFresh) this.#begin(interrupted.operation)
    await this.#happen({ type: 'restarted' })
    this.#guarded(() => this.#endWhatWasRunning())
  }

  /** Whatever the store knows nothing of had not sent anything yet, but for a reversal, which stays due. Power that failed again ends nothing. */
  #endWhatWasRunning(): void {
    if (this.#state.at === 'off') return
    for (const { name } of this.#running.open)
      this.#end({ do: 'end', operation: name, outcome: name === 'reverse' ? 'unresolved' : 'cancelled', says: 'power was lost' })
  }

  /** Sends what the caller says, with the store's bookkeeping but without dialogs and local checks. */
  async order(order: Order): Promise<OrderAnswer> {
    if (this.#exchange) throw new Error('an exchange is open: a terminal has one conversation at a time')
    const request = orderedRequest(order, this.#context(), this.#sent)
    const record = orderedRecord(order, request, this.#context())
    const operation = this.#begin(request.operation)
    const life = this.#life
    try {
      for (const write of orderOpens(request, record, this.#context())) this.#store(write)
      this.#show({ at: 'awaiting order' })
      const answer = await this.#converse(request)
      if (life === this.#life) this.#apply(orderEnds(order, request, record, answer, this.#context()))
      return { ...answer, trace: request.trace ?? '', request, operation }
    } catch (thrown) {
      if (!(thrown instanceof PowerCut)) throw thrown
      this.cutPower()
      return { is: 'silence', trace: request.trace ?? '', request, operation }
    }
  }

  async #happen(event: Event): Promise<void> {
    const busy = this.#exchange !== undefined
    this.#guarded(() => this.#feed(event))
    if (busy) return
    for (let open = this.#exchange; open !== undefined; open = this.#exchange) await open
  }

  #guarded(act: () => void): void {
    try {
      act()
    } catch (thrown) {
      if (!(thrown instanceof PowerCut)) throw thrown
      this.cutPower()
    }
  }

  #feed(event: Event): void {
    this.#apply(step(this.#state, event, this.#context()))
  }

  /** Stores before it shows, shows before it sends: what is on the display has happened, what leaves is on record. */
  #apply({ next, effects }: Step): void {
    for (const effect of effects) if (effect.do !== 'send') this.#perform(effect)
    this.#show(next)
    for (const effect of effects) if (effect.do === 'send') this.#send(effect.request)
  }

  #perform(effect: Exclude<Effect, { do: 'send' }>): void {
    const { observe } = this.#options
    switch (effect.do) {
      case 'begin':
        this.#begin(effect.operation)
        return
      case 'store':
        this.#store(effect.write)
        return
      case 'show':
        this.#display(effect.lines)
        return
      case 'print':
        for (const slip of effect.slips) {
          this.#slips.push(slip)
          observe({ is: 'slip', operation: this.#running.current, slip })
        }
        return
      case 'end':
        this.#end(effect)
        return
      case 'note':
        observe({ is: 'terminal', event: effect.event, says: effect.says, facts: effect.facts })
        return
    }
  }

  #begin(name: Operation): number {
    const { operation } = this.#running.begin(name)
    this.#options.observe({ is: 'operation began', operation, name })
    return operation
  }

  /** Reports an end once: what is not running any more has been reported before the power went. */
  #end({ operation: name, outcome, resultCode, says }: Extract<Effect, { do: 'end' }>): void {
    const { observe, store } = this.#options
    const ended = this.#running.end(name)
    if (ended) observe({ is: 'outcome', ...ended, outcome, says, ...(resultCode === undefined ? {} : { resultCode }) })
    if (store.interrupted?.operation === name) store.write({ write: 'end shown' })
  }

  #store(write: Write): void {
    this.#options.store.write(write)
    for (const fact of tellingOf(write)) this.#options.observe({ is: 'terminal', operation: this.#running.current, ...fact })
  }

  #send(request: Request): void {
    this.#exchange = this.#exchanged(request)
  }

  async #exchanged(request: Request): Promise<void> {
    const life = this.#life
    try {
      const answer = await this.#converse(request)
      if (life !== this.#life) return
      this.#exchange = undefined
      this.#feed({ type: 'answered', answer })
    } catch (thrown) {
      if (life === this.#life) this.#exchange = undefined
      if (thrown instanceof PowerCut) {
        this.cutPower()
        return
      }
      // Our own mistake on the way out. Part of the request may have left, so to the terminal it is unanswered.
      if (life === this.#life) this.#guarded(() => this.#feed({ type: 'answered', answer: { is: 'silence' } }))
      throw thrown
    }
  }

  /** One request and what became of it. Power may fail before it leaves and before its answer is looked at. */
  async #converse(asked: Request): Promise<Answer> {
    const { acquirer, store, observe } = this.#options
    store.cut?.('before exchange')
    const request = this.#dated(asked)
    const name = sentName(request.operation, request.trace ?? '')
    this.#sent.set(name, request)
    observe({
      is: 'sending',
      operation: this.#running.current,
      name: request.operation,
      ...(request.trace === undefined ? {} : { trace: request.trace }),
    })
    const keys = request.operation === 'signIn' || request.operation === 'echo' ? undefined : store.keys
    const answer = await acquirer.exchange(request, keys, reply => this.#accepts(request, reply))
    if (answer.is !== 'not connected') this.#left.set(name, request)
    if (answer.is === 'silence' && request.operation !== 'reverse') this.#unanswered = request
    store.cut?.('after exchange')
    return answer
  }

  /** When it was made; a copy says when its first was, and that it is one. */
  #dated(request: Request): Request {
    const first = this.#left.get(sentName(request.operation, request.trace ?? ''))
    if (first === undefined || !isCopy(first, request)) return { at: this.#options.clock().toISOString(), ...request }
    return { ...request, ...(first.at === undefined ? {} : { at: first.at }), repeat: true }
  }

  #accepts(request: Request, reply: Reply): Acceptance {
    if (this.#unanswered && this.#faulty('late answer changes the outcome') && accepts(this.#unanswered, reply) === 'final')
      this.#guarded(() => this.#feed({ type: 'late reply', reply }))
    return accepts(request, reply, this.#faulty)
  }

  #show(next: State): void {
    this.#state = next
    this.#display(screen(next, this.#faulty))
  }

  #display(lines: readonly string[]): void {
    if (lines.length === this.#lines.length && lines.every((line, no) => line === this.#lines[no])) return
    this.#lines = lines
    this.#options.observe({ is: 'display', lines })
  }

  /** Digits that nobody may read: passwords, PIN, card number, expiry. */
  #keyingSecret(): boolean {
    return keyedInSecret.has(this.#state.at)
  }

  #context(): Context {
    return contextOf(this.#options, this.#faulty)
  }
}
