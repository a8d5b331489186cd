import { html, type Markup } from '../../values/markup.ts'
import type { Transaction } from '../transaction.ts'
import { mistakes, page } from './layout.ts'
import { found, longestOf, type Mistake, type Read, type SearchField } from './search.ts'
import { may } from './staff.ts'
import { fromOffice, type MemberView, money, stateTag, time } from './view.ts'
import type { Word } from './words.ts'

/** Rows of a list at most. */
const shownAtMost = 100

const labels: Readonly<Record<SearchField, Word>> = {
  voucher: 'voucher',
  reference: 'reference',
  card: 'cardEnds',
  amount: 'amountYuan',
  from: 'from',
  to: 'to',
}

const forms: Readonly<Record<SearchField, Word>> = {
  voucher: 'formVoucher',
  reference: 'formReference',
  card: 'formCard',
  amount: 'formAmount',
  from: 'formTime',
  to: 'formTime',
}

export function transactionsPage(view: MemberView, search: Read): Markup {
  const { books, member, office, say, token, zone } = view
  const wrong = search.mistakes.map(mistake => ({ field: mistake.field, says: saidOf(view, mistake) }))
  const all = wrong.length > 0 ? [] : found(books, one => office.isOf(member, one), zone, search.shown)
  const searched = Object.keys(search.shown).length > 0
  const exports = may(member, 'export')
  return page(view, {
    title: say('transactions'),
    at: '/transactions',
    body: html`<h1>${say('transactions')}</h1>
${mistakes(view, wrong)}
<form class="card" method="get" action="/transactions" role="search">
<div class="search">
${field(view, search, 'voucher')}${field(view, search, 'reference')}${field(view, search, 'card')}${field(view, search, 'amount')}
<div class="times">${field(view, search, 'from', 'datetime-local')}${field(view, search, 'to', 'datetime-local')}</div>
</div>
<div class="row"><button>${say('search')}</button>${searched ? html`<a href="/transactions">${say('clear')}</a>` : undefined}
<span class="quiet small" role="status">${wrong.length > 0 ? undefined : html`${all.length} ${say('found')}`}</span></div>
</form>
${wrong.length > 0 ? undefined : listing(view, all, searched)}
${exports ? html`<form method="post" action="/export">${token('/export')}<button class="plain" name="what" value="transactions">${say('exportTransactions')}</button></form>` : undefined}`,
  })
}

function field({ say }: MemberView, { shown, mistakes: wrong }: Read, name: SearchField, type = 'text'): Markup {
  const invalid = wrong.some(mistake => mistake.field === name)
  const numeric = type === 'text' ? html` inputmode="${name === 'amount' ? 'decimal' : 'numeric'}"` : undefined
  const longest = type === 'text' ? html` maxlength="${longestOf(name)}"` : undefined
  return html`<div class="field"><label for="${name}">${say(labels[name])}</label>
<input id="${name}" name="${name}" type="${type}" value="${shown[name] ?? ''}" autocomplete="off"${numeric}${longest}${invalid ? html` aria-invalid="true"` : undefined}></div>`
}

const saidOf = ({ say }: MemberView, { field: name, is }: Mistake): string =>
  is === 'too long' ? `${say(labels[name])} ${say('tooLong')} ${longestOf(name)}` : `${say(labels[name])} ${say(forms[name])}`

function listing(view: MemberView, all: readonly Transaction[], searched: boolean): Markup {
  const { say } = view
  if (all.length === 0) return html`<p class="card quiet">${say(searched ? 'none' : 'noneYet')}</p>`
  return html`<div class="card flush"><table class="listing">
<thead><tr><th>${say('time')}</th><th>${say('voucher')}</th><th>${say('kind')}</th><th>${say('card')}</th><th>${say('terminal')}</th><th class="number">${say('amount')}</th><th>${say('state')}</th></tr></thead>
<tbody>${all.slice(0, shownAtMost).map(one => row(view, one))}</tbody></table></div>
${all.length > shownAtMost ? html`<p class="quiet">${say('firstShown')}</p>` : undefined}`
}

function row(view: MemberView, one: Transaction): Markup {
  const { say } = view
  return html`<tr><td class="nowrap small last">${time(view, one.at)}</td>
<td class="nowrap first"><a href="/transactions/${one.id}" aria-label="${say(one.operation)} ${one.trace}">${one.trace}</a></td>
<td>${say(one.operation)}</td><td class="nowrap right">${one.pan.masked}</td>
<td>${fromOffice(one) ? say('fromOffice') : one.terminalId}</td><td class="number">${money(one.minor)}</td><td class="right">${stateTag(view, one)}</td></tr>`
}
