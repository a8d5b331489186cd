import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tcp } from '../transport/tcp.ts'
import { yuan } from '../values/amount.ts'
import { isEmulatorError } from '../values/errors.ts'
import type { Message } from '../values/message.ts'
import { Secret } from '../values/secret.ts'
import { faultsNamed, hostFaults } from './faults.ts'
import type { HostOptions } from './host.ts'
import { alice, bob, embedded, keyed, nobody, oneConnection, type Sold, swiped, Till } from './test-till.ts'

const by = { operator: '01' } as const
const pin = new Secret('123456')
const same = ({ request: { terminalId: _, merchantId: __, ...request } }: Sold) => request
const bent =
  (fields: Record<string, string>) =>
  (message: Message): Message => ({ mti: message.mti, fields: { ...message.fields, ...fields } })
const lacking =
  (name: string) =>
  ({ mti, fields }: Message): Message => ({
    mti,
    fields: Object.fromEntries(Object.entries(fields).filter(([one]) => one !== name)),
  })
const over = (till: Till, batch: string): void => {
  till.batch = batch
}

/** A working day with everything in it that a host can get wrong. What it says is what was answered and what the books show. */
async function workingDay(options: Partial<HostOptions>): Promise<string> {
  const host = await embedded(options)
  const says: unknown[] = []
  const heard = async (asked: Promise<Sold>): Promise<Sold> => {
    const sold = await asked
    says.push([sold.mti, sold.code, Object.entries(sold.fields).filter(([name]) => name !== 'mac')])
    return sold
  }
  const till = new Till(frame => host.answer(frame))
  const other = new Till(frame => host.answer(frame), 'T0000002')
  const stranger = new Till(frame => host.answer(frame), 'T0000003', 'M00000000000002')
  await heard(till.signIn())
  await other.signIn()
  await stranger.signIn()
  const sold = await heard(till.sale(alice, yuan(20_05n)))
  await other.sale(bob, yuan(1_00n))
  await heard(till.ask({ operation: 'echo' }))
  await heard(till.ask({ ...same(sold) }))
  await heard(till.sale(alice, yuan(20_05n)))
  await heard(till.sale(bob, yuan(7_00n), { trace: sold.request.trace ?? '' }))
  await heard(till.ask({ ...same(sold) }))
  await heard(till.ask({ operation: 'inquire', card: swiped(alice) }))
  await heard(till.ask({ operation: 'inquire', card: swiped(alice) }))
  // Refused sales.
  const poor = await heard(till.sale(bob, yuan(9_999_00n)))
  await heard(till.ask({ ...same(poor) }))
  await heard(till.sale(nobody, yuan(1_00n)))
  await heard(till.sale(alice, yuan(1_00n), { pin: new Secret('000000') }))
  await heard(till.sale(alice, yuan(0n)))
  await heard(till.sale(alice, yuan(1_00n), { mac: '3030303030303030' }))
  await heard(till.sale(alice, yuan(1_00n), { mac: 'absent' }))
  await heard(till.sale(alice, yuan(1_00n), { bend: lacking('currency') }))
  await heard(till.sale(alice, yuan(1_00n), { bend: bent({ processingCode: '990000' }) }))
  await heard(till.sale(alice, yuan(1_00n), { merchantId: 'M00000000000009' }))
  await heard(till.sale(alice, yuan(1_00n), { terminalId: 'T0000009' }))
  // Voids.
  await heard(stranger.void(sold))
  await heard(other.void(sold))
  await heard(till.void(sold, { card: swiped(bob) }))
  await heard(till.void(sold, { amount: yuan(10_00n) }))
  await heard(till.void(sold, { amount: yuan(30_00n) }))
  await heard(till.void(poor))
  await heard(till.void(sold, { bend: lacking('reference') }))
  await heard(till.void(sold, { original: { batch: '000001', trace: '000888', reference: '123456789012' } }))
  const { reference = '' } = sold.fields
  const another = await till.sale(alice, yuan(20_05n))
  await heard(till.void(sold, { original: { batch: '000001', trace: another.request.trace ?? '', reference } }))
  const withPin = await till.sale(alice, yuan(2_00n), { pin })
  await heard(till.void(withPin))
  const voided = await heard(till.void(sold))
  await heard(till.ask({ ...same(voided) }))
  await heard(till.void(sold))
  await heard(till.void(voided))
  await heard(till.reverse(sold))
  const undone = await till.void(await till.sale(bob, yuan(2_50n)))
  await heard(till.reverse(undone))
  // Reversals.
  const lost = await till.sale(alice, yuan(3_00n), { card: keyed(alice) })
  await heard(other.reverse(lost))
  await heard(till.reverse(lost, { amount: yuan(2_00n) }))
  await heard(till.reverse(lost, { card: keyed(bob) }))
  await heard(till.reverse(lost))
  await heard(till.reverse(lost))
  await heard(till.void(lost))
  await heard(till.reverse(poor))
  const early = { ...same(lost), trace: '000700' }
  await heard(till.reverse({ ...lost, request: { ...lost.request, trace: '000700' } }))
  await heard(till.ask(early))
  // Refunds.
  const part = await heard(till.refund(another, yuan(1_00n), by))
  await heard(till.ask({ ...same(part) }))
  await heard(till.void(another))
  await heard(till.refund(another, yuan(1_00n), by))
  await heard(till.refund(another, yuan(99_00n), by))
  await heard(till.refund(another, yuan(1_00n), { ...by, card: swiped(bob) }))
  await heard(stranger.refund(another, yuan(1_00n), by))
  await heard(till.refund(sold, yuan(1_00n), by))
  await heard(till.refund({ ...sold, fields: { ...sold.fields, reference: '123456789012' } }, yuan(1_00n), by))
  await heard(
    till.reverse(part, {
      reversal: { of: 'void', reason: 'no answer', pinEntered: false },
      original: { batch: '000001', trace: '000001' },
    }),
  )
  // Old keys, stopped cards, restart, a closed day.
  const old = till.keys
  await till.signIn()
  if (old) await heard(till.sale(alice, yuan(1_00n), { key: old }))
  const later = await till.sale(bob, yuan(4_00n))
  await host.control.setCard(bob.masked, 'stopped')
  await heard(till.void(later))
  await heard(till.refund(undone.request.original ? later : sold, yuan(1_00n), by))
  const expired = await till.sale(alice, yuan(5_00n))
  await host.control.setCard(alice.masked, 'expired')
  await heard(till.refund(expired, yuan(1_00n), by))
  await host.control.setCard(alice.masked, 'active')
  await host.control.fail('restart')
  await heard(till.ask({ ...same(expired) }))
  const yesterday = await till.sale(alice, yuan(6_00n))
  await host.control.closeDay()
  await heard(till.void(yesterday))
  says.push(await host.control.ledger())
  // Settlement, wrong and right.
  await stranger.sale(bob, yuan(2_00n), { trace: '000050' })
  await host.control.setCard(bob.masked, 'active')
  const tea = await stranger.sale(bob, yuan(2_00n))
  await stranger.void(await stranger.sale(bob, yuan(3_00n)))
  await stranger.reverse(await stranger.sale(bob, yuan(4_00n)))
  const right = { debitCount: 2, debit: yuan(5_00n), creditCount: 1, credit: yuan(3_00n) }
  await heard(stranger.settle(right))
  await heard(stranger.settle(right))
  await heard(stranger.end(true))
  await heard(stranger.settle(right))
  await heard(stranger.settle({}, { batch: '000044' }))
  over(stranger, '000002')
  await heard(stranger.void(tea))
  await heard(stranger.settle({}))
  await stranger.end(false)
  over(stranger, '000003')
  await heard(stranger.settle({}))
  await heard(other.settle({ debitCount: 2, debit: yuan(1_00n) }))
  await heard(other.end(false))
  await heard(till.settle({ debitCount: 1, debit: yuan(1n) }))
  await heard(till.sale(alice, yuan(1_00n)))
  await heard(till.upload([yesterday, lost]))
  await heard(till.upload([{ ...lost, request: { ...lost.request, trace: '000555' } }]))
  await heard(till.end(false, 3))
  over(till, '000002')
  await heard(till.void(yesterday))
  await heard(till.reverse(yesterday))
  await heard(till.refund(yesterday, yuan(1_00n), by))
  await host.control.setTerminal('T0000002', 'blocked')
  over(other, '000002')
  await heard(other.sale(alice, yuan(1_00n)))
  await heard(till.ask({ operation: 'signOff' }))
  await heard(till.sale(alice, yuan(1_00n)))
  says.push(await host.control.ledger())
  await host.close()
  return JSON.stringify(says)
}

