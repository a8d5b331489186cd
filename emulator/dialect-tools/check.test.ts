import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Dialect, Field } from '../dialects/dialect.ts'
import { dialectById } from '../dialects/index.ts'
import { codecFor } from '../wire/codec-of.ts'
import { checkSample, fieldInWords } from './check.ts'

const settings = { encoding: 'bcd', mac: 'none' } as const
/** A dialect that is not built in, so that its own tables are what is corrected. */
const dialect: Dialect = { ...dialectById('iso8583-1987', settings), id: 'acme' }

const fields = {
  ...{ pan: '4111111111111', processingCode: '000000', amount: '000000012345', sentAt: '0601101500', trace: '000123' },
  ...{ localTime: '101500', localDate: '0601', entryMode: '012', conditionCode: '00' },
  ...{ terminalId: 'T0000001', merchantId: 'M00000000000001', currency: '156', batch: '000001' },
}

/** The sale as an acquirer writes it whose table differs from ours in these fields. */
function saleOf(changes: Readonly<Record<string, Partial<Field>>>, more: Readonly<Record<string, string>> = {}): Uint8Array {
  const theirs = Object.entries(changes).map(
    ([name, change]) => [name, { ...(dialect.fields[name] ?? missing), ...change }] as const,
  )
  const acquirer = { ...dialect, fields: { ...dialect.fields, ...Object.fromEntries(theirs) } }
  return codecFor(acquirer).encode({ mti: '0200', fields: { ...fields, ...more } }).frame
}

const missing: Field = { de: 48, length: { is: 'exactly', count: 4, unit: 'digit' }, of: 'n', is: 'missing' }

test('a sample that fits has no finding', () => {
  const { findings, causes, transaction } = checkSample(dialect, saleOf({}))
  assert.deepEqual([findings, causes, transaction], [[], [], 'sale request'])
})

for (const [what, changes, cause] of [
  ['the pad side', { pan: { justify: 'right' } }, 'fields.pan.pad: left'],
  ['the writing of a length', { batch: { encoding: { prefix: 'ascii' } } }, 'fields.batch.encoding: { prefix: ascii }'],
  [
    'the digits of a length',
    { batch: { length: { is: 'up to', count: 6, unit: 'digit', prefix: 2 } } },
    'fields.batch.format: n..99',
  ],
  ['a field without a length', { batch: { length: { is: 'exactly', count: 6, unit: 'digit' } } }, 'fields.batch.format: n 6'],
  ['a fixed length', { amount: { length: { is: 'exactly', count: 10, unit: 'digit' } } }, 'fields.amount.format: n 10'],
  ['digits in characters', { trace: { encoding: { digits: 'ascii' } } }, 'fields.trace.encoding: { digits: ascii }'],
  ['text of EBCDIC', { terminalId: { encoding: { text: 'ebcdic' } } }, 'fields.terminalId.encoding: { text: ebcdic }'],
] as const)
  test(`where an acquirer differs in ${what}, that is named as likely`, () => {
    const { findings, causes } = checkSample(dialect, saleOf(changes, 'amount' in changes ? { amount: '0000012345' } : {}))
    assert.ok(findings.length > 0)
    assert.ok(causes.includes(cause), `${JSON.stringify(findings)}\n${causes.join('\n')}`)
  })

test('two mistakes at once are named together', () => {
  const frame = saleOf({ pan: { justify: 'right' }, batch: { length: { is: 'exactly', count: 6, unit: 'digit' } } })
  const { causes } = checkSample(dialect, frame)
  assert.equal(causes.length, 1)
  assert.match(causes[0] ?? '', /fields\.pan\.pad: left/)
  assert.match(causes[0] ?? '', /fields\.batch\.format: n 6/)
})

test('another framing is named as such', () => {
  const framed = codecFor(dialectById('iso8583-1987', { ...settings, length: 'ascii 4', tpdu: '6000030000' })).encode({
    mti: '0200',
    fields,
  }).frame
  const { causes } = checkSample(dialect, framed)
  assert.deepEqual(causes, ["framing: { length: ascii 4, tpdu: '6000030000' }"])
})

test('another encoding is named as such', () => {
  const { frame } = codecFor(dialectById('iso8583-1987', { mac: 'none' })).encode({ mti: '0200', fields })
  const { causes } = checkSample(dialect, frame)
  assert.deepEqual(causes, ['encoding: { digits: ascii, prefix: ascii, bitmap: hex, type: ascii }'])
})

test('a finding says where it is, what is there, and what the dialect has there', () => {
  const [finding] = checkSample(dialect, saleOf({ pan: { justify: 'right' } })).findings
  assert.deepEqual(finding, {
    path: '2',
    atByte: 12,
    says: 'the pad nibble is 1, not 0',
    expected: 'pan: n..19, packed, after a length of 2 packed digits, pad on the right',
  })
})

test('fields that a message must carry, or may not, are findings', () => {
  const { trace: _trace, ...without } = fields
  const codec = codecFor(dialect)
  const says = (message: Readonly<Record<string, string>>) =>
    checkSample(dialect, codec.encode({ mti: '0200', fields: message }).frame).findings.map(each => each.says)
  assert.deepEqual(says(without), ['trace is missing, which a sale request has to carry'])
  assert.deepEqual(says({ ...fields, operator: '01' }), ['operator is there, which is in neither `must` or `may` of sale'])
  assert.match(says({ ...fields, processingCode: '990000' })[0] ?? '', /none of the messages of type 0200 has these values/)
})

test('a refusal is held to what a refusal has to carry', () => {
  const reply = { ...fields, resultCode: '51', reference: '000000000001' }
  const { conditionCode: _condition, entryMode: _entry, pan: _pan, ...carried } = reply
  const { findings, transaction } = checkSample(dialect, codecFor(dialect).encode({ mti: '0210', fields: carried }).frame)
  assert.equal(transaction, 'sale reply')
  assert.deepEqual(findings, [])
})

test('chip data that breaks off is a finding', () => {
  const { findings } = checkSample(dialect, saleOf({}, { chipData: '9F0206000000' }))
  assert.match(findings.map(({ says }) => says).join(), /its objects break off at byte 3/)
})

test('a dialect without messages is asked for its fields alone', () => {
  const { findings } = checkSample({ ...dialect, messages: [] }, saleOf({}))
  assert.deepEqual(findings, [])
})

test('a field is put in words with everything that its bytes depend on', () => {
  const words = (name: string, of: Dialect) => fieldInWords(of.fields[name] ?? missing, of)
  const ebcdic = dialectById('iso8583-1987', { encoding: 'ebcdic' })
  assert.equal(words('pan', ebcdic), 'n..19, in characters of EBCDIC, after a length of 2 digits of EBCDIC')
  assert.equal(words('pinBlock', dialect), 'b 8, as bytes')
  assert.equal(words('operator', dialect), 'ans...20, as text, after a length of 3 packed digits')
})

test('whatever the bytes, a sample is checked without an exception, and soon', () => {
  const frame = saleOf({})
  const began = performance.now()
  for (let at = 0; at < frame.length; at += 9) {
    const changed = Uint8Array.from(frame)
    changed[at] = (changed[at] ?? 0) ^ 0x55
    checkSample(dialect, changed)
    checkSample(dialect, frame.subarray(0, at))
  }
  assert.ok(performance.now() - began < 30_000)
})
