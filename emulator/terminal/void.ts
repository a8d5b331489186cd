import { askPin } from './card-entry.ts'
import type { Context } from './context.ts'
import { nothing, typed, typedSecretly } from './entry.ts'
import { cancel, go, refuse, stay } from './progress.ts'
import type { TransactionRecord } from './record.ts'
import { beginErrand } from './reversal.ts'
import type { State } from './state.ts'
import type { Step, Table } from './transition.ts'

const passwordTries = 3

/**
 * Supervisor, voucher number, the original shown and confirmed, then card and PIN as the settings say.
 *
 * @source UnionPay POS fact sheet, 5.2; requirements TERM-002 to TERM-005, VOID-024, VOID-035
 */
export const voidTable: Table<'keying supervisor password' | 'keying voucher' | 'confirming original'> = {
  'keying supervisor password': {
    digit: (state, { digit }) => go({ ...state, entry: typedSecretly(state.entry, digit, 6) }),
    clear: state => go({ ...state, entry: nothing }),
    cancel: ({ operation }) => cancel(operation),
    enter: (state, _event, { settings, faulty }) => {
      if (settings.supervisorPassword.equals(state.entry) || faulty('any supervisor password'))
        return go(afterSupervisor(state.operation))
      if (state.tries + 1 < passwordTries) return go({ ...state, entry: nothing, tries: state.tries + 1 })
      return refuse(state.operation, '主管密码错 wrong supervisor password')
    },
  },
  'keying voucher': {
    digit: (state, { digit }) => go({ ...state, entry: typed(state.entry, digit, 6) }),
    clear: state => go({ ...state, entry: '' }),
    cancel: () => cancel('void'),
    enter: (state, _event, context) => (state.entry === '' ? stay(state) : choose(state.entry.padStart(6, '0'), context)),
  },
  'confirming original': {
    cancel: ({ original }, _event, context) =>
      context.faulty('sends although cancelled') ? confirmed(original, context) : cancel('void'),
    clear: () => go({ at: 'keying voucher', entry: '' }),
    enter: ({ original }, _event, context) => confirmed(original, context),
  },
}

const afterSupervisor = (operation: 'void' | 'refund'): State =>
  operation === 'void' ? { at: 'keying voucher', entry: '' } : { at: 'awaiting card', purpose: { operation: 'refund' } }

function choose(trace: string, context: Context): Step {
  const { faulty } = context
  const found = context.records.findLast(record => record.trace === trace && record.batch === context.batch && !record.settled)
  const original = found ?? (faulty('voids what it does not know') ? invented(trace, context) : undefined)
  if (original === undefined) return refuse('void', `无此交易 no transaction ${trace} in this batch`)
  const why = context.headstrong ? undefined : notVoidable(original, context)
  if (why !== undefined) return refuse('void', why)
  return faulty('voids without showing the original') ? confirmed(original, context) : go({ at: 'confirming original', original })
}

/** What a terminal that does not look would send: the last sale under the number that was keyed. */
function invented(trace: string, { records }: Context): TransactionRecord | undefined {
  const last = records.at(-1)
  return last && { ...last, trace }
}

function notVoidable({ operation, state }: TransactionRecord, { faulty }: Context): string | undefined {
  if (operation === 'void' && !faulty('voids a void')) return '撤销交易不能再撤销 a void cannot be voided'
  if (operation === 'refund' && !faulty('voids a refund')) return '退货不能撤销 a refund cannot be voided here'
  if (state === 'voided' && !faulty('voids twice')) return '已撤销 already voided'
  if (state === 'reversed') return '已冲正 reversed, nothing to void'
  if (state === 'declined') return '交易未成功 it was declined'
  if (state === 'unresolved' || state === 'open' || state === 'unknown') return '交易未完成 it has no final result'
  return undefined
}

function confirmed(original: TransactionRecord, context: Context): Step {
  if (context.settings.voidNeedsCard) return go({ at: 'awaiting card', purpose: { operation: 'void', original } })
  const { pan, expiry } = original.card
  const card = expiry === undefined ? ({ entry: 'absent', pan } as const) : ({ entry: 'absent', pan, expiry } as const)
  if (context.settings.voidNeedsPin) return askPin({ operation: 'void', original }, card, context)
  return beginErrand({ do: 'transact', draft: { operation: 'void', voids: original, card } }, context)
}
