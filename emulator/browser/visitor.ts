import { errors, type Locator, type Page as WebPage } from 'playwright'
import type { Page } from '../bench/back-office.ts'
import type { Control, Numbering, PageStep, Pages, Reading, Way } from '../profile/pages.ts'
import { type Filling, filled, wordsOf } from '../profile/words.ts'
import type { OfficeStatus } from '../values/back-office.ts'
import { cardsIn } from '../values/pan.ts'
import { locate, named } from './locate.ts'
import { PageDiffers, SignedOut } from './page-differs.ts'

type Walked = Readonly<{ stopped?: Page; filling: Filling }>

type Meant = Readonly<{ saw: OfficeStatus; says: readonly string[] }>

/** One person at the pages of a back office, in a browser of his own: what the pages file describes, done and read. */
export class Visitor {
  readonly #pages: Pages
  readonly #at: URL
  readonly #page: WebPage
  /** Where one writes one's name at the sign-in. */
  readonly #doorstep: Control | undefined
  #signingIn = false

  /** @param at  where the back office begins */
  constructor(pages: Pages, at: URL, page: WebPage) {
    this.#pages = pages
    this.#at = at
    this.#page = page
    this.#doorstep = pages.ways.signIn?.flatMap(step => (step.does === 'fill' ? step.control : [])).at(0)
    page.setDefaultTimeout(pages.waitMillis)
  }

  /**
   * Goes a way through the pages, step by step.
   *
   * @returns where it ended: what stopped it, read from the page, if anything did; what is known there to fill in
   * @throws  PageDiffers, SignedOut
   */
  async go(way: Way, given: Filling): Promise<Walked> {
    let filling = given
    this.#signingIn = way === 'signIn'
    for (const step of this.#pages.ways[way] ?? []) {
      if (step.does === 'find') {
        const found = await this.go('find', filling)
        if (found.stopped) return found
        filling = found.filling
      } else {
        const stopped = await this.#take(step, filling)
        if (stopped) return { stopped, filling }
      }
    }
    const { transaction: numbering } = this.#pages.numbers
    const transaction = way === 'find' && numbering ? await this.number(numbering, filling) : undefined
    return { filling: { ...filling, ...(transaction !== undefined && { transaction }) } }
  }

