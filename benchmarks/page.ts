import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Browser, Page } from 'playwright'
import { findChromium, leftToTheRun, startChromium } from '../emulator/browser/chromium.ts'
import { where } from '../emulator/where.ts'
import { type Spread, spreadOf } from './measurement.ts'

/** Milliseconds: from the command to a key that was answered, beside a page that is next to empty; and from a key to the display. */
export type PageRun = Readonly<{ usable: Spread; emptyUsable: Spread; ratio: Spread; keyToDisplay: Spread }>

export const pageGoals = { usableMillis: 1000, keyToDisplayMillis: 50 } as const

const programs = {
  terminal: [join(where.root, 'bin', 'tillproof.js'), 'terminal'],
  empty: [join(where.root, 'benchmarks', 'empty-page.ts')],
} as const

/** Starts each command in turn and opens its page in one browser, which is there already. @returns nothing where there is no browser */
export async function pageRun(rounds: number): Promise<PageRun | undefined> {
  if ('missing' in findChromium()) return undefined
  const browser = await startChromium(leftToTheRun)
  try {
    const keys: number[] = []
    const pairs: (readonly [terminal: number, empty: number])[] = []
    for (let round = 0; round < rounds; round += 1) {
      const first = round % 2 === 0 ? 'terminal' : 'empty'
      const one = await usableAfter(browser, first, keys)
      const other = await usableAfter(browser, first === 'terminal' ? 'empty' : 'terminal', keys)
      pairs.push(first === 'terminal' ? [one, other] : [other, one])
    }
    return {
      usable: spreadOf(pairs.map(([terminal]) => terminal)),
      emptyUsable: spreadOf(pairs.map(([, empty]) => empty)),
      ratio: spreadOf(pairs.map(([terminal, empty]) => terminal / empty)),
      keyToDisplay: spreadOf(keys),
    }
  } finally {
    await browser.close()
  }
}

/** Milliseconds from the start of the process until the first key has changed the display. */
async function usableAfter(browser: Browser, program: keyof typeof programs, keys: number[]): Promise<number> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const began = performance.now()
  const child = spawn(process.execPath, [...programs[program]], { stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    const [url] = await once(createInterface(child.stdout), 'line')
    await page.goto(String(url), { waitUntil: 'commit' })
    await page.locator('body[data-at="idle"]').waitFor({ state: 'attached' })
    const ready = await page.locator('.glass').textContent()
    await page.keyboard.press('i')
    await page
      .locator('.glass')
      .filter({ hasNotText: ready ?? '' })
      .waitFor()
    const millis = performance.now() - began
    if (program === 'terminal') keys.push(...(await keysToDisplay(page)))
    return millis
  } finally {
    await context.close()
    const over = once(child, 'close')
    child.kill('SIGKILL')
    await over
  }
}

/** Of twenty keys at the operator's number, digits and their taking back: measured in the page, from the event to the changed display. */
async function keysToDisplay(page: Page): Promise<readonly number[]> {
  const browser = await page.context().newCDPSession(page)
  const { result } = await browser.send('Runtime.evaluate', {
    expression: `(${twentyKeys})()`,
    awaitPromise: true,
    returnByValue: true,
  })
  // The script below gives numbers.
  return result.value as readonly number[]
}

const twentyKeys = `async () => {
  const glass = document.querySelector('.glass'), till = document.querySelector('.casing'), times = []
  for (let no = 0; no < 20; no += 1)
    await new Promise(shown => {
      const began = performance.now()
      const watcher = new MutationObserver(() => { watcher.disconnect(); times.push(performance.now() - began); shown() })
      watcher.observe(glass, { childList: true, subtree: true, characterData: true })
      till.dispatchEvent(new KeyboardEvent('keydown', { key: no % 2 ? 'Backspace' : '7', bubbles: true }))
    })
  return times
}`
