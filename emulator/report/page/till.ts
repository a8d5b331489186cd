import type { TillItem } from '../ladder.ts'
import type { PageDocument, PageElement } from './dom.ts'
import { make } from './ladder.ts'

// Runs in the reader's browser, as `ladder.ts` does.

/**
 * What the operator saw and did at one till, side by side: each glass under the keys that were pressed before it came, and slips as paper.
 *
 * Keys that changed nothing on the display stand without a glass.
 */
export function drawTill(page: PageDocument, items: readonly TillItem[]): PageElement {
  const strip = make(page, 'div', 'strip')
  let pressed: PageElement[] = []
  const frame = (...below: PageElement[]): void => {
    const keys = make(page, 'div', 'keys', ...pressed)
    strip.append(make(page, 'div', 'frame', ...(pressed.length > 0 ? [keys] : []), ...below))
    pressed = []
  }
  for (const item of items) {
    if (item.item === 'key') pressed.push(drawKey(page, item.id, item.key))
    else if (item.item === 'display') frame(drawGlass(page, item.id, item.lines))
    else {
      if (pressed.length > 0) frame()
      strip.append(drawPaper(page, item.id, item.slip))
    }
  }
  if (pressed.length > 0) frame()
  return strip
}

/** A key as on the terminal: the named ones dark, what was typed light. */
export function drawKey(page: PageDocument, id: string, key: string): PageElement {
  const cap = make(page, 'kbd', /^[\d•]+$/.test(key) ? 'typed' : key.replaceAll(' ', '-'), key)
  cap.id = id
  return cap
}

/** The glass as it was lit, its first line bold; a terminal without power shows nothing. */
export function drawGlass(page: PageDocument, id: string, lines: readonly string[]): PageElement {
  const dark = lines.length === 0
  const glass = make(page, 'pre', dark ? 'lcd dark' : 'lcd', ...drawLines(page, lines))
  glass.id = id
  glass.setAttribute('role', 'group')
  glass.setAttribute('aria-label', dark ? 'display, dark' : 'display')
  return glass
}

/** A slip as torn off, under what it is and whose copy. */
export function drawPaper(page: PageDocument, id: string, slip: Extract<TillItem, { item: 'slip' }>['slip']): PageElement {
  const { kind, copy, duplicate, lines } = slip
  const name = make(page, 'figcaption', '', `${kind} · ${copy} copy${duplicate ? ' · ' : ''}`)
  if (duplicate) name.append(make(page, 'b', '', 'duplicate'))
  const paper = make(page, 'pre', duplicate ? 'slip duplicate' : 'slip', ...drawLines(page, lines))
  const figure = make(page, 'figure', 'paper', name, make(page, 'div', 'shade', paper))
  figure.id = id
  return figure
}

/** Lines as a device prints them: a Chinese character is as wide as two others, whatever font the reader has. */
export function drawLines(page: PageDocument, lines: readonly string[]): (PageElement | string)[] {
  return lines.flatMap((line, at) => {
    const cells = line.split(/([\p{Script=Han}\u3000-\u303F\uFF00-\uFF60])/u).filter(piece => piece !== '')
    const drawn = cells.map(piece =>
      /^[\p{Script=Han}\u3000-\u303F\uFF00-\uFF60]$/u.test(piece) ? make(page, 'i', '', piece) : piece,
    )
    const end = at < lines.length - 1 ? '\n' : ''
    return at === 0 ? [make(page, 'b', '', ...drawn), end] : [...drawn, end]
  })
}
