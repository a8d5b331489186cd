import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rulesIn, straysIn } from './coverage.ts'

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

test('a scenario outside a rule, an id off a rule and a crowd of ids are strays', () => {
  const stray = `
@VOID-009
Feature: Voids
  Example: Alone
    Given a terminal
  @VOID-001 @VOID-002 @VOID-003 @VOID-004
  Rule: Too much
    @VOID-005
    Example: One
      Given a terminal
`
  assert.deepEqual(straysIn('f.feature', stray), [
    'f.feature:3: VOID-009 stands above the feature',
    'f.feature:4: "Alone" stands outside a rule',
    'f.feature:7: more than three ids on one rule',
    'f.feature:9: VOID-005 stands on a scenario',
  ])
  assert.deepEqual(straysIn('f.feature', feature), [])
})
