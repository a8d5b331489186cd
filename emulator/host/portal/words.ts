/** The languages of the portal. */
export type Language = 'en' | 'zh'

/** Every word of the portal, in both languages: a word that lacks one does not compile. */
const table = {
  office: ['Back office', '商户后台'],
  skip: ['Skip to content', '跳到正文'],
  language: ['中文', 'English'],
  signIn: ['Sign in', '登录'],
  signOut: ['Sign out', '退出'],
  user: ['User', '用户名'],
  password: ['Password', '密码'],
  signInIntro: ['For the staff of the merchants that this host serves.', '供本主机所服务商户的工作人员使用。'],
  wrongPassword: ['User and password do not go together. Try again.', '用户名或密码不正确，请重试。'],
  locked: ['Too many wrong passwords. Wait one minute, then try again.', '密码错误次数过多，请一分钟后再试。'],
  clerk: ['Clerk', '经办人'],
  approver: ['Approver', '审批人'],
  auditor: ['Auditor', '审计员'],

  transactions: ['Transactions', '交易'],
  requests: ['Requests', '申请'],
  audit: ['Audit log', '审计日志'],
  voucher: ['Voucher number', '凭证号'],
  reference: ['Reference', '参考号'],
  card: ['Card', '卡号'],
  cardEnds: ['Card, last four', '卡号后四位'],
  amount: ['Amount', '金额'],
  amountYuan: ['Amount, ¥', '金额（元）'],
  from: ['From', '起'],
  to: ['To', '止'],
  search: ['Search', '查询'],
  clear: ['Clear', '清除'],
  none: ['No transaction fits this search.', '没有符合条件的交易。'],
  noneYet: ['No transactions yet.', '尚无交易。'],
  found: ['found', '笔'],
  firstShown: ['The newest 100 are shown: search for less.', '仅显示最新 100 笔，请缩小范围。'],
  time: ['Time', '时间'],
  kind: ['Type', '类型'],
  state: ['Status', '状态'],
  open: ['Open', '查看'],
  terminal: ['Terminal', '终端'],
  batch: ['Batch', '批次'],
  outsideBatches: ['outside the batches', '不属于任何批次'],
  approvalCode: ['Approval code', '授权码'],
  businessDate: ['Business date', '营业日'],
  resultCode: ['Result code', '应答码'],
  merchant: ['Merchant', '商户'],
  fromOffice: ['back office', '后台'],

  sale: ['Sale', '消费'],
  void: ['Void', '撤销'],
  refund: ['Refund', '退货'],
  reversal: ['Reversal', '冲正'],
  settlement: ['Settlement', '结算'],
  correction: ['Set aside', '挂账'],

  posted: ['Approved', '已批准'],
  credited: ['Refunded', '已退款'],
  voided: ['Voided', '已撤销'],
  reversed: ['Reversed', '已冲正'],
  declined: ['Declined', '已拒绝'],
  settled: ['Settled', '已结算'],
  setAside: ['Set aside', '已挂账'],
  partlyRefunded: ['Partly refunded', '部分退款'],
  fullyRefunded: ['Fully refunded', '全额退款'],

  detail: ['Transaction', '交易'],
  life: ['What happened', '交易经过'],
  actions: ['What can be done', '可执行操作'],
  canVoid: [
    'This sale is not settled. It can be voided: the cardholder gets all of it back.',
    '该笔消费尚未结算，可以撤销：全部金额退回持卡人。',
  ],
  canRefund: ['This sale is settled. What is left of it can be refunded:', '该笔消费已结算，可退余额：'],
  askVoid: ['Void this sale', '撤销此笔消费'],
  askRefund: ['Refund this sale', '为此笔消费退货'],
  nothingToDo: ['Nothing can be undone here.', '此笔交易不可撤销或退货。'],
  notYourRole: ['Your role cannot ask for it.', '您的角色无权申请。'],
  requestOpen: ['A request for it is waiting for a decision.', '已有申请等待审批。'],
  whyNot: ['Why not:', '原因：'],

  voidTitle: ['Void a sale', '消费撤销'],
  refundTitle: ['Refund a sale', '消费退货'],
  check: ['Check it before you submit', '提交前请核对'],
  consequenceVoid: [
    'The whole amount goes back to this card, and the sale will not be settled. A void cannot be undone.',
    '全部金额将退回该卡，该笔消费不再结算。撤销后不可恢复。',
  ],
  consequenceRefund: [
    'The amount goes back to this card and is taken from the merchant’s account. A refund cannot be undone.',
    '金额将退回该卡，并从商户账户扣除。退货后不可恢复。',
  ],
  secondPerson: ['Somebody else has to approve it first.', '须由另一人审批后生效。'],
  atOnce: ['It takes effect at once.', '提交后立即生效。'],
  reason: ['Reason', '原因'],
  reasonHint: ['Why, in 3 to 200 characters. No card numbers.', '3 至 200 个字符，请勿填写卡号。'],
  evidence: ['Evidence', '凭据'],
  evidenceHint: [
    'Optional: order number, complaint, order of an authority; up to 1000 characters.',
    '可选：订单号、投诉、主管机关要求等，最多 1000 个字符。',
  ],
  submit: ['Submit', '提交'],
  back: ['Back', '返回'],
  reasonAmount: ['Wrong amount', '金额错误'],
  reasonTwice: ['Charged twice', '重复扣款'],
  reasonCard: ['Wrong card', '刷错卡'],
  reasonCustomer: ['Customer withdrew', '顾客取消'],
  reasonOrder: ['Order of an authority', '主管机关要求'],

  request: ['Request', '申请'],
  askedBy: ['Asked by', '申请人'],
  decidedBy: ['Decided by', '审批人'],
  note: ['Note', '备注'],
  noteHint: ['Optional, up to 200 characters.', '可选，最多 200 个字符。'],
  approve: ['Approve', '批准'],
  reject: ['Reject', '驳回'],
  decision: ['Your decision', '审批'],
  awaits: ['Awaits approval', '待审批'],
  rejected: ['Rejected', '已驳回'],
  refused: ['Refused by the rules', '规则拒绝'],
  refundedCase: ['Refunded', '已退货'],
  ownRequest: ['Somebody else has to decide about your own request.', '本人的申请须由他人审批。'],
  awaitsOther: ['It waits for an approver.', '等待审批人处理。'],
  noRequests: ['No requests yet.', '尚无申请。'],
  slip: ['Slip', '凭单'],
  slipVoid: ['VOID FROM THE BACK OFFICE', '后台撤销'],
  slipRefund: ['REFUND FROM THE BACK OFFICE', '后台退货'],
  original: ['Original', '原交易'],
  live: ['Status follows by itself.', '状态自动更新。'],
  offline: ['Not connected: the status may be old.', '连接中断：状态可能不是最新。'],

  who: ['Who', '操作人'],
  act: ['What', '操作'],
  why: ['Why', '原因'],
  result: ['Result', '结果'],
  itsRecords: ['Its records in the audit log', '审计日志中的相关记录'],
  allRecords: ['All records', '全部记录'],
  about: ['About', '关于'],
  noAudit: ['Nothing yet.', '尚无记录。'],
  export: ['Export', '导出'],
  exportTransactions: ['Export transactions (CSV)', '导出交易（CSV）'],
  exportAudit: ['Export audit log (CSV)', '导出审计日志（CSV）'],

  correct: ['Please correct:', '请更正：'],
  tooLong: ['is too long; at most this many characters:', '过长，最多字符数：'],
  tooShort: ['is too short; at least this many characters:', '过短，至少字符数：'],
  notText: ['has characters that do not print.', '含有不可打印的字符。'],
  formVoucher: ['is up to six digits, such as 000012.', '为至多六位数字，例如 000012。'],
  formReference: ['is up to twelve digits; the last ones are enough.', '为至多十二位数字，末几位即可。'],
  formCard: ['is exactly four digits.', '须为四位数字。'],
  formAmount: ['is an amount such as 88.00.', '须为金额，例如 88.00。'],
  formTime: ['is a date and time.', '须为日期和时间。'],
  aboveWhole: ['is above what is left of the sale:', '超过该笔消费余额：'],

  notThere: ['There is no such page', '没有此页面'],
  notThereMore: ['It may be mistyped, or belong to somebody else.', '地址可能有误，或不属于贵商户。'],
  notAllowed: ['Your role does not include this', '您的角色无此权限'],
  notAllowedMore: ['Nothing was done, and the attempt is on record.', '未执行任何操作，此次尝试已记录。'],
  ownTitle: ['Not your own request', '不得审批本人申请'],
  openTitle: ['There is a request already', '已有申请'],
  openMore: [
    'A request for this transaction waits for a decision. Nothing was done.',
    '该交易已有申请等待审批，未执行任何操作。',
  ],
  decidedTitle: ['Somebody has decided already', '已审批'],
  decidedMore: ['This request has come to its end. Nothing was done.', '该申请已结束，未执行任何操作。'],
  usedTitle: ['This form was sent before', '表单已提交过'],
  usedMore: [
    'It counts once: nothing was done again. Look at the transaction to see what came of it.',
    '每份表单仅生效一次，未重复执行。请查看交易状态。',
  ],
  staleTitle: ['This form is out of date', '表单已过期'],
  staleMore: [
    'What it showed has changed in the meantime. Nothing was done: open it again and look.',
    '表单显示后情况已变化，未执行任何操作，请重新打开。',
  ],
  foreignTitle: ['This form is not from here', '表单来源无效'],
  foreignMore: [
    'It was not made for you by this page, or too long ago. Nothing was done: go back and open it again.',
    '该表单并非本页面为您生成，或已失效。未执行任何操作，请返回重新打开。',
  ],
  originTitle: ['Sent from another site', '来自其他网站的请求'],
  originMore: [
    'Forms are taken from this portal’s own pages only. Nothing was done.',
    '仅接受本后台页面提交的表单，未执行任何操作。',
  ],
  failedTitle: ['Something went wrong here', '系统出错'],
  failedMore: [
    'It is not your mistake. Nothing was done that the audit log does not show.',
    '并非您的错误，已执行的操作均见审计日志。',
  ],
  unreadTitle: ['This could not be read', '无法读取'],
  unreadMore: ['It is too long, or not a form. Nothing was done.', '内容过长或不是表单，未执行任何操作。'],
} as const satisfies Readonly<Record<string, readonly [en: string, zh: string]>>

