import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OfficeDeed } from '../journal/entry.ts'
import { Journal } from '../journal/journal.ts'
import { yuan } from '../values/amount.ts'
import type { OfficeStatus } from '../values/back-office.ts'
import type { BackOffice, Page } from './back-office.ts'
import { Desk, type DeskOptions, type Officer } from './desk.ts'
import type { Deed } from './memory.ts'
import { Recorder } from './recorder.ts'
import { Staff } from './staff.ts'
import type { Till } from './till.ts'

const pan = '6212142000000000012'
const identity = { merchantId: 'M00000000000001', terminalId: 'T0000001', merchantName: 'Harbour Bookshop' }
/** What a desk uses of a till, at which nothing was ever sent; a whole one would need a line. */
const till = { identity, role: 'the shop', line: { sentFor: () => undefined } } as unknown as Till
const sale: Deed = { operation: 2, name: 'sale', till, amount: yuan(88_00n) }
const clerk: Officer = { of: till, post: 'clerk' }
const approver: Officer = { of: till, post: 'approver' }

/** A back office whose pages say these things one after the other, and what was asked of it. */
function desk(...pages: readonly (OfficeStatus | Page)[]) {
  const asked: string[] = []
  const left = [...pages]
  const page = (what: string): Promise<Page> => {
    asked.push(what)
    const next = left.shift() ?? 'unclear'
    const named = what.startsWith('ask') && next !== 'refused' ? { request: 'R-7' } : {}
    return Promise.resolve(typeof next === 'string' ? { saw: next, says: [next], ...named } : next)
  }
  const office: BackOffice = {
    approval: 'second person',
    look: (_, by) => page(`look ${by}`),
    ask: (_, by, __, { of }) => page(`ask ${of} ${by}`),
    decide: (_, by, request, verdict) => page(`${verdict} ${request} ${by}`),
    follow: (_, by, request) => page(`follow ${request} ${by}`),
    audit: (_, by) => page(`audit ${by}`),
    close: () => Promise.resolve(),
  }
  const journal = new Journal('desk:1', () => 0)
  const recorder = new Recorder(journal, new Set([identity.merchantId]), () => [])
  // What a desk uses of the checks: somebody sells for a control.
  const checks = { saleForControl: () => Promise.resolve({ ...sale, operation: 9 }) } as unknown as DeskOptions['checks']
  const staff = new Staff(recorder)
  const deeds = (): readonly OfficeDeed[] => journal.entries().flatMap(entry => (entry.is === 'office' ? [entry] : []))
  const looked: string[] = []
  const look = async (moment: string) => void looked.push(moment)
  return { asked, deeds, looked, staff, desk: new Desk({ enter: () => Promise.resolve(office), recorder, staff, checks, look }) }
}

test('what somebody asks for and another approves are two deeds with one request', async () => {
  const { desk: people, deeds } = desk('awaiting approval', 'voided')
  await people.ask(clerk, 'void', sale, 'rung up twice')
  await people.decide(approver, 'approve', '')
  assert.deepEqual(
    deeds().map(({ by, act, about, request, minor, reason, saw }) => ({ by, act, about, request, minor, reason, saw })),
    [
      {
        by: 'clerk',
        act: 'asked for a void',
        about: 2,
        request: 1,
        minor: '8800',
        reason: 'rung up twice',
        saw: 'awaiting approval',
      },
      { by: 'approver', act: 'approved', about: 2, request: 1, minor: '8800', reason: undefined, saw: 'voided' },
    ],
  )
})

test('what was not taken is no request, and is not spoken of as that request', async () => {
  const { desk: people, deeds } = desk('refused')
  await people.ask(clerk, 'void', sale, '')
  assert.equal(deeds()[0]?.request, undefined)
  await assert.rejects(people.decide(approver, 'approve', ''), /speaks of a request in the back office, but there was none/)
})

test('a control has its own request and its own role; that request stays what it was', async () => {
  const { desk: people, deeds, asked, staff } = desk('awaiting approval', 'awaiting approval', 'voided', 'rejected')
  staff.role = 'tested'
  await people.ask(clerk, 'void', sale, 'rung up twice')
  await people.canVoid(till)
  await people.decide(approver, 'reject', 'it was right')
  assert.deepEqual(
    deeds().map(({ role, request, about }) => [role, request, about]),
    [
      ['tested', 1, 2],
      ['control', 2, 9],
      ['control', 2, 9],
      ['tested', 1, 2],
    ],
  )
  assert.equal(asked.at(-1), 'reject R-7 approver')
})

test('in the ordinary way nobody decides about what is done already, and what is not understood is followed', async () => {
  const atOnce = desk('voided')
  await atOnce.desk.undo(till, 'void', sale, 'rung up twice')
  assert.deepEqual(atOnce.asked, ['ask void clerk'])
  const silent = desk({ saw: 'unclear', says: ['Thank you'], request: 'R-7' }, 'awaiting approval', 'unclear', 'voided')
  await silent.desk.undo(till, 'void', sale, 'rung up twice')
  assert.deepEqual(silent.asked, ['ask void clerk', 'follow R-7 clerk', 'approve R-7 approver', 'follow R-7 clerk'])
})

test('what a page says is done is a request, also where the page has no number for it', async () => {
  const { desk: people, deeds } = desk({ saw: 'voided', says: ['Cancelled'] })
  await people.ask(clerk, 'void', sale, 'rung up twice')
  assert.equal(deeds()[0]?.request, 1)
  await assert.rejects(people.follow(clerk), /no page said how the back office names the request: see `numbers.request`/)
})

test('money is looked at when a deed under test is said to have moved none, and not when it may still be on its way', async () => {
  const { desk: people, looked, staff } = desk('awaiting approval', 'rejected', 'awaiting approval', 'voided', 'voided')
  staff.role = 'tested'
  await people.ask(clerk, 'void', sale, 'rung up twice')
  await people.decide(approver, 'reject', 'it was right')
  await people.canVoid(till)
  await people.ask(clerk, 'void', sale, 'rung up twice')
  assert.deepEqual(looked, ['after: asked for a void', 'after: rejected'])
})

test('a refund is asked for by an approver and decided by the second', async () => {
  const { desk: people, asked } = desk('awaiting approval', 'refunded')
  await people.undo(till, 'refund', sale, 'returned')
  assert.deepEqual(asked, ['ask refund approver', 'approve R-7 second approver'])
})

test('a card number that a page shows stands in the journal as a token', async () => {
  const { desk: people, deeds } = desk({ saw: 'live', says: [`card ${pan}`] })
  await people.look(clerk, sale)
  assert.deepEqual(deeds()[0]?.says, ['card pan:621214…0012#1'])
})
