import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import nock from 'nock'
import { before, cleanUp, type Made, ready, type Shape, shop, visa } from './ready-mapping.test-run.ts'

const origin = 'https://intents.example.test'
const mapping = await ready('payment-intents', {
  INTENTS_A_KEY: 'sk_test_of_A',
  INTENTS_A_READER: 'tmr_A',
  INTENTS_A2_READER: 'tmr_A2',
  INTENTS_B_KEY: 'sk_test_of_B',
  INTENTS_B_READER: 'tmr_B',
})
nock.disableNetConnect()
beforeEach(cleanUp)
after(() => nock.restore())

const intent = (facts: object): object => ({
  id: 'pi_1',
  object: 'payment_intent',
  amount: 1250,
  amount_capturable: 0,
  amount_received: 0,
  currency: 'cny',
  ...facts,
})
const error = (status: number, facts: object): Shape => ({ status, body: { error: facts } })
const reader: Shape = {
  body: { id: 'tmr_A', object: 'terminal.reader', action: { type: 'process_payment_intent', status: 'in_progress' } },
}

/** What the calls of a good sale are answered; the last is what a look at the intent shows. */
const sale =
  (look: object, other: (made: Made) => Shape = () => ({ body: intent(look) })) =>
  (made: Made): Shape => {
    if (made.path === '/v1/payment_intents') return { body: intent({ status: 'requires_payment_method' }) }
    if (made.path.startsWith('/v1/terminal/')) return reader
    if (made.path.startsWith('/v1/test_helpers/')) return reader
    return made.method === 'GET' ? { body: intent(look) } : other(made)
  }
const held = { status: 'requires_capture', amount_capturable: 1250 }
const asked = { amount: '000000001250', ...visa }
const original = { originalBatch: '000001', originalTrace: '000001' }

test('a sale is four calls: the intent, the reader, the card, and the look at what came of it', async () => {
  const till = await before(mapping, origin, sale(held))
  const reply = await till.ask('sale', asked)
  assert.ok(reply !== 'silence' && reply.resultCode === 'APPROVED')
  assert.deepEqual(
    till.made.map(({ method, path }) => `${method} ${path}`),
    [
      'POST /v1/payment_intents',
      'POST /v1/terminal/readers/tmr_A/process_payment_intent',
      'POST /v1/test_helpers/terminal/readers/tmr_A/present_payment_method',
      'GET /v1/payment_intents/pi_1',
    ],
  )
  const [create, handOver, present] = till.made
  const reference = `${shop.merchantId}-${shop.terminalId}-000001-000001`
  assert.deepEqual(Object.fromEntries(new URLSearchParams(create?.body)), {
    amount: '1250',
    currency: 'cny',
    'payment_method_types[]': 'card_present',
    capture_method: 'manual',
    'metadata[reference]': reference,
    'metadata[terminal]': shop.terminalId,
  })
  assert.equal(create?.headers['content-type'], 'application/x-www-form-urlencoded')
  assert.equal(create?.headers.authorization, 'Bearer sk_test_of_A')
  assert.equal(create?.headers['idempotency-key'], reference)
  assert.equal(handOver?.headers['idempotency-key'], `${reference}-hand-over`)
  assert.equal(handOver?.body, 'payment_intent=pi_1')
  assert.equal(new URLSearchParams(present?.body).get('card_present[number]'), '4242424242424242')
  await till.close()
})

