import type { WorkingKeys } from '../values/request.ts'
import { Batches } from './batches.ts'
import type { Book, BookCard, BookMerchant, BookTerminal } from './book.ts'
import type { CardState, Fact, RememberedAnswer, TerminalState } from './fact.ts'
import { Ledger } from './ledger.ts'
import { Desk, type DeskView } from './portal/desk.ts'
import { cardAccount, moves, type NewPosting, type Posting } from './posting.ts'
import { keyOf, type Transaction } from './transaction.ts'

/** What the rules read: the state of the host's world. */
export interface BooksView {
  readonly ledger: Ledger
  readonly batches: Batches
  readonly transactions: readonly Transaction[]
  /** Of the merchants' back offices. */
  readonly desk: DeskView
  merchant(id: string): BookMerchant | undefined
  terminal(id: string): Readonly<{ terminal: BookTerminal; merchantId: string; state: TerminalState }> | undefined
  card(digits: string): BookCard | undefined
  cardState(masked: string): CardState
  /** Wrong PINs in a row. */
  pinTries(masked: string): number
  session(terminalId: string): WorkingKeys | undefined
  /** The keys that its last sign-in or sign-off ended. */
  endedSession(terminalId: string): WorkingKeys | undefined
  /** How many sign-ins there have been. */
  readonly signIns: number
  byKey(key: string): Transaction | undefined
  byReference(reference: string): readonly Transaction[]
  byTrace(batch: string, trace: string): readonly Transaction[]
  ofBatch(terminalId: string, batch: string): readonly Transaction[]
  answer(key: string): RememberedAnswer | undefined
  /** How many answers have been kept after this one. */
  answersSince(key: string): number
  wasReversedBeforeItCame(key: string): boolean
  /** How many transactions were already written when the books were opened. */
  readonly readBack: number
  /** YYYY-MM-DD of the last day that was closed by hand. */
  readonly closedUpTo: string | undefined
}

/** The host's world, folded from the facts and postings of its store. */
export class Books implements BooksView {
  readonly ledger = new Ledger()
  readonly batches = new Batches()
  readonly desk = new Desk()
  readonly transactions: Transaction[] = []
  closedUpTo: string | undefined
  signIns = 0
  readBack = 0
  readonly #merchants: ReadonlyMap<string, BookMerchant>
  readonly #terminals: ReadonlyMap<string, Readonly<{ terminal: BookTerminal; merchantId: string }>>
  readonly #cards: ReadonlyMap<string, BookCard>
  readonly #byKey = new Map<string, Transaction>()
  readonly #byReference = new Map<string, Transaction[]>()
  readonly #byTrace = new Map<string, Transaction[]>()
  readonly #ofBatch = new Map<string, Transaction[]>()
  readonly #answers = new Map<string, RememberedAnswer>()
  /** The ordinal of each, from 1. */
  readonly #places = new Map<string, number>()
  readonly #reversedEarly = new Set<string>()
  readonly #sessions = new Map<string, WorkingKeys>()
  readonly #endedSessions = new Map<string, WorkingKeys>()
  readonly #cardStates = new Map<string, CardState>()
  readonly #terminalStates = new Map<string, TerminalState>()
  readonly #pinTries = new Map<string, number>()

