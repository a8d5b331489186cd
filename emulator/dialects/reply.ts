import { Amount } from '../values/amount.ts'
import { CNY, currencyByNumber } from '../values/currency.ts'
import type { Fields, Message } from '../values/message.ts'
import { Pan } from '../values/pan.ts'
import type { Reconciliation, Reply } from '../values/request.ts'
import type { Dialect } from './dialect.ts'
import { identify } from './identify.ts'
import { heardAs } from './said.ts'

export { identify, isSealed } from './identify.ts'
export { matches } from './matches.ts'

/** A reply as the dialect tells it: all but what only keys can tell. */
export type ReplyFacts = Omit<Reply, 'mac' | 'keys'>

/**
 * A reply in business terms. What a field holds is taken as sent, but for the spaces that fill text up; a value that cannot be what its
 * field is for (a card number of three digits) is left out.
 */
export function toReply(dialect: Dialect, message: Message): ReplyFacts {
  const { fields } = message
  const what = identify(dialect, message)
  const amount = amountOf(fields.amount, fields.currency)
  const balance = balanceOf(fields)
  const pan = panOf(fields.pan)
  const reconciliation = reconciliationOf(dialect, fields)
  return {
    operation: what === 'unknown' ? 'unknown' : what.operation,
    ...present({
      resultCode: fields.resultCode === undefined ? undefined : heardAs(dialect.codes, fields.resultCode),
      trace: fields.trace,
      terminalId: fields.terminalId?.trimEnd(),
      merchantId: fields.merchantId?.trimEnd(),
      reference: fields.reference?.trimEnd(),
      approvalCode: fields.approvalCode?.trimEnd(),
      time: fields.localTime,
      date: fields.localDate,
      settlementDate: fields.settlementDate,
      batch: fields.batch,
      acquirerId: fields.acquirerId,
      issuer: fields.issuer?.trimEnd(),
      acquirer: fields.acquirer?.trimEnd(),
      cardCompany: fields.party ?? fields.cardCompany,
      processingCode: fields.processingCode,
      conditionCode: fields.conditionCode,
      currencyCode: fields.currency,
    }),
    ...(amount ? { amount } : {}),
    ...(balance ? { balance } : {}),
    ...(pan ? { pan } : {}),
    ...(reconciliation ? { reconciliation } : {}),
  }
}

function present<T extends Readonly<Record<string, string | undefined>>>(values: T): { [K in keyof T]?: string } {
  const there: { [K in keyof T]?: string } = {}
  for (const name in values) {
    const value = values[name]
    if (value !== undefined) there[name] = value
  }
  return there
}

function amountOf(digits: string | undefined, currency: string | undefined): Amount | undefined {
  if (digits === undefined || !/^\d+$/.test(digits)) return undefined
  return new Amount(BigInt(digits), currencyByNumber(currency ?? '') ?? CNY)
}

/** A number of its own; or, as text: account type 2, amount type 2 (02: available), currency 3, C or D, amount 12. @source UnionPay POS fact sheet, 3.6 */
function balanceOf({ balance, currency: number, additionalAmounts }: Fields): Amount | undefined {
  if (balance !== undefined && /^-?\d+$/.test(balance)) return new Amount(BigInt(balance), currencyByNumber(number ?? '') ?? CNY)
  const available = /^\d\d02(\d{3})([CD])(\d{12})/.exec(additionalAmounts ?? '')
  if (!available) return undefined
  const [, currency = '', sign, digits = '0'] = available
  return new Amount(BigInt(digits) * (sign === 'D' ? -1n : 1n), currencyByNumber(currency) ?? CNY)
}

function panOf(digits: string | undefined): Pan | undefined {
  return digits !== undefined && /^\d{12,19}$/.test(digits) ? new Pan(digits) : undefined
}

const results: Readonly<Record<string, Reconciliation>> = { '0': 'none', '1': 'balanced', '2': 'unbalanced', '3': 'error' }

/** What an answer says of the totals: by class of cards, for all in one, or by its result code alone. */
function reconciliationOf({ codes }: Dialect, fields: Fields): Reply['reconciliation'] {
  const { domesticResult, foreignResult, settlementResult, resultCode = '' } = fields
  if (domesticResult !== undefined || foreignResult !== undefined) {
    const domestic = results[domesticResult ?? '']
    const foreign = results[foreignResult ?? '']
    return domestic && foreign ? { domestic, foreign } : undefined
  }
  const all = results[settlementResult ?? ''] ?? (codes.classes.UNBALANCED?.includes(resultCode) ? 'unbalanced' : undefined)
  return all && { domestic: all, foreign: all }
}
