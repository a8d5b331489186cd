import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FrameForm, LengthPrefix } from '../values/framing.ts'
import { framingOf, framingSettings } from './framing-settings.ts'
import { type SettingValue, settle } from './settings.ts'

const table = framingSettings({ length: 'binary 2', tpdu: '6000030000', header: 'none' })
const framing = (given: Readonly<Record<string, SettingValue>> = {}) => framingOf(settle('any', table, given))
const lengthOf = (more: Partial<LengthPrefix> = {}): FrameForm => ({
  is: 'length',
  form: 'binary 2',
  itself: false,
  uncounted: 0,
  longest: 0xffff,
  ...more,
})

test('the defaults are those of the dialect', () => {
  assert.deepEqual(framing(), { form: lengthOf(), tpdu: '6000030000', header: '', headerReply: 'same' })
})

test('each form of length is a frame form, and none is the line’s own', () => {
  const forms = table.length.oneOf.map(length => framing({ length }).form)
  assert.deepEqual(
    forms.slice(0, 6).map(form => (form.is === 'length' ? form.form : form.is)),
    table.length.oneOf.slice(0, 6),
  )
  assert.deepEqual(forms.slice(6), [{ is: 'STX ETX LRC', longest: 0xffff }, { is: 'whole' }])
})

test('four digits say 9999 bytes at most', () => {
  for (const length of ['ascii 4', 'bcd 2'] as const)
    assert.deepEqual(framing({ length }).form, lengthOf({ form: length, longest: 9999 }))
})

test('what a length counts is itself, or leaves TPDU and header out', () => {
  const header = '0102030405'
  for (const [lengthCounts, more] of [
    ['the rest', {}],
    ['itself too', { itself: true }],
    ['the message only', { uncounted: 10 }],
    ['all but the TPDU', { uncounted: 5 }],
  ] as const)
    assert.deepEqual(framing({ lengthCounts, header }).form, lengthOf(more))
  assert.deepEqual(framing({ lengthCounts: 'the message only', tpdu: 'none' }).form, lengthOf())
})

test('hex is taken in either case, and as the number that YAML makes of it', () => {
  assert.equal(framing({ header: 'abcdef' }).header, 'ABCDEF')
  assert.equal(framing({ tpdu: 6000060000 }).tpdu, '6000060000')
})
