import type { Entry, Fact, Received, Role, Sent } from '../journal/entry.ts'
import type { LedgerView } from '../values/ledger-view.ts'
import type { Operation } from '../values/operation.ts'
import type { RequirementResult, Result, ScenarioResult } from '../verdict/result.ts'
import type { VerdictWord } from '../verdict/verdict.ts'
import type { DialectFields } from './dialect-fields.ts'

// A run as the tests of the reports see it: one void that is right, one that a wrong merchant gets approved, one lost reply.

export const sampleFields: DialectFields = [
  { path: '2', name: 'pan', is: 'primary account number' },
  { path: '3', name: 'processingCode', is: 'what kind of transaction' },
  { path: '4', name: 'amount', is: 'amount, in minor units of the currency' },
  { path: '11', name: 'trace', is: 'system trace audit number' },
  { path: '37', name: 'reference', is: 'retrieval reference number' },
  { path: '39', name: 'resultCode', is: 'how the acquirer answers' },
  { path: '41', name: 'terminalId', is: 'card acceptor terminal' },
  { path: '42', name: 'merchantId', is: 'card acceptor' },
  { path: '49', name: 'currency', is: 'currency of the amount' },
  { path: '52', name: 'pinBlock', is: 'PIN block, enciphered' },
  { path: '60', name: 'private60', is: 'function, batch and capabilities' },
  { path: '60.2', name: 'batch', is: 'batch number' },
  { path: '48.#.trace', name: 'item.#.trace', is: 'trace number of an uploaded transaction' },
  { path: '64', name: 'mac', is: 'message authentication code' },
]

const pathOf = (name: string): string => sampleFields.find(field => field.name === name)?.path ?? name

/** Lays fields out as they might stand in a frame; the PIN block is hidden, as `redact` leaves it. */
function frameOf(mti: string, fields: Readonly<Record<string, string>>): Pick<Sent, 'hex' | 'spans' | 'fields'> {
  let hex = `0080600003000061310031130500${mti}7024048000C09811`
  const spans = [{ path: 'length', offset: 0, length: 2 }]
  for (const [name, value] of Object.entries(fields)) {
    const bytes = name === 'pinBlock' ? '··'.repeat(8) : Buffer.from(value, 'latin1').toString('hex').toUpperCase()
    spans.push({ path: pathOf(name), offset: hex.length / 2, length: bytes.length / 2 })
    if (name === 'private60') spans.push({ path: '60.2', offset: hex.length / 2 + 2, length: 6 })
    hex += bytes
  }
  return { hex, spans, fields }
}

/** Entries of one scenario, numbered and timed as a bench would. */
function scenario(
  uri: string,
  line: number,
  rule: string,
  name: string,
  ids: readonly string[],
  facts: readonly Fact[],
): Entry[] {
  const key = `${uri.replace('features/', '').replace('.feature', '')}:${line}`
  const began: Fact = { is: 'scenario began', uri, line, rule, name, ids, tags: [], seed: '9f2c1e07a4b36d58' }
  const ended: Fact = { is: 'scenario ended', status: 'passed' }
  return [began, ...facts, ended].map((fact, at) => ({ ...fact, id: `${key}#${at + 1}`, atMicros: 1_000_000 + at * 1_730 }))
}

const shop = { terminal: 'the shop', merchantId: '105310055426541', terminalId: '00000001' }
const kiosk = { terminal: 'the kiosk', merchantId: '105310055426999', terminalId: '00000009' }

function operation(
  at: typeof shop,
  number: number,
  name: Operation,
  role: Role,
  more: { of?: number; special?: string } = {},
): Fact {
  return { is: 'operation began', operation: number, name, role, ...at, ...more }
}

function exchange(
  at: typeof shop,
  number: number,
  name: Operation,
  trace: string,
  code: string,
  standing: Received['standing'] = 'matched',
) {
  const mti = name === 'reverse' ? '0400' : '0200'
  const common = {
    pan: 'pan:621214…0012#1',
    amount: '000000008800',
    trace,
    terminalId: at.terminalId,
    merchantId: at.merchantId,
    currency: '156',
  }
  const request = { ...common, pinBlock: 'pinblock#1', private60: '22000001003', batch: '000001', mac: '7B2C9A10D4E5F601' }
  const reply = { ...common, reference: '112108300042', resultCode: code, mac: '0011A2B3C4D5E6F7' }
  const traffic = { terminal: at.terminal, operation: number, exchange: number, name }
  const sent: Fact = { is: 'sent', ...traffic, mti, ...frameOf(mti, request), remarks: [] }
  const back = mti === '0400' ? '0410' : '0210'
  const remarks = code === '05' ? [{ path: '42', says: 'padded on the left' }] : []
  const received: Fact = { is: 'received', ...traffic, mti: back, ...frameOf(back, reply), remarks, standing, mac: 'good' }
  return [sent, received]
}

