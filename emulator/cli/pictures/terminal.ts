import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright'
import { openCounter } from '../../bench/counter.ts'
import { loadProfile } from '../../profile/load.ts'
import { serveTerminal } from '../../web/server.ts'
import { sell, signIn, stands, voidVoucher, withKeyboard } from '../../web/visitor.test-run.ts'
import { where } from '../../where.ts'
import type { Picture } from './picture.ts'

const desktop = { viewport: { width: 1440, height: 900 } }
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5, hasTouch: true, isMobile: true }

type View = Readonly<{ name: string; options: BrowserContextOptions; whole?: true }>

/** The page of `docs/terminal.md`, on a desk and in a hand. */
export const terminalPictures = picturesOf([
  { name: 'terminal', options: { ...desktop, locale: 'en' } },
  { name: 'terminal-phone', options: { ...phone, locale: 'zh-CN', colorScheme: 'dark' } },
])

/** The same, whole, in both languages and lights. */
export const everyTerminalPage = picturesOf([
  { name: 'desktop-en', options: { ...desktop, locale: 'en' }, whole: true },
  { name: 'desktop-zh-dark', options: { ...desktop, locale: 'zh-CN', colorScheme: 'dark' }, whole: true },
  { name: 'phone-en', options: { ...phone, locale: 'en' }, whole: true },
  { name: 'phone-zh-dark', options: { ...phone, locale: 'zh-CN', colorScheme: 'dark' }, whole: true },
])

function picturesOf(views: readonly View[]): Picture {
  return {
    files: views.map(({ name }) => `${name}.png`),
    take: async (browser, folder) => {
      for (const { name, options, whole = false } of views)
        await atTheTill(browser, options, async page => {
          await aMorning(page, options.isMobile !== true)
          await page.screenshot({ path: join(folder, `${name}.png`), fullPage: whole })
        })
    },
  }
}

/** A till of its own, at the reference acquirer, and a page of it that moves nothing by itself. */
export async function atTheTill(browser: Browser, options: BrowserContextOptions, does: (page: Page) => Promise<void>) {
  const counter = await openCounter(await loadProfile(where.referenceProfile), 'pictures')
  const served = await serveTerminal(counter, 0)
  const context = await browser.newContext({ ...options, reducedMotion: 'reduce' })
  try {
    const page = await context.newPage()
    await page.goto(served.url)
    await stands(page, 'idle')
    await does(page)
  } finally {
    await context.close()
    await served.close()
    await counter.close()
  }
}

/** A sale and its void, a sale whose reply is lost, and a sale that waits for a card. */
async function aMorning(page: Page, hasPointer: boolean): Promise<void> {
  const visitor = withKeyboard(page)
  await signIn(page, visitor)
  await sell(page, visitor, '8800', 0, '123456')
  await voidVoucher(page, visitor, '2', 0, '123456')
  await page.locator('[data-trouble="loses the reply"]').click()
  await page.locator('.casing').focus()
  await sell(page, visitor, '1250', 2, '345678')
  await visitor.key('sale')
  await visitor.digits('4500')
  await visitor.key('enter')
  await visitor.key('enter')
  await stands(page, 'awaiting card')
  await page.evaluate('scrollTo(0, 0)')
  if (!hasPointer) return
  await page.locator('[data-card="1"]').hover()
  await page.locator('[data-card="1"] .pin:not(:empty)').waitFor()
}
