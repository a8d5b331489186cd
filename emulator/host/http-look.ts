import type { BooksView } from './books.ts'
import { answerTo, type HttpAnswer, refusal } from './http-answer.ts'
import { approved, keyOf, type Transaction } from './transaction.ts'

/** The merchant's own reference of a transaction, as it stands in an address. */
const ownReference = /^([^/\s]{1,16})-(\d{6})-(\d{6})$/

/**
 * What became of a transaction. One of another merchant is not there, and neither is one that never was.
 *
 * @param reference  terminal, batch and trace of the request, as it was sent
 * @param merchantId  whose transactions may be seen
 */
export function lookAt(books: BooksView, reference: string, merchantId: string): HttpAnswer {
  const [, terminalId = '', batch = '', trace = ''] = ownReference.exec(reference) ?? []
  const owner = books.terminal(terminalId)?.merchantId
  const found = owner === undefined ? undefined : books.byKey(keyOf({ merchantId: owner, terminalId, batch, trace }))
  if (found === undefined || found.merchantId !== merchantId) return refusal(404, '25', 'there is no such transaction')
  return { ...answerTo('transaction', shown(books, found)), status: 200 }
}

function shown(books: BooksView, found: Transaction): Readonly<Record<string, string>> {
  const { merchantId, terminalId, batch, trace, reference, approvalCode, minor, code, localDate } = found
  const posting = books.ledger.postingOf(found)
  return {
    ...{ terminalId, merchantId, batch, trace, operation: found.operation, resultCode: code, reference },
    ...(approvalCode === undefined ? {} : { approvalCode }),
    ...{ amount: minor.toString(), currency: '156', localDate },
    state: stateOf(books, found),
    ...(approved(found) && posting !== undefined ? { kind: posting.kind } : {}),
  }
}

function stateOf(books: BooksView, found: Transaction): string {
  const money = books.ledger.stateOf(found)
  const live = money === 'posted' || money === 'credited'
  return live && found.operation !== 'void' && books.batches.isClosed(found.terminalId, found.batch) ? 'settled' : money
}

/** What an approved request did, by what stands in the books: a refund of what was not settled may have become a void. */
export function kindOf(
  type: string,
  fields: Readonly<Record<string, string | undefined>>,
  books: BooksView,
): Readonly<{ kind?: string }> {
  const { merchantId, terminalId, batch, trace, resultCode } = fields
  if (resultCode !== '00' || !merchantId || !terminalId || !batch || !trace) return {}
  if (type === 'reverse') return { kind: 'reversal' }
  const found = books.byKey(keyOf({ merchantId, terminalId, batch, trace }))
  const kind = found === undefined ? undefined : books.ledger.postingOf(found)?.kind
  return kind === 'void' || kind === 'refund' ? { kind } : {}
}
