import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright'
import { startChromium } from '../browser/chromium.ts'
import { skip } from '../browser/needed.test-run.ts'
import { cardAccount } from '../host/posting.ts'
import { alice, bob, type Sold } from '../host/test-till.ts'
import { yuan } from '../values/amount.ts'
import type { LedgerView } from '../values/ledger-view.ts'
import { type Premises, premises, teaHouse, told, visitor } from './portal-visitor.test-run.ts'

let browser: Browser
let at: Premises
let clerk: Page
let approver: Page
let auditor: Page

before(async () => {
  if (skip) return
  browser = await startChromium()
  at = await premises()
  ;[clerk, approver, auditor] = await Promise.all([
    visitor(browser, at, 'clerk'),
    visitor(browser, at, 'approver'),
    visitor(browser, at, 'auditor'),
  ])
})

after(async () => {
  if (skip) return
  await browser.close()
  await at.host.close()
})

/** Opens a sale of the list by its voucher number. */
async function openSale(page: Page, sold: Sold): Promise<void> {
  await page.goto('/transactions')
  await page.getByLabel('Voucher number').fill(sold.request.trace ?? '')
  await page.getByRole('button', { name: 'Search' }).click()
  await page.getByRole('link', { name: `Sale ${sold.request.trace}` }).click()
}

/** Files a request in the office and gives its address. */
async function ask(page: Page, sold: Sold, of: 'Void' | 'Refund', reason: string, amount?: string): Promise<string> {
  await openSale(page, sold)
  await page.getByRole('link', { name: `${of} this sale` }).click()
  if (amount !== undefined) await page.getByLabel('Amount, ¥').fill(amount)
  await page.getByLabel('Reason').fill(reason)
  await page.getByRole('button', { name: 'Submit' }).click()
  await page.waitForURL(/requests\/\d+$/)
  return new URL(page.url()).pathname
}

async function approve(page: Page, request: string): Promise<void> {
  await page.goto(request)
  await page.getByRole('button', { name: 'Approve' }).click()
  await page.getByRole('button', { name: 'Approve' }).waitFor({ state: 'detached' })
}

const ledger = (): Promise<LedgerView> => at.host.control.ledger()

async function balance(pan: typeof alice): Promise<bigint> {
  const { accounts } = await ledger()
  return BigInt(accounts.find(({ name }) => name === cardAccount(pan))?.balance ?? 0)
}

const text = (page: Page, status: string) => page.locator('[data-status]', { hasText: status }).first().waitFor()

test('the void journey: found, reason given, submitted, examined, voided, with slip; the clerk’s page follows', {
  skip,
}, async () => {
  const before = await balance(alice)
  const sold = await at.till.sale(alice, yuan(88_00n))
  await clerk.goto('/transactions')
  for (const [field, value] of [
    ['Reference', sold.fields.reference],
    ['Card, last four', alice.lastFour],
    ['Amount, ¥', '88'],
    ['From', '2026-06-01T00:00'],
    ['To', '2026-06-01T23:59'],
  ] as const)
    await clerk.getByLabel(field, { exact: true }).fill(value ?? '')
  await clerk.getByRole('button', { name: 'Search' }).click()
  await clerk.getByRole('link', { name: `Sale ${sold.request.trace}` }).click()
  await clerk.getByRole('link', { name: 'Void this sale' }).click()
  await clerk.getByLabel('Reason').fill('Charged twice')
  await clerk.getByLabel('Evidence').fill(`Order 4711, card ${alice.reveal()}`)
  await clerk.getByRole('button', { name: 'Submit' }).click()
  await text(clerk, 'Awaits approval')
  assert.equal(await balance(alice), before - 88_00n)
  const request = new URL(clerk.url()).pathname
  await approve(approver, request)
  await text(approver, 'Voided')
  await text(clerk, 'Voided')
  const slip = await told(clerk.getByLabel('Slip'))
  assert.match(slip, /VOID FROM THE BACK OFFICE[\s\S]*Charged twice[\s\S]*-¥88\.00/)
  assert.ok(!(await clerk.content()).includes(alice.reveal()), 'the card number in the evidence is masked')
  assert.equal(await balance(alice), before)
  await openSale(clerk, sold)
  assert.match(await told(clerk.locator('main')), /Voided[\s\S]*Nothing can be undone here/)
})

