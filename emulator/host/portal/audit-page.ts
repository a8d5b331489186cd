import { html, type Markup } from '../../values/markup.ts'
import type { BooksView } from '../books.ts'
import { isoIn } from '../moment.ts'
import { stateOf } from '../show.ts'
import type { Transaction } from '../transaction.ts'
import type { AuditRecord } from './case.ts'
import { csv } from './csv.ts'
import { page } from './layout.ts'
import { type MemberView, time } from './view.ts'

/** The records of one merchant's office, oldest first. */
export const recordsOf = (books: BooksView, merchantId: string): readonly AuditRecord[] =>
  books.desk.audit.filter(record => record.merchantId === merchantId)

/**
 * The audit log, newest first. Its words are the ones that are kept: a log is not translated.
 *
 * @param about  only what is about this transaction
 */
export function auditPage(view: MemberView, about?: Transaction): Markup {
  const { books, member, say, token } = view
  const records = recordsOf(books, member.merchantId)
    .filter(({ original }) => about === undefined || original === about.id)
    .toReversed()
    .slice(0, 200)
  const rows = records.map(
    record => html`<tr><td class="nowrap small last">${time(view, record.at)}</td><td class="nowrap wide">${record.who}</td><td class="first wide">${record.act}</td>
<td data-name="${say('original')}">${record.original === undefined ? '–' : html`<a href="/transactions/${record.original}">${voucherOf(books, record.original)}</a>`}</td>
<td data-name="${say('request')}">${record.case === undefined ? '–' : html`<a href="/requests/${record.case}">${record.case}</a>`}</td>
<td class="wide text">${record.why ?? ''}</td><td class="wide">${record.result}</td></tr>`,
  )
  return page(view, {
    title: say('audit'),
    at: '/audit',
    body: html`<h1>${say('audit')}</h1>
${
  about === undefined
    ? html`<form class="row field" method="post" action="/export">${token('/export')}<button class="plain" name="what" value="audit">${say('exportAudit')}</button></form>`
    : html`<p>${say('about')} <a href="/transactions/${about.id}">${say(about.operation)} ${about.trace}</a> · <a href="/audit">${say('allRecords')}</a></p>`
}
${
  rows.length === 0
    ? html`<p class="card quiet">${say('noAudit')}</p>`
    : html`<div class="card flush"><table class="listing">
<thead><tr><th>${say('time')}</th><th>${say('who')}</th><th>${say('act')}</th><th>${say('original')}</th><th>${say('request')}</th><th>${say('why')}</th><th>${say('result')}</th></tr></thead>
<tbody>${rows}</tbody></table></div>`
}`,
  })
}

/** As it stands on the slip. */
const voucherOf = ({ transactions }: BooksView, id: number): string => transactions[id - 1]?.trace ?? '–'

const referenceOf = ({ transactions }: BooksView, id: number | undefined): string =>
  id === undefined ? '' : (transactions[id - 1]?.reference ?? '')

/** The audit log of a merchant for a spreadsheet. */
export function auditTable(books: BooksView, merchantId: string, zone: string): string {
  const rows = recordsOf(books, merchantId).map(({ at, who, role, act, original, case: file, why, result }) => [
    isoIn(at, zone),
    who,
    role ?? '',
    act,
    original === undefined ? '' : voucherOf(books, original),
    referenceOf(books, original),
    String(file ?? ''),
    why ?? '',
    result,
  ])
  return csv(['time', 'who', 'role', 'what', 'original voucher', 'original reference', 'request', 'why', 'result'], rows)
}

/** The transactions of a merchant for a spreadsheet, oldest first. */
export function transactionsTable(books: BooksView, merchantId: string, zone: string): string {
  const rows = books.transactions
    .filter(one => one.merchantId === merchantId)
    .map(one => [
      isoIn(one.at, zone),
      String(one.id),
      one.operation,
      one.trace,
      one.reference,
      one.approvalCode ?? '',
      one.pan.masked,
      `${one.minor / 100n}.${String(one.minor % 100n).padStart(2, '0')}`,
      one.terminalId,
      one.batch,
      one.code,
      stateOf(books, one),
      String(one.original ?? ''),
    ])
  const heads = 'time,number,type,voucher,reference,approval code,card,amount,terminal,batch,result code,status,original'
  return csv(heads.split(','), rows)
}