for (const [what, look, expected] of [
  [
    'no funds',
    {
      status: 'requires_payment_method',
      last_payment_error: { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds' },
    },
    'FUNDS',
  ],
  [
    'an expired card',
    { status: 'requires_payment_method', last_payment_error: { type: 'card_error', code: 'expired_card' } },
    'EXPIRED',
  ],
  [
    'another decline',
    {
      status: 'requires_payment_method',
      last_payment_error: { type: 'card_error', code: 'card_declined', decline_code: 'generic_decline' },
    },
    'REFUSED',
  ],
  ['an amount held that is not the one asked for', { status: 'requires_capture', amount_capturable: 125000 }, 'silence'],
  ['a state that nobody has seen', { status: 'dancing' }, 'silence'],
] as const)
  test(`a sale with ${what} is ${expected}`, async () => {
    const till = await before(mapping, origin, sale(look))
    const reply = await till.ask('sale', asked)
    assert.equal(reply === 'silence' ? reply : reply.resultCode, expected)
    await till.close()
  })

test('a sale that is still being processed is looked at again until it is held', async () => {
  let looks = 0
  const till = await before(mapping, origin, made => {
    if (made.method === 'GET') looks += 1
    return sale(looks < 3 ? { status: 'processing' } : held)(made)
  })
  const reply = await till.ask('sale', asked)
  assert.ok(reply !== 'silence' && reply.resultCode === 'APPROVED')
  assert.equal(looks, 3)
  await till.close()
})

test('a key under which something else was asked is a duplicate', async () => {
  const till = await before(mapping, origin, () =>
    error(400, { type: 'idempotency_error', message: 'Keys for idempotent requests…' }),
  )
  const reply = await till.ask('sale', asked)
  assert.ok(reply !== 'silence' && reply.resultCode === 'DUPLICATE')
  await till.close()
})

const unexpected = (status: string): Shape =>
  error(400, { type: 'invalid_request_error', code: 'payment_intent_unexpected_state', payment_intent: { id: 'pi_1', status } })

for (const [what, answer, expected, also] of [
  ['a live sale', { body: intent({ status: 'canceled' }) }, 'APPROVED', undefined],
  ['a sale voided before', unexpected('canceled'), 'VOIDED', undefined],
  ['a captured sale', unexpected('succeeded'), 'SETTLED', undefined],
  ['an unknown sale', error(404, { type: 'invalid_request_error', code: 'resource_missing' }), 'NOT-FOUND', 'WRONG-MERCHANT'],
  ['a sale under a wrong key', error(401, { type: 'invalid_request_error' }), 'SECURITY', 'WRONG-MERCHANT'],
  ['a sale while the interface fails', error(500, { type: 'api_error' }), 'silence', undefined],
  [
    'a sale that says canceled, yet money was received',
    { body: intent({ status: 'canceled', amount_received: 1250 }) },
    'silence',
    undefined,
  ],
  ['a sale with a 200 that is no cancel', { body: intent({ status: 'succeeded' }) }, 'silence', undefined],
] as const)
  test(`a void of ${what} is ${expected}`, async () => {
    const till = await before(
      mapping,
      origin,
      sale(held, () => answer),
    )
    const approved = await till.ask('sale', asked)
    assert.ok(approved !== 'silence')
    const reply = await till.ask('void', { ...asked, ...original, reference: approved.reference ?? '' })
    assert.equal(till.made.at(-1)?.path, '/v1/payment_intents/pi_1/cancel')
    assert.equal(reply === 'silence' ? reply : reply.resultCode, expected)
    assert.equal(reply === 'silence' ? undefined : reply.alsoMeans, also)
    await till.close()
  })

test('a void of what nobody ever named asks for an id that there is not', async () => {
  const till = await before(mapping, origin, () => error(404, { code: 'resource_missing' }))
  await till.ask('void', { ...asked, ...original, reference: '999999999999' })
  assert.equal(till.made[0]?.path, '/v1/payment_intents/pi_999999999999UnknownToTheHost/cancel')
  await till.close()
})

test('a sale without an answer is reversed by its key: the same bytes find the intent, and it is cancelled', async () => {
  const till = await before(mapping, origin, (made, nth) => {
    if (nth === 1) return 'none'
    return made.path.endsWith('/cancel') ? { body: intent({ status: 'canceled' }) } : sale(held)(made)
  })
  assert.equal(await till.ask('sale', asked), 'silence')
  const reply = await till.ask('reverse', { ...asked, trace: '000001', of: 'sale', reason: 'no answer' })
  assert.ok(reply !== 'silence' && reply.resultCode === 'REV-OK' && reply.kind === 'reversal')
  const [lost, found, cancel] = till.made
  assert.equal(found?.body, lost?.body)
  assert.equal(found?.headers['idempotency-key'], lost?.headers['idempotency-key'])
  assert.equal(cancel?.path, '/v1/payment_intents/pi_1/cancel')
  await till.close()
})

for (const [what, answer, expected] of [
  ['succeeded', { body: { id: 're_1', object: 'refund', status: 'succeeded', amount: 500 } }, 'APPROVED'],
  ['of another amount', { body: { id: 're_1', object: 'refund', status: 'succeeded', amount: 50000 } }, 'silence'],
  ['of a sale refunded before', error(400, { code: 'charge_already_refunded' }), 'LIMIT'],
  ['of more than is left', error(400, { type: 'invalid_request_error', param: 'amount' }), 'LIMIT'],
] as const)
  test(`a refund ${what} is ${expected}`, async () => {
    const till = await before(
      mapping,
      origin,
      sale(held, () => answer),
    )
    const approved = await till.ask('sale', asked)
    assert.ok(approved !== 'silence')
    const reply = await till.ask('refund', { ...asked, amount: '000000000500', reference: approved.reference ?? '' })
    assert.equal(till.made.at(-1)?.body, 'payment_intent=pi_1&amount=500')
    assert.equal(reply === 'silence' ? reply : reply.resultCode, expected)
    await till.close()
  })

test('settlement captures what is live, and not what was voided', async () => {
  let made = 0
  const till = await before(mapping, origin, call => {
    if (call.path === '/v1/payment_intents') made += 1
    const id = `pi_${made}`
    if (call.path === '/v1/payment_intents') return { body: intent({ id, status: 'requires_payment_method' }) }
    if (call.path.endsWith('/cancel')) return { body: intent({ status: 'canceled' }) }
    if (call.path.endsWith('/capture')) return { body: intent({ status: 'succeeded', amount_received: 1250 }) }
    return sale({ ...held, id })(call)
  })
  const first = await till.ask('sale', asked)
  await till.ask('sale', asked)
  await till.ask('void', { ...asked, ...original, reference: first === 'silence' ? '' : (first.reference ?? '') })
  const settled = await till.ask('settle', {})
  assert.ok(settled !== 'silence' && settled.resultCode === 'BALANCED')
  const captures = till.made.filter(({ path }) => path.endsWith('/capture'))
  assert.deepEqual(
    captures.map(({ path, body }) => `${path} ${body}`),
    ['/v1/payment_intents/pi_2/capture amount_to_capture=1250'],
  )
  await till.close()
})
