import { looks, words } from './look.ts'
import { href, html, type Markup } from './markup.ts'
import type { PartReport, Report, RequirementCard } from './report.ts'

const titles = { acquirer: 'The acquirer', instrument: 'The instrument' } as const
const notes = {
  acquirer: 'Rows that bind the host. Only these decide.',
  instrument: 'Rows that bind the terminal: our own emulator, which never stands in the acquirer’s favour or blame.',
} as const

/** Every row at a glance: a cell each, with its number, and a sign beside its colour. */
export function matrixMarkup(report: Report): Markup {
  const legend = words.map(
    word => html`<div><dt>${sign(looks[word].slug, looks[word].glyph)} ${word}</dt><dd>${looks[word].means}</dd></div>`,
  )
  return html`<section class="matrix" id="matrix"><h2>Requirements at a glance</h2>
<div class="halves">${report.parts.filter(({ chapters }) => chapters.length > 0).map(half)}</div>
<dl class="legend">${legend}</dl>
${viewsMarkup(report)}</section>`
}

function half({ part, chapters }: PartReport): Markup {
  const lines = chapters.map(
    ({
      chapter,
      rows,
    }) => html`<tr><th scope="row"><a href="#chapter-${part}-${chapter.id}">${chapter.id}</a> <span>${chapter.title}</span></th>
<td>${rows.map(cell)}</td></tr>`,
  )
  return html`<section class="half"><h3>${titles[part]}</h3><p>${notes[part]}</p><table>${lines}</table></section>`
}

function cell(card: RequirementCard): Markup {
  const { slug, glyph } = looks[card.verdict]
  const number = card.id.replace(/^[A-Z]+-/, '')
  return html`<a class="cell ${slug}" href="${href(card.anchor)}" title="${card.id} ${card.verdict}: ${card.says}" aria-label="${card.id} ${card.verdict}"><i>${number}</i><b>${glyph}</b></a> `
}

const sign = (slug: string, glyph: string): Markup => html`<span class="sign ${slug}" aria-hidden="true">${glyph}</span>`

/** Through what money was seen. A view that did not move with a sale and its void is named, and was not used. */
function viewsMarkup({ views }: Report): Markup {
  if (views.length === 0) return html``
  const told = views.map(
    view =>
      html`<li>${sign(view.usable ? 'passed' : 'na', view.usable ? '✓' : '–')} ${view.name}${view.usable ? '' : `: not used${view.because ? `, because ${view.because}` : ''}`}</li>`,
  )
  return html`<div class="views"><h3>Views of money</h3><ul>${told}</ul></div>`
}

/** The gaps of the suite, each with its reason: shown, never counted for or against anybody. */
export function notCoveredMarkup({ notCovered }: Report): Markup {
  const count = notCovered.reduce((sum, { rows }) => sum + rows.length, 0)
  if (count === 0) return html``
  const rows = notCovered
    .flatMap(group => group.rows)
    .map(({ id, because }) => html`<tr><th scope="row">${id}</th><td>${because}</td></tr>`)
  return html`<section class="uncovered" id="not-covered"><h2>Not covered by this suite</h2>
<details><summary>${count} ${count === 1 ? 'requirement has' : 'requirements have'} no scenario yet. They count for nothing here.</summary><table>${rows}</table></details></section>`
}
