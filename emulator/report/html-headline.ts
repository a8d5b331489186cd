import type { Part } from '../verdict/result.ts'
import { blame, gravestFirst, headlineLook, looks, scope, words } from './look.ts'
import { href, html, type Markup } from './markup.ts'
import type { Report, RequirementCard } from './report.ts'

/** The certificate's face: what was concluded, about whom, with which suite and seed; then what stands against it. */
export function headlineMarkup(report: Report): Markup {
  const { run, verdict, exitCode, stopped, limit, remarks = [] } = report
  const look = headlineLook(exitCode)
  const facts: readonly (readonly [string, string | Markup])[] = [
    ['acquirer', run.profile.name],
    ['endpoint', run.endpoint],
    ['suite', run.suite],
    ['seed', run.seed],
    ['run', run.id],
    ...(limit?.only === undefined ? [] : [['only rows', limit.only.join(', ')] as const]),
    ...(limit?.tags === undefined ? [] : [['only scenarios', limit.tags] as const]),
    [
      'began',
      html`<time datetime="${run.startedAt}">${run.startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time>, ${tookText(run)}`,
    ],
    ['profile', html`<span class="digest" title="SHA-256 of the profile's bytes">sha256 ${run.profile.sha256}</span>`],
  ]
  return html`<header class="certificate ${look.slug}">
<p class="maker">tillproof <span>certificate of behaviour</span></p>
<div class="conclusion"><span class="seal" aria-hidden="true">${look.glyph}</span><h1>${verdict}</h1></div>
${stopped === undefined ? undefined : html`<p class="stopped">The run was stopped early: ${stopped}</p>`}
${remarks.map(remark => html`<p class="remark">Remark: ${remark}.</p>`)}
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<div class="tallies">${(['acquirer', 'instrument'] as const).map(part => tally(part, report))}</div>
<p class="scope">${scope}</p>
</header>
${againstMarkup(report)}`
}

const partNames: Readonly<Record<Part, string>> = { acquirer: 'The acquirer', instrument: 'The instrument: our own terminal' }

/** A bar in proportion, and the numbers under it. */
function tally(part: Part, { summary }: Report): Markup {
  const counted = summary[part]
  const counts = words.map(word => ({
    word,
    look: looks[word],
    count: counted[word === 'not applicable' ? 'notApplicable' : word],
  }))
  const told = counts.filter(({ count }) => count > 0)
  if (told.length === 0) return html``
  return html`<section class="tally"><h2>${partNames[part]}</h2>
<div class="bar" aria-hidden="true">${told.map(({ look, count }) => html`<span class="${look.slug}" style="flex-grow:${count}"></span>`)}</div>
<p>${told.map(({ word, look, count }) => html`<span class="count ${look.slug}"><b>${count}</b> ${word}</span> `)}</p></section>`
}

const againstTitles: Readonly<Record<Part, string>> = {
  acquirer: 'What stands against it',
  instrument: 'Where our own instrument failed',
}

/** The failures of the acquirer and those of the instrument are two lists: the second says nothing about the acquirer. */
function againstMarkup(report: Report): readonly Markup[] {
  return report.parts.map(({ part, chapters }) => {
    const failed = gravestFirst(chapters.flatMap(({ rows }) => rows.filter(row => row.verdict === 'failed')))
    return failed.length === 0
      ? html``
      : html`<section class="against"><h2>${againstTitles[part]}</h2><ul>${failed.map(against)}</ul></section>`
  })
}

function against(card: RequirementCard): Markup {
  const whose = card.attribution ? html` <small>This is ${blame[card.attribution]}.</small>` : undefined
  return html`<li><a href="${href(card.anchor)}">${card.anchor}</a> <em>${card.severity}</em> <span>${card.finding ?? card.says}${whose}</span></li>`
}

function tookText({ startedAt, finishedAt }: Report['run']): string {
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000
  return seconds < 90 ? `${Number(seconds.toFixed(1))}\u00A0s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}
