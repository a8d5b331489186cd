import type { Markup } from '../report/markup.ts'
import { html } from '../report/markup.ts'
import type { VerdictWord } from '../verdict/verdict.ts'

/** The signs of verdicts, drawn: no font has to have them. In a square of 10 by 10. */
const strokes: Readonly<Record<VerdictWord, string>> = {
  passed: 'M2.4 5.4 4.3 7.3 7.8 2.9',
  failed: 'M2.6 2.6 7.4 7.4M7.4 2.6 2.6 7.4',
  warned: 'M5 2v3.7M5 7.7v.4',
  inconclusive: 'M3.3 3.7C3.3 1.5 6.7 1.5 6.7 3.7 6.7 5.1 5 5 5 6.3M5 8v.3',
  untested: 'M7.4 5A2.4 2.4 0 1 1 2.6 5 2.4 2.4 0 0 1 7.4 5M3 7.2 7 2.8',
  'not applicable': 'M3 5h4',
}

/** The class by which a verdict has its colour. */
export const classOf = (word: VerdictWord): string => word.replace(' ', '-')

/** The sign of one verdict, as large as the text beside it; `says` for whoever does not see it. */
export function mark(word: VerdictWord, says?: string): Markup {
  const drawn = html`<rect width="10" height="10" rx="1.4"/><path d="${strokes[word]}"/>`
  return says === undefined
    ? html`<svg class="mark ${classOf(word)}" viewBox="0 0 10 10" aria-hidden="true">${drawn}</svg>`
    : html`<svg class="mark ${classOf(word)}" viewBox="0 0 10 10" role="img" aria-label="${says}">${drawn}</svg>`
}

/** A cell for each verdict, in lines of so many. Millimetres. */
export function cells(verdicts: readonly VerdictWord[], perLine: number, says: string): Markup {
  const [size, step] = [2.95, 3.3]
  const lines = Math.ceil(verdicts.length / perLine)
  const [width, height] = [perLine * step, lines * step]
  const drawn = verdicts.map((word, at) => {
    const [x, y] = [(at % perLine) * step, Math.floor(at / perLine) * step]
    const place = `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${size / 10})`
    return html`<g class="${classOf(word)}" transform="${place}"><rect width="10" height="10" rx="1.4"/><path d="${strokes[word]}"/></g>`
  })
  return html`<svg class="cells" viewBox="0 0 ${width} ${height}" width="${width}mm" height="${height}mm" role="img" aria-label="${says}">${drawn}</svg>`
}

/**
 * The seal beside the conclusion. Its fringe is drawn from the digest of the result, so that two results do not look the same; what it says, its sign
 * and its form say: round for certified, a filled octagon for not certified, a broken ring for neither.
 *
 * @param digest  Lower-case hex.
 */
export function seal(is: 'certified' | 'not certified' | 'inconclusive', digest: string): Markup {
  if (is === 'not certified')
    return html`<svg class="seal" viewBox="-50 -50 100 100" aria-hidden="true"><path class="filled" d="${polygon(8, () => 48, Math.PI / 8)}"/><path class="sign" d="M-18-18 18 18M18-18-18 18"/></svg>`
  if (is === 'inconclusive')
    return html`<svg class="seal" viewBox="-50 -50 100 100" aria-hidden="true"><circle class="broken" r="45"/><path class="sign" d="M-11-9C-11-27 12-27 12-9 12 2 0 1 0 12M0 23v1"/></svg>`
  const fringe = polygon(128, at =>
    at % 2 === 0 ? 45.5 + Number.parseInt(digest[(at / 2) % digest.length] ?? '0', 16) * 0.2 : 43.2,
  )
  return html`<svg class="seal" viewBox="-50 -50 100 100" aria-hidden="true"><path class="fringe" d="${fringe}"/><circle class="ring" r="39"/><circle class="ring fine" r="35.5"/><path class="sign" d="M-17 1-5 14 18-14"/></svg>`
}

function polygon(corners: number, radius: (at: number) => number, turned = 0): string {
  const points = Array.from({ length: corners }, (_, at) => {
    const angle = (at / corners) * 2 * Math.PI + turned
    return `${(Math.sin(angle) * radius(at)).toFixed(2)} ${(-Math.cos(angle) * radius(at)).toFixed(2)}`
  })
  return `M${points.join('L')}Z`
}
