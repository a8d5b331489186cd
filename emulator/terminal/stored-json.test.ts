import assert from 'node:assert/strict'
import { test } from 'node:test'
import { yuan } from '../values/amount.ts'
import { Pan } from '../values/pan.ts'
import { Secret } from '../values/secret.ts'
import { fromText, toText } from './stored-json.ts'

test('amounts come back as amounts, wherever they stand', () => {
  const value = { amount: yuan(88_00n), list: [{ paid: yuan(1n) }], text: 'as it is', none: undefined }
  const back = fromText(toText(value))
  assert.deepEqual(back, { amount: yuan(88_00n), list: [{ paid: yuan(1n) }], text: 'as it is' })
})

test('a card number or a secret that got into a value is written as it prints: masked', () => {
  const text = toText({ card: new Pan('6212142000000000012'), deep: [{ pin: new Secret('123456') }] })
  assert.equal(text, '{"card":"621214…0012","deep":[{"pin":"•••"}]}')
})
