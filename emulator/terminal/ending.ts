import type { ReversalReason } from '../values/operation.ts'
import type { Reply } from '../values/request.ts'
import type { Meaning } from './answer.ts'
import type { Context } from './context.ts'
import { finish } from './progress.ts'
import type { RecordKey, TransactionRecord } from './record.ts'
import { transactionSlips, unresolvedSlip } from './slip.ts'
import type { Effect, Step } from './transition.ts'
import type { Write } from './write.ts'

const store = (write: Write): Effect => ({ do: 'store', write })
const keyOf = ({ trace, batch }: TransactionRecord) => ({ trace, batch })

/** What a request has to do with others, and whether the operator has cancelled it. `repeats`: it was sent before, under the same trace number. */
export type Ties = Readonly<{ voids?: RecordKey; repeats: boolean; cancelled: boolean }>

/** How a sale, void or refund ends. @source UnionPay POS fact sheet, 5.4; requirements TERM-007, TERM-008, REV-001, REV-002, REF-014 */
export function ended(record: TransactionRecord, ties: Ties, meaning: Meaning, context: Context): Step {
  const { operation } = record
  switch (meaning.is) {
    case 'not connected':
      // Of a repeat, the first sending did leave: what became of it is as open as before.
      if (ties.repeats || context.faulty('reverses although not connected')) return unresolved(record, 'no answer', context)
      return finish(
        operation,
        'failed',
        ['通讯失败 not connected', '未发送 nothing was sent'],
        [store({ write: 'discard', key: keyOf(record) })],
      )
    case 'silence':
      return unresolved(record, 'no answer', context)
    case 'bad MAC':
      return unresolved(record, 'bad MAC', context, meaning.reply)
    case 'unusable':
      return unresolved(record, meaning.reply.resultCode === '10' ? 'could not complete' : 'other', context, meaning.reply)
    case 'approved':
      if (ties.cancelled && operation !== 'refund') return unresolved(record, 'could not complete', context, meaning.reply)
      return approved(record, ties, meaning.reply, meaning.code, context)
    case 'declined':
      if (ties.repeats && tellsNothing(meaning.code, operation, context))
        return unresolved(record, 'other', context, undefined, context.settings.demandsSignIn.includes(meaning.code))
      return declined(record, meaning.reply, meaning.code, context)
  }
}

/**
 * Whether a refusal of a repeat leaves open what became of the first. 94 says that there was a first, not how it ended; a demand to sign in says that
 * nobody looked; and whatever else stands in the way of the repeat of a sale or void, its reversal stays due. @source requirement DUP-022
 */
function tellsNothing(code: string, operation: TransactionRecord['operation'], { faulty, settings }: Context): boolean {
  const open = code === '94' || settings.demandsSignIn.includes(code) || operation !== 'refund'
  return open && !faulty('prints a decline for a duplicate')
}

/** The record with what the answer said. */
export function answered(
  record: TransactionRecord,
  reply: Reply,
  state: TransactionRecord['state'],
  { now }: Context,
): TransactionRecord {
  const { resultCode, reference, approvalCode, date, time, issuer, acquirer, cardCompany } = reply
  const facts = { resultCode, reference, approvalCode, date, time, issuer, acquirer, cardCompany }
  const present: Record<string, string> = {}
  for (const [name, value] of Object.entries(facts)) if (value !== undefined) present[name] = value
  return { ...record, ...present, state, year: String(now.getFullYear()) }
}

function approved(record: TransactionRecord, { voids }: Ties, reply: Reply, code: string, context: Context): Step {
  const complete = answered(record, reply, 'approved', context)
  const slips = transactionSlips(complete, context)
  const marks = voids && !context.faulty('does not mark voided') ? { voids } : {}
  return finish(
    record.operation,
    'approved',
    [`${context.wording(code)} APPROVED`, complete.amount.toString(), `凭证号 trace ${complete.trace}`],
    [store({ write: 'approve', record: { ...complete, slips }, ...marks }), { do: 'print', slips }],
    code,
  )
}

