import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mappingOf } from './test-mapping.ts'
import { type Given, Stub, shop, tillAt } from './test-stub.ts'

const yaml = `
name: demo
parties:
  A: { merchant: '${shop.merchantId}', key: 'test:s3cret-of-A' }
  B: { merchant: '898100070110002', key: 'test:s3cret-of-B' }
auth: { use: header-key, header: X-Api-Key, key: party.key }
operations:
  sale:
    request:
      path: /sales
      body: '{ "ref": intentId, "amount": $minor(amount), "currency": currency, "card": card.pan, "tip": message.tip, "at": now }'
    idempotency: { carrier: header, name: Idempotency-Key }
    capture: { hostRef: body.id, approvalCode: body.auth }
    classify:
      - { id: ok, then: APPROVED, when: 'status = 201 and body.state = "PAID"' }
      - { id: funds, then: FUNDS, when: 'body.error = "funds"' }
      - { id: pending, then: IN-PROGRESS, when: 'status = 202' }
      - { id: default, then: UNKNOWN }
    followUp: { by: [status], limit: { seconds: 6 } }
  void:
    request: { path: '= "/sales/" & original.hostRef & "/void"', body: '{ "amount": $decimalString(amount, currency) }' }
    classify:
      - { id: ok, then: APPROVED, kind: void, when: 'body.state = "VOIDED"' }
      - { id: none, then: NOT-FOUND, also: [WRONG-MERCHANT], when: 'status = 404' }
      - { id: default, then: UNKNOWN }
  status:
    request: { method: GET, path: '= "/sales/" & original.clientRef' }
    classify:
      - { id: paid, then: APPROVED, when: 'body.state = "PAID"' }
      - { id: open, then: IN-PROGRESS, when: 'body.state = "OPEN"', final: false }
      - { id: default, then: UNKNOWN }
settle: { strategy: none }
`
const sale = { amount: '000000001250', pan: '4111111111111111', expiry: '3312' }

async function against(
  answers: ConstructorParameters<typeof Stub>[0],
  then: (till: Awaited<ReturnType<typeof tillAt>>, stub: Stub) => Promise<void>,
  text = yaml,
) {
  const stub = new Stub(answers)
  const till = await tillAt(mappingOf(text), await stub.listen(), { clock: () => 1_780_000_000_000, wait: async () => undefined })
  try {
    await then(till, stub)
  } finally {
    await till.close()
    stub.close()
  }
}
const paid: Given = { status: 201, body: { state: 'PAID', id: 'tx-1', auth: '123456' } }

test('a sale becomes a call, and its answer a reply in business names', () =>
  against(
    () => paid,
    async (till, stub) => {
      const reply = await till.ask('sale', sale)
      assert.deepEqual(JSON.parse(stub.asked[0]?.body ?? ''), {
        ref: '898100070110001-T0000001-000001-000001',
        amount: 1250,
        currency: 'CNY',
        card: '4111111111111111',
        at: 1_780_000_000_000,
      })
      assert.notEqual(reply, 'silence')
      if (reply === 'silence') return
      assert.equal(reply.type, 'sale.reply')
      assert.equal(reply.resultCode, 'APPROVED')
      assert.equal(reply.approvalCode, '123456')
      assert.deepEqual(
        [reply.trace, reply.batch, reply.terminalId, reply.merchantId],
        ['000001', '000001', shop.terminalId, shop.merchantId],
      )
      assert.match(reply.reference ?? '', /^\d{12}$/)
      assert.equal(stub.asked[0]?.headers['idempotency-key'], '898100070110001-T0000001-000001-000001')
    },
  ))

test('what is told of a call holds neither credential nor card number', () =>
  against(
    () => paid,
    async till => {
      await till.ask('sale', sale)
      const told = JSON.stringify(till.calls)
      assert.ok(!told.includes('s3cret'), told)
      assert.ok(!told.includes('4111111111111111'), told)
      assert.match(told, /411111…1111/)
      assert.deepEqual([till.calls[0]?.rule, till.calls[0]?.outcome, till.calls[0]?.answer?.status], ['ok', 'APPROVED', 201])
    },
  ))