export type Word = keyof typeof table

/** A word in one language. */
export type Say = (word: Word) => string

export const saying =
  (language: Language): Say =>
  word =>
    table[word][language === 'en' ? 0 : 1]

/** What a person is told when a rule of the host does not hold; the rules' own sentences are for engineers. */
const rules: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  'the original is no void': ['A void cannot be voided.', '撤销交易不可再撤销。'],
  'the original is a sale': ['Only a sale can be undone here.', '仅消费可撤销或退货。'],
  'the original was approved': ['The sale was declined: no money was taken.', '该笔消费已被拒绝，未扣款。'],
  'the original was not reversed': ['The sale was reversed: no money is left in it.', '该笔消费已冲正。'],
  'the original is not voided': ['The sale is voided already.', '该笔消费已撤销。'],
  'the original is not settled': ['The sale is settled: ask for a refund instead.', '该笔消费已结算，请申请退货。'],
  'the original is settled': ['The sale is not settled yet: void it instead.', '该笔消费尚未结算，请申请撤销。'],
  'the void window is not over': [
    'It is too late to void this sale: refund it once it is settled.',
    '已超过撤销时限，结算后可申请退货。',
  ],
  'nothing of the original was refunded': ['Some of it was refunded already.', '该笔消费已有退款。'],
  'the batch is not being settled': [
    'The terminal is settling its batch just now. Try again when that is done.',
    '终端正在结算批次，请稍后再试。',
  ],
  'the original still has money to give back': ['Nothing is left to give back.', '已无可退金额。'],
  'the refund window is not over': ['It is too late to refund this sale.', '已超过退货时限。'],
  'a refund of a part is allowed': ['This host refunds whole amounts only.', '仅支持全额退货。'],
  'all refunds together stay below the ceiling': [
    'All refunds together would be above the sale.',
    '累计退货金额将超过原消费金额。',
  ],
  'the terminal may do this': ['This is not enabled for the terminal of the sale.', '该终端未开通此功能。'],
  'the issuer does not answer': ['The issuer does not answer. Try again later.', '发卡方无应答，请稍后再试。'],
}

/** A refusal of the host in words, by the sentence of its rule. */
export function refusalIn(language: Language, sentence: string, code?: string): string {
  const known = rules[sentence.replace('it does not hold that ', '')]
  if (known) return known[language === 'en' ? 0 : 1]
  return language === 'en' ? `The host refused it (code ${code ?? '–'}).` : `主机拒绝（应答码 ${code ?? '–'}）。`
}
