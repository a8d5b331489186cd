import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fields, Message } from '../values/message.ts'
import { dialectById } from './index.ts'
import { identify, isSealed, matches, toReply } from './reply.ts'

const dialect = dialectById('unionpay-pos')
const request: Message = {
  mti: '0200',
  fields: {
    ...{ processingCode: '000000', amount: '000000012345', trace: '000002', conditionCode: '00', currency: '156' },
    ...{ terminalId: 'T0000001', merchantId: 'M00000000000001', typeCode: '22', networkCode: '000' },
  },
}
const answer = (more: Fields = {}): Message => ({
  mti: '0210',
  fields: { ...request.fields, resultCode: '00', reference: '060100000002', ...more },
})
const without = ({ mti, fields }: Message, name: string): Message => {
  const { [name]: _, ...rest } = fields
  return { mti, fields: rest }
}

test('the answer to a request matches it', () => {
  assert.deepEqual(matches(dialect, request, answer()), { matches: true, differs: [] })
})

test('an answer of another type, trace, terminal, amount or merchant is foreign, and says by what', () => {
  assert.deepEqual(matches(dialect, request, { ...answer(), mti: '0230' }), { matches: false, differs: ['mti'] })
  for (const [name, value] of Object.entries({
    trace: '000003',
    terminalId: 'T0000002',
    amount: '000000012346',
    merchantId: 'M00000000000002',
    processingCode: '200000',
    conditionCode: '06',
    currency: '840',
  }))
    assert.deepEqual(matches(dialect, request, answer({ [name]: value })), { matches: false, differs: [name] })
})

test('an approval has to echo the currency, a refusal may leave it out, neither the trace', () => {
  assert.deepEqual(matches(dialect, request, without(answer(), 'currency')).differs, ['currency'])
  assert.ok(matches(dialect, request, without(answer({ resultCode: '51' }), 'currency')).matches)
  assert.deepEqual(matches(dialect, request, without(answer({ resultCode: '51' }), 'trace')).differs, ['trace'])
})

test('a request of no known kind is paired with its refusal all the same', () => {
  const strange = { mti: '0200', fields: { ...request.fields, typeCode: '77' } }
  const refusal = { mti: '0210', fields: { ...strange.fields, resultCode: '40' } }
  assert.ok(matches(dialect, strange, refusal).matches)
  assert.deepEqual(matches(dialect, strange, { ...refusal, mti: '0230' }).differs, ['mti'])
  assert.deepEqual(matches(dialect, strange, { mti: '0210', fields: { ...refusal.fields, trace: '000009' } }).differs, ['trace'])
})

test('a partial approval may have another amount', () => {
  assert.ok(matches(dialect, request, answer({ resultCode: '10', amount: '000000000100' })).matches)
})

test('a short refusal without field 60 is still known as the answer to a sale', () => {
  const what = identify(dialect, without(without(answer({ resultCode: '30' }), 'typeCode'), 'networkCode'))
  assert.ok(what !== 'unknown')
  assert.deepEqual([what.operation, what.kind], ['sale', 'reply'])
})

test('sale void and completion void are told apart by condition and type code alone', () => {
  const of = (conditionCode: string, typeCode: string) => {
    const what = identify(dialect, {
      mti: '0200',
      fields: { ...request.fields, processingCode: '200000', conditionCode, typeCode },
    })
    return what === 'unknown' ? what : what.operation
  }
  assert.deepEqual(
    [of('00', '23'), of('06', '21'), of('06', '23'), of('00', '77')],
    ['void', 'completionVoid', 'unknown', 'unknown'],
  )
})

test('messages about money carry a MAC, others do not', () => {
  assert.ok(isSealed(dialect, request) && isSealed(dialect, answer()))
  assert.ok(!isSealed(dialect, { mti: '0800', fields: { typeCode: '00', networkCode: '003' } }))
  assert.ok(!isSealed(dialect, { mti: '0200', fields: { typeCode: '77' } }))
})

test('a reply is told in business terms', () => {
  const reply = toReply(
    dialect,
    answer({
      pan: '6212142000000000012',
      localTime: '101530',
      localDate: '0601',
      party: 'CUP',
      issuer: '01020000   ',
      approvalCode: 'A00001',
    }),
  )
  assert.equal(reply.operation, 'sale')
  assert.equal(String(reply.amount), '¥123.45')
  assert.equal(String(reply.pan), '621214…0012')
  assert.deepEqual(
    [reply.date, reply.time, reply.cardCompany, reply.issuer, reply.approvalCode],
    ['0601', '101530', 'CUP', '01020000', 'A00001'],
  )
  assert.ok(!('settlementDate' in reply))
})

test('a balance is money, and a debit balance is less than none', () => {
  assert.equal(String(toReply(dialect, answer({ additionalAmounts: '1002156C000000099999' })).balance), '¥999.99')
  assert.equal(String(toReply(dialect, answer({ additionalAmounts: '1002156D000000000100' })).balance), '-¥1.00')
  assert.ok(!('balance' in toReply(dialect, answer({ additionalAmounts: 'garbage' }))))
})

test('what cannot be a card number or an amount is left out', () => {
  const reply = toReply(dialect, answer({ pan: '621', amount: '00000000123A' }))
  assert.ok(!('pan' in reply) && !('amount' in reply))
})

test('a settlement answer says how each class came out, and has no result code', () => {
  const reply = toReply(dialect, {
    mti: '0510',
    fields: { typeCode: '00', networkCode: '201', batch: '000006', domesticResult: '1', foreignResult: '2' },
  })
  assert.deepEqual(reply, {
    operation: 'settle',
    batch: '000006',
    reconciliation: { domestic: 'balanced', foreign: 'unbalanced' },
  })
})