test('a void names the id that the sale was given', () =>
  against(
    ({ path }) => (path.endsWith('/void') ? { status: 200, body: { state: 'VOIDED' } } : paid),
    async (till, stub) => {
      const approved = await till.ask('sale', sale)
      const reference = approved === 'silence' ? '' : (approved.reference ?? '')
      const reply = await till.ask('void', { ...sale, reference, originalBatch: '000001', originalTrace: '000001' })
      assert.equal(stub.asked[1]?.path, '/sales/tx-1/void')
      assert.equal(stub.asked[1]?.body, '{"amount":"12.50"}')
      assert.ok(reply !== 'silence' && reply.resultCode === 'APPROVED' && reply.kind === 'void')
    },
  ))

test('a refusal that several classes share says so', () =>
  against(
    () => ({ status: 404, body: {} }),
    async till => {
      const reply = await till.ask('void', {
        ...sale,
        reference: '999999999999',
        originalBatch: '000001',
        originalTrace: '000009',
      })
      assert.ok(reply !== 'silence')
      assert.deepEqual([reply.resultCode, reply.alsoMeans], ['NOT-FOUND', 'WRONG-MERCHANT'])
    },
  ))

for (const [what, given] of Object.entries({
  'no answer': 'none',
  'a broken connection': 'break',
  'status 500': { status: 500, body: { error: 'funds?' } },
  'an answer that is no JSON': { status: 200, body: 'PAID' },
  'a 200 that says nothing': { status: 200, body: {} },
} satisfies Record<string, Given>))
  test(`${what} is silence to the till, and a call that says why`, () =>
    against(
      () => given,
      async till => {
        assert.equal(await till.ask('sale', sale, 150), 'silence')
        await till.close()
        assert.equal(till.calls[0]?.outcome, 'UNKNOWN')
        assert.notEqual(till.calls[0]?.says, '')
      },
    ))

test('a retry sends the same bytes under the same key, whatever the clock says', async () => {
  const stub = new Stub((_, nth) => (nth === 1 ? 'break' : paid))
  let now = 1_780_000_000_000
  const till = await tillAt(mappingOf(yaml), await stub.listen(), { clock: () => (now += 1000) })
  assert.equal(await till.ask('sale', { ...sale, trace: '000007' }, 500), 'silence')
  assert.notEqual(await till.ask('sale', { ...sale, trace: '000007' }), 'silence')
  await till.close()
  stub.close()
  const [first, second] = stub.asked
  assert.equal(second?.body, first?.body)
  assert.equal(second?.headers['idempotency-key'], first?.headers['idempotency-key'])
  assert.deepEqual(
    till.calls.map(({ attempt }) => attempt),
    [1, 2],
  )
})

test('accepted for processing is followed to its end', () =>
  against(
    ({ method }, nth) =>
      method === 'POST' ? { status: 202, body: {} } : { status: 200, body: { state: nth < 3 ? 'OPEN' : 'PAID' } },
    async (till, stub) => {
      const reply = await till.ask('sale', sale)
      assert.ok(reply !== 'silence' && reply.resultCode === 'APPROVED')
      assert.deepEqual(
        stub.asked.map(({ method }) => method),
        ['POST', 'GET', 'GET'],
      )
      assert.equal(stub.asked[1]?.path, '/sales/898100070110001-T0000001-000001-000001')
    },
  ))

test('what is never final is unknown when its time is over', () =>
  against(
    ({ method }) => (method === 'POST' ? { status: 202, body: {} } : { status: 200, body: { state: 'OPEN' } }),
    async (till, stub) => {
      assert.equal(await till.ask('sale', sale), 'silence')
      assert.equal(stub.asked.length, 4)
    },
  ))

test('an answer at which the mapping fails is kept in what is told, and the error names the line', () =>
  against(
    () => ({ status: 201, body: { state: { deep: 1 }, error: 'x' } }),
    async till => {
      await assert.rejects(till.ask('sale', { ...sale, pan: '4111111111111111' }), { code: 'MAPPING_FAILED' })
      assert.equal(till.calls[0]?.rule, 'mapping failed')
      assert.equal(till.calls[0]?.answer?.status, 201)
    },
    yaml.replace('\'body.error = "funds"\'', "'$number(body.error) = 51'"),
  ))

