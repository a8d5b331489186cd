import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dialectById } from '../dialects/index.ts'
import type { SettingValue } from '../dialects/settings.ts'
import { isEmulatorError } from '../values/errors.ts'
import { fromHex, toHex } from '../values/hex.ts'
import { replyEnvelope } from './envelope.ts'
import { codecFor } from './iso8583.ts'

const speaking = (settings: Readonly<Record<string, SettingValue>>) => dialectById('iso8583-1987', settings)
const message = { mti: '0800', fields: { trace: '000001' } }
const hexOf = (settings: Readonly<Record<string, SettingValue>>) => toHex(codecFor(speaking(settings)).encode(message).frame)
/** What is noticed of a frame, remarks and where reading stopped. */
const noticed = (settings: Readonly<Record<string, SettingValue>>, hex: string): readonly string[] => {
  const decoded = codecFor(speaking(settings)).decode(fromHex(hex))
  const remarks = decoded.remarks.map(({ path, says }) => `${path}: ${says}`)
  return decoded.ok ? remarks : [...remarks, `${decoded.problem.path} at byte ${decoded.atByte}: ${decoded.problem.says}`]
}

/** The message in characters: 26 bytes. */
const text = Buffer.from('08000020000000000000000001', 'latin1').toString('hex').toUpperCase()

test('a length that says something else than it should is remarked with both numbers', () => {
  assert.equal(hexOf({}), `001A${text}`)
  assert.deepEqual(noticed({}, `001C${text}`), ['length: it says 28 bytes; 26 follow'])
  assert.deepEqual(noticed({ length: 'ascii 4', lengthCounts: 'itself too' }, `30303236${text}`), [
    'length: it says 26 bytes; 30 are due for the 26 that follow',
  ])
  assert.deepEqual(noticed({ lengthCounts: 'the message only', tpdu: '6000030000' }, `001F6000030000${text}`), [
    'length: it says 31 bytes; 26 are due for the 31 that follow',
  ])
})

test('a length that is no number ends the reading at its first byte, and what it is stands there', () => {
  assert.deepEqual(noticed({ length: 'ascii 4' }, `001A${text}`), [
    'length at byte 0: 001A3038 is no length of four digit characters',
  ])
  assert.deepEqual(noticed({ length: 'bcd 2' }, `001A${text}`), ['length at byte 0: 001A is no length of four packed digits'])
})

test('between STX and ETX a wrong LRC is remarked, and what is missing ends the reading', () => {
  const stx = { length: 'STX ETX LRC' }
  const right = hexOf(stx)
  assert.match(right, new RegExp(`^02${text}03..$`))
  assert.deepEqual(noticed(stx, right), [])
  const lrc = right.slice(-2)
  assert.deepEqual(noticed(stx, `${right.slice(0, -2)}55`), [`lrc: it is 55; ${lrc} is due`])
  assert.deepEqual(noticed(stx, right.slice(2)), ['stx at byte 0: byte 30 where STX (02) is due'])
  assert.deepEqual(noticed(stx, right.slice(0, -4)), ['etx at byte 27: ETX (03) is due here, and nothing is left'])
  assert.deepEqual(noticed(stx, right.slice(0, -2)), ['etx at byte 27: ETX (03) and one byte are due at the end'])
  assert.deepEqual(noticed(stx, `${right.slice(0, -4)}2020${right.slice(-4)}`), ['end: 2 bytes follow the last field'])
})

test('a message with ETX in it cannot stand between STX and ETX', () => {
  const codec = codecFor(speaking({ length: 'STX ETX LRC', encoding: 'bcd' }))
  assert.throws(
    () => codec.encode({ mti: '0800', fields: { trace: '000003' } }),
    thrown => isEmulatorError(thrown, 'FIELD_VALUE') && /byte 13 of the frame is ETX \(03\)/.test(thrown.message),
  )
})

test('a reply has the addresses of the TPDU in each other’s place, and the header as it came', () => {
  const { framing } = speaking({ tpdu: '6000000003', header: '0102030405' })
  const envelope = { tpdu: '6000000003', header: '0102030405' }
  assert.deepEqual(replyEnvelope(framing, envelope), { tpdu: '6000030000', header: '0102030405' })
  assert.deepEqual(replyEnvelope(framing, {}), {})
})

test('or the halves of the header in each other’s place, the middle byte where it was', () => {
  const { framing } = speaking({ header: '0102030405', headerReply: 'swapped' })
  for (const [header, swapped] of [
    ['0102030405', '0405030102'],
    ['010203040506', '040506010203'],
    ['01', '01'],
  ] as const)
    assert.deepEqual(replyEnvelope(framing, { header }), { header: swapped })
})

test('TPDU and header are given in hex, of the length that the dialect has', () => {
  const codec = codecFor(speaking({ tpdu: '6000000003', header: '0102' }))
  for (const envelope of [{ tpdu: '60000000' }, { header: '010203' }, { header: '01 2' }])
    assert.throws(
      () => codec.encode(message, { envelope }),
      thrown => isEmulatorError(thrown, 'FIELD_VALUE') && /it is not (10|4) hex digits/.test(thrown.message),
    )
})

test('a frame can begin further in: at its TPDU, its header or its message type', () => {
  const codec = codecFor(speaking({ tpdu: '6000000003', header: '0102' }))
  for (const [from, before] of [
    ['length', '00216000000003' + '0102'],
    ['tpdu', '6000000003' + '0102'],
    ['header', '0102'],
    ['mti', ''],
  ] as const) {
    const { frame } = codec.encode(message, { from })
    assert.equal(toHex(frame), before + text)
    assert.ok(codec.decode(frame, { from }).ok)
  }
})
