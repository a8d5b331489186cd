import type { Browser } from 'playwright'
import { browserVariable, findChromium, startChromium } from './chromium.ts'

/** A browser that prints. It loads nothing: pages are given to it as text. */
export interface Press {
  /** Whether what stands in `.sheet`, which is as high as the paper, fits on it. */
  fits(page: string): Promise<boolean>
  /** @returns a PDF of A4 pages, tagged for screen readers */
  print(page: string): Promise<Uint8Array>
  /** Whether its fonts have what this text is written with, rather than a box for every character. */
  draws(text: string): Promise<boolean>
  close(): Promise<void>
}

/** @returns a press, or why there is none and what to do to get one */
export async function openPress(): Promise<Press | Readonly<{ missing: string }>> {
  const found = findChromium()
  if ('missing' in found) return found
  const launched = await startChromium().catch((thrown: unknown) => ({
    missing: `${found.path} does not start: ${firstLine(thrown)}. Set ${browserVariable} to a Chromium that does.`,
  }))
  return 'missing' in launched ? launched : pressIn(launched)
}

const firstLine = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : String(thrown)).replace(/^browserType.launch: /, '').split('\n')[0] ?? ''

/** A press in a browser that is open already; closing it closes the browser. */
export async function pressIn(browser: Browser): Promise<Press> {
  const page = await browser.newPage({ viewport: { width: 794, height: 1123 }, offline: true })
  await page.emulateMedia({ media: 'print', colorScheme: 'light' })
  return {
    fits: async text => {
      await page.setContent(text)
      return (await page.evaluate(sheetFits)) === true
    },
    print: async text => {
      await page.setContent(text)
      return page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true })
    },
    draws: async text => {
      await page.setContent('<!doctype html><title>fonts</title>')
      return (await page.evaluate(`(${drawnApart})(${JSON.stringify(text)})`)) === true
    },
    close: () => browser.close(),
  }
}

const sheetFits = `(() => {
  const sheet = document.querySelector('.sheet')
  return sheet.scrollHeight <= sheet.clientHeight && sheet.scrollWidth <= sheet.clientWidth
})()`

/** A font that lacks characters has one picture for all of them; one that has them draws each as itself. */
const drawnApart = `text => {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 48
  const brush = canvas.getContext('2d', { willReadFrequently: true })
  brush.font = '32px sans-serif'
  const pictures = [...text].map(character => {
    brush.clearRect(0, 0, 48, 48)
    brush.fillText(character, 4, 36)
    return brush.getImageData(0, 0, 48, 48).data.join()
  })
  return new Set(pictures).size === new Set(text).size
}`
