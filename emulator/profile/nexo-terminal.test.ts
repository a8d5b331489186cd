import assert from 'node:assert/strict'
import http from 'node:http'
import { after, beforeEach, test } from 'node:test'
import nock from 'nock'
import { mappedHttp } from '../mapping/mapped-http.ts'
import { before, cleanUp, type Made, ready, type Shape, shop, visa } from './ready-mapping.test-run.ts'

const origin = 'https://terminal.example.test'
const hook = `Basic ${Buffer.from('hook:password-of-the-hook').toString('base64')}`
const mapping = await ready('nexo-terminal', {
  NEXO_A_KEY: 'api-key-of-A',
  NEXO_A_POI: 'MODEL-000000001',
  NEXO_A2_POI: 'MODEL-000000002',
  NEXO_A_HOOK: hook,
  NEXO_B_KEY: 'api-key-of-B',
  NEXO_B_POI: 'MODEL-000000003',
  NEXO_B_HOOK: 'Basic another',
})
nock.disableNetConnect()
nock.enableNetConnect('127.0.0.1')
beforeEach(cleanUp)
after(() => nock.restore())

const answer = (name: string, facts: object): Shape => ({
  body: { SaleToPOIResponse: { MessageHeader: { MessageType: 'Response' }, [name]: facts } },
})
const failure = (name: string, ErrorCondition: string): Shape => answer(name, { Response: { Result: 'Failure', ErrorCondition } })
const payment = (AuthorizedAmount = 12.5, Result = 'Success') => ({
  Response: { Result },
  POIData: { POITransactionID: { TransactionID: 'tender001.PSP0000000000001', TimeStamp: '2031-05-04T10:11:13.000Z' } },
  PaymentResult: { AmountsResp: { Currency: 'CNY', AuthorizedAmount }, PaymentAcquirerData: { ApprovalCode: '123456' } },
})
const paid = answer('PaymentResponse', payment())
const taken = answer('ReversalResponse', { Response: { Result: 'Success' } })
const asked = { amount: '000000001250', ...visa }
const original = { originalBatch: '000001', originalTrace: '000001' }
const messageOf = ({ body }: Pick<Made, 'body'>) =>
  (JSON.parse(body) as { SaleToPOIRequest: Readonly<Record<string, Readonly<Record<string, unknown>>>> }).SaleToPOIRequest

test('a sale is one message to one address, and its header says what it is', async () => {
  const till = await before(mapping, origin, () => paid)
  const reply = await till.ask('sale', asked)
  assert.ok(reply !== 'silence' && reply.resultCode === 'APPROVED' && reply.approvalCode === '123456')
  const [pay] = till.made
  assert.equal(`${pay?.method} ${pay?.path}`, 'POST /sync')
  assert.equal(pay?.headers['x-api-key'], 'api-key-of-A')
  const { MessageHeader, PaymentRequest } = messageOf(pay ?? { body: '' })
  assert.match(String(MessageHeader?.ServiceID), /^[0-9A-Z]{10}$/)
  assert.deepEqual(MessageHeader, {
    ProtocolVersion: '3.0',
    MessageClass: 'Service',
    MessageType: 'Request',
    SaleID: 'TILL-1',
    POIID: 'MODEL-000000001',
    MessageCategory: 'Payment',
    ServiceID: MessageHeader?.ServiceID,
  })
  assert.deepEqual(PaymentRequest?.PaymentTransaction, { AmountsReq: { Currency: 'CNY', RequestedAmount: 12.5 } })
  await till.close()
})

for (const [what, given, expected] of [
  ['of another amount', answer('PaymentResponse', payment(1250)), 'silence'],
  ['that was approved in part', answer('PaymentResponse', payment(5, 'Partial')), 'PARTIAL'],
  ['that was refused', failure('PaymentResponse', 'Refusal'), 'REFUSED'],
  ['with a wrong PIN', failure('PaymentResponse', 'WrongPIN'), 'PIN'],
  ['at a device that is out', failure('PaymentResponse', 'UnavailableDevice'), 'silence'],
  ['at a terminal that is logged out', failure('PaymentResponse', 'LoggedOut'), 'NOT-SIGNED-ON'],
] as const)
  test(`a sale ${what} is ${expected}`, async () => {
    const till = await before(mapping, origin, () => given)
    const reply = await till.ask('sale', asked)
    assert.equal(reply === 'silence' ? reply : reply.resultCode, expected)
    await till.close()
  })

test('a busy terminal is asked for the answer of the first message until it is there', async () => {
  const repeated = answer('TransactionStatusResponse', {
    Response: { Result: 'Success' },
    RepeatedMessageResponse: { RepeatedResponseMessageBody: { PaymentResponse: payment() } },
  })
  const till = await before(mapping, origin, (_, nth) =>
    nth === 1 ? failure('PaymentResponse', 'Busy') : nth === 2 ? failure('TransactionStatusResponse', 'InProgress') : repeated,
  )
  const reply = await till.ask('sale', asked)
  assert.ok(reply !== 'silence' && reply.resultCode === 'APPROVED')
  const [pay, first, second] = till.made.map(messageOf)
  assert.deepEqual(first?.TransactionStatusRequest?.MessageReference, {
    MessageCategory: 'Payment',
    ServiceID: pay?.MessageHeader?.ServiceID,
    SaleID: 'TILL-1',
  })
  assert.notEqual(first?.MessageHeader?.ServiceID, second?.MessageHeader?.ServiceID, 'each question has a number of its own')
  await till.close()
})

