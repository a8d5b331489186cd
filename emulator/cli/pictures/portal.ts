import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { alice, bob } from '../../host/test-till.ts'
import { yuan } from '../../values/amount.ts'
import { premises, visitor } from '../portal-visitor.test-run.ts'
import type { Picture } from './picture.ts'

type Take = (page: Page, name: string) => Promise<void>

/** The back office of `docs/portal.md`. */
export const portalPictures: Picture = {
  files: ['portal.png'],
  take: (browser, folder) =>
    aDayInTheOffice(browser, async (page, name) => {
      if (name !== 'portal') return
      await page.setViewportSize({ width: 1200, height: 620 })
      await page.screenshot({ path: join(folder, 'portal.png') })
    }),
}

const pages = ['transactions', 'transaction', 'void', 'decision', 'voided', 'audit', 'requests-zh', 'mistake', 'voided-zh-dark']

/** Every page of it, on a desk and in a hand. */
export const everyPortalPage: Picture = {
  files: pages.flatMap(name => [`${name}.png`, `${name}-phone.png`]),
  take: (browser, folder) =>
    aDayInTheOffice(browser, async (page, name) => {
      if (!pages.includes(name)) return
      await page.setViewportSize({ width: 390, height: 844 })
      await page.screenshot({ path: join(folder, `${name}-phone.png`), fullPage: true })
      await page.setViewportSize({ width: 1200, height: 850 })
      await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
    }),
}

/** Sales and a void at the till, then a void that a clerk asks for, and an approver approves. */
async function aDayInTheOffice(browser: Browser, take: Take): Promise<void> {
  const at = await premises()
  try {
    const { till } = at
    await till.sale(alice, yuan(88_00n))
    await till.sale(bob, yuan(12_50n))
    await till.void(await till.sale(alice, yuan(30_00n)))
    await till.sale(bob, yuan(9_999_00n))
    const clerk = await visitor(browser, at, 'clerk')
    await take(clerk, 'transactions')
    await clerk.goto('/transactions/1')
    await take(clerk, 'transaction')
    await clerk.goto('/transactions/1/void')
    await clerk.getByLabel('Reason').fill('Charged twice')
    await clerk.getByLabel('Evidence').fill('Order 4711: the customer showed both slips.')
    await take(clerk, 'void')
    await clerk.getByRole('button', { name: 'Submit' }).click()
    await clerk.waitForURL('**/requests/1')
    const approver = await visitor(browser, at, 'approver')
    await approver.goto('/requests/1')
    await take(approver, 'decision')
    await approver.getByRole('button', { name: 'Approve' }).click()
    await approver.getByLabel('Slip').waitFor()
    await take(approver, 'portal')
    await clerk.goto('/transactions/1')
    await take(clerk, 'voided')
    const auditor = await visitor(browser, at, 'auditor')
    await auditor.goto('/audit')
    await take(auditor, 'audit')
    await auditor.goto('/requests?lang=zh')
    await take(auditor, 'requests-zh')
    await clerk.goto('/transactions?card=12345')
    await take(clerk, 'mistake')
    await clerk.emulateMedia({ colorScheme: 'dark' })
    await clerk.goto('/transactions/1?lang=zh')
    await take(clerk, 'voided-zh-dark')
  } finally {
    await at.host.close()
  }
}
