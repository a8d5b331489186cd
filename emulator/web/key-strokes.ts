import type { CDPSession } from 'playwright'

/** One key of a keyboard, as the DevTools protocol names it. `text`: what it types, if anything. */
export type KeyStroke = Readonly<{ key: string; code: string; windowsVirtualKeyCode: number; text?: string }>

const editing: Readonly<Record<string, KeyStroke>> = {
  enter: { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' },
  cancel: { key: 'Escape', code: 'Escape', windowsVirtualKeyCode: 27 },
  clear: { key: 'Backspace', code: 'Backspace', windowsVirtualKeyCode: 8 },
}

/** The key of a keyboard that presses this key of the terminal; `letters` are those of its function keys, by name. */
export function keyStroke(key: string, letters: Readonly<Record<string, string>>): KeyStroke | undefined {
  if (/^\d$/.test(key)) return { key, code: `Digit${key}`, windowsVirtualKeyCode: 48 + Number(key), text: key }
  const letter = letters[key]
  if (letter === undefined) return editing[key]
  const upper = letter.toUpperCase()
  return { key: letter, code: `Key${upper}`, windowsVirtualKeyCode: upper.charCodeAt(0), text: letter }
}

/** Presses it and lets it go: real input, which the browser treats as a person's. Sent at once, in order; resolves when the page has dealt with it. */
export async function strike(browser: CDPSession, stroke: KeyStroke): Promise<void> {
  const { text, ...key } = stroke
  await Promise.all([
    browser.send('Input.dispatchKeyEvent', { type: text === undefined ? 'rawKeyDown' : 'keyDown', ...stroke }),
    browser.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key }),
  ])
}

/** The same with the left button of the mouse, CSS pixels. */
export async function click(browser: CDPSession, [x, y]: readonly [x: number, y: number]): Promise<void> {
  const at = { x, y, button: 'left', clickCount: 1 } as const
  await Promise.all([
    browser.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at }),
    browser.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at }),
  ])
}
