import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { alice, bob } from '../host/test-till.ts'
import { yuan } from '../values/amount.ts'
import { where } from '../where.ts'
import { openBrowser, premises, visitor } from './portal-visitor.test-run.ts'

// Pictures of the back office, for people: `node emulator/cli/portal-pictures.test-run.ts [FOLDER]`. Without a folder the one of docs/portal.md;
// with one every page, on a desktop and on a phone.

const [folder] = process.argv.slice(2)
await mkdir(folder ?? where.docs, { recursive: true })
const at = await premises()
const { till } = at
await till.sale(alice, yuan(88_00n))
await till.sale(bob, yuan(12_50n))
await till.void(await till.sale(alice, yuan(30_00n)))
await till.sale(bob, yuan(9_999_00n))
const browser = await openBrowser()
const clerk = await visitor(browser, at, 'clerk')
const approver = await visitor(browser, at, 'approver')
const auditor = await visitor(browser, at, 'auditor')

async function picture(page: Page, name: string): Promise<void> {
  if (folder === undefined && name !== 'portal') return
  await page.setViewportSize({ width: 1200, height: name === 'portal' ? 620 : 850 })
  await page.screenshot({ path: join(folder ?? where.docs, `${name}.png`), fullPage: name !== 'portal' })
  if (folder === undefined) return
  await page.setViewportSize({ width: 390, height: 844 })
  await page.screenshot({ path: join(folder, `${name}-phone.png`), fullPage: true })
  await page.setViewportSize({ width: 1200, height: 850 })
}

await picture(clerk, 'transactions')
await clerk.goto('/transactions/1')
await picture(clerk, 'transaction')
await clerk.goto('/transactions/1/void')
await clerk.getByLabel('Reason').fill('Charged twice')
await clerk.getByLabel('Evidence').fill('Order 4711: the customer showed both slips.')
await picture(clerk, 'void')
await clerk.getByRole('button', { name: 'Submit' }).click()
await clerk.waitForURL('**/requests/1')
await approver.goto('/requests/1')
await picture(approver, 'decision')
await approver.getByRole('button', { name: 'Approve' }).click()
await approver.getByLabel('Slip').waitFor()
await picture(approver, 'portal')
await clerk.goto('/transactions/1')
await picture(clerk, 'voided')
await auditor.goto('/audit')
await picture(auditor, 'audit')
await auditor.goto('/requests?lang=zh')
await picture(auditor, 'requests-zh')
await clerk.goto('/transactions?card=12345')
await picture(clerk, 'mistake')
await clerk.emulateMedia({ colorScheme: 'dark' })
await clerk.goto('/transactions/1?lang=zh')
await picture(clerk, 'voided-zh-dark')
await browser.close()
await at.host.close()
