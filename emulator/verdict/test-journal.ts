import { dialectById } from '../dialects/index.ts'
import type { Entry, Fact, OfficeDeed, OperationBegan, Outcome, Received, Role, Slip } from '../journal/entry.ts'
import type { Profile } from '../profile/profile.ts'
import type { Operation } from '../values/operation.ts'
import type { ClaimName } from './claims.ts'
import type { Of } from './scope.ts'

/** Small journals made by hand, for the tests of checks: one line per thing that happened. */

type Till = Readonly<{ terminal: string; merchantId: string; terminalId: string }>

export const shop: Till = { terminal: 'the shop', merchantId: 'M00000000000001', terminalId: 'T0000001' }
export const stall: Till = { terminal: 'the stall', merchantId: 'M00000000000001', terminalId: 'T0000002' }
export const teaHouse: Till = { terminal: 'the tea house', merchantId: 'M00000000000002', terminalId: 'T0000003' }

export const alice = 'pan:621214…0012#1'
export const bob = 'pan:623105…0014#2'

export type Came =
  /** The acquirer answered, with this result code. */
  | string
  | Readonly<{ code?: string; fields?: Readonly<Record<string, string>>; standing?: Received['standing']; mac?: Received['mac'] }>

export type Doing = Readonly<{
  till?: Till
  role?: Role
  of?: number
  special?: string
  card?: string
  minor?: number
  /** What came back; `silence`, or `lost` where our own line kept the request. */
  came?: Came
  fields?: Readonly<Record<string, string>>
  /** Of a second request within the same operation. */
  operation?: number
  outcome?: Outcome['outcome']
}>

const mtis: Partial<Record<Operation, readonly [string, string]>> = {
  sale: ['0200', '0210'],
  void: ['0200', '0210'],
  inquire: ['0200', '0210'],
  refund: ['0220', '0230'],
  reverse: ['0400', '0410'],
  settle: ['0500', '0510'],
  upload: ['0320', '0330'],
  signIn: ['0800', '0810'],
  echo: ['0820', '0830'],
}

export class TestJournal {
  readonly entries: Entry[] = []
  #operations = 0
  #exchanges = 0
  #traces = 0
  #references = 0

  constructor(ids: readonly string[] = [], terminals?: readonly string[]) {
    this.append({
      is: 'scenario began',
      uri: 'features/test.feature',
      line: 1,
      rule: 'a rule',
      name: 'a scenario',
      ids,
      tags: ids,
      seed: '1',
      ...(terminals === undefined ? {} : { terminals }),
    })
  }

  append(fact: Fact): Entry {
    const entry: Entry = { id: `test:1#${this.entries.length + 1}`, atMicros: this.entries.length * 10, ...fact }
    this.entries.push(entry)
    return entry
  }

  /** An operation at a till, without any message yet. */
  begin(name: Operation, doing: Doing = {}): number {
    this.#operations += 1
    const { till = shop, role = 'tested', of, special, card = alice } = doing
    const began: OperationBegan = {
      is: 'operation began',
      operation: this.#operations,
      name,
      ...till,
      role,
      card,
      ...(of === undefined ? {} : { of }),
      ...(special === undefined ? {} : { special }),
    }
    this.append(began)
    return this.#operations
  }

  /** An operation with its request and what came of it. Follow-ups name their original; reversals and repeats keep its trace. */
  do(name: Operation, doing: Doing = {}): number {
    const operation = doing.operation ?? this.begin(name, doing)
    this.exchange(name, { ...doing, operation })
    if (doing.outcome !== undefined) this.outcome(operation, doing.outcome)
    return operation
  }

