import { Amount } from '../values/amount.ts'
import type { Context } from './context.ts'
import type { DueReversal, StoredCard, TransactionRecord } from './record.ts'

/** A slip as printed, and the facts on it by name, so that nobody has to read them out of the lines. Same shape as in the journal. */
export type Slip = Readonly<{
  kind: 'sale' | 'void' | 'refund' | 'settlement' | 'reversal failed' | 'unresolved'
  copy: 'merchant' | 'customer'
  duplicate: boolean
  lines: readonly string[]
  facts: Readonly<Record<string, string>>
}>

export type Copy = Slip['copy']
export type Printing = Pick<Context, 'identity' | 'settings' | 'faulty' | 'operator' | 'now'>

const names = { sale: '消费 / SALE', void: '消费撤销 / VOID', refund: '退货 / REFUND' } as const
const entryLetters = { swiped: 'S', keyed: 'M', absent: 'N' } as const
const copyNames = { merchant: '商户存根 MERCHANT COPY', customer: '持卡人存根 CARDHOLDER COPY' } as const
const duplicateMark = '重打印凭证 / DUPLICATED'

/** Both copies of an approved transaction. @source UnionPay POS fact sheet, 8.1; requirements RCPT-001 to RCPT-006 */
export function transactionSlips(record: TransactionRecord, printing: Printing): readonly Slip[] {
  return [transactionSlip(record, 'merchant', printing), transactionSlip(record, 'customer', printing)]
}

/** A refund without an answer: says so, and is no approval. */
export function unresolvedSlip(record: TransactionRecord, printing: Printing): readonly Slip[] {
  const { faulty } = printing
  const recorded = recordFacts(record, 'merchant', printing)
  const facts = { ...recorded, result: 'unresolved' }
  const lines = [
    '银联 POS 签购单 / POS SALES SLIP',
    '结果未知 RESULT UNKNOWN',
    ...bodyLines(record, recorded, printing, names[record.operation]),
  ]
  return faulty('shows unresolved as approved') ? [] : [{ kind: 'unresolved', copy: 'merchant', duplicate: false, lines, facts }]
}

/** A reversal that finally failed and must be handled by hand. @source UnionPay POS fact sheet, 8.3 */
export function reversalFaultSlip({ record }: DueReversal, printing: Printing): readonly Slip[] {
  const recorded = recordFacts(record, 'merchant', printing)
  const facts = { ...recorded, result: 'reversal failed' }
  const lines = [
    '冲正失败 / REVERSAL FAILED',
    ...bodyLines(record, recorded, printing, names[record.operation]),
    '冲正不成功，请人工处理 not successful, handle manually',
  ]
  return [{ kind: 'reversal failed', copy: 'merchant', duplicate: false, lines, facts }]
}

/** The same slips marked as duplicates, otherwise equal. @source requirement RCPT-007 */
export const duplicates = (slips: readonly Slip[]): readonly Slip[] =>
  slips.map(slip => ({ ...slip, duplicate: true, lines: [duplicateMark, ...slip.lines.filter(line => line !== duplicateMark)] }))

function transactionSlip(record: TransactionRecord, copy: Copy, printing: Printing): Slip {
  const { faulty } = printing
  const readsAsSale =
    (record.operation === 'void' && faulty('void slip reads as a sale')) ||
    (record.operation === 'refund' && faulty('refund slip reads as a sale'))
  const type = names[readsAsSale ? 'sale' : record.operation]
  const recorded = recordFacts(record, copy, printing)
  const facts = { ...recorded, type, result: 'approved' }
  const lines = [
    '银联 POS 签购单 / POS SALES SLIP',
    copyNames[copy],
    ...bodyLines(record, recorded, printing, type),
    '结果 RESULT: 交易成功 APPROVED',
    ...(readsAsSale ? [] : originalLines(record)),
    ...(copy === 'merchant' ? ['持卡人签名 SIGNATURE:', '本人确认以上交易 I ACKNOWLEDGE THIS TRANSACTION'] : []),
  ]
  return { kind: record.operation, copy, duplicate: false, lines, facts: readsAsSale ? withoutOriginal(facts) : facts }
}

