import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import nock from 'nock'
import type { Mapping } from '../mapping/mapping.ts'
import { where } from '../where.ts'
import { loadMapping } from './mapping-file.ts'
import { before, cleanUp, type Made, type Shape, visa } from './ready-mapping.test-run.ts'

// The mistakes that are made in mappings, one by one, and that each of them shows. @source HTTP acquirers fact sheet, 8.13

const folder = await mkdtemp(join(tmpdir(), 'mutants-'))
nock.disableNetConnect()
beforeEach(cleanUp)
after(async () => {
  nock.restore()
  await rm(folder, { recursive: true })
})

/** Whatever a ready mapping asks of its environment. */
const environment = new Proxy({}, { get: (_, name) => `value-of-${String(name)}` })
const origin = 'https://mutants.example.test'

type Case = (mapping: Mapping) => Promise<boolean>
type Fields = Readonly<Record<string, string>>

/** What a till hears, and what was sent, when it asks these things in turn. */
async function heard(
  mapping: Mapping,
  answer: (made: Made, nth: number) => Shape | 'none',
  asked: readonly (readonly [string, Fields])[],
) {
  const till = await before(mapping, origin, answer)
  let last: Fields | 'silence' = 'silence'
  for (const [type, fields] of asked) {
    const reference =
      last === 'silence' ? {} : { reference: last.reference ?? '', originalBatch: '000001', originalTrace: '000001' }
    last = await till.ask(type, { ...visa, amount: '000000001250', ...(type === 'void' ? reference : {}), ...fields })
  }
  await till.close()
  return { says: last === 'silence' ? last : (last.resultCode ?? ''), made: till.made }
}

const sale = [['sale', {}]] as const
const saleAndVoid = [
  ['sale', {}],
  ['void', {}],
] as const

const order = (order_status: string, net_amount: string, total_amount = '1250') => ({
  data: { sn: '1', order_status, net_amount, total_amount },
})
const layered = (result_code: string, facts: object): Shape => ({
  body: { result_code: '200', biz_response: { result_code, ...facts } },
})
const paid = layered('PAY_SUCCESS', order('PAID', '1250'))
const gateway = (result: string, amount = 12.5): Shape => ({
  status: 201,
  body: { result, response: { gatewayCode: 'APPROVED' }, transaction: { amount } },
})
const nexo = (name: string, facts: object): Shape => ({ body: { SaleToPOIResponse: { [name]: facts } } })
const nexoPaid = nexo('PaymentResponse', {
  Response: { Result: 'Success' },
  POIData: { POITransactionID: { TransactionID: 't.1', TimeStamp: 'x' } },
  PaymentResult: { AmountsResp: { AuthorizedAmount: 12.5 } },
})

const says =
  (answer: Shape, expected: string): Case =>
  async mapping =>
    (await heard(mapping, () => answer, sale)).says === expected
const sends =
  (text: string, fields: Fields = {}): Case =>
  async mapping =>
    (await heard(mapping, () => ({ body: {} }), [['sale', fields]])).made[0]?.body.includes(text) === true
const voidSays =
  (first: Shape, answer: Shape, expected: string): Case =>
  async mapping =>
    (await heard(mapping, (_, nth) => (nth === 1 ? first : answer), saleAndVoid)).says === expected

