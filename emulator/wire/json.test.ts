import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dialectById } from '../dialects/index.ts'
import { codecFor } from './codec-of.ts'

const dialect = dialectById('json')
const codec = codecFor(dialect)
const read = (text: string) => codec.decode(Buffer.from(text))
const sale = {
  terminalId: 'T0000001',
  merchantId: 'M00000000000001',
  trace: '000001',
  amount: '1250',
  pan: '6212142000000000012',
}

test('a message is one flat object: its type, then its names in the order of the table', () => {
  const { frame } = codec.encode({ mti: 'sale', fields: { ...sale } })
  assert.equal(
    Buffer.from(frame).toString(),
    '{"type":"sale","terminalId":"T0000001","merchantId":"M00000000000001","trace":"000001","pan":"6212142000000000012","amount":"1250"}',
  )
})

test('what was written is read back, whatever its texts are', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '"', '\\', '余', ' ', '{', '}', ',', ':'), minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(text, merchantId => {
      const message = { mti: 'sale', fields: { ...sale, merchantId } }
      const decoded = codec.decode(codec.encode(message).frame)
      assert.deepEqual(decoded.ok && decoded.message, message)
      assert.deepEqual(decoded.remarks, [])
    }),
  )
})

test('spans lie in order and cover every byte once, letters of several bytes too', () => {
  const { frame, spans } = codec.encode({ mti: 'sale', fields: { ...sale, merchantId: '余"\\' } })
  let at = 0
  for (const { offset, length } of spans) {
    assert.equal(offset, at)
    at += length
  }
  assert.equal(at, frame.length)
  assert.deepEqual(codec.decode(frame).spans, spans)
})

test('white space between names and values belongs to the message', () => {
  const decoded = read('{\n  "type" : "sale",\r\n\t"trace": "000001" }')
  assert.deepEqual(decoded.ok && decoded.message, { mti: 'sale', fields: { trace: '000001' } })
  assert.deepEqual(decoded.remarks, [])
})

for (const [text, says] of [
  ['', /\{ is due, .* the text ends/],
  ['[]', /\{ is due, .* \[ stands there/],
  ['{"type":"sale"', /, is due/],
  ['{"type":"sale",}', /a name in quotation marks is due and \} stands there/],
  ['{"type":}', /a value is due/],
  ['{"type":"sale" "trace":"1"}', /, is due/],
  ["{'type':'sale'}", /a name in quotation marks is due/],
  ['{"type":"sale","trace":01}', /, is due/],
  ['{"type":"sale","x":[1,]}', /a value is due/],
  ['{"type":"sale","trace":"a\nb"}', /a value is due/],
  ['{"trace":"000001"}', /there is no type/],
  ['{"type":"sale","trace":"000001","trace":"000001"}', /twice/],
] as const)
  test(`${JSON.stringify(text)} cannot be read, and it says why`, () => {
    const decoded = read(text)
    assert.ok(!decoded.ok)
    assert.match(decoded.problem.says, says)
  })

test('the names before a mistake are kept, and the byte is named where reading stopped', () => {
  const decoded = read('{"type":"sale","merchantId":"余","trace":}')
  assert.ok(!decoded.ok)
  assert.deepEqual(decoded.partial, { mti: 'sale', fields: { merchantId: '余' } })
  assert.equal(decoded.atByte, Buffer.byteLength('{"type":"sale","merchantId":"余","trace":'))
})

test('a number is taken by its digits and remarked; lists, objects, null and truth are left out and remarked', () => {
  const decoded = read('{"type":"sale","amount":1250,"trace":null,"operator":true,"note":{"a":["}"]},"batch":[1]}')
  assert.ok(decoded.ok)
  assert.deepEqual(decoded.message.fields, { amount: '1250' })
  assert.deepEqual(
    decoded.remarks.map(({ path, says }) => `${path}: ${says}`),
    [
      'amount: it is a number, where a text is due',
      'trace: it is null, where a text is due',
      'operator: it is true, where a text is due',
      'note: it is an object, where a text is due',
      'batch: it is a list, where a text is due',
    ],
  )
})

test('a value that its field cannot have is remarked, and is no message of ours', () => {
  const decoded = read('{"type":"sale","trace":"12345","amount":"12,50","terminalId":"T0000001"}')
  assert.deepEqual(
    decoded.remarks.map(({ path }) => path),
    ['trace', 'amount'],
  )
  const wrong = { mti: 'sale', fields: { trace: '12345' } }
  assert.throws(() => codec.encode(wrong), /field trace .*it has 5 digits; 6 are due/)
  assert.throws(() => codec.encode({ mti: 'sale', fields: { colour: 'red' } }), /no field named colour/)
})

test('a type or a name that the dialect does not have is remarked; what follows the object too', () => {
  const decoded = read('{"type":"gift","colour":"red"} {}')
  assert.ok(decoded.ok)
  assert.deepEqual(
    decoded.remarks.map(({ path, says }) => `${path}: ${says}`),
    [
      'mti: the dialect has no messages of type gift',
      'json: the dialect has no name colour',
      'end: 2 characters follow the object',
    ],
  )
})

test('names that every object of the language has mean nothing', () => {
  const decoded = read('{"type":"sale","__proto__":"x","constructor":"y"}')
  assert.ok(decoded.ok)
  assert.deepEqual(decoded.message.fields, {})
})

test('bytes that are no UTF-8, and more of them than are believed, are no message', () => {
  const bad = codec.decode(Uint8Array.of(0x7b, 0xff, 0x7d))
  assert.ok(!bad.ok)
  assert.match(bad.problem.says, /UTF-8/)
  const long = codec.decode(Buffer.from(`{"type":"${'a'.repeat(70_000)}"}`))
  assert.ok(!long.ok)
  assert.match(long.problem.says, /65536 at most/)
})

test('whatever bytes come, decoding never throws', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), bytes => codec.decode(bytes) !== undefined))
  const piece = fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '\\', 'type', '1', 'null', '\\ud800', ' ')
  fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), pieces => read(pieces.join('')) !== undefined))
})
