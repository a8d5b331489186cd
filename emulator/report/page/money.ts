import type { Money, Move } from '../money.ts'
import type { PageDocument, PageElement } from './dom.ts'
import { make, scrolling } from './ladder.ts'

// Runs in the reader's browser, as `ladder.ts` does.

/** The money before and after: a lifeline for each account, an arrow for each movement, and what an account should hold where it does not. */
export function drawMoney(page: PageDocument, money: Money): PageElement {
  const whole = make(page, 'div', 'money', make(page, 'h3', '', 'Money before and after'))
  if (money.accounts.length > 0) whole.append(scrolling(page, 'money before and after', drawFlows(page, money)))
  if (money.agrees === true) whole.append(make(page, 'p', 'agrees passed', '✓ Every card moved as the answers said.'))
  if (money.agrees === false)
    whole.append(make(page, 'p', 'agrees failed', '✗ A card does not hold what the answers say it should.'))
  for (const { name, state, funded, transactions } of money.batches)
    whole.append(
      make(
        page,
        'p',
        'batch',
        make(page, 'b', '', `Batch ${name}`),
        ` ${state}${funded === undefined ? '' : `, merchant funded ${funded}`}`,
        ...transactions.map(text => make(page, 'span', 'booked', text)),
      ),
    )
  if (money.still > 0)
    whole.append(
      make(page, 'p', 'source', `${money.accounts.length > 0 ? 'Other accounts' : 'Accounts'} that did not move: ${money.still}`),
    )
  return whole
}

export function drawFlows(page: PageDocument, money: Money): PageElement {
  const cell = (tag: string, className: string, scope: string, ...inside: (PageElement | string)[]): PageElement => {
    const drawn = make(page, tag, className, ...inside)
    if (scope !== '') drawn.setAttribute('scope', scope)
    return drawn
  }
  const heads = money.accounts.map(({ party, name }) => cell('th', '', 'col', party, make(page, 'small', '', name)))
  const rows: PageElement[] = []
  for (const { moment, moves, held, should } of money.stages) {
    for (const move of moves) {
      const arrow = make(page, 'td', 'flow', drawMove(page, move, money))
      arrow.setAttribute('colspan', String(money.accounts.length))
      rows.push(make(page, 'tr', '', make(page, 'td', 'moment', ''), arrow))
    }
    const amounts = held.map((text, at) => {
      const wrong = should.find(([account]) => account === at)
      if (!wrong) return make(page, 'td', 'held', make(page, 'span', 'amount', text))
      const says = [make(page, 'span', 'amount', `✗ ${text}`), make(page, 'small', '', `should be ${wrong[1]}`)]
      return make(page, 'td', 'held mismatch', ...says)
    })
    rows.push(make(page, 'tr', '', cell('th', 'moment', 'row', moment), ...amounts))
  }
  const changes = money.changes.map(text => {
    const sign = text.startsWith('+') ? '▲ ' : text.startsWith('-') ? '▼ ' : ''
    return make(page, 'td', sign === '' ? 'change' : 'change moved', `${sign}${text}`)
  })
  const last = make(page, 'tr', '', cell('th', 'moment', 'row', 'change'), ...changes)
  const head = make(page, 'tr', '', make(page, 'td', 'moment', ''), ...heads)
  const table = make(page, 'table', 'flows', make(page, 'thead', '', head), make(page, 'tbody', '', ...rows, last))
  table.style.setProperty('--accounts', String(money.accounts.length))
  return table
}

/** An arrow from lifeline to lifeline, with what moved and how much. */
export function drawMove(page: PageDocument, { says, amount, from, to }: Move, money: Money): PageElement {
  const name = (at: number): string => `${money.accounts[at]?.party ?? 'an account'} ${money.accounts[at]?.name ?? ''}`.trim()
  const words = make(page, 'span', 'unseen', ` from ${name(from)} to ${name(to)}`)
  const label = make(page, 'span', 'label', `${says} ${amount}`, words)
  const arrow = make(page, 'div', from < to ? 'move right' : 'move left', label)
  arrow.style.setProperty('--from', String(Math.min(from, to)))
  arrow.style.setProperty('--to', String(Math.max(from, to)))
  return arrow
}
