import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { yuan, zero } from '../values/amount.ts'
import { CNY } from '../values/currency.ts'
import { isEmulatorError } from '../values/errors.ts'
import type { Fields } from '../values/message.ts'
import { Pan } from '../values/pan.ts'
import type { Request } from '../values/request.ts'
import { Track2 } from '../values/track2.ts'
import { identify } from './identify.ts'
import { dialectById } from './index.ts'
import { type Facts, toMessage } from './request.ts'

const dialect = dialectById('unionpay-pos')
const track2 = new Track2('6212142000000000012D29122010000000000')
const swiped = { entry: 'swiped', pan: track2.pan, track2, expiry: '2912' } as const
const absent = { entry: 'absent', pan: track2.pan, expiry: '2912' } as const
const till = { terminalId: 'T0000001', merchantId: 'M00000000000001', batch: '000001' } as const
const pin: Facts = { pinBlock: '9867C404324255E5' }
const original = { batch: '000001', trace: '000002', date: '0601', reference: '060100000002', approvalCode: 'A00001' } as const

type Golden = Readonly<{ id: string; decoded: Readonly<{ mti: string; fields: Readonly<Record<string, string>> }> }>
const golden: readonly Golden[] = JSON.parse(
  readFileSync(new URL('../../fixtures/vectors/unionpay-frames.json', import.meta.url), 'utf8'),
).vectors

/** The fields of a message by number, without its parts and the MAC. */
function byNumber(fields: Fields, of = dialect): Readonly<Record<string, string>> {
  const rows = Object.entries(of.fields).filter(([name]) => fields[name] !== undefined)
  return Object.fromEntries(rows.map(([name, { de }]) => [String(de), fields[name] ?? '']))
}

const numbersOf = (request: Request, facts: Facts = {}, of = dialect) => byNumber(toMessage(of, request, facts).fields, of)

const sale: Request = { ...till, operation: 'sale', trace: '000002', amount: yuan(12_345n), card: swiped }
const theVoid: Request = { ...sale, operation: 'void', trace: '000003', original }
const reversalOf = (of: NonNullable<Request['reversal']>['of'], more: Partial<Request> = {}): Request => ({
  ...sale,
  operation: 'reverse',
  original,
  reversal: { of, reason: 'no answer', pinEntered: true },
  ...more,
})

const sample: readonly (readonly [id: string, request: Request, facts: Facts])[] = [
  ['conversation-signin-sale-void: sale request (magnetic stripe, PIN)', sale, pin],
  ['conversation-signin-sale-void: void request (card swiped, PIN)', theVoid, pin],
  [
    'conversation-signin-sale-void: reversal of a sale that got no answer (reason 98)',
    {
      ...till,
      operation: 'reverse',
      trace: '000004',
      amount: yuan(100n),
      card: swiped,
      reversal: { of: 'sale', reason: 'no answer', pinEntered: true },
    },
    {},
  ],
  ['void-reversal-req', reversalOf('void', { trace: '000003' }), {}],
]

for (const [id, request, facts] of sample)
  test(`${id}: the request binds to the fields of the sample`, () => {
    const { mac: _, ...expected } = { mac: '', ...golden.find(frame => frame.id === id)?.decoded.fields }
    const message = toMessage(dialect, request, facts)
    const { '64': sealed, ...rest } = expected as Readonly<Record<string, string>>
    assert.notEqual(sealed, undefined)
    assert.deepEqual(byNumber(message.fields), rest)
  })

test('a sign-in says the operator, the batch, and which keys it asks for', () => {
  const fields = { '11': '000001', '41': 'T0000001', '42': 'M00000000000001', '60': '00000001003', '63': '01 ' }
  const signIn: Request = { ...till, operation: 'signIn', trace: '000001', operator: '01' }
  assert.deepEqual(numbersOf(signIn), fields)
  const single = dialectById('unionpay-pos', { signInKeys: '001' })
  assert.equal(numbersOf(signIn, {}, single)['60'], '00000001001')
})

