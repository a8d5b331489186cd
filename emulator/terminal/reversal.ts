import { Amount } from '../values/amount.ts'
import type { Request } from '../values/request.ts'
import { nextTrace } from '../values/trace.ts'
import { meaningOf } from './answer.ts'
import type { Context } from './context.ts'
import { answered } from './ending.ts'
import { transact } from './exchange.ts'
import { finish, go, notice } from './progress.ts'
import { type DueReversal, sameRecord, storedCard } from './record.ts'
import { beginSettlement } from './settlement.ts'
import { reversalFaultSlip, transactionSlips } from './slip.ts'
import type { Errand, StateAt } from './state.ts'
import type { Effect, Step, Table } from './transition.ts'
import type { Write } from './write.ts'

const store = (write: Write): Effect => ({ do: 'store', write })

/**
 * Sends what must go before the errand, then runs the errand. Before a transaction and a sign-off that is every pending reversal; before a settlement
 * the unresolved ones too, once each.
 *
 * @source UnionPay POS fact sheet, 5.4; requirements REV-004, REV-006, SETL-013
 */
export function beginErrand(errand: Errand, context: Context, queue: readonly DueReversal[] = owed(errand, context)): Step {
  const [due, ...rest] = queue
  return due === undefined ? run(errand, context) : sendReversal(due, rest, errand, context)
}

function owed(errand: Errand, { due, faulty }: Context): readonly DueReversal[] {
  if (errand.do === 'transact' && faulty('sends the reversal after the next sale')) return []
  if (errand.do === 'settle' && faulty('settles before the reversal')) return []
  const pending = due.filter(({ state }) => state === 'pending')
  return offersUnresolved(errand) ? [...pending, ...due.filter(({ state }) => state === 'unresolved')] : pending
}

/** Whether reversals that have used up their sends are sent once more before it. */
const offersUnresolved = ({ do: what }: Errand): boolean => what === 'settle' || what === 'nothing'

function run(errand: Errand, context: Context): Step {
  switch (errand.do) {
    case 'transact':
      return transact(errand.draft, context)
    case 'settle':
      return beginSettlement(context)
    case 'nothing':
      return notice(...errand.lines)
    case 'sign off': {
      const { identity, trace, batch, operator, settings } = context
      if (!settings.signsOn) return finish('signOff', 'done', ['签退成功 signed off'], [store({ write: 'sign off' })])
      const { terminalId, merchantId } = identity
      return go({ at: 'awaiting sign-off' }, store({ write: 'spend trace', operation: 'signOff', trace, batch }), {
        do: 'send',
        request: { operation: 'signOff', terminalId, merchantId, trace, batch, operator },
      })
    }
  }
}

/** A reversal is not a new transaction: trace, batch, amount and card entry are the original's own, whatever the terminal has moved on to. */
export function reversalRequest(
  { record, reason, sends }: DueReversal,
  { faulty, trace }: Pick<Context, 'faulty' | 'trace'>,
): Request {
  const { amount, original, approvalCode } = record
  const named = { ...original, ...(approvalCode === undefined || record.operation === 'void' ? {} : { approvalCode }) }
  return {
    operation: 'reverse',
    terminalId: record.terminalId,
    merchantId: record.merchantId,
    trace: faulty('reverses under a new trace') ? nextTrace(trace) : record.trace,
    batch: record.batch,
    operator: record.operator,
    amount: faulty('reverses with another amount') ? new Amount(amount.minor + 1n, amount.currency) : amount,
    card: storedCard(record.card),
    ...(Object.keys(named).length === 0 ? {} : { original: named }),
    reversal: {
      of: record.operation === 'refund' ? 'sale' : record.operation,
      reason,
      pinEntered: record.pinEntered,
      at: record.begunAt,
    },
    ...(sends > 0 ? { repeat: true } : {}),
  }
}

function sendReversal(due: DueReversal, queue: readonly DueReversal[], errand: Errand, context: Context): Step {
  const begin: Effect = { do: 'begin', operation: 'reverse' }
  // Power may have failed between the last send and what follows it. Where unresolved ones are offered, this one now is one of them.
  if (due.state === 'pending' && due.sends >= sendsAllowed(context)) {
    const offered: DueReversal[] = offersUnresolved(errand) ? [{ ...due, state: 'unresolved' }] : []
    const given = giveUp({ at: 'reversing', due, queue: [...offered, ...queue], errand }, context)
    return { next: given.next, effects: [begin, ...given.effects] }
  }
  return go({ at: 'reversing', due, queue, errand }, begin, ...sending(due, context))
}

const sending = (due: DueReversal, context: Context): readonly Effect[] => [
  store({ write: 'count send', key: due.record, by: 1 }),
  { do: 'send', request: reversalRequest(due, context) },
]

const sendsAllowed = ({ settings, faulty }: Context): number => (faulty('gives up after one send') ? 1 : settings.reversalSends)

