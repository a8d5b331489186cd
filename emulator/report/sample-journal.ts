import type { Entry, Fact, Received, Role, Sent } from '../journal/entry.ts'
import type { LedgerView } from '../values/ledger-view.ts'
import type { Operation } from '../values/operation.ts'
import { sampleFields } from './sample.ts'

// The journal of the sample run: its messages are laid out as a codec would, and look redacted.

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
