import type { Frame } from '../ladder.ts'
import type { PageData } from './data.ts'
import type { PageDocument, PageElement } from './dom.ts'
import { make, messageLabel } from './ladder.ts'

// Runs in the reader's browser, as `ladder.ts` does.

/** An arrow that opens the message: its decoded fields beside its bytes. A message that a failure rests on stands open. */
export function drawMessage(page: PageDocument, data: PageData, frame: Frame, sent: boolean, open: boolean): PageElement[] {
  const code = sent ? undefined : frame.fields.find(([name]) => fieldNamed(data, name)?.path === '39')?.[1]
  const label = make(page, 'span', 'label', messageLabel(frame, code))
  if (frame.standing !== undefined && frame.standing !== 'matched') label.append(make(page, 'em', 'standing', frame.standing))
  if (frame.mac === 'bad' || frame.mac === 'absent') label.append(make(page, 'em', 'standing', `MAC ${frame.mac}`))
  const arrow = make(page, 'button', `arrow ${sent ? 'sent' : 'received'} ${(frame.standing ?? '').replace(' ', '-')}`, label)
  arrow.setAttribute('type', 'button')
  arrow.setAttribute('aria-label', `${sent ? 'sent' : 'received'} ${messageLabel(frame, code)}`)
  const detail = make(page, 'div', 'detail')
  const show = (shown: boolean): void => {
    if (shown && detail.childElementCount === 0) detail.append(...drawDetail(page, data, frame))
    detail.hidden = !shown
    arrow.setAttribute('aria-expanded', String(shown))
  }
  arrow.addEventListener('click', () => show(detail.hidden))
  show(open)
  return [arrow, detail]
}

/** Fields and bytes, tied together: what one is pointed at or reached by key is marked in the other. */
export function drawDetail(page: PageDocument, data: PageData, frame: Frame): PageElement[] {
  const rows = frame.fields.map(([name, value]) => drawField(page, data, frame, name, value))
  const hex = drawHex(page, frame)
  const table = make(page, 'table', 'fields', make(page, 'tbody', '', ...rows))
  const mark = (path: string | undefined): void => {
    for (const one of hex.querySelectorAll('[data-path]'))
      one.classList.toggle('marked', path !== undefined && covers(path, one.dataset.path ?? ''))
    for (const row of rows) row.classList.toggle('marked', path !== undefined && row.dataset.path === path)
  }
  for (const place of [table, hex])
    for (const type of ['mouseover', 'focusin'])
      place.addEventListener(type, event => mark(event.target.closest('[data-path]')?.dataset.path))
  for (const place of [table, hex])
    for (const type of ['mouseleave', 'focusout']) place.addEventListener(type, () => mark(undefined))
  const problems = frame.problem === undefined ? [] : [make(page, 'p', 'problem', `could not be read: ${frame.problem}`)]
  return [make(page, 'div', 'scroll', table), hex, ...problems]
}

/** Whether pointing at the field of one path marks a byte of another: a composite field covers its parts. */
export function covers(path: string, byte: string): boolean {
  return path === byte || byte.startsWith(`${path}.`)
}

/** A field by its name; an item of a list is found by the name with `#` for its number. */
export function fieldNamed(data: PageData, name: string): PageData['fields'][string] | undefined {
  const no = /\.(\d+)\./.exec(name)?.[1]
  const field = data.fields[no === undefined ? name : name.replace(`.${no}.`, '.#.')]
  return field && no !== undefined ? { path: field.path.replace('#', no), is: field.is } : field
}

export function drawField(page: PageDocument, data: PageData, frame: Frame, name: string, value: string): PageElement {
  const known = fieldNamed(data, name)
  const path = known?.path ?? name
  const said = frame.remarks.filter(([at]) => at === path).map(([, says]) => make(page, 'em', 'remark', says))
  const cells = [
    make(page, 'td', 'path', known ? path : ''),
    make(page, 'th', '', name),
    make(page, 'td', 'value', value, ...said),
  ]
  const row = make(page, 'tr', path.includes('.') ? 'part' : '', ...cells)
  if (known) row.setAttribute('title', known.is)
  row.dataset.path = path
  row.tabIndex = 0
  return row
}

/** Bytes in pairs; each knows the innermost field it belongs to. Hidden bytes stand as `··`. */
export function drawHex(page: PageDocument, frame: Frame): PageElement {
  const pairs = frame.hex.match(/../gu) ?? []
  const owners: (string | undefined)[] = pairs.map(() => undefined)
  const wideFirst = [...frame.spans].sort((one, other) => other[2] - one[2])
  for (const [path, offset, length] of wideFirst) owners.fill(path, offset, offset + length)
  const hex = make(page, 'div', 'hex')
  for (let at = 0; at < pairs.length; ) {
    const owner = owners[at]
    let end = at + 1
    while (end < pairs.length && owners[end] === owner) end += 1
    const run = make(page, 'span', '', pairs.slice(at, end).join(' '))
    if (owner !== undefined) {
      run.dataset.path = owner
      run.setAttribute('title', `field ${owner}, byte ${at}${end - at > 1 ? ` to ${end - 1}` : ''}`)
    }
    hex.append(run, ' ')
    at = end
  }
  return hex
}
