import type { ClassTotals, Reconciliation } from '../values/request.ts'
import type { Context } from './context.ts'
import { counting } from './context.ts'
import { isDomestic, type SettledBatch, type TransactionRecord } from './record.ts'
import type { Slip } from './slip.ts'
import { counted } from './totals.ts'

const results: Readonly<Record<Reconciliation, string>> = {
  balanced: '对账平 BALANCED',
  none: '对账平 BALANCED',
  unbalanced: '对账不平 UNBALANCED',
  error: '对账出错 ERROR',
}

/**
 * Totals per class of cards and type, with the acquirer's result; unresolved reversals and unknown refunds are listed until they are answered.
 *
 * @source UnionPay POS fact sheet, 8.2; requirements REV-006, SETL-022
 */
export function settlementSlips(
  { batch, totals, domestic, foreign, refused }: Omit<SettledBatch, 'slips'>,
  context: Context,
): readonly Slip[] {
  const { identity, operator, now, records, due } = context
  const live = counted(records, counting(context))
  const unknown = records.filter(record => record.state === 'unknown' && !record.settled)
  const lines = [
    '结算总计单 / SETTLEMENT',
    `商户名称 MERCHANT: ${identity.merchantName}`,
    `商户编号 MERCHANT NO: ${identity.merchantId}`,
    `终端编号 TERMINAL NO: ${identity.terminalId}`,
    `操作员号 OPERATOR: ${operator}`,
    `批次号 BATCH NO: ${batch}`,
    `日期时间 DATE/TIME: ${onSlip(now)}`,
    ...classLines('内卡 DOMESTIC', results[domestic], totals.domestic, live.filter(isDomestic)),
    ...classLines(
      '外卡 FOREIGN',
      results[foreign],
      totals.foreign,
      live.filter(record => !isDomestic(record)),
    ),
    ...refused.map(trace => `上送被拒 REFUSED UPLOAD ${trace}`),
    ...due.map(({ record }) => `冲正未完成 UNRESOLVED ${record.trace} ${record.operation.toUpperCase()} ${record.amount}`),
    ...unknown.map(record => `退货未知 UNKNOWN REFUND ${record.trace} ${record.amount}`),
  ]
  const facts = {
    merchantId: identity.merchantId,
    terminalId: identity.terminalId,
    merchantName: identity.merchantName,
    operator,
    batch,
    date: now.toISOString(),
    currency: context.settings.currency.alpha,
    ...classFacts('domestic', domestic, totals.domestic),
    ...classFacts('foreign', foreign, totals.foreign),
    refused: refused.join(' '),
    unresolved: due.map(({ record }) => record.trace).join(' '),
    unknown: unknown.map(record => record.trace).join(' '),
  }
  return [{ kind: 'settlement', copy: 'merchant', duplicate: false, lines, facts }]
}

function classLines(name: string, result: string, sums: ClassTotals, live: readonly TransactionRecord[]): readonly string[] {
  const count = (operation: string) => live.filter(record => record.operation === operation).length
  const types = (['sale', 'void', 'refund'] as const)
    .filter(type => count(type) > 0)
    .map(type => `  ${type.toUpperCase()} ${count(type)}`)
  return [
    `${name} ${result}`,
    ...types,
    `  借记 DEBIT ${sums.debitCount} ${sums.debit}`,
    `  贷记 CREDIT ${sums.creditCount} ${sums.credit}`,
  ]
}

const classFacts = (name: string, result: Reconciliation, sums: ClassTotals): Record<string, string> => ({
  [`${name}Result`]: result === 'none' ? 'balanced' : result,
  [`${name}DebitCount`]: String(sums.debitCount),
  [`${name}Debit`]: sums.debit.toDecimal(),
  [`${name}CreditCount`]: String(sums.creditCount),
  [`${name}Credit`]: sums.credit.toDecimal(),
})

/** `2026/06/01 02:15:04 UTC`, as a sale's slip has it; the zone stands there, since a till learns the acquirer's local time from answers to sales only. */
const onSlip = (now: Date): string => `${now.toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ')} UTC`
