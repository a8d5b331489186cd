import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lengthPrefixed } from './frame-cutter.ts'
import { frameOf } from './proving-ground.ts'

/** A stream of frames, and places to cut it. */
const streams = fc.record({
  lengths: fc.array(fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 700 })), { maxLength: 8 }),
  cuts: fc.array(fc.nat(3_000), { maxLength: 12 }),
})

test('frames come out whole and in order however the stream is split and joined', () => {
  fc.assert(
    fc.property(streams, ({ lengths, cuts }) => {
      const frames = lengths.map((bytes, index) => frameOf(bytes, index))
      const stream = new Uint8Array(frames.flatMap(frame => [...frame]))
      const places = [0, ...cuts.map(cut => cut % (stream.length + 1)).sort((a, b) => a - b), stream.length]
      const cutter = lengthPrefixed()
      const cut = places.slice(1).flatMap((end, index) => [...cutter.push(stream.subarray(places[index], end))])
      assert.deepEqual(
        cut.map(frame => [...frame]),
        frames.map(frame => [...frame]),
      )
      assert.equal(cutter.rest().length, 0)
      assert.equal(cutter.problem?.(), undefined)
    }),
    { seed: 20260729 },
  )
})

test('what is left of a stream at any byte is the part of the frame that came', () => {
  const frame = frameOf(6)
  for (let bytes = 0; bytes < frame.length; bytes += 1) {
    const cutter = lengthPrefixed()
    assert.deepEqual(cutter.push(frame.subarray(0, bytes)), [])
    assert.deepEqual(cutter.rest(), frame.slice(0, bytes))
  }
})

test('a frame that was split does not change when the sender writes over its chunks', () => {
  const cutter = lengthPrefixed()
  const chunk = frameOf(6).slice(0, 4)
  cutter.push(chunk)
  chunk.fill(0xff)
  assert.deepEqual(cutter.push(frameOf(6).subarray(4)), [frameOf(6)])
})

test('a length outside the limits is a problem, told with the number, and ends the cutting', () => {
  const cutter = lengthPrefixed({ atLeast: 13, atMost: 999 })
  const stream = Uint8Array.of(...frameOf(13), 0x47, 0x45, 0x54, 0x20)
  assert.deepEqual(cutter.push(stream), [frameOf(13)])
  assert.equal(cutter.problem?.(), 'a length of 18245 bytes (47 45); 13 to 999 are possible')
  assert.deepEqual(cutter.rest(), Uint8Array.of(0x47, 0x45, 0x54, 0x20))
  assert.deepEqual(cutter.push(frameOf(13)), [])
})

test('a length that is split between chunks is judged too, and all its bytes are kept', () => {
  const cutter = lengthPrefixed({ atLeast: 13 })
  cutter.push(Uint8Array.of(0))
  assert.deepEqual(cutter.push(Uint8Array.of(12, 1, 2)), [])
  assert.equal(cutter.problem?.(), 'a length of 12 bytes (00 0C); 13 to 65535 are possible')
  assert.deepEqual(cutter.rest(), Uint8Array.of(0, 12, 1, 2))
})
