import { Amount } from '../values/amount.ts'
import { CNY } from '../values/currency.ts'
import { Pan } from '../values/pan.ts'
import type { Answer, ReadCard, Reply } from '../values/request.ts'
import { Secret } from '../values/secret.ts'
import type { Context } from './context.ts'
import { editKeys, functionKeys } from './key.ts'
import type { DueReversal, TransactionRecord } from './record.ts'
import { referenceSettings } from './settings.ts'
import type { At, State } from './state.ts'
import { type Event, type EventType, step } from './transition.ts'

/** One arrow of the diagram. */
export type Edge = Readonly<{ from: At; on: EventType; to: At }>

/**
 * Walks the table from `off` and `idle` with one digit, one card and an answer of each kind, in every situation that changes what a key does, and
 * returns every arrow it took. Whatever this does not reach, nothing does.
 */
export function walk(): readonly Edge[] {
  const edges = new Map<string, Edge>()
  const found = new Map<string, State>()
  const find = (state: State): void => {
    const mark = signature(state)
    if (!found.has(mark)) found.set(mark, state)
  }
  find({ at: 'off' })
  find({ at: 'idle' })
  // What is found on the way is walked from as well.
  for (const state of found.values()) {
    for (const context of situations)
      for (const event of events) {
        const { next } = step(state, event, context)
        if (next === state) continue
        edges.set(`${state.at} ${event.type} ${next.at}`, { from: state.at, on: event.type, to: next.at })
        find(next)
      }
  }
  return [...edges.values()]
}

/** What tells two states apart: where, for what, and how much is keyed. */
function signature(state: State): string {
  const entry = 'entry' in state ? String(state.entry instanceof Secret ? state.entry.reveal().length : state.entry.length) : ''
  const purpose =
    'purpose' in state
      ? state.purpose.operation
      : 'operation' in state
        ? state.operation
        : 'draft' in state
          ? state.draft.operation
          : ''
  const errand = 'errand' in state ? `${state.errand.do} ${state.due.sends} ${state.due.state} ${state.queue.length}` : ''
  const flags =
    'cancelled' in state
      ? String(state.cancelled)
      : 'progress' in state
        ? `${state.progress.stage} ${'sends' in state ? state.sends : ''}`
        : ''
  return [state.at, entry, purpose, errand, flags].join('|')
}

const pan = new Pan('6250930000000002')
const amount = new Amount(1n, CNY)
const card: ReadCard = { entry: 'keyed', pan, expiry: '1111' }

/** Found by the digit 1 alone: trace 000001, reference of twelve ones. */
const sale: TransactionRecord = {
  operation: 'sale',
  state: 'approved',
  terminalId: '10000001',
  merchantId: '898000000000001',
  trace: '000001',
  batch: '000001',
  operator: '11',
  amount,
  card: { pan, expiry: '1111', entry: 'swiped' },
  pinEntered: true,
  begunAt: '2026-07-26T10:11:12.000Z',
  reference: '111111111111',
  slips: [],
  settled: false,
}

const quiet: Context = {
  identity: { role: 'the shop', terminalId: '10000001', merchantId: '898000000000001', merchantName: 'Harbour Bookshop' },
  settings: { ...referenceSettings, operators: { '11': new Secret('1111') }, supervisorPassword: new Secret('111111') },
  faulty: () => false,
  headstrong: false,
  now: new Date('2026-07-26T10:11:12Z'),
  wording: () => '',
  signedIn: true,
  operator: '11',
  trace: '000002',
  batch: '000001',
  records: [sale],
  due: [],
  settlement: undefined,
  lastBatch: undefined,
  interrupted: undefined,
}

const due: DueReversal = { record: { ...sale, state: 'unresolved' }, reason: 'no answer', sends: 0, state: 'pending' }
const many = Array.from({ length: 9 }, (_, at) => ({ ...sale, trace: String(at + 1).padStart(6, '0') }))

const situations: readonly Context[] = [
  quiet,
  { ...quiet, signedIn: false },
  { ...quiet, records: [] },
  { ...quiet, records: many },
  { ...quiet, due: [due] },
  { ...quiet, due: [{ ...due, state: 'unresolved' }] },
  { ...quiet, due: [{ ...due, sends: 3 }] },
  { ...quiet, settings: { ...quiet.settings, supervisor: [] } },
  { ...quiet, settings: { ...quiet.settings, voidNeedsCard: false } },
  { ...quiet, settings: { ...quiet.settings, voidNeedsCard: false, voidNeedsPin: false } },
  { ...quiet, settings: { ...quiet.settings, signsOffAfterSettlement: true } },
  { ...quiet, interrupted: { operation: 'sale', trace: '000001', batch: '000001' } },
]

const reply: Reply = {
  operation: 'sale',
  resultCode: '00',
  mac: 'good',
  batch: '000001',
  keys: { pin: new Secret('pin'), mac: new Secret('mac') },
}
const answers: readonly Answer[] = [
  { is: 'silence' },
  { is: 'not connected', says: 'refused' },
  { is: 'reply', reply },
  { is: 'reply', reply: { ...reply, mac: 'bad' } },
  { is: 'reply', reply: { ...reply, resultCode: '51', keys: 'check value wrong' } },
  { is: 'reply', reply: { ...reply, reconciliation: { domestic: 'unbalanced', foreign: 'balanced' } } },
  { is: 'reply', reply: { ...reply, reconciliation: { domestic: 'error', foreign: 'balanced' } } },
]

/** The digit 1 alone keeps the walk small: it makes a voucher, a date, an expiry and every password that is needed. */
export const events: readonly Event[] = [
  { type: 'digit', digit: '1' },
  ...editKeys.map(type => ({ type })),
  ...functionKeys.map(type => ({ type })),
  { type: 'card read', card },
  ...answers.map(answer => ({ type: 'answered' as const, answer })),
  { type: 'late reply', reply },
  { type: 'restarted' },
]
