import assert from 'node:assert/strict'
import http from 'node:http'
import { after, before, beforeEach, test } from 'node:test'
import { dialectById } from '../dialects/index.ts'
import { type Host, type HostOptions, startHost } from './host.ts'
import { signatureOf } from './http-credential.ts'
import { httpDoor } from './http-door.ts'
import { alice, book } from './test-till.ts'

type Answer = Readonly<{ status: number; headers: http.IncomingHttpHeaders; body: Readonly<Record<string, string>> }>
type Asked = Partial<
  Readonly<{
    key: string
    keyId: string
    secret: string
    at: number
    method: string
    headers: Record<string, string>
    body: string
  }>
>

const secrets: Readonly<Record<string, string>> = {
  T0000001: '11'.repeat(16),
  T0000002: '22'.repeat(16),
  T0000003: '33'.repeat(16),
}
const shop = { terminalId: 'T0000001', merchantId: 'M00000000000001', batch: '000001' }
const neighbour = { terminalId: 'T0000003', merchantId: 'M00000000000002', batch: '000001' }
const sale = {
  ...shop,
  trace: '000010',
  entryMode: '022',
  track2: `${alice.reveal()}D30122200000000000`,
  amount: '1250',
  currency: '156',
}
/** Where the host's virtual clock begins. */
const morning = Date.parse('2026-06-01T10:15:00+08:00')

let host: Host
let finished: boolean[]

const start = (more: Partial<HostOptions> = {}): Promise<Host> =>
  startHost({
    book,
    dialect: dialectById('json'),
    seed: 'test',
    clock: 'virtual',
    door: httpDoor,
    onFinished: ({ answered }) => finished.push(answered),
    ...more,
  })

/** An agent of its own for each call, so that two calls can be on their way at once. */
function ask(path: string, fields: object, asked: Asked = {}): Promise<Answer> {
  const { keyId = 'T0000001', at = morning, method = 'POST', headers = {} } = asked
  const body = asked.body ?? (method === 'GET' ? '' : JSON.stringify(fields))
  const timestamp = String(at)
  const signature = signatureOf(asked.secret ?? secrets[keyId] ?? '', keyId, { timestamp, method, path, body })
  return new Promise((resolve, reject) => {
    const request = http.request({ port: host.port, host: '127.0.0.1', method, path, agent: false }, response => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('end', () => {
        const { statusCode: status = 0, headers } = response
        resolve({ status, headers, body: JSON.parse(Buffer.concat(pieces).toString()) })
      })
    })
    request.on('error', reject)
    request.setHeader('authorization', `HMAC-SHA256 ${keyId}:${signature}`)
    request.setHeader('x-timestamp', timestamp)
    if (method !== 'GET') request.setHeader('content-type', 'application/json')
    if (asked.key !== undefined) request.setHeader('idempotency-key', asked.key)
    for (const [name, value] of Object.entries(headers)) request.setHeader(name, value)
    request.end(body)
  })
}

const signedIn = async (sender: typeof shop) => {
  const { status } = await ask('/v1/signIn', { ...sender, trace: '000001', operator: '01' }, { keyId: sender.terminalId })
  assert.equal(status, 200)
}

const balanceOf = async (card: string): Promise<string | undefined> =>
  (await host.control.ledger()).accounts.find(({ name }) => name === `card:${card}`)?.balance

before(() => {
  finished = []
})
beforeEach(async () => {
  await host?.close()
  finished = []
  host = await start()
  await signedIn(shop)
})
after(() => host.close())

test('a sale is answered 201, and status and body say the same', async () => {
  const { status, body } = await ask('/v1/sale', sale)
  assert.deepEqual([status, body.approved, body.resultCode, body.amount], [201, 'yes', '00', '1250'])
  assert.match(body.reference ?? '', /^\d{12}$/)
  assert.deepEqual(finished, [true, true])
})

