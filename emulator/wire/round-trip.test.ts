import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Field } from '../dialects/dialect.ts'
import { dialectById } from '../dialects/index.ts'
import type { SettingValue } from '../dialects/settings.ts'
import type { Fields, Message } from '../values/message.ts'
import { fromJson, toJson } from './frame-json.ts'
import { codecFor } from './iso8583.ts'

const characters = {
  n: '0123456789',
  z: '0123456789',
  an: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcxyz ',
  ans: '0123456789ABCXYZabcxyz -./:;<=>?@#',
} as const

/** Any value that a row of a field table can hold. */
function anyValueOf({ length, of }: Field): fc.Arbitrary<string> {
  const least = length.is === 'exactly' ? length.count : 0
  const most = Math.min(length.count, 60)
  const size = { minLength: Math.min(least, most), maxLength: most }
  if (of === 'x+n')
    return fc
      .tuple(fc.constantFrom('C', 'D'), fc.string({ unit: fc.constantFrom(...characters.n), ...size }))
      .map(([sign, digits]) => sign + digits)
  if (of === 'b') return fc.uint8Array(size).map(bytes => Buffer.from(bytes).toString('hex').toUpperCase())
  return fc.string({ unit: fc.constantFrom(...characters[of]), ...size })
}

/** The fields that are there. */
function present(fields: Readonly<Record<string, string | undefined>>): Fields {
  return Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

const spoken: readonly (readonly [id: string, settings: Readonly<Record<string, SettingValue>>])[] = [
  ['unionpay-pos', {}],
  ['unionpay-pos', { length: 'bcd 2', lengthCounts: 'the message only', trackPad: 'F' }],
  ['iso8583-1987', { tpdu: '6000030000', header: '0102030405' }],
  ['iso8583-1987', { encoding: 'bcd', length: 'little endian 4' }],
  ['iso8583-1987', { encoding: 'ebcdic', length: 'ascii 4', lengthCounts: 'itself too' }],
  ['iso8583-1993', { length: 'none' }],
]

for (const [name, settings] of spoken) {
  const dialect = dialectById(name, settings)
  const id = [name, ...Object.values(settings)].join(', ')
  const codec = codecFor(dialect)
  const types = dialect.messages.flatMap(row => [row.request, row.reply])
  const message: fc.Arbitrary<Message> = fc.record({
    mti: fc.constantFrom(...types),
    fields: fc
      .record(Object.fromEntries(Object.entries(dialect.fields).map(([name, field]) => [name, anyValueOf(field)])), {
        requiredKeys: [],
      })
      .map(present),
  })

  test(`${id}: every message that can be written is read back as it was, and once more through JSON`, () => {
    fc.assert(
      fc.property(message, sent => {
        const { frame } = codec.encode(sent)
        const decoded = codec.decode(frame)
        assert.ok(decoded.ok)
        const whole = Object.fromEntries(Object.entries(decoded.message.fields).filter(([name]) => name in dialect.fields))
        assert.deepEqual({ mti: decoded.message.mti, fields: whole }, { mti: sent.mti, fields: { ...sent.fields } })
        const { message: again, ...options } = fromJson(dialect, toJson(dialect, decoded, { reveal: true }))
        assert.deepEqual(codec.encode(again, options).frame, frame)
      }),
      { numRuns: 150, seed: 20_261_121 },
    )
  })

  test(`${id}: any bytes at all decode to a value, and spans stay inside them`, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
        const decoded = codec.decode(bytes)
        for (const { offset, length } of decoded.spans) assert.ok(offset >= 0 && offset + length <= bytes.length)
        assert.ok(decoded.ok || decoded.atByte <= bytes.length)
      }),
      { numRuns: 500, seed: 20_261_121 },
    )
  })
}