  /** What the page says when a way is at its end. */
  async read(filling: Filling): Promise<Page> {
    const readings = [...this.#pages.refusals, ...this.#pages.states]
    const meaning = await this.#awaited(undefined, readings, filling)
    return this.#told(meaning === 'there' ? undefined : meaning, filling)
  }

  /** The number that a page shows, if it shows one. */
  async number({ in: where, pattern }: Numbering, filling: Filling): Promise<string | undefined> {
    const texts = where === 'address' ? [this.#page.url()] : await locate(this.#page, where, filling).allTextContents()
    return texts.flatMap(text => pattern.exec(text)?.[1] ?? []).at(0)
  }

  /** The texts of all that there are of something, one line each. */
  async lines(control: Control, filling: Filling): Promise<readonly string[]> {
    const texts = await locate(this.#page, control, filling).allInnerTexts()
    return texts.map(oneLine)
  }

  get path(): string {
    return new URL(this.#page.url()).pathname
  }

  async #take(step: Exclude<PageStep, Readonly<{ does: 'find' }>>, filling: Filling): Promise<Page | undefined> {
    switch (step.does) {
      case 'open':
        await this.#open(filled(step.address, filling) ?? step.address)
        return undefined
      case 'gone':
        return this.#gone(step.control, filling)
      case 'press if there': {
        const found = locate(this.#page, step.control, filling)
        if ((await found.count()) > 0) await found.first().click()
        return undefined
      }
      case 'see':
        return this.#use(step, filling, async () => undefined)
      case 'press':
        return this.#use(step, filling, found => found.click())
      case 'fill':
      case 'choose': {
        const text = filled(step.with, filling)
        if (text === undefined) return undefined
        return this.#use(step, filling, async found => {
          await (step.does === 'fill' ? found.fill(text) : found.selectOption({ label: text }))
        })
      }
    }
  }

  /** Waits for a control and uses it, or finds out what the page says instead. */
  async #use(
    { control, otherwise }: Extract<PageStep, Readonly<{ otherwise: readonly Reading[] }>>,
    filling: Filling,
    use: (found: Locator) => Promise<unknown>,
  ): Promise<Page | undefined> {
    const found = locate(this.#page, control, filling)
    const readings = [...this.#pages.refusals, ...otherwise]
    const meaning = (await found.count()) === 1 ? 'there' : await this.#awaited(found, readings, filling)
    if (meaning === undefined) throw this.#differs('lacks', control, filling)
    if (meaning !== 'there') return this.#told(meaning, filling)
    try {
      // Where it is said what that means, a control that is grey is not waited for.
      const grey = otherwise.length > 0 && (await found.isDisabled())
      if (!grey) {
        await use(found)
        return undefined
      }
    } catch (thrown) {
      const count = await found.count()
      if (count > 1) throw this.#differs(`has ${count} of`, control, filling)
      // What Playwright says of a field may hold what was written there.
      if (!(thrown instanceof errors.TimeoutError)) throw new PageDiffers(firstLine(thrown))
    }
    const instead = await this.#meant(readings, filling)
    if (instead) return this.#told(instead, filling)
    throw this.#differs('does not let one use', control, filling)
  }

  async #gone(control: Control, filling: Filling): Promise<Page | undefined> {
    const found = locate(this.#page, control, filling)
    try {
      await found.first().waitFor({ state: 'hidden' })
      return undefined
    } catch (thrown) {
      if (!(thrown instanceof errors.TimeoutError)) throw thrown
      const meaning = await this.#meant(this.#pages.refusals, filling)
      if (meaning) return this.#told(meaning, filling)
      throw this.#differs('still has', control, filling)
    }
  }

  /** `there` when the control is on the page, else the first thing that the page says; nothing when it says nothing for too long. */
  async #awaited(
    found: Locator | undefined,
    readings: readonly Reading[],
    filling: Filling,
  ): Promise<Meant | 'there' | undefined> {
    const spoken = readings.flatMap(({ in: where, means }) =>
      means.map(({ words }) => locate(this.#page, where, filling).filter({ hasText: wordsOf(words, filling) })),
    )
    const doorstep = this.#doorstep && !this.#signingIn ? [locate(this.#page, this.#doorstep, filling)] : []
    const [first, ...others] = [...(found ? [found] : []), ...spoken, ...doorstep]
    if (!first) return undefined
    const any = others.reduce((all, next) => all.or(next), first)
    try {
      await any.first().waitFor()
    } catch (thrown) {
      if (!(thrown instanceof errors.TimeoutError)) throw thrown
    }
    if (found && (await found.count()) > 0) return 'there'
    const meaning = await this.#meant(readings, filling)
    if (meaning === undefined && doorstep[0] && (await doorstep[0].count()) > 0) throw new SignedOut(this.path)
    return meaning
  }

  async #meant(readings: readonly Reading[], filling: Filling): Promise<Meant | undefined> {
    for (const { in: where, means } of readings) {
      const place = locate(this.#page, where, filling)
      const texts = await place.allTextContents()
      const meaning = means.find(({ words }) => texts.some(text => wordsOf(words, filling).test(text)))
      if (!meaning) continue
      const told = place.filter({ hasText: wordsOf(meaning.words, filling) })
      return { saw: meaning.is, says: (await told.allInnerTexts()).map(oneLine) }
    }
    return undefined
  }

  async #told(meaning: Meant | undefined, filling: Filling): Promise<Page> {
    const more: string[] = []
    for (const control of this.#pages.says) more.push(...(await this.lines(control, filling)))
    const { saw, says } = meaning ?? { saw: 'unclear', says: [] }
    const told = [...says, ...more.filter(line => line !== '' && !says.includes(line))]
    return { saw, says: [...told, ...(await this.#cards(told))] }
  }

  /** Card numbers that stand in full anywhere on the page, and not in what was told already: whoever keeps a journal has to hear of them. */
  async #cards(told: readonly string[]): Promise<readonly string[]> {
    const known = new Set(told.flatMap(cardsIn))
    const texts = await this.#page.locator('body').allInnerTexts()
    const shown = texts.flatMap(text => cardsIn(text.replace(/[^\S\t\n]/g, ' ')))
    return [...new Set(shown)].filter(card => !known.has(card))
  }

  async #open(address: string): Promise<void> {
    const { href } = new URL(address, this.#at)
    try {
      await this.#page.goto(href, { waitUntil: 'domcontentloaded' })
    } catch (thrown) {
      throw new PageDiffers(`${href} cannot be opened: ${firstLine(thrown)}`)
    }
  }

  #differs(how: string, control: Control, filling: Filling): PageDiffers {
    return new PageDiffers(`the page ${this.path} ${how} ${named(control, filling)} (${control.at})`)
  }
}

function firstLine(thrown: unknown): string {
  const says = String(thrown instanceof Error ? thrown.message : thrown).split('\n')[0] ?? ''
  return says.replace(/^\w+\.\w+: /, '')
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
