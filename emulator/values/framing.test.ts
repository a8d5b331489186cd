import assert from 'node:assert/strict'
import { test } from 'node:test'
import { followingOf, type LengthForm, type LengthPrefix, lengthLimits, readLength, saidOf, writeLength } from './framing.ts'

const samples: readonly (readonly [form: LengthForm, value: number, hex: string])[] = [
  ['binary 2', 168, '00a8'],
  ['binary 2', 65_535, 'ffff'],
  ['binary 4', 168, '000000a8'],
  ['binary 4', 4_294_967_295, 'ffffffff'],
  ['little endian 2', 168, 'a800'],
  ['little endian 4', 16_909_060, '04030201'],
  ['ascii 4', 168, '30313638'],
  ['ascii 4', 9999, '39393939'],
  ['bcd 2', 168, '0168'],
  ['bcd 2', 9999, '9999'],
]

for (const [form, value, hex] of samples)
  test(`a length of ${value}, ${form}, is ${hex}`, () => {
    const { bytes, most } = lengthLimits(form)
    assert.ok(value <= most)
    const into = new Uint8Array(bytes + 2).fill(0xee)
    writeLength(form, value, into, 1)
    assert.equal(Buffer.from(into).toString('hex'), `ee${hex}ee`)
    assert.equal(readLength(form, into, 1), value)
  })

test('what is no digit is no number, in characters and packed', () => {
  for (const [form, hex] of [
    ['ascii 4', '3031363a'],
    ['ascii 4', '2f313638'],
    ['bcd 2', '016a'],
    ['bcd 2', 'a168'],
  ] as const)
    assert.equal(readLength(form, Buffer.from(hex, 'hex'), 0), 'no number', hex)
})

test('a length that counts itself, and one that does not count TPDU and header, say other numbers of the same bytes', () => {
  const prefix = (itself: boolean, uncounted: number): LengthPrefix => ({
    is: 'length',
    form: 'ascii 4',
    itself,
    uncounted,
    longest: 9999,
  })
  for (const [itself, uncounted, said] of [
    [false, 0, 179],
    [true, 0, 183],
    [false, 11, 168],
    [true, 11, 172],
  ] as const) {
    assert.equal(saidOf(prefix(itself, uncounted), 179), said)
    assert.equal(followingOf(prefix(itself, uncounted), said), 179)
  }
})
