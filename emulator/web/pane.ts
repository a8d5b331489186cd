import { setTimeout as delay } from 'node:timers/promises'
import type { CDPSession, Page } from 'playwright'
import type { Till } from '../bench/till.ts'
import type { Entry } from '../journal/entry.ts'
import type { BehindGlass, Deed } from './behind-glass.ts'
import { click, keyStroke, strike } from './key-strokes.ts'
import type { TerminalPage } from './server.ts'

/** The page did not do its part: what was pressed did not reach the terminal, or what the terminal shows and prints did not reach the glass. */
export class BrokenGlass extends Error {
  constructor(says: string) {
    super(says)
    this.name = 'BrokenGlass'
  }
}

/** What is done at the page: a key of the terminal, a card of the wallet through the stripe slot, the plug put back in. */
export type Act = Deed &
  (Readonly<{ is: 'key'; key: string }> | Readonly<{ is: 'swipe'; card: number }> | Readonly<{ is: 'plug in' }>)

/** What the onlooker in the page tells; `page/onlooker.ts` has the words. */
type Seen = Readonly<{ displays: readonly string[]; slips: readonly string[]; at: string; said: string; asked: number }>
type Places = readonly (readonly [x: number, y: number] | undefined)[]

/** Milliseconds for anything that a page does by itself, and after which it is asked whether a key was dead. */
const patience = 20_000
const suspicion = 300

/** One page before the tills of one role: it presses, looks at what is shown afterwards, and compares it with what the terminal shows. */
export class Pane {
  readonly #role: string
  readonly #stage: BehindGlass
  readonly #served: TerminalPage
  readonly #page: Page
  readonly #browser: CDPSession
  readonly #letters: Readonly<Record<string, string>>
  /** Keys that were pressed with the mouse: from the second time on it is the keyboard's turn. */
  readonly #clicked = new Set<string>()
  /** Whether the terminal has the focus. */
  #focused = true
  readonly #wrong: string[] = []
  /** How many things the page had asked for at the last look. */
  #asked = 0
  #displays: string[] = []
  #slips: string[] = []