  exchange(name: Operation, doing: Doing & { operation: number }): void {
    this.#exchanges += 1
    const { till = shop, card = alice, came = '00', operation } = doing
    const original = this.sentOf(doing.of)
    const repeats = name === 'reverse' || doing.special === 'exact repeat'
    const trace = repeats && original !== undefined ? (original.fields.trace ?? '') : this.#nextTrace()
    const minor = doing.minor ?? (original === undefined ? 8800 : Number(original.fields.amount))
    const fields: Record<string, string> = {
      trace,
      batch: '000001',
      terminalId: till.terminalId,
      merchantId: till.merchantId,
      pan: card,
      amount: String(minor).padStart(12, '0'),
      processingCode: name === 'sale' ? '000000' : '200000',
      ...(original === undefined || name === 'reverse' ? {} : this.#namesOf(original)),
      ...doing.fields,
    }
    const [request, reply] = mtis[name] ?? ['0100', '0110']
    const place = { terminal: till.terminal, operation, exchange: this.#exchanges }
    this.append({ is: 'sent', ...place, mti: request, name, fields, hex: '', spans: [], remarks: [] })
    if (came === 'lost')
      this.append({
        is: 'line',
        ...place,
        event: 'fault',
        ours: true,
        fault: 'loses the request',
        says: 'our line loses the request',
      })
    if (came === 'lost' || came === 'silence') {
      this.append({ is: 'line', ...place, event: 'silence', ours: came === 'lost', says: 'no answer' })
      return
    }
    const answer = typeof came === 'string' ? { code: came } : came
    const approving = answer.code === undefined || answer.code === '00'
    this.#references += 1
    const said: Record<string, string> = {
      ...fields,
      ...(answer.code === undefined ? {} : { resultCode: answer.code }),
      ...(approving && repeats === false
        ? { reference: String(this.#references).padStart(12, '0'), localDate: '0601', localTime: '101500' }
        : {}),
      ...answer.fields,
    }
    this.append({
      is: 'received',
      ...place,
      mti: reply,
      name,
      standing: answer.standing ?? 'matched',
      mac: answer.mac ?? (approving ? 'good' : 'absent'),
      fields: said,
      hex: '',
      spans: [],
      remarks: [],
    })
  }

  #namesOf(original: Of<'sent'>): Record<string, string> {
    const reference = this.entries.find(entry => entry.is === 'received' && entry.exchange === original.exchange)
    return {
      originalBatch: original.fields.batch ?? '',
      originalTrace: original.fields.trace ?? '',
      ...(reference?.is === 'received' && reference.fields.reference !== undefined
        ? { reference: reference.fields.reference }
        : {}),
    }
  }

  #nextTrace(): string {
    this.#traces += 1
    return String(this.#traces).padStart(6, '0')
  }

  sentOf(operation: number | undefined): Of<'sent'> | undefined {
    return this.entries.find(entry => entry.is === 'sent' && entry.operation === operation) as Of<'sent'> | undefined
  }

  outcome(operation: number, outcome: Outcome['outcome'], says: string = outcome, terminal = shop.terminal): void {
    this.append({ is: 'outcome', terminal, operation, outcome, says })
  }

  /** What somebody did in the back office of the shop's merchant about an operation, and what the page said. */
  deed(
    act: OfficeDeed['act'],
    about: number,
    saw: OfficeDeed['saw'],
    more: Partial<Omit<OfficeDeed, 'is' | 'act' | 'about' | 'saw'>> = {},
  ): void {
    const { merchantId } = shop
    this.append({ is: 'office', role: 'tested', merchantId, by: 'clerk', act, about, saw, says: [saw], ...more })
  }

  display(...lines: readonly string[]): void {
    this.append({ is: 'display', terminal: shop.terminal, lines })
  }

  slip(operation: number, slip: Partial<Slip>): void {
    const whole: Slip = { kind: 'sale', copy: 'merchant', duplicate: false, lines: [], facts: {}, ...slip }
    this.append({ is: 'slip', terminal: shop.terminal, operation, slip: whole })
  }

  /** What a balance inquiry showed of a card. */
  balance(moment: string, minor: number, card = alice): void {
    this.append({ is: 'view', moment, view: 'balance', card, minor: String(minor), operation: 0 })
  }

  /** What the books show: balances of card accounts by token, and whatever else is given. */
  ledger(
    moment: string,
    cards: Readonly<Record<string, number>>,
    more: Partial<Extract<Fact, { is: 'view'; view: 'ledger' }>['ledger']> = {},
  ): void {
    const accounts = Object.entries(cards).map(([card, minor]) => ({
      name: `card:${card.slice(4, 15)}`,
      currency: '156',
      balance: String(minor),
    }))
    const ledger = {
      businessDate: '0601',
      clock: '2026-06-01T10:15:00+08:00',
      accounts,
      postings: [],
      transactions: [],
      batches: [],
      ...more,
    }
    this.append({ is: 'view', moment, view: 'ledger', ledger })
  }

  claim(check: ClaimName, operation?: number): Of<'claim'> {
    const entry = this.append({ is: 'claim', check, with: operation === undefined ? {} : { operation } })
    return entry as Of<'claim'>
  }
}

/** A profile that claims nearly everything, with the knobs of the reference host. */
export function testProfile(knobs: Partial<Profile['knobs']> = {}, without: readonly string[] = []): Profile {
  const flags =
    'core tcs batch-upload refund partial-refund balance pin manual-pan mac signon operator print void-pin magstripe view-balance view-totals view-ledger control-day control-clock control-card control-fault'
  return {
    name: 'test',
    file: 'test.yaml',
    sha256: '0'.repeat(64),
    dialect: { id: 'unionpay-pos', settings: {} },
    speaks: dialectById('unionpay-pos'),
    door: 'tcp',
    merchants: [],
    cards: [],
    supports: new Set(flags.split(' ').filter(flag => !without.includes(flag))),
    knobs: {
      zone: 'Asia/Shanghai',
      voidWindow: 'same-business-day',
      voidScope: 'same-terminal',
      voidAmount: 'full-only',
      voidCoding: 'iso-0200',
      dupMode: 'decline',
      dupKey: 'exact',
      replayMemory: 'batch',
      revUnknown: 'not-found',
      revStan: 'same',
      revRetries: 3,
      respTimeout: { seconds: 60 },
      voidTimeoutAction: 'reverse-void',
      settle: 'tcs',
      totals: 'gross',
      refundBeforeSettle: 'refund',
      refundCeil: { percent: 100 },
      supervisor: ['void', 'refund'],
      ...knobs,
    },
    businessDay: 'control',
    timing: { connection: 'per operation', role: 'client' },
    deviations: [],
  }
}
