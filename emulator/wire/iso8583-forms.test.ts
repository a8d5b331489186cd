import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Dialect, type Encoding, exactly, type Field, type FieldTable, upTo } from '../dialects/dialect.ts'
import { dialectById } from '../dialects/index.ts'
import { isEmulatorError } from '../values/errors.ts'
import { fromHex, toHex } from '../values/hex.ts'
import type { Fields } from '../values/message.ts'
import { codecFor } from './iso8583.ts'

const plain = dialectById('iso8583-1987', { length: 'none', encoding: 'bcd' })

/** A dialect of these fields alone, with packed digits and a binary bitmap unless told otherwise. */
const speaking = (fields: FieldTable, encoding: Partial<Encoding> = {}): Dialect => ({
  ...plain,
  fields,
  layouts: {},
  encoding: { ...plain.encoding, ...encoding },
})

const row = (de: number, length: Field['length'], of: Field['of'], more: Partial<Field> = {}): Field => ({
  de,
  length,
  of,
  is: `field ${de}`,
  ...more,
})

/** Bytes of a message behind its type and bitmap. */
const body = (dialect: Dialect, fields: Fields): string => {
  const { frame, spans } = codecFor(dialect).encode({ mti: '0200', fields })
  return toHex(frame.subarray(spans.find(({ path }) => /^\d/.test(path))?.offset))
}

const ascii = { digits: 'ascii', prefix: 'ascii', bitmap: 'hex' } as const
const ebcdic = { digits: 'ebcdic', prefix: 'ebcdic', bitmap: 'hex in EBCDIC', text: 'ebcdic' } as const

/** Each field in one encoding, its value, and the bytes that it has to be. */
const written: readonly (readonly [what: string, field: Field, encoding: Partial<Encoding>, value: string, wire: string])[] = [
  ['packed digits, the zero before them', row(3, exactly(3, 'digit'), 'n'), {}, '123', '0123'],
  ['packed digits, the zero after them', row(3, exactly(3, 'digit'), 'n', { justify: 'left' }), {}, '123', '1230'],
  ['packed digits, F after them', row(3, exactly(3, 'digit'), 'n', { justify: 'left', pad: 'F' }), {}, '123', '123F'],
  ['packed digits, F before them', row(3, exactly(3, 'digit'), 'n', { pad: 'F' }), {}, '123', 'F123'],
  ['digits in characters', row(3, exactly(3, 'digit'), 'n'), ascii, '123', '313233'],
  ['digits in EBCDIC', row(3, exactly(3, 'digit'), 'n'), ebcdic, '123', 'F1F2F3'],
  [
    'one field in characters among packed ones',
    row(3, exactly(3, 'digit'), 'n', { encoding: { digits: 'ascii' } }),
    {},
    '123',
    '313233',
  ],
  ['one packed field among characters', row(3, exactly(4, 'digit'), 'n', { encoding: { digits: 'bcd' } }), ascii, '1234', '1234'],
  ['a packed length of one digit', row(3, upTo(9, 'digit', 1), 'n', { justify: 'left' }), {}, '123', '031230'],
  ['a packed length of four digits', row(3, upTo(1200, 'character', 4), 'ans'), {}, 'ab', '00026162'],
  ['a length of four characters', row(3, upTo(1200, 'character', 4), 'ans'), ascii, 'ab', '303030326162'],
  [
    'a binary length of one byte',
    row(3, upTo(99, 'character'), 'ans'),
    { prefix: 'binary' },
    'x'.repeat(16),
    `10${'78'.repeat(16)}`,
  ],
  [
    'a binary length of two bytes',
    row(3, upTo(300, 'byte'), 'b'),
    { prefix: 'binary' },
    'AB'.repeat(260),
    `0104${'AB'.repeat(260)}`,
  ],
  ['one length in characters', row(3, upTo(99, 'character', 2), 'ans', { encoding: { prefix: 'ascii' } }), {}, 'ab', '30326162'],
  ['bytes', row(52, exactly(3, 'byte'), 'b'), ascii, 'ABCDEF', 'ABCDEF'],
  ['bytes as hex characters', row(52, exactly(3, 'byte'), 'b'), { ...ascii, bytes: 'hex' }, 'ABCDEF', '414243444546'],
  ['bytes as hex in EBCDIC', row(52, exactly(3, 'byte'), 'b'), { ...ebcdic, bytes: 'hex in EBCDIC' }, 'ABCDEF', 'C1C2C3C4C5C6'],
  [
    'a length of bytes that are hex characters',
    row(55, upTo(255, 'byte', 3), 'b'),
    { ...ascii, bytes: 'hex' },
    '9A00',
    '30303239413030',
  ],
  ['a signed amount in characters', row(28, exactly(8, 'digit'), 'x+n'), ascii, 'D00000150', '443030303030313530'],
  ['a signed amount in EBCDIC', row(28, exactly(8, 'digit'), 'x+n'), ebcdic, 'C00000150', 'C3F0F0F0F0F0F1F5F0'],
  ['a signed amount, packed', row(28, exactly(8, 'digit'), 'x+n'), {}, 'D00000150', '4400000150'],
  ['a signed amount of odd digits, packed', row(28, exactly(7, 'digit'), 'x+n'), { text: 'ebcdic' }, 'C0000150', 'C300000150'],
  ['text in EBCDIC', row(42, exactly(6, 'character'), 'ans'), ebcdic, 'Ab 1.é', 'C18240F14B51'],
  ['one text in EBCDIC', row(42, exactly(2, 'character'), 'ans', { encoding: { text: 'ebcdic' } }), ascii, 'A1', 'C1F1'],
  ['a track in EBCDIC', row(35, upTo(37, 'digit'), 'z'), { ...ebcdic, trackSeparator: '=' }, '12D34', 'F0F5F1F27EF3F4'],
  ['a track of two separators', row(36, upTo(104, 'digit'), 'z'), { ...ascii, trackSeparator: '=' }, '1D2D3', '303035313D323D33'],
  [
    'an encrypted track keeps its letters',
    row(35, upTo(37, 'digit'), 'z'),
    { ...ascii, trackSeparator: '=', tracksEncrypted: true },
    '1D2F',
    '303431443246',
  ],
]