export const reversalTable: Table<'reversing'> = {
  reversing: {
    'late reply': (state, { reply }, context) => {
      const slips = transactionSlips(answered(state.due.record, reply, 'approved', context), context)
      return go(state, { do: 'show', lines: [`${context.wording('00')} APPROVED`] }, { do: 'print', slips })
    },
    answered: (state, { answer }, context) => {
      const meaning = meaningOf(answer, context.settings, context.faulty)
      if (meaning.is === 'not connected') return notConnected(state)
      const code = meaning.is === 'approved' || meaning.is === 'declined' ? meaning.code : undefined
      if (code !== undefined && isFinal(code, context)) return reversed(state, code, context)
      if (code !== undefined && context.settings.demandsSignIn.includes(code)) return signInFirst(state, code)
      return again(state, code, context)
    },
  },
}

function isFinal(code: string, { settings, faulty }: Context): boolean {
  if (faulty('takes 05 as the end of a reversal')) return true
  if (code === '25' && faulty('repeats a reversal that was answered 25')) return false
  return settings.reversalFinal.includes(code)
}

/** The operator is told before anything else goes on whether the reversal succeeded. @source requirement REV-026 */
function reversed(state: StateAt<'reversing'>, code: string, context: Context): Step {
  const { record } = state.due
  const lines = [`上笔交易已冲正 ${nameOf(record.operation)} ${record.trace} CANCELLED`, record.amount.toString()]
  const done = finish('reverse', 'reversed', lines, [store({ write: 'mark reversed', key: record })], code)
  return onwards(state, done, context)
}

function onwards({ queue, errand, due }: StateAt<'reversing'>, { next, effects }: Step, context: Context): Step {
  const remaining = { ...context, due: context.due.filter(other => !sameRecord(other.record, due.record)) }
  if (errand.do === 'nothing' && queue.length === 0) return { next, effects }
  const then = beginErrand(errand, remaining, queue)
  return { next: then.next, effects: [...effects, ...then.effects] }
}

/** Another code makes the reason `other`; silence and a wrong MAC leave it. An unresolved one is sent once only. */
function again(state: StateAt<'reversing'>, code: string | undefined, context: Context): Step {
  const due: DueReversal = { ...state.due, sends: state.due.sends + 1, ...(code === undefined ? {} : { reason: 'other' }) }
  const changed =
    code === undefined || state.due.reason === 'other'
      ? []
      : [store({ write: 'change reason', key: due.record, reason: 'other' })]
  if (due.state === 'pending' && due.sends < sendsAllowed(context))
    return go({ ...state, due }, ...changed, ...sending(due, context))
  const given = giveUp({ ...state, due }, context, code)
  return { next: given.next, effects: [...changed, ...given.effects] }
}

/** After the last send: a fault slip, and the record stays on offer. @source requirement REV-006 */
function giveUp(state: StateAt<'reversing'>, context: Context, code?: string): Step {
  const { due } = state
  const first = due.state === 'pending'
  const slips = first && !context.faulty('says nothing of a failed reversal') ? reversalFaultSlip(due, context) : []
  const effects: Effect[] = first
    ? [store({ write: 'give up reversal', key: due.record, drop: context.faulty('forgets a reversal that failed') })]
    : []
  if (slips.length > 0) effects.push({ do: 'print', slips })
  const lines = [`冲正失败 reversal of ${due.record.trace} FAILED`, '请人工处理 handle manually']
  return onwards(state, finish('reverse', 'unresolved', lines, effects, code), context)
}

/** Nothing goes past a reversal that could not even be offered: the errand ends, the reversal stays due. */
function notConnected(state: StateAt<'reversing'>): Step {
  const lines = ['通讯失败 not connected', '冲正未发送 reversal still due']
  return stops(
    state,
    finish('reverse', 'unresolved', lines, [store({ write: 'count send', key: state.due.record, by: -1 })]),
    lines,
  )
}

/**
 * The acquirer did not look at it, since the session is over or its keys have changed: nothing goes past it before a new sign-in, a settlement least
 * of all, which would close the batch over the transaction that is still to be undone.
 *
 * @source UnionPay POS fact sheet, 7
 */
function signInFirst(state: StateAt<'reversing'>, code: string): Step {
  const lines = ['请签到 sign in first', '冲正未完成 reversal still due']
  const demanded = store({ write: 'end', end: 'failed', demandSignIn: true })
  return stops(state, finish('reverse', 'unresolved', lines, [demanded], code), lines)
}

/** Ends the errand that the reversal went before. */
function stops({ errand }: StateAt<'reversing'>, reversal: Step, lines: readonly string[]): Step {
  const operation =
    errand.do === 'transact'
      ? errand.draft.operation
      : errand.do === 'settle'
        ? 'settle'
        : errand.do === 'sign off'
          ? 'signOff'
          : undefined
  if (operation === undefined) return reversal
  const failed = finish(operation, 'failed', lines)
  return { next: failed.next, effects: [...reversal.effects, ...failed.effects] }
}

const nameOf = (operation: string): string => operation.toUpperCase()
