import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { dialectById } from '../../dialects/index.ts'
import { fromJson, toJson } from '../frame-json.ts'
import { codecFor } from '../iso8583.ts'
import { Tally } from './comparison.ts'
import { drawing } from './generated.ts'
import { drawnMessages } from './iso-drawn.ts'
import { type IsoForm, type IsoReading, isoRows, readIso } from './iso-reader.ts'
import { Unreadable } from './reader.ts'
import { dissect, tsharkVersion } from './tshark.ts'

const forms: readonly (readonly [form: IsoForm, encoding: string])[] = [
  ['ascii', 'ascii'],
  ['packed', 'bcd'],
  ['ebcdic', 'ebcdic'],
]

const {
  vectors,
}: Readonly<{
  vectors: readonly Readonly<{
    id: string
    encoding: string
    hex: string
    decoded: Readonly<{ mti: string; fields: Readonly<Record<string, string>> }>
  }>[]
}> = JSON.parse(readFileSync(new URL('../../../fixtures/vectors/iso8583-messages.json', import.meta.url), 'utf8'))

test('the second reader has a row for every field of the dialect', () => {
  const numbers = Object.values(dialectById('iso8583-1987').fields).map(({ de }) => de)
  assert.deepEqual(
    numbers.filter(de => de === undefined || isoRows[de] === undefined),
    [],
  )
})

for (const [form, encoding] of forms) {
  const dialect = dialectById('iso8583-1987', { encoding, length: 'none' })
  const codec = codecFor(dialect)
  const decoded = (bytes: Uint8Array) => toJson(dialect, codec.decode(bytes), { reveal: true })
  const drawn = drawnMessages(400, 1987, form)

  test(`${form}: the second reader reads the golden messages as they are listed`, () => {
    const golden = vectors.filter(one => one.encoding === encoding)
    assert.ok(golden.length >= 3)
    for (const { id, hex, decoded: expected } of golden) {
      const { mti, fields } = readIso(Buffer.from(hex, 'hex'), form)
      assert.deepEqual({ mti, fields }, expected, id)
    }
  })

  test(`${form}: codec and second reader read the same values at the same bytes, and both what was written`, t => {
    const tally = new Tally()
    for (const { name, bytes, mti, fields } of drawn) {
      const first = decoded(bytes)
      const second = readIso(bytes, form)
      assert.deepEqual([first.ok, first.remarks], [true, []], name)
      assert.deepEqual({ mti: second.mti, fields: second.fields }, { mti, fields }, name)
      tally.add(name, first, second)
      const spans = first.spans.filter(({ path }) => /^\d+$/.test(path))
      assert.deepEqual(Object.fromEntries(spans.map(({ path, ...span }) => [path, span])), second.spans, name)
    }
    t.diagnostic(`codec against second reader, ${form}: ${tally.says()}`)
    assert.deepEqual(tally.differences, [])
    assert.ok(tally.frames === drawn.length && tally.fields > 5000, tally.says())
    assert.ok(drawn.filter(({ fields }) => fields['90'] !== undefined).length > 100, 'too few with a second bitmap')
  })

  test(`${form}: what was drawn, the codec writes as it was written`, () => {
    for (const { name, bytes, mti, fields } of drawn) {
      const { message } = fromJson(dialect, { mti, fields })
      assert.equal(Buffer.compare(codec.encode(message).frame, bytes), 0, name)
    }
  })

  test(`${form}: of a damaged message the codec reads what the second reader reads, or refuses or remarks`, t => {
    const draw = drawing(65)
    const tally = new Tally()
    let refused = 0
    for (const { name, bytes } of drawn.slice(0, 150))
      for (let times = 0; times < 15; times++) {
        const damaged = Uint8Array.from(bytes.subarray(0, draw(5) === 0 ? draw(bytes.length) : bytes.length))
        for (let blows = 1 + draw(2); blows > 0 && damaged.length > 0; blows--) damaged[draw(damaged.length)] = draw(256)
        const first = decoded(damaged)
        const second = readable(damaged, form)
        if (second === 'refused') {
          refused += 1
          assert.ok(!first.ok || first.remarks.length > 0, `${name}: ${Buffer.from(damaged).toString('hex')}`)
        }
        // A question mark stands for characters that the second reader does not know.
        else if (first.remarks.length === 0 && !JSON.stringify(second.fields).includes('?')) tally.add(name, first, second)
      }
    t.diagnostic(`codec against second reader, ${form}, damaged: ${tally.says()}, ${refused} refused`)
    assert.deepEqual(tally.differences, [])
    assert.ok(refused > 300 && tally.frames > 150, `${refused} refused, ${tally.says()}`)
  })
}

function readable(bytes: Uint8Array, form: IsoForm): IsoReading | 'refused' {
  try {
    return readIso(bytes, form)
  } catch (error) {
    if (error instanceof Unreadable) return 'refused'
    throw error
  }
}

const version = tsharkVersion()

test('tshark reads a packed reversal with its original in 90 as the codec wrote it', {
  skip:
    version === 'absent' && process.env.CI === undefined
      ? 'tshark is not installed here (Debian: apt-get install tshark)'
      : false,
}, t => {
  const dialect = dialectById('iso8583-1987', { encoding: 'bcd' })
  const codec = codecFor(dialect)
  const cases = ['reversal-bcd', 'sealed-reversal'].map(id => {
    const decoded = vectors.find(one => one.id === id)?.decoded
    assert.ok(decoded)
    const { message } = fromJson(dialect, decoded)
    return { id, decoded, frame: codec.encode(message).frame }
  })
  const dissections = dissect(
    cases.map(({ frame }) => frame),
    'packed',
  )
  const tally = new Tally()
  cases.forEach(({ id, decoded }, i) => {
    assert.deepEqual(dissections[i]?.malformed, [], id)
    tally.add(id, decoded, dissections[i] ?? { mti: 'absent', fields: {} })
  })
  t.diagnostic(`codec against ${version}, two bitmaps: ${tally.says()}`)
  assert.deepEqual(tally.differences, [])
})