for (const [what, field, encoding, value, wire] of written)
  test(`${what}: ${value.slice(0, 12)} is ${wire.slice(0, 24)}`, () => {
    const dialect = speaking({ value: field }, encoding)
    assert.equal(body(dialect, { value }), wire)
    const { frame } = codecFor(dialect).encode({ mti: '0200', fields: { value } })
    const decoded = codecFor(dialect).decode(frame)
    assert.ok(decoded.ok)
    assert.deepEqual([decoded.remarks, decoded.message.fields], [[], { value }])
  })

test('the message type has an encoding of its own where the dialect says so', () => {
  const fields = { trace: row(11, exactly(6, 'digit'), 'n') }
  for (const [type, wire] of [
    ['ascii', '30323030'],
    ['ebcdic', 'F0F2F0F0'],
    ['bcd', '0200'],
  ] as const) {
    const codec = codecFor(speaking(fields, { type }))
    const { frame } = codec.encode({ mti: '0200', fields: { trace: '123456' } })
    assert.equal(toHex(frame), `${wire}0020000000000000123456`)
    assert.equal(codec.decode(frame).ok && codec.decode(frame).remarks.length, 0)
  }
})

const far = {
  trace: row(11, exactly(6, 'digit'), 'n'),
  original: row(90, exactly(42, 'digit'), 'n'),
  third: row(130, exactly(2, 'digit'), 'n'),
  mac: row(64, exactly(4, 'byte'), 'b', { standsLast: true }),
} satisfies FieldTable

test('bitmaps follow each other as far as fields need them, each but the last with its first bit set', () => {
  const original = '9'.repeat(42)
  for (const [fields, bitmap] of [
    [{ trace: '000001' }, '0020000000000000'],
    [{ trace: '000001', original }, '80200000000000000000004000000000'],
    [{ original }, '80000000000000000000004000000000'],
    [{ third: '07' }, '800000000000000080000000000000004000000000000000'],
    [{ trace: '000001', original, third: '07' }, '802000000000000080000040000000004000000000000000'],
  ] as const) {
    for (const form of ['binary', 'hex', 'hex in EBCDIC'] as const) {
      const codec = codecFor(speaking(far, { bitmap: form }))
      const { frame, spans } = codec.encode({ mti: '0200', fields })
      const { offset = 0, length } = spans.find(({ path }) => path === 'bitmap') ?? {}
      const bytes = frame.subarray(offset, offset + (length ?? 0))
      const hex = Buffer.from(bytes).toString('latin1')
      if (form === 'binary') assert.equal(toHex(bytes), bitmap)
      else if (form === 'hex') assert.equal(hex, bitmap)
      else
        assert.equal(
          toHex(bytes),
          bitmap.replace(/./g, digit => (digit > '9' ? `C${digit.charCodeAt(0) - 64}` : `F${digit}`)),
        )
      const decoded = codec.decode(frame)
      assert.ok(decoded.ok)
      assert.deepEqual([decoded.remarks, decoded.message.fields], [[], fields])
    }
  }
})

