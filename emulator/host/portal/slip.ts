import { html, type Markup } from '../../values/markup.ts'
import { approved, type Transaction } from '../transaction.ts'
import { type MemberView, money, shortName, time } from './view.ts'

/** The slip of a void or refund that an office made; nothing for any other transaction. */
export function slipOf(view: MemberView, made: Transaction): Markup | undefined {
  const { books, say } = view
  const file = books.desk.caseThatMade(made.id)
  const original = made.original === undefined ? undefined : books.transactions[made.original - 1]
  if (!file || !original || !approved(made)) return undefined
  const { case: asked, end } = file
  const line = (name: string, value: string | Markup): Markup => html`<dt>${name}</dt><dd>${value}</dd>`
  return html`<section class="slip" aria-label="${say('slip')}">
<strong>${say(asked.of === 'void' ? 'slipVoid' : 'slipRefund')}</strong>
<p class="centre">${books.merchant(made.merchantId)?.name}<br>${made.merchantId} · ${made.terminalId}</p>
<dl>
${line(say('time'), time(view, made.at))}
${line(say('voucher'), made.trace)}
${line(say('reference'), made.reference)}
${made.approvalCode === undefined ? undefined : line(say('approvalCode'), made.approvalCode)}
${line(say('card'), made.pan.masked)}
${line(say('original'), `${original.trace} / ${original.reference}`)}
${line(say('askedBy'), shortName(asked.by))}
${end && end.by !== asked.by ? line(say('decidedBy'), shortName(end.by)) : undefined}
${line(say('reason'), asked.reason)}
</dl>
<div class="sum"><span>${say(asked.of)}</span><span>${money(-made.minor)}</span></div>
</section>`
}
