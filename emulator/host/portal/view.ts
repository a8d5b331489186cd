import { yuan } from '../../values/amount.ts'
import type { LedgerTransaction } from '../../values/ledger-view.ts'
import { html, type Markup } from '../../values/markup.ts'
import type { BooksView } from '../books.ts'
import { isoIn } from '../moment.ts'
import { stateOf } from '../show.ts'
import { approved, type Transaction } from '../transaction.ts'
import type { Case, CaseFile } from './case.ts'
import type { Office } from './office.ts'
import type { Member } from './staff.ts'
import type { Language, Say, Word } from './words.ts'

/** What every page is drawn from. */
export type View = Readonly<{
  language: Language
  say: Say
  books: BooksView
  office: Office
  /** The host's zone, which all times are shown in. */
  zone: string
  /** Path and query of the page. */
  path: string
  member?: Member
  /** The hidden field of a form: a one-time token for what it shows. */
  token: (action: string, seen?: string) => Markup
}>

/** A view of somebody who is signed in. */
export type MemberView = View & Readonly<{ member: Member }>

/** `¥88.00` */
export const money = (minor: bigint): string => yuan(minor).toString()

/** A member's name without that of the merchant, which all on a page share. */
export const shortName = (name: string): string => name.split('@')[0] ?? name

/** An instant as people of the host's zone read it, to the second. */
export function time({ zone }: View, millis: number): Markup {
  const iso = isoIn(millis, zone)
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)}</time>`
}

const stateWords: Readonly<Record<LedgerTransaction['state'], readonly [Word, tone: '' | 'good' | 'warn' | 'bad']>> = {
  posted: ['posted', 'good'],
  credited: ['credited', 'good'],
  voided: ['voided', ''],
  reversed: ['reversed', ''],
  declined: ['declined', 'bad'],
  settled: ['settled', 'good'],
  'set aside': ['setAside', 'warn'],
}

/** What is left of an approved sale, fen. */
export function leftOf(books: BooksView, sale: Transaction): bigint {
  const posting = books.ledger.postingOf(sale)
  return posting ? books.ledger.standing(posting) - books.ledger.refundedPart(posting) : 0n
}

/** What has become of a transaction, as a tag: a word, a sign and a colour. */
export function stateTag({ books, say }: View, transaction: Transaction): Markup {
  const state = stateOf(books, transaction)
  const posting = books.ledger.postingOf(transaction)
  const refunded = posting && transaction.operation === 'sale' ? books.ledger.refundedPart(posting) : 0n
  const [word, tone] = stateWords[state]
  if (refunded > 0n && (state === 'posted' || state === 'settled'))
    return html`<span class="tag warn">${say(leftOf(books, transaction) === 0n ? 'fullyRefunded' : 'partlyRefunded')}</span>`
  return html`<span class="tag ${tone}">${say(word)}</span>`
}

/** How far a case has come, as a tag. */
export function caseTag({ say }: View, { case: { of }, state }: CaseFile): Markup {
  switch (state) {
    case 'awaiting approval':
      return html`<span class="tag warn" data-status>${say('awaits')}</span>`
    case 'done':
      return html`<span class="tag good" data-status>${say(of === 'void' ? 'voided' : 'refundedCase')}</span>`
    case 'refused':
      return html`<span class="tag bad" data-status>${say('refused')}</span>`
    case 'rejected':
      return html`<span class="tag bad" data-status>${say('rejected')}</span>`
  }
}

/** Whether a sale can be voided or refunded, by its state; what the rules say in full is asked when it is. */
export function undoable(books: BooksView, transaction: Transaction): Case['of'] | undefined {
  if (transaction.operation !== 'sale' || !approved(transaction)) return undefined
  const state = stateOf(books, transaction)
  if (state === 'posted') return 'void'
  return state === 'settled' && leftOf(books, transaction) > 0n ? 'refund' : undefined
}

/** Everything about a transaction that a decision may hang on, in one text: when it changes, forms that showed it are stale. */
export function seenOf(books: BooksView, transaction: Transaction): string {
  const cases = books.desk.about(transaction.id).map(({ state }) => state)
  return [stateOf(books, transaction), leftOf(books, transaction), ...cases].join('/')
}

/** Whether a back office made a transaction: its trace number begins with B. */
export const fromOffice = ({ trace }: Pick<Transaction, 'trace'>): boolean => trace.startsWith('B')
