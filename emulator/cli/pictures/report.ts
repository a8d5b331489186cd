import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright'
import { tillproof } from '../main.test-run.ts'
import type { Picture } from './picture.ts'

const desk = { viewport: { width: 1200, height: 900 } }
const narrow = { viewport: { width: 1120, height: 900 } }
const hand = { viewport: { width: 390, height: 844 } }

/** A void that is approved though nothing is given back: what the operator saw looks right, and the money does not. */
const moneyless = ['--fault', 'host:acknowledges a void without moving money', '--only', 'VOID-001']
const scenario = '03-void/correct-void:6'

/** The face of the reference host's certificate, and the drawing of its requirements and scenarios. */
const certificate: Picture = {
  files: ['certificate.png'],
  take: (browser, folder) =>
    reading(browser, [], desk, async page => {
      const until = page.locator('#run figure').first()
      await shoot(page, join(folder, 'certificate.png'), page.locator('.certificate'), until, 20)
    }),
}

/** A scenario that fails: from the void under test to the money. */
const failing: Picture = {
  files: ['failing-scenario.png'],
  take: (browser, folder) =>
    reading(browser, moneyless, narrow, async page => {
      const place = await opened(page, scenario)
      const open = place.locator('button[aria-expanded=true]')
      while ((await open.count()) > 0) await open.first().click()
      const from = place.locator('.rung.step', { hasText: 'voids that sale' }).first()
      await shoot(page, join(folder, 'failing-scenario.png'), from, place, 2)
    }),
}

export const reportPictures: readonly Picture[] = [certificate, failing]

const whole = ['desk-light', 'desk-dark', 'hand-light', 'hand-dark']

/** Both reports, whole, on a desk and in a hand. */
export const everyReportPage: Picture = {
  files: whole.flatMap(name => [`report-green-${name}.png`, `report-failing-${name}.png`]),
  take: async (browser, folder) => {
    for (const [report, argv] of [
      ['green', ['--only', 'VOID-001,SALE-001,REV-008']],
      ['failing', moneyless],
    ] as const)
      for (const name of whole) {
        const colorScheme = name.endsWith('dark') ? 'dark' : 'light'
        await reading(browser, argv, { ...(name.startsWith('desk') ? desk : hand), colorScheme }, async page => {
          await opened(page, scenario)
          await page.screenshot({ path: join(folder, `report-${report}-${name}.png`), fullPage: true })
        })
      }
  },
}

/** Certifies the reference host, and reads the report of it. */
async function reading(
  browser: Browser,
  argv: readonly string[],
  options: BrowserContextOptions,
  does: (page: Page) => Promise<void>,
): Promise<void> {
  const out = await mkdtemp(join(tmpdir(), 'tillproof-pictures-'))
  const context = await browser.newContext({ ...options, reducedMotion: 'reduce' })
  try {
    await tillproof(['certify', ...argv, '--seed', '1', '--out', out])
    const page = await context.newPage()
    await page.goto(pathToFileURL(join(out, 'report.html')).href)
    await does(page)
  } finally {
    await context.close()
    await rm(out, { recursive: true })
  }
}

async function opened(page: Page, key: string): Promise<Locator> {
  const place = page.locator(`[id="${key}"]`)
  await place.locator('summary').click()
  await place.locator('.ladder').waitFor()
  return place
}

/** The page from where one part begins to where another ends, and `margin` pixels around; in its whole width. */
async function shoot(page: Page, path: string, from: Locator, until: Locator, margin: number): Promise<void> {
  const [first, last] = [await from.boundingBox(), await until.boundingBox()]
  if (first === null || last === null) throw new Error('what is to be on the picture is not on the page')
  const above = Number(await page.evaluate('scrollY'))
  const top = Math.max(0, first.y + above - margin)
  const clip = { x: 0, y: top, width: page.viewportSize()?.width ?? 0, height: last.y + above + last.height + margin - top }
  await page.screenshot({ path, fullPage: true, clip })
}
