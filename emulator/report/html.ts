import { headlineMarkup } from './html-headline.ts'
import { matrixMarkup, notCoveredMarkup } from './html-matrix.ts'
import { requirementsMarkup } from './html-requirement.ts'
import { runMatrixMarkup } from './html-run-matrix.ts'
import { scenarioData, scenariosMarkup } from './html-scenario.ts'
import { pageStyle } from './html-style.ts'
import { ladderStyle } from './html-style-ladder.ts'
import { matrixStyle } from './html-style-matrix.ts'
import { moneyStyle } from './html-style-money.ts'
import { tillStyle } from './html-style-till.ts'
import { html, json, Markup } from './markup.ts'
import { pageScript } from './page/script.ts'
import type { Report } from './report.ts'

/** Forbids the page every request: what it shows, it brings. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/**
 * The certificate as one file that opens offline. Headline, matrix and requirements are plain HTML; the ladders are drawn from the data at the end
 * of the file when a scenario is opened, so that a long run stays small.
 */
export function htmlReport(report: Report): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="tillproof ${report.run.suite}">
<title>${report.verdict} · ${report.run.profile.name} · tillproof</title>
<style>${new Markup(pageStyle + matrixStyle + ladderStyle + tillStyle + moneyStyle)}</style>
</head>
<body>
<a class="skip" href="#requirements">To the requirements</a>
<main>
${headlineMarkup(report)}
${runMatrixMarkup(report)}
${matrixMarkup(report)}
${requirementsMarkup(report)}
${notCoveredMarkup(report)}
${scenariosMarkup(report)}
</main>
<script type="application/json" id="data">${json(scenarioData(report))}</script>
<script>${new Markup(pageScript)}</script>
</body>
</html>
`
  return page.text
}
