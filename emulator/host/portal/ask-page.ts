import { html, type Markup } from '../../values/markup.ts'
import type { Transaction } from '../transaction.ts'
import type { Case } from './case.ts'
import { mistakes, page } from './layout.ts'
import { lengths } from './prose.ts'
import { details } from './transaction-page.ts'
import { leftOf, type MemberView, money, seenOf } from './view.ts'
import type { Word } from './words.ts'

/** What somebody has typed so far, and what is wrong with it. */
export type Draft = Readonly<{
  reason: string
  evidence: string
  amount: string
  wrong: readonly Readonly<{ field: string; says: string }>[]
}>

export const emptyDraft: Draft = { reason: '', evidence: '', amount: '', wrong: [] }

const suggestions: readonly Word[] = ['reasonAmount', 'reasonTwice', 'reasonCard', 'reasonCustomer', 'reasonOrder']

/** The form of a void or refund: what it is about and what will happen, before the reason. */
export function askPage(view: MemberView, original: Transaction, of: Case['of'], draft: Draft): Markup {
  const { books, office, say, token } = view
  const action = `/transactions/${original.id}/${of}`
  const title = say(of === 'void' ? 'voidTitle' : 'refundTitle')
  const invalid = (field: string) => (draft.wrong.some(one => one.field === field) ? html` aria-invalid="true"` : undefined)
  const left = leftOf(books, original)
  const amount = html`<div class="field"><label for="amount">${say('amountYuan')}</label>
<input id="amount" name="amount" inputmode="decimal" autocomplete="off" maxlength="11" required value="${draft.amount === '' ? money(left).slice(1) : draft.amount}"${invalid('amount')} aria-describedby="left">
<p class="hint" id="left">${say('canRefund')} ${money(left)}</p></div>`
  return page(view, {
    title,
    at: '/transactions',
    body: html`<h1>${title}</h1>
${mistakes(view, draft.wrong)}
<div class="columns">
<section class="card"><h2>${say('check')}</h2>${details(view, original)}
<p class="consequence">${say(of === 'void' ? 'consequenceVoid' : 'consequenceRefund')} <strong>${say(office.approval === 'none' ? 'atOnce' : 'secondPerson')}</strong></p></section>
<form class="card" method="post" action="${action}">${token(action, seenOf(books, original))}
${of === 'refund' ? amount : undefined}
<div class="field"><label for="reason">${say('reason')}</label>
<input id="reason" name="reason" list="reasons" maxlength="${lengths.reason.most}" minlength="${office.leastReason}"${office.leastReason > 0 ? html` required` : undefined} autocomplete="off" value="${draft.reason}"${invalid('reason')} aria-describedby="reason-hint">
<datalist id="reasons">${suggestions.map(word => html`<option value="${say(word)}"></option>`)}</datalist>
<p class="hint" id="reason-hint">${say('reasonHint')}</p></div>
<div class="field"><label for="evidence">${say('evidence')}</label>
<textarea id="evidence" name="evidence" maxlength="${lengths.evidence.most}"${invalid('evidence')} aria-describedby="evidence-hint">${draft.evidence}</textarea>
<p class="hint" id="evidence-hint">${say('evidenceHint')}</p></div>
<div class="row"><button class="danger">${say('submit')}</button><a href="/transactions/${original.id}">${say('back')}</a></div>
</form></div>`,
  })
}
