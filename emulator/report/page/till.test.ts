import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TillItem } from '../ladder.ts'
import { StandIn, standInDocument } from './stand-in.ts'
import { drawLines, drawTill } from './till.ts'

const page = standInDocument('{}')
const key = (id: string, key: string): TillItem => ({ id, item: 'key', key })
const display = (id: string, ...lines: string[]): TillItem => ({ id, item: 'display', lines })

function drawn(...items: readonly TillItem[]): StandIn {
  const strip = drawTill(page, items)
  return strip instanceof StandIn ? strip : assert.fail('not a stand-in')
}

test('each glass stands under the keys that were pressed before it; keys that changed nothing stand alone', () => {
  const strip = drawn(
    key('a', 'sale'),
    display('b', 'SALE'),
    key('c', '8800'),
    key('d', 'enter'),
    display('e', 'CARD?'),
    key('f', 'feed'),
  )
  assert.deepEqual(
    strip.ofClass('frame').map(frame => frame.all().flatMap(({ tag, id }) => (id === '' ? [] : [`${tag} ${id}`]))),
    [['kbd a', 'pre b'], ['kbd c', 'kbd d', 'pre e'], ['kbd f']],
  )
})

test('a key is known by its word, also one that has a colour; what was typed looks like digits', () => {
  const caps = drawn(key('a', 'sign in'), key('b', '••••'), key('c', 'cancel'))
    .all()
    .filter(({ tag }) => tag === 'kbd')
  assert.deepEqual(
    caps.map(({ className, textContent }) => [className, textContent]),
    [
      ['sign-in', 'sign in'],
      ['typed', '••••'],
      ['cancel', 'cancel'],
    ],
  )
})

test('a slip is paper under its kind and its copy; a duplicate says so', () => {
  const slip = { kind: 'void', copy: 'customer', lines: ['重打印凭证 / DUPLICATED', 'VOID'] } as const
  const [first, again] = drawn(
    { id: 'a', item: 'slip', slip: { ...slip, duplicate: false } },
    { id: 'b', item: 'slip', slip: { ...slip, duplicate: true } },
  ).ofClass('paper')
  assert.deepEqual([first?.id, again?.id], ['a', 'b'])
  assert.match(first?.textContent ?? '', /^void · customer copy重/)
  assert.match(again?.textContent ?? '', /^void · customer copy · duplicate重/)
  assert.equal(again?.ofClass('slip')[0]?.className, 'slip duplicate')
})

test('each Chinese character has a cell of its own, and the text of a line is still the line', () => {
  const lines = ['消费 SALE', '金额：¥88.00', '']
  const [first, , ...second] = drawLines(page, lines)
  assert.ok(first instanceof StandIn)
  assert.deepEqual(
    first.all().map(({ tag, textContent }) => [tag, textContent]),
    [
      ['i', '消'],
      ['i', '费'],
    ],
  )
  assert.equal(second.map(piece => (typeof piece === 'string' ? piece : piece.textContent)).join(''), '金额：¥88.00\n')
  assert.equal(second.filter(piece => piece instanceof StandIn && piece.tag === 'i').length, 3)
})

test('a terminal without power is a dark glass', () => {
  const [glass] = drawn(display('a')).ofClass('lcd')
  assert.equal(glass?.className, 'lcd dark')
  assert.equal(glass?.getAttribute('aria-label'), 'display, dark')
})
