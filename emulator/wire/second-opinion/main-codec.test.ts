import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dialectById } from '../../dialects/index.ts'
import { toJson } from '../frame-json.ts'
import { codecFor } from '../iso8583.ts'
import { commonGround } from './common-ground.ts'
import { Tally } from './comparison.ts'
import { drawing, generatedFrames } from './generated.ts'
import { goldenFrames } from './golden.ts'
import { type Reading, readFrame, type Start, Unreadable } from './reader.ts'
import { dissect, tsharkVersion } from './tshark.ts'

const dialect = dialectById('unionpay-pos')
const codec = codecFor(dialect)
const decoded = (bytes: Uint8Array, start: Start = 'length') =>
  toJson(dialect, codec.decode(bytes, { from: start }), { reveal: true })

/** Golden frames, and drawn ones: two readers that were written apart must cut the same bytes in the same places. */
const frames = [
  ...goldenFrames(),
  ...generatedFrames(500, 8583).map(({ name, bytes }) => ({ name, bytes, start: 'length' as const })),
]

test('the codec and the second reader agree on every golden and every drawn frame', t => {
  const tally = new Tally()
  for (const { name, bytes, start } of frames) {
    const [first, second] = [decoded(bytes, start), readFrame(bytes, start)]
    assert.equal(first.ok, true, name)
    assert.deepEqual({ ...first.frame }, envelopeOf(second), name)
    tally.add(name, { mti: first.mti ?? '', fields: first.fields }, second)
  }
  t.diagnostic(`codec against second reader: ${tally.says()}`)
  assert.deepEqual(tally.differences, [])
  assert.ok(tally.frames >= 500 && tally.fields >= 5000, tally.says())
})

function envelopeOf({ length, tpdu, header }: Reading): object {
  return length === undefined ? {} : { length, tpdu, header }
}

test('the codec and the second reader lay every field at the same bytes', () => {
  for (const { name, bytes, start } of frames) {
    const spans = decoded(bytes, start).spans.filter(({ path }) => /^\d+$/.test(path))
    const first = Object.fromEntries(spans.map(({ path, offset, length }) => [path, { offset, length }]))
    assert.deepEqual(first, { ...readFrame(bytes, start).spans }, name)
  }
})

test('what the second reader refuses, the codec does not call sound', () => {
  let refused = 0
  for (const { name, bytes, start } of frames.slice(0, 120)) {
    for (let cut = 0; cut < bytes.length; cut += 7) {
      const short = bytes.subarray(0, cut)
      if (readable(short, start) !== 'refused') continue
      refused += 1
      assert.equal(decoded(short, start).ok, false, `${name}, ${cut} bytes of ${bytes.length}`)
    }
  }
  assert.ok(refused > 1000, `${refused} cuts`)
})

test('of a damaged frame the codec reads what the second reader reads, and where that one refuses, it refuses or remarks', t => {
  const draw = drawing(64)
  const tally = new Tally()
  let refused = 0
  for (const { name, bytes, start } of frames.slice(0, 200))
    for (let times = 0; times < 20; times++) {
      const damaged = Uint8Array.from(bytes)
      for (let blows = 1 + draw(2); blows > 0; blows--) damaged[draw(damaged.length)] = draw(256)
      const first = decoded(damaged, start)
      const second = readable(damaged, start)
      if (second === 'refused') refused += 1
      if (second === 'refused')
        assert.ok(!first.ok || first.remarks.length > 0, `${name}: ${Buffer.from(damaged).toString('hex')}`)
      // Bytes that are no text are shown by different substitutes; everything else must be equal.
      else if (!JSON.stringify(second.fields).includes('\ufffd'))
        tally.add(name, { mti: first.mti ?? '', fields: first.fields }, second)
    }
  t.diagnostic(`codec against second reader, damaged: ${tally.says()}, ${refused} frames refused or remarked upon`)
  assert.deepEqual(tally.differences, [])
  assert.ok(tally.frames > 1000 && refused > 300)
})

function readable(bytes: Uint8Array, start: Start): Reading | 'refused' {
  try {
    return readFrame(bytes, start)
  } catch (error) {
    if (error instanceof Unreadable) return 'refused'
    throw error
  }
}

test('tshark and the codec agree where plain ISO 8583 and UnionPay go together', {
  skip:
    tsharkVersion() === 'absent' && process.env.CI === undefined
      ? 'tshark is not installed here (Debian: apt-get install tshark)'
      : false,
}, t => {
  const cases = goldenFrames().map(({ name, bytes, start }) => ({ name, ...commonGround(bytes, start) }))
  const tally = new Tally()
  const dissections = dissect(
    cases.map(({ frame }) => frame),
    'packed',
  )
  cases.forEach(({ name, frame }, i) => {
    const first = decoded(frame.subarray(2), 'mti')
    const text = first.fields['62']
    const fields = text === undefined ? first.fields : { ...first.fields, '62': Buffer.from(text, 'hex').toString('latin1') }
    tally.add(name, { mti: first.mti ?? '', fields }, dissections[i] ?? { mti: 'absent', fields: {} })
  })
  t.diagnostic(`codec against tshark: ${tally.says()}`)
  assert.deepEqual(tally.differences, [])
  assert.ok(tally.frames >= 20 && tally.fields >= 150, tally.says())
})
