import { zero } from '../values/amount.ts'
import type { Reconciliation, Request, Totals } from '../values/request.ts'
import { nextBatch } from '../values/trace.ts'
import { type Context, counting } from './context.ts'
import { cancel, finish, go, refuse } from './progress.ts'
import type { SettledBatch, SettlementInProgress } from './record.ts'
import { beginErrand } from './reversal.ts'
import { settlementSlips } from './slip-settlement.ts'
import type { StateAt } from './state.ts'
import { totalsOf, uploadItems } from './totals.ts'
import type { Effect, Step, Table } from './transition.ts'
import type { Write } from './write.ts'

const store = (write: Write): Effect => ({ do: 'store', write })
const open = ['结算未完成 SETTLEMENT OPEN', '请继续结算 settle again to continue']

/**
 * Reversals first, then the totals, the details of an unbalanced class, the end notice; the log is cleared when that is answered, not before.
 *
 * @source UnionPay POS fact sheet, 4.5, 4.6; requirements SETL-002 to SETL-015
 */
export function settleFromMenu(context: Context): Step {
  const begin: Effect = { do: 'begin', operation: 'settle' }
  if (context.settlement !== undefined) return prepend(begin, beginErrand({ do: 'settle' }, context))
  if (!context.signedIn && !context.headstrong) return prepend(begin, refuse('settle', '请签到 sign in first'))
  const totals = totalsOf(context.records, counting(context))
  if (isEmpty(totals) && context.faulty('says nothing of an empty settlement'))
    return prepend(begin, finish('settle', 'failed', ['']))
  const unknown = context.records.filter(record => record.state === 'unknown' && !record.settled)
  return go({ at: 'confirming settlement', totals, unknown, unresolved: context.due }, begin)
}

const prepend = (effect: Effect, { next, effects }: Step): Step => ({ next, effects: [effect, ...effects] })

/** Begins it, or goes on where it stopped: a repeat keeps the trace number, the totals and what was acknowledged. */
export function beginSettlement(context: Context): Step {
  const { settlement, batch, trace, faulty } = context
  if (settlement !== undefined && settlement.stage !== 'asked' && faulty('starts the upload again'))
    return upload({ ...settlement, acknowledged: 0 }, context, 'new')
  if (settlement?.stage === 'uploading') return upload(settlement, context, 'repeat')
  if (settlement?.stage === 'ending') return sendEnd(settlement, context, 'repeat')
  const fresh = settlement === undefined || faulty('takes a new trace on a repeat')
  const progress: SettlementInProgress = fresh
    ? {
        stage: 'asked',
        batch,
        trace,
        totals: totalsOf(context.records, counting(context)),
        domestic: 'none',
        foreign: 'none',
        acknowledged: 0,
        refused: [],
      }
    : settlement
  const request: Request = { ...common(progress, context), operation: 'settle', totals: progress.totals }
  return go({ at: 'awaiting settlement', progress }, store({ write: 'settlement', progress, spends: fresh }), {
    do: 'send',
    request,
  })
}

const common = ({ trace, batch }: SettlementInProgress, { identity, operator }: Context) => ({
  terminalId: identity.terminalId,
  merchantId: identity.merchantId,
  trace,
  batch,
  operator,
})

export const settlementTable: Table<'confirming settlement' | 'awaiting settlement' | 'awaiting upload' | 'awaiting batch end'> =
  {
    'confirming settlement': {
      cancel: () => cancel('settle'),
      enter: (_state, _event, context) => beginErrand({ do: 'settle' }, context),
    },
    'awaiting settlement': {
      answered: ({ progress }, { answer }, context) => {
        if (answer.is !== 'reply')
          return context.faulty('clears the log on a lost settlement answer') ? close(progress, context) : stillOpen()
        const { resultCode, reconciliation } = answer.reply
        const differ = resultCode === '95' && reconciliation?.domestic === 'unbalanced'
        if (resultCode !== undefined && resultCode !== '00' && !differ) return refused(resultCode, context)
        const { domestic, foreign } = reconciliation ?? { domestic: 'balanced', foreign: 'balanced' }
        if (domestic === 'error' || foreign === 'error') return refused(undefined, context)
        const balanced = domestic !== 'unbalanced' && foreign !== 'unbalanced'
        const answered = { ...progress, domestic, foreign }
        if (!context.settings.uploads) return close(answered, context)
        return balanced || context.faulty('uploads nothing')
          ? sendEnd(answered, context, 'new')
          : upload(answered, context, 'new')
      },
    },
    'awaiting upload': {
      answered: ({ progress, items, sends }, { answer }, context) => {
        if (answer.is === 'reply') {
          const code = answer.reply.resultCode ?? '00'
          if (context.settings.demandsSignIn.includes(code)) return unheard(code, context)
          return upload(acknowledged(progress, items, code), context, 'new')
        }
        if (answer.is === 'not connected' || sends >= context.settings.uploadSends) return stillOpen()
        return go(
          { at: 'awaiting upload', progress, items, sends: sends + 1 },
          { do: 'send', request: uploadRequest(progress, items, context) },
        )
      },
    },
    'awaiting batch end': {
      answered: ({ progress, sends, repeated }, { answer }, context) => {
        if (answer.is === 'reply') {
          const code = answer.reply.resultCode ?? '00'
          if (code === '00') return close(progress, context)
          if (repeated || context.settings.demandsSignIn.includes(code)) return unheard(code, context)
          return refused(code, context)
        }
        if (answer.is === 'not connected' || sends >= context.settings.uploadSends) return stillOpen()
        return go(
          { at: 'awaiting batch end', progress, sends: sends + 1, repeated: true },
          { do: 'send', request: endRequest(progress, context) },
        )
      },
    },
  }