/** Faults that show only where there are lines. */
const elsewhere = new Set([
  'forgets repeats when the line closes',
  'forgets what it could not deliver',
  'takes what arrives at once for a message',
  'answers over the connection before',
])

const honest = await workingDay({})

test('an honest day is the same twice', async () => {
  assert.equal(await workingDay({}), honest)
})

/** Why a fault is no part of this day, if it is not. */
const absent = ({ id, under }: (typeof hostFaults)[number]): string | false =>
  under === undefined ? elsewhere.has(id) && 'shows over TCP, below' : `shows under ${under}: the matrix runs it there`

for (const fault of hostFaults)
  test(`a host that ${fault.id} is seen to differ`, { skip: absent(fault) }, async () => {
    const broken = await workingDay({ faults: [fault.id] }).catch((thrown: unknown) => `it could not even go on: ${thrown}`)
    assert.ok(broken !== honest, 'its day was like the honest one')
  })

test('a host that knows repeats and originals by their line gives itself away over a new one', async () => {
  for (const [fault, balance] of [
    ['forgets repeats when the line closes', 998_00n],
    ['forgets what it could not deliver', 999_00n],
  ] as const) {
    const host = await embedded({ port: 0, faults: [fault] })
    const till = new Till(frame => oneConnection(host.port, frame))
    await till.signIn()
    const sold = await till.sale(alice, yuan(1_00n))
    await (fault.startsWith('forgets repeats') ? till.ask(same(sold)) : till.reverse(sold))
    assert.equal(await till.balance(alice), balance)
    await host.close()
  }
})

