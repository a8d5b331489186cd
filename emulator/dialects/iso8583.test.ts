import assert from 'node:assert/strict'
import { test } from 'node:test'
import { yuan, zero } from '../values/amount.ts'
import { CNY } from '../values/currency.ts'
import type { Request } from '../values/request.ts'
import { Track2 } from '../values/track2.ts'
import { identify } from './identify.ts'
import { dialectById } from './index.ts'
import { matches } from './matches.ts'
import { toReply } from './reply.ts'
import { toMessage } from './request.ts'
import { heardAs, saidAs, waysToSay } from './said.ts'

const old = dialectById('iso8583-1987')
const newer = dialectById('iso8583-1993')
const facts = { zone: 'Asia/Shanghai' }
const track2 = new Track2('6212142000000000012D29122010000000000')
const sale: Request = {
  operation: 'sale',
  terminalId: 'T0000001',
  merchantId: 'M00000000000001',
  batch: '000001',
  trace: '000002',
  at: '2026-05-31T16:00:07.000Z',
  amount: yuan(88_00n),
  card: { entry: 'swiped', pan: track2.pan, track2, expiry: '2912' },
}
const theVoid: Request = {
  ...sale,
  operation: 'void',
  trace: '000003',
  at: '2026-05-31T17:30:00.000Z',
  original: { batch: '000001', trace: '000002', reference: '060100000002', approvalCode: 'A00001', at: sale.at ?? '' },
}
const reversal: Request = {
  ...sale,
  operation: 'reverse',
  at: '2026-05-31T16:01:00.000Z',
  reversal: { of: 'sale', reason: 'no answer', pinEntered: true, at: sale.at ?? '' },
}
const fieldsOf = (request: Request, dialect = old) =>
  toMessage(dialect, request, { ...facts, pinBlock: '9867C404324255E5' }).fields

test('1987: a sale tells when it leaves in UTC, and the shop its own time', () => {
  const { sentAt, localTime, localDate, entryMode, conditionCode, batch } = fieldsOf(sale)
  assert.deepEqual([sentAt, localDate, localTime], ['0531160007', '0601', '000007'])
  assert.deepEqual([entryMode, conditionCode, batch], ['021', '00', '000001'])
})

test('1987: field 90 has 42 digits: type 4, trace 6, date and time 10, acquirer 11, forwarder 11', () => {
  assert.equal(fieldsOf(reversal).original, `0200${'000002'}${'0531160007'}${'0'.repeat(22)}`)
  const known = dialectById('iso8583-1987', { acquirerId: '12345' })
  assert.equal(fieldsOf(theVoid, known).original, `0200${'000002'}${'0531160007'}${'00000012345'}${'0'.repeat(11)}`)
  assert.deepEqual(
    ['originalType', 'originalTrace', 'originalSentAt'].map(name => fieldsOf(reversal)[name]),
    ['0200', '000002', '0531160007'],
  )
})

test('1987: what the sender of a refund cannot know of its original is zero, the type is right', () => {
  const refund: Request = { ...sale, operation: 'refund', original: { reference: '060100000002', date: '0601' } }
  assert.equal(fieldsOf(refund).original, `0200${'0'.repeat(38)}`)
})

test('1993: field 56 is type, trace, local date and time, and the acquirer after its length', () => {
  assert.equal(fieldsOf(reversal, newer).original, `1200${'000002'}${'260601000007'}11${'0'.repeat(11)}`)
})

test('1993: time in one field, twelve positions of the point of service, function codes and reasons', () => {
  const { localDateTime, localDate, localTime, entryMode, functionCode } = fieldsOf(sale, newer)
  assert.deepEqual([localDateTime, localDate, localTime], ['260601000007', '0601', '000007'])
  assert.deepEqual([entryMode, functionCode], ['21010121314C', '200'])
  const undone = fieldsOf(reversal, newer)
  assert.deepEqual(
    [undone.functionCode, undone.messageReason, undone.originalAmounts],
    ['400', '4021', '000000008800000000000000'],
  )
  assert.equal(undone.localDateTime, '260601000007', 'a reversal has the time of its original')
  assert.equal(undone.sentAt, '0531160100')
})

