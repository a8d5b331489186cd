import { html, Markup } from '../report/markup.ts'
import type { Certificate, Conclusion } from './certificate.ts'
import { againstMarkup, calledMarkup, deviationsMarkup, matrixMarkup, unjudgedMarkup } from './html-rows.ts'
import { seal } from './marks.ts'
import type { Room } from './room.ts'
import { certificateStyle } from './style.ts'
import { type Both, dayWords, type Language, type Say, saying, sentences, words } from './words.ts'

/** Forbids the page every request: what it shows, it brings. It has no script. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/**
 * The certificate as one sheet of A4.
 *
 * @param room  How much of it has a place there; see `roomsFor`.
 */
export function certificateHtml(certificate: Certificate, language: Language, room: Room): string {
  const say = saying(language)
  const { conclusion, run } = certificate
  const title = `${say(conclusionWords[conclusion.is])} · ${run.profile.name} · tillproof`
  const page = html`<!doctype html>
<html lang="${language === 'en' ? 'en' : 'zh-Hans'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<style>${new Markup(certificateStyle)}${new Markup(room.zoom === 1 ? '' : `.sheet>*{zoom:${room.zoom}}`)}</style>
</head>
<body>
<main class="sheet ${conclusion.is.replace(' ', '-')}">
<p class="top"><span>tillproof</span><span class="what">${say(words.title)}</span></p>
${bandMarkup(certificate, say)}
${factsMarkup(certificate, say)}
${matrixMarkup(certificate, say)}
${againstMarkup(certificate, say, room)}
${calledMarkup(certificate, say, room)}
${deviationsMarkup(certificate, say, room)}
${unjudgedMarkup(certificate, say)}
${footMarkup(certificate, say)}
</main>
</body>
</html>
`
  return page.text
}

const conclusionWords: Readonly<Record<Conclusion['is'], Both>> = {
  certified: words.certified,
  'not certified': words.notCertified,
  inconclusive: words.inconclusive,
}

/** The verdict, about whom, and why; a conclusion on a part of something says so as loudly. */
function bandMarkup({ conclusion, run, warned, digests }: Certificate, say: Say): Markup {
  const { is, deviating, limitedTo, shard } = conclusion
  const of = [
    ...(is === 'certified' && deviating > 0 ? [sentences.withDeviations(deviating)] : []),
    ...(shard === undefined ? [] : [sentences.shard(shard.index, shard.of)]),
    ...(limitedTo === undefined ? [] : [sentences.limited(limitedTo)]),
  ]
  const told = [
    ...reasons(conclusion).map(say),
    ...(warned.length === 0 ? [] : [say(sentences.warned(warned.length)) + warned.join(', ')]),
  ]
  const { name } = run.profile
  return html`<header class="band">${seal(is, digests.result)}<div>
<h1><b>${say(conclusionWords[is])}</b>${of.map(part => html` <span>${say(part)}</span>`)}</h1>
<p class="who clamp${name.length > 60 ? ' long' : ''}">${name}</p>
${told.map(text => html`<p class="told clamp">${text}</p>`)}
</div></header>`
}

function reasons({ is, judged, failed, deviating, ownFailed, open, stopped }: Conclusion): readonly Both[] {
  const broken = failed > 0 ? [sentences.someFailed(judged, failed)] : []
  const early = stopped === undefined ? [] : [sentences.stoppedEarly(stopped.split('\n')[0] ?? '')]
  if (is === 'certified' && judged === 0) return [sentences.onlyOwn()]
  if (is === 'certified' && failed === 0)
    return [deviating === 0 ? sentences.allHold(judged) : sentences.allHoldBut(judged, deviating)]
  if (is !== 'inconclusive') return [...broken, ...early]
  if (ownFailed > 0) return [...broken, sentences.ownTerminalFailed(ownFailed), ...early]
  return [...broken, open > 0 ? sentences.leftOpen(open) : sentences.nothingJudged(), ...early]
}

function factsMarkup({ run, limit }: Certificate, say: Say): Markup {
  const facts: readonly (readonly [Both, string, width?: string])[] = [
    [words.endpoint, run.endpoint === words.ownHost[0] ? say(words.ownHost) : run.endpoint],
    [words.date, say(dayWords(run.finishedAt))],
    [words.run, run.id],
    [words.suite, run.suite],
    [words.seed, run.seed],
    ...(limit?.only === undefined ? [] : [[words.onlyRows, limit.only.join(', '), 'all'] as const]),
    ...(limit?.tags === undefined ? [] : [[words.onlyScenarios, limit.tags, 'all'] as const]),
  ]
  return html`<dl class="facts">${facts.map(([name, value, width = '']) => html`<div class="${width}"><dt>${say(name)}</dt><dd class="clamp">${value}</dd></div>`)}</dl>`
}

function footMarkup({ digests, run }: Certificate, say: Say): Markup {
  const files: readonly (readonly [string, string])[] = [
    [say(words.profile), run.profile.sha256],
    ['result.json', digests.result],
    ['journal.ndjson', digests.journal ?? say(words.notKept)],
  ]
  return html`<div class="foot">
<section class="evidence"><h2>${say(words.evidence)} <small>${say(words.evidenceWhy)}</small></h2>
${files.map(([file, digest]) => html`<div><span>${file}</span><span class="digest">${digest}</span></div>`)}</section>
<p class="scope">${say(words.scope)}</p>
<div class="sign-here">${[words.name, words.signature, words.signedOn].map(what => html`<div>${say(what)}</div>`)}</div>
</div>`
}