for (const [what, given, expected, also] of [
  ['finds nothing', failure('ReversalResponse', 'NotFound'), 'NOT-FOUND', 'WRONG-MERCHANT'],
  ['is not allowed', failure('ReversalResponse', 'NotAllowed'), 'NOT-ELIGIBLE', 'SETTLED VOIDED WRONG-MERCHANT'],
  ['is taken over and never heard of again', taken, 'silence', undefined],
] as const)
  test(`a void that ${what} is ${expected}`, async () => {
    const till = await before(mapping, origin, (_, nth) => (nth === 1 ? paid : given))
    const approved = await till.ask('sale', asked)
    const reply = await till.ask('void', {
      ...asked,
      ...original,
      reference: approved === 'silence' ? '' : (approved.reference ?? ''),
    })
    assert.deepEqual(messageOf(till.made[1] ?? { body: '' }).ReversalRequest, {
      OriginalPOITransaction: {
        POITransactionID: { TransactionID: 'tender001.PSP0000000000001', TimeStamp: '2031-05-04T10:11:13.000Z' },
      },
      ReversalReason: 'MerchantCancel',
    })
    assert.equal(reply === 'silence' ? reply : reply.resultCode, expected)
    assert.equal(reply === 'silence' ? undefined : reply.alsoMeans, also)
    await till.close()
  })

const item = (facts: object) => ({
  live: 'false',
  notificationItems: [
    {
      NotificationRequestItem: {
        pspReference: 'PSP0000000000002',
        originalReference: 'PSP0000000000001',
        eventCode: 'CANCEL_OR_REFUND',
        success: 'true',
        ...facts,
      },
    },
  ],
})
const asCancel = item({ additionalData: { 'modification.action': 'cancel' } })
const asRefund = item({ additionalData: { 'modification.action': 'refund' } })

/** Posts a notification, as the acquirer does; gives the status of the answer. */
function notify(to: URL, body: object, authorization: string): Promise<number> {
  return new Promise((answered, refuse) => {
    const request = http.request(to, { method: 'POST', agent: false, headers: { authorization } }, response => {
      response.resume()
      answered(response.statusCode ?? 0)
    })
    request.on('error', refuse)
    request.end(JSON.stringify(body))
  })
}

for (const [what, notices, expected, kind] of [
  ['was a cancel', [[asCancel, hook]], 'APPROVED', 'void'],
  ['became a refund', [[asRefund, hook]], 'APPROVED', 'refund'],
  ['failed after all', [[item({ success: 'false' }), hook]], 'NOT-ELIGIBLE', undefined],
  [
    'came twice',
    [
      [asCancel, hook],
      [asCancel, hook],
    ],
    'APPROVED',
    'void',
  ],
  ['was forged', [[asCancel, 'Basic forged']], 'silence', undefined],
  [
    'was forged, and then told rightly',
    [
      [asRefund, 'Basic forged'],
      [asCancel, hook],
    ],
    'APPROVED',
    'void',
  ],
] as const)
  test(`a void that was taken over, whose notification ${what}, is ${expected}`, async () => {
    const acquirer = mappedHttp(mapping, new URL(origin), { wait: () => Promise.resolve() })
    const to = await acquirer.notifications()
    assert.ok(to !== undefined)
    const till = await before(mapping, origin, (_, nth) => (nth === 1 ? paid : taken), shop, acquirer)
    const approved = await till.ask('sale', asked)
    const statuses: number[] = []
    for (const [body, authorization] of notices) statuses.push(await notify(to, body, authorization))
    assert.deepEqual(
      statuses,
      notices.map(([, authorization]) => (authorization === hook ? 200 : 401)),
    )
    const reply = await till.ask('void', {
      ...asked,
      ...original,
      reference: approved === 'silence' ? '' : (approved.reference ?? ''),
    })
    assert.equal(reply === 'silence' ? reply : reply.resultCode, expected)
    assert.equal(reply === 'silence' ? undefined : reply.kind, kind)
    assert.ok(!JSON.stringify(till.calls).includes('password-of-the-hook'))
    await till.close()
  })

test('a lost sale is asked about, and undone only if there is one', async () => {
  const status = answer('TransactionStatusResponse', {
    Response: { Result: 'Success' },
    RepeatedMessageResponse: { RepeatedResponseMessageBody: { PaymentResponse: payment() } },
  })
  for (const [given, expected, calls] of [
    [failure('TransactionStatusResponse', 'NotFound'), 'REV-NONE', 2],
    [status, 'NOT-ELIGIBLE', 3],
  ] as const) {
    cleanUp()
    const till = await before(mapping, origin, (_, nth) =>
      nth === 1 ? 'none' : nth === 2 ? given : failure('ReversalResponse', 'NotAllowed'),
    )
    assert.equal(await till.ask('sale', asked), 'silence')
    const reply = await till.ask('reverse', { ...asked, trace: '000001', of: 'sale', reason: 'no answer' })
    assert.equal(reply === 'silence' ? reply : reply.resultCode, expected)
    assert.equal(till.made.length, calls)
    await till.close()
  }
})
