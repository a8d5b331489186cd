import type { Amount } from '../values/amount.ts'
import { zero } from '../values/amount.ts'
import type { Operation, ReversalReason, Reversible } from '../values/operation.ts'
import type { Answer, Original, ReadCard, Request, Totals } from '../values/request.ts'
import type { Secret } from '../values/secret.ts'
import { nextBatch } from '../values/trace.ts'
import { meaningOf } from './answer.ts'
import type { Context } from './context.ts'
import { ended, inquired } from './ending.ts'
import { finish } from './progress.ts'
import { keptOf, type Recorded, sameRecord, type TransactionRecord } from './record.ts'
import { reversalRequest } from './reversal.ts'
import type { Step } from './transition.ts'
import type { Write } from './write.ts'

/**
 * What the headstrong door sends: facts of the caller's choice, whatever the terminal knows better.
 *
 * `trace`: the next one, or one of the caller's, which spends none. `repeatOf`: the trace number of an earlier request of this terminal, sent again
 * exactly. Of a reversal, `trace` names what it undoes; what the terminal has on record about that is taken unless given. `recorded: false` keeps
 * the store out of it: no log, no reversal due.
 */
export type Order = Readonly<{
  operation: Operation
  amount?: Amount
  card?: ReadCard
  pin?: Secret
  original?: Original
  trace?: string
  batch?: string
  merchantId?: string
  terminalId?: string
  operator?: string
  repeatOf?: string
  reversal?: Readonly<{ of: Reversible; reason: ReversalReason; pinEntered?: boolean }>
  totals?: Totals
  upload?: NonNullable<Request['upload']>
  recorded?: boolean
}>

export type OrderAnswer = Answer & Readonly<{ trace: string; request: Request; operation: number }>

/** By what a request is remembered: a reversal has the trace number of what it undoes. */
export const sentName = (operation: Operation, trace: string): string => `${operation} ${trace}`

/** @throws RangeError when it should repeat a request that was never sent, or reverse one that nobody describes. */
export function orderedRequest(order: Order, context: Context, sent: ReadonlyMap<string, Request>): Request {
  if (order.repeatOf !== undefined) {
    const earlier = sent.get(sentName(order.operation, order.repeatOf))
    if (earlier === undefined) throw new RangeError(`there is no request ${order.repeatOf} to repeat`)
    return earlier
  }
  return order.operation === 'reverse' ? orderedReversal(order, context) : withGiven(order, context)
}

function withGiven(order: Order, { identity, trace, batch, operator, now, settings }: Context): Request {
  const { repeatOf: _repeatOf, recorded: _recorded, reversal, trace: chosen = 'next', ...given } = order
  return {
    terminalId: identity.terminalId,
    merchantId: identity.merchantId,
    batch,
    operator,
    at: now.toISOString(),
    ...(order.operation === 'echo' && !settings.echoHasTrace ? {} : { trace: chosen === 'next' ? trace : chosen }),
    ...(settings.asksPin ? given : withoutPin(given)),
    ...(reversal ? { reversal: { pinEntered: order.pin !== undefined, ...reversal } } : {}),
  }
}

function withoutPin<T extends Readonly<{ pin?: Secret }>>({ pin: _, ...given }: T): Omit<T, 'pin'> {
  return given
}

function orderedReversal(order: Order, context: Context): Request {
  const trace = order.trace === 'next' ? context.trace : order.trace
  const due = context.due.find(({ record }) => record.trace === trace || trace === undefined)
  const record = due?.record ?? context.records.findLast(one => one.trace === trace)
  const known = record && reversalRequest(due ?? { record, reason: 'no answer', sends: 0, state: 'pending' }, context)
  const reversal = order.reversal ? { pinEntered: known?.reversal?.pinEntered ?? false, ...order.reversal } : known?.reversal
  if (reversal === undefined)
    throw new RangeError(`nothing is known of ${trace ?? 'a due reversal'}: say in the order what is to be reversed`)
  const { reversal: _reversal, ...given } = order
  return {
    ...known,
    ...withGiven({ ...(known ? { trace: known.trace ?? '', batch: known.batch } : {}), ...given }, context),
    reversal,
  }
}

/** What the store already has under the trace number of a request: the request is then a repeat, or clashes with it, and is never a record of its own. */
const earlier = ({ trace = '', batch }: Request, { records }: Context) =>
  records.findLast(record => sameRecord(record, { trace, batch }))

const isRecorded = (operation: Operation): operation is Recorded =>
  operation === 'sale' || operation === 'void' || operation === 'refund'

