import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareFields, Tally } from './comparison.ts'
import { generatedFrames } from './generated.ts'
import { goldenFrames, goldenMacs } from './golden.ts'
import { lengthIsRight, macIsRight, macOf, readFrame, Unreadable } from './reader.ts'

const frames = goldenFrames()
const beforeFields = { length: 2 + 5 + 6 + 2 + 8, mti: 2 + 8 }

test('the second reader reads every golden frame as its source lists it', t => {
  const tally = new Tally()
  for (const { name, bytes, start, decoded } of frames) {
    const reading = readFrame(bytes, start)
    tally.add(name, reading, decoded)
    const { fields, spans, ...envelope } = reading
    assert.deepEqual({ ...envelope, fields }, decoded, name)
    const ends = Object.values(spans).map(({ offset, length }) => offset + length)
    const begins = Object.values(spans).map(({ offset }) => offset)
    assert.deepEqual(begins, [beforeFields[start], ...ends.slice(0, -1)], name)
    assert.equal(ends.at(-1), bytes.length, name)
  }
  t.diagnostic(`second reader against the golden frames: ${tally.says()}`)
  assert.deepEqual(tally.differences, [])
  const [leastFrames, leastFields] = process.env.CI === undefined ? [1, 1] : [20, 200]
  assert.ok(tally.frames >= leastFrames, `only ${tally.frames} frames were compared`)
  assert.ok(tally.fields >= leastFields, `only ${tally.fields} fields were compared`)
})

test('every golden frame that has a length has the right one', () => {
  for (const { name, bytes, start } of frames) if (start === 'length') assert.ok(lengthIsRight(bytes), name)
})

test('every golden MAC is the one that the second reader computes', () => {
  const macs = goldenMacs()
  assert.ok(macs.length > 0)
  for (const { name, mak, mab, field64 } of macs)
    assert.equal(Buffer.from(macOf(mab, mak), 'latin1').toString('hex').toUpperCase(), field64, name)
})

test('every golden frame whose key is known carries a right MAC, and a wrong one after any byte before it has changed', () => {
  const keyed = frames.flatMap(({ name, bytes, mak }) => (mak === undefined ? [] : [{ name, bytes, mak }]))
  assert.ok(keyed.length >= 7, `${keyed.length} frames have a key`)
  for (const { name, bytes, mak } of keyed) {
    assert.ok(macIsRight(bytes, mak), name)
    const changed = Uint8Array.from(bytes)
    const last = changed.length - 9
    changed[last] = (changed[last] ?? 0) ^ 1
    assert.ok(!macIsRight(changed, mak), name)
  }
})

test('a frame cut anywhere is refused, with a byte inside it', () => {
  const sale = frames.find(({ name }) => name.includes('sale request'))
  assert.ok(sale)
  for (let length = 0; length < sale.bytes.length; length++)
    assert.throws(
      () => readFrame(sale.bytes.subarray(0, length)),
      error => error instanceof Unreadable && error.atByte <= length,
    )
})

test('a byte after the last field is refused', () => {
  const [first] = frames
  assert.ok(first)
  assert.throws(() => readFrame(Buffer.concat([first.bytes, Buffer.of(0)]), first.start), /1 bytes follow the last field/)
})

test('a length in hexadecimal is refused: lengths are digits', () => {
  assert.throws(
    () => readFrame(Buffer.from('0200400000000000000016'.replace('16', '1A'), 'hex'), 'mti'),
    /length of field 2 holds something/,
  )
})

test('a comparison names a differing value and a field that only one side has, and leaves parts aside', () => {
  const differences = compareFields(
    { mti: '0200', fields: { '3': '000000', '11': '000001', '60': '00', '60.1': '00' } },
    { mti: '0210', fields: { '3': '200000', '60': '00' } },
  )
  assert.deepEqual(differences, [
    { field: 'mti', first: '0200', second: '0210' },
    { field: '3', first: '000000', second: '200000' },
    { field: '11', first: '000001', second: 'absent' },
  ])
})

test('the second reader gives back every value that was drawn', () => {
  for (const { name, bytes, mti, fields } of generatedFrames(200, 8583)) {
    const reading = readFrame(bytes)
    assert.deepEqual({ mti: reading.mti, fields: reading.fields }, { mti, fields }, name)
    assert.ok(lengthIsRight(bytes), name)
  }
})

test('the same seed draws the same frames, another one others', () => {
  const hex = (seed: number) => generatedFrames(3, seed).map(({ bytes }) => Buffer.from(bytes).toString('hex'))
  assert.deepEqual(hex(1), hex(1))
  assert.notDeepEqual(hex(1), hex(2))
})

test('text is read as GBK, which holds ASCII', () => {
  const reading = readFrame(Buffer.from('021000000000000000020011435550BDBBD2D7B3C9B9A6', 'hex'), 'mti')
  assert.equal(reading.fields['63'], 'CUP\u4ea4\u6613\u6210\u529f')
})