function bodyLines(record: TransactionRecord, facts: SlipFacts, printing: Printing, type: string): readonly string[] {
  const { identity, faulty } = printing
  return [
    `商户名称 MERCHANT: ${identity.merchantName}`,
    `商户编号 MERCHANT NO: ${record.merchantId}`,
    `终端编号 TERMINAL NO: ${record.terminalId}`,
    `操作员号 OPERATOR: ${record.operator}`,
    ...(record.acquirer ? [`收单行 ACQUIRER: ${record.acquirer}`] : []),
    ...(record.issuer ? [`发卡行 ISSUER: ${record.issuer}`] : []),
    `卡号 CARD NO: ${facts.card} ${entryLetters[record.card.entry]}`,
    `有效期 EXP DATE: ${faulty('prints the expiry') ? (record.card.expiry ?? '') : '****'}`,
    `交易类别 TRANS TYPE: ${type}`,
    `批次号 BATCH NO: ${record.batch}`,
    `凭证号 VOUCHER NO: ${record.trace}`,
    ...(record.approvalCode ? [`授权码 AUTH NO: ${record.approvalCode}`] : []),
    ...(facts.reference ? [`参考号 REFER NO: ${facts.reference}`] : []),
    ...(record.date ? [`日期时间 DATE/TIME: ${facts.date} ${facts.time}`] : []),
    `金额 AMOUNT: ${record.amount.currency.alpha === 'CNY' ? 'RMB' : record.amount.currency.alpha} ${facts.amount}`,
    ...(record.cardCompany && record.cardCompany.trim() !== 'CUP' ? [`卡组织 SCHEME: ${record.cardCompany.trim()}`] : []),
  ]
}

/** The number of the original voucher on a void; reference and date of the original on a refund. @source UnionPay POS fact sheet, 8.1 */
function originalLines({ operation, original }: TransactionRecord): readonly string[] {
  if (operation === 'void') return [`原凭证号 ORIGINAL VOUCHER: ${original?.trace ?? ''}`]
  if (operation === 'refund')
    return [`原参考号 ORIGINAL REFERENCE: ${original?.reference ?? ''}`, `原交易日期 ORIGINAL DATE: ${original?.date ?? ''}`]
  return []
}

type SlipFacts = Record<string, string> & Readonly<{ card: string; amount: string }>

function recordFacts(record: TransactionRecord, copy: Copy, { identity, faulty }: Printing): SlipFacts {
  const { original, amount, card } = record
  const printed = faulty('prints another amount') ? new Amount(amount.minor + 1n, amount.currency) : amount
  const optional = {
    reference: faulty('leaves the reference off the slip') ? undefined : record.reference,
    approvalCode: record.approvalCode,
    time: record.time && `${record.time.slice(0, 2)}:${record.time.slice(2, 4)}:${record.time.slice(4)}`,
    date: record.date && `${record.year ?? ''}/${record.date.slice(0, 2)}/${record.date.slice(2)}`,
    scheme: record.cardCompany?.trim() || 'CUP',
    issuer: record.issuer,
    acquirer: record.acquirer,
    resultCode: record.resultCode,
    originalTrace: original?.trace,
    originalBatch: original?.batch,
    originalReference: original?.reference,
    originalDate: original?.date,
  }
  const present: Record<string, string> = {}
  for (const [name, value] of Object.entries(optional)) if (value !== undefined) present[name] = value
  return {
    ...present,
    type: names[record.operation],
    operation: record.operation,
    merchantName: identity.merchantName,
    merchantId: record.merchantId,
    terminalId: record.terminalId,
    operator: record.operator,
    trace: record.trace,
    batch: record.batch,
    card: printedNumber(card, copy, faulty('prints the number in full')),
    entry: entryLetters[card.entry],
    expiry: faulty('prints the expiry') ? (card.expiry ?? '') : '****',
    amount: printed.toDecimal() + (faulty('prints a part of a minor unit') ? '5' : ''),
    currency: amount.currency.alpha,
  }
}

const withoutOriginal = (facts: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => !name.startsWith('original')))

/** Merchant copy: first six, stars, last four. Customer copy: the last four only. @source requirement RCPT-004 */
function printedNumber({ pan }: StoredCard, copy: Copy, inFull: boolean): string {
  const digits = pan.reveal()
  if (inFull) return digits
  const first = copy === 'merchant' ? digits.slice(0, 6) : ''
  return first + '*'.repeat(digits.length - first.length - 4) + digits.slice(-4)
}