const headstrong = [
  ['another key', { overrideKey: 'another-key' }, (stub: Stub) => stub.asked[0]?.headers['idempotency-key'] === 'another-key'],
  ['a broken signature', { overrideSignature: 'broken' }, (stub: Stub) => stub.asked[0]?.headers['x-api-key'] !== 's3cret-of-A'],
  ['the credentials of another', { overrideParty: 'B' }, (stub: Stub) => stub.asked[0]?.headers['x-api-key'] === 's3cret-of-B'],
  [
    'a clock that is wrong',
    { overrideSkewMillis: '-600000' },
    (stub: Stub) => JSON.parse(stub.asked[0]?.body ?? '').at === 1_780_000_000_000 - 600_000,
  ],
] as const

for (const [what, override, holds] of headstrong)
  test(`a headstrong till acts under ${what}, and the acquirer is told nothing of it`, () =>
    against(
      () => paid,
      async (till, stub) => {
        await till.ask('sale', { ...sale, ...override })
        assert.ok(holds(stub), JSON.stringify(stub.asked[0]))
        assert.ok(!JSON.stringify(stub.asked[0]).includes('override'))
      },
    ))

test('the same trace with other content goes under the same key, with its own bytes', () =>
  against(
    () => paid,
    async (till, stub) => {
      await till.ask('sale', { ...sale, trace: '000009' })
      await till.ask('sale', { ...sale, trace: '000009', amount: '000000009999' })
      const [first, second] = stub.asked
      assert.equal(second?.headers['idempotency-key'], first?.headers['idempotency-key'])
      assert.equal(JSON.parse(second?.body ?? '').amount, 9999)
    },
  ))

test('an operation that the mapping does not have is not sent, and the journal says so', () =>
  against(
    () => paid,
    async (till, stub) => {
      assert.equal(await till.ask('refund', sale), 'silence')
      assert.equal(stub.asked.length, 0)
      assert.match(till.calls[0]?.says ?? '', /no operation refund: nothing was sent/)
    },
  ))

test('a till of another merchant acts under its own credentials, and can name what the first one did', async () => {
  const stub = new Stub(({ path }) => (path.endsWith('/void') ? { status: 404, body: {} } : paid))
  const endpoint = await stub.listen()
  const shopTill = await tillAt(mappingOf(yaml), endpoint)
  const other = await tillAt(
    mappingOf(yaml),
    endpoint,
    {},
    { merchantId: '898100070110002', terminalId: 'T0000003' },
    shopTill.acquirer,
  )
  const approved = await shopTill.ask('sale', sale)
  await other.ask('void', {
    ...sale,
    reference: approved === 'silence' ? '' : (approved.reference ?? ''),
    originalBatch: '000001',
    originalTrace: '000001',
  })
  assert.equal(stub.asked[1]?.path, '/sales/tx-1/void')
  assert.equal(stub.asked[1]?.headers['x-api-key'], 's3cret-of-B')
  await other.close()
  await shopTill.close()
  stub.close()
})

test('two runs against one acquirer have intents of their own', async () => {
  const stub = new Stub(() => paid)
  const endpoint = await stub.listen()
  for (const run of ['run1', 'run2']) {
    const till = await tillAt(mappingOf(yaml), endpoint, { run })
    await till.ask('sale', sale)
    await till.close()
  }
  stub.close()
  const [first, second] = stub.asked.map(({ headers }) => headers['idempotency-key'])
  assert.notEqual(first, second)
})

const masked = [
  ['authorization', 'Bearer abcdefgh'],
  ['set-cookie', 'session=abcdefgh'],
] as const
test('what an answer shows of secrets is hidden, and of card numbers all but the ends', () =>
  against(
    () => ({
      status: 201,
      headers: Object.fromEntries(masked),
      body: {
        state: 'PAID',
        id: 'tx-1',
        echoed: 's3cret-of-A',
        card: '5500005555555559',
        note: 'order 1234567890123 of 6250930000000002',
      },
    }),
    async till => {
      await till.ask('sale', sale)
      const told = JSON.stringify(till.calls)
      for (const secret of ['abcdefgh', 's3cret-of-A', '5500005555555559', '6250930000000002'])
        assert.ok(!told.includes(secret), told)
      assert.ok(told.includes('550000…5559') && told.includes('1234567890123'), told)
    },
  ))
