import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mappingOf } from './test-mapping.ts'
import { Stub, shop, tillAt } from './test-stub.ts'

const yaml = `
name: demo
parties: { A: { merchant: '${shop.merchantId}', id: app-1, key: 'test:app-secret' } }
auth:
  use: token-fetch
  path: /accesstoken
  encoder: form
  body: '{ "grant_type": "client_credentials", "client_id": party.id, "client_secret": party.key }'
  token: body.access_token
  expires: $number(body.expires_in)
operations:
  sale: &one
    request: { path: /sales, body: '{ "amount": amount }' }
    classify:
      - { id: ok, then: APPROVED, when: 'body.state = "PAID"' }
      - { id: key, then: SECURITY, when: status = 401 }
      - { id: default, then: UNKNOWN }
  void: *one
settle: { strategy: none }
`

test('a token is fetched once, used until it expires by the clock of the bench, and then fetched anew', async () => {
  let tokens = 0
  const stub = new Stub(({ path, headers }) => {
    if (path === '/accesstoken') return { status: 200, body: { access_token: `token-number-${++tokens}`, expires_in: 60 } }
    return headers.authorization === `Bearer token-number-${tokens}`
      ? { status: 200, body: { state: 'PAID' } }
      : { status: 401, body: {} }
  })
  let now = 1_780_000_000_000
  const till = await tillAt(mappingOf(yaml), await stub.listen(), { clock: () => now })
  for (const [passed, expected] of [
    [0, 1],
    [30_000, 1],
    [30_000, 2],
  ] as const) {
    now += passed
    const reply = await till.ask('sale', { amount: '1250' })
    assert.ok(reply !== 'silence' && reply.resultCode === 'APPROVED')
    assert.equal(tokens, expected)
  }
  assert.equal(stub.asked[0]?.body, 'grant_type=client_credentials&client_id=app-1&client_secret=app-secret')
  const told = JSON.stringify(till.calls)
  assert.ok(!told.includes('token-number') && !told.includes('app-secret'), told)
  assert.deepEqual(
    till.calls.map(({ call }) => call),
    ['token', 'sale', 'sale', 'token', 'sale'],
  )
  await till.close()
  stub.close()
})

test('without a token nothing that costs money leaves, and the journal says why', async () => {
  const stub = new Stub(({ path }) =>
    path === '/accesstoken' ? { status: 403, body: {} } : { status: 200, body: { state: 'PAID' } },
  )
  const till = await tillAt(mappingOf(yaml), await stub.listen())
  assert.equal(await till.ask('sale', { amount: '1250' }), 'silence')
  assert.deepEqual(
    stub.asked.map(({ path }) => path),
    ['/accesstoken'],
  )
  assert.equal(till.calls[0]?.outcome, 'SECURITY')
  await till.close()
  stub.close()
})
