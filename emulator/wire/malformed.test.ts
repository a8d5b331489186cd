import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dialectById } from '../dialects/index.ts'
import { isEmulatorError } from '../values/errors.ts'
import { fromHex, toHex } from '../values/hex.ts'
import type { Decoded } from './codec.ts'
import { codecFor } from './iso8583.ts'

/** 15 fields, all ASCII, hex bitmap, 168 bytes. Six independent programs make exactly these bytes of the 15 values. */
const right =
  '0200723C048028C0800016411111111111111100000000000001234505211425301234561425300521281205100374111111111111111=28122010000012345678614212345678TERM0001MERCHANT0000001840'

const ascii = codecFor(dialectById('iso8583-1987', { length: 'none' }))
const read = (text: string) => ascii.decode(Buffer.from(text, 'latin1'))
const put = (at: number, text: string) => right.slice(0, at) + text + right.slice(at + text.length)

/** Where something was noticed, as a problem or a remark. */
function noticed(decoded: Decoded): readonly string[] {
  return [...decoded.remarks.map(({ path }) => path), ...(decoded.ok ? [] : [`${decoded.problem.path}@${decoded.atByte}`])]
}

test('the 168-byte message decodes to its 15 values and back', () => {
  const decoded = read(right)
  assert.ok(decoded.ok)
  assert.deepEqual(decoded.remarks, [])
  assert.deepEqual(decoded.message, {
    mti: '0200',
    fields: {
      pan: '4111111111111111',
      processingCode: '000000',
      amount: '000000012345',
      sentAt: '0521142530',
      trace: '123456',
      localTime: '142530',
      localDate: '0521',
      expiry: '2812',
      entryMode: '051',
      conditionCode: '00',
      track2: '4111111111111111D28122010000012345678',
      reference: '614212345678',
      terminalId: 'TERM0001',
      merchantId: 'MERCHANT0000001',
      currency: '840',
    },
  })
  assert.equal(Buffer.from(ascii.encode(decoded.message).frame).toString('latin1'), right)
})

test('the same message in packed digits is the same message', () => {
  const binary = codecFor(dialectById('iso8583-1987', { length: 'none', encoding: 'bcd' }))
  const decoded = read(right)
  assert.ok(decoded.ok)
  const packed = binary.encode(decoded.message).frame
  assert.ok(toHex(packed).startsWith('0200723C048028C08000164111111111111111000000000000012345'))
  const again = binary.decode(packed)
  assert.deepEqual(again.ok && again.message, decoded.message)
})

/** One mutation each, with what has to be noticed: the field, and the byte where reading stopped. */
const mutations: readonly (readonly [what: string, text: string, where: string])[] = [
  ['the last byte is missing', right.slice(0, -1), '49@165'],
  ['one byte too many', `${right}0`, 'end'],
  ['field 2 has length 99', put(20, '99'), '2'],
  ['field 2 has length 20, and the data is there', `${right.slice(0, 20)}204111${right.slice(22)}`, '2'],
  ['field 2 has length 1A', put(20, '1A'), '2@20'],
  ['a bitmap digit is Z', put(6, 'Z'), 'bitmap@6'],
  ['the bit of field 36 is set, without data', `${right.slice(0, 12)}38C08000${right.slice(20)}`, '36'],
  ['a letter in field 4', put(46, 'A'), '4'],
  ['a letter in the message type', put(1, 'X'), 'mti'],
  ['nothing at all', '', 'mti@0'],
]

for (const [what, text, where] of mutations)
  test(`${what}: noticed at ${where}`, () => {
    const found = noticed(read(text))
    assert.ok(
      found.some(one => one === where || one.startsWith(`${where}@`)),
      found.join(', '),
    )
  })

/** The same mutations of the same message packed, 104 bytes, in hex. */
const packed = codecFor(dialectById('iso8583-1987', { length: 'none', encoding: 'bcd' }))
const rightPacked = toHex(packed.encode(messageOf(read(right))).frame)
const putPacked = (byte: number, hex: string) => rightPacked.slice(0, byte * 2) + hex + rightPacked.slice(byte * 2 + hex.length)

function messageOf(decoded: Decoded) {
  assert.ok(decoded.ok)
  return decoded.message
}

const packedMutations: readonly (readonly [what: string, hex: string, where: string])[] = [
  ['the last byte is missing', rightPacked.slice(0, -2), '49@101'],
  ['one byte too many', `${rightPacked}00`, 'end'],
  ['field 2 has length 99', putPacked(10, '99'), '2'],
  ['field 2 has length 20, and the data is there', `${rightPacked.slice(0, 20)}204111${rightPacked.slice(22)}`, '2'],
  ['field 2 has length 1A', putPacked(10, '1A'), '2@10'],
  ['the bit of field 36 is set, without data', putPacked(6, '38'), '36'],
  ['bit 1 is set, without a second bitmap', putPacked(2, 'F2'), '68'],
  ['a letter in field 4', putPacked(22, 'A0'), '4'],
  ['a letter in the message type', putPacked(0, '0A'), 'mti'],
  ['nothing at all', '', 'mti@0'],
]

