import type { PageData } from './data.ts'
import type { PageDocument, PageElement, PageWindow } from './dom.ts'
import { drawScenario } from './ladder.ts'
import { enableMatrix } from './matrix.ts'

// Runs in the reader's browser, as `ladder.ts` does.

/** Brings the page to life: ladders on opening, links to any card, scenario or entry, search, and every card open on paper. */
export function start(window: PageWindow, data: PageData): void {
  const page = window.document
  for (const scenario of page.querySelectorAll('details.scenario'))
    scenario.addEventListener('toggle', () => {
      if (scenario.open) drawOnce(page, data, scenario)
    })
  window.addEventListener('hashchange', () => follow(window, data))
  window.addEventListener('beforeprint', () => {
    for (const card of page.querySelectorAll('details.card')) card.open = true
  })
  enableSearch(page)
  enableMatrix(page)
  follow(window, data)
}

export function drawOnce(page: PageDocument, data: PageData, scenario: PageElement): void {
  const place = scenario.querySelector('.ladder-place')
  if (place && place.childElementCount === 0) place.append(drawScenario(page, data, scenario.id))
}

/** Goes where the address points, opening and showing what hides it: `#VOID-013`, `#03-void/correct-void:14`, `#03-void/correct-void:14#27`. */
export function follow(window: PageWindow, data: PageData): void {
  const page = window.document
  const id = decodeURIComponent(window.location.hash.slice(1))
  const scenario = page.getElementById(id.replace(/#[^#]*$/, ''))
  if (scenario?.className.startsWith('scenario')) drawOnce(page, data, scenario)
  const goal = nearest(page, id)
  if (!goal) return
  const details = goal.closest('details')
  if (details) details.open = true
  for (const around of [goal, details, goal.closest('.chapter')]) if (around) around.hidden = false
  for (const lit of page.querySelectorAll('.lit')) lit.classList.remove('lit')
  if (goal.closest('details') || goal.closest('.chapter')) goal.classList.add('lit')
  if (goal.className.startsWith('rung')) goal.querySelector('button.arrow')?.focus()
  // A scenario is higher than any window: what is read first is its head, not its middle.
  goal.scrollIntoView({ block: goal.className.startsWith('scenario') ? 'start' : 'center' })
}

/** The place of an id; of an entry that is told together with others, the place of the one before it. */
export function nearest(page: PageDocument, id: string): PageElement | null {
  const [, scenario = '', number = '0'] = /^(.*)#(\d+)$/.exec(id) ?? []
  for (let at = Number(number); at > 0; at -= 1) {
    const place = page.getElementById(`${scenario}#${at}`)
    if (place) return place
  }
  return page.getElementById(scenario === '' ? id : scenario)
}

/** Shows the cards and scenarios that hold every word of the search and have a verdict that is ticked; `/` leads to the search. */
export function enableSearch(page: PageDocument): void {
  const search = page.getElementById('search')
  const found = page.getElementById('found')
  const boxes = [...page.querySelectorAll('.filters input')]
  const all = [...page.querySelectorAll('details.card, details.scenario')]
  const cards = all.map(card => ({ card, text: `${card.id} ${card.textContent ?? ''}`.toLowerCase() }))
  const filter = (): void => {
    const wanted = (search?.value ?? '').toLowerCase().split(' ')
    const verdicts = boxes.filter(box => box.checked).map(box => box.value)
    for (const { card, text } of cards)
      card.hidden = !(verdicts.includes(card.dataset.verdict ?? '') && wanted.every(word => text.includes(word)))
    for (const chapter of page.querySelectorAll('.chapter'))
      chapter.hidden = chapter.querySelector('details.card:not([hidden])') === null
    const shown = all.filter(card => !card.hidden && card.className.startsWith('card'))
    if (found) found.textContent = `${shown.length} shown`
  }
  search?.addEventListener('input', filter)
  for (const box of boxes) box.addEventListener('change', filter)
  page.addEventListener('keydown', event => {
    if (event.key !== '/' || event.target.closest('input')) return
    event.preventDefault()
    search?.focus()
  })
  filter()
}
