import { type Content, html, type Markup } from '../../values/markup.ts'
import type { CaseFile } from './case.ts'
import { mistakes, page, status, told } from './layout.ts'
import { lengths } from './prose.ts'
import { slipOf } from './slip.ts'
import { caseTag, type MemberView, money, seenOf, shortName, time } from './view.ts'
import { refusalIn } from './words.ts'

/** What was asked for, newest first. */
export function casesPage(view: MemberView): Markup {
  const { books, member, say } = view
  const mine = books.desk.cases.filter(file => file.case.merchantId === member.merchantId).toReversed()
  const rows = mine.slice(0, 100).map(file => {
    const { id, of, minor, reason, by, at } = file.case
    return html`<tr><td class="nowrap first"><a href="/requests/${id}" aria-label="${say('request')} ${id}">${say('request')} ${id}</a></td>
<td class="number">${money(minor)}</td><td>${say(of)}</td><td class="right">${caseTag(view, file)}</td><td class="wide text">${reason}</td><td class="small wide">${shortName(by)}</td><td class="nowrap small wide">${time(view, at)}</td></tr>`
  })
  return page(view, {
    title: say('requests'),
    at: '/requests',
    body: html`<h1>${say('requests')}</h1>
${
  rows.length === 0
    ? html`<p class="card quiet">${say('noRequests')}</p>`
    : html`<div class="card flush"><table class="listing">
<thead><tr><th>${say('request')}</th><th class="number">${say('amount')}</th><th>${say('kind')}</th><th>${say('state')}</th><th>${say('reason')}</th><th>${say('askedBy')}</th><th>${say('time')}</th></tr></thead>
<tbody>${rows}</tbody></table></div>`
}`,
  })
}

/** Everything about a case that a decision may hang on: when it changes, forms that showed it are stale. */
export function seenOfCase({ books }: MemberView, { case: { original }, state }: CaseFile): string {
  const sale = books.transactions[original - 1]
  return `${state}/${sale === undefined ? '' : seenOf(books, sale)}`
}

export type NoteMistakes = readonly Readonly<{ field: string; says: string }>[]

/** One case: what was asked, how far it is, what came of it, and the decision where it is the reader's. */
export function casePage(view: MemberView, file: CaseFile, wrong: NoteMistakes = []): Markup {
  const { books, language, office, say } = view
  const { case: asked, end } = file
  const original = books.transactions[asked.original - 1]
  const made = end?.transaction === undefined ? undefined : books.transactions[end.transaction - 1]
  const item = (name: string, value: Content): Markup => html`<dt>${name}</dt><dd>${value}</dd>`
  const why =
    end?.state === 'refused' ? refusalIn(language, end.says, end.code) : end?.state === 'rejected' ? end.says : undefined
  return page(view, {
    title: `${say('request')} ${asked.id}`,
    at: '/requests',
    live: true,
    body: html`<div data-live="/requests/${asked.id}/live" data-seen="${seenOfCase(view, file)}">
<div class="head"><h1>${say('request')} ${asked.id}: ${say(asked.of)}</h1><span class="big">${money(asked.minor)}</span>${status(view, caseTag(view, file))}</div>
${mistakes(view, wrong)}
<div class="columns"><section class="card" data-part="case" aria-label="${say('request')}"><dl>
${original && item(say('original'), html`<a href="/transactions/${original.id}">${say(original.operation)} ${original.trace}</a> · ${office.cardShown(original)} · ${money(original.minor)}`)}
${item(say('reason'), html`<span class="text">${asked.reason}</span>`)}
${asked.evidence === '' ? undefined : item(say('evidence'), html`<span class="text">${asked.evidence}</span>`)}
${item(say('askedBy'), html`${shortName(asked.by)} · ${time(view, asked.at)}`)}
${end && item(say('decidedBy'), html`${shortName(end.by)} · ${time(view, end.at)}`)}
${why !== undefined && why !== '' ? item(say('why'), html`<span class="text">${why}</span>`) : undefined}
${made && end?.state === 'done' ? item(say(asked.of), html`<a href="/transactions/${made.id}">${made.trace}</a> · ${made.reference}`) : undefined}
</dl></section>
<div data-part="decision">${decision(view, file)}${made && slipOf(view, made)}</div></div>
${told(view)}</div>`,
  })
}

function decision(view: MemberView, file: CaseFile): Markup | undefined {
  const { member, office, say, token } = view
  const { case: asked, state } = file
  if (state !== 'awaiting approval') return undefined
  const quiet = (text: string): Markup => html`<section class="card"><p class="quiet">${text}</p></section>`
  if (office.isBarredFrom(member, asked)) return quiet(say('ownRequest'))
  if (!office.may(member, 'decide')) return quiet(say('awaitsOther'))
  const action = `/requests/${asked.id}/decision`
  return html`<form class="card" method="post" action="${action}"><h2>${say('decision')}</h2>${token(action, seenOfCase(view, file))}
<div class="field"><label for="note">${say('note')}</label><input id="note" name="note" maxlength="${lengths.note.most}" autocomplete="off" aria-describedby="note-hint">
<p class="hint" id="note-hint">${say('noteHint')}</p></div>
<div class="row"><button name="verdict" value="approve">${say('approve')}</button><button class="plain" name="verdict" value="reject">${say('reject')}</button></div></form>`
}