test('what the office voided counts in the settlement: the till that does not know of it is told that totals differ', {
  skip,
}, async t => {
  const { host, till, url } = await premises()
  t.after(() => host.close())
  const [kept, undone] = [await till.sale(bob, yuan(10_00n)), await till.sale(bob, yuan(5_00n))]
  const [asks, decides] = await Promise.all([
    visitor(browser, { host, till, url }, 'clerk'),
    visitor(browser, { host, till, url }, 'approver'),
  ])
  await approve(decides, await ask(asks, undone, 'Void', 'Wrong amount'))
  const settled = await till.settle({ debitCount: 2, debit: yuan(15_00n) })
  assert.equal(settled.fields.additionalData?.slice(30, 31), '2')
  assert.equal((await till.upload([kept, undone])).code, '00')
  assert.equal((await till.end(false, 2)).code, '00')
  const { batches } = await host.control.ledger()
  assert.equal(batches.find(({ state }) => state === 'closed')?.funded, '1000')
})

test('a settled sale cannot be voided but refunded, in part and up to the whole', { skip }, async t => {
  const { host, till, url } = await premises('none')
  t.after(() => host.close())
  const sold = await till.sale(alice, yuan(30_00n))
  await till.settle({ debitCount: 1, debit: yuan(30_00n) })
  await till.end(true)
  const boss = await visitor(browser, { host, till, url }, 'approver')
  await ask(boss, sold, 'Refund', 'Book returned', '12.50')
  await text(boss, 'Refunded')
  await openSale(boss, sold)
  assert.match(await told(boss.locator('main')), /Partly refunded[\s\S]*¥17\.50/)
  await boss.getByRole('link', { name: 'Refund this sale' }).click()
  await boss.getByLabel('Amount, ¥').fill('17.51')
  await boss.getByLabel('Reason').fill('More than is left')
  await boss.getByRole('button', { name: 'Submit' }).click()
  assert.match(await told(boss.getByRole('alert')), /above what is left of the sale: ¥17\.50/)
  await boss.getByLabel('Amount, ¥').fill('17.50')
  await boss.getByRole('button', { name: 'Submit' }).click()
  await text(boss, 'Refunded')
  const { accounts } = await host.control.ledger()
  const of = (name: string) => accounts.find(account => account.name === name)?.balance
  assert.deepEqual([of(cardAccount(alice)), of('merchant:M00000000000001')], ['100000', '0'])
})

for (const first of ['till', 'office'] as const)
  test(`a void at the till and one in the office at the same moment, the ${first} a little ahead, end in one credit`, {
    skip,
  }, async () => {
    const before = await balance(bob)
    const sold = await at.till.sale(bob, yuan(20_00n))
    await approver.goto(await ask(clerk, sold, 'Void', 'Customer withdrew'))
    const click = () => approver.getByRole('button', { name: 'Approve' }).click()
    const race = first === 'till' ? [at.till.void(sold), click()] : [click().then(() => at.till.void(sold))]
    const [wire] = await Promise.all(race)
    await approver.getByRole('button', { name: 'Approve' }).waitFor({ state: 'detached' })
    assert.equal(await balance(bob), before)
    const { transactions, postings } = await ledger()
    const sale = transactions.find(({ reference }) => reference === sold.fields.reference)
    const posting = postings.find(({ transaction, kind }) => transaction === sale?.id && kind === 'sale')
    assert.equal(postings.filter(({ kind, of }) => kind === 'void' && of === posting?.id).length, 1)
    // Whoever came second is told so: the till by a code, the approver by a stale form, or by the rules if his page had followed.
    assert.equal(wire?.code, first === 'till' ? '00' : '22')
    assert.match(await told(approver.locator('main')), first === 'till' ? /out of date|Refused by the rules/ : /Voided/)
  })

test('after a void at the till an approval from a fresh page is refused by the rules, and the request ends', {
  skip,
}, async () => {
  const sold = await at.till.sale(bob, yuan(21_00n))
  const request = await ask(clerk, sold, 'Void', 'Customer withdrew')
  assert.equal((await at.till.void(sold)).code, '00')
  await approve(approver, request)
  await text(approver, 'Refused by the rules')
  assert.match(await told(approver.locator('main')), /The sale is voided already/)
})

test('an approver can reject, with a note, and nothing moves', { skip }, async () => {
  const sold = await at.till.sale(bob, yuan(22_00n))
  const before = await balance(bob)
  await approver.goto(await ask(clerk, sold, 'Void', 'Not sure'))
  await approver.getByLabel('Note').fill('Ask the customer first')
  await approver.getByRole('button', { name: 'Reject' }).click()
  await text(approver, 'Rejected')
  await text(clerk, 'Rejected')
  assert.match(await told(clerk.locator('main')), /Ask the customer first/)
  assert.equal(await balance(bob), before)
})

test('each role has its own: the clerk no refunds, audit or decisions, the auditor no requests; each attempt is on record', {
  skip,
}, async () => {
  const sold = await at.till.sale(bob, yuan(23_00n))
  await openSale(auditor, sold)
  assert.match(await told(auditor.locator('main')), /Your role cannot ask for it/)
  const address = new URL(auditor.url()).pathname
  assert.equal((await auditor.goto(`${address}/void`))?.status(), 403)
  assert.equal((await clerk.goto('/audit'))?.status(), 403)
  assert.equal((await clerk.goto(`${address}/refund`))?.status(), 403)
  assert.match(await told(clerk.locator('main')), /the attempt is on record/)
  await auditor.goto('/audit')
  assert.match(await told(auditor.locator('main')), /clerk@M00000000000001\s+tried what is not allowed[\s\S]*ask for a refund/)
})

