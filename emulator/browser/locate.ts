import type { Locator, Page } from 'playwright'
import type { Control, Place } from '../profile/pages.ts'
import { type Filling, filled, wordsOf } from '../profile/words.ts'

type AriaRole = Parameters<Page['getByRole']>[0]

/** Where a control of a pages file is on a page, seen by people. */
export function locate(page: Page, control: Control, filling: Filling): Locator {
  const within = control.within ? placed(page, control.within, filling) : page
  return placed(within, control, filling)
}

function placed(within: Page | Locator, { by, having, nth }: Place, filling: Filling): Locator {
  let found = base(within, by, filling)
  for (const words of having) found = found.filter({ hasText: anywhere(words, filling) })
  found = found.filter({ visible: true })
  return nth === 'first' ? found.first() : nth === 'last' ? found.last() : found
}

function base(within: Page | Locator, by: Place['by'], filling: Filling): Locator {
  // The roles of a pages file are a part of ARIA's; its form checks them.
  if ('role' in by) return within.getByRole(by.role as AriaRole, by.name === undefined ? {} : { name: wordsOf(by.name, filling) })
  if ('label' in by) return within.getByLabel(wordsOf(by.label, filling))
  if ('text' in by) return within.getByText(wordsOf(by.text, filling))
  return within.locator(filled(by.css, filling) ?? by.css)
}

/** Plain words stand somewhere within; a regular expression is taken as it is. */
function anywhere(words: string, filling: Filling): RegExp | string {
  return /^\/.+\/i?$/s.test(words) ? wordsOf(words, filling) : (filled(words, filling) ?? words)
}

/** A control in words, as the pages file has it: `the button “Submit”`. */
export function named({ by, within }: Control | (Place & { within?: Place }), filling: Filling): string {
  const own = described(by, filling)
  return within === undefined ? own : `${own} in ${described(within.by, filling)}`
}

function described(by: Place['by'], filling: Filling): string {
  const quoted = (words: string): string => (/^\/.+\/i?$/s.test(words) ? words : `“${filled(words, filling) ?? words}”`)
  if ('role' in by) return by.name === undefined ? `the ${by.role}` : `the ${by.role} ${quoted(by.name)}`
  if ('label' in by) return `the field ${quoted(by.label)}`
  if ('text' in by) return `the text ${quoted(by.text)}`
  return `what ${by.css} selects`
}
