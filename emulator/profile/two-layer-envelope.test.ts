import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, beforeEach, test } from 'node:test'
import nock from 'nock'
import { mappedHttp } from '../mapping/mapped-http.ts'
import { before, cleanUp, neighbour, ready, type Shape, visa } from './ready-mapping.test-run.ts'

const origin = 'https://envelope.example.test'
const mapping = await ready('two-layer-envelope', {
  UPAY_A_SN: '100000000001',
  UPAY_A_KEY: 'key-of-today',
  UPAY_A2_SN: '100000000002',
  UPAY_A2_KEY: 'key-of-today-2',
  UPAY_B_SN: '200000000001',
  UPAY_B_KEY: 'key-of-another',
})
nock.disableNetConnect()
beforeEach(cleanUp)
after(() => nock.restore())

/** Every answer is a 200: the first layer says whether it was understood, the second how it went. */
const layered = (result_code: string, facts: object = {}): Shape => ({
  body: { result_code: '200', biz_response: { result_code, ...facts } },
})
const order = (order_status: string, net_amount: string, more: object = {}) => ({
  data: { sn: '7895230000000001', client_sn: 'x', order_status, total_amount: '1250', net_amount, ...more },
})
const paid = layered('PAY_SUCCESS', order('PAID', '1250'))
const refusal = (result_code: string, error_code: string): Shape => layered(result_code, { error_code })
const outer = (result_code: string, error_code: string): Shape => ({ body: { result_code, error_code, error_message: 'no' } })

const asked = { amount: '000000001250', ...visa }
const original = { originalBatch: '000001', originalTrace: '000001' }

test('a payment is in fen, as text, under the merchant’s own number, and its digest covers the very bytes', async () => {
  const till = await before(mapping, origin, () => paid)
  const reply = await till.ask('sale', asked)
  assert.ok(reply !== 'silence' && reply.resultCode === 'APPROVED')
  const [pay] = till.made
  assert.equal(pay?.path, '/upay/v2/pay')
  const body: unknown = JSON.parse(pay?.body ?? '')
  assert.ok(typeof body === 'object' && body !== null && 'client_sn' in body)
  assert.match(String(body.client_sn), /^[0-9A-Z]{32}$/)
  assert.deepEqual(body, {
    terminal_sn: '100000000001',
    client_sn: body.client_sn,
    total_amount: '1250',
    dynamic_id: '280000000000000001',
    subject: 'sale 000001',
  })
  const digest = createHash('md5').update(`${pay?.body}key-of-today`).digest('hex')
  assert.equal(pay?.headers.authorization, `100000000001 ${digest}`)
  await till.close()
})

for (const [what, answer, expected] of [
  ['paid', paid, 'APPROVED'],
  ['paid, but another amount', layered('PAY_SUCCESS', order('PAID', '125000', { total_amount: '125000' })), 'silence'],
  ['a success flag on an order that is not paid', layered('PAY_SUCCESS', order('PAY_ERROR', '0')), 'silence'],
  ['failed', layered('PAY_FAIL', order('PAY_CANCELED', '0')), 'REFUSED'],
  ['a number used before', refusal('PAY_FAIL', 'CLIENT_SN_CONFLICT'), 'DUPLICATE'],
  ['an unknown result', layered('PAY_ERROR', order('PAY_ERROR', '0')), 'silence'],
  ['a wrong signature', outer('400', 'ILLEGAL_SIGN'), 'SECURITY'],
  ['a terminal that is not there', outer('400', 'UPAY_TERMINAL_NOT_EXISTS'), 'TERMINAL-BAD'],
  ['wrong parameters', outer('400', 'INVALID_PARAMS'), 'FORMAT'],
  ['their own failure', outer('500', 'UNKNOWN_SYSTEM_ERROR'), 'silence'],
  ['a 200 with nothing in it', { body: { result_code: '200' } }, 'silence'],
] as const)
  test(`a payment that was answered "${what}" is ${expected}`, async () => {
    const till = await before(mapping, origin, () => answer)
    const reply = await till.ask('sale', asked)
    assert.equal(reply === 'silence' ? reply : reply.resultCode, expected)
    await till.close()
  })

test('a payment in progress is asked about by its own number until it is paid', async () => {
  const till = await before(mapping, origin, (made, nth) => {
    if (made.path.endsWith('/pay')) return layered('PAY_IN_PROGRESS', order('CREATED', '0'))
    return nth < 4 ? layered('SUCCESS', order('CREATED', '0')) : layered('SUCCESS', order('PAID', '1250'))
  })
  const reply = await till.ask('sale', asked)
  assert.ok(reply !== 'silence' && reply.resultCode === 'APPROVED')
  const [pay, ...queries] = till.made.map(({ path, body }) => ({
    path,
    client: (JSON.parse(body) as { client_sn: string }).client_sn,
  }))
  assert.deepEqual([...new Set(queries.map(({ path }) => path))], ['/upay/v2/query'])
  assert.deepEqual([...new Set(queries.map(({ client }) => client))], [pay?.client])
  await till.close()
})

