import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { findChromium } from './chromium.ts'

/** One browser with a seat for each person who uses it. A seat that is left is cleared and given to the next. */
export class Seats {
  readonly #locale: string
  readonly #free: Page[] = []
  #browser: Promise<Browser> | undefined

  /** @param locale  the language that the browser asks for */
  constructor(locale: string) {
    this.#locale = locale
  }

  /**
   * A page with no memory of anybody.
   *
   * @throws Error that says how to get a browser where there is none
   */
  async take(): Promise<Page> {
    const free = this.#free.pop()
    if (free) return free
    this.#browser ??= launched()
    const context: BrowserContext = await (await this.#browser).newContext({ locale: this.#locale })
    const page = await context.newPage()
    page.on('dialog', dialog => void dialog.accept().catch(() => undefined))
    return page
  }

  async leave(page: Page): Promise<void> {
    // What is still open at the page that was visited ends here.
    await page.goto('about:blank')
    await page.context().clearCookies()
    this.#free.push(page)
  }

  async close(): Promise<void> {
    await (await this.#browser)?.close()
  }
}

async function launched(): Promise<Browser> {
  const found = findChromium()
  if ('missing' in found) throw new Error(found.missing)
  return chromium.launch({ executablePath: found.path, args: [...found.args] })
}