test('an echo test has no trace number', () => {
  assert.deepEqual(numbersOf({ ...till, operation: 'echo' }), { '41': 'T0000001', '42': 'M00000000000001', '60': '00000001301' })
})

test('without a PIN there is no PIN block, and entry mode and security control say so', () => {
  const fields = numbersOf(sale)
  assert.deepEqual([fields['22'], fields['26'], fields['52'], fields['53']], ['022', undefined, undefined, '0600000000000000'])
})

test('a void without the card is keyed, with number and expiry, and says nothing of security unless there is a PIN', () => {
  const fields = numbersOf({ ...theVoid, card: absent })
  assert.deepEqual(
    [fields['2'], fields['14'], fields['22'], fields['35'], fields['53']],
    ['6212142000000000012', '2912', '012', undefined, undefined],
  )
  const sealed = numbersOf({ ...theVoid, card: absent }, pin)
  assert.deepEqual([sealed['22'], sealed['53']], ['011', '2600000000000000'])
})

test('encrypted tracks and PIN blocks without card number are announced', () => {
  const other = dialectById('unionpay-pos', { trackEncryption: true, pinBlock: 'without PAN' })
  const fields = numbersOf(sale, { ...pin, track2: '6212142000000000012D60E78F64B998B67F0' }, other)
  assert.deepEqual([fields['35'], fields['53']], ['6212142000000000012D60E78F64B998B67F0', '1610000000000000'])
})

test('the reversal of a void names the void itself, or as the setting has it the sale', () => {
  assert.equal(numbersOf(reversalOf('void', { trace: '000003' }))['61'], '000001000003')
  const asRequest = dialectById('unionpay-pos', { reversalOfVoid61: 'as-request' })
  assert.equal(numbersOf(reversalOf('void', { trace: '000003' }), {}, asRequest)['61'], '000001000002')
})

test('a reversal carries the trace of its original and its reason, and no track, PIN or reference', () => {
  const reasons = { 'no answer': '98', 'could not complete': '96', 'bad MAC': 'A0', other: '06' } as const
  for (const reason of ['no answer', 'could not complete', 'bad MAC', 'other'] as const) {
    const fields = numbersOf(reversalOf('sale', { reversal: { of: 'sale', reason, pinEntered: true } }))
    assert.equal(fields['39'], reasons[reason])
    assert.deepEqual([fields['11'], fields['22']], ['000002', '021'])
    for (const de of ['2', '26', '35', '36', '37', '52', '53', '61']) assert.equal(fields[de], undefined, de)
  }
})

test('what a reversal of the pre-authorisation family says about its original has no date, unless an answer came', () => {
  for (const kind of ['preauthVoid', 'complete'] as const) assert.equal(numbersOf(reversalOf(kind))['61'], '0000000000000000')
  assert.equal(numbersOf(reversalOf('completionVoid'))['61'], '0000010000020000')
  const answered = reversalOf('complete', { reversal: { of: 'complete', reason: 'bad MAC', pinEntered: false } })
  assert.equal(numbersOf(answered, { answerDate: '0602' })['61'], '0000000000000602')
})

test('refund and pre-authorisation family say the date of the original, a completion void its batch and trace too', () => {
  for (const operation of ['refund', 'preauthVoid', 'complete'] as const)
    assert.equal(numbersOf({ ...sale, operation, original })['61'], '0000000000000601')
  assert.equal(numbersOf({ ...sale, operation: 'completionVoid', original })['61'], '0000010000020601')
})

test('a refund is 0220 and names the reference and a card company', () => {
  const refund = toMessage(dialect, { ...sale, operation: 'refund', original })
  assert.deepEqual([refund.mti, refund.fields.reference, refund.fields.private63], ['0220', '060100000002', '000'])
})

