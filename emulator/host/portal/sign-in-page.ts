import { html, type Markup } from '../../values/markup.ts'
import { page } from './layout.ts'
import { longestCredential } from './passwords.ts'
import type { View } from './view.ts'
import type { Word } from './words.ts'

export function signInPage(view: View, problem?: Word, name = ''): Markup {
  const { say, token } = view
  return page(view, {
    title: say('signIn'),
    body: html`<div class="card narrow">
<h1>${say('signIn')}</h1>
<p class="quiet">${say('signInIntro')}</p>
${problem && html`<div class="alert" role="alert">${say(problem)}</div>`}
<form method="post" action="/sign-in">${token('/sign-in')}
<div class="field"><label for="user">${say('user')}</label>
<input id="user" name="user" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="${longestCredential}" value="${name}" required></div>
<div class="field"><label for="password">${say('password')}</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="${longestCredential}" required></div>
<button>${say('signIn')}</button>
</form></div>`,
  })
}
