import type { Slip } from '../../journal/entry.ts'
import { says } from './chosen-language.ts'
import { el } from './dom.ts'

export type Paper = Readonly<{ print: (slip: Slip) => void; clear: () => void }>

/** The paper of the printer: it comes out upwards, so the newest slip is nearest to the terminal. */
export function paper(place: HTMLElement): Paper {
  const empty = el('p', { class: 'stub', 'data-word': 'noPaper' }, says().noPaper)
  const roll = el('div', { class: 'slips', role: 'region', tabindex: 0, 'data-label': 'paper' }, empty)
  place.replaceChildren(roll)
  return {
    print: slip => {
      empty.remove()
      roll.append(drawn(slip))
      roll.scrollTop = roll.scrollHeight
    },
    clear: () => roll.replaceChildren(empty),
  }
}

function drawn(slip: Slip): HTMLElement {
  const copy = slip.copy === 'merchant' ? 'merchantCopy' : 'customerCopy'
  const name = el('span', { class: 'unseen' }, `${slip.kind}, `, el('span', { 'data-word': copy }, says()[copy]))
  const lines = slip.lines.map((line, no) => el('span', { class: no === 0 ? 'first' : 'line' }, `${line}\n`))
  return el('article', { class: `slip-paper ${slip.duplicate ? 'duplicate' : ''}` }, name, el('pre', {}, ...lines))
}
