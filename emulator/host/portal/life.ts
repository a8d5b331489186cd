import { html, type Markup } from '../../values/markup.ts'
import type { Transaction } from '../transaction.ts'
import { approved } from '../transaction.ts'
import { caseTag, fromOffice, type MemberView, money, shortName, stateTag, time } from './view.ts'
import { refusalIn } from './words.ts'

type Happening = Readonly<{ at: number; what: Markup }>

/**
 * All that has happened to a transaction, oldest first: itself, what followed it from till or office, and what was asked for. The ledger keeps no
 * times of reversals and settlements, so these come last.
 */
export function lifeOf(view: MemberView, one: Transaction): Markup {
  const { books, say } = view
  const followers = books.transactions.filter(({ original }) => original === one.id)
  const happenings: readonly Happening[] = [
    { at: one.at, what: html`${say(one.operation)} ${money(one.minor)} · ${origin(view, one)} · ${said(view, one)}` },
    ...followers.map(next => ({
      at: next.at,
      what: html`<a href="/transactions/${next.id}">${say(next.operation)} ${next.trace}</a> ${money(next.minor)} · ${origin(view, next)} · ${said(view, next)}`,
    })),
    ...books.desk.about(one.id).flatMap(file => requested(view, file)),
  ].toSorted((before, after) => before.at - after.at)
  const posting = books.ledger.postingOf(one)
  const reversed = posting !== undefined && books.ledger.isReversed(posting)
  const settled = books.batches.isClosed(one.terminalId, one.batch)
  return html`<ol class="life">
${happenings.map(({ at, what }) => html`<li>${what}${time(view, at)}</li>`)}
${reversed ? html`<li>${say('reversal')} · ${one.terminalId}</li>` : undefined}
${settled ? html`<li>${say('settlement')} · ${say('batch')} ${one.batch}</li>` : undefined}
</ol>`
}

const origin = ({ say }: MemberView, one: Transaction): string => (fromOffice(one) ? say('fromOffice') : one.terminalId)

function said(view: MemberView, one: Transaction): Markup {
  if (one.operation === 'sale') return html`${view.say(approved(one) ? 'posted' : 'declined')} (${one.code})`
  return approved(one) ? stateTag(view, one) : html`${view.say('declined')} (${one.code})`
}

function requested(view: MemberView, file: ReturnType<MemberView['books']['desk']['about']>[number]): readonly Happening[] {
  const { language, say } = view
  const { case: asked, end } = file
  const link = html`<a href="/requests/${asked.id}">${say('request')} ${asked.id}</a>`
  const opened: Happening = {
    at: asked.at,
    what: html`${link} · ${say(asked.of)} ${money(asked.minor)} · ${shortName(asked.by)}: “${asked.reason}”`,
  }
  if (!end) return [opened]
  const why = end.state === 'refused' ? refusalIn(language, end.says, end.code) : end.state === 'rejected' ? end.says : ''
  return [
    opened,
    { at: end.at, what: html`${link} · ${caseTag(view, file)} · ${shortName(end.by)}${why === '' ? '' : `: ${why}`}` },
  ]
}
