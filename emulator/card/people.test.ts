import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { Pan, passesLuhn } from '../values/pan.ts'
import { swipe } from './magstripe.ts'

type Numbered = Readonly<{ pan: string; is: string; source: string }>
type Person = Readonly<{
  holder: string
  pan: string
  expiry: string
  serviceCode: string
  pin: string
  funds?: string
  set: number
}>

const file = (name: string): unknown => parse(readFileSync(new URL(`../../fixtures/cards/${name}`, import.meta.url), 'utf8'))
// The two files hold what these tests say they hold.
const { numbers } = file('test-ranges.yaml') as { numbers: readonly Numbered[] }
const { people } = file('people.yaml') as { people: readonly Person[] }

test('every documented number has its source, stands once, and passes Luhn unless it says otherwise', () => {
  for (const { pan, is, source } of numbers) {
    assert.ok(source.length > 0, pan)
    assert.equal(passesLuhn(pan), !is.includes('fails Luhn'), pan)
  }
  assert.equal(new Set(numbers.map(({ pan }) => pan)).size, numbers.length)
})

test('everybody has a documented number of their own, and a card that can be swiped', () => {
  const documented = new Set(numbers.map(({ pan }) => pan))
  for (const { pan, pin, holder, expiry, serviceCode } of people) {
    assert.ok(documented.has(pan), `${holder}'s number is documented`)
    assert.match(pin, /^\d{6}$/)
    assert.equal(swipe({ holder, pan: new Pan(pan), expiry, serviceCode }).expiry, expiry)
  }
  assert.equal(new Set(people.map(({ pan }) => pan)).size, people.length)
})

test('each set has the same people: one with hardly any money, and one whose card nobody issued', () => {
  for (const set of [1, 2]) {
    const mine = people.filter(person => person.set === set)
    assert.deepEqual(
      mine.map(({ holder }) => holder),
      people.filter(person => person.set === 1).map(({ holder }) => holder),
    )
    assert.ok(mine.some(({ funds }) => funds === '50.00') && mine.some(({ funds }) => funds === undefined))
  }
})
