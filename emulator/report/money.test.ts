import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Entry, Fact } from '../journal/entry.ts'
import type { LedgerPosting, LedgerTransaction, LedgerView } from '../values/ledger-view.ts'
import type { MoneyReading } from '../verdict/money.ts'
import { moneyOf, moneyText } from './money.ts'

const card = 'card:621214…0012'
const shop = 'merchant:105310055426541'

type Books = Readonly<{
  accounts: Readonly<Record<string, string>>
  postings?: readonly LedgerPosting[]
  transactions?: readonly LedgerTransaction[]
  batch?: LedgerView['batches'][number]['state']
}>

function look(moment: string, { accounts, postings = [], transactions = [], batch = 'open' }: Books): Fact {
  const place = { merchantId: '105310055426541', terminalId: '00000001', batch: '000001' }
  const ledger: LedgerView = {
    businessDate: '1121',
    clock: '2026-11-21T08:30:00.000Z',
    accounts: Object.entries(accounts).map(([name, balance]) => ({ name, currency: 'CNY', balance })),
    postings,
    transactions,
    batches: [{ ...place, state: batch, ...(batch === 'closed' ? { settled: '8800', funded: '8800' } : {}) }],
  }
  return { is: 'view', moment, view: 'ledger', ledger }
}

const entries = (...facts: readonly Fact[]): Entry[] => facts.map((fact, at) => ({ ...fact, id: `a:1#${at + 1}`, atMicros: at }))

const sale: LedgerPosting = {
  ...{ id: 7, transaction: 1, kind: 'sale' },
  legs: [
    { account: card, minor: '-8800' },
    { account: 'clearing', minor: '8800' },
  ],
}
const settlement: LedgerPosting = {
  ...{ id: 8, transaction: 2, kind: 'settlement' },
  legs: [
    { account: 'clearing', minor: '-8800' },
    { account: shop, minor: '8800' },
  ],
}
const opened: Books = { accounts: { clearing: '0', [card]: '100000', others: '5' } }
const sold: Books = { accounts: { clearing: '8800', [card]: '91200', others: '5' }, postings: [sale] }
const paid: Books = {
  accounts: { clearing: '0', [card]: '91200', others: '5', [shop]: '8800' },
  postings: [sale, settlement],
  transactions: [
    {
      ...{ id: 1, operation: 'sale', merchantId: '105310055426541', terminalId: '00000001', batch: '000001', trace: '000002' },
      ...{ card: '621214…0012', minor: '8800', reference: '112108300042', state: 'settled' },
    },
  ],
  batch: 'closed',
}

const reads = (agrees: boolean) => (): MoneyReading => ({
  findings: [
    {
      ...{ account: 'card 621214…0012', moment: 'after', agrees, expected: [0n], moved: -8800n },
      evidence: [
        { entry: 'a:1#1', saw: '100000' },
        { entry: 'a:1#2', saw: '91200' },
      ],
    },
  ],
  unseen: [],
})

test('each movement goes from the account that gives to the one that takes, between the looks that show it', () => {
  const money = moneyOf(entries(look('before', opened), look('sold', sold), look('after', paid)), '156')
  assert.deepEqual(
    money?.accounts.map(({ party, name }) => `${party} ${name}`.trim()),
    ['cardholder 621214…0012', 'acquirer, clearing', 'merchant 105310055426541'],
  )
  assert.deepEqual(
    money?.stages.map(({ moment, moves }) => [moment, ...moves]),
    [
      ['before'],
      ['sold', { says: 'sale', amount: '¥88.00', from: 0, to: 1 }],
      ['after', { says: 'settlement', amount: '¥88.00', from: 1, to: 2 }],
    ],
  )
  assert.deepEqual(money?.changes, ['-¥88.00', '0', '+¥88.00'])
  assert.equal(money?.still, 1)
})

test('an account that a ledger does not have yet stands at zero', () => {
  const money = moneyOf(entries(look('before', opened), look('after', paid)), '156')
  assert.deepEqual(
    money?.stages.map(({ held }) => held.at(-1)),
    ['¥0.00', '¥88.00'],
  )
})

test('what is seen twice is told once, by the later name, with the movements that led there', () => {
  const money = moneyOf(entries(look('before', opened), look('claim: sale approved', sold), look('after', sold)), '156')
  assert.deepEqual(
    money?.stages.map(({ moment, moves }) => [moment, moves.length]),
    [
      ['before', 0],
      ['after', 1],
    ],
  )
})

test('a card that does not hold what the answers say has what it should hold beside it', () => {
  const looks = entries(look('before', opened), look('after', sold))
  const wrong = moneyOf(looks, '156', reads(false))
  assert.deepEqual(
    wrong?.stages.map(({ should }) => should),
    [[], [[0, '¥1,000.00']]],
  )
  assert.deepEqual([wrong?.agrees, moneyOf(looks, '156', reads(true))?.agrees], [false, true])
  assert.equal(moneyOf(looks, '156')?.agrees, undefined)
})

test('a batch shows its transactions, what became of it, and what the merchant was paid', () => {
  const money = moneyOf(entries(look('before', opened), look('after', paid)), '156')
  assert.deepEqual(money?.batches, [
    {
      name: '000001 of 00000001',
      state: 'open, then closed',
      transactions: ['000002 sale ¥88.00, settled'],
      funded: '¥88.00',
    },
  ])
})

test('a balance inquiry is an account of its own, in the currency of the messages', () => {
  const asked = (moment: string, minor: string): Fact => ({
    ...{ is: 'view', moment, view: 'balance', card: 'pan:621214…0012#1', minor, operation: 1 },
  })
  const money = moneyOf(entries(asked('before', '100000'), asked('after', '91200')), '156')
  assert.deepEqual(money?.accounts, [{ party: 'cardholder, by balance inquiry', name: '621214…0012' }])
  assert.deepEqual(money?.changes, ['-¥88.00'])
})

test('money is told with thousands apart; an unknown currency stays in minor units', () => {
  assert.deepEqual(
    [moneyText(-123456789n, 'CNY'), moneyText(10000n, '156'), moneyText(999n, 'CNY'), moneyText(5000n, 'XTS')],
    ['-¥1,234,567.89', '¥100.00', '¥9.99', '5000 minor units of XTS'],
  )
})

test('nothing is told of a scenario in which nobody looked', () => {
  assert.equal(moneyOf(entries({ is: 'step', text: 'Given nothing' }), '156'), undefined)
})
