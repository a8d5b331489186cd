import type { OfficeStatus, Post } from '../values/back-office.ts'

/** How a transaction is found: by what stands on its slip. */
export type OnSlip = Readonly<{ merchantId: string; terminalId: string; trace: string; reference?: string; minor: bigint }>

/** What a page came to, and its words as they stand there. `request`: how the office names what was asked for. */
export type Page = Readonly<{ saw: OfficeStatus; says: readonly string[]; request?: string }>

export type Wish = Readonly<{ of: 'void' | 'refund'; reason: string; evidence?: string }>

/**
 * The back office of the merchants of a scenario, as their staff uses it: through its pages. A refusal is a page, never an error.
 *
 * Every method throws `NotOffered` when the profile has nobody at that post, and an Error that says what the page lacks when a page is not as the
 * profile describes it.
 */
export interface BackOffice {
  readonly approval: 'second person' | 'none'
  /** Somebody of that merchant looks a transaction up, which may be another merchant's. */
  look(merchantId: string, by: Post, slip: OnSlip): Promise<Page>
  /**
   * Opens the transaction, writes reason and evidence, and submits. An empty reason is tried as it is.
   *
   * A request that came to be has its name in `request`, whatever became of it. Without one nothing was asked: what the pages do not take, or have
   * no button for, is `refused`, or `not allowed` where it is this person's post that lacks the right, whatever the transaction's own status says.
   */
  ask(merchantId: string, by: Post, slip: OnSlip, wish: Wish): Promise<Page>
  /** `saw` is what the request has come to; `not allowed` where this person may not decide about it, `refused` where there is nothing to decide. */
  decide(merchantId: string, by: Post, request: string, verdict: 'approve' | 'reject', note: string): Promise<Page>
  /** What the page of a request says now. */
  follow(merchantId: string, by: Post, request: string): Promise<Page>
  /**
   * The lines of the audit log that are about a transaction, newest last, as they stand there. `saw` is what they say has come of it at last, `unclear`
   * where they do not say, `not there` where there are none, `not allowed` for whoever may not read them.
   */
  audit(merchantId: string, by: Post, slip: OnSlip): Promise<Page>
  close(): Promise<void>
}

/** Opens the doors of a back office: one browser for all scenarios of a worker. `at`: the embedded host's portal, new with each scenario. */
export interface OfficeBuilding {
  enter(at: URL): BackOffice
  close(): Promise<void>
}
