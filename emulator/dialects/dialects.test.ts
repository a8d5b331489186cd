import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isEmulatorError } from '../values/errors.ts'
import { dialectById, dialectIds } from './index.ts'
import { nameAt } from './paths.ts'
import { masked, secretPaths } from './secrets.ts'

const dialect = dialectById('unionpay-pos')

test('every dialect stands in the list, and an unknown one is refused with the list', () => {
  for (const id of dialectIds) assert.equal(dialectById(id).id, id)
  for (const id of ['unionpay', 'constructor'])
    assert.throws(
      () => dialectById(id),
      thrown => isEmulatorError(thrown, 'DIALECT_UNKNOWN') && thrown.message.includes('iso8583-1987'),
    )
})

test('an unknown setting, or a value that it cannot have, is refused by name', () => {
  for (const [settings, says] of [
    [{ trackpad: 'F' }, /setting trackpad/],
    [{ trackPad: 'E' }, /setting trackPad .*"E" is not one of "0", "F"/],
    [{ trackEncryption: 'true' }, /setting trackEncryption/],
    [{ header: '603' }, /setting header/],
    [{ tpdu: '60000600' }, /setting tpdu/],
    [{ length: 'ascii 2' }, /setting length .*"ascii 4"/],
  ] as const)
    assert.throws(
      () => dialectById('unionpay-pos', settings),
      thrown => isEmulatorError(thrown, 'DIALECT_SETTING') && says.test(thrown.message),
    )
})

test('every setting is there with its default', () => {
  assert.equal(dialect.settings.reversalOfVoid61, 'own')
  assert.deepEqual(dialectById('unionpay-pos', { reversalFinal: '00' }).codes.reversalFinal, ['00'])
  assert.equal(dialectById('unionpay-pos', { header: '603200321234' }).framing.header, '603200321234')
})

test('no two fields of a table share a number', () => {
  for (const id of dialectIds) {
    const numbers = Object.values(dialectById(id).fields).flatMap(({ de }) => de ?? [])
    assert.equal(new Set(numbers).size, numbers.length, id)
  }
})

test('no message is of two kinds: type and identity differ in every row', () => {
  const kinds = dialect.messages.map(({ request, identity }) => JSON.stringify([request, identity]))
  assert.deepEqual(
    kinds.filter((kind, at) => kinds.indexOf(kind) !== at),
    [],
  )
})

test('the answer has the next even type, echoes stand in it, and never card entry, PIN, track or original', () => {
  for (const row of dialect.messages) {
    assert.equal(Number(row.reply) - Number(row.request), 10)
    const reply = new Set([...row.replyMust, ...row.replyMay])
    assert.deepEqual(
      row.echoes.filter(name => !reply.has(name)),
      [],
      row.name,
    )
    if (row.name === 'scriptNotice') continue
    for (const name of ['entryMode', 'pinCapture', 'track2', 'track3', 'pinBlock', 'original'])
      assert.ok(!reply.has(name), `${row.name} answers with ${name}`)
  }
})

test('what a terminal reverses is never a refund or an advice', () => {
  const reversible = dialect.messages.filter(row => row.reversible && row.operation).map(row => row.operation)
  assert.deepEqual(reversible, ['sale', 'void', 'preauth', 'preauthVoid', 'complete', 'completionVoid'])
  assert.deepEqual(
    dialect.messages.filter(row => row.reversible && row.request === '0220'),
    [],
  )
})

test('what counts in a settlement is debit or credit as the table has it', () => {
  const of = (counts: 'debit' | 'credit') =>
    dialect.messages.filter(row => row.counts === counts && row.operation).map(row => row.operation)
  assert.deepEqual(of('debit'), ['sale', 'complete'])
  assert.deepEqual(of('credit'), ['void', 'completionVoid', 'refund'])
})

test('every code that a judge or a terminal knows has words', () => {
  const known = new Set(dialect.words.codes.map(({ code }) => code))
  const { approved, signInAfter, reversalFinal, misleading, accept } = dialect.codes
  const named = [
    ...approved,
    ...signInAfter,
    ...reversalFinal,
    ...misleading,
    ...Object.values(accept).flatMap(({ codes }) => codes),
  ]
  assert.deepEqual(
    named.filter(code => !known.has(code)),
    [],
  )
  assert.equal(known.size, dialect.words.codes.length)
  for (const { code } of dialect.words.codes.filter(({ class: category }) => category === 'A'))
    assert.ok(approved.includes(code), code)
})

test('no accept set holds an approving code where a refusal is due', () => {
  for (const [situation, { codes, class: outcome }] of Object.entries(dialect.codes.accept))
    if (!['REV-OK', 'REV-NONE', 'DUPLICATE'].includes(outcome))
      assert.ok(!codes.some(code => dialect.codes.approved.includes(code)), situation)
})

const upload = {
  mti: '0320',
  fields: {
    additionalData: `01${'00'}000002${'06212142000000000012'}000000012345`,
    itemCount: '01',
    'item.1.class': '00',
    'item.1.trace': '000002',
    'item.1.pan': '06212142000000000012',
    'item.1.amount': '000000012345',
  },
}

test('secrets are found by the table, inside an upload too', () => {
  const sale = {
    mti: '0200',
    fields: {
      pan: '6212142000000000012',
      amount: '000000012345',
      track2: '6212142000000000012D2912',
      pinBlock: '9867C404324255E5',
      private62: '00',
    },
  }
  assert.deepEqual(
    secretPaths(dialect, sale).map(({ path, kind }) => `${path} ${kind}`),
    ['2 pan', '35 track', '52 pinBlock', '62 keys'],
  )
  assert.deepEqual(secretPaths(dialect, upload), [{ path: '48.1.pan', name: 'item.1.pan', kind: 'pan' }])
})

test('a composite shown whole hides the secret within it', () => {
  const shown = Object.fromEntries(masked(dialect, upload).map(({ path, value }) => [path, value]))
  assert.equal(shown['48'], `0100000002${'•'.repeat(20)}000000012345`)
  assert.equal(shown['48.1.pan'], '621214…0012')
  assert.equal(shown['48.1.trace'], '000002')
})

test('a path means another part in another type of message', () => {
  assert.equal(nameAt(dialect, '0500', '48.1'), 'domesticDebit')
  assert.equal(nameAt(dialect, '0320', '48.1'), 'uploadedCount')
  assert.equal(nameAt(dialect, '0320', '48.12.pan'), 'item.12.pan')
  assert.equal(nameAt(dialect, '0200', '60.2'), 'batch')
  for (const path of ['24', '48.1', '60.9', '48.0.pan', 'x']) assert.equal(nameAt(dialect, '0200', path), 'unknown')
})
