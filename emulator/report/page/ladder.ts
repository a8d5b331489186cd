import type { Frame, Lane, Rung } from '../ladder.ts'
import { drawCall } from './call.ts'
import type { PageData } from './data.ts'
import type { PageDocument, PageElement } from './dom.ts'
import { drawMessage } from './message.ts'
import { drawMoney } from './money.ts'
import { drawTill } from './till.ts'

// These functions run in the reader's browser: `script.ts` puts their own source into the page. They may use each other and their arguments, nothing else.

/** An element with its children; text becomes text, never markup. */
export function make(
  page: PageDocument,
  tag: string,
  className: string,
  ...children: readonly (PageElement | string)[]
): PageElement {
  const element = page.createElement(tag)
  if (className !== '') element.className = className
  element.append(...children)
  return element
}

/** What may be wider than the window, in a frame that the keys scroll too. */
export function scrolling(page: PageDocument, name: string, inside: PageElement): PageElement {
  const frame = make(page, 'div', 'scroll', inside)
  frame.tabIndex = 0
  frame.setAttribute('role', 'group')
  frame.setAttribute('aria-label', name)
  return frame
}

/** The ladder of one scenario: a head with the lifelines, its rungs, and the money before and after. */
export function drawScenario(page: PageDocument, data: PageData, key: string): PageElement {
  const scenario = data.scenarios[key]
  if (!scenario) return make(page, 'p', 'source', 'The journal holds nothing of this scenario.')
  const ladder = make(page, 'div', 'ladder', drawHead(page, scenario.lanes))
  ladder.style.setProperty('--lanes', String(scenario.lanes.length + 1))
  for (const rung of scenario.rungs) ladder.append(drawRung(page, data, rung))
  const whole = make(page, 'div', 'drawn', scrolling(page, 'ladder of messages', ladder))
  if (scenario.money) whole.append(drawMoney(page, scenario.money))
  return whole
}

export function drawHead(page: PageDocument, lanes: readonly Lane[]): PageElement {
  const heads = lanes.map(lane =>
    make(
      page,
      'div',
      'lane-head',
      make(page, 'b', '', lane.name),
      make(page, 'small', '', [lane.terminalId, lane.merchantId].filter(Boolean).join(' · ')),
    ),
  )
  const acquirer = make(page, 'div', 'lane-head', make(page, 'b', '', 'the acquirer'))
  return make(page, 'div', 'lane-heads', make(page, 'span', 'at', 'ms'), ...heads, acquirer)
}

/** A rung: its time, what happened, and the requirements that rest on it. */
export function drawRung(page: PageDocument, data: PageData, rung: Rung): PageElement {
  const row = make(page, 'div', `rung ${rung.rung}`, make(page, 'span', 'at', (rung.at / 1000).toFixed(1)))
  row.id = rung.id
  if ('lane' in rung) row.style.setProperty('--lane', String(rung.lane))
  const cited = data.cited[rung.id] ?? []
  const wrong = cited.some(([, slug]) => slug === 'failed')
  if (cited.length > 0) row.classList.add('cited')
  if (wrong) row.classList.add('wrong')
  row.append(make(page, 'div', 'what', ...drawWhat(page, data, rung, wrong)))
  row.append(make(page, 'div', 'rests', ...drawRests(page, cited)))
  return row
}

/** What rests on an entry: all that is no pass, and of the passes so many that the ladder keeps its pace; the others fold. */
export function drawRests(page: PageDocument, cited: PageData['cited'][string]): PageElement[] {
  const draw = ([anchor, slug]: readonly [string, string]): PageElement => drawCitation(page, anchor, slug)
  const graveFirst = [...cited].sort((one, other) => Number(one[1] === 'passed') - Number(other[1] === 'passed'))
  const shown = Math.max(3, graveFirst.filter(([, slug]) => slug !== 'passed').length)
  if (graveFirst.length <= shown + 1) return graveFirst.map(draw)
  const [first, others] = [graveFirst.slice(0, shown), graveFirst.slice(shown)]
  const folded = make(page, 'details', 'others', make(page, 'summary', '', `and ${others.length} more`), ...others.map(draw))
  return [...first.map(draw), folded]
}

export function drawCitation(page: PageDocument, anchor: string, slug: string): PageElement {
  const link = make(page, 'a', slug, anchor)
  link.setAttribute('href', `#${encodeURI(anchor)}`)
  link.setAttribute('title', 'This requirement rests on this entry.')
  return link
}

export function drawWhat(page: PageDocument, data: PageData, rung: Rung, wrong: boolean): PageElement[] {
  const text = (className: string, says: string): PageElement => make(page, 'span', className, says)
  switch (rung.rung) {
    case 'step':
      return [text('says', rung.says)]
    case 'operation':
      return [
        text('number', String(rung.number)),
        text('name', rung.name),
        text(`role ${rung.role}`, rung.role),
        text('says', rung.says),
      ]
    case 'till':
      return [drawTill(page, rung.items)]
    case 'message':
      return drawMessage(page, data, rung, rung.sent, wrong)
    case 'call':
      return drawCall(page, rung, wrong)
    case 'line':
      return [
        make(
          page,
          'span',
          rung.ours ? 'break ours' : 'break',
          `${rung.event}: ${rung.says}`,
          ...(rung.ours ? [text('mine', 'our own line')] : []),
        ),
      ]
    case 'office':
      return [drawDeed(page, rung)]
    case 'note':
      return [text('about', rung.about), text('says', rung.says), ...(rung.ours ? [text('mine', 'ours')] : [])]
    case 'claim':
      return [text('about', 'claims'), text('says', rung.says)]
    case 'verdict':
      return [text(`word ${rung.verdict.replace(' ', '-')}`, `${rung.requirement} ${rung.verdict}`), text('says', rung.says)]
  }
}

/** What somebody did in a back office and what came of it; opened, the words of the pages. */
export function drawDeed(
  page: PageDocument,
  { by, act, role, saw, says, reason }: Extract<Rung, { rung: 'office' }>,
): PageElement {
  const words = says.map(one => make(page, 'li', '', one))
  return make(
    page,
    'details',
    'deed',
    make(
      page,
      'summary',
      '',
      make(page, 'b', '', `the ${by} ${act}`),
      ...(reason === undefined ? [] : [make(page, 'q', '', reason)]),
      make(page, 'span', 'saw', saw),
      make(page, 'span', `role ${role}`, role),
    ),
    make(page, 'ul', '', ...(words.length > 0 ? words : [make(page, 'li', '', 'the page said nothing')])),
  )
}

/** What the arrow of a message says: its type, its name, and the code of a reply. */
export function messageLabel(frame: Frame, resultCode: string | undefined): string {
  return `${frame.mti} ${frame.name}${resultCode === undefined ? '' : ` → ${resultCode}`}`
}