test('a message that needs fewer bitmaps than the one before it has fewer', () => {
  const codec = codecFor(speaking(far))
  const small = { mti: '0200', fields: { trace: '000001' } }
  const before = toHex(codec.encode(small).frame)
  codec.encode({ mti: '0200', fields: { third: '07', mac: '01020304' } })
  assert.equal(toHex(codec.encode(small).frame), before)
})

test('a dialect may have two bitmaps in every message, and one is then remarked', () => {
  const codec = codecFor(speaking(far, { bitmaps: 2 }))
  const { frame } = codec.encode({ mti: '0200', fields: { trace: '000001' } })
  assert.equal(toHex(frame), '020080200000000000000000000000000000000001')
  assert.deepEqual(codec.decode(frame).remarks, [])
  assert.deepEqual(codec.decode(fromHex('02000020000000000000000001')).remarks, [
    { path: 'bitmap', says: '1 of 2 bitmaps are there' },
  ])
})

test('a bitmap that announces nothing is remarked, where the dialect does not always have it', () => {
  const decoded = codecFor(speaking(far)).decode(fromHex('020080200000000000000000000000000000000001'))
  assert.ok(decoded.ok)
  assert.deepEqual(decoded.remarks, [{ path: 'bitmap', says: 'bitmap 2 announces no field' }])
})

test('a dialect without fields above 64 has no second bitmap: bit 1 is a field that it does not have', () => {
  const decoded = codecFor(speaking({ trace: far.trace })).decode(fromHex('0200802000000000000000000000000000000001'))
  assert.ok(!decoded.ok)
  assert.deepEqual(decoded.problem, { path: '1', says: 'bit 1 of the bitmap is set, and the dialect has no such field' })
})

test('the field that stands last does so at 64, 128 or 192, as the others need bitmaps', () => {
  const codec = codecFor(speaking(far))
  for (const [fields, place] of [
    [{ trace: '000001' }, 64],
    [{ original: '0'.repeat(42) }, 128],
    [{ third: '07' }, 192],
  ] as const) {
    const given = codec.encode({ mti: '0200', fields: { mac: '01020304', ...fields } })
    const sealed = codec.encode({ mti: '0200', fields }, { seal: () => '01020304' })
    assert.equal(toHex(given.frame), toHex(sealed.frame))
    assert.equal(given.spans.at(-1)?.path, String(place))
    const decoded = codec.decode(given.frame)
    assert.ok(decoded.ok)
    assert.deepEqual([decoded.remarks, decoded.message.fields.mac], [[], '01020304'])
    assert.equal(decoded.covered?.length, given.frame.length - 4)
  }
})

test('a MAC in 64 although a second bitmap is there is read, and remarked', () => {
  const decoded = codecFor(speaking(far)).decode(fromHex(`020080000000000000010000004000000000${'01020304'}${'0'.repeat(42)}`))
  assert.ok(decoded.ok)
  assert.equal(decoded.message.fields.mac, '01020304')
  assert.deepEqual(decoded.remarks, [{ path: '64', says: 'the MAC stands here; it is due last, in 128' }])
})

test('a field where no field can stand is our mistake', () => {
  for (const de of [1, 65, 193])
    assert.throws(
      () => codecFor(speaking({ value: row(de, exactly(2, 'digit'), 'n') })),
      thrown => isEmulatorError(thrown, 'FIELD_VALUE') && /bits 1 and 65 announce bitmaps/.test(thrown.message),
    )
})