for (const [what, hex, where] of packedMutations)
  test(`packed, ${what}: noticed at ${where}`, () => {
    const found = noticed(packed.decode(fromHex(hex)))
    assert.ok(
      found.some(one => one === where || one.startsWith(`${where}@`)),
      found.join(', '),
    )
  })

const unionPay = codecFor(dialectById('unionpay-pos'))
/** A frame of the dialect from its message type on. */
const frame = (hex: string) => unionPay.decode(fromHex(hex), { from: 'mti' })
const remarks = (decoded: Decoded) => decoded.remarks.map(({ path, says }) => `${path}: ${says}`)

test('an empty frame and a frame of one byte are fine values', () => {
  for (const hex of ['', '00']) {
    const decoded = unionPay.decode(fromHex(hex))
    assert.ok(!decoded.ok)
    assert.deepEqual(decoded.partial, { mti: '', fields: {} })
    assert.equal(decoded.problem.path, 'length')
    assert.equal(decoded.atByte, 0)
  }
})

test('entry mode is left-justified, card sequence right-justified, and a pad nibble that is not zero is remarked', () => {
  const fine = frame('02000000060000000000' + '0210' + '0001')
  assert.ok(fine.ok)
  assert.deepEqual([fine.message.fields.entryMode, fine.message.fields.cardSequence], ['021', '001'])
  assert.deepEqual(remarks(frame('02000000060000000000' + '0021' + '1001')), [
    '22: the pad nibble is 1, not 0',
    '23: the pad nibble is 1, not 0',
  ])
})

test('a hexadecimal length is read as what it is in decimal digits, or not at all', () => {
  const track = '6212142000000000012D291220100000000000'
  const fine = frame(`02000000000020000000${'37'}${track}`)
  assert.equal(fine.ok && fine.message.fields.track2, track.slice(0, 37))
  const wrong = frame(`02000000000020000000${'25'}${track}`)
  assert.deepEqual(remarks(wrong).at(-1), 'end: 6 bytes follow the last field')
  assert.ok(!frame(`020000000000200000001A${track}`).ok)
})

test('the length prefix is binary and does not count itself', () => {
  const whole = (prefix: string) => unionPay.decode(fromHex(`${prefix}60000600006031003110010820${'0000000000000000'}`))
  assert.deepEqual(remarks(whole('0015')), [])
  assert.deepEqual(remarks(whole('0017')), ['length: it says 23 bytes; 21 follow'])
  assert.deepEqual(remarks(whole('0021')), ['length: it says 33 bytes; 21 follow'])
})

test('a lower-case MAC, or one that is no hex, is remarked', () => {
  assert.deepEqual(remarks(frame('02000000000000000001' + '3735384631324636')), [])
  assert.deepEqual(remarks(frame('02000000000000000001' + '3735386631326636')), ['64: its hex characters are in lower case'])
  assert.deepEqual(remarks(frame('02000000000000000001' + '758F12F600112233')), ['64: character 1 of 8 is no hex digit'])
  const raw = codecFor(dialectById('unionpay-pos', { mac: 'x9.19' }))
  assert.deepEqual(raw.decode(fromHex('02000000000000000001' + '758F12F600112233'), { from: 'mti' }).remarks, [])
})

test('a bit for a field that the dialect does not have stops reading there, with what came before', () => {
  const decoded = frame('02002000010000000000' + '000000' + '0009')
  assert.ok(!decoded.ok)
  assert.deepEqual(decoded.partial.fields, { processingCode: '000000' })
  assert.deepEqual([decoded.problem.path, decoded.atByte], ['24', 13])
  const second = frame('02008000000000000000')
  assert.ok(!second.ok && second.problem.path === '1')
})

test('nibbles and characters outside the alphabet are remarked and kept', () => {
  const digits = frame('02001000000000000000' + '00000000A100')
  assert.equal(digits.ok && digits.message.fields.amount, '00000000A100')
  assert.deepEqual(remarks(digits), ['4: nibble 9 of 12 is not a decimal digit'])
  assert.deepEqual(remarks(frame('02000000000002000000' + '300A')), ['39: character 2 of 2 is not a letter, digit or space'])
  assert.deepEqual(remarks(frame('02000000000000000002' + '0002' + '43FF')), [
    '63: character 2 of 2 is not a printable character',
  ])
})

test('a track of encrypted digits is remarked unless the dialect says that tracks are encrypted', () => {
  const hex = '02000000000020000000' + '34' + '6225000000000014A114375D7B4FCBCB00'
  assert.deepEqual(remarks(frame(hex)), ['35: nibble 17 of 34 is not a track digit or separator'])
  const encrypted = codecFor(dialectById('unionpay-pos', { trackEncryption: true }))
  const decoded = encrypted.decode(fromHex(hex), { from: 'mti' })
  assert.deepEqual(decoded.remarks, [])
  assert.equal(decoded.ok && toHex(encrypted.encode(decoded.message, { from: 'mti' }).frame), hex)
})

test('a message type that the dialect does not have is remarked', () => {
  assert.deepEqual(remarks(frame('04010000000000000000')), ['mti: the dialect has no messages of type 0401'])
})

