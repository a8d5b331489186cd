import type { PageData } from './data.ts'
import type { PageElement, PageWindow } from './dom.ts'
import { drawScenario } from './ladder.ts'

// Runs in the reader's browser, as `ladder.ts` does.

/** Brings the page to life: ladders on opening, links to any card, scenario or entry, search, and everything open on paper. */
export function start(window: PageWindow, data: PageData): void {
  const page = window.document
  const draw = (scenario: PageElement): void => {
    const place = scenario.querySelector('.ladder-place')
    if (place && place.childElementCount === 0) place.append(drawScenario(page, data, scenario.id))
  }
  for (const scenario of page.querySelectorAll('details.scenario'))
    scenario.addEventListener('toggle', () => {
      if (scenario.open) draw(scenario)
    })

  const follow = (): void => {
    const id = decodeURIComponent(window.location.hash.slice(1))
    if (id === '') return
    const scenario = page.getElementById(id.slice(0, id.includes('#') ? id.lastIndexOf('#') : id.length))
    if (scenario?.className.startsWith('scenario')) {
      scenario.open = true
      draw(scenario)
    }
    const goal = page.getElementById(id)
    if (!goal) return
    const around = goal.closest('details')
    if (around) around.open = true
    goal.hidden = false
    for (const lit of page.querySelectorAll('.lit')) lit.classList.remove('lit')
    goal.classList.add('lit')
    goal.querySelector('button.arrow')?.focus()
    goal.scrollIntoView({ block: 'center' })
  }
  window.addEventListener('hashchange', follow)

  const search = page.getElementById('search')
  const boxes = [...page.querySelectorAll('.filters input')]
  const cards = [...page.querySelectorAll('details.card, details.scenario')].map(card => ({
    card,
    text: `${card.id} ${card.textContent ?? ''}`.toLowerCase(),
  }))
  const found = page.getElementById('found')
  const filter = (): void => {
    const wanted = (search?.value ?? '').toLowerCase().split(' ').filter(Boolean)
    const verdicts = boxes.filter(box => box.checked).map(box => box.value)
    let requirements = 0
    for (const { card, text } of cards) {
      card.hidden = !(verdicts.includes(card.dataset.verdict ?? '') && wanted.every(word => text.includes(word)))
      if (!card.hidden && card.className.startsWith('card')) requirements += 1
    }
    for (const chapter of page.querySelectorAll('.chapter'))
      chapter.hidden = chapter.querySelector('details.card:not([hidden])') === null
    if (found) found.textContent = `${requirements} shown`
  }
  search?.addEventListener('input', filter)
  for (const box of boxes) box.addEventListener('change', filter)
  page.addEventListener('keydown', event => {
    if (event.key !== '/' || event.target.closest('input')) return
    event.preventDefault()
    search?.focus()
  })
  window.addEventListener('beforeprint', () => {
    for (const { card } of cards) if (card.className.startsWith('card')) card.open = true
  })
  filter()
  follow()
}
