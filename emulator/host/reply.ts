import type { Dialect } from '../dialects/dialect.ts'
import type { Fields, Message } from '../values/message.ts'
import type { Ask } from './ask.ts'
import type { Answer } from './decision.ts'
import { fits } from './format.ts'
import { type Moment, monthAndDay } from './moment.ts'
import { companyOf } from './transaction.ts'

/** The institution that this host is, field 32. */
const acquirerId = '00010000'
/** Field 44: issuer and acquirer, 11 characters each. */
const institutions = `${'01020000'.padEnd(11)}${acquirerId.padEnd(11)}`

/** Fields of a request that an answer to it has unchanged. */
const echoed = ['processingCode', 'amount', 'trace', 'conditionCode', 'terminalId', 'merchantId', 'currency'] as const

/** The type of the answer: ten more. */
export const answerType = (mti: string): string => String(Number(mti) + 10).padStart(4, '0')

/** What a reference is for a request that got none of its own: the host's time, so that field 37 is never missing. */
const passingReference = (now: Moment, trace: string | undefined): string => `${now.localTime}${trace ?? '000000'}`

/**
 * The answer to a request, but for its MAC.
 *
 * @source UnionPay POS fact sheet, 4.3 to 4.6
 */
export function replyTo(dialect: Dialect, ask: Ask, answer: Extract<Answer, { is: 'answer' }>, now: Moment): Message {
  const { batch, ...own } = answer.fields
  const fields: Record<string, string> = { localTime: now.localTime, localDate: now.localDate }
  for (const name of echoed) {
    const value = ask.fields[name]
    if (value !== undefined && fits(name, value)) fields[name] = value
  }
  if (/^\d{8,17}$/.test(ask.fields.private60 ?? '')) fields.private60 = withBatch(ask.fields.private60 ?? '', batch)
  if (ask.operation !== 'settle' || dialect.settings.resultCodeInSettlement === '00') fields.resultCode = answer.code
  if (ask.operation !== 'echo') fields.acquirerId = acquirerId
  if (ask.operation === 'signIn' && dialect.settings.acquirerIdInSignIn === 'absent') delete fields.acquirerId
  if (ask.operation !== 'echo' && ask.operation !== 'unknown') fields.reference = passingReference(now, ask.trace)
  if (ask.operation === 'settle') fields.settlementDate = monthAndDay(now.businessDate)
  return { mti: answerType(ask.mti), fields: { ...fields, ...cardFields(ask, answer, now), ...own } }
}

/** Field 60 with the batch number that the host says; its other parts as they came. */
function withBatch(private60: string, batch: string | undefined): string {
  return batch === undefined ? private60 : private60.slice(0, 2) + batch + private60.slice(8)
}

/** What only answers about a card have. */
function cardFields(ask: Ask, answer: Extract<Answer, { is: 'answer' }>, now: Moment): Fields {
  if (!isFinancial(ask) || !ask.pan) return {}
  const good = answer.code === '00'
  return {
    pan: ask.pan.reveal(),
    ...(good && ask.operation !== 'inquire' && { settlementDate: monthAndDay(now.businessDate) }),
    ...(good && { institutions }),
    ...(good && ask.operation !== 'reverse' && { private63: companyOf(ask.pan) }),
  }
}

export const isFinancial = ({ operation }: Ask): boolean =>
  operation === 'sale' || operation === 'void' || operation === 'refund' || operation === 'reverse' || operation === 'inquire'
