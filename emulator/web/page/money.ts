import type { Account, CounterRecord, CounterView } from '../../bench/counter-view.ts'
import { says } from './chosen-language.ts'
import { el } from './dom.ts'

/** The open batch, the one before it, and what is still to be undone. */
export function drawBatch(place: HTMLElement, view: CounterView): void {
  const words = says()
  const who = view.signedIn ? `${words.operator} ${view.operator} ${words.signedIn}` : words.signedOff
  const facts = [`${words.batchNo} ${view.batch}`, `${words.nextVoucher} ${view.voucher}`, who]
  const settling = view.settling === undefined ? [] : [el('p', { class: 'alert' }, words.settling)]
  const totals = view.totals
    .filter(({ debits, credits }) => debits + credits > 0)
    .map(({ name, debits, debit, credits, credit }) =>
      el(
        'p',
        { class: 'totals' },
        `${words[name]}: ${words.debits} ${debits} · ${debit}, ${words.credits} ${credits} · ${credit}`,
      ),
    )
  place.replaceChildren(
    el('p', { class: 'facts-line' }, facts.join(' · ')),
    ...settling,
    view.records.length === 0 ? el('p', { class: 'soft' }, words.noRecords) : recordsTable(view.records),
    ...totals,
    drawDue(view),
  )
}

function recordsTable(records: readonly CounterRecord[]): HTMLElement {
  const words = says()
  const head = [words.voucher, words.what, words.card, words.amount, words.state].map(text => el('th', { scope: 'col' }, text))
  const rows = records.map(({ trace, operation, card, amount, state, settled }) =>
    el(
      'tr',
      { class: settled ? 'settled' : '' },
      el('td', { class: 'mono' }, trace),
      el('td', {}, words.operations[operation] ?? operation),
      el('td', { class: 'mono' }, card),
      el('td', { class: 'amount' }, amount),
      el(
        'td',
        {},
        el('span', { class: `state ${state}` }, words.recordStates[state] ?? state),
        ...(settled ? [' ', el('small', {}, words.closedBatch)] : []),
      ),
    ),
  )
  return el(
    'div',
    { class: 'table', role: 'region', 'aria-label': words.batch, tabindex: 0 },
    el('table', {}, el('thead', {}, el('tr', {}, ...head)), el('tbody', {}, ...rows)),
  )
}

function drawDue({ due }: CounterView): HTMLElement {
  const words = says()
  if (due.length === 0) return el('p', { class: 'soft' }, words.noReversal)
  const items = due.map(({ operation, trace, amount, state }) =>
    el(
      'li',
      {},
      el('b', {}, words.reversalText(words.operations[operation] ?? operation, trace, amount)),
      ` ${state === 'pending' ? words.pendingReversal : words.unresolvedReversal}`,
    ),
  )
  return el('div', { class: 'due' }, el('h3', {}, words.reversalDue), el('ul', {}, ...items))
}

/** Where the money is: whoever's moved, and the merchant's in any case. */
export function drawMoney(place: HTMLElement, { money }: CounterView): void {
  const words = says()
  const shown = money.accounts.filter(({ whose, moved }) => moved || whose !== 'cardholder')
  const still = money.accounts.length - shown.length
  const head = [words.whose, ...(money.source === 'books' ? [words.balance] : []), words.change]
  const rows = shown.map(account => accountRow(account, money.source === 'books'))
  place.replaceChildren(
    el(
      'table',
      { class: 'accounts' },
      el('thead', {}, el('tr', {}, ...head.map(text => el('th', { scope: 'col' }, text)))),
      el('tbody', {}, ...rows),
    ),
    el(
      'p',
      { class: 'soft' },
      [...(still > 0 ? [`${words.notMoved(still)}.`] : []), money.source === 'books' ? words.fromBooks : words.fromAnswers].join(
        ' ',
      ),
    ),
  )
}

function accountRow({ whose, name, balance, change, moved }: Account, withBalance: boolean): HTMLElement {
  const words = says()
  const direction = !moved ? 'still' : change.startsWith('+') ? 'up' : 'down'
  const title = whose === 'batch' ? words.openBatch : name
  return el(
    'tr',
    { class: direction },
    el('th', { scope: 'row' }, title, ' ', el('small', {}, whose === 'batch' ? words.batch : words[whose])),
    ...(withBalance ? [el('td', { class: 'amount' }, balance ?? '—')] : []),
    el('td', { class: 'amount change' }, moved ? change : '—'),
  )
}
