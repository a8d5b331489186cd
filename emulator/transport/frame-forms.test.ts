import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type FrameForm, type LengthForm, lengthLimits, saidOf, writeLength } from '../values/framing.ts'
import { cutterFor } from './frame-cutter.ts'

const behind = (form: LengthForm, itself = false, uncounted = 0, longest = 9999): FrameForm => ({
  is: 'length',
  form,
  itself,
  uncounted,
  longest,
})

const forms: readonly (readonly [name: string, form: FrameForm])[] = [
  ['2 bytes', behind('binary 2')],
  ['2 bytes that count themselves', behind('binary 2', true)],
  ['2 bytes that leave 11 bytes out', behind('binary 2', false, 11)],
  ['4 bytes', behind('binary 4')],
  ['2 bytes, low byte first', behind('little endian 2')],
  ['4 bytes, low byte first, that count themselves', behind('little endian 4', true)],
  ['4 digit characters', behind('ascii 4')],
  ['4 digit characters that count themselves and leave 5 bytes out', behind('ascii 4', true, 5)],
  ['4 packed digits', behind('bcd 2')],
  ['STX, ETX and LRC', { is: 'STX ETX LRC', longest: 9999 }],
]

/** These bytes as a frame. Between STX and ETX they are made text. */
function framed(form: FrameForm, bytes: Uint8Array): Uint8Array {
  if (form.is === 'whole') return bytes
  if (form.is === 'length') {
    const prefix = new Uint8Array(lengthLimits(form.form).bytes)
    writeLength(form.form, saidOf(form, bytes.length), prefix, 0)
    return Uint8Array.of(...prefix, ...bytes)
  }
  const text = bytes.map(byte => 0x20 + (byte % 0x5f))
  return Uint8Array.of(
    2,
    ...text,
    3,
    [...text, 3].reduce((lrc, byte) => lrc ^ byte, 0),
  )
}

const content = (length: number, first = 1) => Uint8Array.from({ length }, (_, at) => (first + at) & 0xff)

for (const [name, form] of forms) {
  test(`${name}: frames come out whole and in order however the stream is split and joined`, () => {
    const streams = fc.record({
      lengths: fc.array(fc.oneof(fc.integer({ min: 12, max: 20 }), fc.integer({ min: 12, max: 700 })), { maxLength: 6 }),
      cuts: fc.array(fc.nat(3_000), { maxLength: 10 }),
    })
    fc.assert(
      fc.property(streams, ({ lengths, cuts }) => {
        const frames = lengths.map((bytes, index) => framed(form, content(bytes, index)))
        const stream = Uint8Array.from(frames.flatMap(frame => [...frame]))
        const places = [0, ...cuts.map(cut => cut % (stream.length + 1)).sort((a, b) => a - b), stream.length]
        const cutter = cutterFor(form)()
        const cut = places.slice(1).flatMap((end, index) => [...cutter.push(stream.slice(places[index], end))])
        assert.deepEqual(
          cut.map(frame => [...frame]),
          frames.map(frame => [...frame]),
        )
        assert.deepEqual([cutter.rest().length, cutter.problem?.()], [0, undefined])
      }),
      { seed: 20_261_122, numRuns: 60 },
    )
  })

  test(`${name}: two frames in one chunk, then one byte by byte, with each byte until its last as what is left`, () => {
    const [one, two] = [framed(form, content(30)), framed(form, content(17, 9))]
    const cutter = cutterFor(form)()
    assert.deepEqual(
      cutter.push(Uint8Array.of(...one, ...two)).map(frame => [...frame]),
      [[...one], [...two]],
    )
    for (let at = 0; at < one.length - 1; at += 1) {
      assert.deepEqual(cutter.push(one.slice(at, at + 1)), [])
      assert.deepEqual(cutter.rest(), one.slice(0, at + 1))
    }
    assert.deepEqual(cutter.push(one.slice(-1)), [one])
    assert.equal(cutter.rest().length, 0)
  })
}

test('a line that keeps frames apart gives each chunk as one', () => {
  const cutter = cutterFor({ is: 'whole' })()
  assert.deepEqual(cutter.push(content(5)), [content(5)])
  assert.deepEqual([cutter.push(new Uint8Array(0)), cutter.rest().length, cutter.problem?.()], [[], 0, undefined])
})

const impossible: readonly (readonly [form: FrameForm, hex: string, says: string])[] = [
  [behind('ascii 4'), '00a83032', '00 A8 30 32 where a length of four digit characters is due'],
  [behind('bcd 2'), '00a8', '00 A8 where a length of four packed digits is due'],
  [behind('binary 4'), '30313638', 'a length of 808531512 bytes (30 31 36 38); 1 to 9999 are possible'],
  [behind('little endian 2'), '00a8', 'a length of 43008 bytes (00 A8); 1 to 9999 are possible'],
  [behind('binary 2', true), '0002', 'a length of 2 bytes, itself included (00 02); 3 to 10001 are possible'],
  [behind('binary 2', true), '0000', 'a length of 0 bytes, itself included (00 00); 3 to 10001 are possible'],
  [behind('binary 2', false, 11, 9999), '2710', 'a length of 10000 bytes (27 10); 0 to 9988 are possible'],
  [{ is: 'STX ETX LRC', longest: 9999 }, '0200a8', ''],
  [{ is: 'STX ETX LRC', longest: 9999 }, '00a8', 'byte 00 where STX (02) is due'],
  [{ is: 'STX ETX LRC', longest: 3 }, '0230313233', 'no ETX (03) within 3 bytes after STX'],
]

for (const [form, hex, says] of impossible)
  test(`${hex} ${says === '' ? 'may yet become a frame' : `is told: ${says}`}`, () => {
    const bytes = new Uint8Array(Buffer.from(hex, 'hex'))
    for (const pieces of [[bytes], [...bytes].map(byte => Uint8Array.of(byte))]) {
      const cutter = cutterFor(form)()
      for (const piece of pieces) assert.deepEqual(cutter.push(piece), [])
      assert.equal(cutter.problem?.() ?? '', says)
      assert.deepEqual(cutter.rest(), bytes.subarray(0, cutter.rest().length))
      assert.ok(cutter.rest().length > 0)
      if (says === '') continue
      const right = framed(form, content(3))
      assert.deepEqual(cutter.push(right), [], 'nothing is cut from a stream that has lost its step')
    }
  })

test('after a good frame garbage is told, and what follows is kept as evidence', () => {
  const good = framed({ is: 'STX ETX LRC', longest: 99 }, content(5))
  const cutter = cutterFor({ is: 'STX ETX LRC', longest: 99 })()
  assert.deepEqual(cutter.push(Uint8Array.of(...good, 0x15, 0x41)), [good])
  assert.equal(cutter.problem?.(), 'byte 15 where STX (02) is due')
  assert.deepEqual(cutter.rest(), Uint8Array.of(0x15, 0x41))
})

test('a wrong LRC is cut like a right one: it is for whoever reads the frame', () => {
  const frame = framed({ is: 'STX ETX LRC', longest: 99 }, content(5))
  frame[frame.length - 1] = 0x7f
  assert.deepEqual(cutterFor({ is: 'STX ETX LRC', longest: 99 })().push(frame), [frame])
})
