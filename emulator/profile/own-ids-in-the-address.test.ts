import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import nock from 'nock'
import { before, cleanUp, ready, type Shape, visa } from './ready-mapping.test-run.ts'

const origin = 'https://gateway.example.test'
const mapping = await ready('own-ids-in-the-address', {
  GATEWAY_A_MERCHANT: 'TESTSHOP',
  GATEWAY_A_PASSWORD: 'password-of-A',
  GATEWAY_B_MERCHANT: 'TESTNEXT',
  GATEWAY_B_PASSWORD: 'password-of-B',
  GATEWAY_ACQUIRER: 'ACQ1',
})
nock.disableNetConnect()
beforeEach(cleanUp)
after(() => nock.restore())

const result = (text: string, facts: object = {}): Shape => ({ status: 201, body: { result: text, ...facts } })
const refused = (cause: string, explanation = 'no', field?: string): Shape => ({
  status: 400,
  body: { result: 'ERROR', error: { cause, explanation, ...(field === undefined ? {} : { field }) } },
})
const paid = result('SUCCESS', {
  response: { gatewayCode: 'APPROVED' },
  order: { status: 'CAPTURED', amount: 12.5 },
  transaction: { id: '1', amount: 12.5, authorizationCode: '654321' },
})
const asked = { amount: '000000001250', ...visa }
const original = { originalBatch: '000001', originalTrace: '000001' }

test('a sale names its own order in the address, and its amount in the major unit', async () => {
  const till = await before(mapping, origin, () => paid)
  const reply = await till.ask('sale', asked)
  assert.ok(reply !== 'silence' && reply.resultCode === 'APPROVED' && reply.approvalCode === '654321')
  const [pay] = till.made
  assert.equal(pay?.method, 'PUT')
  assert.match(pay?.path ?? '', /^\/api\/rest\/version\/100\/merchant\/TESTSHOP\/order\/[0-9A-Z]{20}\/transaction\/1$/)
  assert.equal(pay?.headers.authorization, `Basic ${Buffer.from('merchant.TESTSHOP:password-of-A').toString('base64')}`)
  assert.deepEqual(JSON.parse(pay?.body ?? ''), {
    apiOperation: 'PAY',
    order: { amount: '12.50', currency: 'CNY', reference: 'M00000000000001-T0000001-000001-000001' },
    sourceOfFunds: { type: 'CARD', provided: { card: { number: '5123450000000008', expiry: { month: '12', year: '33' } } } },
  })
  assert.ok(!JSON.stringify(till.calls).includes('5123450000000008'), 'the number of the test card stands masked')
  await till.close()
})

for (const [what, amount, currency, sent] of [
  ['yen, which have no decimals', '000000001250', '392', '1250'],
  ['dinars, which have three', '000000001250', '414', '1.250'],
  ['one fen', '000000000001', '156', '0.01'],
] as const)
  test(`an amount in ${what} is ${sent}`, async () => {
    const till = await before(mapping, origin, () => paid)
    await till.ask('sale', { ...asked, amount, currency })
    const body = JSON.parse(till.made[0]?.body ?? '') as { order: { amount: string } }
    assert.equal(body.order.amount, sent)
    await till.close()
  })

for (const [what, answer, expected] of [
  ['a decline, which comes as 201', result('FAILURE', { response: { gatewayCode: 'DECLINED' } }), 'REFUSED'],
  ['no funds', result('FAILURE', { response: { gatewayCode: 'INSUFFICIENT_FUNDS' } }), 'FUNDS'],
  [
    'a success of another amount',
    result('SUCCESS', { response: { gatewayCode: 'APPROVED' }, transaction: { amount: 1250 } }),
    'silence',
  ],
  [
    'a success that the issuer declined',
    result('SUCCESS', { response: { gatewayCode: 'DECLINED' }, transaction: { amount: 12.5 } }),
    'silence',
  ],
  ['a password that is wrong', { status: 401, body: { result: 'ERROR' } }, 'SECURITY'],
  ['an amount that is none', refused('INVALID_REQUEST', 'no', 'order.amount'), 'BAD-AMOUNT'],
  ['a busy server', { status: 503, body: { result: 'ERROR', error: { cause: 'SERVER_BUSY' } } }, 'silence'],
] as const)
  test(`a sale with ${what} is ${expected}`, async () => {
    const till = await before(mapping, origin, () => answer)
    const reply = await till.ask('sale', asked)
    assert.equal(reply === 'silence' ? reply : reply.resultCode, expected)
    await till.close()
  })

