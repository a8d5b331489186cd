import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Pan } from '../values/pan.ts'
import { Secret } from '../values/secret.ts'
import type { Fact } from './fact.ts'
import { fromText, toText } from './fact-text.ts'
import type { ValueSeal } from './seal.ts'

/** A seal that shows that it was used. */
const backwards: ValueSeal = {
  close: clear => [...clear].toReversed().join(''),
  open: sealed => [...sealed].toReversed().join(''),
}

const fact: Fact = {
  is: 'answer',
  key: 'merchant/terminal/000001/000007',
  answer: {
    content: new Secret('0200/6212142000000000012'),
    at: 1_780_280_100_000,
    line: 1,
    mti: '0210',
    fields: { resultCode: '00', trace: '000007' },
    pan: new Pan('6212142000000000012'),
  },
}

test('a fact is read back as it was written', () => {
  const back = fromText(toText(fact, backwards), backwards)
  assert.deepEqual(back, fact)
  assert.ok(back.is === 'answer' && back.answer.pan?.reveal() === '6212142000000000012')
  assert.ok(back.answer.content.equals(new Secret('0200/6212142000000000012')))
})

test('card numbers and secrets pass the seal, each by itself, and nothing else does', () => {
  const text = toText(fact, backwards)
  assert.equal(text.includes('6212142000000000012'), false)
  assert.ok(text.includes('"$pan":"2100000000002412126"'))
  assert.ok(text.includes('"trace":"000007"'))
})
