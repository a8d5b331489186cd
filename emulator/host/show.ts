import type { LedgerBatch, LedgerTransaction, LedgerView } from '../values/ledger-view.ts'
import type { Book } from './book.ts'
import type { Books, BooksView } from './books.ts'
import { isoIn, type Moment, monthAndDay } from './moment.ts'
import type { Transaction } from './transaction.ts'

/** The books as the control port shows them: masked numbers, money as text. */
export function showBooks(books: Books, book: Book, now: Moment, zone: string): LedgerView {
  return {
    businessDate: monthAndDay(now.businessDate),
    clock: isoIn(now.millis, zone),
    accounts: [...books.ledger.balances].map(([name, minor]) => ({ name, currency: 'CNY', balance: minor.toString() })),
    postings: books.ledger.postings.map(posting => ({
      ...posting,
      legs: posting.legs.map(leg => ({ account: leg.account, minor: leg.minor.toString() })),
    })),
    transactions: books.transactions.map(transaction => showTransaction(books, transaction)),
    batches: book.merchants.flatMap(merchant =>
      merchant.terminals.flatMap(terminal =>
        books.batches.all(terminal.id).map(batch => showBatch(merchant.id, terminal.id, batch)),
      ),
    ),
  }
}

function showTransaction(books: Books, transaction: Transaction): LedgerTransaction {
  const { id, operation, merchantId, terminalId, batch, trace, pan, minor, reference } = transaction
  const state = stateOf(books, transaction)
  return { id, operation, merchantId, terminalId, batch, trace, card: pan.masked, minor: minor.toString(), reference, state }
}

/** What has become of a transaction. */
export function stateOf(books: Pick<BooksView, 'ledger' | 'batches'>, transaction: Transaction): LedgerTransaction['state'] {
  const { operation, terminalId, batch } = transaction
  const money = books.ledger.stateOf(transaction)
  // A void settles nothing itself: it is why its sale does not.
  const settled =
    (money === 'posted' || money === 'credited') && operation !== 'void' && books.batches.isClosed(terminalId, batch)
  return settled ? 'settled' : money
}

type AnyBatch = ReturnType<Books['batches']['all']>[number]

function showBatch(merchantId: string, terminalId: string, batch: AnyBatch): LedgerBatch {
  const base = { merchantId, terminalId, batch: batch.number, state: batch.state }
  return batch.state === 'closed' ? { ...base, settled: batch.settled.toString(), funded: batch.funded.toString() } : base
}