function declined(record: TransactionRecord, reply: Reply, code: string, context: Context): Step {
  const complete = answered(record, reply, 'declined', context)
  const slips = context.faulty('approval slip for a decline') ? transactionSlips({ ...complete, resultCode: '00' }, context) : []
  const demandSignIn = context.settings.demandsSignIn.includes(code)
  const lines = context.faulty('shows a decline as unresolved')
    ? ['交易未完成 NOT COMPLETED']
    : [`交易失败 DECLINED ${code}`, context.wording(code), ...(demandSignIn ? ['请签到 sign in first'] : [])]
  const effects: Effect[] = [store({ write: 'decline', record: complete, demandSignIn })]
  if (slips.length > 0) effects.push({ do: 'print', slips })
  return finish(record.operation, 'declined', lines, effects, code)
}

/** No valid answer: the reversal stays due, or, of a refund, nobody knows. Never shown as approved or declined. */
export function unresolved(
  record: TransactionRecord,
  reason: ReversalReason,
  context: Context,
  reply?: Reply,
  demandSignIn = reason === 'bad MAC',
): Step {
  const { faulty } = context
  const code = reply?.resultCode
  if (record.operation === 'refund' && !faulty('reverses a refund')) {
    const slips = unresolvedSlip(record, context)
    const lines = [
      '退货结果未知 RESULT UNKNOWN',
      `凭证号 trace ${record.trace}`,
      '可原样重做 repeat it as it was',
      ...(demandSignIn ? ['请签到 sign in first'] : []),
    ]
    const demanded = demandSignIn ? [store({ write: 'end', end: 'unresolved', demandSignIn })] : []
    const left = store({ write: 'leave unknown', record: { ...record, slips } })
    return finish('refund', 'unresolved', lines, [left, ...demanded, { do: 'print', slips }], code)
  }
  const left = store({
    write: 'leave unresolved',
    key: keyOf(record),
    reason,
    demandSignIn,
    ...(reply?.approvalCode ? { approvalCode: reply.approvalCode } : {}),
  })
  if (faulty('drops the reversal record at once'))
    return finish(
      record.operation,
      'unresolved',
      ['交易未完成 NOT COMPLETED'],
      [left, store({ write: 'give up reversal', key: keyOf(record), drop: true })],
      code,
    )
  if (faulty('shows unresolved as approved')) {
    const slips = transactionSlips({ ...record, resultCode: '00' }, context)
    return finish(record.operation, 'approved', [`${context.wording('00')} APPROVED`], [left, { do: 'print', slips }], code)
  }
  const lines = ['交易未完成 NOT COMPLETED', '将自动冲正 being cancelled', ...(demandSignIn ? ['请签到 sign in first'] : [])]
  return finish(record.operation, 'unresolved', lines, [left], code)
}

/** An inquiry moves nothing, so no answer means no result. */
export function inquired(meaning: Meaning, { wording, settings }: Context): Step {
  const end = (demandSignIn: boolean, how: 'done' | 'failed' | 'declined') => store({ write: 'end', end: how, demandSignIn })
  switch (meaning.is) {
    case 'approved': {
      const balance = meaning.reply.balance
      return finish(
        'inquire',
        'done',
        ['余额 BALANCE', balance?.toString() ?? '无余额 no balance in the answer'],
        [end(false, 'done')],
        meaning.code,
      )
    }
    case 'declined': {
      const lines = [`交易失败 DECLINED ${meaning.code}`, wording(meaning.code)]
      return finish('inquire', 'declined', lines, [end(settings.demandsSignIn.includes(meaning.code), 'declined')], meaning.code)
    }
    case 'bad MAC':
      return finish('inquire', 'failed', ['校验错 MAC wrong', '请签到 sign in first'], [end(true, 'failed')])
    case 'not connected':
      return finish('inquire', 'failed', ['通讯失败 not connected'], [end(false, 'failed')])
    default:
      return finish('inquire', 'failed', ['无应答 no answer'], [end(false, 'failed')])
  }
}
