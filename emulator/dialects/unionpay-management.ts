import type { Operation } from '../values/operation.ts'
import type { MessageRow } from './dialect.ts'
import { answering, financial, hostSets, management } from './unionpay-sets.ts'

type Management = {
  name: string
  operation?: Operation
  is: string
  request: string
  codes: readonly string[]
  typeCode?: string
  must?: readonly string[]
  may?: readonly string[]
  /** What the reply says again; default: all that the request must. */
  again?: readonly string[]
  replyMust?: readonly string[]
  replyMay?: readonly string[]
}

/** One row per network management code. */
function managementRows(row: Management): MessageRow[] {
  const must = row.must ?? management
  const again = row.again ?? must
  const refusalMust = [...again, ...hostSets, 'resultCode']
  return row.codes.map(networkCode => ({
    name: row.name,
    ...(row.operation ? { operation: row.operation } : {}),
    is: row.is,
    request: row.request,
    reply: answering(row.request),
    identity: { typeCode: row.typeCode ?? '00', networkCode },
    must,
    may: row.may ?? [],
    replyMust: [...refusalMust, ...(row.replyMust ?? [])],
    refusalMust,
    replyMay: ['acquirerId', ...(row.replyMay ?? [])],
    echoes: again.filter(name => name !== 'private60'),
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

/** Messages about keys, batches and parameters. @source UnionPay POS fact sheet, 4.5 to 4.8 */
export const managementMessages: readonly MessageRow[] = [
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
    again: management,
    replyMust: ['reference'],
    replyMay: ['private62'],
  }),
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
    again: management,
    replyMust: ['reference'],
    replyMay: ['pan', 'amount', 'cardSequence'],
  }),
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
