import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { yuan } from '../values/amount.ts'
import { Secret } from '../values/secret.ts'
import { startHost } from './host.ts'
import { Ledger } from './ledger.ts'
import { Store } from './store.ts'
import { alice, bob, book, dialect, embedded, type Sold, Till } from './test-till.ts'

test('a posting whose legs do not sum to zero is our own mistake', () => {
  const legs = [
    { account: 'clearing', minor: 1n },
    { account: 'suspense', minor: -2n },
  ] as const
  assert.throws(() => new Ledger().post({ transaction: 1, kind: 'sale', legs }), /sum to -1/)
  assert.throws(() => new Ledger().post({ transaction: 1, kind: 'void', of: 7, legs: [] }), /posting 7/)
})

/** One step of a till's day, on the `which`-th sale or void so far. */
const step = fc.record({
  act: fc.constantFrom('sale', 'void', 'reverse', 'refund', 'repeat', 'settle', 'restart', 'close day'),
  which: fc.nat(7),
  fen: fc.integer({ min: 1, max: 300_00 }),
  card: fc.constantFrom(alice, bob),
})

test('whatever a till does, every posting balances, no original gives back more than it took, and a restart sees the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async steps => {
      const host = await embedded()
      const till = await Till.at(host)
      const done: Sold[] = []
      for (const { act, which, fen, card } of steps) {
        const one = done[which % Math.max(done.length, 1)]
        if (act === 'sale') done.push(await till.sale(card, yuan(BigInt(fen))))
        else if (act === 'settle') await settle(till)
        else if (act === 'restart') await host.control.fail('restart')
        else if (act === 'close day') await host.control.closeDay()
        else if (one && act === 'void') done.push(await till.void(one))
        else if (one && act === 'reverse') await till.reverse(one)
        else if (one && act === 'refund') await till.refund(one, yuan(BigInt(fen)), { operator: '01' })
        else if (one) await till.ask({ ...one.request })
        await invariants(host.control)
      }
      const before = await host.control.ledger()
      await host.control.fail('restart')
      assert.deepEqual(await host.control.ledger(), before)
      await host.close()
    }),
    { numRuns: 40 },
  )
})

/** Settles what there is, whatever the terminal's totals: unbalanced, nothing uploaded. */
async function settle(till: Till): Promise<void> {
  await till.settle({})
  if ((await till.end(true)).code !== '00') await till.end(false)
  await till.signIn()
}

async function invariants(control: Awaited<ReturnType<typeof embedded>>['control']): Promise<void> {
  const { accounts, postings } = await control.ledger()
  const sum = (values: readonly string[]) => values.reduce((total, value) => total + BigInt(value), 0n)
  assert.equal(sum(accounts.map(account => account.balance)), 0n)
  for (const { legs } of postings) assert.equal(sum(legs.map(leg => leg.minor)), 0n)
  for (const { name, balance } of accounts) if (name.startsWith('card:')) assert.ok(BigInt(balance) >= 0n, `${name} is overdrawn`)
  const opening = postings.filter(posting => posting.transaction === 0 && posting.kind === 'correction')
  for (const card of [alice, bob]) {
    const account = `card:${card.masked}`
    const held = accounts.find(one => one.name === account)?.balance ?? '0'
    const first = sum(opening.flatMap(posting => posting.legs.filter(leg => leg.account === account).map(leg => leg.minor)))
    assert.ok(BigInt(held) <= first, `${account} got more than it ever paid`)
  }
}

test('the record refuses to be changed or cut', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tillproof-'))
  const file = join(folder, 'books.sqlite')
  const store = new Store({ file, key: new Secret('5A'.repeat(32)) })
  store.write({ facts: [{ is: 'day closed', date: '2026-06-01' }], postings: [] })
  assert.throws(() => store.write({ facts: [], postings: [{ id: 1, transaction: 0, kind: 'sale', of: 99, legs: [] }] }))
  assert.deepEqual(store.read().facts, [{ is: 'day closed', date: '2026-06-01' }])
  store.close()
  rmSync(folder, { recursive: true })
})

test('books in a file outlive the host, and the file holds no card number, PIN or key in the clear', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tillproof-'))
  const db = { file: join(folder, 'books.sqlite'), key: new Secret('5A'.repeat(32)) }
  const start = () => startHost({ book, dialect, seed: 'test', clock: 'virtual', port: 'none', db })
  const first = await start()
  const till = await Till.at(first)
  const sold = await till.sale(alice, yuan(88_00n), { pin: new Secret('123456') })
  const { mac, pin } = till.keys ?? {}
  await first.close()
  const bytes = readFileSync(db.file).toString('latin1').toUpperCase()
  for (const secret of [alice.reveal(), '123456"', mac?.reveal() ?? '?', pin?.reveal() ?? '?'])
    assert.equal(bytes.includes(secret.toUpperCase()), false, `a secret of ${secret.length} characters stands in the file`)
  const second = await start()
  const again = new Till(frame => second.answer(frame))
  if (till.keys) again.keys = till.keys
  again.trace = 100
  assert.equal((await again.void(sold, { pin: new Secret('123456') })).code, '00')
  assert.equal(await again.balance(alice), 1_000_00n)
  await second.close()
  await assert.rejects(
    startHost({ book, dialect, seed: 'test', clock: 'virtual', port: 'none', db: { ...db, key: new Secret('A5'.repeat(32)) } }),
  )
  rmSync(folder, { recursive: true })
})
