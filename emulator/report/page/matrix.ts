import type { PageDocument, PageElement } from './dom.ts'

// Runs in the reader's browser, as `ladder.ts` does.

/** Brings requirements × scenarios to life: what a mark says is told beside it, and the arrow keys move from mark to mark. */
export function enableMatrix(page: PageDocument): void {
  for (const drawing of page.querySelectorAll('svg.drawing')) {
    const marks = [...drawing.querySelectorAll('.spot')]
    let current = marks[0]
    if (current) current.tabIndex = 0
    for (const type of ['mouseover', 'focusin'])
      drawing.addEventListener(type, event => {
        const mark = event.target.closest('.spot')
        if (mark) pointAt(page, drawing, mark)
      })
    drawing.addEventListener('keydown', event => {
      const from = event.target.closest('.spot')
      const to = from ? markBeside(marks, from, event.key) : undefined
      if (!to) return
      event.preventDefault()
      if (current) current.tabIndex = -1
      current = to
      to.tabIndex = 0
      to.focus()
    })
  }
}

/** Where a mark stands in its drawing; a band stands at its left end. */
export function placeOf(mark: PageElement): [x: number, y: number] {
  const [, x = '0', y = '0'] = /translate\((\S+) (\S+?)\)/.exec(mark.getAttribute('transform') ?? '') ?? []
  return [Number(x), Number(y)]
}

/** The mark that an arrow key leads to: the one before or after, or the nearest of the row above or below; the first and last by Home and End. */
export function markBeside(marks: readonly PageElement[], from: PageElement, key: string): PageElement | undefined {
  const at = marks.indexOf(from)
  if (key === 'ArrowRight') return marks[at + 1]
  if (key === 'ArrowLeft') return marks[at - 1]
  if (key === 'Home') return marks[0]
  if (key === 'End') return marks[marks.length - 1]
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined
  const [x, y] = placeOf(from)
  const beyond = marks.filter(mark => (key === 'ArrowDown' ? placeOf(mark)[1] > y : placeOf(mark)[1] < y))
  const row = (key === 'ArrowDown' ? beyond[0] : beyond[beyond.length - 1])?.dataset.row
  const distance = (mark: PageElement): number => Math.abs(placeOf(mark)[0] - x)
  return beyond.filter(mark => mark.dataset.row === row).sort((one, other) => distance(one) - distance(other))[0]
}

/** Tells what the mark says and what its requirement is, and lays a cross through it. */
export function pointAt(page: PageDocument, drawing: PageElement, mark: PageElement): void {
  const readout = page.getElementById('readout')
  const card = page.getElementById(mark.dataset.row ?? '')
  const says = card?.querySelector('.says')?.textContent ?? ''
  if (readout) readout.textContent = `${mark.querySelector('title')?.textContent ?? ''}. ${says}`
  const [x, y] = placeOf(mark)
  const row = drawing.querySelector('.cross-row')
  const column = drawing.querySelector('.cross-column')
  row?.setAttribute('y', String(y - 3))
  row?.setAttribute('width', '100%')
  column?.setAttribute('x', String(x - 2.5))
  column?.setAttribute('width', x > 0 ? '5' : '0')
}
