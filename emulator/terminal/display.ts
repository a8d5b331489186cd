import type { ClassTotals, Totals } from '../values/request.ts'
import type { Secret } from '../values/secret.ts'
import type { Faulty } from './faults.ts'
import type { TransactionRecord } from './record.ts'
import type { Purpose, State } from './state.ts'

const sound: Faulty = () => false
const waiting = ['正在处理 please wait']
const hidden = (entry: Secret): string => '•'.repeat(entry.reveal().length)

/** What the display shows in a state. Secret digits show as dots, card numbers masked. @source UnionPay POS fact sheet, 5.2, 7 */
export function screen(state: State, faulty: Faulty = sound): readonly string[] {
  switch (state.at) {
    case 'off':
      return []
    case 'idle':
      return ['欢迎使用 READY']
    case 'told':
      return state.lines
    case 'keying operator':
      return ['操作员号 operator number', state.entry]
    case 'keying password':
      return [`操作员 ${state.operator} 密码 password`, hidden(state.entry)]
    case 'keying amount':
      return ['消费 SALE', '请输入金额 amount', state.entry]
    case 'confirming amount':
      return ['消费 SALE', `金额 ${state.amount}`, '确认? ENTER / CANCEL']
    case 'keying supervisor password':
      return ['主管密码 supervisor password', hidden(state.entry), ...(state.tries > 0 ? ['密码错 wrong password'] : [])]
    case 'keying voucher':
      return ['消费撤销 VOID', '原凭证号 original voucher number', state.entry]
    case 'confirming original':
      return ['消费撤销 VOID', ...originalLines(state.original), '确认? ENTER / CANCEL']
    case 'awaiting card':
      return [...purposeLines(state.purpose), '请刷卡 swipe card']
    case 'keying number':
      return [...purposeLines(state.purpose), '请输入卡号 card number', '•'.repeat(state.entry.reveal().length)]
    case 'keying expiry':
      return [...purposeLines(state.purpose), state.pan.masked, '有效期 expiry YYMM', '•'.repeat(state.entry.length)]
    case 'questioning repeat':
      return ['重复交易? SAME CARD AND AMOUNT AGAIN', `${state.amount} ${state.card.pan.masked}`, '确认? ENTER / CANCEL']
    case 'keying PIN':
      return [
        ...purposeLines(state.purpose),
        faulty('shows the number in full') ? state.card.pan.reveal() : state.card.pan.masked,
        '请输入密码 PIN',
        hidden(state.entry),
      ]
    case 'keying reference':
      return ['退货 REFUND', '原参考号 original reference', state.entry]
    case 'keying original date':
      return ['退货 REFUND', '原交易日期 original date MMDD', state.entry]
    case 'keying refund amount':
      return ['退货 REFUND', '退货金额 amount', state.entry]
    case 'confirming refund':
      return [
        '退货 REFUND',
        `金额 ${state.amount}`,
        state.card.pan.masked,
        `原参考号 ${state.original.reference ?? ''}`,
        '确认? ENTER / CANCEL',
      ]
    case 'confirming settlement':
      return [
        '结算 SETTLEMENT',
        ...totalsLines(state.totals),
        ...state.unknown.map(record => `退货未知 UNKNOWN REFUND ${record.trace} ${record.amount}`),
        ...state.unresolved.map(({ record }) => `冲正未完成 UNRESOLVED ${record.trace} ${record.amount}`),
        '确认? ENTER / CANCEL',
      ]
    case 'keying look-up':
      return ['查询交易 LOOK UP', '凭证号或参考号 trace or reference', state.entry]
    case 'keying reprint':
      return ['重打印 REPRINT', '凭证号 trace, ENTER for the last', state.entry]
    case 'reversing':
      return ['上笔交易未完成 NOT COMPLETED', `正在冲正 CANCELLING ${state.due.record.trace}`, ...waiting]
    case 'awaiting reply':
      return state.cancelled ? ['交易取消中 BEING CANCELLED', ...waiting] : waiting
    case 'awaiting sign-in':
    case 'awaiting echo':
    case 'awaiting order':
    case 'awaiting sign-off':
      return waiting
    case 'awaiting settlement':
    case 'awaiting upload':
    case 'awaiting batch end':
      return ['结算 SETTLEMENT', ...waiting]
  }
}

const operationNames = { sale: '消费 SALE', void: '消费撤销 VOID', refund: '退货 REFUND', inquire: '余额查询 BALANCE' } as const

function purposeLines(purpose: Purpose): readonly string[] {
  const name = operationNames[purpose.operation]
  if (purpose.operation === 'sale') return [name, purpose.amount.toString()]
  return purpose.operation === 'void' ? [name, purpose.original.amount.toString()] : [name]
}

/** Type, amount, masked card, date and time of the original. @source requirement TERM-004 */
function originalLines({ operation, trace, amount, card, date = '', time = '' }: TransactionRecord): readonly string[] {
  return [`原交易 ${operationNames[operation]} ${trace}`, `金额 ${amount}`, card.pan.masked, dateAndTime(date, time)]
}

export function dateAndTime(date: string, time: string): string {
  return `${date.slice(0, 2)}/${date.slice(2)} ${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}`
}

export function totalsLines({ domestic, foreign }: Totals): readonly string[] {
  const line = (name: string, { debitCount, debit, creditCount, credit }: ClassTotals) =>
    `${name} 借 ${debitCount} ${debit} 贷 ${creditCount} ${credit}`
  return [line('内卡 domestic', domestic), line('外卡 foreign', foreign)]
}