for (const word of ['UNKNOWN', 'PENDING'])
  test(`a sale whose result is ${word} is looked at under its own address, and neither approved nor declined before`, async () => {
    const till = await before(mapping, origin, ({ method }, nth) => (method === 'GET' && nth > 2 ? paid : result(word)))
    const reply = await till.ask('sale', asked)
    assert.ok(reply !== 'silence' && reply.resultCode === 'APPROVED')
    assert.deepEqual(
      till.made.map(({ method }) => method),
      ['PUT', 'GET', 'GET'],
    )
    assert.equal(till.made[1]?.path, till.made[0]?.path)
    await till.close()
  })

for (const [what, answer, expected, also] of [
  ['works', result('SUCCESS', { order: { status: 'CANCELLED' } }), 'APPROVED', undefined],
  ['says success and leaves the order captured', result('SUCCESS', { order: { status: 'CAPTURED' } }), 'silence', undefined],
  ['comes too late', result('FAILURE'), 'NOT-ELIGIBLE', 'SETTLED WINDOW VOIDED'],
  ['names no order', refused('INVALID_REQUEST', 'Unable to find order: it does not exist'), 'NOT-FOUND', 'WRONG-MERCHANT'],
  ['is rejected', refused('REQUEST_REJECTED'), 'NOT-ELIGIBLE', 'SETTLED WINDOW VOIDED'],
] as const)
  test(`a void that ${what} is ${expected}`, async () => {
    const till = await before(mapping, origin, (_, nth) => (nth === 1 ? paid : answer))
    const approved = await till.ask('sale', asked)
    const reply = await till.ask('void', {
      ...asked,
      ...original,
      reference: approved === 'silence' ? '' : (approved.reference ?? ''),
    })
    const [pay, undo] = till.made.map(({ path }) => path.split('/'))
    assert.equal(undo?.[8], pay?.[8], 'the order is the same')
    assert.notEqual(undo?.[10], pay?.[10], 'the transaction is another')
    assert.deepEqual((JSON.parse(till.made[1]?.body ?? '') as { transaction: object }).transaction, {
      targetTransactionId: '1',
      reference: 'M00000000000001-T0000001-000001-000002',
    })
    assert.equal(reply === 'silence' ? reply : reply.resultCode, expected)
    assert.equal(reply === 'silence' ? undefined : reply.alsoMeans, also)
    await till.close()
  })

test('a lost sale is reversed without ever having seen an answer', async () => {
  const till = await before(mapping, origin, (_, nth) =>
    nth === 1 ? 'none' : result('SUCCESS', { order: { status: 'CANCELLED' } }),
  )
  assert.equal(await till.ask('sale', asked), 'silence')
  const reply = await till.ask('reverse', { ...asked, trace: '000001', of: 'sale', reason: 'no answer' })
  const [pay, undo] = till.made.map(({ path }) => path.split('/'))
  assert.equal(undo?.[8], pay?.[8])
  assert.ok(reply !== 'silence' && reply.resultCode === 'APPROVED')
  await till.close()
})

test('settlement closes the batch of the acquirer link', async () => {
  const till = await before(mapping, origin, () => result('SUCCESS'))
  const reply = await till.ask('settle', {})
  assert.equal(till.made[0]?.path, '/api/rest/version/100/merchant/TESTSHOP/batch')
  assert.ok(reply !== 'silence' && reply.resultCode === 'BALANCED' && reply.domesticResult === '1')
  await till.close()
})
