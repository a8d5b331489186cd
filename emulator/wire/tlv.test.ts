import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fromHex } from '../values/hex.ts'
import { encodeTlv, parseTlv, type Tlv, type TlvProblem } from './tlv.ts'

type Vector = Readonly<{
  id: string
  algorithm: string
  inputs: Readonly<{ hex: string; tlvs: readonly Tlv[] }>
  expected: Readonly<{
    tree: readonly Tlv[]
    error: TlvProblem
    hex: string
    de55Request: string
    de55TagOrder: readonly string[]
  }>
}>

const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL('../../fixtures/vectors/card-and-crypto.json', import.meta.url), 'utf8'),
).vectors
const of = (algorithm: string) => vectors.filter(vector => vector.algorithm === algorithm)

test('there are vectors', () =>
  assert.deepEqual([of('tlv-parse').length, of('tlv-parse-error').length, of('de55-encode').length], [2, 1, 1]))

for (const { id, inputs, expected } of of('tlv-parse'))
  test(`${id}: reads to its tree and writes back`, () => {
    const parsed = parseTlv(fromHex(inputs.hex))
    assert.deepEqual(parsed.ok && parsed.tree, expected.tree)
    assert.equal(encodeTlv(expected.tree), inputs.hex)
  })

for (const { id, inputs, expected } of of('tlv-parse-error'))
  test(`${id}: ${expected.error}`, () => {
    const parsed = parseTlv(fromHex(inputs.hex))
    assert.equal(!parsed.ok && parsed.problem, expected.error)
  })

for (const { id, inputs, expected } of of('de55-encode'))
  test(`${id}: the order is kept`, () => assert.equal(encodeTlv(inputs.tlvs), expected.hex))

for (const { id, expected } of of('e2e-unionpay-sale'))
  test(`${id}: the chip data of a sale has its tags in order`, () => {
    const parsed = parseTlv(fromHex(expected.de55Request))
    assert.ok(parsed.ok)
    assert.deepEqual(
      parsed.tree.map(({ tag }) => tag),
      expected.de55TagOrder,
    )
    assert.equal(encodeTlv(parsed.tree), expected.de55Request)
  })

const broken: readonly (readonly [hex: string, problem: TlvProblem, atByte: number])[] = [
  ['9F', 'truncated-tag', 1],
  ['9F02', 'truncated-length', 2],
  ['9F0281', 'truncated-length', 3],
  ['9F0280', 'invalid-length', 3],
  ['9F0284', 'invalid-length', 3],
  ['5A0211', 'truncated-value', 2],
  ['77049F270480', 'truncated-value', 5],
]

for (const [hex, problem, atByte] of broken)
  test(`${hex}: ${problem} at byte ${atByte}`, () => {
    const parsed = parseTlv(fromHex(hex))
    assert.deepEqual(!parsed.ok && [parsed.problem, parsed.atByte], [problem, atByte])
  })

test('padding between objects is skipped, FF with a remark; a long length is read; a tag twice is remarked', () => {
  const parsed = parseTlv(fromHex('00009A03260101FF5A8101AA00' + '5A01BB'))
  assert.ok(parsed.ok)
  assert.deepEqual(parsed.tree, [
    { tag: '9A', value: '260101' },
    { tag: '5A', value: 'AA' },
    { tag: '5A', value: 'BB' },
  ])
  assert.deepEqual(
    parsed.remarks.map(({ path }) => path),
    ['padding', '5A'],
  )
})

test('no beginning of a chip data field makes reading throw', () => {
  for (const { expected } of of('e2e-unionpay-sale'))
    for (let length = 0; length < expected.de55Request.length; length += 2)
      assert.doesNotThrow(() => parseTlv(fromHex(expected.de55Request.slice(0, length))))
})
