import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type BrowserContextOptions, chromium } from 'playwright'
import { openCounter } from '../bench/counter.ts'
import { findChromium } from '../browser/chromium.ts'
import { loadProfile } from '../profile/load.ts'
import { serveTerminal } from '../web/server.ts'
import { sell, signIn, stands, voidVoucher, withKeyboard } from '../web/visitor.test-run.ts'
import { where } from '../where.ts'

// Pictures of the page, for people: `node emulator/cli/pictures.ts [FOLDER]`, docs/ unless given. With a folder it takes every language and width.

const desktop = { viewport: { width: 1440, height: 900 } }
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5, hasTouch: true, isMobile: true }

type Picture = Readonly<{ name: string; options: BrowserContextOptions; whole?: true }>

const forReaders: readonly Picture[] = [
  { name: 'terminal', options: { ...desktop, locale: 'en' } },
  { name: 'terminal-phone', options: { ...phone, locale: 'zh-CN', colorScheme: 'dark' } },
]
const forJudging: readonly Picture[] = [
  { name: 'desktop-en', options: { ...desktop, locale: 'en' }, whole: true },
  { name: 'desktop-zh-dark', options: { ...desktop, locale: 'zh-CN', colorScheme: 'dark' }, whole: true },
  { name: 'phone-en', options: { ...phone, locale: 'en' }, whole: true },
  { name: 'phone-zh-dark', options: { ...phone, locale: 'zh-CN', colorScheme: 'dark' }, whole: true },
]

const [given] = process.argv.slice(2)
const folder = given ?? where.docs
await mkdir(folder, { recursive: true })
const found = findChromium()
if ('missing' in found) throw new Error(found.missing)
const browser = await chromium.launch({ executablePath: found.path, args: [...found.args] })
for (const { name, options, whole = false } of given === undefined ? forReaders : forJudging) {
  const counter = await openCounter(await loadProfile(where.referenceProfile), 'pictures')
  const served = await serveTerminal(counter, 0)
  const page = await (await browser.newContext({ ...options, reducedMotion: 'reduce' })).newPage()
  await page.goto(served.url)
  await stands(page, 'idle')
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
  if (options.isMobile !== true) {
    await page.locator('[data-card="1"]').hover()
    await page.locator('[data-card="1"] .pin:not(:empty)').waitFor()
  }
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: whole })
  await page.context().close()
  await served.close()
  await counter.close()
}
await browser.close()
