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

test('a sentence finds those that share most words with it', () => {
  const faults = ['approves a second void', 'approves everything', 'rounds amounts', 'approves a void of a void']
  assert.deepEqual(nearestOf('approves a void twice', faults), ['approves a void of a void', 'approves a second void'])
})

test('of a long list only the beginning is shown', () => {
  const many = Array.from({ length: 40 }, (_, at) => `fault ${at}`)
  assert.match(didYouMean('colour', many), /^There are 40, such as fault 0, .*, fault 29\.$/)
})
