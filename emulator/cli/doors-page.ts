import { pageStyle } from '../report/html-style.ts'
import { headlineLook, looks, words } from '../report/look.ts'
import { html, Markup } from '../report/markup.ts'
import type { AtDoor, Compared, ComparedDoor } from './doors-comparison.ts'
import { reasonsOf } from './doors-reasons.ts'
import { countOf } from './doors-text.ts'

const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

const style = `${pageStyle}
.doors{width:100%;background:var(--paper);border:1px solid var(--line)}
.doors th,.doors td{padding:.5rem .8rem;border-top:1px solid var(--line);text-align:left;vertical-align:top}
.doors thead th{font-size:.85rem;color:var(--soft);font-weight:600}.doors td.n{text-align:right;font-variant-numeric:tabular-nums}
.doors .verdict{color:var(--c);font-weight:600;white-space:nowrap}.doors td small{display:block;color:var(--soft);margin-top:.2rem}
.wide{overflow-x:auto}
`

/** The comparison as one page that opens offline beside the reports of the doors, to which it links. */
export function doorsPage(comparison: Compared): string {
  const { doors, differences, notApplicable, alike, nowhere, seed, exitCode, notRun } = comparison
  const look = headlineLook(exitCode)
  const said = differences.length === 0 ? 'no row differs' : `rows that differ: ${differences.length}`
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${doors.length} doors, ${said} · tillproof</title>
<style>${new Markup(style)}</style>
</head>
<body>
<main>
<header class="certificate ${look.slug}">
<p class="maker">tillproof <span>one host through several doors</span></p>
<div class="conclusion"><span class="seal" aria-hidden="true">${look.glyph}</span><h1>${doors.length} doors, ${said}</h1></div>
${notRun.length === 0 ? undefined : html`<p class="stopped">Interrupted before ${notRun.join(', ')}.</p>`}
<p>${alike} rows have one verdict wherever they apply${nowhere === 0 ? '' : `, ${nowhere} apply at no door`}. Seed ${seed}.</p>
</header>
<h2>The doors</h2>
${doorTable(doors)}
<h2>Rows that differ</h2>
${differences.length === 0 ? html`<p>None: wherever a row applies, every door gives the same verdict.</p>` : differenceTable(comparison)}
<h2>Rows that apply at some doors only</h2>
${notApplicable.length === 0 ? html`<p>None.</p>` : reasonTable(comparison)}
</main>
</body>
</html>
`
  return page.text
}

function doorTable(doors: readonly ComparedDoor[]): Markup {
  const used = words.filter(word => doors.some(door => countOf(door, word) > 0))
  const rows = doors.map(
    door => html`<tr><th scope="row"><a href="${door.report}">${door.door}</a></th><td>${door.verdict}</td>
${used.map(word => html`<td class="n ${looks[word].slug}">${countOf(door, word)}</td>`)}
<td>${door.dialect}<small>${door.way}</small></td></tr>`,
  )
  return html`<div class="wide"><table class="doors"><thead><tr><th>door</th><th>verdict</th>
${used.map(word => html`<th title="${word}">${looks[word].glyph} ${word}</th>`)}<th>dialect and way</th></tr></thead>
<tbody>${rows}</tbody></table></div>`
}

function differenceTable({ doors, differences }: Compared): Markup {
  const rows = differences.map(
    ({ id, part, says, verdicts }) =>
      html`<tr><th scope="row">${id}<small> ${part}</small></th><td>${says}</td>${verdicts.map(cell)}</tr>`,
  )
  return html`<div class="wide"><table class="doors"><thead><tr><th>row</th><th>requirement</th>
${doors.map(({ door, report }) => html`<th><a href="${report}">${door}</a></th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>`
}

function cell({ verdict, says }: AtDoor): Markup {
  const { slug, glyph } = looks[verdict]
  return html`<td class="${slug}"><span class="verdict">${glyph} ${verdict}</span>${says === undefined ? undefined : html`<small>${says}</small>`}</td>`
}

function reasonTable(comparison: Compared): Markup {
  const lines = reasonsOf(comparison).map(
    ({ doors, because, rows }) => html`<tr><th scope="row">${doors}</th><td>${because}</td><td>${rows.join(' ')}</td></tr>`,
  )
  return html`<div class="wide"><table class="doors"><thead><tr><th>not at</th><th>because</th><th>rows</th></tr></thead><tbody>${lines}</tbody></table></div>`
}
