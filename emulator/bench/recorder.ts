import type { Entry, Fact, Received, Sent } from '../journal/entry.ts'
import type { Journal } from '../journal/journal.ts'
import { type Hidden, redact, Tokens } from '../journal/redact.ts'
import type { Message } from '../values/message.ts'
import type { Decoded } from '../wire/codec.ts'

/** Where a frame belongs: which till, which operation of the scenario, which exchange. */
export type Place = Readonly<{ terminal: string; operation: number; exchange: number }>

/**
 * Writes a scenario's journal: counts operations and exchanges, and lets nothing in but through redaction.
 *
 * `shown` are public numbers that look like a card's (merchant numbers); `secretsOf` names the secrets of a message by the dialect's table.
 */
export class Recorder {
  readonly #journal: Journal
  readonly #tokens = new Tokens()
  readonly #shown: ReadonlySet<string>
  readonly #secretsOf: (message: Message) => readonly Hidden[]
  #operations = 0
  #exchanges = 0

  constructor(journal: Journal, shown: ReadonlySet<string>, secretsOf: (message: Message) => readonly Hidden[]) {
    this.#journal = journal
    this.#shown = shown
    this.#secretsOf = secretsOf
  }

  nextOperation(): number {
    this.#operations += 1
    return this.#operations
  }

  nextExchange(): number {
    this.#exchanges += 1
    return this.#exchanges
  }

  /** A fact without a message in it. Every text in it is scrubbed. */
  note(fact: Exclude<Fact, Sent | Received>): Entry {
    return this.#journal.append(this.#scrubbed(fact))
  }

  sent(place: Place, name: Sent['name'], decoded: Decoded, frame: Uint8Array): Entry {
    return this.#journal.append({ is: 'sent', ...place, name, ...this.#written(decoded, frame) })
  }

  received(
    place: Place,
    frame: Uint8Array,
    decoded: Decoded,
    facts: Pick<Received, 'name' | 'standing' | 'mac' | 'ours'>,
  ): Entry {
    const problem = decoded.ok ? {} : { problem: { ...decoded.problem, atByte: decoded.atByte } }
    return this.#journal.append({ is: 'received', ...place, ...facts, ...problem, ...this.#written(decoded, frame) })
  }

  /** The token by which a card stands in this scenario's journal. */
  cardToken(digits: string): string {
    return this.#tokens.token('pan', digits)
  }

  #written(decoded: Decoded, frame: Uint8Array) {
    const message = decoded.ok ? decoded.message : decoded.partial
    const { fields, hex } = redact(message, frame, decoded.spans, this.#secretsOf(message), this.#tokens, this.#shown)
    const remarks = decoded.remarks.map(remark => ({ path: remark.path, says: this.#tokens.scrub(remark.says, this.#shown) }))
    return { mti: message.mti, fields, hex, spans: decoded.spans, remarks }
  }

  #scrubbed<T>(value: T): T {
    if (typeof value === 'string') return this.#tokens.scrub(value, this.#shown) as T
    if (Array.isArray(value)) return value.map(item => this.#scrubbed<unknown>(item)) as T
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.#scrubbed<unknown>(item)])) as T
  }
}
