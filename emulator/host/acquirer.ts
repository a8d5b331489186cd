import { macOf } from '../crypto/mac.ts'
import type { Dialect } from '../dialects/dialect.ts'
import { isEmulatorError } from '../values/errors.ts'
import type { Message } from '../values/message.ts'
import type { Codec, Decoded } from '../wire/codec.ts'
import { replyEnvelope } from '../wire/envelope.ts'
import { type Ask, contentOf } from './ask.ts'
import type { Book } from './book.ts'
import { Books, openingPostings } from './books.ts'
import type { Clock } from './clock.ts'
import { decide, type Means } from './decide.ts'
import type { Answer, Decision } from './decision.ts'
import { memoryKey } from './duplicate.ts'
import type { Fact } from './fact.ts'
import type { Fault, Replying } from './fault.ts'
import type { Policy } from './knobs.ts'
import { type Moment, momentAt } from './moment.ts'
import type { Posting } from './posting.ts'
import { macSchemeOf, read, type Sessions } from './reading.ts'
import { isFinancial, placed, replyTo, spoken } from './reply.ts'
import type { Rulebook } from './rulebook.ts'
import type { Situation } from './rules.ts'
import type { Store } from './store.ts'

/** What an acquirer is made of. */
export type Making = Readonly<{
  book: Book
  dialect: Dialect
  codec: Codec
  policy: Policy
  clock: Clock
  store: Store
  means: Omit<Means, 'rules' | 'issuerAway'>
  rules: Rulebook
  faults: readonly Fault[]
  note: (says: string) => void
}>

/** What became of a frame. `close`: it could not even be refused, so the line is closed. */
export type Outcome =
  | Readonly<{ is: 'answer'; frame: Uint8Array }>
  | Readonly<{ is: 'silence' }>
  | Readonly<{ is: 'close'; says: string }>

/** The acquirer behind its line: frames in, frames out, one after the other, so that no two requests are ever in work at once. */
export class Acquirer {
  issuerAway = false
  books: Books
  faults: readonly Fault[]
  readonly #making: Making

  constructor(making: Making) {
    this.#making = making
    this.faults = making.faults
    this.books = this.#opened()
  }

  get now(): Moment {
    const { clock, policy } = this.#making
    return momentAt(clock.millis(), policy.zone, policy.cutoff, this.books.closedUpTo)
  }

  get policy(): Policy {
    return this.faults.reduce((policy, fault) => fault.policy?.(policy) ?? policy, this.#making.policy)
  }

  /** Forgets what it holds in memory and reads its books again, as after a restart. */
  restart(): void {
    this.books = this.#opened()
  }

  /** Adds a fact from outside a request: a control was used. */
  add(fact: Fact): void {
    this.#making.store.write({ facts: [fact], postings: [] })
    this.books.apply(fact)
  }

  /** Judges what came over no line, as if it had: nothing has happened yet. */
  judge(ask: Ask, how: (situation: Situation, means: Means) => Decision): Decision {
    const { dialect } = this.#making
    return how({ books: this.books, ask, policy: this.policy, now: this.now, dialect }, this.#means())
  }

  /** Makes true what was judged, and what is to be known beside it: all of it, or nothing. */
  take(decision: Pick<Decision, 'transaction' | 'postings' | 'effects'>, beside: readonly Fact[]): void {
    this.#making.clock.tick()
    this.#write(decision, beside)
  }

  /** @param line  the connection that the frame came over, counted from 1; 0 when it came over none */
  receive(frame: Uint8Array, line = 0): Outcome {
    const { clock, codec, dialect, note } = this.#making
    clock.tick()
    const decoded = codec.decode(frame, { spans: false })
    const reading = read(dialect, frame, decoded, terminalId => this.#sessions(terminalId), line)
    if (reading.is === 'unreadable') {
      note(`a frame could not be read: ${reading.says}`)
      return { is: 'close', says: reading.says }
    }
    const ask = this.faults.reduce((one, fault) => fault.ask?.(one, this.books) ?? one, reading.ask)
    const situation: Situation = { books: this.books, ask, policy: this.policy, now: this.now, dialect }
    const decision = this.#decide(situation)
    note(`${ask.mti} ${ask.operation} ${ask.trace ?? ''}: ${decision.says}`)
    const reply = this.#reply(situation, decision)
    this.#commit(situation, decision, reply)
    const bent = reply && this.#bend(reply, ask, decision)
    if (!bent) return { is: 'silence' }
    try {
      const frame = this.#encode(spoken(dialect, bent, ask.operation), ask, decision.answer, decoded)
      return { is: 'answer', frame: this.#damage(frame, { ask, decision, books: this.books }) }
    } catch (thrown) {
      // What was sent cannot be sent back, letters for digits perhaps: the request was refused, and there is no way to say so.
      if (!isEmulatorError(thrown, 'FIELD_VALUE')) throw thrown
      note(`an answer could not be written: ${thrown.message}`)
      return { is: 'close', says: 'the answer could not be written' }
    }
  }

  #sessions(terminalId: string): Sessions {
    const current = this.books.session(terminalId)
    const ended = this.books.endedSession(terminalId)
    return { ...(current && { current }), ...(ended && { ended }) }
  }

  #means(): Means {
    const rules = this.faults.reduce((all, fault) => fault.rules?.(all) ?? all, this.#making.rules)
    return { ...this.#making.means, rules, issuerAway: this.issuerAway }
  }

  #decide(situation: Situation): Decision {
    const means = this.#means()
    const again = (other: Situation) => decide(other, means)
    return this.faults.reduce((decision, fault) => fault.decision?.(decision, situation, again) ?? decision, again(situation))
  }

  #reply({ ask, now }: Situation, { answer }: Decision): Message | undefined {
    if (answer.is === 'silence') return undefined
    const { dialect } = this.#making
    if (answer.is === 'answer') return replyTo(dialect, ask, answer, now)
    const first = this.books.answer(answer.key)
    if (!first) return undefined
    const fields = { ...first.fields, ...(first.pan && { pan: first.pan.reveal() }) }
    return { mti: first.mti, fields: answer.flagged ? placed(dialect, { ...fields, ...duplicateFlag }) : fields }
  }

  /** Makes true what was decided and writes it down. Nothing is answered before that. */
  #commit(situation: Situation, decision: Decision, reply: Message | undefined): void {
    this.#write(decision, this.#remembered(situation, decision, reply))
  }

  #write(
    { transaction, effects, postings }: Pick<Decision, 'transaction' | 'postings' | 'effects'>,
    beside: readonly Fact[],
  ): void {
    const facts: Fact[] = [...(transaction ? [{ is: 'transaction' as const, transaction }] : []), ...effects, ...beside]
    const posted: Posting[] = postings.map(posting => this.books.ledger.post(posting))
    for (const fact of facts) this.books.apply(fact)
    this.#making.store.write({ facts, postings: posted })
  }

