import type { Evidence } from '../verdict/verdict.ts'
import { blame, looks, words } from './look.ts'
import { href, html, type Markup } from './markup.ts'
import { type PartReport, type Report, type RequirementCard, scenarioOfEntry } from './report.ts'

/** The search line, and a card for each requirement; what is not a pass stands open. */
export function requirementsMarkup({ parts }: Report): Markup {
  const filters = words.map(
    word =>
      html`<label class="filter ${looks[word].slug}"><input type="checkbox" name="verdict" value="${word}" checked> ${looks[word].glyph} ${word}</label> `,
  )
  return html`<section class="requirements" id="requirements"><h2>Requirements</h2>
<div class="search" role="search"><input type="search" id="search" placeholder="Id or words; press / to search" aria-label="Search requirements and scenarios">
<div class="filters">${filters}</div><output id="found" for="search"></output></div>
${parts.map(partMarkup)}</section>`
}

function partMarkup({ part, chapters }: PartReport): readonly Markup[] {
  return chapters.map(
    ({ chapter, rows }) => html`<section class="chapter" id="chapter-${part}-${chapter.id}">
<h3>${chapter.title} <small>${part === 'instrument' ? `${chapter.id}, the instrument` : chapter.id}</small></h3>${rows.map(cardMarkup)}</section>`,
  )
}

function cardMarkup(card: RequirementCard): Markup {
  const look = looks[card.verdict]
  const open = ['failed', 'inconclusive', 'warned'].includes(card.verdict)
  const opened = open ? html` open` : undefined
  const sentence = card.finding ?? card.because
  return html`<details class="card ${look.slug}" id="${card.anchor}" data-verdict="${card.verdict}"${opened}>
<summary><span class="badge ${look.slug}">${look.glyph} ${card.verdict}</span> <b class="id">${card.anchor}</b> <span class="says">${card.says}</span></summary>
<div class="body">
${sentence === undefined ? undefined : html`<p class="finding">${sentence}${card.attribution ? html` <small>This is ${blame[card.attribution]}.</small>` : undefined}</p>`}
${comparison(card)}
${card.evidence.length === 0 ? undefined : html`<h4>Evidence</h4><ol class="evidence">${card.evidence.map(evidenceMarkup)}${card.unshown === 0 ? undefined : html`<li>and ${card.unshown} more, in <code>result.json</code></li>`}</ol>`}
${scenarioList(card)}
<p class="source">${card.level.toUpperCase()} · ${card.severity} · ${card.source}</p>
<p class="again"><span>Run it again</span> <code>${card.again}</code></p>
</div></details>
`
}

function comparison({ expected, received }: RequirementCard): Markup | undefined {
  if (expected === undefined && received === undefined) return undefined
  return html`<dl class="comparison"><div class="expected"><dt>expected</dt><dd>${expected ?? '—'}</dd></div><div class="received"><dt>received</dt><dd>${received ?? '—'}</dd></div></dl>`
}

function evidenceMarkup({ entry, field, saw }: Evidence): Markup {
  const number = entry.slice(scenarioOfEntry(entry).length)
  return html`<li><a href="${href(entry)}" title="${entry}">${number}</a> ${field === undefined ? undefined : html`<i>${field}</i> `}${saw}</li>`
}

/** Some rows are judged on every scenario: a long list stays folded. */
function scenarioList({ scenarios }: RequirementCard): Markup | undefined {
  if (scenarios.length === 0) return undefined
  const items = scenarios.map(({ key, name, verdict }) => {
    const { slug, glyph } = looks[verdict]
    return html`<li><span class="sign ${slug}" title="${verdict}">${glyph}</span> <a href="${href(key)}">${name}</a></li>`
  })
  if (scenarios.length <= 6) return html`<h4>Scenarios</h4><ul class="of">${items}</ul>`
  return html`<details class="many"><summary>Judged on ${scenarios.length} scenarios</summary><ul class="of">${items}</ul></details>`
}
