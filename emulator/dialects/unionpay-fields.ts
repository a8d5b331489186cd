import { exactly, type FieldTable, type Layout, upTo } from './dialect.ts'

/** @source UnionPay POS fact sheet, 2 and 3.1 */
export const fields = {
  pan: { de: 2, length: upTo(19, 'digit'), of: 'n', justify: 'left', is: 'primary account number 主账号', secret: 'pan' },
  processingCode: { de: 3, length: exactly(6, 'digit'), of: 'n', is: 'processing code 交易处理码' },
  amount: { de: 4, length: exactly(12, 'digit'), of: 'n', is: 'amount, in minor units 交易金额' },
  trace: { de: 11, length: exactly(6, 'digit'), of: 'n', is: 'trace number, printed as voucher number 受卡方系统跟踪号' },
  localTime: { de: 12, length: exactly(6, 'digit'), of: 'n', is: 'local time hhmmss, the host sets it 受卡方所在地时间' },
  localDate: { de: 13, length: exactly(4, 'digit'), of: 'n', is: 'local date MMDD, the host sets it 受卡方所在地日期' },
  expiry: { de: 14, length: exactly(4, 'digit'), of: 'n', is: 'expiry YYMM 卡有效期' },
  settlementDate: { de: 15, length: exactly(4, 'digit'), of: 'n', is: 'settlement date MMDD 清算日期' },
  entryMode: { de: 22, length: exactly(3, 'digit'), of: 'n', justify: 'left', is: 'entry mode 服务点输入方式码' },
  cardSequence: { de: 23, length: exactly(3, 'digit'), of: 'n', is: 'card sequence number 卡序列号' },
  conditionCode: { de: 25, length: exactly(2, 'digit'), of: 'n', is: 'condition code 服务点条件码' },
  pinCapture: { de: 26, length: exactly(2, 'digit'), of: 'n', is: 'longest PIN 服务点 PIN 获取码' },
  acquirerId: { de: 32, length: upTo(11, 'digit'), of: 'n', justify: 'left', is: 'acquirer id 受理方标识码' },
  track2: { de: 35, length: upTo(37, 'digit'), of: 'z', justify: 'left', is: 'track 2 磁道数据', secret: 'track' },
  track3: { de: 36, length: upTo(104, 'digit'), of: 'z', justify: 'left', is: 'track 3 磁道数据', secret: 'track' },
  reference: { de: 37, length: exactly(12, 'character'), of: 'an', is: 'retrieval reference number 检索参考号' },
  approvalCode: { de: 38, length: exactly(6, 'character'), of: 'an', is: 'authorisation code 授权标识应答码' },
  resultCode: { de: 39, length: exactly(2, 'character'), of: 'an', is: 'response code, in a reversal the reason 应答码' },
  terminalId: { de: 41, length: exactly(8, 'character'), of: 'ans', is: 'terminal 受卡机终端标识码' },
  merchantId: { de: 42, length: exactly(15, 'character'), of: 'ans', is: 'merchant 受卡方标识码' },
  institutions: { de: 44, length: upTo(25, 'character'), of: 'ans', is: 'issuer and acquirer 附加响应数据' },
  additionalData: {
    de: 48,
    length: upTo(322, 'digit'),
    of: 'n',
    justify: 'left',
    is: 'totals, details or counts 自定义附加数据',
  },
  currency: { de: 49, length: exactly(3, 'character'), of: 'an', is: 'currency, ISO 4217 number 交易货币代码' },
  pinBlock: { de: 52, length: exactly(8, 'byte'), of: 'b', is: 'encrypted PIN block 个人标识码数据', secret: 'pinBlock' },
  securityControl: {
    de: 53,
    length: exactly(16, 'digit'),
    of: 'n',
    is: 'PIN block form, algorithm, track encryption 安全控制信息',
  },
  additionalAmounts: { de: 54, length: upTo(40, 'character', 3), of: 'an', is: 'balances 附加金额' },
  chipData: { de: 55, length: upTo(255, 'byte'), of: 'b', is: 'chip data, BER-TLV IC 卡数据域', secret: 'chip' },
  additionalInfo: { de: 57, length: upTo(100, 'byte'), of: 'ans', is: 'terminal information 附加信息' },
  purse: { de: 58, length: upTo(100, 'byte'), of: 'ans', is: 'e-purse data' },
  terminalInfo: { de: 59, length: upTo(600, 'byte'), of: 'ans', is: 'terminal information 自定义域' },
  private60: { de: 60, length: upTo(17, 'digit', 3), of: 'n', justify: 'left', is: 'type, batch and function 自定义域' },
  original: { de: 61, length: upTo(29, 'digit', 3), of: 'n', justify: 'left', is: 'original message 原始信息域' },
  private62: { de: 62, length: upTo(512, 'byte'), of: 'b', is: 'keys, parameters or lists 自定义域', secret: 'keys' },
  private63: { de: 63, length: upTo(163, 'byte'), of: 'ans', is: 'operator, card company and texts 自定义域' },
  mac: { de: 64, length: exactly(8, 'byte'), of: 'b', is: 'MAC 报文鉴别码' },
} as const satisfies FieldTable

