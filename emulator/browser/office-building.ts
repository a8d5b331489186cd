import type { Page as WebPage } from 'playwright'
import type { BackOffice, OfficeBuilding, OnSlip, Page, Wish } from '../bench/back-office.ts'
import { NotOffered } from '../bench/claims.ts'
import type { Meaning, Pages, Way } from '../profile/pages.ts'
import { loadPages } from '../profile/pages-file.ts'
import type { BackOffice as Described } from '../profile/profile.ts'
import { type Filling, wordsOf } from '../profile/words.ts'
import type { OfficeStatus, Post } from '../values/back-office.ts'
import { PageDiffers, SignedOut } from './page-differs.ts'
import { Seats } from './seats.ts'
import { Visitor } from './visitor.ts'

/**
 * The building of a profile's back office. Its browser starts when somebody first goes in, and stays for all who come after. In an office that
 * the profile names by its address people stay signed in from scenario to scenario.
 *
 * @throws ProfileError when its pages file cannot be used
 */
export async function openBuilding(described: Described): Promise<OfficeBuilding> {
  const pages = await loadPages(described.pagesFile)
  const seats = new Seats(pages.locale)
  const kept = new Map<string, VisitedOffice>()
  return {
    enter: at => {
      if (described.url?.href !== at.href) return new VisitedOffice(described, pages, at, seats)
      const office = kept.get(at.href) ?? new VisitedOffice(described, pages, at, seats)
      kept.set(at.href, office)
      return stayingOpen(office)
    },
    close: () => seats.close(),
  }
}

function stayingOpen(office: VisitedOffice): BackOffice {
  return {
    approval: office.approval,
    look: (...how) => office.look(...how),
    ask: (...how) => office.ask(...how),
    decide: (...how) => office.decide(...how),
    follow: (...how) => office.follow(...how),
    audit: (...how) => office.audit(...how),
    close: async () => undefined,
  }
}

/** A back office as it is visited in a browser: everybody has a seat of his own, signed in once. */
class VisitedOffice implements BackOffice {
  readonly approval: Described['approval']
  readonly #staff: Described['staff']
  readonly #pages: Pages
  readonly #at: URL
  readonly #seats: Seats
  readonly #taken: WebPage[] = []
  readonly #visitors = new Map<string, Promise<Visitor>>()

  constructor(described: Described, pages: Pages, at: URL, seats: Seats) {
    this.approval = described.approval
    this.#staff = described.staff
    this.#pages = pages
    this.#at = at
    this.#seats = seats
  }

  look(merchantId: string, by: Post, slip: OnSlip): Promise<Page> {
    return this.#as(merchantId, by, 'find', ofSlip(slip), reached)
  }

  ask(merchantId: string, by: Post, slip: OnSlip, { of, reason, evidence }: Wish): Promise<Page> {
    const way = of === 'void' ? 'askForVoid' : 'askForRefund'
    const written = { ...ofSlip(slip), reason, ...(evidence !== undefined && { evidence }) }
    return this.#as(merchantId, by, way, written, async (visitor, filling) => {
      const page = await visitor.read(filling)
      const request = await visitor.number(this.#pages.numbers.request, filling)
      return { ...page, ...(request !== undefined && { request }) }
    })
  }

  async decide(merchantId: string, by: Post, request: string, verdict: 'approve' | 'reject', note: string): Promise<Page> {
    return { ...(await this.#as(merchantId, by, verdict, { request, note }, reached)), request }
  }

  async follow(merchantId: string, by: Post, request: string): Promise<Page> {
    return { ...(await this.#as(merchantId, by, 'follow', { request }, reached)), request }
  }

  audit(merchantId: string, by: Post, slip: OnSlip): Promise<Page> {
    return this.#as(merchantId, by, 'audit', ofSlip(slip), async (visitor, filling) => {
      const { records } = this.#pages
      const shown = records ? await visitor.lines(records.are, filling) : []
      const says = records?.newest === 'first' ? shown.toReversed() : shown
      return { saw: says.length === 0 ? 'not there' : (lastMeaning(records?.means ?? [], says) ?? 'unclear'), says }
    })
  }

  async close(): Promise<void> {
    this.#visitors.clear()
    for (const page of this.#taken.splice(0)) this.#seats.leave(page)
  }

  /** Somebody goes a way, signed in, and looks around at its end unless something stopped him. One who was signed out meanwhile signs in again. */
  async #as(merchantId: string, by: Post, way: Way, written: Filling, look: typeof reached): Promise<Page> {
    if (this.#pages.ways[way] === undefined) throw new NotOffered(`the pages file does not say how to ${inWords[way]}`)
    const visitor = await this.#visitor(merchantId, by)
    const goes = async (): Promise<Page> => {
      const { stopped, filling } = await visitor.go(way, { merchantId, ...written })
      return stopped ?? look(visitor, filling)
    }
    try {
      return await goes()
    } catch (thrown) {
      if (!(thrown instanceof SignedOut)) throw thrown
      await this.#signIn(visitor, merchantId, by)
      return goes()
    }
  }

  #visitor(merchantId: string, by: Post): Promise<Visitor> {
    const key = `${by} of ${merchantId}`
    const known = this.#visitors.get(key)
    if (known) return known
    if (this.#staff.get(merchantId)?.[by] === undefined)
      throw new NotOffered(`the profile has no ${by} of merchant ${merchantId}`)
    const visitor = this.#seated(merchantId, by)
    this.#visitors.set(key, visitor)
    return visitor
  }

  async #seated(merchantId: string, by: Post): Promise<Visitor> {
    const page = await this.#seats.take()
    this.#taken.push(page)
    const visitor = new Visitor(this.#pages, this.#at, page)
    await this.#signIn(visitor, merchantId, by)
    return visitor
  }

  async #signIn(visitor: Visitor, merchantId: string, by: Post): Promise<void> {
    const person = this.#staff.get(merchantId)?.[by]
    if (person === undefined) return
    const { stopped } = await visitor.go('signIn', { merchantId, user: person.user, password: person.password.reveal() })
    if (stopped) throw new PageDiffers(`the ${by} of merchant ${merchantId} cannot sign in: ${stopped.says.join('; ')}`)
  }
}

const reached = (visitor: Visitor, filling: Filling): Promise<Page> => visitor.read(filling)

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
