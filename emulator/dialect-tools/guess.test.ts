import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import type { Dialect } from '../dialects/dialect.ts'
import { framingOf } from '../dialects/framing-settings.ts'
import { dialectById } from '../dialects/index.ts'
import { fromHex } from '../values/hex.ts'
import { codecFor } from '../wire/codec-of.ts'
import { guess } from './guess.ts'
import { guessAll } from './guess-all.ts'
import { proposalOf } from './proposal.ts'

/** A sale as a terminal sends it: PAN, amounts, texts, so that every writing shows. */
const sale = {
  mti: '0200',
  fields: {
    ...{ pan: '4111111111111111', processingCode: '000000', amount: '000000012345', sentAt: '0601101500', trace: '000123' },
    ...{ localTime: '101500', localDate: '0601', expiry: '3312', entryMode: '012', conditionCode: '00' },
    ...{ terminalId: 'T0000001', merchantId: 'M00000000000001', currency: '156', batch: '000001', operator: '01' },
  },
}

function framed(settings: Readonly<Record<string, string>>): Uint8Array {
  return codecFor(dialectById('iso8583-1987', { mac: 'none', ...settings })).encode(sale).frame
}

const lengths = ['binary 2', 'binary 4', 'little endian 2', 'little endian 4', 'ascii 4', 'bcd 2'] as const

for (const length of lengths)
  for (const lengthCounts of ['the rest', 'itself too'] as const)
    test(`a length as ${length} that counts ${lengthCounts} is recognised`, () => {
      const [best] = guess(framed({ length, lengthCounts }))
      assert.deepEqual([best?.dialect, best?.framing], ['iso8583-1987', { length, lengthCounts, tpdu: '', header: '' }])
      assert.ok(best?.exact)
      const wanted = { length, lengthCounts }
      const defaults: Readonly<Record<string, string>> = { length: 'binary 2', lengthCounts: 'the rest' }
      const proposed = Object.fromEntries(Object.entries(wanted).filter(([name, value]) => defaults[name] !== value))
      assert.deepEqual(proposalOf(best), { is: 'profile', dialect: 'iso8583-1987', settings: proposed })
    })

for (const lengthCounts of ['the rest', 'the message only', 'all but the TPDU'] as const)
  test(`TPDU and header are recognised where the length counts ${lengthCounts}`, () => {
    const [best] = guess(framed({ length: 'ascii 4', lengthCounts, tpdu: '6000030000', header: '603100311001' }))
    assert.deepEqual(best?.framing, { length: 'ascii 4', lengthCounts, tpdu: '6000030000', header: '603100311001' })
  })

test('control characters around a frame of text are recognised', () => {
  const [best] = guess(framed({ length: 'STX ETX LRC' }))
  assert.equal(best?.framing.length, 'STX ETX LRC')
})

for (const encoding of ['ascii', 'bcd', 'ebcdic'])
  test(`a message in ${encoding} is recognised, and the setting that says so is proposed`, () => {
    const [best] = guess(framed({ encoding }))
    assert.ok(best?.exact, best?.reasons.join('\n'))
    assert.deepEqual(proposalOf(best), {
      is: 'profile',
      dialect: 'iso8583-1987',
      settings: encoding === 'ascii' ? {} : { encoding },
    })
  })