function ledger(moment: string, card: string, merchant: string): Fact {
  const accounts: LedgerView['accounts'] = [
    { name: 'card:621214…0012', currency: '156', balance: card },
    { name: 'merchant:105310055426541', currency: '156', balance: merchant },
    { name: 'suspense', currency: '156', balance: '0' },
  ]
  const view = { businessDate: '1121', clock: '2026-11-21T08:30:00.000Z', accounts, postings: [], transactions: [], batches: [] }
  return { is: 'view', moment, view: 'ledger', ledger: view }
}

const till = (keys: readonly string[], ...screens: readonly (readonly string[])[]): Fact[] => [
  ...keys.map((key): Fact => ({ is: 'key', terminal: shop.terminal, key })),
  ...screens.map((lines): Fact => ({ is: 'display', terminal: shop.terminal, lines })),
]

const slip: Fact = {
  is: 'slip',
  terminal: shop.terminal,
  operation: 1,
  slip: {
    kind: 'sale',
    copy: 'merchant',
    duplicate: false,
    lines: [
      '     银联 POS 签购单',
      '商户 TEA & BOOKS',
      'CARD  621214…0012 S',
      'SALE/消费   000012',
      'REF   112108300042',
      'AMOUNT    ¥88.00',
      '  ** 商户存根 **',
    ],
    facts: { amount: '¥88.00', reference: '112108300042' },
  },
}

export const sampleEntries: readonly Entry[] = [
  ...scenario(
    'features/03-void/correct-void.feature',
    14,
    'A void gives the money back',
    'Alice takes her book back',
    ['VOID-001'],
    [
      { is: 'step', text: 'Given Alice paid ¥88.00 by swipe' },
      ledger('before', '1000000', '0'),
      operation(shop, 1, 'sale', 'setup'),
      ...till(['sale', '8', '8', '0', '0', 'enter'], ['SALE', '¥88.00', 'SWIPE CARD'], ['APPROVED 00', 'TAKE YOUR SLIP']),
      ...exchange(shop, 1, 'sale', '000012', '00'),
      slip,
      { is: 'outcome', terminal: 'the shop', operation: 1, outcome: 'approved', resultCode: '00', says: 'the sale stands' },
      { is: 'step', text: 'When the shop voids that sale' },
      operation(shop, 2, 'void', 'tested', { of: 1 }),
      ...exchange(shop, 2, 'void', '000013', '00'),
      ledger('after', '1000000', '0'),
      { is: 'claim', check: 'void given back', with: { operation: 2 } },
      { is: 'verdict', requirement: 'VOID-001', verdict: { is: 'passed', evidence: [] } },
    ],
  ),
  ...scenario(
    'features/03-void/wrong-merchant-void.feature',
    9,
    'Only the merchant of a sale can void it',
    'A kiosk voids the shop’s sale',
    ['VOID-013'],
    [
      { is: 'step', text: 'Given Alice paid ¥88.00 at the shop' },
      operation(shop, 1, 'sale', 'setup'),
      ...exchange(shop, 1, 'sale', '000012', '00'),
      ledger('before', '991200', '8800'),
      { is: 'step', text: 'When the kiosk voids that sale' },
      operation(kiosk, 2, 'void', 'tested', { of: 1, special: 'another merchant' }),
      ...exchange(kiosk, 2, 'void', '000031', '00'),
      { is: 'host note', ours: true, says: 'fault host:voids for any merchant' },
      ledger('after', '1000000', '0'),
      { is: 'claim', check: 'void refused', with: { operation: 2 } },
      {
        is: 'verdict',
        requirement: 'VOID-013',
        verdict: { is: 'failed', says: 'The acquirer approved a void from another merchant.' },
      },
    ],
  ),
  ...scenario(
    'features/05-reversal/lost-reply.feature',
    22,
    'A lost reply leaves nobody charged',
    'The reply to a sale is lost',
    ['REV-001', 'TERM-004'],
    [
      operation(shop, 1, 'sale', 'tested'),
      {
        is: 'line',
        terminal: 'the shop',
        operation: 1,
        exchange: 1,
        event: 'fault',
        ours: true,
        fault: 'loses the reply',
        says: 'our line takes the next reply away',
      },
      ...exchange(shop, 1, 'sale', '000014', '00', 'swallowed'),
      { is: 'line', terminal: 'the shop', operation: 1, exchange: 1, event: 'silence', ours: true, says: 'nothing came in 60 s' },
      ...exchange(shop, 1, 'reverse', '000014', '05'),
      {
        is: 'terminal',
        terminal: 'the shop',
        operation: 1,
        event: 'stored',
        says: 'the reversal is kept and will be sent again',
      },
    ],
  ),
]