const isEmpty = ({ domestic, foreign }: Totals): boolean =>
  domestic.debitCount + domestic.creditCount + foreign.debitCount + foreign.creditCount === 0

/** A refused item was answered too: it is listed on the slip and not sent again. @source UnionPay POS fact sheet, 8.2 */
function acknowledged(
  progress: SettlementInProgress,
  items: StateAt<'awaiting upload'>['items'],
  code: string,
): SettlementInProgress {
  const refused = code === '00' ? [] : items.map(({ trace }) => trace)
  return { ...progress, acknowledged: progress.acknowledged + items.length, refused: [...progress.refused, ...refused] }
}

type Send = 'new' | 'repeat'

/** The next group of details, each acknowledged before the following one; then the end notice. */
function upload(before: SettlementInProgress, context: Context, send: Send): Step {
  const all = uploadItems(
    context.records,
    { domestic: before.domestic === 'unbalanced', foreign: before.foreign === 'unbalanced' },
    counting(context),
  )
  const items = all.slice(before.acknowledged, before.acknowledged + context.settings.uploadItemsPerMessage)
  if (items.length === 0) return sendEnd(before, context, 'new')
  const progress: SettlementInProgress = { ...before, stage: 'uploading', trace: send === 'new' ? context.trace : before.trace }
  return go(
    { at: 'awaiting upload', progress, items, sends: 1 },
    store({ write: 'settlement', progress, spends: send === 'new' }),
    { do: 'send', request: uploadRequest(progress, items, context) },
  )
}

const uploadRequest = (
  progress: SettlementInProgress,
  items: StateAt<'awaiting upload'>['items'],
  context: Context,
): Request => ({
  ...common(progress, context),
  operation: 'upload',
  upload: { is: 'details', items },
})

function sendEnd(before: SettlementInProgress, context: Context, send: Send): Step {
  if (!isBalanced(before) && context.faulty('sends no end notice')) return close(before, context)
  const progress: SettlementInProgress = { ...before, stage: 'ending', trace: send === 'new' ? context.trace : before.trace }
  const repeated = send === 'repeat'
  return go(
    { at: 'awaiting batch end', progress, sends: 1, repeated },
    store({ write: 'settlement', progress, spends: send === 'new' }),
    {
      do: 'send',
      request: endRequest(progress, context),
    },
  )
}

const endRequest = (progress: SettlementInProgress, context: Context): Request => ({
  ...common(progress, context),
  operation: 'upload',
  upload: { is: 'end', count: progress.acknowledged, balanced: isBalanced(progress) },
})

const isBalanced = ({ domestic, foreign }: Readonly<{ domestic: Reconciliation; foreign: Reconciliation }>): boolean =>
  domestic !== 'unbalanced' && foreign !== 'unbalanced'

const stillOpen = (): Step => finish('settle', 'failed', open, [store({ write: 'end', end: 'failed', demandSignIn: false })])

/**
 * The acquirer did not look at the message, since the session is over or its keys have changed; or it refused the repeat of an end notice, which says
 * nothing of the first. The settlement stays open and goes on where it stopped: the batch may be closed already, and its log must not be counted into
 * the next one. @source requirement SETL-012
 */
function unheard(code: string, { wording, settings }: Context): Step {
  const demandSignIn = settings.demandsSignIn.includes(code)
  const lines = [...open, `${wording(code)} ${code}`, ...(demandSignIn ? ['请签到 sign in first'] : [])]
  return finish('settle', 'failed', lines, [store({ write: 'end', end: 'failed', demandSignIn })], code)
}

function refused(code: string | undefined, { wording, settings }: Context): Step {
  const demandSignIn = code !== undefined && settings.demandsSignIn.includes(code)
  const lines = code === undefined ? ['对账出错 settlement refused'] : [`对账出错 settlement refused ${code}`, wording(code)]
  return finish('settle', 'declined', lines, [store({ write: 'refuse settlement', demandSignIn })], code)
}

/** The batch is closed at the acquirer: slip, totals kept, log cleared, batch number moved on by one, all in one step. */
function close(progress: SettlementInProgress, context: Context): Step {
  const { batch, totals, domestic, foreign, refused: left } = progress
  const closed = { batch, totals: withoutCredits(totals, context), domestic, foreign, refused: left }
  const settled: SettledBatch = { ...closed, totals, slips: settlementSlips(closed, context) }
  const once = context.faulty('keeps the batch number after settlement') ? batch : nextBatch(batch)
  const next = context.faulty('moves the batch number on twice') ? nextBatch(once) : once
  const lines = [
    isBalanced(progress) ? '对账平 BALANCED' : '对账不平 UNBALANCED',
    '结算成功 batch closed',
    `下一批次 next batch ${next}`,
  ]
  const done = finish('settle', 'done', lines, [
    store({ write: 'close batch', settled, next }),
    { do: 'print', slips: settled.slips },
  ])
  if (!context.settings.signsOffAfterSettlement) return done
  const then = beginErrand({ do: 'sign off' }, { ...context, due: [], trace: context.trace, batch: next })
  return { next: then.next, effects: [...done.effects, { do: 'begin', operation: 'signOff' }, ...then.effects] }
}

function withoutCredits(totals: Totals, { faulty, settings }: Context): Totals {
  if (!faulty('settlement slip leaves a column out')) return totals
  const none = { creditCount: 0, credit: zero(settings.currency) }
  return { domestic: { ...totals.domestic, ...none }, foreign: { ...totals.foreign, ...none } }
}