for (const [what, change, status, code] of [
  ['more than the funds', { amount: '999999999' }, 402, '51'],
  ['an amount of nothing', { amount: '0' }, 422, '13'],
  ['no trace number', { trace: undefined }, 400, '30'],
  ['another batch', { batch: '000009' }, 409, '77'],
] as const)
  test(`a sale with ${what} is refused ${status}`, async () => {
    const answer = await ask('/v1/sale', { ...sale, ...change })
    assert.deepEqual([answer.status, answer.body.approved, answer.body.resultCode], [status, 'no', code])
  })

test('the same key and content: one sale, and the first answer again', async () => {
  const first = await ask('/v1/sale', sale, { key: 'k1' })
  const again = await ask('/v1/sale', sale, { key: 'k1' })
  assert.deepEqual(again.body, first.body)
  assert.deepEqual(
    [again.status, again.headers['idempotent-replayed'], first.headers['idempotent-replayed']],
    [201, 'true', undefined],
  )
  assert.equal(await balanceOf(alice.masked), '98750')
})

test('the same key and other content: 409, and nothing happens', async () => {
  await ask('/v1/sale', sale, { key: 'k1' })
  const other = await ask('/v1/sale', { ...sale, trace: '000011', amount: '1300' }, { key: 'k1' })
  assert.deepEqual([other.status, other.body.resultCode], [409, '94'])
  const elsewhere = await ask('/v1/void', sale, { key: 'k1' })
  assert.equal(elsewhere.status, 409)
  assert.equal(await balanceOf(alice.masked), '98750')
})

test('another merchant may use the same key for its own', async () => {
  await ask('/v1/sale', sale, { key: 'k1' })
  await signedIn(neighbour)
  const own = await ask('/v1/sale', { ...sale, ...neighbour }, { key: 'k1', keyId: 'T0000003' })
  assert.deepEqual([own.status, own.body.merchantId], [201, 'M00000000000002'])
})

test('a second request under the same key while the first is in work is told so, and is not begun', async () => {
  await host.control.fail('slow once')
  const both = await Promise.all([ask('/v1/sale', sale, { key: 'k1' }), ask('/v1/sale', sale, { key: 'k1' })])
  const statuses = both.map(({ status }) => status).sort()
  assert.deepEqual(statuses, [201, 409])
  assert.ok(both.some(({ body }) => body.resultCode === '09'))
  assert.equal(await balanceOf(alice.masked), '98750')
  assert.equal((await ask('/v1/sale', sale, { key: 'k1' })).status, 201)
})

test('a request that was malformed can be put right under its key', async () => {
  assert.equal((await ask('/v1/sale', { ...sale, amount: 'twelve' }, { key: 'k1' })).status, 400)
  assert.equal((await ask('/v1/sale', sale, { key: 'k1' })).status, 201)
})

for (const [what, asked] of [
  ['a wrong signature', { secret: '00'.repeat(16) }],
  ['a key that nobody has', { keyId: 'T9999999', secret: '11'.repeat(16) }],
  ['a stale time stamp', { at: morning - 301_000 }],
  ['a time stamp from the future', { at: morning + 360_000 }],
  ['no signature', { headers: { authorization: '' } }],
  ['another scheme', { headers: { authorization: 'Basic dGVzdDp0ZXN0' } }],
  ['no time stamp', { headers: { 'x-timestamp': '' } }],
] as const)
  test(`${what} is refused 401, and nothing happens`, async () => {
    const { status, body } = await ask('/v1/sale', sale, asked)
    assert.deepEqual([status, body.approved, body.resultCode], [401, 'no', '63'])
    assert.equal(await balanceOf(alice.masked), '100000')
  })

test('a signature covers the address: it is worth nothing elsewhere', async () => {
  const signature = signatureOf(secrets.T0000001 ?? '', 'T0000001', {
    timestamp: String(morning),
    method: 'POST',
    path: '/v1/void',
    body: JSON.stringify(sale),
  })
  const { status } = await ask('/v1/sale', sale, { headers: { authorization: `HMAC-SHA256 T0000001:${signature}` } })
  assert.equal(status, 401)
})

test('a key speaks for its own terminal only', async () => {
  const { status, body } = await ask('/v1/sale', { ...sale, terminalId: 'T0000002' })
  assert.deepEqual([status, body.resultCode], [403, '63'])
})

