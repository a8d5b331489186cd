import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Slip } from './slip.ts'
import { Till } from './till.ts'

async function printed(deed: (till: Till) => Promise<void>): Promise<readonly Slip[]> {
  const till = await new Till().signIn()
  await till.sale()
  await deed(till)
  return till.terminal.slips()
}

const none = (): Promise<void> => Promise.resolve()

test('a sale slip has every line of the fact sheet', async () => {
  const [merchant] = await printed(none)
  assert.deepEqual(merchant?.lines, [
    '银联 POS 签购单 / POS SALES SLIP',
    '商户存根 MERCHANT COPY',
    '商户名称 MERCHANT: 测试商户',
    '商户编号 MERCHANT NO: 898000000000001',
    '终端编号 TERMINAL NO: 10000001',
    '操作员号 OPERATOR: 01',
    '卡号 CARD NO: 621214*********0012 S',
    '有效期 EXP DATE: ****',
    '交易类别 TRANS TYPE: 消费 / SALE',
    '批次号 BATCH NO: 000001',
    '凭证号 VOUCHER NO: 000002',
    '授权码 AUTH NO: 000002',
    '参考号 REFER NO: 000000000002',
    '日期时间 DATE/TIME: 2026/07/26 10:11:12',
    '金额 AMOUNT: RMB 88.00',
    '结果 RESULT: 交易成功 APPROVED',
    '持卡人签名 SIGNATURE:',
    '本人确认以上交易 I ACKNOWLEDGE THIS TRANSACTION',
  ])
})

test('the facts of a slip say what its lines say', async () => {
  const [merchant] = await printed(none)
  const facts: Slip['facts'] = merchant?.facts ?? {}
  const { amount, currency, trace, batch, reference, approvalCode, terminalId, merchantId, operator, card, date, time, result } =
    facts
  assert.deepEqual(
    { amount, currency, trace, batch, reference, approvalCode, terminalId, merchantId, operator, card, date, time, result },
    {
      amount: '88.00',
      currency: 'CNY',
      trace: '000002',
      batch: '000001',
      reference: '000000000002',
      approvalCode: '000002',
      terminalId: '10000001',
      merchantId: '898000000000001',
      operator: '01',
      card: '621214*********0012',
      date: '2026/07/26',
      time: '10:11:12',
      result: 'approved',
    },
  )
})

test('the customer copy shows the last four digits only and asks for no signature', async () => {
  const [, customer] = await printed(none)
  assert.equal(customer?.facts.card, '***************0012')
  assert.equal(customer?.lines.join().includes('621214'), false)
  assert.equal(customer?.lines.join().includes('SIGNATURE'), false)
})

test('a void slip says VOID and names the original voucher', async () => {
  const slips = await printed(till => till.void('2'))
  for (const slip of slips.slice(2)) {
    assert.ok(slip.lines.includes('交易类别 TRANS TYPE: 消费撤销 / VOID'))
    assert.ok(slip.lines.includes('原凭证号 ORIGINAL VOUCHER: 000002'))
    assert.equal(slip.lines.join().includes('SALE,'), false)
    assert.equal(slip.facts.originalTrace, '000002')
  }
})

test('a refund slip says REFUND and names reference and date of the original', async () => {
  const slips = await printed(till => till.refund('000000000002', '3000'))
  const slip = slips.at(-1)
  assert.ok(slip?.lines.includes('交易类别 TRANS TYPE: 退货 / REFUND'))
  assert.ok(slip?.lines.includes('原参考号 ORIGINAL REFERENCE: 000000000002'))
  assert.ok(slip?.lines.includes('原交易日期 ORIGINAL DATE: 0726'))
})

test('a reprint is marked and otherwise equal, the last one and by voucher number', async () => {
  for (const keys of [
    ['reprint', 'enter'],
    ['reprint', '2', 'enter'],
  ]) {
    const slips = await printed(till => till.keys(...keys))
    assert.equal(slips.length, 4)
    for (const [at, copy] of slips.slice(2).entries()) {
      const first = slips[at]
      assert.equal(copy.duplicate, true)
      assert.deepEqual(copy.lines, ['重打印凭证 / DUPLICATED', ...(first?.lines ?? [])])
      assert.deepEqual(copy.facts, first?.facts)
    }
  }
})

test('after settlement the last slip is the settlement slip', async () => {
  const slips = await printed(async till => {
    await till.settle()
    await till.keys('reprint', 'enter')
  })
  assert.deepEqual(
    slips.slice(-2).map(({ kind, duplicate }) => [kind, duplicate]),
    [
      ['settlement', false],
      ['settlement', true],
    ],
  )
})

test('a fault slip of a reversal masks the number and says that it must be handled by hand', async () => {
  const slips = await printed(async till => {
    till.acquirer.weather = ['lost answer', 'lost request', 'lost request', 'lost request']
    await till.sale('4200')
    await till.keys('reverse')
  })
  const slip = slips.at(-1)
  assert.equal(slip?.kind, 'reversal failed')
  assert.match(slip?.lines.join('\n') ?? '', /REVERSAL FAILED[\s\S]*621214\*+0012[\s\S]*42\.00[\s\S]*handle manually/)
})
