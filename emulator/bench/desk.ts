import type { OfficeDeed } from '../journal/entry.ts'
import type { OfficeAct, OfficeStatus, Post } from '../values/back-office.ts'
import type { BackOffice, OnSlip, Page } from './back-office.ts'
import type { Checks } from './checks.ts'
import { type Deed, replyOf, requestOf } from './memory.ts'
import type { Recorder } from './recorder.ts'
import type { Staff } from './staff.ts'
import type { Till } from './till.ts'

/** Somebody who works in the back office of a till's merchant. */
export type Officer = Readonly<{ of: Till; post: Post }>

/** What was asked for: its number within the scenario, and its name in the office. */
type Request = Readonly<{ number: number; name: string | undefined; asked: OfficeAct; sale: Deed; minor: bigint }>

type Asked = Readonly<{ request: Request; saw: OfficeStatus }>

export type DeskOptions = Readonly<{
  /** Throws `NotOffered` where the profile has no back office. */
  enter: () => Promise<BackOffice>
  recorder: Recorder
  staff: Staff
  checks: Checks
  /** Takes a view of money. */
  look: (moment: string) => Promise<void>
}>

const acts = { void: 'asked for a void', refund: 'asked for a refund' } as const

/**
 * What people do in the merchant's back office, away from any till: they find a sale, ask for its void, decide about what others have asked for, and
 * read the audit log. Everything that they did, and what the pages said to it, goes into the journal. (The acquirer's own office, which closes days
 * and stops cards, is `Office`.)
 */
export class Desk {
  readonly #options: DeskOptions
  readonly #requests: Request[] = []
  #office: BackOffice | undefined
  /** The last request that is none of our own controls. */
  #last: Request | undefined

  constructor(options: DeskOptions) {
    this.#options = options
  }

  async look(who: Officer, sale: Deed): Promise<void> {
    const office = await this.#enter()
    this.#note(who, 'looked for', sale, await office.look(merchantOf(who), who.post, slipOf(sale)))
  }

  /** In full, whatever it is. */
  async ask(who: Officer, of: 'void' | 'refund', sale: Deed, reason: string): Promise<void> {
    this.#last = (await this.#ask(who, of, sale, reason))?.request ?? this.#last
  }

  async decide(who: Officer, verdict: 'approve' | 'reject', note: string): Promise<void> {
    await this.#decide(who, verdict, this.#request(), note)
  }

  /** Looks at the page of the last request. */
  async follow(who: Officer): Promise<void> {
    await this.#follow(who, this.#request())
  }