/** The record that the store keeps of it: the one of the first sending, if it is a repeat. */
export function orderedRecord(order: Order, request: Request, context: Context): TransactionRecord | undefined {
  const { operation, trace, card, batch, terminalId, merchantId } = request
  if (order.recorded === false || !isRecorded(operation) || trace === undefined || card === undefined) return undefined
  return (
    earlier(request, context) ?? {
      operation,
      state: 'open',
      terminalId,
      merchantId,
      trace,
      batch,
      operator: request.operator ?? context.operator,
      amount: request.amount ?? zero(context.settings.currency),
      card: keptOf(card),
      pinEntered: request.pin !== undefined,
      ...(request.original ? { original: request.original } : {}),
      begunAt: request.at ?? context.now.toISOString(),
      slips: [],
      settled: false,
    }
  )
}

/** A repeat of something that has its final answer is booked no second time. */
const isSettledRepeat = (record: TransactionRecord): boolean =>
  record.state !== 'open' && record.state !== 'unresolved' && record.state !== 'unknown'

export function orderOpens(request: Request, record: TransactionRecord | undefined, context: Context): readonly Write[] {
  const { trace, batch, operation } = request
  const spends = trace === context.trace
  if (record !== undefined && earlier(request, context) === undefined)
    return [{ write: 'open request', record, ...(record.operation === 'refund' ? {} : { reversal: 'no answer' }), spends }]
  return spends ? [{ write: 'spend trace', operation, trace, batch }] : []
}

/** How it ends for the till: booked like a dialog's own, if it has a record. */
export function orderEnds(
  order: Order,
  request: Request,
  record: TransactionRecord | undefined,
  answer: Answer,
  context: Context,
): Step {
  const meaning = meaningOf(answer, context.settings, context.faulty)
  if (record !== undefined && !isSettledRepeat(record)) {
    const { original } = request
    const voids = context.records.find(one => one.trace === original?.trace && one.batch === original.batch)
    const marks = request.operation === 'void' && voids ? { voids: { trace: voids.trace, batch: voids.batch } } : {}
    return ended(
      record,
      { ...marks, repeats: record.state !== 'open' || order.repeatOf !== undefined, cancelled: false },
      meaning,
      context,
    )
  }
  if (request.operation === 'inquire') return inquired(meaning, context)
  const { operation } = request
  if (meaning.is === 'silence') return finish(operation, 'unresolved', ['无应答 no answer'])
  if (meaning.is === 'not connected') return finish(operation, 'failed', ['通讯失败 not connected'])
  if (meaning.is === 'bad MAC') return finish(operation, 'failed', ['校验错 MAC wrong'])
  const code = meaning.is === 'unusable' ? undefined : meaning.code
  const writes =
    order.recorded === false || code === undefined
      ? closings(order, request, answer, context)
      : bookings(request, answer, code, context)
  const effects = writes.map(write => ({ do: 'store', write }) as const)
  if (meaning.is === 'declined')
    return finish(operation, 'declined', [`交易失败 DECLINED ${meaning.code}`, context.wording(meaning.code)], effects, code)
  return finish(
    operation,
    isRecorded(operation) ? 'approved' : 'done',
    [`${context.wording(code ?? '00')} ${operation}`],
    effects,
    code,
  )
}

function bookings(request: Request, answer: Answer, code: string, context: Context): readonly Write[] {
  const { operation, trace, batch } = request
  if (operation === 'reverse' && context.settings.reversalFinal.includes(code)) {
    const undone = context.records.find(record => record.trace === trace && record.batch === batch)
    return undone && code === '00' ? [{ write: 'mark reversed', key: undone }] : []
  }
  if (operation === 'signIn' && code === '00' && answer.is === 'reply') {
    const { keys, batch: open } = answer.reply
    const operator = request.operator ?? context.operator
    if (keys !== undefined && typeof keys !== 'string')
      return [{ write: 'load keys', keys, operator, ...(open === undefined ? {} : { batch: open }) }]
  }
  if (operation === 'signOff' && code === '00') return [{ write: 'sign off' }]
  return operation === 'upload' && code === '00' ? closings({ operation }, request, answer, context) : []
}

/** An end notice that was answered closes the batch here too. */
function closings(order: Order, request: Request, answer: Answer, context: Context): readonly Write[] {
  if (order.recorded === false || request.upload?.is !== 'end' || answer.is !== 'reply' || request.batch !== context.batch)
    return []
  const none = { debitCount: 0, debit: zero(context.settings.currency), creditCount: 0, credit: zero(context.settings.currency) }
  const result = request.upload.balanced ? 'balanced' : 'unbalanced'
  const settled = {
    batch: request.batch,
    totals: { domestic: none, foreign: none },
    domestic: result,
    foreign: result,
    refused: [],
    slips: [],
  } as const
  return [{ write: 'close batch', settled, next: nextBatch(request.batch) }]
}