test('the longest message of a wide table is written whole, and one too long for its length is refused', () => {
  const wide: FieldTable = Object.fromEntries(
    Array.from({ length: 90 }, (_, no) => [`text${no}`, row(100 + no, upTo(999, 'character'), 'ans')]),
  )
  const fields = Object.fromEntries(Object.keys(wide).map((name, no) => [name, String.fromCharCode(33 + no).repeat(999)]))
  const codec = codecFor(speaking(wide))
  for (let times = 0; times < 5; times += 1) {
    const { frame } = codec.encode({ mti: '0200', fields })
    assert.equal(frame.length, 2 + 24 + 90 * 1001)
    const decoded = codec.decode(frame)
    assert.ok(decoded.ok)
    assert.deepEqual(decoded.message.fields, fields)
  }
  const form = { is: 'length', form: 'ascii 4', itself: false, uncounted: 0, longest: 9999 } as const
  const short = codecFor({ ...speaking(wide), framing: { ...plain.framing, form } })
  assert.throws(
    () => short.encode({ mti: '0200', fields }),
    thrown => isEmulatorError(thrown, 'FIELD_VALUE') && /says 9999 at most; the message needs 90116/.test(thrown.message),
  )
})

test('what is no digit, no sign, no hex or no text is told, and read all the same', () => {
  const told = (field: Field, encoding: Partial<Encoding>, hex: string) => {
    const codec = codecFor(speaking({ value: field }, { bitmap: 'binary', type: 'bcd', ...encoding }))
    const bits = (1n << BigInt(64 - (field.de ?? 0))).toString(16).padStart(16, '0')
    const decoded = codec.decode(fromHex(`0200${bits}${hex}`))
    return [...decoded.remarks.map(({ says }) => says), ...(decoded.ok ? [] : [decoded.problem.says])]
  }
  const amount = row(28, exactly(3, 'digit'), 'x+n')
  assert.deepEqual(told(row(3, exactly(2, 'digit'), 'n'), { digits: 'ebcdic' }, '3132'), [
    'character 1 of 2 is not a decimal digit',
  ])
  assert.deepEqual(told(row(3, upTo(9, 'digit'), 'n'), { digits: 'ebcdic', prefix: 'ebcdic' }, '303131'), [
    'byte 1 of the length is no decimal digit of EBCDIC',
  ])
  assert.deepEqual(told(amount, { digits: 'ascii' }, '2B313233'), ['its sign is neither C nor D'])
  assert.deepEqual(told(amount, { digits: 'ascii' }, '43314133'), ['digit 2 of 3 is not a decimal digit'])
  assert.deepEqual(told(amount, {}, '431123'), ['the pad nibble is 1, not 0'])
  assert.deepEqual(told(row(52, exactly(2, 'byte'), 'b'), { bytes: 'hex' }, '61623047'), [
    'character 4 of 4 is not an upper-case hex digit',
  ])
  assert.deepEqual(told(row(52, exactly(2, 'byte'), 'b'), { bytes: 'hex' }, '61623030'), ['its hex digits are in lower case'])
  assert.deepEqual(told(row(42, exactly(2, 'character'), 'ans'), { text: 'ebcdic' }, '15C1'), [
    'character 1 of 2 is not a printable character',
  ])
  assert.deepEqual(told(row(35, upTo(9, 'digit'), 'z'), { digits: 'ascii', trackSeparator: '=' }, '03314432'), [
    'character 2 of 3 is not a track digit or separator',
  ])
})

test('a value that its field cannot have is refused by name', () => {
  const refused = (field: Field, encoding: Partial<Encoding>, value: string, says: RegExp) =>
    assert.throws(
      () => codecFor(speaking({ value: field }, encoding)).encode({ mti: '0200', fields: { value } }),
      thrown => isEmulatorError(thrown, 'FIELD_VALUE') && says.test(thrown.message),
    )
  const amount = row(28, exactly(3, 'digit'), 'x+n')
  refused(amount, {}, '0123', /a sign, C or D, and digits/)
  refused(amount, {}, 'C12', /it has 2 digits; exactly 3 are due/)
  refused(amount, {}, 'C1234', /it has 4 digits; exactly 3 are due/)
  refused(row(52, exactly(2, 'byte'), 'b'), { bytes: 'hex' }, 'ABC', /half a byte too many/)
  refused(row(52, exactly(2, 'byte'), 'b'), { bytes: 'hex' }, 'abcd', /not an upper-case hex digit/)
  refused(row(42, exactly(1, 'character'), 'ans'), { text: 'ebcdic' }, '中', /not in EBCDIC/)
})
