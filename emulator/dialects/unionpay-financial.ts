import type { Operation, Reversible } from '../values/operation.ts'
import type { MessageRow } from './dialect.ts'
import { always, answering, card, financial, free, hostSets, pin, refusal } from './unionpay-sets.ts'

type Financial = {
  name: string
  operation?: Operation
  is: string
  request: '0100' | '0200' | '0220'
  processingCode: string
  conditionCode: string
  typeCode: string
  must?: readonly string[]
  may?: readonly string[]
  replyMay?: readonly string[]
  reversible?: boolean
  counts?: 'debit' | 'credit'
}

/** One row of the identification table, with the fields that every financial message has. */
function financialRow(row: Financial): MessageRow {
  const inquiry = row.name === 'inquire'
  const amount = inquiry ? [] : ['amount']
  return {
    name: row.name,
    ...(row.operation ? { operation: row.operation } : {}),
    is: row.is,
    request: row.request,
    reply: answering(row.request),
    identity: { processingCode: row.processingCode, conditionCode: row.conditionCode, typeCode: row.typeCode },
    must: [...financial, ...amount, ...(row.must ?? [])],
    may: [...card, ...free, ...(row.may ?? [])],
    replyMust: ['pan', ...always, ...amount, ...hostSets, 'acquirerId', 'reference', 'resultCode', 'mac'],
    refusalMust: [...refusal, ...amount],
    replyMay: [
      ...['expiry', 'settlementDate', 'cardSequence', 'institutions', 'securityControl', 'additionalAmounts'],
      ...['chipData', 'private63', 'additionalInfo', 'terminalInfo', 'private62', ...(row.replyMay ?? [])],
    ],
    echoes: [...always, ...amount],
    sealed: true,
    reversible: row.reversible ?? false,
    counts: row.counts ?? 'no',
  }
}

const online = { request: '0200', conditionCode: '00', replyMay: ['approvalCode'], reversible: true } as const
const held = { ...online, request: '0100', conditionCode: '06' } as const
const advice = { request: '0220', conditionCode: '00', replyMay: ['approvalCode'], counts: 'debit' } as const
const load = { ...online, conditionCode: '91', may: [...pin, 'chipData', 'private63', 'additionalData', 'original'] } as const

/** @source UnionPay POS fact sheet, 4.1 and 4.2 */
const toBeReversed: Readonly<Record<Reversible, Financial>> = {
  sale: {
    ...online,
    name: 'sale',
    operation: 'sale',
    is: 'sale 消费',
    processingCode: '000000',
    typeCode: '22',
    may: [...pin, 'chipData', 'private63'],
    counts: 'debit',
  },
  void: {
    ...online,
    name: 'void',
    operation: 'void',
    is: 'sale void 消费撤销',
    processingCode: '200000',
    typeCode: '23',
    must: ['reference', 'original'],
    may: [...pin, 'approvalCode', 'private63', 'chipData'],
    counts: 'credit',
  },
  preauth: {
    ...held,
    name: 'preauth',
    operation: 'preauth',
    is: 'pre-authorisation 预授权',
    processingCode: '030000',
    typeCode: '10',
    may: [...pin, 'chipData', 'private63'],
  },
  preauthVoid: {
    ...held,
    name: 'preauthVoid',
    operation: 'preauthVoid',
    is: 'pre-authorisation void 预授权撤销',
    processingCode: '200000',
    typeCode: '11',
    must: ['approvalCode', 'original'],
    may: [...pin, 'private63'],
  },
  complete: {
    ...online,
    name: 'complete',
    operation: 'complete',
    is: 'completion request 预授权完成(请求)',
    processingCode: '000000',
    conditionCode: '06',
    typeCode: '20',
    must: ['approvalCode', 'original'],
    may: [...pin, 'private63'],
    counts: 'debit',
  },
  completionVoid: {
    ...online,
    name: 'completionVoid',
    operation: 'completionVoid',
    is: 'completion void 预授权完成撤销',
    processingCode: '200000',
    conditionCode: '06',
    typeCode: '21',
    must: ['reference', 'original'],
    may: [...pin, 'approvalCode', 'private63'],
    counts: 'credit',
  },
}

