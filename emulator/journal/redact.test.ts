import assert from 'node:assert/strict'
import { test } from 'node:test'
import { redact, Tokens } from './redact.ts'

const pan = '6250930000000002'
const nobody: ReadonlySet<string> = new Set()

test('a secret is its kind and the ordinal of its first appearance; equal token, equal value', () => {
  const tokens = new Tokens()
  assert.equal(tokens.token('pan', pan), 'pan:625093…0002#1')
  assert.equal(tokens.token('pan', '6250930000000010'), 'pan:625093…0010#2')
  assert.equal(tokens.token('pan', pan), 'pan:625093…0002#1')
  assert.equal(tokens.token('pinBlock', '9867C404324255E5'), 'pinblock#1')
})

test('free text loses every secret that was seen before, and every number that could be a card’s', () => {
  const tokens = new Tokens()
  tokens.token('track', `${pan}D33121200000000`)
  const clean = tokens.scrub(`track ${pan}D33121200000000, card 4111111111111111, voucher 000123`, nobody)
  assert.equal(clean, 'track track#1, card pan:411111…1111#1, voucher 000123')
})

test('a card number in groups, as a page may show it, is hidden like one without', () => {
  const tokens = new Tokens()
  for (const written of ['4111 1111 1111 1111', '4111-1111-1111-1111', '4111111111111111'])
    assert.equal(tokens.scrub(`card ${written}, paid`, nobody), 'card pan:411111…1111#1, paid')
  assert.equal(tokens.scrub('card 3714 496353 98431', nobody), 'card pan:371449…8431#2')
  assert.equal(tokens.scrub('call 4111 1111 1111 1112', nobody), 'call 4111 1111 1111 1112')
})

test('an amount in sixteen digits is no card, whatever its check digit; a card with zeros before it is one', () => {
  assert.equal(
    new Tokens().scrub('debits 0000000000000000, credits 0000000000002006', nobody),
    'debits 0000000000000000, credits 0000000000002006',
  )
  assert.equal(new Tokens().scrub(`0${pan}`, nobody), 'pan:062509…0002#1')
})

test('a public number that passes Luhn stays: a merchant is no card', () => {
  assert.equal(new Tokens().scrub('merchant 4111111111111111', new Set(['4111111111111111'])), 'merchant 4111111111111111')
})

test('a secret field is a token, and its bytes are dots; its length prefix and its neighbours stay', () => {
  const frame = Uint8Array.from([0x16, 0x62, 0x50, 0x93, 0x00, 0x00, 0x12, 0x34])
  const message = { mti: '0200', fields: { pan, trace: '001234' } }
  const spans = [
    { path: '2', offset: 0, length: 5 },
    { path: '11', offset: 5, length: 3 },
  ]
  const { fields, hex } = redact(message, frame, spans, [{ path: '2', name: 'pan', kind: 'pan' }], new Tokens(), nobody)
  assert.deepEqual(fields, { pan: 'pan:625093…0002#1', trace: '001234' })
  assert.equal(hex, '··········001234')
})

test('what was not understood is hidden whole', () => {
  const frame = Uint8Array.from([0xde, 0xad, 0xbe, 0xef])
  const { hex } = redact({ mti: '', fields: {} }, frame, [{ path: 'mti', offset: 0, length: 2 }], [], new Tokens(), nobody)
  assert.equal(hex, 'DEAD····')
})

test('a composite loses the secret in one of its parts, and shows the rest', () => {
  const whole = `0100000123${pan.padStart(20, '0')}000000008800`
  const message = { mti: '0320', fields: { additionalData: whole, 'item.1.pan': pan.padStart(20, '0') } }
  const hidden = [{ path: '48.1.pan', name: 'item.1.pan', kind: 'pan' as const }]
  const { fields } = redact(message, new Uint8Array(), [], hidden, new Tokens(), nobody)
  assert.equal(fields.additionalData, '0100000123pan:625093…0002#1000000008800')
  assert.equal(fields['item.1.pan'], 'pan:625093…0002#1')
})

test('the number of an upload and that of a reply are one token: zeros on its left are not part of it', () => {
  const tokens = new Tokens()
  const hidden = [{ path: '48.1.pan', name: 'item.1.pan', kind: 'pan' as const }]
  const upload = redact(
    { mti: '0320', fields: { 'item.1.pan': pan.padStart(20, '0') } },
    new Uint8Array(),
    [],
    hidden,
    tokens,
    nobody,
  )
  assert.equal(upload.fields['item.1.pan'], tokens.token('pan', pan))
})