  /** The answer to a financial request that the rules got as far as judging, so that a repeat is known. */
  #remembered(situation: Situation, { answer, transaction }: Decision, reply: Message | undefined): readonly Fact[] {
    const { ask, now } = situation
    const key = memoryKey(situation)
    if (key === undefined || answer.is !== 'answer' || !reply || ask.operation === 'reverse' || !isFinancial(ask)) return []
    if (!transaction && !(ask.operation === 'inquire' && answer.code === '00')) return []
    const { pan, ...fields } = reply.fields
    return [
      {
        is: 'answer',
        key,
        answer: {
          content: contentOf(ask),
          at: now.millis,
          line: ask.line,
          mti: reply.mti,
          fields,
          ...(pan !== undefined && ask.pan && { pan: ask.pan }),
        },
      },
    ]
  }

  #bend(reply: Message, ask: Ask, decision: Decision): Message | undefined {
    let bent: Message | undefined = reply
    for (const fault of this.faults) {
      if (!fault.reply || !bent) continue
      bent = fault.reply(bent, { ask, decision, books: this.books })
    }
    return bent
  }

  #damage(frame: Uint8Array, replying: Replying): Uint8Array {
    return this.faults.reduce((bytes, fault) => fault.frame?.(bytes, replying) ?? bytes, frame)
  }

  #encode(reply: Message, ask: Ask, answer: Answer, decoded: Decoded): Uint8Array {
    const { codec, dialect } = this.#making
    const keys = this.books.session(ask.terminalId ?? '')
    const refusal = answer.is === 'answer' && answer.code !== '00'
    const due =
      ask.mac !== 'not due' &&
      (answer.is !== 'answer' || answer.sealed) &&
      !(refusal && dialect.settings.macOnDeclines === 'never')
    const seal = due && keys ? (covered: Uint8Array) => macOf(macSchemeOf(dialect), keys.mac, covered) : undefined
    return codec.encode(reply, {
      envelope: replyEnvelope(dialect.framing, decoded.envelope),
      spans: false,
      ...(seal && { seal }),
    }).frame
  }

  #opened(): Books {
    const { store, book } = this.#making
    const books = new Books(book)
    const written = store.read()
    for (const { id: _, ...posting } of written.postings) books.post(posting)
    for (const fact of written.facts) books.apply(fact)
    books.readBack = books.transactions.length
    if (written.postings.length === 0)
      store.write({ facts: [], postings: openingPostings(book).map(posting => books.post(posting)) })
    return books
  }
}

/** What a repeated answer says besides under `dupMode: flag`. */
const duplicateFlag = { cardCompany: 'CUP', note: 'DUPLICATE' } as const
