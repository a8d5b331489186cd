import { type Context, counting } from './context.ts'
import { totalsLines } from './display.ts'
import { nothing } from './entry.ts'
import { reprintState } from './look-up.ts'
import { finish, go, notice, refuse } from './progress.ts'
import { restart } from './restart.ts'
import { beginErrand } from './reversal.ts'
import { settleFromMenu } from './settlement.ts'
import type { State } from './state.ts'
import { totalsOf } from './totals.ts'
import type { Effect, Handlers, Step, Table } from './transition.ts'

type Financial = 'sale' | 'void' | 'refund' | 'inquire'

/** Why a transaction cannot begin now, if so. @source UnionPay POS fact sheet, 5.1; requirements TERM-012, SETL-011, SETL-023 */
function notReady(operation: Financial, context: Context): readonly string[] | undefined {
  if (context.headstrong) return undefined
  if (context.settlement !== undefined && !context.faulty('sells while settlement is open'))
    return ['结算未完成 settlement open', '请继续结算 settle first']
  if (!context.signedIn && !context.faulty('starts without a sign-in')) return ['请签到 sign in first']
  if (isFull(context) && operation !== 'inquire' && !context.faulty('drops entries when full'))
    return ['交易满 log full', '请结算 settle first']
  return undefined
}

const isFull = ({ records, settings: { logCapacity } }: Context): boolean =>
  records.length >= logCapacity && records.filter(record => !record.settled).length >= logCapacity

function start(operation: Financial, first: State, context: Context): Step {
  const begin: Effect = { do: 'begin', operation }
  const why = notReady(operation, context)
  if (why === undefined) return go(first, begin)
  const refused = refuse(operation, ...why)
  return { ...refused, effects: [begin, ...refused.effects] }
}

function supervised(operation: 'void' | 'refund', then: State, context: Context): State {
  const asks = context.settings.supervisor.includes(operation) && !context.headstrong && !context.faulty('no supervisor password')
  return asks ? { at: 'keying supervisor password', operation, entry: nothing, tries: 0 } : then
}

function echo({ identity: { terminalId, merchantId }, batch, trace, settings }: Context): Step {
  const request = { operation: 'echo', terminalId, merchantId, batch } as const
  const begin: Effect = { do: 'begin', operation: 'echo' }
  if (!settings.echoHasTrace) return go({ at: 'awaiting echo' }, begin, { do: 'send', request })
  const spend: Effect = { do: 'store', write: { write: 'spend trace', operation: 'echo', trace, batch } }
  return go({ at: 'awaiting echo' }, begin, spend, { do: 'send', request: { ...request, trace } })
}

function signOff(context: Context): Step {
  const began: Effect = { do: 'begin', operation: 'signOff' }
  const then = beginErrand({ do: 'sign off' }, context)
  return { ...then, effects: [began, ...then.effects] }
}

/** The keys that start something: they live wherever nothing else is going on. */
const functions: Handlers<'idle'> & Handlers<'told'> = {
  'sign in': () => go({ at: 'keying operator', entry: '' }, { do: 'begin', operation: 'signIn' }),
  'sign off': (_state, _event, context) => signOff(context),
  echo: (_state, _event, context) => echo(context),
  sale: (_state, _event, context) => start('sale', { at: 'keying amount', entry: '' }, context),
  void: (_state, _event, context) => start('void', supervised('void', { at: 'keying voucher', entry: '' }, context), context),
  refund: (_state, _event, context) =>
    start('refund', supervised('refund', { at: 'awaiting card', purpose: { operation: 'refund' } }, context), context),
  inquire: (_state, _event, context) => start('inquire', { at: 'awaiting card', purpose: { operation: 'inquire' } }, context),
  settle: (_state, _event, context) => settleFromMenu(context),
  reverse: (_state, _event, context) => beginErrand({ do: 'nothing', lines: ['没有待冲正交易 no reversal due'] }, context),
  'look up': () => go({ at: 'keying look-up', entry: '' }),
  reprint: () => go(reprintState),
  totals: (_state, _event, context) => notice('当日合计 TOTALS', ...totalsLines(totalsOf(context.records, counting(context)))),
  restarted: (_state, _event, context) => restart(context),
}

const toIdle = (): Step => go({ at: 'idle' })

export const menuTable: Table<'off' | 'idle' | 'told' | 'awaiting echo' | 'awaiting order' | 'awaiting sign-off'> = {
  off: { restarted: (_state, _event, context) => restart(context) },
  idle: functions,
  told: { ...functions, enter: toIdle, clear: toIdle, cancel: toIdle },
  'awaiting order': {},
  'awaiting echo': {
    answered: (_state, { answer }, { wording }) => {
      if (answer.is !== 'reply') return finish('echo', 'failed', ['线路测试失败 no answer to the echo test'])
      const code = answer.reply.resultCode ?? '00'
      return code === '00'
        ? finish('echo', 'done', ['线路测试成功 echo answered'], [], code)
        : finish('echo', 'failed', [`线路测试失败 echo refused ${code}`, wording(code)], [], code)
    },
  },
  'awaiting sign-off': {
    answered: (_state, { answer }, { wording }) => {
      if (answer.is !== 'reply') return finish('signOff', 'failed', ['签退失败 no answer to the sign-off'], [shown('failed')])
      const code = answer.reply.resultCode ?? '00'
      if (code !== '00')
        return finish('signOff', 'failed', [`签退失败 sign-off refused ${code}`, wording(code)], [shown('failed')], code)
      return finish('signOff', 'done', ['签退成功 signed off'], [{ do: 'store', write: { write: 'sign off' } }], code)
    },
  },
}

const shown = (end: 'failed'): Effect => ({ do: 'store', write: { write: 'end', end, demandSignIn: false } })
