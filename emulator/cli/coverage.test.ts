import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rulesIn } from './coverage.ts'

const feature = `
@cup
Feature: Voids

  Background:
    Given a signed-in terminal

  @VOID-001 @VOID-002 @exclusive
  Rule: A sale can be voided once
    Example: Once
      When Alice voids it
    Example: By its reference
      When Alice voids it

  Rule: Nobody tests this
    Example: Something
      When nothing happens
`

test('a rule covers the rows that it is tagged with, and says how many scenarios it has', () => {
  assert.deepEqual(rulesIn('features/void.feature', feature), [
    { name: 'A sale can be voided once', at: 'features/void.feature:9', ids: ['VOID-001', 'VOID-002'], scenarios: 2 },
    { name: 'Nobody tests this', at: 'features/void.feature:15', ids: [], scenarios: 1 },
  ])
})

test('a file that is no Gherkin is named with the place', () => {
  assert.throws(() => rulesIn('features/void.feature', 'nonsense'), {
    name: 'UsageError',
    message: /features\/void.feature is not a feature: \(\d+:\d+\)/,
  })
})
