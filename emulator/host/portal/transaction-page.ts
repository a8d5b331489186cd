import { type Content, html, type Markup } from '../../values/markup.ts'
import { isApproval } from '../decision.ts'
import type { Transaction } from '../transaction.ts'
import { page, status, told } from './layout.ts'
import { lifeOf } from './life.ts'
import { slipOf } from './slip.ts'
import { fromOffice, leftOf, type MemberView, money, seenOf, stateTag, time } from './view.ts'
import { refusalIn } from './words.ts'

/** One transaction with its whole life, and what can be done about it. */
export function transactionPage(view: MemberView, one: Transaction): Markup {
  const { books, say } = view
  return page(view, {
    title: `${say(one.operation)} ${one.trace}`,
    at: '/transactions',
    live: true,
    body: html`<div data-live="/transactions/${one.id}/live" data-seen="${seenOf(books, one)}">
<div class="head"><h1>${say(one.operation)} ${one.trace}</h1><span class="big">${money(one.minor)}</span>${status(view, stateTag(view, one))}</div>
<div class="columns"><div>
<section class="card">${details(view, one)}</section>
<section class="card" aria-labelledby="life"><h2 id="life">${say('life')}</h2><div data-part="life">${lifeOf(view, one)}</div></section>
</div><div>
<section class="card" data-part="actions" aria-label="${say('actions')}">${actions(view, one)}</section>
${slipOf(view, one)}
</div></div>
${view.office.may(view.member, 'read the audit log') ? html`<p><a href="/audit?transaction=${one.id}">${say('itsRecords')}</a></p>` : undefined}
${told(view)}</div>`,
  })
}

/** What a transaction is, as a list of names and values. */
export function details(view: MemberView, one: Transaction): Markup {
  const { books, say } = view
  const merchant = books.merchant(one.merchantId)
  const original = one.original === undefined ? undefined : books.transactions[one.original - 1]
  const item = (name: string, value: Content): Markup => html`<dt>${name}</dt><dd>${value}</dd>`
  return html`<dl>
${item(say('time'), time(view, one.at))}
${item(say('voucher'), one.trace)}
${item(say('reference'), one.reference)}
${one.approvalCode === undefined ? undefined : item(say('approvalCode'), one.approvalCode)}
${item(say('card'), view.office.cardShown(one))}
${item(say('amount'), money(one.minor))}
${original && item(say('original'), html`<a href="/transactions/${original.id}">${say(original.operation)} ${original.trace}</a>`)}
${item(say('merchant'), `${merchant?.name ?? ''} · ${one.merchantId}`)}
${item(say('terminal'), fromOffice(one) ? `${say('fromOffice')} (${one.terminalId})` : one.terminalId)}
${item(say('batch'), one.batch === '000000' ? say('outsideBatches') : one.batch)}
${item(say('businessDate'), one.businessDate)}
${item(say('resultCode'), one.code)}
</dl>`
}

function actions(view: MemberView, one: Transaction): Markup {
  const { books, member, office, say } = view
  const head = html`<h2>${say('actions')}</h2>`
  const open = books.desk.about(one.id).findLast(({ state }) => state === 'awaiting approval')
  if (open)
    return html`${head}<p>${say('requestOpen')}</p><p><a class="button" href="/requests/${open.case.id}">${say('open')}</a></p>`
  const of = office.offered(one)
  if (of === undefined) return html`${head}<p class="quiet">${say('nothingToDo')}</p>`
  const left = leftOf(books, one)
  const would = office.wouldBe(of, one, of === 'void' ? one.minor : left)
  if (!isApproval(would)) {
    const code = would.answer.is === 'answer' ? would.answer.code : undefined
    return html`${head}<p>${say('nothingToDo')}</p><p><strong>${say('whyNot')}</strong> ${refusalIn(view.language, would.says, code)}</p>`
  }
  const can = of === 'void' ? html`<p>${say('canVoid')}</p>` : html`<p>${say('canRefund')} <strong>${money(left)}</strong></p>`
  if (!office.may(member, of === 'void' ? 'ask for a void' : 'ask for a refund'))
    return html`${head}${can}<p class="quiet">${say('notYourRole')}</p>`
  return html`${head}${can}<p><a class="button" href="/transactions/${one.id}/${of}">${say(of === 'void' ? 'askVoid' : 'askRefund')}</a></p>`
}
