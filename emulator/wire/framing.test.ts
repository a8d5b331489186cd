import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fromHex, toHex } from '../values/hex.ts'
import { Framing } from './framing.ts'

const one = fromHex('0003AABBCC')
const two = fromHex('00011F')
const stream = Buffer.concat([one, two, one])
const frames = (cuts: readonly { is: string; frame?: Uint8Array }[]) => cuts.map(cut => (cut.frame ? toHex(cut.frame) : cut.is))

test('a stream cut at any two places gives the same frames', () => {
  for (let first = 0; first <= stream.length; first += 1)
    for (let second = first; second <= stream.length; second += 1) {
      const framing = new Framing()
      const cuts = [stream.subarray(0, first), stream.subarray(first, second), stream.subarray(second)].flatMap(piece =>
        framing.push(piece),
      )
      assert.deepEqual(frames(cuts), [one, two, one].map(toHex), `${first}, ${second}`)
      assert.equal(framing.rest.length, 0)
    }
})

test('a stream that comes byte by byte gives each frame with its last byte', () => {
  const framing = new Framing()
  const complete = [...stream].flatMap((byte, at) => (framing.push(Uint8Array.of(byte)).length > 0 ? [at] : []))
  assert.deepEqual(complete, [4, 7, 12])
})

test('what is left when the line closes is the beginning of a frame', () => {
  const framing = new Framing()
  assert.deepEqual(framing.push(fromHex('0003AABB')), [])
  assert.equal(toHex(framing.rest), '0003AABB')
})

test('an impossible length is a value, and nothing is believed after it', () => {
  const framing = new Framing({ shortest: 2, longest: 10 })
  const [good, bad, ...more] = framing.push(fromHex('0002AABB' + 'FFFF0102'))
  assert.equal(good?.is, 'frame')
  assert.ok(bad?.is === 'impossible' && more.length === 0)
  assert.equal(bad.length, 65535)
  assert.equal(bad.says, 'a length of 65535 bytes; 2 to 10 are possible')
  assert.deepEqual(framing.push(fromHex('0002AABB')), [])
  assert.equal(toHex(framing.rest), 'FFFF01020002AABB')
  assert.equal(new Framing({ shortest: 2, longest: 10 }).push(fromHex('0001AA'))[0]?.is, 'impossible')
})

test('a frame keeps its bytes when the buffer that brought it is used again', () => {
  const buffer = Uint8Array.from(one)
  const [cut] = new Framing().push(buffer)
  buffer.fill(0)
  assert.ok(cut?.is === 'frame')
  assert.equal(toHex(cut.frame), '0003AABBCC')
})