  private constructor(
    role: string,
    stage: BehindGlass,
    served: TerminalPage,
    page: Page,
    browser: CDPSession,
    letters: Readonly<Record<string, string>>,
  ) {
    this.#role = role
    this.#stage = stage
    this.#served = served
    this.#page = page
    this.#browser = browser
    this.#letters = letters
    page.on('pageerror', error => this.#wrong.push(error.message))
    page.on('crash', () => this.#wrong.push('it crashed'))
  }

  /** Opens a page in which the onlooker is already at work. */
  static async open(role: string, stage: BehindGlass, served: TerminalPage, page: Page): Promise<Pane> {
    await page.goto(served.url, { waitUntil: 'commit' })
    const browser = await page.context().newCDPSession(page)
    await page.locator('body[data-at]').waitFor({ state: 'attached', timeout: patience })
    const letters = await askOnlooker<Readonly<Record<string, string>>>(browser, 'letters()')
    const pane = new Pane(role, stage, served, page, browser, letters)
    await pane.#look()
    return pane
  }

  get page(): Page {
    return this.#page
  }

  /** Another till takes the place of the one before. */
  async stand(till: Till, entries: readonly Entry[]): Promise<void> {
    this.#stage.stand(till, entries)
    await this.#served.changeOver()
    const { displays } = await this.#look()
    const shown = onGlass(till.terminal.shows())
    if (displays.length > 0 && displays.at(-1) !== shown)
      throw this.#broken(`it shows ${quoted(displays.at(-1))} for a till that shows ${quoted(shown)}`)
    this.#displays = []
    this.#slips = []
  }

  /** What the terminal does: it has to come through the glass. */
  wrote(entry: Entry): void {
    if (entry.is === 'display') this.#displays.push(onGlass(entry.lines))
    if (entry.is === 'slip') this.#slips.push(entry.slip.lines.map(line => `${line}\n`).join(''))
    this.#stage.wrote(entry)
  }

  /**
   * Does these things so quickly that they reach the terminal at once; resolves when the terminal is quiet again and the page shows it.
   *
   * @throws BrokenGlass when something did not come through; whatever the terminal throws
   */
  async act(till: Till, acts: readonly Act[]): Promise<void> {
    const arrived = this.#stage.expect(acts)
    const over = new AbortController()
    try {
      await Promise.race([arrived, this.#suspecting(acts, this.#perform(acts), over.signal)])
    } finally {
      over.abort()
    }
    this.#compare(await this.#look(), till)
  }

  async close(): Promise<void> {
    await this.#served.close()
    await this.#page.close()
  }

  /** Strokes of the keyboard leave one right after the other. */
  async #perform(acts: readonly Act[]): Promise<void> {
    const strokes: Promise<void>[] = []
    for (const act of acts) {
      const stroke =
        act.is === 'key' && this.#focused && this.#clicked.has(act.key) ? keyStroke(act.key, this.#letters) : undefined
      if (stroke === undefined) await this.#byMouse(act)
      else strokes.push(strike(this.#browser, stroke))
    }
    await Promise.all(strokes)
  }

  async #byMouse(act: Act): Promise<void> {
    this.#focused = act.is !== 'plug in'
    if (act.is === 'key') this.#clicked.add(act.key)
    const selectors = {
      key: () => [`[data-key="${act.is === 'key' ? act.key : ''}"]`],
      swipe: () => [`[data-card="${act.is === 'swipe' ? act.card : ''}"]`, '[data-reader="stripe"]'],
      'plug in': () => ['[data-trouble="plug"]'],
    }[act.is]()
    for (const selector of selectors) {
      const [place] = await this.#ask<Places>(`places(${JSON.stringify([selector])})`)
      if (place === undefined) throw this.#broken(`it has no ${selector}`)
      await click(this.#browser, place)
    }
  }

  /** Never resolves. @throws BrokenGlass when all was done and the page, which has dealt with it, asked for less */
  async #suspecting(acts: readonly Act[], performed: Promise<void>, over: AbortSignal): Promise<never> {
    await performed
    await delay(suspicion, undefined, { signal: over })
    const asked = (await this.#ask<number>('asked')) - this.#asked
    if (asked < acts.length)
      throw this.#broken(`${listed(acts)} was pressed, and the page asked the terminal for ${asked === 0 ? 'nothing' : 'less'}`)
    return new Promise(() => undefined)
  }

  /** What the page has shown since the last look, after it has taken in everything that it was told. */
  async #look(): Promise<Seen> {
    const [told = 0] = await this.#served.told()
    const seen = await this.#ask<Seen>(`seen(${told})`)
    this.#asked = seen.asked
    return seen
  }

  #compare({ displays, slips, at, said }: Seen, till: Till): void {
    const [wantedDisplays, wantedSlips] = [this.#displays, this.#slips]
    this.#displays = []
    this.#slips = []
    const no = firstDifference(displays, wantedDisplays)
    if (no !== undefined)
      throw this.#broken(`it shows ${quoted(displays[no])} where the terminal shows ${quoted(wantedDisplays[no])}`, said)
    const slip = firstDifference(slips, wantedSlips)
    if (slip !== undefined)
      throw this.#broken(`its paper is ${quoted(slips[slip])} where the terminal prints ${quoted(wantedSlips[slip])}`, said)
    const state = till.terminal.state().at
    if (at !== state) throw this.#broken(`it says that the terminal is ${quoted(at)}, and the terminal is ${quoted(state)}`, said)
    if (this.#wrong.length > 0) throw this.#broken('its script failed')
  }

  async #ask<T>(question: string): Promise<T> {
    const over = new AbortController()
    const late = delay(patience, undefined, { signal: over.signal }).then(() => {
      throw this.#broken(`it does not answer within ${patience / 1000} s`)
    })
    try {
      return await Promise.race([askOnlooker<T>(this.#browser, question), late])
    } catch (thrown) {
      throw thrown instanceof BrokenGlass ? thrown : this.#broken(`it cannot be looked at: ${firstLine(thrown)}`)
    } finally {
      over.abort()
    }
  }

  #broken(says: string, said = ''): BrokenGlass {
    const more = [...(said === '' ? [] : [`it notes “${said}”`]), ...this.#wrong.map(error => `its script failed: ${error}`)]
    return new BrokenGlass(`the page of ${this.#role}: ${[says, ...more].join('; ')}`)
  }
}

/** Evaluated past the page's policy, which lets nobody evaluate text, and past the trace. */
async function askOnlooker<T>(browser: CDPSession, question: string): Promise<T> {
  const { result, exceptionDetails } = await browser.send('Runtime.evaluate', {
    expression: `onlooker.${question}`,
    awaitPromise: true,
    returnByValue: true,
  })
  if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
  // The question and what it is answered with are both ours: `page/onlooker.ts`.
  return result.value as T
}

/** A display as the onlooker reads it off the glass. */
const onGlass = (lines: readonly string[]): string => lines.map(line => line.trim()).join('\n')

function quoted(text: string | undefined): string {
  if (text === undefined || text === '') return text === undefined ? 'nothing' : 'an empty display'
  const lines = text.trim().split('\n')
  return `“${lines.slice(0, 5).join(' / ')}${lines.length > 5 ? ' / …' : ''}”`
}

const listed = (acts: readonly Act[]): string => acts.map(act => (act.is === 'key' ? `key ${act.key}` : act.asks)).join(', ')

function firstDifference(ones: readonly string[], others: readonly string[]): number | undefined {
  const no = Array.from({ length: Math.max(ones.length, others.length) }).findIndex((_, at) => ones[at] !== others[at])
  return no < 0 ? undefined : no
}

const firstLine = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown)).split('\n')[0] ?? ''
