import type { Operation, Reversible } from '../values/operation.ts'
import type { MessageRow } from './dialect.ts'

const always = ['processingCode', 'trace', 'conditionCode', 'terminalId', 'merchantId', 'currency', 'private60'] as const
const financial = [...always, 'entryMode', 'mac'] as const
const card = ['pan', 'expiry', 'cardSequence', 'track2', 'track3', 'securityControl'] as const
const pin = ['pinCapture', 'pinBlock'] as const
const free = ['acquirerId', 'terminalInfo', 'additionalInfo', 'private62'] as const
const management = ['trace', 'terminalId', 'merchantId', 'private60'] as const
const hostSets = ['localTime', 'localDate'] as const

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
    refusalMust: [
      'processingCode',
      ...amount,
      'trace',
      ...hostSets,
      'conditionCode',
      'resultCode',
      'terminalId',
      'merchantId',
      'private60',
    ],
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

/** The type of the answer: ten more. */
function answering(request: string): string {
  return String(Number(request) + 10).padStart(4, '0')
}

const online = { request: '0200', conditionCode: '00', replyMay: ['approvalCode'], reversible: true } as const
const held = { ...online, request: '0100', conditionCode: '06' } as const
const advice = { request: '0220', conditionCode: '00', replyMay: ['approvalCode'], counts: 'debit' } as const
const load = { ...online, conditionCode: '91', may: [...pin, 'chipData', 'private63', 'additionalData', 'original'] } as const

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
    refusalMust: [
      'processingCode',
      'amount',
      'trace',
      ...hostSets,
      'conditionCode',
      'resultCode',
      'terminalId',
      'merchantId',
      'private60',
    ],
    replyMay: ['expiry', 'settlementDate', 'cardSequence', 'institutions', 'currency', 'chipData', 'approvalCode', 'private63'],
    echoes: ['processingCode', 'amount', 'trace', 'conditionCode', 'terminalId', 'merchantId', 'private60'],
    sealed: true,
    reversible: false,
    counts: 'no',
  }
}

type Management = {
  name: string
  operation?: Operation
  is: string
  request: string
  codes: readonly string[]
  typeCode?: string
  must?: readonly string[]
  may?: readonly string[]
  replyMust?: readonly string[]
  replyMay?: readonly string[]
}

/** One row per network management code. */
function managementRows(row: Management): MessageRow[] {
  const must = row.must ?? management
  const replyMust = [...must, ...hostSets, 'resultCode', ...(row.replyMust ?? [])]
  return row.codes.map(networkCode => ({
    name: row.name,
    ...(row.operation ? { operation: row.operation } : {}),
    is: row.is,
    request: row.request,
    reply: answering(row.request),
    identity: { typeCode: row.typeCode ?? '00', networkCode },
    must,
    may: row.may ?? [],
    replyMust,
    refusalMust: [...must, ...hostSets, 'resultCode'],
    replyMay: ['acquirerId', ...(row.replyMay ?? [])],
    echoes: must.filter(name => name !== 'private60'),
    sealed: false,
    reversible: false,
    counts: 'no',
  }))
}

const withoutTrace = ['terminalId', 'merchantId', 'private60'] as const
const totals = [...management, 'additionalData', 'currency', 'private63'] as const
const download = { request: '0800', must: withoutTrace, may: ['private62'], replyMay: ['reference', 'private62'] } as const
const query = { request: '0820', must: withoutTrace, may: ['private62'], replyMay: ['reference', 'private62', 'mac'] } as const

/** The settlement: its answer has the totals again, with results, and no response code. */
const settlement: MessageRow = {
  name: 'settle',
  operation: 'settle',
  is: 'settlement 批结算',
  request: '0500',
  reply: '0510',
  identity: { typeCode: '00', networkCode: '201' },
  must: totals,
  may: [],
  replyMust: [...management, ...hostSets, 'settlementDate', 'reference', 'additionalData', 'currency'],
  refusalMust: [...management, ...hostSets],
  replyMay: ['acquirerId', 'private63', 'resultCode'],
  echoes: ['trace', 'terminalId', 'merchantId', 'currency'],
  sealed: false,
  reversible: false,
  counts: 'no',
}

