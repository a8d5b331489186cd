import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright'
import { NotOffered } from '../bench/claims.ts'
import type { Glass, Kept } from '../bench/glass.ts'
import type { Hands } from '../bench/hands.ts'
import type { Laboratory } from '../bench/laboratory.ts'
import type { Till } from '../bench/till.ts'
import { leftToTheRun, startChromium } from '../browser/chromium.ts'
import type { Entry } from '../journal/entry.ts'
import { BehindGlass, placeInWallet } from './behind-glass.ts'
import { onlookerScript } from './files.ts'
import { type Act, Pane } from './pane.ts'
import { Recording } from './recording.ts'
import { serveTerminal } from './server.ts'

/** A till of the scenario that is going on, what is written about it, and its page from the first key on. */
type Fitted = { readonly till: Till; readonly entries: Entry[]; pane?: Promise<Pane>; shown?: Pane }
type Arrange = (context: BrowserContext) => Promise<void>
type Key = Parameters<Hands['press']>[0]

/**
 * The second pair of hands: puts a page before every till of a worker and presses its keys in a real browser. The terminal is the same object in
 * the same process; the page is glass. A page stays from scenario to scenario, and each new till of its role takes its place behind it.
 */
export class Glazier implements Glass {
  readonly #laboratory: Laboratory
  readonly #browser: Browser
  readonly #context: BrowserContext
  readonly #recording: Recording
  /** By role. */
  readonly #panes = new Map<string, Promise<Pane>>()
  readonly #fitted = new Map<string, Fitted>()

  private constructor(laboratory: Laboratory, browser: Browser, context: BrowserContext, recording: Recording) {
    this.#laboratory = laboratory
    this.#browser = browser
    this.#context = context
    this.#recording = recording
  }

  /**
   * @param arrange  Done to the browser before it opens a page.
   * @throws Error that says how to get a browser, where there is none
   */
  static async open(laboratory: Laboratory, arrange: Arrange = async () => undefined): Promise<Glazier> {
    const browser = await startChromium(leftToTheRun)
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'en',
      reducedMotion: 'reduce',
    })
    await arrange(context)
    await context.addInitScript({ content: await onlookerScript() })
    return new Glazier(laboratory, browser, context, await Recording.over(context))
  }

  before(till: Till): Hands {
    const fitted: Fitted = { till, entries: [] }
    this.#fitted.set(till.role, fitted)
    const { asks, shows, slips } = till.hands
    let together: Act[] = []
    let done = Promise.resolve()
    /** What is done in one go, before anything is waited for, reaches the terminal in one go. */
    const does = (...acts: readonly Act[]): Promise<void> => {
      if (together.length === 0) {
        const go = async (): Promise<void> => {
          const all = together
          together = []
          const pane = await this.#paneOf(fitted)
          await this.#recording.settled()
          await pane.act(till, all)
        }
        done = done.then(go, go)
      }
      together.push(...acts)
      return done
    }
    const key = (name: Key): Act => ({ is: 'key', key: name, asks: name, does: () => till.hands.press(name) })
    return {
      press: name => does(key(name)),
      // `type` is given digits only.
      type: async digits => (digits === '' ? undefined : does(...[...digits].map(digit => key(digit as Key)))),
      present: async card => {
        const no = placeInWallet(this.#laboratory, card)
        if (no === undefined) throw new NotOffered('the wallet on the page has no such card')
        return does({ is: 'swipe', card: no, asks: `card ${no}`, does: () => till.hands.present(card) })
      },
      plugIn: () => does({ is: 'plug in', asks: 'plug in', does: () => till.hands.plugIn() }),
      asks,
      shows,
      slips,
    }
  }

  wrote(entry: Entry): void {
    if (entry.is === 'scenario began') this.#recording.begin(entry)
    if (entry.is === 'step') this.#recording.step(entry.text, this.#pages())
    const fitted = 'terminal' in entry ? this.#fitted.get(entry.terminal ?? '') : undefined
    if (fitted === undefined) return
    if (fitted.shown === undefined) fitted.entries.push(entry)
    else fitted.shown.wrote(entry)
  }

  async over(name: string, failed: boolean): Promise<readonly Kept[]> {
    const fitted = [...this.#fitted.values()]
    const { pages: folder } = this.#laboratory.parameters
    const kept = failed && folder !== undefined ? await this.#keep(folder, name) : []
    if (!failed || folder === undefined) await this.#recording.end(undefined, [])
    this.#fitted.clear()
    // Whatever broke it, the next scenario begins with a page that is whole.
    if (failed) for (const { till } of fitted) await this.#takeDown(till.role)
    return kept
  }

  async close(): Promise<void> {
    await this.#browser.close()
    // A page that could not be opened has said so to whoever wanted it.
    for (const pane of this.#panes.values()) await pane.then(closed, () => undefined)
  }

  /** Screenshots of all pages of the scenario and one trace for them. A page that cannot be pictured any more has none. */
  async #keep(folder: string, name: string): Promise<readonly Kept[]> {
    await mkdir(folder, { recursive: true })
    const trace = `${name}.zip`
    const noTrace = await this.#recording.end(join(folder, trace), this.#pages())
    const kept: Kept[] = []
    for (const { till, shown } of this.#fitted.values()) {
      const screenshot = `${name}${till.role === 'the shop' ? '' : `-${till.role.replaceAll(' ', '-')}`}.png`
      if (shown === undefined || !(await isPictured(shown.page, join(folder, screenshot)))) continue
      const paths = { screenshot: `${basename(folder)}/${screenshot}`, trace: `${basename(folder)}/${trace}` }
      kept.push({ terminal: till.role, screenshot: paths.screenshot, ...(noTrace === undefined ? { trace: paths.trace } : {}) })
    }
    return kept
  }

  /** The pages that the scenario has come to. */
  #pages(): readonly Page[] {
    return [...this.#fitted.values()].flatMap(({ shown }) => (shown === undefined ? [] : [shown.page]))
  }

  async #takeDown(role: string): Promise<void> {
    const pane = this.#panes.get(role)
    this.#panes.delete(role)
    await pane?.then(closed, () => undefined)
  }

  #paneOf(fitted: Fitted): Promise<Pane> {
    fitted.pane ??= this.#fit(fitted)
    return fitted.pane
  }

  /** A till takes its place behind the page of its role when its first key is pressed. */
  async #fit(fitted: Fitted): Promise<Pane> {
    const { till, entries } = fitted
    const opening = this.#panes.get(till.role) ?? this.#open(till)
    this.#panes.set(till.role, opening)
    const pane = await opening
    fitted.shown = pane
    await pane.stand(till, entries)
    return pane
  }

  async #open(till: Till): Promise<Pane> {
    const stage = await BehindGlass.before(this.#laboratory, till)
    const page = await this.#context.newPage()
    const served = await serveTerminal(stage, 0)
    try {
      return await Pane.open(till.role, stage, served, page)
    } catch (thrown) {
      // Left open it would keep the run from ending.
      await served.close()
      throw thrown
    }
  }
}

const closed = (pane: Pane): Promise<void> => pane.close()

async function isPictured(page: Page, path: string): Promise<boolean> {
  try {
    await page.screenshot({ path, fullPage: true, timeout: 10_000 })
    return true
  } catch {
    // It crashed, or hangs: the step has said so.
    return false
  }
}
