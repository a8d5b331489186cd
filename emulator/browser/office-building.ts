import { type Browser, chromium } from 'playwright'
import type { BackOffice, OfficeBuilding, OnSlip, Page, Wish } from '../bench/back-office.ts'
import { NotOffered } from '../bench/claims.ts'
import type { Meaning, Pages, Way } from '../profile/pages.ts'
import { loadPages } from '../profile/pages-file.ts'
import type { Credentials, BackOffice as Described } from '../profile/profile.ts'
import { type Filling, wordsOf } from '../profile/words.ts'
import type { OfficeStatus, Post } from '../values/back-office.ts'
import { findChromium } from './chromium.ts'
import { PageDiffers, Visitor } from './visitor.ts'

/**
 * The building of a profile's back office. Its browser starts when somebody first goes in, and stays for all who come after.
 *
 * @throws ProfileError when its pages file cannot be used
 */
export async function openBuilding(described: Described): Promise<OfficeBuilding> {
  const pages = await loadPages(described.pagesFile)
  let browser: Promise<Browser> | undefined
  const started = (): Promise<Browser> => (browser ??= launched())
  return {
    enter: at => new VisitedOffice(described, pages, at, started),
    close: async () => (await browser)?.close(),
  }
}

/** @throws Error that says how to get a browser where there is none */
async function launched(): Promise<Browser> {
  const found = findChromium()
  if ('missing' in found) throw new Error(found.missing)
  return chromium.launch({ executablePath: found.path, args: [...found.args] })
}

/** A back office as it is visited in a browser: everybody has his own, signed in once. */
class VisitedOffice implements BackOffice {
  readonly approval: Described['approval']
  readonly #staff: Described['staff']
  readonly #pages: Pages
  readonly #at: URL
  readonly #browser: () => Promise<Browser>
  readonly #visitors = new Map<string, Promise<Visitor>>()

  constructor(described: Described, pages: Pages, at: URL, browser: () => Promise<Browser>) {
    this.approval = described.approval
    this.#staff = described.staff
    this.#pages = pages
    this.#at = at
    this.#browser = browser
  }

  async look(merchantId: string, by: Post, slip: OnSlip): Promise<Page> {
    const filling = { merchantId, ...ofSlip(slip) }
    const visitor = await this.#visitor(merchantId, by)
    return this.#reached(visitor, 'find', filling)
  }

  async ask(merchantId: string, by: Post, slip: OnSlip, { of, reason, evidence }: Wish): Promise<Page> {
    const filling = { merchantId, ...ofSlip(slip), reason, ...(evidence !== undefined && { evidence }) }
    const visitor = await this.#visitor(merchantId, by)
    const { stopped, filling: known } = await this.#go(visitor, of === 'void' ? 'askForVoid' : 'askForRefund', filling)
    if (stopped) return stopped
    const page = await visitor.read(known)
    const request = await visitor.number(this.#pages.numbers.request, known)
    return { ...page, ...(request !== undefined && { request }) }
  }

  async decide(merchantId: string, by: Post, request: string, verdict: 'approve' | 'reject', note: string): Promise<Page> {
    const filling = { merchantId, request, note }
    const visitor = await this.#visitor(merchantId, by)
    return { ...(await this.#reached(visitor, verdict, filling)), request }
  }

  async follow(merchantId: string, by: Post, request: string): Promise<Page> {
    const filling = { merchantId, request }
    const visitor = await this.#visitor(merchantId, by)
    return { ...(await this.#reached(visitor, 'follow', filling)), request }
  }

  async audit(merchantId: string, by: Post, slip: OnSlip): Promise<Page> {
    const { records } = this.#pages
    if (records === undefined) throw new NotOffered('the pages file describes no audit log')
    const filling: Filling = { merchantId, ...ofSlip(slip) }
    const visitor = await this.#visitor(merchantId, by)
    const { stopped, filling: known } = await this.#go(visitor, 'audit', filling)
    if (stopped) return stopped
    const shown = await visitor.lines(records.are, known)
    const says = records.newest === 'first' ? shown.toReversed() : shown
    return { saw: says.length === 0 ? 'not there' : (lastMeaning(records.means, says) ?? 'unclear'), says }
  }

  async close(): Promise<void> {
    for (const visitor of this.#visitors.values()) await (await visitor).close()
  }

  /** What stands at the end of a way, or what stopped it. */
  async #reached(visitor: Visitor, way: Way, given: Filling): Promise<Page> {
    const { stopped, filling } = await this.#go(visitor, way, given)
    return stopped ?? visitor.read(filling)
  }

  async #go(visitor: Visitor, way: Way, filling: Filling): ReturnType<Visitor['go']> {
    if (this.#pages.ways[way] === undefined) throw new NotOffered(`the pages file does not say how to ${inWords[way]}`)
    return visitor.go(way, filling)
  }

  #visitor(merchantId: string, by: Post): Promise<Visitor> {
    const credentials = this.#staff.get(merchantId)?.[by]
    if (!credentials) return Promise.reject(new NotOffered(`the profile has no ${by} of merchant ${merchantId}`))
    const key = `${by} of ${merchantId}`
    const known = this.#visitors.get(key) ?? this.#signedIn(key, credentials)
    this.#visitors.set(key, known)
    return known
  }

  async #signedIn(who: string, { user, password }: Credentials): Promise<Visitor> {
    const browser = await this.#browser()
    const visitor = await Visitor.in(await browser.newContext({ locale: this.#pages.locale }), this.#pages, this.#at)
    const { stopped } = await visitor.go('signIn', { user, password: password.reveal() })
    if (stopped) throw new PageDiffers(`the ${who} cannot sign in: ${stopped.says.join('; ')}`)
    return visitor
  }
}

const inWords: Readonly<Record<Way, string>> = {
  signIn: 'sign in',
  find: 'find a transaction',
  askForVoid: 'ask for a void',
  askForRefund: 'ask for a refund',
  approve: 'approve a request',
  reject: 'reject a request',
  follow: 'follow a request',
  audit: 'read the audit log',
}

/** What the newest record that says something says. */
function lastMeaning(means: readonly Meaning[], lines: readonly string[]): OfficeStatus | undefined {
  return lines
    .toReversed()
    .flatMap(line => means.find(({ words }) => wordsOf(words, {}).test(line))?.is ?? [])
    .at(0)
}

/** What stands on a slip, as it is put into the blanks of a pages file. */
function ofSlip({ terminalId, trace, reference, minor }: OnSlip): Filling {
  const amount = `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`
  return { terminalId, trace, amount, ...(reference !== undefined && { reference }) }
}
