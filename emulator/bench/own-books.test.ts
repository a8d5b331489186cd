import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LedgerPosting, LedgerTransaction, LedgerView } from '../values/ledger-view.ts'
import { type Holdings, OwnBooks } from './own-books.ts'

const mine: Holdings = {
  terminals: new Set(['T0000001', 'T0000003']),
  merchants: new Set(['M00000000000001']),
  cards: new Set(['621214…0012']),
}

const sale = (id: number, terminalId: string, card: string): LedgerTransaction => ({
  id,
  operation: 'sale',
  merchantId: 'M00000000000001',
  terminalId,
  batch: '000001',
  trace: String(id).padStart(6, '0'),
  card,
  minor: '100',
  reference: '',
  state: 'posted',
})

const moved = (id: number, transaction: number, ...legs: readonly (readonly [string, string])[]): LedgerPosting => ({
  id,
  transaction,
  kind: transaction === 0 ? 'settlement' : 'sale',
  legs: legs.map(([account, minor]) => ({ account, minor })),
})

const account = (name: string, balance: string) => ({ name, currency: 'CNY', balance })

function view(more: Partial<LedgerView> = {}): LedgerView {
  return {
    businessDate: '0601',
    clock: '2026-06-01T10:15:00+08:00',
    accounts: [],
    postings: [],
    transactions: [],
    batches: [],
    ...more,
  }
}

/** What is shown of the second view, after the first. */
function shown(first: LedgerView, second: LedgerView): LedgerView {
  const books = new OwnBooks(mine)
  books.of(first)
  return books.of(second)
}

test('the sale of another worker, and what it posts, is not shown; a sale to a card of one’s own under a strange terminal is', () => {
  const transactions = [
    sale(1, 'T0000001', '621214…0012'),
    sale(2, 'T0000011', '625093…0044'),
    sale(3, 'T9999999', '621214…0012'),
  ]
  const postings = transactions.map(({ id, card }) => moved(id, id, [`card:${card}`, '-100'], ['clearing', '100']))
  const { transactions: seen, postings: posted } = shown(view(), view({ transactions, postings }))
  assert.deepEqual(
    seen.map(({ id }) => id),
    [1, 3],
  )
  assert.deepEqual(
    posted.map(({ id }) => id),
    [1, 3],
  )
})

test('the void of a sale that another worker made before the scenario began is not shown', () => {
  const transactions = [sale(1, 'T0000011', '625093…0044')]
  const first = moved(1, 1, ['card:625093…0044', '-100'], ['clearing', '100'])
  const reversal: LedgerPosting = { ...moved(2, 1, ['clearing', '-100'], ['card:625093…0044', '100']), kind: 'reversal', of: 1 }
  const { postings } = shown(view({ transactions, postings: [first] }), view({ transactions, postings: [first, reversal] }))
  assert.deepEqual(postings, [])
})

test('what one’s own merchant is paid is shown, what another one is paid is not', () => {
  const paid = (id: number, merchant: string) => moved(id, 0, ['clearing', '-100'], [`merchant:${merchant}`, '100'])
  const { postings } = shown(view(), view({ postings: [paid(1, 'M00000000000001'), paid(2, 'M00000000000009')] }))
  assert.deepEqual(
    postings.map(({ id }) => id),
    [1],
  )
})

test('accounts of others stand as one, so that the sum over all stays', () => {
  const accounts = [
    account('card:621214…0012', '-100'),
    account('card:625093…0044', '-250'),
    account('merchant:M00000000000001', '70'),
    account('merchant:M00000000000009', '80'),
    account('clearing', '200'),
  ]
  assert.deepEqual(shown(view(), view({ accounts })).accounts, [
    account('card:621214…0012', '-100'),
    account('merchant:M00000000000001', '70'),
    account('clearing', '200'),
    account('others', '-170'),
  ])
})

test('a balance that is no whole number is shown, whoever owns the account', () => {
  const accounts = [account('card:625093…0044', '-2.5')]
  assert.deepEqual(shown(view(), view({ accounts })).accounts, accounts)
})

test('batches that were closed before are shown when something changes them, and those of other terminals of one’s own merchant too', () => {
  const batch = (number: string, state: 'open' | 'closed', more = {}) => ({
    merchantId: 'M00000000000001',
    terminalId: 'T0000011',
    batch: number,
    state,
    ...more,
  })
  const elsewhere = { ...batch('000001', 'open'), merchantId: 'M00000000000009' }
  const first = [
    batch('000001', 'closed', { settled: '1' }),
    batch('000002', 'closed', { settled: '2' }),
    batch('000003', 'open'),
  ]
  const second = [
    batch('000001', 'closed', { settled: '1' }),
    batch('000002', 'closed', { settled: '9' }),
    batch('000003', 'open'),
  ]
  const { batches } = shown(view({ batches: first }), view({ batches: [...second, elsewhere] }))
  assert.deepEqual(batches, [batch('000002', 'closed', { settled: '9' }), batch('000003', 'open')])
})