for (const [what, answer, expected, also] of [
  ['works', layered('CANCEL_SUCCESS', order('CANCELED', '0')), 'APPROVED', undefined],
  ['leaves money behind', layered('CANCEL_SUCCESS', order('CANCELED', '1250')), 'silence', undefined],
  ['was done before', refusal('CANCEL_ERROR', 'UPAY_CANCEL_ORDER_NOOP'), 'VOIDED', undefined],
  ['comes on another day', refusal('CANCEL_ERROR', 'UPAY_CANCEL_INVALID_ORDER_STATE'), 'NOT-ELIGIBLE', 'SETTLED WINDOW VOIDED'],
  ['names no order', refusal('CANCEL_ERROR', 'UPAY_ORDER_NOT_EXISTS'), 'NOT-FOUND', 'WRONG-MERCHANT'],
  ['has no known result', layered('CANCEL_ERROR', {}), 'silence', undefined],
  ['fails without a code', layered('CANCEL_FAIL', {}), 'NOT-ELIGIBLE', undefined],
] as const)
  test(`a void that ${what} is ${expected}`, async () => {
    const till = await before(mapping, origin, ({ path }) => (path.endsWith('/pay') ? paid : answer))
    const approved = await till.ask('sale', asked)
    assert.ok(approved !== 'silence')
    const reply = await till.ask('void', { ...asked, ...original, reference: approved.reference ?? '' })
    const [pay, revoke] = till.made
    assert.equal(revoke?.path, '/upay/v2/revoke')
    assert.deepEqual(JSON.parse(revoke?.body ?? ''), {
      terminal_sn: '100000000001',
      sn: '7895230000000001',
      client_sn: (JSON.parse(pay?.body ?? '') as { client_sn: string }).client_sn,
    })
    assert.equal(reply === 'silence' ? reply : reply.resultCode, expected)
    assert.equal(reply === 'silence' ? undefined : reply.alsoMeans, also)
    await till.close()
  })

test('another merchant’s void goes out under its own terminal and names the order of the first', async () => {
  const acquirer = mappedHttp(mapping, new URL(origin))
  const first = await before(
    mapping,
    origin,
    ({ path }) => (path.endsWith('/pay') ? paid : refusal('CANCEL_ERROR', 'UPAY_ORDER_NOT_EXISTS')),
    undefined,
    acquirer,
  )
  const approved = await first.ask('sale', asked)
  const other = await before(mapping, origin, () => paid, neighbour, acquirer)
  const reply = await other.ask('void', {
    ...asked,
    ...original,
    reference: approved === 'silence' ? '' : (approved.reference ?? ''),
  })
  const [, revoke] = first.made
  assert.deepEqual(JSON.parse(revoke?.body ?? '').terminal_sn, '200000000001')
  assert.deepEqual(JSON.parse(revoke?.body ?? '').sn, '7895230000000001')
  assert.ok(reply !== 'silence' && reply.resultCode === 'NOT-FOUND' && reply.alsoMeans === 'WRONG-MERCHANT')
  await first.close()
  await other.close()
})

for (const [what, answer, expected] of [
  ['works', layered('CANCEL_SUCCESS', order('CANCELED', '0')), 'REV-OK'],
  ['stops a payment still in work', layered('CANCEL_ABORT_SUCCESS', order('PAY_CANCELED', '0')), 'REV-OK'],
  ['was done before', refusal('CANCEL_ERROR', 'UPAY_CANCEL_ORDER_NOOP'), 'REV-OK'],
  ['finds nothing', refusal('CANCEL_ERROR', 'UPAY_ORDER_NOT_EXISTS'), 'REV-NONE'],
] as const)
  test(`a reversal by the merchant’s own number that ${what} is ${expected}`, async () => {
    const till = await before(mapping, origin, ({ path }) => (path.endsWith('/pay') ? 'none' : answer))
    assert.equal(await till.ask('sale', asked), 'silence')
    const reply = await till.ask('reverse', { ...asked, trace: '000001', of: 'sale', reason: 'no answer' })
    const [pay, cancel] = till.made.map(({ body }) => (JSON.parse(body) as { client_sn: string }).client_sn)
    assert.equal(cancel, pay)
    assert.equal(reply === 'silence' ? reply : reply.resultCode, expected)
    await till.close()
  })

for (const [what, answer, expected] of [
  ['of a part works', layered('REFUND_SUCCESS', order('PARTIAL_REFUNDED', '750')), 'APPROVED'],
  ['was done before', refusal('REFUND_ERROR', 'UPAY_REFUND_ORDER_NOOP'), 'DUPLICATE'],
  ['finds nothing', refusal('REFUND_ERROR', 'UPAY_ORDER_NOT_EXISTS'), 'NOT-FOUND'],
] as const)
  test(`a refund that ${what} is ${expected}, and is sent again under the same number`, async () => {
    const till = await before(mapping, origin, ({ path }, nth) => (path.endsWith('/pay') ? paid : nth === 2 ? 'none' : answer))
    const approved = await till.ask('sale', asked)
    const refund = {
      ...asked,
      trace: '000009',
      amount: '000000000500',
      reference: approved === 'silence' ? '' : (approved.reference ?? ''),
    }
    assert.equal(await till.ask('refund', refund), 'silence')
    const reply = await till.ask('refund', refund)
    const [, lost, again] = till.made
    assert.equal(again?.body, lost?.body)
    assert.equal((JSON.parse(again?.body ?? '') as { refund_amount: string }).refund_amount, '500')
    assert.equal(reply === 'silence' ? reply : reply.resultCode, expected)
    await till.close()
  })

test('nothing is sent for a settlement, and the journal says why', async () => {
  const till = await before(mapping, origin, () => paid)
  const reply = await till.ask('settle', {})
  assert.ok(reply !== 'silence' && reply.resultCode === 'BALANCED')
  assert.equal(till.made.length, 0)
  assert.match(till.calls[0]?.says ?? '', /no settlement \(clock\)/)
  await till.close()
})