const evidence = (entry: string, saw: string, field?: string) => ({ entry, saw, ...(field ? { field } : {}) })
const ran = (name: string, uri: string, verdict: VerdictWord): ScenarioResult => ({ name, uri: `features/${uri}`, verdict })

const row = (id: string, says: string, verdict: VerdictWord, more: Partial<RequirementResult> = {}): RequirementResult => ({
  ...{
    id,
    part: 'acquirer',
    level: 'must',
    severity: 'critical',
    says,
    source: 'UnionPay POS fact sheet, 4.5',
    verdict,
    evidence: [],
    scenarios: [],
  },
  ...more,
})

export const sampleResult: Result = {
  schema: 'https://tillproof.dev/schema/result-1.json',
  run: {
    id: '2026-11-21T08-30-00Z-51a7',
    seed: '42',
    suite: '0.1.0',
    profile: { name: 'Example Acquiring, laboratory', sha256: 'c0ffee'.padEnd(64, '0') },
    endpoint: 'tcp://127.0.0.1:9100',
    startedAt: '2026-11-21T08:30:00.000Z',
    finishedAt: '2026-11-21T08:30:41.000Z',
  },
  verdict: 'not certified',
  exitCode: 1,
  summary: {
    acquirer: { passed: 1, warned: 1, failed: 1, inconclusive: 2, notApplicable: 1, untested: 1 },
    instrument: { passed: 1, warned: 0, failed: 0, inconclusive: 0, notApplicable: 0, untested: 0 },
    notCovered: 2,
  },
  requirements: [
    row('VOID-001', 'A host MUST approve the void of an open sale and give the whole amount back.', 'passed', {
      evidence: [
        evidence('03-void/correct-void:14#19', 'void of ¥88.00 sent'),
        evidence('03-void/correct-void:14#20', '00', 'resultCode'),
      ],
      scenarios: [ran('Alice takes her book back', '03-void/correct-void.feature:14', 'passed')],
    }),
    row('VOID-013', 'A host MUST refuse a void that comes from another merchant than the sale’s.', 'failed', {
      finding: 'The acquirer approved a void from another merchant; the shop is short ¥88.00.',
      attribution: 'acquirer',
      expected: 'a refusal, one of 03 25 58, and the sale untouched',
      received: 'approval 00; merchant:105310055426541 fell from ¥88.00 to ¥0.00',
      evidence: [
        evidence('03-void/wrong-merchant-void:9#9', 'the void of another merchant', 'merchantId'),
        evidence('03-void/wrong-merchant-void:9#10', '00', 'resultCode'),
      ],
      scenarios: [ran('A kiosk voids the shop’s sale', '03-void/wrong-merchant-void.feature:9', 'failed')],
    }),
    row('VOID-020', 'A refused void SHOULD say why in its code.', 'warned', {
      ...{
        level: 'should',
        severity: 'minor',
        attribution: 'acquirer',
        finding: 'A void of a voided sale was refused with 05.',
        expected: '25 or 12',
        received: '05',
      },
    }),
    row('REV-001', 'A host MUST undo a sale whose reversal it acknowledges.', 'inconclusive', {
      because: 'the balance inquiry that would show it was refused',
      attribution: 'acquirer',
      scenarios: [ran('The reply to a sale is lost', '05-reversal/lost-reply.feature:22', 'inconclusive')],
    }),
    row('REV-002', 'A host MUST acknowledge a reversal for a transaction it never saw.', 'inconclusive', {
      because: 'the balance inquiry that would show it was refused',
      attribution: 'acquirer',
    }),
    row('CONC-001', 'Two voids of one sale at the same time MUST take effect once.', 'untested', {
      because: 'the run was interrupted',
      attribution: 'suite',
    }),
    row('PRE-001', 'A host MUST hold the amount of a pre-authorisation.', 'not applicable', {
      because: 'the profile does not claim preauth',
    }),
    row('TERM-004', 'A terminal MUST keep a reversal until it is acknowledged.', 'passed', {
      part: 'instrument',
      evidence: [evidence('05-reversal/lost-reply:22#9', 'stored')],
      scenarios: [ran('The reply to a sale is lost', '05-reversal/lost-reply.feature:22', 'passed')],
    }),
  ],
  notCovered: [
    { id: 'VOID-031', because: 'needs a second acquirer to route to' },
    { id: 'EMV-001', because: 'the virtual card has no chip yet' },
  ],
  views: [
    { name: 'ledger', usable: true },
    { name: 'balance', usable: false, because: 'a sale did not move it' },
  ],
}
