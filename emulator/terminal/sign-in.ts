import { Secret } from '../values/secret.ts'
import type { Context } from './context.ts'
import { nothing, typed, typedSecretly } from './entry.ts'
import { cancel, finish, go, stay } from './progress.ts'
import { beginErrand } from './reversal.ts'
import type { Step, Table } from './transition.ts'
import type { Write } from './write.ts'

/** Operator number, password, then keys and batch number from the acquirer. @source UnionPay POS fact sheet, 4.5 */
export const signInTable: Table<'keying operator' | 'keying password' | 'awaiting sign-in'> = {
  'keying operator': {
    digit: (state, { digit }) => go({ ...state, entry: typed(state.entry, digit, 2) }),
    clear: state => go({ ...state, entry: '' }),
    cancel: () => cancel('signIn'),
    enter: state =>
      state.entry.length === 2 ? go({ at: 'keying password', operator: state.entry, entry: nothing }) : stay(state),
  },
  'keying password': {
    digit: (state, { digit }) => go({ ...state, entry: typedSecretly(state.entry, digit, 4) }),
    clear: state => go({ ...state, entry: nothing }),
    cancel: () => cancel('signIn'),
    enter: ({ operator, entry }, _event, context) => {
      const { settings, identity, trace, batch } = context
      if (!(settings.operators[operator] ?? new Secret('no such operator')).equals(entry))
        return finish('signIn', 'refused locally', ['不能签到 REFUSED', '操作员或密码错 wrong operator or password'])
      if (!settings.signsOn) return loggedIn(operator, {}, context)
      return go(
        { at: 'awaiting sign-in', operator },
        { do: 'store', write: { write: 'spend trace', operation: 'signIn', trace, batch } },
        {
          do: 'send',
          request: {
            operation: 'signIn',
            terminalId: identity.terminalId,
            merchantId: identity.merchantId,
            trace,
            batch,
            operator,
          },
        },
      )
    },
  },
  'awaiting sign-in': {
    answered: ({ operator }, { answer }, context) => {
      const failed = { do: 'store', write: { write: 'end', end: 'failed', demandSignIn: false } } as const
      if (answer.is !== 'reply') return finish('signIn', 'failed', ['签到失败 sign-in failed', '无应答 no answer'], [failed])
      const { resultCode = '', keys, batch } = answer.reply
      if (resultCode !== '00')
        return finish(
          'signIn',
          'declined',
          [`签到失败 sign-in refused ${resultCode}`, context.wording(resultCode)],
          [failed],
          resultCode,
        )
      if (typeof keys === 'string' || (keys === undefined && context.settings.keysAtSignIn))
        return finish('signIn', 'failed', ['签到失败 sign-in failed', `密钥错 ${keys ?? 'no keys'}`], [failed], resultCode)
      const keepsOld = context.faulty('keeps using the old keys') && context.signedIn
      const given = { ...(keys === undefined || keepsOld ? {} : { keys }), ...(batch === undefined ? {} : { batch }) }
      return loggedIn(operator, given, context, resultCode)
    },
  },
}

type Given = Pick<Extract<Write, { write: 'load keys' }>, 'keys' | 'batch'>

/** The operator may work. What could not be reversed before is offered once more. */
function loggedIn(operator: string, given: Given, context: Context, code?: string): Step {
  const loaded = { do: 'store', write: { write: 'load keys', operator, ...given } } as const
  const done = finish('signIn', 'done', ['签到成功 SIGNED IN', `操作员 operator ${operator}`], [loaded], code)
  const unresolved = context.due.filter(due => due.state === 'unresolved')
  if (unresolved.length === 0) return done
  const lines = done.next.at === 'told' ? done.next.lines : []
  const then = beginErrand({ do: 'nothing', lines }, { ...context, due: unresolved }, unresolved)
  return { next: then.next, effects: [...done.effects, ...then.effects] }
}