for (const [dialect, first, copy, reply] of [
  [old, '0400', '0401', '0410'],
  [newer, '1420', '1421', '1430'],
] as const)
  test(`${dialect.id}: a reversal is ${first}, its copy ${copy}, and ${reply} answers both`, () => {
    const types = [reversal, { ...reversal, repeat: true as const }].map(request => toMessage(dialect, request, facts))
    assert.deepEqual(
      types.map(({ mti }) => mti),
      [first, copy],
    )
    for (const message of types) {
      const what = identify(dialect, message)
      assert.deepEqual(what !== 'unknown' && [what.name, what.of, what.kind], ['reverse', 'sale', 'request'])
      const { original: _, ...echoed } = message.fields
      assert.equal(matches(dialect, message, { mti: reply, fields: echoed }).matches, true)
    }
  })

test('totals stand in fields of their own, all cards in one, the net with its sign', () => {
  const none = { debitCount: 0, debit: zero(CNY), creditCount: 0, credit: zero(CNY) }
  const totals = { domestic: { debitCount: 2, debit: yuan(100_00n), creditCount: 1, credit: yuan(30_00n) }, foreign: none }
  const { card: _card, amount: _amount, ...till } = sale
  for (const dialect of [old, newer]) {
    const fields = toMessage(dialect, { ...till, operation: 'settle', totals }, facts).fields
    assert.deepEqual(
      [fields.debitCount, fields.debit, fields.creditCount, fields.credit, fields.net, fields.debitReversal],
      ['0000000002', '0000000000010000', '0000000001', '0000000000003000', 'D0000000000007000', '0000000000000000'],
    )
  }
})

test('a result of totals is read from its field in 1987, from the action code in 1993', () => {
  const of = (dialect: typeof old, mti: string, fields: Readonly<Record<string, string>>) => {
    const { resultCode, reconciliation } = toReply(dialect, { mti, fields })
    return [resultCode, reconciliation?.domestic]
  }
  assert.deepEqual(of(old, '0510', { resultCode: '95', settlementResult: '2' }), ['95', 'unbalanced'])
  assert.deepEqual(of(old, '0510', { resultCode: '00', settlementResult: '1' }), ['00', 'balanced'])
  assert.deepEqual(of(newer, '1530', { resultCode: '501' }), ['95', 'unbalanced'])
  assert.deepEqual(of(newer, '1530', { resultCode: '500' }), ['00', undefined])
})

test('every code that terminals and hosts think in has three digits in 1993, and is heard as one of its meaning', () => {
  const common = [...dialectById('unionpay-pos').words.codes.map(({ code }) => code), '08', '16'].filter(
    code => !/^(19|20|23|31|3[5679]|4[2-5]|5[23]|6[067]|79|9[23]|A[1-7])$/.test(code),
  )
  for (const code of common) {
    const said = saidAs(newer.codes, code)
    assert.match(said, /^\d{3}$/, code)
    assert.equal(saidAs(newer.codes, heardAs(newer.codes, said)), said, code)
  }
})

test('an accepted reversal is 400 in 1993, a sign-on 800, a balanced settlement 500; the terminal hears 00', () => {
  const said = (['sale', 'reverse', 'signIn', 'settle'] as const).map(operation => saidAs(newer.codes, '00', operation))
  assert.deepEqual(said, ['000', '400', '800', '500'])
  for (const code of said) assert.equal(heardAs(newer.codes, code), '00')
  assert.deepEqual(waysToSay(newer.codes, ['25', '12']), ['914', '902'])
})

test('1987 takes its own codes as they are: 12 stays 12 though UnionPay has two for it', () => {
  assert.deepEqual([saidAs(old.codes, '22'), heardAs(old.codes, '12'), heardAs(old.codes, '13')], ['12', '12', '13'])
  assert.deepEqual(waysToSay(dialectById('unionpay-pos').codes, ['00', '25']), ['00', '25'])
})

test('without a MAC no message is sealed; an advice of a reversal is 0420', () => {
  const plain = dialectById('iso8583-1987', { mac: 'none', reversal: 'advice' })
  assert.equal(
    plain.messages.some(({ sealed }) => sealed),
    false,
  )
  assert.equal(toMessage(plain, reversal, facts).mti, '0420')
})
