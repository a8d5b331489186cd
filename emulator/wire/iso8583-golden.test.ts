import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { dialectById } from '../dialects/index.ts'
import type { SettingValue } from '../dialects/settings.ts'
import { fromHex, toHex } from '../values/hex.ts'
import { fromJson, toJson } from './frame-json.ts'
import { codecFor } from './iso8583.ts'
import { encodeTlv, parseTlv } from './tlv.ts'

type Golden = Readonly<{
  id: string
  encoding: 'ascii' | 'bcd' | 'ebcdic'
  hex: string
  decoded: Readonly<{ mti: string; fields: Readonly<Record<string, string>> }>
}>

const { vectors, chip }: Readonly<{ vectors: readonly Golden[]; chip: Readonly<{ hex: string; tags: readonly string[] }> }> =
  JSON.parse(readFileSync(new URL('../../fixtures/vectors/iso8583-messages.json', import.meta.url), 'utf8'))

const bare = (encoding: string, more: Readonly<Record<string, SettingValue>> = {}) =>
  dialectById('iso8583-1987', { encoding, length: 'none', ...more })
const published = vectors.find(({ id }) => id === 'published')

/** Values by number, wholes only. */
function byNumber(dialect: ReturnType<typeof bare>, fields: Readonly<Record<string, string>>): Record<string, string> {
  const bitmaps = Object.entries(dialect.fields).some(([name, { de = 0 }]) => de > 64 && fields[name] !== undefined) ? 2 : 1
  return Object.fromEntries(
    Object.entries(dialect.fields).flatMap(([name, { de = 0, standsLast }]) => {
      const value = fields[name]
      return value === undefined ? [] : [[String(standsLast ? bitmaps * 64 : de), value]]
    }),
  )
}

test('there are golden messages', () => assert.equal(vectors.length, 13))

for (const { id, encoding, hex, decoded: expected } of vectors) {
  const dialect = bare(encoding)
  const codec = codecFor(dialect)

  test(`${id}: decodes to the listed values without a remark, and back to its bytes, by name and by number`, () => {
    const decoded = codec.decode(fromHex(hex))
    assert.ok(decoded.ok, 'it cannot be read')
    assert.deepEqual(decoded.remarks, [])
    assert.equal(decoded.message.mti, expected.mti)
    assert.deepEqual(byNumber(dialect, decoded.message.fields), expected.fields)
    assert.equal(toHex(codec.encode(decoded.message).frame), hex)
    const json = toJson(dialect, decoded, { reveal: true })
    for (const [number, value] of Object.entries(expected.fields)) assert.equal(json.fields[number], value)
    const { message, ...options } = fromJson(dialect, JSON.parse(JSON.stringify(json)))
    assert.equal(toHex(codec.encode(message, options).frame), hex)
  })

  test(`${id}: its spans cover every byte once, in order, and are the same in both directions`, () => {
    const decoded = codec.decode(fromHex(hex))
    assert.ok(decoded.ok)
    const fields = decoded.spans.filter(({ path }) => !path.includes('.'))
    let at = 0
    for (const { offset, length } of fields) {
      assert.equal(offset, at)
      at += length
    }
    assert.equal(at, hex.length / 2)
    assert.deepEqual(codec.encode(decoded.message).spans, fields)
    for (const { path, offset, length } of decoded.spans.filter(one => one.path.includes('.'))) {
      const whole = fields.find(one => one.path === path.split('.')[0])
      assert.ok(whole && offset >= whole.offset && offset + length <= whole.offset + whole.length, path)
    }
  })

  test(`${id}: each of its beginnings is read as far as it goes`, () => {
    const bytes = fromHex(hex)
    for (let length = 0; length < bytes.length; length += 1) {
      const decoded = codec.decode(bytes.subarray(0, length))
      assert.ok(!decoded.ok && decoded.atByte <= length && decoded.problem.path !== '', `${length} bytes`)
    }
  })
}

test('no single wrong byte in any of these messages makes decoding throw, or write something else than was read', () => {
  let silent = 0
  for (const { id, encoding, hex } of vectors) {
    const bytes = fromHex(hex)
    const codecs = [codecFor(bare(encoding)), codecFor(bare(encoding, { trackPad: 'F' }))]
    for (let at = 0; at < bytes.length; at += 1) {
      const right = bytes[at] ?? 0
      for (let flip = 1; flip < 256; flip += 1) {
        bytes[at] = right ^ flip
        const decoded = codecs[0]?.decode(bytes, { spans: false })
        if (!decoded?.ok || decoded.remarks.length > 0) continue
        silent += 1
        const again = codecs.map(codec => toHex(codec.encode(decoded.message, { spans: false }).frame))
        assert.ok(again.includes(toHex(bytes)), `${id}, byte ${at}`)
      }
      bytes[at] = right
    }
  }
  assert.notEqual(silent, 0)
})