const scriptNotice: MessageRow = {
  name: 'scriptNotice',
  is: 'script result notice 脚本处理结果通知',
  request: '0620',
  reply: '0630',
  identity: { typeCode: '00', networkCode: '951' },
  must: [...financial, 'amount', 'reference', 'chipData', 'original'].filter(name => name !== 'conditionCode'),
  may: ['pan', 'cardSequence', 'acquirerId', 'approvalCode', 'conditionCode'],
  replyMust: ['processingCode', 'trace', ...hostSets, 'resultCode', 'terminalId', 'merchantId', 'private60', 'mac'],
  refusalMust: ['trace', ...hostSets, 'resultCode', 'terminalId', 'merchantId', 'private60'],
  replyMay: ['pan', 'amount', 'settlementDate', 'entryMode', 'cardSequence', 'acquirerId', 'reference', 'currency', 'chipData'],
  echoes: ['processingCode', 'trace', 'terminalId', 'merchantId'],
  sealed: true,
  reversible: false,
  counts: 'no',
}

const upload = {
  name: 'upload',
  operation: 'upload',
  request: '0320',
  must: [...management, 'additionalData'],
  replyMust: ['reference'],
} as const

/** @source UnionPay POS fact sheet, 4.1 to 4.8; the first row that fits a message is its kind */
export const messages: readonly MessageRow[] = [
  ...[...Object.values<Financial>(toBeReversed), ...others].map(financialRow),
  ...(['sale', 'void', 'preauth', 'preauthVoid', 'complete', 'completionVoid'] as const).map(reversalRow),
  scriptNotice,
  settlement,
  ...managementRows({
    name: 'signIn',
    operation: 'signIn',
    is: 'sign-in 签到',
    request: '0800',
    codes: ['001', '003', '004'],
    must: [...management, 'private63'],
    may: ['private62', 'acquirerId'],
    replyMust: ['reference'],
    replyMay: ['private62'],
  }).map(row => ({
    ...row,
    replyMust: row.replyMust.filter(name => name !== 'private63'),
    refusalMust: [...management, ...hostSets, 'resultCode'],
    echoes: ['trace', 'terminalId', 'merchantId'],
  })),
  ...managementRows({
    name: 'signOff',
    operation: 'signOff',
    is: 'sign-off 签退',
    request: '0820',
    codes: ['002'],
    replyMust: ['reference'],
  }),
  ...managementRows({
    name: 'echo',
    operation: 'echo',
    is: 'echo test 回响测试',
    request: '0820',
    codes: ['301'],
    must: withoutTrace,
    replyMay: ['trace', 'reference'],
  }),
  ...managementRows({ ...upload, is: 'batch upload, details 批上送', codes: ['201'] }),
  ...managementRows({ ...upload, is: 'batch upload, end notice 批上送结束', codes: ['207', '202'] }),
  ...managementRows({
    name: 'chipUpload',
    is: 'batch upload, chip results',
    request: '0320',
    codes: ['203', '204', '205', '206'],
    must: ['pan', 'amount', ...management, 'chipData', 'private62'],
    may: ['entryMode', 'cardSequence'],
  }).map(row => ({
    ...row,
    replyMust: [...management, ...hostSets, 'resultCode', 'reference'],
    refusalMust: [...management, ...hostSets, 'resultCode'],
    replyMay: [...row.replyMay, 'pan', 'amount', 'cardSequence'],
    echoes: management,
  })),
  ...managementRows({
    name: 'pointsSignIn',
    is: 'cashier points sign-in 收银员积分签到',
    request: '0820',
    codes: ['401'],
    may: ['private63', 'private62'],
  }),
  ...managementRows({ ...query, name: 'statusUpload', is: 'status upload 状态上送', codes: ['362'] }),
  ...managementRows({ ...query, name: 'capkList', is: 'CAPK list 公钥查询', codes: ['372'] }),
  ...managementRows({ ...query, name: 'aidList', is: 'AID list IC 卡参数查询', codes: ['382'] }),
  ...managementRows({ ...download, name: 'parameterDownload', is: 'parameter download 参数传递', codes: ['360', '361'] }),
  ...managementRows({ ...download, name: 'capkDownload', is: 'CAPK download 公钥下载', codes: ['370', '371'] }),
  ...managementRows({ ...download, name: 'aidDownload', is: 'AID download IC 卡参数下载', codes: ['380', '381'] }),
  ...managementRows({
    name: 'masterKeyDownload',
    is: 'master key download 主密钥下载',
    request: '0800',
    typeCode: '99',
    codes: ['003', '401'],
    must: ['trace', 'private60'],
    may: ['terminalId', 'merchantId', 'private62'],
    replyMay: ['terminalId', 'merchantId', 'reference', 'private62'],
  }),
]
