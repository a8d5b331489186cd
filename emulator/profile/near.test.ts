import assert from 'node:assert/strict'
import { test } from 'node:test'
import { didYouMean, nearestOf } from './near.ts'

const known = ['voidWindow', 'voidScope', 'voidAmount', 'dupMode']

test('a name with a letter too few, too many or wrong is recognised, whatever its case', () => {
  assert.deepEqual(nearestOf('voidwindo', known), ['voidWindow'])
  assert.deepEqual(nearestOf('dup-mode', known), ['dupMode'])
  assert.deepEqual(nearestOf('voidScopes', known), ['voidScope'])
})

test('a part of a name finds the names that hold it', () => {
  assert.deepEqual(nearestOf('void', known), ['voidWindow', 'voidScope', 'voidAmount'])
})

test('a name like none gets the whole list', () => {
  assert.deepEqual(nearestOf('colour', known), [])
  assert.equal(didYouMean('colour', known), 'Known are voidWindow, voidScope, voidAmount, dupMode.')
  assert.equal(didYouMean('dupMod', known), 'Did you mean "dupMode"?')
})
