import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { Pan } from '../values/pan.ts'
import { Secret } from '../values/secret.ts'
import type { Card } from './card.ts'
import { key, swipe, swipeMisread } from './magstripe.ts'

const card: Card = {
  holder: 'Erin',
  pan: new Pan('6212142000000000012'),
  expiry: '3312',
  serviceCode: '120',
  pin: new Secret('123456'),
}

test('a swipe reads number, expiry and service code off the stripe, 37 characters at most', () => {
  const { track2, expiry } = swipe(card)
  assert.equal(track2.reveal(), '6212142000000000012D33121200000000000')
  assert.deepEqual([track2.expiry, track2.serviceCode, expiry, track2.reveal().length], ['3312', '120', '3312', 37])
})

test('a number of 16 digits leaves room for all issuer digits', () => {
  assert.equal(swipe({ ...card, pan: new Pan('6250930000000002') }).track2.reveal(), '6250930000000002D33121200000000000')
})

test('a keyed card has number and expiry and no track', () => {
  assert.deepEqual(Object.keys(key(card)), ['entry', 'pan', 'expiry'])
})

test('a misread stripe says another number', () => {
  const read = swipeMisread(card, 9)
  assert.equal(read.pan.reveal(), '6212142001000000012')
})

test('a read card prints no number, no track and no PIN', () => {
  const printed = JSON.stringify([card, swipe(card)]) + inspect([card, swipe(card)], { depth: 9 })
  assert.equal(/6212142000000000012|123456/.test(printed), false)
})
