import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Sealing } from './sealing.ts'
import { PowerCut, Store } from './store.ts'
import { Till, wang } from './till.ts'

const sealingKey = new Uint8Array(32).fill(7)

async function withFile(use: (file: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'terminal-store-'))
  try {
    await use(join(folder, 'store.db'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('another terminal on the same file goes on where the first one stopped', () =>
  withFile(async file => {
    const first = await new Till({ store: new Store({ file, key: sealingKey }) }).signIn()
    await first.sale()
    first.acquirer.weather = ['lost answer']
    await first.sale('100')
    first.store.close()
    const second = new Till({ store: new Store({ file, key: sealingKey }) })
    await second.terminal.powerUp()
    assert.deepEqual([second.store.trace, second.store.signedIn, second.store.keys?.mac.reveal()], ['000004', true, 'MAC KEY 1'])
    await second.keys('reverse')
    assert.deepEqual(second.sent(), ['reverse 000003'])
    assert.ok(second.store.records[0]?.card.pan.equals(wang.pan))
    second.store.close()
  }))

test('a restart of a new program on an interrupted sale shows and reports its one end', () =>
  withFile(async file => {
    const first = await new Till({ store: new Store({ file, key: sealingKey }) }).signIn()
    first.store.cut = point => {
      if (point === 'after exchange') throw new PowerCut(point)
    }
    await first.sale()
    first.store.close()
    const second = new Till({ store: new Store({ file, key: sealingKey }) })
    await second.terminal.powerUp()
    assert.deepEqual(second.outcomes(), ['sale unresolved'])
    assert.match(second.terminal.shows().join(' '), /SALE 000002 NOT COMPLETED/)
    second.store.close()
  }))

test('a file holds no number, expiry, track, PIN or key in clear', () =>
  withFile(async file => {
    const till = await new Till({ store: new Store({ file, key: sealingKey }) }).signIn()
    await till.sale()
    till.store.close()
    const bytes = readFileSync(file, 'latin1')
    for (const secret of ['6212142000000000012', '"3312"', '123456', 'MAC KEY', 'PIN KEY'])
      assert.equal(bytes.includes(secret), false, secret)
    assert.ok(bytes.includes('621214*********0012'), 'a slip is kept as printed')
  }))

test('what a store holds in memory is what its file holds, also after a write that failed', () =>
  withFile(async file => {
    const till = await new Till({ store: new Store({ file, key: sealingKey }) }).signIn()
    await till.sale()
    await till.sale('100')
    await till.void('000002')
    till.acquirer.weather = ['lost answer']
    await till.sale('200')
    // A reason that no column takes, so that the write fails after the state has been set.
    const reason = Symbol('unstorable') as unknown as 'other'
    const key = { batch: till.store.batch, trace: '000003' }
    assert.throws(() => till.store.write({ write: 'leave unresolved', key, reason, demandSignIn: false }))
    const again = new Store({ file, key: sealingKey })
    const told = ({ records, trace, batch, signedIn, interrupted }: Store) => ({
      records: records.map(record => ({ ...record, number: record.card.pan.reveal() })),
      numbers: [trace, batch, signedIn, interrupted],
    })
    assert.deepEqual(
      till.store.records.map(({ state }) => state),
      ['voided', 'approved', 'approved', 'unresolved'],
    )
    assert.deepEqual(told(till.store), told(again))
    again.close()
    till.store.close()
  }))

test('a reversal in memory is the one in the file, whatever is written of it', () =>
  withFile(async file => {
    const till = await new Till({ store: new Store({ file, key: sealingKey }) }).signIn()
    await till.sale()
    till.acquirer.weather = ['lost answer']
    await till.sale('100')
    const [due] = till.store.due
    assert.ok(due)
    const key = { batch: due.record.batch, trace: due.record.trace }
    const written = [
      { write: 'count send', key, by: 1 },
      { write: 'count send', key, by: 1 },
      { write: 'count send', key, by: -1 },
      { write: 'change reason', key, reason: 'bad MAC' },
      { write: 'give up reversal', key, drop: false },
    ] as const
    const told = ({ due }: Store) =>
      due.map(({ record, ...reversal }) => ({ trace: record.trace, state: record.state, reversal }))
    for (const write of written) {
      till.store.write(write)
      const again = new Store({ file, key: sealingKey })
      assert.deepEqual(told(till.store), told(again), write.write)
      again.close()
    }
    const reversal = { reason: 'bad MAC', sends: 1, state: 'unresolved' }
    assert.deepEqual(told(till.store), [{ trace: key.trace, state: 'unresolved', reversal }])
    till.store.write({ write: 'mark reversed', key })
    assert.deepEqual(till.store.due, [])
    till.store.close()
  }))

test('a file under another key cannot be read, and none is made without a key', () =>
  withFile(async file => {
    const till = await new Till({ store: new Store({ file, key: sealingKey }) }).signIn()
    await till.sale()
    till.store.close()
    assert.throws(() => new Store({ file, key: new Uint8Array(32) }).keys)
    assert.throws(() => new Store({ file }), RangeError)
  }))

test('the same text sealed twice looks different, and a changed byte is noticed', () => {
  const sealing = new Sealing(sealingKey)
  const [one, other] = [sealing.seal('6212142000000000012'), sealing.seal('6212142000000000012')]
  assert.notDeepEqual(one, other)
  assert.equal(sealing.open(one), '6212142000000000012')
  const changed = Uint8Array.from(other, (byte, at) => (at === other.length - 1 ? byte ^ 1 : byte))
  assert.throws(() => sealing.open(changed))
  assert.throws(() => new Sealing(new Uint8Array(16)), RangeError)
})

test('a write that fails leaves nothing behind', () => {
  const store = new Store()
  store.cut = point => {
    if (point === 'before spend trace') throw new PowerCut(point)
  }
  assert.throws(() => store.write({ write: 'spend trace', operation: 'signIn', trace: '000001', batch: '000001' }), PowerCut)
  assert.equal(store.trace, '000001')
})

test('the trace number wraps from 999999 to 000001', () => {
  const store = new Store({ firstTrace: '999999' })
  store.write({ write: 'spend trace', operation: 'signIn', trace: store.trace, batch: store.batch })
  assert.equal(store.trace, '000001')
})

test('of closed batches only the last is kept', async () => {
  const till = await new Till().signIn()
  await till.sale()
  await till.settle()
  await till.sale('100')
  await till.settle()
  assert.deepEqual(
    till.store.records.map(({ batch, settled }) => [batch, settled]),
    [['000002', true]],
  )
})