const mutants: readonly (readonly [what: string, mapping: string, from: string, to: string, shows: Case])[] = [
  [
    'a factor of 100, minor units as text',
    'two-layer-envelope',
    '"total_amount": amount',
    '"total_amount": amount & "00"',
    sends('"total_amount":"1250"'),
  ],
  [
    'a factor of 100, minor units as a number',
    'payment-intents',
    '"amount": $minor(amount), "currency": $lowercase(currency), "payment_method_types"',
    '"amount": $minor(amount) * 100, "currency": $lowercase(currency), "payment_method_types"',
    sends('amount=1250&'),
  ],
  [
    'minor units where the major unit is due',
    'nexo-terminal',
    '"RequestedAmount": $decimal(amount, currency)',
    '"RequestedAmount": $minor(amount)',
    sends('"RequestedAmount":12.5}'),
  ],
  [
    'two decimals for a currency with none',
    'own-ids-in-the-address',
    '"amount": $decimalString(amount, currency), "currency": currency, "reference": intentId },\n          "source',
    '"amount": $decimalString(amount, "CNY"), "currency": currency, "reference": intentId },\n          "source',
    sends('"amount":"1250"', { currency: '392' }),
  ],
  [
    'two decimals for a currency with three',
    'own-ids-in-the-address',
    '"amount": $decimalString(amount, currency), "currency": currency, "reference": intentId },\n          "source',
    '"amount": $decimalString(amount, "CNY"), "currency": currency, "reference": intentId },\n          "source',
    sends('"amount":"1.250"', { currency: '414' }),
  ],
  [
    'an approval of another amount',
    'two-layer-envelope',
    ' and data.total_amount = $$.request.amount',
    '',
    says(layered('PAY_SUCCESS', order('PAID', '125000', '125000')), 'silence'),
  ],
  [
    'an approval of another amount, in the major unit',
    'own-ids-in-the-address',
    '\n          and $fromDecimal(body.transaction.amount, request.currency) = request.amount\n        confidence: confirmed',
    '\n        confidence: confirmed',
    says(gateway('SUCCESS', 1250), 'silence'),
  ],
  [
    'in progress taken for approved',
    'two-layer-envelope',
    '{ id: pending, then: IN-PROGRESS, when: \'body.biz_response.result_code = "PAY_IN_PROGRESS"\'',
    '{ id: pending, then: APPROVED, when: \'body.biz_response.result_code = "PAY_IN_PROGRESS"\'',
    says(layered('PAY_IN_PROGRESS', order('CREATED', '0')), 'silence'),
  ],
  [
    'unknown taken for declined',
    'own-ids-in-the-address',
    'id: unknown, then: IN-PROGRESS',
    'id: unknown, then: REFUSED',
    says(gateway('UNKNOWN'), 'silence'),
  ],
  [
    'a result of "unknown" taken for declined',
    'two-layer-envelope',
    "{ id: unclear, then: UNKNOWN, when: '$contains(body.biz_response.result_code, /_ERROR$/)', confidence: confirmed }\n      - { id: default, then: UNKNOWN, mark: unmapped }\n    followUp:\n      by",
    "{ id: unclear, then: REFUSED, when: '$contains(body.biz_response.result_code, /_ERROR$/)', confidence: confirmed }\n      - { id: default, then: UNKNOWN, mark: unmapped }\n    followUp:\n      by",
    says(layered('PAY_ERROR', {}), 'silence'),
  ],
  [
    '"taken over" taken for done',
    'nexo-terminal',
    "then: APPROVED, final: false, when: 'status = 200 and body.**.ReversalResponse",
    "then: APPROVED, when: 'status = 200 and body.**.ReversalResponse",
    voidSays(nexoPaid, nexo('ReversalResponse', { Response: { Result: 'Success' } }), 'silence'),
  ],
  [
    'a void that leaves money behind',
    'two-layer-envelope',
    'and data.order_status in ["CANCELED", "PAY_CANCELED"] and data.net_amount = "0")\n        confidence: confirmed\n      - { id: noop, then: VOIDED',
    'and data.order_status in ["CANCELED", "PAY_CANCELED"])\n        confidence: confirmed\n      - { id: noop, then: VOIDED',
    voidSays(paid, layered('CANCEL_SUCCESS', order('CANCELED', '1250')), 'silence'),
  ],
  [
    'a void of which only the flag is looked at',
    'own-ids-in-the-address',
    ' and body.order.status in ["CANCELLED", "VOIDED"]',
    '',
    voidSays(gateway('SUCCESS'), { status: 201, body: { result: 'SUCCESS', order: { status: 'CAPTURED' } } }, 'silence'),
  ],
  [
    'refused taken for unknown, because the rules stand the other way round',
    'two-layer-envelope',
    'when: \'$exists(body.**[error_code in ["UPAY_CANCEL_INVALID_ORDER_STATE"',
    'when: \'$exists(body.nowhere[error_code in ["UPAY_CANCEL_INVALID_ORDER_STATE"',
    voidSays(paid, layered('CANCEL_ERROR', { error_code: 'UPAY_CANCEL_INVALID_ORDER_STATE' }), 'NOT-ELIGIBLE'),
  ],
  [
    'a reversal under a number of its own, made at the time of sending',
    'two-layer-envelope',
    'path: /upay/v2/cancel\n      body: \'{ "terminal_sn": party.sn, "client_sn": $short(original.clientRef, 32) }\'',
    'path: /upay/v2/cancel\n      body: \'{ "terminal_sn": party.sn, "client_sn": $short(intentId, 32) }\'',
    async mapping => {
      const { made } = await heard(mapping, () => 'none', [
        ['sale', {}],
        ['reverse', { trace: '000001', of: 'sale', reason: 'no answer' }],
      ])
      const [pay, cancel] = made.map(({ body }) => (JSON.parse(body) as { client_sn: string }).client_sn)
      return pay !== undefined && pay === cancel
    },
  ],
]

for (const [what, name, from, to, shows] of mutants)
  test(`${name}: ${what} shows`, async () => {
    const file = join(where.fixtures, 'mappings', `${name}.yaml`)
    const text = await readFile(file, 'utf8')
    assert.ok(text.includes(from), 'what is to be changed stands in the mapping')
    assert.ok(await shows(await loadMapping(file, { environment })), 'the mapping is right as it is')
    const mutant = join(folder, `${name}.yaml`)
    await writeFile(
      mutant,
      text.replace(from, () => to),
    )
    assert.equal(await shows(await loadMapping(mutant, { environment })), false)
  })
