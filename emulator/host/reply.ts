import type { Dialect } from '../dialects/dialect.ts'
import { replyTypeOf, rowsOfType } from '../dialects/identify.ts'
import { saidAs } from '../dialects/said.ts'
import { answers, hasPlaceFor } from '../dialects/says.ts'
import type { Fields, Message } from '../values/message.ts'
import type { Operation } from '../values/operation.ts'
import type { Ask } from './ask.ts'
import type { Answer } from './decision.ts'
import { fits } from './format.ts'
import { type Moment, monthAndDay } from './moment.ts'
import { type ClassSums, readSums, resultsIn } from './totals.ts'
import { companyOf } from './transaction.ts'

/** The institution that this host is. */
const acquirerId = '00010000'
/** Issuer and acquirer, 11 characters each. */
const institutions = `${'01020000'.padEnd(11)}${acquirerId.padEnd(11)}`

/** Fields of a request that an answer to it has unchanged, whatever else its row gives back. */
const echoed = [
  ...['processingCode', 'amount', 'trace', 'conditionCode', 'terminalId', 'merchantId', 'currency', 'private60'],
] as const

/** What a reference is for a request that got none of its own: the host's time, so that it is never missing. */
const passingReference = (now: Moment, trace: string | undefined): string => `${now.localTime}${trace ?? '000000'}`

/**
 * The answer to a request, but for its MAC, in names of business and codes of ISO 8583:1987. Of what could be said it says what the dialect's row
 * for such an answer has a place for.
 *
 * @source UnionPay POS fact sheet, 4.3 to 4.6
 */
export function replyTo(dialect: Dialect, ask: Ask, answer: Extract<Answer, { is: 'answer' }>, now: Moment): Message {
  const row = ask.row ?? rowsOfType(dialect, ask.mti)[0]
  const { batch, ...own } = answer.fields
  const { localTime, localDate, localYear, businessDate } = now
  const fields: Record<string, string> = { localTime, localDate, localYear }
  for (const name of new Set([...echoed, ...(row?.echoes ?? [])])) echo(dialect, ask, name, fields)
  if (ask.operation !== 'settle' || dialect.settings.resultCodeInSettlement !== 'absent') fields.resultCode = answer.code
  if (ask.operation !== 'echo') fields.acquirerId = acquirerId
  if (ask.operation === 'signIn' && dialect.settings.acquirerIdInSignIn === 'absent') delete fields.acquirerId
  if (ask.operation !== 'echo' && ask.operation !== 'unknown') fields.reference = passingReference(now, ask.trace)
  if (ask.operation === 'settle') Object.assign(fields, settledOn(businessDate))
  if (batch !== undefined) say(dialect, ask, batch, fields)
  const whole = placed(dialect, { ...fields, ...cardFields(ask, answer, now), ...own })
  if (row === undefined) return { mti: replyTypeOf(dialect, ask.mti), fields: whole }
  const said = Object.entries(whole).filter(([name]) => answers(dialect, row, name))
  return { mti: row.reply, fields: Object.fromEntries(said) }
}

/** Gives a field of the request back, if it can stand in an answer; a composite takes the place of its parts. */
function echo(dialect: Dialect, ask: Ask, name: string, fields: Record<string, string>): void {
  const value = ask.fields[name]
  if (value === undefined || !fits(dialect, name, value)) return
  const layouts = dialect.layouts[name]
  // Totals and details are given back by those who have looked at them.
  if (name === 'additionalData' || (name === 'private60' && !/^\d{8,17}$/.test(value))) return
  for (const layout of layouts ?? []) for (const part of layout.parts) delete fields[part.name]
  fields[name] = value
}

/** The batch number that the host says: in a field of its own, or in its place within UnionPay's field 60, the other parts as they came. */
function say(dialect: Dialect, ask: Ask, batch: string, fields: Record<string, string>): void {
  const { private60 } = ask.fields
  if (dialect.fields.private60 === undefined) fields.batch = batch
  else if (fields.private60 !== undefined && private60 !== undefined)
    fields.private60 = private60.slice(0, 2) + batch + private60.slice(8)
}

const settledOn = (businessDate: string): Fields => ({
  settlementDate: monthAndDay(businessDate),
  settlementYear: businessDate.slice(2, 4),
})

/** What only answers about a card have. */
function cardFields(ask: Ask, answer: Extract<Answer, { is: 'answer' }>, now: Moment): Fields {
  if (!isFinancial(ask) || !ask.pan) return {}
  const good = answer.code === '00'
  return {
    pan: ask.pan.reveal(),
    ...(good && ask.operation !== 'inquire' && settledOn(now.businessDate)),
    ...(good && { institutions }),
    ...(good && ask.operation !== 'reverse' && { cardCompany: companyOf(ask.pan) }),
  }
}

export const isFinancial = ({ operation }: Ask): boolean =>
  operation === 'sale' || operation === 'void' || operation === 'refund' || operation === 'reverse' || operation === 'inquire'

/** What stands in a field that several things share, where a dialect has no field for each of them. */
const shared: Readonly<Record<string, Readonly<{ of: string; as: (value: string, fields: Fields) => string }>>> = {
  keys: { of: 'private62', as: keys => keys },
  balance: { of: 'additionalAmounts', as: availableBalance },
  cardCompany: { of: 'private63', as: (company, { note }) => (note === undefined ? company : company + note.padEnd(20)) },
}

/** What an answer says, in the fields that the dialect has for it; what it has no place for is left out. */
export function placed(dialect: Dialect, fields: Fields): Fields {
  const found: Record<string, string> = {}
  for (const [name, value] of Object.entries(fields)) {
    const other = shared[name]
    if (hasPlaceFor(dialect, name)) found[name] = value
    else if (name === 'additionalData') Object.assign(found, apart(value))
    else if (other && hasPlaceFor(dialect, other.of)) found[other.of] = other.as(value, fields)
  }
  return found
}

/** The totals of a settlement as fields of their own. */
function apart(digits: string): Fields {
  const sums = readSums(digits)
  const [domesticResult, foreignResult] = resultsIn(digits)
  if (sums === undefined) return {}
  const of = (whose: string, { debit, debitCount, credit, creditCount }: ClassSums): Fields => ({
    [`${whose}Debit`]: debit.toString(),
    [`${whose}DebitCount`]: debitCount.toString(),
    [`${whose}Credit`]: credit.toString(),
    [`${whose}CreditCount`]: creditCount.toString(),
  })
  return { ...of('domestic', sums.domestic), ...of('foreign', sums.foreign), domesticResult, foreignResult }
}

/** The same answer with its result code as the dialect says it. */
export function spoken(dialect: Dialect, reply: Message, operation: Operation | 'unknown'): Message {
  const { resultCode } = reply.fields
  const said = resultCode === undefined ? undefined : saidAs(dialect.codes, resultCode, operation)
  return said === undefined || said === resultCode ? reply : { ...reply, fields: { ...reply.fields, resultCode: said } }
}

/**
 * Account type 10, amount type 02 (available), currency, sign, amount.
 *
 * @param minor  in minor units, below zero after a minus sign
 * @source UnionPay POS fact sheet, 3.6; ISO 8583:1987, field 54
 */
function availableBalance(minor: string): string {
  const size = minor.replace('-', '')
  return `1002156${minor.startsWith('-') ? 'D' : 'C'}${size.padStart(12, '0')}`
}
