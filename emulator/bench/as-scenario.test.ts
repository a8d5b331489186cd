import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asScenario } from './as-scenario.ts'
import type { HandMade } from './hand-made.ts'

const people = { known: ['Alice', 'Bob'], strangers: ['Mallory'] }
let operation = 0

const deed = (name: HandMade['name'], rest: Partial<HandMade> = {}): HandMade => {
  operation += 1
  return {
    name,
    operation,
    faults: [],
    sent: true,
    powerFailed: false,
    afterPower: false,
    reversedFirst: false,
    outcome: 'approved',
    ...rest,
  }
}
const signIn = () => deed('signIn', { outcome: 'done' })
const sale = (holder: string, trace: string, rest: Partial<HandMade> = {}) =>
  deed('sale', { holder, how: 'swiped', amount: '88.00', trace, reference: `ref ${trace}`, ...rest })

/** Its steps, and the ids of its rule; or why there are none. */
function told(...done: readonly HandMade[]): readonly string[] {
  const scenario = asScenario(done, people)
  if ('because' in scenario) return [scenario.because]
  return scenario.feature.split('\n').flatMap(line => (/^ +(@|Given|When|Then|And)/.test(line) ? [line.trim()] : []))
}

test('the last thing is what a scenario is about; what came before prepares; the first sign-in goes without saying', () => {
  assert.deepEqual(told(signIn(), sale('Alice', '2'), deed('void', { amount: '88.00', original: { trace: '2' } })), [
    '@VOID-001 @VOID-002',
    'Given Alice paid 88.00 yuan at the shop',
    'When the shop voids that sale',
    'Then the acquirer approves the void',
  ])
})

test('a sale that is not the last one is named by who paid; an earlier one of the same person has no name', () => {
  const names = (original: string) =>
    told(signIn(), sale('Alice', '2'), sale('Bob', '3'), sale('Bob', '4'), deed('void', { original: { trace: original } })).at(-2)
  assert.equal(names('2'), "When the shop voids Alice's sale")
  assert.equal(names('4'), 'When the shop voids that sale')
  assert.match(
    told(signIn(), sale('Bob', '3'), sale('Bob', '4'), deed('void', { original: { trace: '3' } })).join(),
    /can only speak of somebody’s last sale/,
  )
})

test('what our own line did is arranged beforehand, and its reversal is claimed', () => {
  const lost = sale('Alice', '2', { outcome: 'unresolved', faults: [{ fault: 'loses the reply', about: 'sale' }] })
  assert.deepEqual(told(signIn(), lost, deed('reverse', { outcome: 'reversed' })), [
    '@REV-001 @REV-008',
    "Given the reply to the shop's next sale will be lost",
    'And Alice paid 88.00 yuan at the shop',
    'When the shop sends what it still owes',
    'Then the till reversed the sale',
    'And the acquirer answered the reversal',
  ])
  assert.deepEqual(told(signIn(), lost, sale('Bob', '3', { reversedFirst: true })).slice(-2), [
    'When Bob pays 88.00 yuan at the shop',
    'Then the reversal went first',
  ])
})

test('a power failure comes back in the words of its own', () => {
  const dark = sale('Alice', '2', { outcome: 'unresolved', powerFailed: true })
  assert.deepEqual(told(signIn(), dark, deed('reverse', { outcome: 'reversed', afterPower: true })), [
    '@REV-003',
    'Given the power of the shop will fail while it waits for an answer',
    'And Alice paid 88.00 yuan at the shop',
    'When the shop comes back and sends what it still owes',
    'Then the till reversed the sale',
  ])
})

test('a refusal is told with its control', () => {
  const refused = sale('Mallory', '2', { outcome: 'declined', resultCode: '14' })
  assert.deepEqual(told(signIn(), refused), [
    '@SALE-004',
    'When a stranger pays 88.00 yuan at the shop',
    'Then the shop can sell',
    'And the acquirer refuses the sale',
  ])
})

test('what sent nothing is left out, and what has no words says so', () => {
  const cancelled = deed('sale', { sent: false, outcome: 'cancelled' })
  assert.equal(told(signIn(), cancelled, sale('Alice', '2')).length, 3)
  assert.match(told().join(), /Nothing was sent/)
  assert.match(told(signIn(), sale('Erin', '2')).join(), /features name Alice, Bob/)
  assert.match(told(signIn(), sale('Alice', '2', { outcome: 'unresolved' })).join(), /send what is still owed/)
  assert.match(
    told(signIn(), sale('Alice', '2', { faults: [{ fault: 'corrupts a byte', about: 'sale' }] })).join(),
    /no words for what the line did: corrupts a byte, at a sale/,
  )
})
