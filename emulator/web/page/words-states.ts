/** A state of the terminal in Chinese, and what whoever stands there does next, in both languages. */
export type StateWords = Readonly<{ zh: string; now: Readonly<{ en: string; zh: string }> }>

const wait = { en: 'The terminal waits for the acquirer.', zh: '终端正在等待收单行应答。' }

export const stateWords: Readonly<Record<string, StateWords>> = {
  off: { zh: '断电', now: { en: 'There is no power. Put the plug back.', zh: '没有电。请插回电源。' } },
  idle: {
    zh: '待机',
    now: { en: 'Press a function key. Sign in first, then sell.', zh: '按功能键。先签到，再消费。' },
  },
  told: {
    zh: '结果显示',
    now: { en: 'That is how it ended. Press the next function key, or ENTER.', zh: '结果如上。按下一个功能键，或按确认。' },
  },
  'keying operator': { zh: '输入操作员号', now: { en: 'Key the operator number, then ENTER.', zh: '输入操作员号，按确认。' } },
  'keying password': {
    zh: '输入操作员密码',
    now: { en: 'Key the operator’s password, then ENTER.', zh: '输入操作员密码，按确认。' },
  },
  'keying amount': {
    zh: '输入金额',
    now: { en: 'Key the amount in fen: 8800 is ¥88.00. Then ENTER.', zh: '按分输入金额：8800 即 88.00 元，按确认。' },
  },
  'confirming amount': { zh: '确认金额', now: { en: 'Is the amount right? ENTER, or CANCEL.', zh: '金额正确吗？确认或取消。' } },
  'keying supervisor password': {
    zh: '输入主管密码',
    now: { en: 'The supervisor keys the password, then ENTER.', zh: '主管输入密码，按确认。' },
  },
  'keying voucher': {
    zh: '输入原凭证号',
    now: { en: 'Key the voucher number on the slip, then ENTER.', zh: '输入签购单上的凭证号，按确认。' },
  },
  'confirming original': {
    zh: '确认原交易',
    now: { en: 'Is this the sale? ENTER, or CANCEL.', zh: '是这笔交易吗？确认或取消。' },
  },
  'awaiting card': {
    zh: '等待刷卡',
    now: { en: 'Swipe a card through the slot at the right, or key its number.', zh: '在右侧卡槽刷卡，或输入卡号。' },
  },
  'keying number': { zh: '输入卡号', now: { en: 'Key the card number, then ENTER.', zh: '输入卡号，按确认。' } },
  'keying expiry': {
    zh: '输入有效期',
    now: { en: 'Key the expiry, year and month, then ENTER.', zh: '输入有效期（年月），按确认。' },
  },
  'questioning repeat': {
    zh: '重复交易确认',
    now: {
      en: 'The same card and amount again: ENTER if that is meant, else CANCEL.',
      zh: '同卡同金额：确属再次交易请确认，否则取消。',
    },
  },
  'keying PIN': { zh: '输入密码', now: { en: 'The cardholder keys the PIN, then ENTER.', zh: '持卡人输入密码，按确认。' } },
  'keying reference': {
    zh: '输入原参考号',
    now: { en: 'Key the reference number on the slip, then ENTER.', zh: '输入签购单上的参考号，按确认。' },
  },
  'keying original date': {
    zh: '输入原交易日期',
    now: { en: 'Key the date of the sale, MMDD, then ENTER.', zh: '输入原交易日期（月日），按确认。' },
  },
  'keying refund amount': {
    zh: '输入退货金额',
    now: { en: 'Key the amount to give back, in fen, then ENTER.', zh: '按分输入退货金额，按确认。' },
  },
  'confirming refund': {
    zh: '确认退货',
    now: { en: 'Is all of this right? ENTER, or CANCEL.', zh: '以上是否正确？确认或取消。' },
  },
  'confirming settlement': {
    zh: '确认结算',
    now: { en: 'Do the totals look right? ENTER settles.', zh: '核对合计，按确认结算。' },
  },
  'keying look-up': {
    zh: '输入查询号',
    now: { en: 'Key a voucher number or a reference, then ENTER.', zh: '输入凭证号或参考号，按确认。' },
  },
  'keying reprint': {
    zh: '输入重打印凭证号',
    now: { en: 'Key a voucher number, or only ENTER for the last slip.', zh: '输入凭证号；直接确认则打印最后一笔。' },
  },
  'awaiting sign-in': { zh: '等待签到应答', now: wait },
  'awaiting echo': { zh: '等待线路测试应答', now: wait },
  'awaiting order': { zh: '等待指令应答', now: wait },
  'awaiting sign-off': { zh: '等待签退应答', now: wait },
  reversing: { zh: '正在冲正', now: { en: 'The terminal undoes what it got no answer to.', zh: '终端正在冲正未得应答的交易。' } },
  'awaiting reply': { zh: '等待交易应答', now: wait },
  'awaiting settlement': { zh: '等待结算应答', now: wait },
  'awaiting upload': { zh: '等待批上送应答', now: wait },
  'awaiting batch end': { zh: '等待批结束应答', now: wait },
}
