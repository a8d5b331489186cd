import { onLanguage, says } from './chosen-language.ts'
import { el, svg } from './dom.ts'

/** The letter that presses a function key while the terminal has the focus. */
const letters: Readonly<Record<string, string>> = {
  sale: 's',
  void: 'v',
  refund: 'r',
  inquire: 'b',
  'sign in': 'i',
  'sign off': 'o',
  echo: 'e',
  settle: 't',
  reverse: 'x',
  'look up': 'l',
  reprint: 'p',
  totals: 'u',
}

/** The keypad, row by row; how many keys stand beside each other is its arrow keys' step. */
const pad = ['1', '2', '3', 'cancel', '4', '5', '6', 'clear', '7', '8', '9', 'enter', '0'] as const
const columns = 4

const signs: Readonly<Record<string, string>> = { cancel: '✕', clear: '‹', enter: '○' }

/** What can be done at the terminal: a key, or a card held to one of its readers. */
export type AtDevice = Readonly<{ press: (key: string) => void; reader: (reader: Reader) => void }>
export const readers = ['stripe', 'chip', 'contactless'] as const
export type Reader = (typeof readers)[number]

export type Device = Readonly<{ shows: (lines: readonly string[], powered: boolean) => void; focus: () => void }>

/** The terminal itself: display, keys, and its three readers. It decides nothing. */
export function device(place: HTMLElement, functions: readonly string[], at: AtDevice): Device {
  const glass = el('div', { class: 'glass', role: 'status', 'data-label': 'display' })
  const functionButtons = functions.map(name => keyButton(name, 'function', at))
  const padButtons = pad.map(name => keyButton(name, /\d/.test(name) ? 'digit' : name, at))
  const body = el(
    'div',
    { class: 'body' },
    el(
      'div',
      { class: 'brow' },
      el('span', { class: 'maker', 'aria-hidden': true }, 'tillproof'),
      readerButton('contactless', at),
    ),
    el('div', { class: 'bezel' }, glass),
    el('div', { class: 'functions' }, ...functionButtons),
    el('div', { class: 'pad' }, ...padButtons),
    readerButton('chip', at),
  )
  const whole = el(
    'div',
    { class: 'casing', role: 'group', tabindex: 0, 'data-label': 'terminalHow' },
    body,
    readerButton('stripe', at),
  )
  place.replaceChildren(whole)
  rove(functionButtons, 3)
  rove(padButtons, columns)
  whole.addEventListener('keydown', event => pressed(event, functions, at))
  // A key that is pressed by mouse leaves the focus with the terminal, so that the next one may come from the keyboard.
  whole.addEventListener('pointerdown', event => {
    event.preventDefault()
    whole.focus({ preventScroll: true })
  })
  let shown = ''
  return {
    focus: () => whole.focus({ preventScroll: true }),
    shows: (lines, powered) => {
      whole.classList.toggle('dark', !powered)
      const text = lines.join('\n')
      if (text === shown) return
      shown = text
      glass.replaceChildren(...lines.map(line => el('p', {}, line === '' ? ' ' : line)))
    },
  }
}

function keyButton(name: string, kind: string, at: AtDevice): HTMLButtonElement {
  const letter = letters[name]
  const label = el('span', { class: 'word' })
  const button = el('button', {
    type: 'button',
    class: `key ${kind}`,
    'data-key': name,
    tabindex: -1,
    on: { click: () => at.press(name) },
  })
  if (letter !== undefined) button.setAttribute('aria-keyshortcuts', letter)
  const sign = signs[name]
  button.append(
    ...(sign === undefined ? [] : [el('span', { class: 'sign', 'aria-hidden': true }, sign)]),
    label,
    ...(letter === undefined ? [] : [el('span', { class: 'letter', 'aria-hidden': true }, letter)]),
  )
  const name_ = (): void => {
    label.textContent = says().functions[name] ?? says().keys[name] ?? name
  }
  name_()
  onLanguage(name_)
  return button
}

function readerButton(reader: Reader, at: AtDevice): HTMLButtonElement {
  const word = el('span', { class: 'word', 'data-word': reader })
  const label = reader === 'contactless' ? 'contactlessField' : `${reader}Slot`
  return el(
    'button',
    {
      type: 'button',
      class: `reader ${reader}`,
      'data-reader': reader,
      'data-label': label,
      on: { click: () => at.reader(reader) },
    },
    mark(reader),
    word,
  )
}

function mark(reader: Reader): Element {
  if (reader === 'contactless') {
    const waves = [4, 8, 12].map(radius =>
      svg('path', { d: `M ${radius} ${12 - radius} a ${radius * 1.4} ${radius * 1.4} 0 0 1 0 ${radius * 2}` }),
    )
    return svg('svg', { viewBox: '0 -2 24 28', 'aria-hidden': true }, ...waves)
  }
  return el('span', { class: 'groove', 'aria-hidden': true })
}

/** One key of a group can be reached by Tab; the arrows move between them. */
function rove(buttons: readonly HTMLButtonElement[], across: number): void {
  buttons[0]?.setAttribute('tabindex', '0')
  const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across }
  for (const [no, button] of buttons.entries())
    button.addEventListener('keydown', event => {
      const next = buttons[no + (steps[event.key] ?? 0)]
      if (next === undefined || next === button) return
      event.preventDefault()
      for (const other of buttons) other.tabIndex = other === next ? 0 : -1
      next.focus()
    })
}

/** A key of the keyboard at the terminal. Enter on a button presses that button, as everywhere. */
function pressed(event: KeyboardEvent, functions: readonly string[], at: AtDevice): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  const onButton = event.target instanceof HTMLButtonElement
  const key = keyOf(event.key, functions)
  if (key === undefined || (key === 'enter' && onButton)) return
  event.preventDefault()
  at.press(key)
}

function keyOf(pressed: string, functions: readonly string[]): string | undefined {
  if (/^\d$/.test(pressed)) return pressed
  const edit: Readonly<Record<string, string>> = { Enter: 'enter', Escape: 'cancel', Backspace: 'clear' }
  return edit[pressed] ?? functions.find(name => letters[name] === pressed.toLowerCase())
}