const others: readonly Financial[] = [
  {
    name: 'inquire',
    operation: 'inquire',
    is: 'balance inquiry 余额查询',
    request: '0200',
    processingCode: '310000',
    conditionCode: '00',
    typeCode: '01',
    may: [...pin, 'chipData'],
  },
  {
    name: 'refund',
    operation: 'refund',
    is: 'refund 退货',
    request: '0220',
    processingCode: '200000',
    conditionCode: '00',
    typeCode: '25',
    must: ['reference', 'original', 'private63'],
    counts: 'credit',
  },
  {
    ...advice,
    name: 'completionAdvice',
    is: 'completion advice 预授权完成(通知)',
    processingCode: '000000',
    conditionCode: '06',
    typeCode: '24',
    must: ['approvalCode', 'original'],
  },
  ...(['offlineSettlement', 'adjustment', 'tipAdjustment'] as const).map(
    (name, at): Financial => ({
      ...advice,
      name,
      is: ['offline settlement 离线结算', 'adjustment 结算调整', 'tip adjustment 追加小费'][at] ?? name,
      processingCode: '000000',
      typeCode: ['30', '32', '34'][at] ?? '',
      must: ['private63'],
      may: ['reference', 'approvalCode', 'original', 'additionalData'],
    }),
  ),
  {
    ...online,
    name: 'offlineSaleUpload',
    processingCode: '000000',
    is: 'EC / IC offline sale upload 脱机消费上送',
    typeCode: '36',
    must: ['chipData', 'private63'],
    may: ['original'],
    reversible: false,
    counts: 'debit',
  },
  {
    ...advice,
    name: 'offlineRefund',
    is: 'EC offline refund 脱机退货',
    processingCode: '200000',
    typeCode: '27',
    may: ['original', 'private63', 'chipData'],
    counts: 'credit',
  },
  { ...load, name: 'loadSpecified', is: 'EC load, specified account 指定账户圈存', processingCode: '600000', typeCode: '45' },
  { ...load, name: 'loadCash', is: 'EC cash load 现金充值', processingCode: '630000', typeCode: '46', counts: 'credit' },
  { ...load, name: 'loadOther', is: 'EC load, other account 非指定账户圈存', processingCode: '620000', typeCode: '47' },
  {
    ...load,
    name: 'cashLoadVoid',
    is: 'EC cash load void 现金充值撤销',
    processingCode: '170000',
    typeCode: '51',
    must: ['original'],
  },
]

/** What a reversal carries of fields 38 and 61, by what it undoes. */
const inReversal: Readonly<Record<Reversible, Readonly<{ must: readonly string[]; may: readonly string[] }>>> = {
  sale: { must: [], may: ['approvalCode'] },
  preauth: { must: [], may: ['approvalCode'] },
  void: { must: ['original'], may: [] },
  preauthVoid: { must: ['approvalCode', 'original'], may: [] },
  complete: { must: ['approvalCode', 'original'], may: [] },
  completionVoid: { must: ['original'], may: ['approvalCode'] },
}

/** @source UnionPay POS fact sheet, 4.4 */
function reversalRow(of: Reversible): MessageRow {
  const { is, processingCode, conditionCode, typeCode } = toBeReversed[of]
  return {
    name: 'reverse',
    operation: 'reverse',
    of,
    is: `reversal 冲正: ${is}`,
    request: '0400',
    reply: '0410',
    identity: { processingCode, conditionCode, typeCode },
    must: [...financial, 'amount', 'resultCode', ...inReversal[of].must],
    may: ['pan', 'expiry', 'cardSequence', 'acquirerId', 'chipData', 'private62', ...inReversal[of].may],
    replyMust: [
      ...['pan', 'processingCode', 'amount', 'trace', ...hostSets, 'conditionCode', 'acquirerId', 'reference', 'resultCode'],
      ...['terminalId', 'merchantId', 'private60', 'mac'],
    ],
    refusalMust: [...refusal, 'amount'],
    replyMay: ['expiry', 'settlementDate', 'cardSequence', 'institutions', 'currency', 'chipData', 'approvalCode', 'private63'],
    echoes: ['processingCode', 'amount', 'trace', 'conditionCode', 'terminalId', 'merchantId', 'private60'],
    sealed: true,
    reversible: false,
    counts: 'no',
  }
}

/** Messages about money: @source UnionPay POS fact sheet, 4.1 to 4.4 */
export const financialMessages: readonly MessageRow[] = [
  ...[...Object.values(toBeReversed), ...others].map(financialRow),
  ...(['sale', 'void', 'preauth', 'preauthVoid', 'complete', 'completionVoid'] as const).map(reversalRow),
]