  async #follow(who: Officer, request: Request): Promise<OfficeStatus> {
    const office = await this.#enter()
    const page = await office.follow(merchantOf(who), who.post, nameOf(request))
    this.#note(who, 'followed', request.sale, page, { request })
    return page.saw
  }

  async readAudit(who: Officer, sale: Deed): Promise<void> {
    const office = await this.#enter()
    this.#note(who, 'read the audit log', sale, await office.audit(merchantOf(who), who.post, slipOf(sale)))
  }

  /** The ordinary way: somebody asks, and another person approves where the office wants that. */
  async undo(of: Till, what: 'void' | 'refund', sale: Deed, reason: string): Promise<void> {
    this.#last = (await this.#undo(of, what, sale, reason)) ?? this.#last
  }

  /** Control: the office voids another sale. */
  async canVoid(of: Till): Promise<void> {
    const sale = await this.#options.checks.saleForControl(of)
    await this.#options.staff.as('control', () => this.#undo(of, 'void', sale, 'sold for a control'))
  }

  /** Probe: what waits can still be approved, by whoever may. */
  async stillApprovable(who: Officer): Promise<void> {
    await this.#options.staff.as('probe', () => this.decide(who, 'approve', ''))
  }

  async followAsProbe(who: Officer): Promise<void> {
    await this.#options.staff.as('probe', () => this.follow(who))
  }

  async readAuditAsProbe(who: Officer, sale: Deed): Promise<void> {
    await this.#options.staff.as('probe', () => this.readAudit(who, sale))
  }

  async close(): Promise<void> {
    await this.#office?.close()
  }

  /** Refunds are asked for by an approver, so that another approver decides about them. */
  async #undo(of: Till, what: 'void' | 'refund', sale: Deed, reason: string): Promise<Request | undefined> {
    const asking = { of, post: what === 'void' ? 'clerk' : 'approver' } as const
    const deciding = { of, post: what === 'void' ? 'approver' : 'second approver' } as const
    const asked = await this.#ask(asking, what, sale, reason)
    if (asked === undefined) return undefined
    const { request } = asked
    const { approval } = await this.#enter()
    const waits = (await this.#told(asking, asked)) === 'awaiting approval' && approval === 'second person'
    if (waits) await this.#told(asking, { request, saw: await this.#decide(deciding, 'approve', request, '') })
    return request
  }

  /** Some portals say only on the page of the request, or only later, what has come of it. */
  async #told(who: Officer, { request, saw }: Asked): Promise<OfficeStatus> {
    return saw === 'unclear' && request.name !== undefined ? this.#follow(who, request) : saw
  }

  async #ask(who: Officer, of: 'void' | 'refund', sale: Deed, reason: string): Promise<Asked | undefined> {
    const minor = sale.amount?.minor ?? 0n
    const office = await this.#enter()
    const page = await office.ask(merchantOf(who), who.post, slipOf(sale), { of, reason })
    const request = becameRequest(page) ? this.#keep({ name: page.request, asked: acts[of], sale, minor }) : undefined
    this.#note(who, acts[of], sale, page, { reason, minor, ...(request && { request }) })
    await this.#lookAfter(acts[of], page)
    return request && { request, saw: page.saw }
  }

  async #decide(who: Officer, verdict: 'approve' | 'reject', request: Request, note: string): Promise<OfficeStatus> {
    const office = await this.#enter()
    const page = await office.decide(merchantOf(who), who.post, nameOf(request), verdict, note)
    const act = verdict === 'approve' ? 'approved' : 'rejected'
    this.#note(who, act, request.sale, page, { request, minor: request.minor, ...(note !== '' && { reason: note }) })
    await this.#lookAfter(act, page)
    return page.saw
  }

  /** What is said to have come to nothing has moved nothing by then: afterwards a probe may move the same money rightly. */
  async #lookAfter(act: OfficeAct, { saw }: Page): Promise<void> {
    if (this.#options.staff.role === 'tested' && saw !== 'voided' && saw !== 'refunded') await this.#options.look(`after: ${act}`)
  }

  #keep(request: Omit<Request, 'number'>): Request {
    const numbered = { ...request, number: this.#requests.length + 1 }
    this.#requests.push(numbered)
    return numbered
  }

  #request(): Request {
    if (this.#last === undefined) throw new Error('the scenario speaks of a request in the back office, but there was none')
    return this.#last
  }

  async #enter(): Promise<BackOffice> {
    this.#office ??= await this.#options.enter()
    return this.#office
  }

  #note(
    who: Officer,
    act: OfficeAct,
    { operation }: Deed,
    { saw, says }: Page,
    more: Readonly<{ request?: Request; reason?: string; minor?: bigint }> = {},
  ): void {
    const { request, reason, minor } = more
    const deed: OfficeDeed = {
      is: 'office',
      role: this.#options.staff.role,
      merchantId: merchantOf(who),
      by: who.post,
      act,
      about: operation,
      ...(request && { request: request.number }),
      ...(minor === undefined ? {} : { minor: minor.toString() }),
      ...(reason === undefined ? {} : { reason }),
      saw,
      says,
    }
    this.#options.recorder.note(deed)
  }
}

const merchantOf = ({ of }: Officer): string => of.identity.merchantId

/** Not every page names what it did, and what is said in words that nobody mapped may have become a request all the same. */
const becameRequest = ({ request, saw }: Page): boolean =>
  request !== undefined || saw === 'voided' || saw === 'refunded' || saw === 'awaiting approval' || saw === 'unclear'

const nameOf = ({ name }: Request): string => {
  if (name === undefined)
    throw new Error('no page said how the back office names the request: see `numbers.request` in the pages file')
  return name
}

/** What stands on the slip of a sale. */
function slipOf(sale: Deed): OnSlip {
  const { merchantId, terminalId } = sale.till.identity
  const reference = replyOf(sale)?.fields.reference
  return {
    merchantId,
    terminalId,
    trace: requestOf(sale)?.fields.trace ?? '',
    ...(reference === undefined ? {} : { reference }),
    minor: sale.amount?.minor ?? 0n,
  }
}