/** Amount, count, amount, count, result: the totals of one class of cards. */
const totals = (first: number, whose: string, name: 'domestic' | 'foreign') =>
  [
    { path: `48.${first}`, name: `${name}Debit`, length: 12, is: `${whose} debit amount, in minor units` },
    { path: `48.${first + 1}`, name: `${name}DebitCount`, length: 3, is: `${whose} debit count` },
    { path: `48.${first + 2}`, name: `${name}Credit`, length: 12, is: `${whose} credit amount, in minor units` },
    { path: `48.${first + 3}`, name: `${name}CreditCount`, length: 3, is: `${whose} credit count` },
    { path: `48.${first + 4}`, name: `${name}Result`, length: 1, is: `${whose} result: 1 balanced, 2 unbalanced, 3 error` },
  ] as const

/** @source UnionPay POS fact sheet, 3.4, 3.9, 3.10, 3.12, 4.5, 4.6 */
export const layouts = {
  institutions: [
    {
      of: 'as far as it goes',
      lengths: [22],
      parts: [
        { path: '44.1', name: 'issuer', length: 11, is: 'issuer code 接收机构' },
        { path: '44.2', name: 'acquirer', length: 11, is: 'acquirer code 收单机构' },
      ],
    },
  ],
  additionalData: [
    {
      of: 'whole',
      types: ['0500', '0510'],
      parts: [...totals(1, 'domestic 内卡', 'domestic'), ...totals(6, 'foreign 外卡', 'foreign')],
    },
    {
      of: 'whole',
      types: ['0320', '0330'],
      parts: [{ path: '48.1', name: 'uploadedCount', length: 4, is: 'how many transactions were uploaded' }],
    },
    {
      of: 'list',
      types: ['0320', '0330'],
      parts: [{ path: '48.count', name: 'itemCount', length: 2, is: 'how many items follow' }],
      item: {
        name: 'item',
        path: '48',
        most: 8,
        parts: [
          { path: 'class', name: 'class', length: 2, is: 'card class: 00 domestic, 01 foreign' },
          { path: 'trace', name: 'trace', length: 6, is: 'trace number' },
          { path: 'pan', name: 'pan', length: 20, is: 'card number, zeros on the left', secret: 'pan' },
          { path: 'amount', name: 'amount', length: 12, is: 'amount, in minor units' },
        ],
      },
    },
  ],
  private60: [
    {
      of: 'as far as it goes',
      lengths: [8, 11, 13, 14, 17],
      parts: [
        { path: '60.1', name: 'typeCode', length: 2, is: 'transaction type code 交易类型码' },
        { path: '60.2', name: 'batch', length: 6, is: 'batch number 批次号' },
        { path: '60.3', name: 'networkCode', length: 3, is: 'network management code 网络管理信息码' },
        { path: '60.4', name: 'readCapability', length: 1, is: 'terminal read capability 终端读取能力' },
        { path: '60.5', name: 'chipCondition', length: 1, is: 'chip condition code IC 卡条件代码' },
        { path: '60.6', name: 'partialApproval', length: 1, is: 'partial approval support 支持部分扣款' },
        { path: '60.7', name: 'accountType', length: 3, is: 'account type 账户类型' },
      ],
    },
  ],
  original: [
    {
      of: 'as far as it goes',
      lengths: [12, 16, 18, 29],
      parts: [
        { path: '61.1', name: 'originalBatch', length: 6, is: 'original batch number 原始批次号' },
        { path: '61.2', name: 'originalTrace', length: 6, is: 'original trace number 原始流水号' },
        { path: '61.3', name: 'originalDate', length: 4, is: 'original date MMDD, the host’s 原始交易日期' },
        { path: '61.4', name: 'originalMode', length: 2, is: 'original authorisation mode 原始授权方式' },
        { path: '61.5', name: 'originalInstitution', length: 11, is: 'original authorising institution 原始授权机构' },
      ],
    },
  ],
  private63: [
    {
      of: 'as far as it goes',
      lastMayBeShort: true,
      parts: [
        { path: '63.1', name: 'party', length: 3, is: 'operator or card company 操作员 / 国际信用卡公司' },
        { path: '63.2', name: 'issuerText', length: 20, is: 'text of the issuer' },
        { path: '63.3', name: 'schemeText', length: 20, is: 'text of UnionPay' },
        { path: '63.4', name: 'acquirerText', length: 20, is: 'text of the acquirer' },
        { path: '63.5', name: 'terminalText', length: 60, is: 'text for the terminal' },
      ],
    },
  ],
} as const satisfies Readonly<Record<string, readonly Layout[]>>