test('a MAC goes last: into 64, and into 128 where a secondary bitmap is needed, over everything before it', () => {
  for (const [id, place] of [
    ['sealed', 64],
    ['sealed-reversal', 128],
  ] as const) {
    const golden = vectors.find(one => one.id === id)
    assert.ok(golden)
    const codec = codecFor(bare(golden.encoding))
    const decoded = codec.decode(fromHex(golden.hex))
    assert.ok(decoded.ok)
    const covered = golden.hex.slice(0, -16)
    assert.deepEqual(decoded.covered, { offset: 0, length: covered.length / 2 })
    const { mac = '', ...unsealed } = decoded.message.fields
    let sealed = ''
    const seal = (bytes: Uint8Array) => {
      sealed = toHex(bytes)
      return mac
    }
    const again = codec.encode({ ...decoded.message, fields: unsealed }, { seal })
    assert.deepEqual([toHex(again.frame), sealed], [golden.hex, covered])
    assert.equal(again.spans.at(-1)?.path, String(place))
  }
})

test('the published sale in every form of framing, with the length that each says', () => {
  assert.ok(published)
  const forms: readonly (readonly [settings: Readonly<Record<string, SettingValue>>, before: string, behind?: string])[] = [
    [{ length: 'binary 2' }, '00A8'],
    [{ length: 'binary 2', lengthCounts: 'itself too' }, '00AA'],
    [{ length: 'binary 4' }, '000000A8'],
    [{ length: 'little endian 2' }, 'A800'],
    [{ length: 'little endian 4', lengthCounts: 'itself too' }, 'AC000000'],
    [{ length: 'ascii 4' }, '30313638'],
    [{ length: 'ascii 4', lengthCounts: 'itself too' }, '30313732'],
    [{ length: 'bcd 2' }, '0168'],
    [{ length: 'binary 2', tpdu: '6000000003' }, '00AD6000000003'],
    [{ length: 'binary 2', tpdu: '6000000003', lengthCounts: 'the message only' }, '00A86000000003'],
    [{ length: 'binary 2', tpdu: '6000000003', header: '0102', lengthCounts: 'all but the TPDU' }, '00AA60000000030102'],
    [{ length: 'bcd 2', tpdu: '6000000003', header: '0102', lengthCounts: 'the message only' }, '016860000000030102'],
    [{ length: 'STX ETX LRC' }, '02', `03${lrcOf(`${published.hex}03`)}`],
    [{ length: 'none', header: '49534F' }, '49534F'],
  ]
  for (const [settings, before, behind = ''] of forms) {
    const codec = codecFor(dialectById('iso8583-1987', settings))
    const hex: string = before + published.hex + behind
    const decoded = codec.decode(fromHex(hex))
    assert.ok(decoded.ok, JSON.stringify(settings))
    assert.deepEqual(decoded.remarks, [])
    const again = codec.encode(decoded.message, { envelope: decoded.envelope })
    assert.equal(toHex(again.frame), hex)
    const fields = decoded.spans.filter(({ path }) => !path.includes('.'))
    assert.deepEqual(again.spans, fields)
    assert.equal(
      fields.reduce((at, { offset, length }) => (offset === at ? at + length : Number.NaN), 0),
      hex.length / 2,
    )
  }
})

function lrcOf(hex: string): string {
  const lrc = fromHex(hex).reduce((sum, byte) => sum ^ byte, 0)
  return lrc.toString(16).toUpperCase().padStart(2, '0')
}

test('the published sale with a bitmap and bytes written otherwise than its encoding mostly has them', () => {
  assert.ok(published)
  const { mti, fields } = published.decoded
  const written = (settings: Readonly<Record<string, SettingValue>>) => {
    const dialect = dialectById('iso8583-1987', { length: 'none', ...settings })
    const { message } = fromJson(dialect, { mti, fields: { ...fields, '52': '9867C404324255E5' } })
    return Buffer.from(codecFor(dialect).encode(message, { from: 'mti' }).frame)
  }
  assert.equal(written({ bitmap: 'binary' }).subarray(4, 12).toString('hex'), '723c048028c09000')
  assert.equal(written({ encoding: 'bcd', bitmap: 'hex' }).subarray(2, 18).toString('latin1'), '723C048028C09000')
  assert.equal(written({ encoding: 'ebcdic', bitmap: 'hex' }).subarray(4, 8).toString('hex'), 'f7f2f3c3')
  assert.equal(written({}).subarray(-8).toString('hex'), '9867c404324255e5')
  assert.equal(written({ bytes: 'hex' }).subarray(-16).toString('latin1'), '9867C404324255E5')
  assert.equal(written({ encoding: 'ebcdic', bytes: 'hex' }).subarray(-4).toString('hex'), 'f5f5c5f5')
})

test('the published chip data is read to its 13 tags, and written back to its bytes', () => {
  const parsed = parseTlv(fromHex(chip.hex))
  assert.ok(parsed.ok)
  assert.deepEqual(
    parsed.tree.map(({ tag }) => tag),
    chip.tags,
  )
  assert.equal(encodeTlv(parsed.tree), chip.hex)
  const codec = codecFor(bare('ascii'))
  const { frame } = codec.encode({ mti: '0200', fields: { chipData: chip.hex } })
  assert.equal(toHex(frame), `${Buffer.from('02000000000000000200095', 'latin1').toString('hex').toUpperCase()}${chip.hex}`)
  const decoded = codec.decode(frame)
  assert.equal(decoded.ok && decoded.message.fields.chipData, chip.hex)
})
