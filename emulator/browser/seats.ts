import type { Browser, BrowserContext, Page } from 'playwright'
import { leftToTheRun, startChromium } from './chromium.ts'

/** One browser with a seat for each person who uses it. A seat that is left is cleared and given to the next. */
export class Seats {
  readonly #locale: string
  readonly #free: Promise<Page | undefined>[] = []
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
    const free = await this.#free.pop()
    if (free) return free
    this.#browser ??= startChromium(leftToTheRun)
    const context: BrowserContext = await (await this.#browser).newContext({ locale: this.#locale })
    await context.addInitScript({ content: letFormsGo })
    const page = await context.newPage()
    page.on('dialog', dialog => void dialog.accept().catch(() => undefined))
    return page
  }

  leave(page: Page): void {
    this.#free.push(cleared(page))
  }

  async close(): Promise<void> {
    // One that did not start has said so to whoever wanted a seat.
    const browser = await this.#browser?.catch(() => undefined)
    await browser?.close()
  }
}

/**
 * A page that follows something would go on asking for it at an address that somebody else may have next.
 *
 * @returns nothing where the page cannot be had empty: it is closed
 */
async function cleared(page: Page): Promise<Page | undefined> {
  try {
    await Promise.all([page.goto('about:blank'), page.context().clearCookies()])
    return page
  } catch {
    await page
      .context()
      .close()
      .catch(() => undefined)
    return undefined
  }
}

/**
 * In the page: a browser's own check of a form is left out. What an empty field comes to is for the acquirer to say, and whoever means harm does not
 * ask his browser.
 */
const letFormsGo = `addEventListener('click', ({ target }) => {
  const form = target.closest && target.closest('button, input') && target.closest('button, input').form
  if (form) form.noValidate = true
}, true)`
