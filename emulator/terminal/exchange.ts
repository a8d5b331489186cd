import type { Original, Request } from '../values/request.ts'
import { meaningOf } from './answer.ts'
import type { Context } from './context.ts'
import { ended, inquired, type Ties } from './ending.ts'
import { go } from './progress.ts'
import { keptOf, type TransactionRecord } from './record.ts'
import { beginErrand } from './reversal.ts'
import type { Draft, StateAt } from './state.ts'
import type { Effect, Step, Table } from './transition.ts'

/**
 * Sends a transaction. Its record, its trace number and the reversal that would be due are stored first: from here on a power cut leads to a reversal.
 *
 * @source UnionPay POS fact sheet, 5.4; requirement REV-003
 */
export function transact(draft: Draft, context: Context): Step {
  const { batch, trace, operator, identity, faulty } = context
  const { terminalId, merchantId } = identity
  const at = context.now.toISOString()
  const common = { terminalId, merchantId, trace, batch, operator, at, card: draft.card }
  if (draft.operation === 'inquire') {
    const request: Request = { ...common, operation: 'inquire', ...('pin' in draft ? { pin: draft.pin } : {}) }
    return go(
      { at: 'awaiting reply', draft, request, cancelled: false, again: false },
      { do: 'store', write: { write: 'spend trace', operation: 'inquire', trace, batch } },
      { do: 'send', request },
    )
  }
  const repeats = draft.operation === 'refund' ? draft.repeats : undefined
  const request: Request = { ...common, ...repeats, ...content(draft, context) }
  const record: TransactionRecord = {
    operation: draft.operation,
    state: 'open',
    terminalId,
    merchantId,
    trace: request.trace ?? trace,
    batch: request.batch,
    operator,
    amount: request.amount ?? amountOf(draft),
    card: keptOf(draft.card),
    pinEntered: request.pin !== undefined,
    ...(request.original ? { original: request.original } : {}),
    begunAt: request.at ?? at,
    slips: [],
    settled: false,
  }
  const reversible = draft.operation !== 'refund' || faulty('reverses a refund')
  const opened: Effect = {
    do: 'store',
    write: {
      write: 'open request',
      record,
      ...(reversible ? { reversal: 'no answer' } : {}),
      spends: repeats === undefined && !faulty('uses a trace twice'),
    },
  }
  const early: Effect[] =
    draft.operation === 'void' && faulty('marks voided before the answer')
      ? [{ do: 'store', write: { write: 'mark voided', key: draft.voids } }]
      : []
  return go({ at: 'awaiting reply', draft, request, record, cancelled: false, again: false }, opened, ...early, {
    do: 'send',
    request,
  })
}

type Content = Pick<Request, 'operation' | 'amount' | 'pin' | 'original'>

/** A void is of the whole amount, which comes from the log and is not keyed. */
function content(draft: Exclude<Draft, { operation: 'inquire' }>, { faulty }: Context): Content {
  switch (draft.operation) {
    case 'sale':
      return { operation: 'sale', amount: draft.amount, ...(draft.pin ? { pin: draft.pin } : {}) }
    case 'refund':
      return { operation: 'refund', amount: draft.amount, original: draft.original }
    case 'void': {
      const { batch, trace, reference, approvalCode, date, begunAt } = draft.voids
      const original = {
        batch,
        trace,
        at: faulty('tells another time of what it voids') ? aMinuteAfter(begunAt) : begunAt,
        ...(reference === undefined ? {} : { reference }),
        ...(approvalCode === undefined || faulty('leaves the approval code out') ? {} : { approvalCode }),
        ...(date === undefined ? {} : { date }),
      }
      const named = { original: faulty('voids without a reference') ? nobody : original }
      return { operation: 'void', amount: draft.voids.amount, ...named, ...(draft.pin ? { pin: draft.pin } : {}) }
    }
  }
}

const aMinuteAfter = (at: string): string => new Date(Date.parse(at) + 60_000).toISOString()

/** Zeros in every reference: what a terminal sends that does not know what it voids. */
const nobody: Original = { batch: '000000', trace: '000000', reference: '000000000000' }

const amountOf = (draft: Exclude<Draft, { operation: 'inquire' }>) =>
  draft.operation === 'void' ? draft.voids.amount : draft.amount

function tiesOf({ draft, cancelled }: StateAt<'awaiting reply'>): Ties {
  const repeats = draft.operation === 'refund' && draft.repeats !== undefined
  return draft.operation === 'void'
    ? { voids: { trace: draft.voids.trace, batch: draft.voids.batch }, repeats, cancelled }
    : { repeats, cancelled }
}

export const exchangeTable: Table<'awaiting reply'> = {
  'awaiting reply': {
    cancel: (state, _event, { faulty }) => go(faulty('ignores a cancel during the wait') ? state : { ...state, cancelled: true }),
    enter: (state, _event, { faulty }) => go(faulty('sends twice on a double key press') ? { ...state, again: true } : state),
    answered: (state, { answer }, context) => {
      const meaning = meaningOf(answer, context.settings, context.faulty)
      const done = state.record === undefined ? inquired(meaning, context) : ended(state.record, tiesOf(state), meaning, context)
      if (!state.again || state.draft.operation !== 'sale') return done
      const again = beginErrand({ do: 'transact', draft: state.draft }, context)
      return { next: again.next, effects: [...done.effects, ...again.effects] }
    },
  },
}
