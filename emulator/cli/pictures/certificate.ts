import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { pressIn } from '../../browser/press.ts'
import { certificateOf } from '../../certificate/certificate.ts'
import { laidOut } from '../../certificate/print.ts'
import type { Language } from '../../certificate/words.ts'
import { loadProfile } from '../../profile/load.ts'
import type { Result } from '../../verdict/result.ts'
import { where } from '../../where.ts'
import { certification } from '../certification.ts'
import { Scenarios } from '../scenarios.ts'
import type { Picture } from './picture.ts'

/** The certificate of `docs/certificate.md`: of the good host in English, and of a bad one in Chinese, side by side. */
export const certificatePictures: Picture = {
  files: ['certificate-pdf.png'],
  take: async (browser, folder) => {
    const scenarios = new Scenarios()
    const sheets = [
      await sheetOf(browser, await resultWith(scenarios), 'en'),
      await sheetOf(browser, await resultWith(scenarios, 'host:approves a void from another merchant'), 'zh'),
    ]
    const page = await browser.newPage({ viewport: { width: 1000, height: 706 } })
    const images = sheets.map(sheet => `<img src="data:image/png;base64,${sheet.toString('base64')}">`)
    await page.setContent(
      `<!doctype html><style>body{margin:0;height:706px;display:flex;justify-content:center;align-items:center;gap:28px;background:#e6e5e0}img{width:466px;box-shadow:0 1px 3px #0005}</style>${images.join('')}`,
    )
    await page.screenshot({ path: join(folder, 'certificate-pdf.png') })
    await page.close()
  },
}

async function resultWith(scenarios: Scenarios, fault?: string): Promise<Result> {
  const profile = await loadProfile(where.referenceProfile)
  const terms = { driver: 'direct', waiting: 'skip', seed: '20260601', parallel: 1, projections: false } as const
  const { result } = await certification({ profile, ...terms, ...(fault === undefined ? {} : { fault }) }, scenarios)
  return result
}

/** The sheet as it would be printed, as a picture of it. */
async function sheetOf(browser: Browser, result: Result, language: Language): Promise<Buffer> {
  const digest = (text: string): string => createHash('sha256').update(text).digest('hex')
  const digests = { result: digest(JSON.stringify(result)), journal: digest(result.run.id) }
  const { fits } = await pressIn(browser)
  const page = await browser.newPage({ viewport: { width: 794, height: 1121 } })
  await page.emulateMedia({ media: 'print' })
  await page.setContent(await laidOut(certificateOf(result, digests), language, fits))
  const picture = await page.screenshot()
  await page.close()
  return picture
}
