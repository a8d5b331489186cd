import type { Context } from './context.ts'
import { finish, go } from './progress.ts'
import { sameRecord } from './record.ts'
import { unresolvedSlip } from './slip.ts'
import type { Effect, Step } from './transition.ts'

/**
 * After power comes back: what was going on gets exactly one end, which is shown.
 *
 * A request whose answer was not processed leaves a reversal that is due; a refund is unknown; a settlement stays open; what had ended is shown again.
 *
 * @source requirements REV-003, TERM-011, SETL-012
 */
export function restart(context: Context): Step {
  const step = recovered(context)
  if (context.faulty('forgets the batch at restart')) return prepend(step, { do: 'store', write: { write: 'forget the log' } })
  return context.faulty('forgets the reversal at restart')
    ? prepend(step, { do: 'store', write: { write: 'forget reversals' } })
    : step
}

const prepend = ({ next, effects }: Step, effect: Effect): Step => ({ next, effects: [effect, ...effects] })

function recovered(context: Context): Step {
  const { interrupted, records, settlement } = context
  if (interrupted === undefined) return go({ at: 'idle' })
  const operation = interrupted.operation
  const record = records.find(one => sameRecord(one, interrupted))
  const what = `${operation.toUpperCase()} ${interrupted.trace}`
  if (interrupted.end !== undefined)
    return finish(operation, interrupted.end, ['电源恢复 POWER WAS LOST', `${what} ${interrupted.end.toUpperCase()}`])
  if (operation === 'settle' && settlement !== undefined)
    return finish('settle', 'failed', [
      '电源恢复 POWER WAS LOST',
      '结算未完成 SETTLEMENT OPEN',
      '请继续结算 settle again to continue',
    ])
  if (record?.operation === 'refund') {
    const slips = unresolvedSlip(record, context)
    return finish(
      'refund',
      'unresolved',
      ['电源恢复 POWER WAS LOST', `${what} RESULT UNKNOWN`],
      [
        { do: 'store', write: { write: 'leave unknown', record: { ...record, slips } } },
        { do: 'print', slips },
      ],
    )
  }
  if (record !== undefined)
    return finish(
      operation,
      'unresolved',
      ['电源恢复 POWER WAS LOST', `${what} NOT COMPLETED`, '将自动冲正 being cancelled'],
      [{ do: 'store', write: { write: 'leave unresolved', key: record, reason: 'no answer', demandSignIn: false } }],
    )
  return finish(operation, 'failed', ['电源恢复 POWER WAS LOST', `${what} NOT COMPLETED`])
}
