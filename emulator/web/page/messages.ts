import type { Entry } from '../../journal/entry.ts'
import { ladderOf, type Rung } from '../../report/ladder.ts'
import type { PageDocument, PageElement } from '../../report/page/dom.ts'
import { drawRung } from '../../report/page/ladder.ts'
import { drawDetail } from '../../report/page/message.ts'
import type { Fields } from '../protocol.ts'
import { says } from './chosen-language.ts'
import { byId, el } from './dom.ts'

export type Messages = Readonly<{ add: (entry: Entry) => void; clear: (fields: Fields) => void }>

/** What the terminal itself shows anyway is not told again beside it, nor what the host tells about itself. */
const elsewhere: ReadonlySet<Entry['is']> = new Set(['key', 'display', 'slip', 'step', 'control', 'view', 'host note'])
const isElsewhere = (entry: Entry): boolean =>
  elsewhere.has(entry.is) || (entry.is === 'terminal' && (entry.event === 'stored' || entry.event === 'keys loaded'))

/** The ladder as the report draws it, live; beside it the fields and bytes of whatever message is pointed at, the last one otherwise. */
export function messages(place: HTMLElement, inspector: HTMLElement): Messages {
  // The report draws through the little of the browser that it names; a browser's own document has all of that and more.
  const page = document as unknown as PageDocument
  let entries: Entry[] = []
  let data = { fields: {} as Fields, cited: {}, scenarios: {} }
  const drawn = new Set<string>()
  const ladder = el('div', { class: 'ladder' })
  ladder.style.setProperty('--lanes', '2')

  const inspect = (rung: Rung, row: Element): void => {
    if (rung.rung !== 'message') return
    for (const lit of place.querySelectorAll('.lit')) lit.classList.remove('lit')
    row.classList.add('lit')
    const title = el('h3', {}, `${rung.mti} ${rung.name}`)
    inspector.replaceChildren(title, ...drawDetail(page, data, rung).map(native))
  }
  const add = (rung: Rung): void => {
    const row = native(drawRung(page, data, rung))
    for (const type of ['pointerenter', 'focusin']) row.addEventListener(type, () => inspect(rung, row))
    ladder.append(row)
    inspect(rung, row)
  }
  // Once for all messages that come before the next picture: where a ladder ends takes a layout to know.
  let scrolling = false
  const scrollDown = (): void => {
    if (scrolling) return
    scrolling = true
    requestAnimationFrame(() => {
      scrolling = false
      place.scrollTop = place.scrollHeight
    })
  }
  const clear = (fields: Fields): void => {
    entries = []
    data = { fields, cited: {}, scenarios: {} }
    drawn.clear()
    ladder.replaceChildren()
    place.replaceChildren(el('p', { class: 'soft', 'data-word': 'noMessages' }, says().noMessages))
    inspector.replaceChildren(el('p', { class: 'soft', 'data-word': 'inspectorEmpty' }, says().inspectorEmpty))
  }
  return {
    clear,
    add: entry => {
      if (isElsewhere(entry)) return
      entries.push(entry)
      const { rungs } = ladderOf(entries)
      if (drawn.size === 0) {
        ladder.append(head())
        place.replaceChildren(ladder)
      }
      for (const rung of rungs) if (!drawn.has(rung.id)) add(rung)
      for (const { id } of rungs) drawn.add(id)
      scrollDown()
    },
  }
}

/** The two lifelines: this terminal and its acquirer. */
function head(): HTMLElement {
  const name = (word: 'terminal' | 'acquirer'): HTMLElement =>
    el('div', { class: 'lane-head' }, el('b', { 'data-word': word }, says()[word]))
  const unit = el('span', { class: 'at', 'data-word': 'milliseconds' }, says().milliseconds)
  return el('div', { class: 'lane-heads' }, unit, name('terminal'), name('acquirer'))
}

/** What the report has drawn on this page are the browser's own elements. */
const native = (element: PageElement): HTMLElement => element as unknown as HTMLElement

/** The two places of the page that messages are shown in. */
export const messagesOnPage = (): Messages => messages(byId('ladder'), byId('inspector'))
