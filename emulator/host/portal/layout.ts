import { type Content, html, type Markup } from '../../values/markup.ts'
import { inLanguage } from './address.ts'
import { may } from './staff.ts'
import { shortName, type View } from './view.ts'
import type { Word } from './words.ts'

type Frame = Readonly<{ title: string; body: Content; at?: '/transactions' | '/requests' | '/audit'; live?: boolean }>

/** A whole page of the portal. Nothing in it is loaded from elsewhere, and nothing runs but `live.js`. */
export function page(view: View, { title, body, at, live = false }: Frame): Markup {
  const { language, member, say, books, path, token } = view
  const merchant = member && books.merchant(member.merchantId)
  const brand = html`<a href="/" class="brand">${say('office')}${merchant && html`<small>${merchant.name} · ${merchant.id}</small>`}</a>`
  return html`<!doctype html>
<html lang="${language === 'en' ? 'en' : 'zh-CN'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${say('office')}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
${live ? html`<script src="/live.js" defer></script>` : undefined}
</head>
<body>
<a class="skip" href="#main">${say('skip')}</a>
<header><div class="bar">
${brand}
${member && html`<nav aria-label="${say('office')}">${links(view, at)}</nav>`}
<div class="me">
${member && html`<span title="${member.name}">${shortName(member.name)}<span class="role"> · ${say(member.role)}</span></span>`}
<a href="${inLanguage(path, language === 'en' ? 'zh' : 'en')}" lang="${language === 'en' ? 'zh-CN' : 'en'}" hreflang="${language === 'en' ? 'zh-CN' : 'en'}">${say('language')}</a>
${member && html`<form method="post" action="/sign-out">${token('/sign-out')}<button>${say('signOut')}</button></form>`}
</div></div></header>
<main id="main">
${body}
</main>
</body>
</html>
`
}

function links({ member, say }: View, at: Frame['at']): readonly Markup[] {
  const link = (to: NonNullable<Frame['at']>, word: Word): Markup =>
    html`<a href="${to}"${at === to ? html` aria-current="page"` : undefined}>${say(word)}</a>`
  const audits = member && may(member, 'read the audit log')
  return [link('/transactions', 'transactions'), link('/requests', 'requests'), ...(audits ? [link('/audit', 'audit')] : [])]
}

/** Mistakes in a form, at its top, each with a link to its field. */
export function mistakes(view: View, all: readonly Readonly<{ field: string; says: string }>[]): Markup | undefined {
  if (all.length === 0) return undefined
  const items = all.map(({ field, says }) => html`<li><a href="#${field}">${says}</a></li>`)
  return html`<div class="alert" role="alert"><strong>${view.say('correct')}</strong><ul>${items}</ul></div>`
}

/** What something has come to, told to a screen reader when it changes. */
export function status({ say }: View, tag: Markup): Markup {
  return html`<span role="status" aria-label="${say('state')}" data-part="status">${tag}</span>`
}

/** The line that says whether a page follows by itself. */
export function told({ say }: View): Markup {
  return html`<p class="told no-print" role="status" data-told data-up="${say('live')}" data-down="${say('offline')}"></p>`
}

/** A page that says one thing: what was refused, and what to do. */
export function notice(view: View, title: Word, more: Word, back = '/transactions'): Markup {
  const { say } = view
  return page(view, {
    title: say(title),
    body: html`<div class="card"><h1>${say(title)}</h1><p>${say(more)}</p><p><a class="button" href="${back}">${say('back')}</a></p></div>`,
  })
}