test('an unusual length of field 60, and a part cut short, are remarked', () => {
  assert.deepEqual(remarks(frame('02000000000000000010' + '0012' + '220000010005')), [
    '60: it has 12; usual are 8, 11, 13, 14, 17',
  ])
  assert.deepEqual(remarks(frame('02000000000000000010' + '0005' + '220000')), ['60: 3 are left for batch, which has 6'])
})

test('Chinese text is read as GBK, and its parts are cut by bytes', () => {
  const text = Buffer.from('D3E0B6EE', 'hex')
  const hex = toHex(Buffer.concat([Buffer.from('CUP'), text, Buffer.alloc(16, 0x20), Buffer.from('X')]))
  const decoded = frame(`02000000000000000002${'0024'}${hex}`)
  assert.ok(decoded.ok)
  assert.equal(decoded.message.fields.issuerText, `余额${' '.repeat(16)}`)
  assert.equal(decoded.message.fields.schemeText, 'X')
  assert.equal(toHex(unionPay.encode(decoded.message, { from: 'mti' }).frame), `02000000000000000002${'0024'}${hex}`)
  const { party, issuerText, schemeText } = decoded.message.fields
  const parts = { party: party ?? '', issuerText: issuerText ?? '', schemeText: schemeText ?? '' }
  assert.equal(
    toHex(unionPay.encode({ mti: '0200', fields: parts }, { from: 'mti' }).frame),
    `02000000000000000002${'0024'}${hex}`,
  )
})

const refused: readonly (readonly [
  what: string,
  fields: Readonly<Record<string, string>>,
  code: 'FIELD_UNKNOWN' | 'FIELD_VALUE',
  says: RegExp,
])[] = [
  ['a name that is in no table', { tracee: '000001' }, 'FIELD_UNKNOWN', /tracee/],
  ['a name of all objects', { constructor: '1' }, 'FIELD_UNKNOWN', /constructor/],
  ['too few digits', { trace: '1' }, 'FIELD_VALUE', /field 11 \(trace\): it has 1 digits; exactly 6/],
  ['too many digits', { pan: '12345678901234567890' }, 'FIELD_VALUE', /at most 19/],
  ['a letter among digits', { amount: '00000001234A' }, 'FIELD_VALUE', /character 12 of 12 is not a decimal digit/],
  ['half a byte', { chipData: 'ABC' }, 'FIELD_VALUE', /half a byte/],
  [
    'text whose bytes are too many though its characters are not',
    { private63: '余'.repeat(82) },
    'FIELD_VALUE',
    /it has 164 bytes; at most 163/,
  ],
  ['text too long', { terminalId: 'T00000001' }, 'FIELD_VALUE', /it has 9 characters/],
  ['a part that differs from its whole', { private60: '22000001000', batch: '000002' }, 'FIELD_VALUE', /its part batch differs/],
  ['parts with a gap', { typeCode: '22', networkCode: '000' }, 'FIELD_VALUE', /networkCode is there, but batch before it is not/],
  ['a part of the wrong length', { typeCode: '22', batch: '1' }, 'FIELD_VALUE', /batch has 1; 6 are due/],
  ['parts of another type of message', { domesticDebit: '000000000000' }, 'FIELD_VALUE', /in a message of type 0200/],
]

for (const [what, fields, code, says] of refused)
  test(`a message with ${what} is our mistake, and says so`, () => {
    assert.throws(
      () => unionPay.encode({ mti: '0200', fields }),
      thrown => isEmulatorError(thrown, code) && says.test(thrown.message),
    )
  })

test('no error about a secret holds its digits', () => {
  for (const fields of [
    { pan: '62121420000000000X2' },
    { track2: '6212142000000000012X29122010000000000' },
    { pinBlock: '9867C404324255' },
  ])
    assert.throws(
      () => unionPay.encode({ mti: '0200', fields }),
      thrown => thrown instanceof Error && !/62121420|9867C4/.test(thrown.message),
    )
})

test('an upload is written and read part by part, and its count is checked', () => {
  const item = (no: number, trace: string) => ({
    [`item.${no}.class`]: '00',
    [`item.${no}.trace`]: trace,
    [`item.${no}.pan`]: '06212142000000000012',
    [`item.${no}.amount`]: '000000012345',
  })
  const fields = { itemCount: '02', ...item(1, '000002'), ...item(2, '000003') }
  const { frame: bytes } = unionPay.encode({ mti: '0320', fields }, { from: 'mti' })
  const decoded = unionPay.decode(bytes, { from: 'mti' })
  assert.ok(decoded.ok)
  assert.deepEqual(decoded.remarks, [])
  const { additionalData, ...parts } = decoded.message.fields
  assert.equal(additionalData?.length, 82)
  assert.deepEqual(parts, fields)
  const wrong = unionPay.decode(unionPay.encode({ mti: '0320', fields: { ...fields, itemCount: '03' } }, { from: 'mti' }).frame, {
    from: 'mti',
  })
  assert.deepEqual(remarks(wrong), ['48: its count is not the number of items that follow, 2'])
})
