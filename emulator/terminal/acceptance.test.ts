import assert from 'node:assert/strict'
import { test } from 'node:test'
import { key } from '../card/magstripe.ts'
import { yuan } from '../values/amount.ts'
import { Pan } from '../values/pan.ts'
import type { Reply, Request } from '../values/request.ts'
import { accepts, differences } from './acceptance.ts'
import { meaningOf } from './answer.ts'
import { referenceSettings } from './settings.ts'
import { wang } from './till.ts'

const request: Request = {
  operation: 'sale',
  terminalId: '10000001',
  merchantId: '898000000000001',
  trace: '000002',
  batch: '000001',
  amount: yuan(100n),
  card: key(wang),
}
const reply: Reply = {
  operation: 'sale',
  terminalId: '10000001',
  merchantId: '898000000000001',
  trace: '000002',
  amount: yuan(100n),
  pan: wang.pan,
  resultCode: '00',
  mac: 'good',
}

test('the reply to the open request is final', () => assert.equal(accepts(request, reply), 'final'))

const foreign: Readonly<Record<string, Partial<Reply>>> = {
  operation: { operation: 'void' },
  trace: { trace: '000003' },
  terminalId: { terminalId: '10000002' },
  merchantId: { merchantId: '898000000000002' },
  amount: { amount: yuan(101n) },
  pan: { pan: new Pan('6225000000000014') },
}
for (const [name, change] of Object.entries(foreign))
  test(`a reply with another ${name} is foreign: the wait goes on`, () => {
    assert.equal(accepts(request, { ...reply, ...change }), 'foreign')
    assert.deepEqual(differences(request, { ...reply, ...change }), [name])
  })

test('a reply of a type that nobody knows is foreign', () => {
  assert.equal(accepts(request, { ...reply, operation: 'unknown' }), 'foreign')
})

test('amount and card are compared only where the reply carries them', () => {
  const { amount: _amount, pan: _pan, ...bare } = reply
  assert.equal(accepts(request, bare), 'final')
})

test('a part of the amount has another amount and is still the answer', () => {
  assert.equal(accepts(request, { ...reply, resultCode: '10', amount: yuan(50n) }), 'final')
})

test('"in progress" is not yet an answer, and a foreign one is foreign', () => {
  assert.equal(accepts(request, { ...reply, resultCode: '09' }), 'not yet')
  assert.equal(accepts(request, { ...reply, resultCode: '09', trace: '000003' }), 'foreign')
})

const meanings: readonly (readonly [Partial<Reply>, string])[] = [
  [{}, 'approved'],
  [{ mac: 'not due' }, 'approved'],
  [{ mac: 'bad' }, 'bad MAC'],
  [{ mac: 'absent' }, 'bad MAC'],
  [{ resultCode: '51' }, 'declined'],
  [{ resultCode: '51', mac: 'absent' }, 'declined'],
  [{ resultCode: '51', mac: 'bad' }, 'bad MAC'],
  [{ resultCode: 'A0', mac: 'bad' }, 'declined'],
  [{ resultCode: '10' }, 'unusable'],
  [{ resultCode: '11' }, 'approved'],
]
for (const [change, meaning] of meanings)
  test(`${JSON.stringify(change)} means ${meaning}`, () => {
    assert.equal(meaningOf({ is: 'reply', reply: { ...reply, ...change } }, referenceSettings, () => false).is, meaning)
  })

test('a reply without a result code is unusable', () => {
  const { resultCode: _code, ...bare } = reply
  assert.equal(meaningOf({ is: 'reply', reply: bare }, referenceSettings, () => false).is, 'unusable')
})
