import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { wrapWorkingKeys } from '../../crypto/keys.ts'
import { yuan } from '../../values/amount.ts'
import { Secret } from '../../values/secret.ts'
import { codecFor } from '../../wire/codec-of.ts'
import { Acquirer } from '../acquirer.ts'
import { virtualClock } from '../clock.ts'
import { faultsNamed } from '../faults.ts'
import { type Policy, reference } from '../knobs.ts'
import { numbersFrom } from '../numbers.ts'
import { cardAccount } from '../posting.ts'
import { rulebook } from '../rulebook.ts'
import { Store } from '../store.ts'
import { alice, book, dialect, type Sold, Till } from '../test-till.ts'
import { Office, type Wish } from './office.ts'
import type { Member } from './staff.ts'

const clerk: Member = { name: 'clerk', role: 'clerk', merchantId: 'M00000000000001' }
const approver: Member = { name: 'approver', role: 'approver', merchantId: 'M00000000000001' }

type More = Readonly<{ file?: string; policy?: Partial<Policy>; faults?: readonly string[] }>

/** An acquirer without a door, a till of it, and the back office. */
async function shop({ file, policy = {}, faults = [] }: More = {}) {
  const store = new Store(file === undefined ? undefined : { file, key: new Secret('ab'.repeat(32)) })
  const acquirer = new Acquirer({
    book,
    dialect,
    codec: codecFor(dialect),
    policy: { ...reference, ...policy },
    clock: virtualClock(),
    store,
    means: { numbers: numbersFrom('office', true), keying: { wrap: wrapWorkingKeys, macBytes: 8 } },
    rules: rulebook,
    faults: faultsNamed(faults),
    note: () => undefined,
  })
  const till = new Till(async frame => {
    const outcome = acquirer.receive(frame)
    return outcome.is === 'answer' ? outcome.frame : undefined
  })
  await till.signIn()
  return { acquirer, store, till, office: new Office(acquirer, 'second person') }
}

const aVoid = (original: number): Wish => ({ of: 'void', original, minor: 88_00n, reason: 'Charged twice', evidence: '' })

const lastSale = (till: Till): Promise<Sold> => till.sale(alice, yuan(88_00n))

test('a void of the office is judged by the rules of the wire: a sale that the till has voided is not voided again', async () => {
  const { office, till } = await shop()
  await till.void(await lastSale(till))
  const came = office.ask(clerk, aVoid(1))
  assert.ok(came.is === 'case' && came.file.state === 'refused')
  assert.equal(came.file.end?.says, 'the original is not voided')
})

test('the void window is over in the office too', async () => {
  const { acquirer, office, till } = await shop()
  await lastSale(till)
  acquirer.add({ is: 'day closed', date: acquirer.now.businessDate })
  const came = office.ask(clerk, aVoid(1))
  assert.ok(came.is === 'case' && came.file.state === 'refused')
  assert.deepEqual([came.file.end?.code, came.file.end?.says], ['22', 'the void window is not over'])
  const { who, why, original, result } = acquirer.books.desk.audit.at(-1) ?? {}
  assert.deepEqual([who, why, original], ['clerk', 'Charged twice', 1])
  assert.equal(result, 'refused, for it does not hold that the void window is not over')
})

test('while a terminal settles its batch, the office voids nothing of it', async () => {
  const { office, till } = await shop()
  await lastSale(till)
  await till.settle({ debitCount: 1, debit: yuan(88_00n) })
  const came = office.ask(clerk, aVoid(1))
  assert.ok(came.is === 'case')
  assert.equal(came.file.end?.says, 'the batch is not being settled')
})

test('a sale with a PIN is voided without it: the office has no cardholder before it', async () => {
  const { acquirer, office, till } = await shop()
  await till.sale(alice, yuan(88_00n), { pin: new Secret('123456') })
  const came = office.ask(clerk, aVoid(1))
  assert.ok(came.is === 'case')
  assert.equal(office.decide(approver, came.file.case.id, 'approve', '').is, 'case')
  assert.equal(acquirer.books.ledger.balance(cardAccount(alice)), 1_000_00n)
})

test('under net totals neither the voided sale nor its void counts, under gross both do', async () => {
  for (const [totals, sum] of [
    ['net', 0n],
    ['gross', 88_00n],
  ] as const) {
    const { office, till } = await shop({ policy: { totals } })
    await lastSale(till)
    const came = office.ask(clerk, aVoid(1))
    assert.ok(came.is === 'case')
    office.decide(approver, came.file.case.id, 'approve', '')
    const claimed = { debitCount: sum === 0n ? 0 : 1, debit: yuan(sum), creditCount: sum === 0n ? 0 : 1, credit: yuan(sum) }
    assert.equal((await till.settle(claimed)).fields.additionalData?.slice(30, 31), '1', totals)
  }
})

test('whoever asked does not decide, and a decision is made once', async () => {
  const { office, till } = await shop()
  await lastSale(till)
  const came = office.ask(approver, aVoid(1))
  assert.ok(came.is === 'case')
  const { id } = came.file.case
  const other: Member = { ...approver, name: 'another approver' }
  assert.deepEqual(office.decide(approver, id, 'approve', ''), { is: 'refusal', why: 'own request' })
  assert.deepEqual(office.decide(clerk, id, 'approve', ''), { is: 'refusal', why: 'not allowed' })
  assert.deepEqual(office.ask(clerk, aVoid(1)), { is: 'refusal', why: 'open already' })
  assert.equal(office.decide(other, id, 'approve', '').is, 'case')
  assert.deepEqual(office.decide(other, id, 'approve', ''), { is: 'refusal', why: 'decided already' })
})

test('no reversal from the wire undoes a void of the office', async () => {
  const { acquirer, office, till } = await shop()
  const sold = await lastSale(till)
  const came = office.ask(clerk, aVoid(1))
  assert.ok(came.is === 'case')
  office.decide(approver, came.file.case.id, 'approve', '')
  assert.equal((await till.reverse(sold)).code, '25')
  assert.equal(acquirer.books.ledger.balance(cardAccount(alice)), 1_000_00n)
})

test('a host that approves a second void does so in the office too: the rules are the same', async () => {
  const { acquirer, office, till } = await shop({ faults: ['approves a second void'] })
  await till.void(await lastSale(till))
  const came = office.ask(clerk, aVoid(1))
  assert.ok(came.is === 'case')
  office.decide(approver, came.file.case.id, 'approve', '')
  assert.equal(acquirer.books.ledger.balance(cardAccount(alice)), 1_088_00n)
})

test('cases and audit log are there after a restart, and nobody can change them in the file', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'office-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'books.sqlite')
  const { acquirer, office, store, till } = await shop({ file })
  await lastSale(till)
  office.ask(clerk, aVoid(1))
  const before = acquirer.books.desk
  acquirer.restart()
  assert.deepEqual(acquirer.books.desk.cases, before.cases)
  assert.deepEqual(acquirer.books.desk.audit, before.audit)
  assert.equal(before.audit.at(-1)?.act, 'asked for a void')
  store.close()
  const other = new DatabaseSync(file)
  assert.throws(() => other.exec("DELETE FROM facts WHERE body LIKE '%audited%'"), /append-only/)
  assert.throws(() => other.exec("UPDATE facts SET body = replace(body, 'clerk', 'nobody')"), /append-only/)
  other.close()
})
