import type { CallHalf, Rung } from '../ladder.ts'
import type { PageDocument, PageElement } from './dom.ts'
import { make } from './ladder.ts'

// Runs in the reader's browser, as `ladder.ts` does.

/** An HTTP call that was made of a message: a line that opens what was asked and what was answered. One that a failure rests on stands open. */
export function drawCall(page: PageDocument, call: Extract<Rung, { rung: 'call' }>, open: boolean): PageElement[] {
  const title = `${call.name}: ${call.asked.start}`
  const button = make(page, 'button', 'call', make(page, 'code', '', title), make(page, 'span', 'says', call.says))
  button.setAttribute('type', 'button')
  const detail = make(page, 'div', 'detail http')
  const show = (shown: boolean): void => {
    if (shown && detail.childElementCount === 0) {
      const nothing = make(page, 'p', 'problem', 'Nothing came that could be read as an answer.')
      detail.append(drawHalf(page, 'asked', call.asked), call.answer ? drawHalf(page, 'answered', call.answer) : nothing)
    }
    detail.hidden = !shown
    button.setAttribute('aria-expanded', String(shown))
  }
  button.addEventListener('click', () => show(detail.hidden))
  show(open)
  return [button, detail]
}

/** One side of a call: its first line, its headers, its body. What is hidden stands as it was written down, as dots. */
export function drawHalf(page: PageDocument, title: string, { start, headers, body }: CallHalf): PageElement {
  const rows = headers.map(([name, value]) => make(page, 'tr', '', make(page, 'th', '', name), make(page, 'td', 'value', value)))
  const table = make(page, 'table', 'fields', make(page, 'tbody', '', ...rows))
  return make(
    page,
    'div',
    'side',
    make(page, 'b', '', title),
    make(page, 'code', 'start', start),
    ...(rows.length > 0 ? [table] : []),
    ...(body === undefined || body === '' ? [] : [make(page, 'pre', 'body', bodyText(body))]),
  )
}

/** JSON with its lines apart; whatever else a body is, as it stands. */
export function bodyText(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2)
  } catch {
    return body
  }
}
