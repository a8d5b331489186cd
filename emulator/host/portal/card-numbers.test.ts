import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutCardNumbers } from './card-numbers.ts'

for (const [says, typed, kept] of [
  ['alone', '6212142000000000012', '621214…0012'],
  ['in groups', 'Card 6212 1420 0000 0000 012, twice', 'Card 621214…0012, twice'],
  ['after another number', 'voucher 2 6212142000000000012', 'voucher 2 621214…0012'],
  ['before another number', '6212142000000000012 2 times', '621214…0012 2 times'],
  ['in groups between numbers', 'no. 7, 12 6212 1420 0000 0000 012 000002', 'no. 7, 12 621214…0012 000002'],
  ['twice', '6212142000000000012 6212142000000000012', '621214…0012 621214…0012'],
  ['with dots and slashes', '6212.1420.0000.0000.012 6212/1420/0000/0000/012', '621214…0012 621214…0012'],
  ['over two lines', '6212142000\n000000012', '621214…0012'],
  ['with a dash and spaces that do not break', '6212 – 1420\u00A00000\u00A00000\u2009012', '621214…0012'],
  ['in full-width digits', '卡号６２１２１４２００００００００００１２', '卡号621214…0012'],
] as const)
  test(`a card number ${says} is masked`, () => assert.equal(withoutCardNumbers(typed), kept))

test('a number that is no card’s stays: an order, a reference, an amount, a day', () => {
  for (const text of [
    'order 123456789012345',
    'reference 000000000018',
    '¥1,234.00 on 2026-01-05 10:30:00',
    '12345678901234567890',
  ])
    assert.equal(withoutCardNumbers(text), text)
})
