import type { KeptPage } from '../verdict/result.ts'
import { looks } from './look.ts'
import { href, html, type Markup } from './markup.ts'
import type { PageData } from './page/data.ts'
import type { Report, ScenarioReport } from './report.ts'

/** The scenarios' heads; their ladders are drawn when one is opened. */
export function scenariosMarkup({ scenarios }: Report): Markup {
  if (scenarios.length === 0) return html``
  return html`<section class="scenarios" id="scenarios"><h2>Scenarios</h2>
<noscript><p>The ladders of messages are drawn by the script of this page.</p></noscript>
${scenarios.map(head)}</section>`
}

function head(scenario: ScenarioReport): Markup {
  const { key, name, rule, uri, seed, ids, verdict } = scenario
  const look = looks[verdict ?? 'untested']
  const word = verdict ?? 'not judged'
  return html`<details class="scenario ${look.slug}" id="${key}" data-verdict="${verdict ?? 'untested'}">
<summary><span class="badge ${look.slug}">${look.glyph} ${word}</span> <span class="name">${name}</span> <span class="ids">${ids.join(' ')}</span></summary>
<p class="rule">${rule} <span class="ids">${ids.map(id => html`<a href="${href(id)}">${id}</a> `)}</span></p><p class="source">${uri}${seed === '' ? '' : ` · seed ${seed}`}</p>${scenario.pages.map(pageMarkup)}<div class="ladder-place"></div></details>
`
}

/** What the page before a till looked like: the files lie beside the report. */
function pageMarkup({ terminal, screenshot, trace }: KeptPage): Markup {
  const traced =
    trace === undefined
      ? undefined
      : html` · <a href="${trace}">Playwright trace</a>, for <code>npx playwright show-trace ${trace}</code>`
  return html`<p class="kept-page">The page of ${terminal} at the end: <a href="${screenshot}">picture</a>${traced}</p>`
}

/** What the page's script draws from. */
export function scenarioData(report: Report): PageData {
  const cited: Record<string, [anchor: string, slug: string][]> = {}
  const rows = report.parts.flatMap(({ chapters }) => chapters.flatMap(chapter => chapter.rows))
  // What is about this scenario stands before what is about all of them.
  for (const { anchor, verdict, evidence } of rows.toSorted((one, other) => one.scenarios.length - other.scenarios.length))
    for (const entry of new Set(evidence.map(seen => seen.entry))) {
      cited[entry] ??= []
      cited[entry].push([anchor, looks[verdict].slug])
    }
  return {
    fields: report.fields,
    cited,
    scenarios: Object.fromEntries(
      report.scenarios.map(({ key, lanes, rungs, money }) => [key, { lanes, rungs, ...(money ? { money } : {}) }]),
    ),
  }
}