test('settlement totals stand in 62 digits, whole and part by part', () => {
  const domestic = { debitCount: 11, debit: yuan(11n), creditCount: 2, credit: yuan(2n) }
  const foreign = { debitCount: 0, debit: zero(CNY), creditCount: 0, credit: zero(CNY) }
  const { mti, fields } = toMessage(dialect, { ...till, operation: 'settle', trace: '000445', totals: { domestic, foreign } })
  assert.equal(mti, '0500')
  assert.equal(fields.additionalData, '00000000001101100000000000200200000000000000000000000000000000')
  assert.deepEqual([fields.domesticDebit, fields.domesticDebitCount, fields.foreignResult], ['000000000011', '011', '0'])
  assert.deepEqual([fields.private60, fields.currency], ['00000001201', '156'])
})

test('an upload lists its items, its end says how many and whether the totals agreed', () => {
  const item = { domestic: true, trace: '000002', pan: new Pan('6212142000000000012'), amount: yuan(12_345n) }
  const details = toMessage(dialect, {
    ...till,
    operation: 'upload',
    trace: '000005',
    upload: { is: 'details', items: [item, { ...item, domestic: false }] },
  })
  assert.equal(
    details.fields.additionalData,
    '0200000002062121420000000000120000000123450100000206212142000000000012000000012345',
  )
  assert.equal(details.fields['item.2.class'], '01')
  assert.equal(details.fields.networkCode, '201')
  for (const [balanced, code] of [
    [true, '207'],
    [false, '202'],
  ] as const) {
    const end = toMessage(dialect, { ...till, operation: 'upload', trace: '000006', upload: { is: 'end', count: 2, balanced } })
    assert.deepEqual([end.fields.additionalData, end.fields.networkCode], ['0002', code])
  }
})

test('every request is identified as the operation it was made for', () => {
  const totals = { domestic: { debitCount: 0, debit: zero(CNY), creditCount: 0, credit: zero(CNY) } }
  const requests: readonly Request[] = [
    ...(['sale', 'inquire', 'void', 'refund', 'preauth', 'preauthVoid', 'complete', 'completionVoid'] as const).map(
      operation => ({ ...sale, operation, original }),
    ),
    ...(['sale', 'void', 'preauth', 'preauthVoid', 'complete', 'completionVoid'] as const).map(of => reversalOf(of)),
    ...(['signIn', 'signOff', 'echo'] as const).map(operation => ({ ...till, operation, trace: '000001' })),
    { ...till, operation: 'settle', trace: '000001', totals: { ...totals, foreign: totals.domestic } },
    { ...till, operation: 'upload', trace: '000001', upload: { is: 'end', count: 0, balanced: true } },
  ]
  for (const request of requests) {
    const what = identify(dialect, toMessage(dialect, request))
    assert.ok(what !== 'unknown')
    assert.deepEqual([what.operation, what.kind, what.of], [request.operation, 'request', request.reversal?.of])
    assert.equal(what.row.sealed, what.row.must.includes('mac'))
  }
})

test('field 60 of a financial message is as long as the setting says', () => {
  for (const length of [8, 11, 13, 14, 17]) {
    const of = dialectById('unionpay-pos', { field60Length: length })
    assert.equal(numbersOf(sale, {}, of)['60'], '22000001000500000'.slice(0, length))
  }
})

test('a request without what its message must say is our mistake, named by its field', () => {
  const { amount: _, ...nothing } = sale
  assert.throws(
    () => toMessage(dialect, nothing),
    thrown => isEmulatorError(thrown, 'FIELD_VALUE') && thrown.message.startsWith('field 4 (amount)'),
  )
  assert.throws(
    () => toMessage(dialect, { ...theVoid, original: {} }),
    thrown => isEmulatorError(thrown, 'FIELD_VALUE'),
  )
  assert.throws(
    () => toMessage(dialectById('iso8583-1987'), { ...sale, operation: 'preauth' }),
    thrown => isEmulatorError(thrown, 'MESSAGE_UNKNOWN'),
  )
})