test('the audit log says who, when, why, of which original, with what result; both exports are safe to open', {
  skip,
}, async () => {
  const sold = await at.till.sale(bob, yuan(24_00n))
  await approve(approver, await ask(clerk, sold, 'Void', '=HYPERLINK("http://evil.example")'))
  await auditor.goto('/audit')
  const rows = await auditor.locator('tbody tr').allInnerTexts()
  const of = (act: string) => rows.find(row => row.includes(act)) ?? ''
  assert.match(
    of('voided'),
    /2026-06-01 10:\d\d:\d\d\s+approver@M00000000000001\s+voided\s+\d+\s+\d+\s+=HYPERLINK.*\s+approved, reference \d{12}/,
  )
  assert.match(of('asked for a void'), /clerk@M00000000000001/)
  const { trace = 'none' } = sold.request
  assert.match(of('voided'), new RegExp(`\\svoided\\s+${trace}\\s`), 'the original by its voucher number')
  const [file] = await Promise.all([
    auditor.waitForEvent('download'),
    auditor.getByRole('button', { name: 'Export audit log (CSV)' }).click(),
  ])
  const chunks: Buffer[] = []
  for await (const chunk of await file.createReadStream()) chunks.push(Buffer.from(chunk))
  const csv = Buffer.concat(chunks).toString()
  assert.match(csv, /"'=HYPERLINK\(""http:\/\/evil\.example""\)"/)
  assert.match(csv, /"auditor@M00000000000001","auditor","exported"/)
  assert.match(csv, new RegExp(`"voided","'?${trace}","'?${sold.fields.reference}"`), 'and by both its numbers in the file')
  assert.ok(!csv.includes(bob.reveal()))
})

test('the records of one transaction, a link away from it; those of another merchant’s are nowhere', { skip }, async () => {
  const [sold, other] = [await at.till.sale(bob, yuan(26_00n)), await at.till.sale(bob, yuan(27_00n))]
  await ask(clerk, other, 'Void', 'Another one')
  await approve(approver, await ask(clerk, sold, 'Void', 'This one'))
  await openSale(auditor, sold)
  await auditor.getByRole('link', { name: 'Its records in the audit log' }).click()
  await auditor.getByRole('link', { name: `Sale ${sold.request.trace}` }).waitFor()
  const rows = await auditor.locator('tbody tr').allInnerTexts()
  assert.equal(rows.length, 3)
  assert.ok(rows.every(row => row.includes('This one') || row.includes('approved')))
  const address = new URL(auditor.url())
  const stranger = await visitor(browser, at, 'auditor', teaHouse)
  assert.equal((await stranger.goto(address.pathname + address.search))?.status(), 404)
})

test('nobody sees another merchant’s transactions, in the list or by search', { skip }, async () => {
  const sold = await at.till.sale(bob, yuan(25_00n))
  const stranger = await visitor(browser, at, 'clerk', teaHouse)
  await stranger.goto(`/transactions?reference=${sold.fields.reference}`)
  assert.match(await told(stranger.locator('main')), /No transaction fits this search/)
})

test('every page can be used by everybody: axe finds nothing serious, in both languages, light and dark', { skip }, async () => {
  const sold = await at.till.sale(bob, yuan(26_00n))
  const waiting = await ask(clerk, sold, 'Void', 'For the picture')
  const pages: readonly (readonly [Page, string])[] = [
    [clerk, '/transactions?card=12345&lang=zh'],
    [clerk, '/transactions/1?lang=en'],
    [approver, waiting],
    [approver, '/transactions/1'],
    [auditor, '/audit'],
    [auditor, '/requests?lang=zh'],
  ]
  for (const [at, [page, path]] of pages.entries()) {
    await page.emulateMedia({ colorScheme: at % 2 === 0 ? 'light' : 'dark' })
    await page.goto(path)
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    assert.deepEqual(
      grave.map(({ id, nodes }) => `${path}: ${id} ${nodes[0]?.html}`),
      [],
    )
  }
})

test('on a phone no page is wider than the screen', { skip }, async () => {
  await clerk.setViewportSize({ width: 390, height: 844 })
  for (const path of ['/transactions?lang=en', '/transactions/1', '/requests', '/requests/1']) {
    await clerk.goto(path)
    const width = await clerk.evaluate('document.documentElement.scrollWidth')
    assert.equal(width, 390, path)
  }
})