test('a transaction is shown by the merchant’s own reference, and to its merchant alone', async () => {
  await ask('/v1/sale', sale)
  const path = '/v1/transactions/T0000001-000001-000010'
  const { status, body } = await ask(path, {}, { method: 'GET' })
  assert.deepEqual([status, body.state, body.amount, body.resultCode], [200, 'posted', '1250', '00'])
  const foreign = await ask(path, {}, { method: 'GET', keyId: 'T0000003' })
  const never = await ask('/v1/transactions/T0000001-000001-000099', {}, { method: 'GET', keyId: 'T0000003' })
  assert.equal(foreign.status, 404)
  assert.deepEqual(foreign.body, never.body)
})

test('where refunds take their time, one is accepted, and told to whoever asks twice and may', async () => {
  await host.close()
  host = await start({ supports: new Set(['refund', 'partial-refund', 'async']) })
  await signedIn(shop)
  const { body } = await ask('/v1/sale', sale)
  const refund = { ...sale, trace: '000012', reference: body.reference, originalDate: body.localDate }
  const taken = await ask('/v1/refund', refund, { key: 'k2' })
  assert.deepEqual([taken.status, taken.body.approved, taken.body.resultCode], [202, 'pending', '09'])
  const path = '/v1/transactions/T0000001-000001-000012'
  assert.equal((await ask(path, {}, { method: 'GET', keyId: 'T0000003' })).status, 404)
  assert.equal((await ask(path, {}, { method: 'GET' })).status, 202)
  const told = await ask(path, {}, { method: 'GET' })
  assert.deepEqual([told.status, told.body.approved, told.body.kind], [200, 'yes', 'refund'])
  assert.equal((await ask('/v1/refund', refund, { key: 'k2' })).status, 202)
  assert.equal(await balanceOf(alice.masked), '100000')
})

test('a refund of what was not settled says that it became a void', async () => {
  await host.close()
  host = await start({ knobs: { refundBeforeSettle: 'convert-to-void' } })
  await signedIn(shop)
  const { body } = await ask('/v1/sale', sale)
  const refund = { ...sale, trace: '000012', reference: body.reference, originalDate: body.localDate }
  const refunded = await ask('/v1/refund', refund)
  assert.deepEqual([refunded.status, refunded.body.kind], [201, 'void'])
})

for (const [what, path, asked, status] of [
  ['an address that there is not', '/v2/sale', {}, 404],
  ['a type that there is not', '/v1/gift', {}, 404],
  ['another method', '/v1/sale', { method: 'PUT' }, 405],
  ['a look by POST', '/v1/transactions/T0000001-000001-000010', {}, 405],
  ['another media type', '/v1/sale', { headers: { 'content-type': 'text/plain' } }, 415],
  ['a body that is too long', '/v1/sale', { body: `{"operator":"${'x'.repeat(70_000)}"}` }, 413],
  ['a body that is no object', '/v1/sale', { body: '[1]' }, 400],
  ['a body that breaks off', '/v1/sale', { body: `${JSON.stringify(sale).slice(0, -9)}` }, 400],
  ['an empty key', '/v1/sale', { key: '' }, 400],
  ['a key that is too long', '/v1/sale', { key: 'k'.repeat(256) }, 400],
] as const)
  test(`${what} is answered ${status} with a body that says why`, async () => {
    const before = finished.length
    const answer = await ask(path, sale, asked)
    assert.deepEqual([answer.status, answer.body.approved], [status, 'no'])
    assert.equal(finished.length, before + 1)
  })

test('a host that breaks down before it answers has acted all the same, and knows the repeat', async () => {
  await host.control.fail('crash before answering')
  await assert.rejects(ask('/v1/sale', sale, { key: 'k1' }), /socket hang up|ECONNRESET/)
  assert.equal(finished.at(-1), false)
  const again = await ask('/v1/sale', sale, { key: 'k1' })
  assert.deepEqual([again.status, again.body.resultCode], [409, '94'])
  assert.equal(await balanceOf(alice.masked), '98750')
})