  constructor(book: Book) {
    this.#merchants = new Map(book.merchants.map(merchant => [merchant.id, merchant]))
    this.#terminals = new Map(
      book.merchants.flatMap(merchant =>
        merchant.terminals.map(terminal => [terminal.id, { terminal, merchantId: merchant.id }] as const),
      ),
    )
    this.#cards = new Map(book.cards.map(card => [card.pan.reveal(), card]))
  }

  merchant(id: string): BookMerchant | undefined {
    return this.#merchants.get(id)
  }

  terminal(id: string): Readonly<{ terminal: BookTerminal; merchantId: string; state: TerminalState }> | undefined {
    const known = this.#terminals.get(id)
    return known && { ...known, state: this.#terminalStates.get(id) ?? 'active' }
  }

  card(digits: string): BookCard | undefined {
    const card = this.#cards.get(digits)
    return card?.funds ? card : undefined
  }

  cardState(masked: string): CardState {
    return this.#cardStates.get(masked) ?? 'active'
  }

  pinTries(masked: string): number {
    return this.#pinTries.get(masked) ?? 0
  }

  session(terminalId: string): WorkingKeys | undefined {
    return this.#sessions.get(terminalId)
  }

  endedSession(terminalId: string): WorkingKeys | undefined {
    return this.#endedSessions.get(terminalId)
  }

  byKey(key: string): Transaction | undefined {
    return this.#byKey.get(key)
  }

  byReference(reference: string): readonly Transaction[] {
    return this.#byReference.get(reference) ?? []
  }

  byTrace(batch: string, trace: string): readonly Transaction[] {
    return this.#byTrace.get(`${batch}/${trace}`) ?? []
  }

  ofBatch(terminalId: string, batch: string): readonly Transaction[] {
    return this.#ofBatch.get(`${terminalId}/${batch}`) ?? []
  }

  answer(key: string): RememberedAnswer | undefined {
    return this.#answers.get(key)
  }

  answersSince(key: string): number {
    return this.#answers.size - (this.#places.get(key) ?? 0)
  }

  wasReversedBeforeItCame(key: string): boolean {
    return this.#reversedEarly.has(key)
  }

  post(posting: NewPosting): Posting {
    return this.ledger.post(posting)
  }

  apply(fact: Fact): void {
    switch (fact.is) {
      case 'transaction':
        this.#record(fact.transaction)
        return
      case 'answer':
        this.#answers.set(fact.key, fact.answer)
        if (!this.#places.has(fact.key)) this.#places.set(fact.key, this.#answers.size)
        return
      case 'reversed before it came':
        this.#reversedEarly.add(fact.key)
        return
      case 'signed in':
        this.#signIn(fact.terminalId, fact.keys)
        return
      case 'signed off':
        this.#endSession(fact.terminalId)
        return
      case 'batch settling':
      case 'uploaded':
      case 'batch closed':
        this.batches.apply(fact)
        return
      case 'case opened':
      case 'case closed':
      case 'audited':
        this.desk.apply(fact)
        return
      case 'PIN tried':
        this.#pinTries.set(fact.card, fact.right ? 0 : this.pinTries(fact.card) + 1)
        return
      case 'card set':
        this.#cardStates.set(fact.card, fact.state)
        return
      case 'terminal set':
        this.#terminalStates.set(fact.terminalId, fact.state)
        return
      case 'day closed':
        this.closedUpTo = fact.date
    }
  }

  #signIn(terminalId: string, keys: WorkingKeys): void {
    this.#endSession(terminalId)
    this.#sessions.set(terminalId, keys)
    this.signIns += 1
  }

  #endSession(terminalId: string): void {
    const ended = this.#sessions.get(terminalId)
    if (ended) this.#endedSessions.set(terminalId, ended)
    this.#sessions.delete(terminalId)
  }

  #record(transaction: Transaction): void {
    this.transactions.push(transaction)
    this.#byKey.set(keyOf(transaction), transaction)
    append(this.#byReference, transaction.reference, transaction)
    append(this.#byTrace, `${transaction.batch}/${transaction.trace}`, transaction)
    append(this.#ofBatch, `${transaction.terminalId}/${transaction.batch}`, transaction)
  }
}

function append<V>(lists: Map<string, V[]>, key: string, value: V): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

/** What the cardholders own when the books are opened, put there by clearing. */
export const openingPostings = (book: Book): readonly NewPosting[] =>
  book.cards.flatMap(card =>
    card.funds
      ? [{ transaction: 0, kind: 'correction' as const, legs: moves('clearing', cardAccount(card.pan), card.funds.minor) }]
      : [],
  )