test('a host that takes what arrives at once for a message refuses two that arrive together', async t => {
  for (const faults of [[], ['takes what arrives at once for a message']]) {
    const host = await embedded({ port: 0, faults })
    t.after(() => host.close())
    const till = new Till(async frame => {
      const replies = await oneConnection(host.port, Uint8Array.from([...frame, ...frame]))
      return replies?.slice(0, 2 + (replies[0] ?? 0) * 256 + (replies[1] ?? 0))
    })
    const { code } = await till.ask({ operation: 'echo' })
    assert.equal(code, faults.length === 0 ? '00' : '30')
  }
})

test('a host that answers over the connection before leaves its asker without an answer', async t => {
  for (const [faults, answered] of [
    [[], 'second'],
    [['answers over the connection before'], 'first'],
  ] as const) {
    const host = await embedded({ port: 0, faults: [...faults] })
    t.after(() => host.close())
    const line = tcp(new URL(`tcp://127.0.0.1:${host.port}`))
    const [first, second] = [await line.open(), await line.open()]
    const heard = Promise.race([
      first.next({ withinMillis: 3000 }).then(({ saw }) => `first ${saw}`),
      second.next({ withinMillis: 3000 }).then(({ saw }) => `second ${saw}`),
    ])
    const till = new Till(async frame => {
      await second.send(frame)
      return undefined
    })
    await till.ask({ operation: 'echo' }).catch(() => undefined)
    assert.equal(await heard, `${answered} frame`)
    await Promise.all([first.close(), second.close()])
  }
})

test('each fault has a sentence, a name of its own, and rows that it must break', () => {
  assert.equal(new Set(hostFaults.map(fault => fault.id)).size, hostFaults.length)
  for (const { id, says, breaks } of hostFaults) {
    assert.ok(says.length > 15 && breaks.length > 0, id)
    for (const row of breaks) assert.match(row, /^[A-Z]+-\d{3}$/)
  }
})

test('a fault that there is not is an error that names those there are', () => {
  assert.throws(
    () => faultsNamed(['approves a third void']),
    (thrown: unknown) => isEmulatorError(thrown, 'FAULT_UNKNOWN') && /approves a second void/.test(thrown.message),
  )
})
