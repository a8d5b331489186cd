import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dialectById } from '../dialects/index.ts'
import { toReply } from '../dialects/reply.ts'
import { toMessage } from '../dialects/request.ts'
import { yuan } from '../values/amount.ts'
import { fromHex, toHex } from '../values/hex.ts'
import type { Fields } from '../values/message.ts'
import type { Request } from '../values/request.ts'
import { Track2 } from '../values/track2.ts'
import { codecFor } from './iso8583.ts'

/*
 * The mistakes that others made with this dialect, by their numbers in the UnionPay POS fact sheet, 10, as far as bytes and tables can make
 * them. 9 and 10 are about keys and PIN blocks: `crypto/crypto.test.ts`. 5, 7, 12, 13 and 14 are made by hosts and terminals.
 */

const dialect = dialectById('unionpay-pos')
const codec = codecFor(dialect)
const written = (fields: Fields, mti = '0200') => toHex(codec.encode({ mti, fields }, { from: 'mti' }).frame).slice(20)

const track2 = new Track2('6212142000000000012D29122010000000000')
const theVoid: Request = {
  ...{ operation: 'void', terminalId: 'T0000001', merchantId: 'M00000000000001', batch: '000001', trace: '000003' },
  amount: yuan(12_345n),
  card: { entry: 'swiped', pan: track2.pan, track2, expiry: '2912' },
  original: { batch: '000001', trace: '000002', reference: '060100000002' },
}

test('1: entry mode is left-justified, card sequence right-justified', () => {
  assert.equal(written({ entryMode: '021', cardSequence: '001' }), '02100001')
})

test('2: a length is decimal and counts digits of numbers and tracks, bytes of text; only the frame’s own is binary', () => {
  assert.equal(written({ track2: track2.reveal() }).slice(0, 2), '37')
  assert.equal(written({ private60: '2200000100050' }).slice(0, 4), '0013')
  assert.equal(written({ private63: '余' }).slice(0, 4), '0002')
  assert.equal(written({ chipData: 'AA'.repeat(145) }).slice(0, 4), '0145')
  const { frame } = codec.encode({ mti: '0820', fields: {} })
  assert.equal(toHex(frame.subarray(0, 2)), '0015')
})

test('3: the MAC covers a bitmap that has its bit', () => {
  let covered = ''
  const seal = (bytes: Uint8Array) => {
    covered = toHex(bytes)
    return '3735384631324636'
  }
  const { frame } = codec.encode({ mti: '0200', fields: { trace: '000001' } }, { seal, from: 'mti' })
  assert.equal(covered, '02000020000000000001000001')
  assert.equal(toHex(frame), `${covered}3735384631324636`)
})

test('4: the reversal of a void has the trace of the void, twice', () => {
  const reversal = toMessage(dialect, {
    ...theVoid,
    operation: 'reverse',
    reversal: { of: 'void', reason: 'no answer', pinEntered: true },
  })
  assert.deepEqual([reversal.fields.trace, reversal.fields.originalTrace], ['000003', '000003'])
})

test('6: refund and completion advice are 0220, and nothing reverses them', () => {
  const rows = dialect.messages.filter(({ name }) => name === 'refund' || name === 'completionAdvice')
  assert.deepEqual(
    rows.map(({ request, reversible }) => [request, reversible]),
    [
      ['0220', false],
      ['0220', false],
    ],
  )
  assert.ok(!dialect.messages.some(({ of, identity }) => of !== undefined && ['24', '25'].includes(identity.typeCode ?? '')))
})

test('8: the code of a reversal request is a reason, and a settlement answer has none', () => {
  const reversal = toMessage(dialect, {
    ...theVoid,
    operation: 'reverse',
    reversal: { of: 'void', reason: 'bad MAC', pinEntered: true },
  })
  assert.equal(reversal.fields.resultCode, 'A0')
  const settlement = dialect.messages.find(({ name }) => name === 'settle')
  assert.ok(!settlement?.replyMust.includes('resultCode') && settlement?.replyMay.includes('resultCode'))
})

test('11: an answer without field 63 has no card company, and none is made up', () => {
  const bytes = fromHex(`0210${'2000000000000000'}000000`)
  const decoded = codec.decode(bytes, { from: 'mti' })
  assert.ok(decoded.ok)
  assert.ok(!('cardCompany' in toReply(dialect, decoded.message)))
})
