import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { dialectById } from '../dialects/index.ts'
import { fromHex, toHex } from '../values/hex.ts'
import { fromJson, toJson } from './frame-json.ts'
import { codecFor } from './iso8583.ts'
import { layoutOf } from './layout.ts'

type Golden = Readonly<{
  id: string
  hex: string
  mab?: string
  field64?: string
  decoded: Readonly<{
    length?: number
    tpdu?: string
    header?: string
    mti: string
    bitmap: string
    fields: Readonly<Record<string, string>>
  }>
}>

const golden: readonly Golden[] = JSON.parse(
  readFileSync(new URL('../../fixtures/vectors/unionpay-frames.json', import.meta.url), 'utf8'),
).vectors

const dialect = dialectById('unionpay-pos')
const codec = codecFor(dialect)
/** Both pad nibbles of a track are read without a remark. */
const padsWithF = codecFor(dialectById('unionpay-pos', { trackPad: 'F' }))
const start = (frame: Golden) => (frame.decoded.length === undefined ? 'mti' : 'length')
const read = (frame: Golden) => codec.decode(fromHex(frame.hex), { from: start(frame) })

test('there are golden frames', () => assert.equal(golden.length, 21))

for (const frame of golden) {
  test(`${frame.id}: decodes to the listed fields without a remark`, () => {
    const decoded = read(frame)
    assert.ok(decoded.ok, 'it cannot be read')
    assert.deepEqual(decoded.remarks, [])
    assert.equal(decoded.message.mti, frame.decoded.mti)
    assert.equal(decoded.length, frame.decoded.length)
    assert.deepEqual(decoded.envelope, start(frame) === 'mti' ? {} : { tpdu: frame.decoded.tpdu, header: frame.decoded.header })
    const whole = Object.entries(dialect.fields).filter(([name]) => decoded.message.fields[name] !== undefined)
    assert.deepEqual(
      Object.fromEntries(whole.map(([name, { de }]) => [String(de), decoded.message.fields[name]])),
      frame.decoded.fields,
    )
  })

  test(`${frame.id}: encodes back to its bytes, by name and by number`, () => {
    const decoded = read(frame)
    assert.ok(decoded.ok)
    const again = codec.encode(decoded.message, { envelope: decoded.envelope, from: start(frame) })
    assert.equal(toHex(again.frame), frame.hex)
    const { message, ...options } = fromJson(dialect, JSON.parse(JSON.stringify(toJson(dialect, decoded, { reveal: true }))))
    assert.equal(toHex(codec.encode(message, options).frame), frame.hex)
  })

  test(`${frame.id}: its spans lie in order, cover every byte once, and are the same in both directions`, () => {
    const decoded = read(frame)
    assert.ok(decoded.ok)
    const fields = decoded.spans.filter(({ path }) => !path.includes('.'))
    let at = 0
    for (const { offset, length } of fields) {
      assert.equal(offset, at)
      at += length
    }
    assert.equal(at, frame.hex.length / 2)
    assert.deepEqual(codec.encode(decoded.message, { envelope: decoded.envelope, from: start(frame) }).spans, fields)
    const bitmap = decoded.spans.find(({ path }) => path === 'bitmap')
    assert.equal(frame.hex.slice((bitmap?.offset ?? 0) * 2, ((bitmap?.offset ?? 0) + 8) * 2), frame.decoded.bitmap)
  })

  test(`${frame.id}: without spans the rest is the same`, () => {
    const decoded = codec.decode(fromHex(frame.hex), { from: start(frame), spans: false })
    assert.deepEqual({ ...decoded, spans: [] }, { ...read(frame), spans: [] })
    assert.deepEqual(decoded.spans, [])
  })

  test(`${frame.id}: shown without its secrets, neither text nor JSON holds one`, () => {
    const decoded = read(frame)
    const shown = layoutOf(dialect, fromHex(frame.hex), decoded) + JSON.stringify({ ...toJson(dialect, decoded), spans: [] })
    const flat = shown.replaceAll(/\s/g, '')
    for (const de of ['2', '35', '52', '55', '62']) {
      const value = frame.decoded.fields[de]
      if (value !== undefined && value.length > 10) assert.ok(!flat.includes(value), `field ${de} is in clear`)
    }
  })

  if (frame.mab !== undefined)
    test(`${frame.id}: the MAC covers the message type up to the field before it, with its own bit set`, () => {
      const decoded = read(frame)
      assert.ok(decoded.ok && decoded.covered)
      const { offset, length } = decoded.covered
      assert.equal(toHex(fromHex(frame.hex).subarray(offset, offset + length)), frame.mab)
      const { mac, ...unsealed } = decoded.message.fields
      assert.equal(mac, frame.field64)
      let covered = ''
      const seal = (bytes: Uint8Array) => {
        covered = toHex(bytes)
        return frame.field64 ?? ''
      }
      const again = codec.encode({ ...decoded.message, fields: unsealed }, { envelope: decoded.envelope, seal })
      assert.equal(covered, frame.mab)
      assert.equal(toHex(again.frame), frame.hex)
    })

  test(`${frame.id}: each of its beginnings is read as far as it goes`, () => {
    const bytes = fromHex(frame.hex)
    for (let length = 0; length < bytes.length; length += 1) {
      const decoded = codec.decode(bytes.subarray(0, length), { from: start(frame) })
      assert.equal(decoded.ok, false, `${length} bytes`)
      assert.ok(!decoded.ok && decoded.atByte <= length && decoded.problem.path !== '', `${length} bytes`)
    }
  })
}

test('no single wrong byte in any golden frame makes decoding throw, or write something else than was read', () => {
  let silent = 0
  for (const frame of golden) {
    const bytes = fromHex(frame.hex)
    const from = start(frame)
    for (let at = 0; at < bytes.length; at += 1) {
      const right = bytes[at] ?? 0
      for (let flip = 1; flip < 256; flip += 1) {
        bytes[at] = right ^ flip
        const decoded = codec.decode(bytes, { spans: false, from })
        if (!decoded.ok || decoded.remarks.length > 0) continue
        silent += 1
        const again = [codec, padsWithF].map(each =>
          toHex(each.encode(decoded.message, { envelope: decoded.envelope, spans: false, from }).frame),
        )
        assert.ok(again.includes(toHex(bytes)), `${frame.id}, byte ${at}`)
      }
      bytes[at] = right
    }
  }
  assert.notEqual(silent, 0)
})

test('each field of the encoding table stands on the wire as listed', () => {
  const cases: readonly Readonly<{ field: number; value: string; wire: string }>[] = JSON.parse(
    readFileSync(new URL('../../fixtures/vectors/unionpay-crypto.json', import.meta.url), 'utf8'),
  ).vectors.find((vector: Readonly<{ id: string }>) => vector.id === 'field-encodings').cases
  assert.equal(cases.length, 14)
  for (const { field, value, wire } of cases) {
    const [name = '', row] = Object.entries(dialect.fields).find(([, { de }]) => de === field) ?? []
    const digits =
      row?.length.is === 'exactly' && row.of === 'n' ? value.padStart(row.length.count, '0') : value.replace('=', 'D')
    const { frame, spans } = codec.encode({ mti: '0200', fields: { [name]: digits } })
    const span = spans.find(({ path }) => path === String(field))
    assert.equal(toHex(frame.subarray(span?.offset, frame.length)), wire, `field ${field}`)
  }
})
