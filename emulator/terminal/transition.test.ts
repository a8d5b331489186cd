import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { ignored, statesPage } from './diagram.ts'
import { functionKeys } from './key.ts'
import type { At } from './state.ts'
import { table } from './transition.ts'
import { walk } from './walk.ts'

const states = Object.keys(table) as At[]
const edges = walk()
/** Entered by the shell, not by a key: the power going, and an order at the headstrong door. */
const notByTheTable: readonly At[] = ['off', 'awaiting order']

for (const at of states.filter(one => !notByTheTable.includes(one)))
  test(`a terminal can come to "${at}"`, () => assert.ok(edges.some(({ to, from }) => to === at && from !== at)))

for (const at of states.filter(one => !notByTheTable.includes(one)))
  test(`every handler of "${at}" does something`, () => {
    const taken = new Set(edges.filter(({ from }) => from === at).map(({ on }) => on))
    // A faulty terminal alone hears an Enter while it waits, or a reply that comes too late.
    const silent = Object.keys(table[at]).filter(type => !taken.has(type as never) && type !== 'late reply')
    assert.deepEqual(silent, at === 'awaiting reply' ? ['enter'] : [])
  })

for (const at of states.filter(one => one.startsWith('awaiting ') && one !== 'awaiting card'))
  test(`nothing begins while "${at}"`, () => {
    const heard = functionKeys.filter(key => key in table[at])
    assert.deepEqual(heard, [])
  })

test('every state can be left', () => {
  for (const at of states.filter(one => one !== 'awaiting order'))
    assert.ok(
      edges.some(({ from, to }) => from === at && to !== at),
      at,
    )
})

test('a key is either handled or listed as ignored', () => {
  for (const [at, types] of ignored()) for (const type of types) assert.equal(type in table[at], false)
  assert.ok(ignored().get('keying PIN')?.includes('sale'))
})

test('the page of states is the one that the table makes', () => {
  assert.equal(readFileSync(new URL('../../docs/terminal-states.md', import.meta.url), 'utf8'), statesPage())
})
