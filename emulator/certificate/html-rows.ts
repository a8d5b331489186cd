import { words as verdictsWorstFirst } from '../report/look.ts'
import { html, type Markup } from '../report/markup.ts'
import type { RequirementResult } from '../verdict/result.ts'
import type { Certificate, Count, PartOfCertificate } from './certificate.ts'
import { cells, mark } from './marks.ts'
import type { Room } from './room.ts'
import { type Both, chapterWords, type Say, sentences, severityWords, verdictWords, viewWords, words } from './words.ts'

/** Every row that was judged, as a cell with its sign, by chapter; the acquirer's apart from those of our own terminal. */
export function matrixMarkup({ parts }: Certificate, say: Say): Markup {
  const all = parts.flatMap(({ chapters }) => chapters.flatMap(({ rows }) => rows))
  const legend = verdictsWorstFirst
    .map(word => ({ word, count: all.filter(({ verdict }) => verdict === word).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => html`<span>${mark(word)} <b>${count}</b> ${say(verdictWords[word])}</span>`)
  return html`<div class="halves">${parts.filter(({ chapters }) => chapters.length > 0).map(part => partMarkup(part, say))}</div><p class="legend">${legend}</p>`
}

function partMarkup({ part, chapters }: PartOfCertificate, say: Say): Markup {
  const isAcquirer = part === 'acquirer'
  const [title, note] = isAcquirer ? [words.acquirerPart, words.decides] : [words.instrumentPart, words.decidesNothing]
  return html`<section><h2>${say(title)} <small>${say(note)}</small></h2>
<table class="chapters">${chapters.map(({ chapter, rows }) => {
    const title = say(chapterWords(chapter))
    const verdicts = rows.map(({ verdict }) => verdict)
    const passed = verdicts.filter(word => word === 'passed').length
    const applicable = verdicts.filter(word => word !== 'not applicable').length
    return html`<tr${verdicts.includes('failed') ? html` class="broken"` : ''}><th scope="row"><div><b>${chapter.id}</b> <span>${title}</span></div></th><td class="sum">${applicable === 0 ? '–' : `${passed}/${applicable}`}</td><td>${cells(verdicts, isAcquirer ? 13 : 8, `${title}: ${say(sentences.passedOf(passed, applicable))}`)}</td></tr>`
  })}</table></section>`
}

/** What failed, or kept a conclusion from being drawn: as many as there is room for. */
export function againstMarkup({ against, conclusion }: Certificate, say: Say, room: Room): Markup | undefined {
  if (against.length === 0) return undefined
  const rest = against.slice(room.against).map(({ id }) => id)
  const title = conclusion.is === 'inconclusive' ? words.keepsOpen : words.against
  return html`<section class="against"><h2>${say(title)}</h2><ul>${against.slice(0, room.against).map(row => rowMarkup(row, say))}</ul>
${rest.length === 0 ? undefined : html`<p class="rest clamp"><b>${say(sentences.more(rest.length))}</b>${say(words.colon)}${idsInBrief(rest)}</p>`}</section>`
}

/** `VOID-108 109 110 · SEC-006`. */
function idsInBrief(ids: readonly string[]): string {
  const numbers = Map.groupBy(ids, id => id.slice(0, id.lastIndexOf('-') + 1))
  return [...numbers]
    .map(([chapter, own]) => own.map((id, at) => (at === 0 ? id : id.slice(chapter.length))).join(' '))
    .join(' · ')
}

function rowMarkup(
  { id, part, severity, verdict, says, finding, because, expected, received }: RequirementResult,
  say: Say,
): Markup {
  const whose = part === 'instrument' ? html`<i>${say(words.ofInstrument)}</i>` : undefined
  const seen =
    expected === undefined
      ? undefined
      : html`<small class="clamp">${say(words.expected)} ${expected} · ${say(words.received)} ${received ?? '—'}</small>`
  return html`<li>${mark(verdict, say(verdictWords[verdict]))}<span><b>${id}</b><i>${say(severityWords[severity])}</i>${whose}</span><span><span class="clamp">${says}: ${finding ?? because ?? say(verdictWords[verdict])}</span>${seen}</span></li>`
}

/** Money and security, which everybody asks about first. */
export function calledMarkup({ money, security }: Certificate, say: Say, room: Room): Markup | undefined {
  const sections = [
    { title: words.money, rows: money },
    { title: words.security, rows: security },
  ]
    .map(({ title, rows }) => ({ title, rows: rows.filter(({ verdict }) => verdict !== 'not applicable') }))
    .filter(({ rows }) => rows.length > 0)
  if (sections.length === 0) return undefined
  const list = (rows: readonly RequirementResult[]): Markup =>
    html`<ul class="${room.sentences ? 'in-full' : 'brief'}">${rows.map(row => calledRow(row, say, room))}</ul>`
  return html`<div class="called${room.sentences ? ' full' : ''}">${sections.map(({ title, rows }) => {
    const [acquirers, own] = [rows.filter(({ part }) => part === 'acquirer'), rows.filter(({ part }) => part === 'instrument')]
    const told = [
      ...(acquirers.length === 0 ? [] : [say(passedWords(sentences.passedOf, acquirers))]),
      ...(own.length === 0 ? [] : [say(passedWords(sentences.ownPassedOf, own))]),
    ]
    return html`<section><h2>${say(title)} <small>${told.join(' · ')}</small></h2>${list(acquirers)}</section>`
  })}</div>`
}

function passedWords(words: (passed: number, of: number) => Both, rows: readonly RequirementResult[]): Both {
  return words(rows.filter(({ verdict }) => verdict === 'passed').length, rows.length)
}

function calledRow({ id, verdict, says }: RequirementResult, say: Say, { sentences: inFull }: Room): Markup {
  const sign = mark(verdict, say(verdictWords[verdict]))
  return inFull ? html`<li>${sign}<b>${id}</b><span>${says}</span></li>` : html`<li>${sign} ${id}</li>`
}

export function deviationsMarkup({ deviations }: Certificate, say: Say, room: Room): Markup | undefined {
  if (deviations.length === 0) return undefined
  const heads = [words.requirement, words.reason, words.approver, words.expires, words.stands]
  const states = { 'in force': words.inForce, expired: words.expired, 'not needed': words.notNeeded } as const
  const rest = deviations.length - room.deviations
  return html`<section><h2>${say(words.deviations)}</h2><table class="deviations"><tr>${heads.map(head => html`<th scope="col">${say(head)}</th>`)}</tr>
${deviations
  .slice(0, room.deviations)
  .map(
    ({ requirement, reason, approver, expires, stands }) =>
      html`<tr><td>${requirement}</td><td><span class="clamp">${reason}</span></td><td><span class="clamp">${approver}</span></td><td class="date">${expires}</td><td>${say(states[stands])}</td></tr>`,
  )}</table>${rest === 0 ? undefined : html`<p class="rest"><b>${say(sentences.more(rest))}</b></p>`}</section>`
}

/** What this certificate says nothing about, and through what money was seen. */
export function unjudgedMarkup({ notApplicable, notCovered, views, remarks }: Certificate, say: Say): Markup {
  const seen = views.map(({ name, usable, because }) => {
    const why = usable || because === undefined ? '' : ` (${because})`
    const sign = mark(usable ? 'passed' : 'not applicable')
    return html`<li>${sign} ${say(viewWords(name))}${say(words.colon)}${say(usable ? words.used : words.notUsed)}${why}</li>`
  })
  return html`<section><h2>${say(words.notJudged)} <small>${say(words.listed)}</small></h2><div class="thirds">
<div><h3>${say(words.notApplicable)}${say(words.colon)}${sum(notApplicable)}</h3><p>${perChapter(notApplicable)}</p><p class="soft">${say(words.notApplicableWhy)}</p></div>
<div><h3>${say(words.notCovered)}${say(words.colon)}${sum(notCovered)}</h3><p>${perChapter(notCovered)}</p><p class="soft">${say(words.notCoveredWhy)}</p></div>
<div><h3>${say(words.views)}</h3>${views.length === 0 ? html`<p>${say(words.noViews)}</p>` : html`<ul>${seen}</ul>`}</div></div></section>
${remarks.length === 0 ? undefined : html`<section class="remarks"><h2>${say(words.remarks)}</h2><ul>${remarks.slice(0, 3).map(remark => html`<li class="clamp">${remark}</li>`)}</ul>${remarks.length > 3 ? html`<p>${say(sentences.more(remarks.length - 3))}</p>` : undefined}</section>`}`
}

const sum = (counts: readonly Count[]): number => counts.reduce((total, { rows }) => total + rows, 0)
const perChapter = (counts: readonly Count[]): string => counts.map(({ chapter, rows }) => `${chapter}\u00A0${rows}`).join(' · ')
