import { readFile, writeFile } from 'node:fs/promises'
import type { BrowserContext, Page } from 'playwright'
import type { ScenarioBegan } from '../journal/entry.ts'
import { onlyEntries } from './zip.ts'

/**
 * The Playwright trace of the scenario that is going on: what its pages looked like before each step and at the end, kept where it fails. A picture at
 * each key would cost more than everything else together, so there is one at each step.
 */
export class Recording {
  readonly #tracing: BrowserContext['tracing']
  #last: Promise<unknown> = Promise.resolve()
  #open = false
  #inStep = false
  #place = { file: '', line: 0 }
  #trouble: string | undefined

  private constructor({ tracing }: BrowserContext) {
    this.#tracing = tracing
  }

  static async over(context: BrowserContext): Promise<Recording> {
    await context.tracing.start({ snapshots: true })
    return new Recording(context)
  }

  /** Another scenario begins. */
  begin({ name, uri, line }: ScenarioBegan): void {
    this.#place = { file: uri, line }
    this.#trouble = undefined
    this.#inStep = false
    const wasOpen = this.#open
    this.#open = true
    this.#next(async () => {
      if (wasOpen) await this.#tracing.stopChunk()
      await this.#tracing.startChunk({ title: name })
    })
  }

  step(text: string, pages: readonly Page[]): void {
    this.#next(async () => {
      if (this.#inStep) await this.#tracing.groupEnd()
      this.#inStep = true
      // Without a place the trace would name the one in this code.
      await this.#tracing.group(text, { location: this.#place })
      await pictured(pages)
    })
  }

  /** Resolves when every picture has been taken: what is done next is not on it. */
  async settled(): Promise<void> {
    await this.#last
  }

  /** The scenario is over. @returns why there is no trace in that file, if there is none */
  async end(file: string | undefined, pages: readonly Page[]): Promise<string | undefined> {
    if (!this.#open) return 'nothing was done at a page'
    this.#next(async () => {
      if (file !== undefined) await pictured(pages)
      if (this.#inStep) await this.#tracing.groupEnd()
      await this.#tracing.stopChunk(file === undefined ? {} : { path: file })
      if (file !== undefined) await withoutWhatWasPressed(file)
    })
    this.#open = false
    await this.#last
    return this.#trouble
  }

  /** One after the other. A trace is for people who look into a failure: what is wrong with it fails nothing. */
  #next(does: () => Promise<unknown>): void {
    this.#last = this.#last.then(async () => {
      try {
        if (this.#trouble === undefined) await does()
      } catch (thrown) {
        this.#trouble = thrown instanceof Error ? thrown.message : String(thrown)
      }
    })
  }
}

/** Whatever asks for something that stands on a page has the trace draw the page. */
async function pictured(pages: readonly Page[]): Promise<void> {
  for (const page of pages) await page.locator('.glass').textContent({ timeout: 5000 })
}

/**
 * Takes out of a trace what went over the pages' WebSockets: there every key of a PIN, a password and a card number stands in clear. What is left are
 * the actions, the pictures and what they are drawn with; where this code lies on the machine is nobody's business either.
 */
async function withoutWhatWasPressed(file: string): Promise<void> {
  const kept = /^(trace\.(trace|network)|resources\/[\w-]+\.(html|css|svg|js|png|jpeg))$/
  await writeFile(
    file,
    onlyEntries(await readFile(file), name => kept.test(name)),
  )
}