test('an encoding that no setting says becomes a dialect file, and that file reads the sample', () => {
  const base = dialectById('iso8583-1987', { mac: 'none' })
  const mixed: Dialect = { ...base, encoding: { ...base.encoding, bitmap: 'binary' } }
  const [best] = guess(codecFor(mixed).encode(sale).frame)
  assert.ok(best?.exact)
  assert.deepEqual([best.encoding.digits, best.encoding.bitmap], ['ascii', 'binary'])
  const proposal = proposalOf(best)
  assert.equal(proposal.is, 'dialect file')
  assert.match(
    proposal.is === 'dialect file' ? proposal.text : '',
    /extends: iso8583-1987\n.*\nencoding: \{ digits: ascii, prefix: ascii, bitmap: binary/,
  )
})

test('the version of the standard is recognised by the message type', async () => {
  const dialect = dialectById('iso8583-1993', { mac: 'none' })
  const { sentAt: _sentAt, ...fields } = sale.fields
  const message = {
    mti: '1200',
    fields: { pan: fields.pan, processingCode: fields.processingCode, amount: fields.amount, trace: fields.trace },
  }
  const [best] = guess(codecFor(dialect).encode(message).frame)
  assert.equal(best?.dialect, 'iso8583-1993')
})

test('every golden frame of UnionPay is recognised with its framing, but for one that comes without', async () => {
  const { vectors } = JSON.parse(await readFile(new URL('../../fixtures/vectors/unionpay-frames.json', import.meta.url), 'utf8'))
  for (const { id, hex } of vectors.map(golden)) {
    const [best] = guess(fromHex(hex))
    assert.equal(best?.dialect, 'unionpay-pos', id)
    assert.ok(best.exact, id)
    assert.equal(best.framing.length, hex.startsWith('0500') ? 'none' : 'binary 2', id)
  }
})

function golden(vector: unknown): Readonly<{ id: string; hex: string }> {
  const { id, hex } = Object(vector)
  return { id: String(id), hex: String(hex) }
}

test('a dialect of the caller’s own is tried too, and wins where only it fits', () => {
  const base = dialectById('iso8583-1987', { mac: 'none' })
  const own: Dialect = {
    ...base,
    id: 'acme',
    fields: {
      ...base.fields,
      operator: {
        ...base.fields.operator,
        de: 63,
        length: { is: 'exactly', count: 2, unit: 'character' },
        of: 'an',
        is: 'operator',
      },
    },
  }
  const { frame } = codecFor(own).encode(sale)
  assert.notEqual(guess(frame)[0]?.exact, true)
  const [best] = guess(frame, { own: [own] })
  assert.deepEqual([best?.dialect, best?.exact], ['acme', true])
})

test('several samples are explained by one guess; the addresses of a reply do not make another', () => {
  const dialect = dialectById('unionpay-pos')
  const echo = {
    mti: '0820',
    fields: { trace: '000001', terminalId: 'T0000001', merchantId: 'M00000000000001', private60: '00000001301' },
  }
  const codec = codecFor(dialect)
  const request = codec.encode(echo).frame
  const reply = codec.encode(
    { mti: '0830', fields: { ...echo.fields, resultCode: '00' } },
    { envelope: { tpdu: '6000000006' } },
  ).frame
  for (const frames of [
    [request, reply],
    [reply, request],
  ]) {
    const [best] = guessAll(frames)
    assert.deepEqual([best?.dialect, best?.framing.tpdu, best?.exact], ['unionpay-pos', '6000060000', true])
    assert.deepEqual(best && proposalOf(best), { is: 'profile', dialect: 'unionpay-pos', settings: {} })
  }
  const [alone] = guess(reply)
  assert.deepEqual(alone && proposalOf(alone), { is: 'profile', dialect: 'unionpay-pos', settings: {} })
})

test('a field that the dialect has not is read as in the standard, and said', () => {
  const base = dialectById('iso8583-1987', { mac: 'none' })
  const more: Dialect = {
    ...base,
    fields: {
      ...base.fields,
      merchantType: { de: 18, length: { is: 'exactly', count: 4, unit: 'digit' }, of: 'n', is: 'merchant type' },
    },
  }
  const [best] = guess(codecFor(more).encode({ ...sale, fields: { ...sale.fields, merchantType: '5999' } }).frame)
  assert.ok(best?.exact)
  assert.ok(best.reasons.includes('the dialect has no field 18: read as in ISO 8583:1987'), best.reasons.join('\n'))
})

for (const [what, bytes] of [
  ['no bytes', new Uint8Array(0)],
  ['one byte', Uint8Array.of(2)],
  ['HTTP', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ['a TLS alert', fromHex('15030300020228')],
] as const)
  test(`${what}: there is no guess that reads it to its end`, () => {
    assert.ok(!guess(bytes).some(({ exact }) => exact))
  })

test('every prefix of a frame, and every frame with a byte changed, gives guesses and no exception', () => {
  const frame = framed({ tpdu: '6000030000', encoding: 'bcd' })
  for (let end = 0; end < frame.length; end += 7) guess(frame.subarray(0, end))
  for (let at = 0; at < frame.length; at += 11) {
    const changed = Uint8Array.from(frame)
    changed[at] = (changed[at] ?? 0) ^ 0xff
    guess(changed)
  }
})

test('settings that are proposed make a framing', () => {
  const [best] = guess(framed({ length: 'ascii 4', lengthCounts: 'itself too', tpdu: '6000030000' }))
  assert.ok(best)
  const proposal = proposalOf(best)
  assert.ok(proposal.is === 'profile')
  const { settings } = dialectById(proposal.dialect, proposal.settings)
  assert.deepEqual(
    framingOf(settings).form,
    dialectById('iso8583-1987', { length: 'ascii 4', lengthCounts: 'itself too', tpdu: '6000030000' }).framing.form,
  )
})
