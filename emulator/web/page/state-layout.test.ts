import assert from 'node:assert/strict'
import { test } from 'node:test'
import { layout } from './state-layout.ts'

const arrows = [
  { from: 'idle', on: 'sale', to: 'keying amount' },
  { from: 'keying amount', on: 'enter', to: 'confirming amount' },
  { from: 'confirming amount', on: 'enter', to: 'told' },
  { from: 'idle', on: 'totals', to: 'told' },
  { from: 'told', on: 'enter', to: 'idle' },
  { from: 'idle', on: 'echo', to: 'awaiting echo' },
  { from: 'awaiting echo', on: 'answered', to: 'told' },
]
const states = ['idle', 'told', 'keying amount', 'confirming amount', 'awaiting echo']

test('a state stands as far to the right as it is from rest, and the end of everything last', () => {
  const { spots, columns, rows } = layout(states, arrows)
  assert.deepEqual(
    states.map(state => spots.get(state)?.column),
    [0, 3, 1, 2, 1],
  )
  assert.deepEqual([columns, rows], [4, 2])
})

test('no two states stand on one spot', () => {
  const places = [...layout(states, arrows).spots.values()].map(({ column, row }) => `${column} ${row}`)
  assert.equal(new Set(places).size, states.length)
})
