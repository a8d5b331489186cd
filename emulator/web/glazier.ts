import type { Browser, BrowserContext } from 'playwright'
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
import { serveTerminal } from './server.ts'

/** A till of the scenario that is going on, what is written about it, and its page from the first key on. */
type Fitted = { readonly till: Till; readonly entries: Entry[]; pane?: Promise<Pane>; wrote?: (entry: Entry) => void }
type Key = Parameters<Hands['press']>[0]

/**
 * The second pair of hands: puts a page before every till of a worker and presses its keys in a real browser. The terminal is the same object in
 * the same process; the page is glass. A page stays from scenario to scenario, and each new till of its role takes its place behind it.
 */
export class Glazier implements Glass {
  readonly #laboratory: Laboratory
  readonly #browser: Browser
  readonly #context: BrowserContext
  /** By role. */
  readonly #panes = new Map<string, Promise<Pane>>()
  readonly #fitted = new Map<string, Fitted>()

  private constructor(laboratory: Laboratory, browser: Browser, context: BrowserContext) {
    this.#laboratory = laboratory
    this.#browser = browser
    this.#context = context
  }

  /** @throws Error that says how to get a browser, where there is none */
  static async open(laboratory: Laboratory): Promise<Glazier> {
    const browser = await startChromium(leftToTheRun)
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'en',
      // Whoever looks at the page evaluates text in it, which its policy forbids; the tests of the page leave the policy in force.
      bypassCSP: true,
      reducedMotion: 'reduce',
    })
    await context.addInitScript({ content: await onlookerScript() })
    return new Glazier(laboratory, browser, context)
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
          await (await this.#paneOf(fitted)).act(till, all)
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
    const fitted = 'terminal' in entry ? this.#fitted.get(entry.terminal ?? '') : undefined
    if (fitted === undefined) return
    if (fitted.wrote === undefined) fitted.entries.push(entry)
    else fitted.wrote(entry)
  }

  async over(_name: string, failed: boolean): Promise<readonly Kept[]> {
    const fitted = [...this.#fitted.values()]
    this.#fitted.clear()
    if (failed)
      for (const { till, pane } of fitted)
        if (pane !== undefined) {
          this.#panes.delete(till.role)
          await pane.then(closed, () => undefined)
        }
    return []
  }

  async close(): Promise<void> {
    await this.#browser.close()
    for (const pane of this.#panes.values()) await (await pane).close()
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
    fitted.wrote = entry => pane.wrote(entry)
    await pane.stand(till, entries)
    return pane
  }

  async #open(till: Till): Promise<Pane> {
    const stage = await BehindGlass.before(this.#laboratory, till)
    return Pane.open(till.role, stage, await serveTerminal(stage, 0), await this.#context.newPage())
  }
}

const closed = (pane: Pane): Promise<void> => pane.close()
