import type { Journal } from '../journal/journal.ts'
import type { Control } from '../values/ledger-view.ts'
import { isClaim } from '../verdict/claims.ts'
import { type Judgement, judgeAlways, judgeClaim } from '../verdict/judge.ts'
import { rows, rowsFor } from '../verdict/requirements/index.ts'
import type { Verdict } from '../verdict/verdict.ts'
import type { BalanceView } from './balance-view.ts'
import { raise } from './claims.ts'
import type { Laboratory } from './laboratory.ts'
import { type Holdings, OwnBooks } from './own-books.ts'
import type { Recorder } from './recorder.ts'

export type WitnessOptions = Readonly<{
  laboratory: Laboratory
  journal: Journal
  recorder: Recorder
  control: Control | undefined
  /** Whose part of the books is looked into. */
  holdings: Holdings
  /** Where there are no books to look into. */
  balances?: BalanceView
  /** The rows that the scenario's rule is tagged with. */
  ids: readonly string[]
  attach: (text: string, mediaType: string) => unknown
}>

export const verdictMediaType = 'application/vnd.tillproof.verdict+json'

/** Looks at money through whatever views there are, claims what a scenario says happened, and has the claim judged. It judges nothing itself. */
export class Witness {
  readonly #options: WitnessOptions
  readonly #books: OwnBooks
  #sawFailure = false

  constructor(options: WitnessOptions) {
    this.#options = options
    this.#books = new OwnBooks(options.holdings)
  }

  /** Whether any row has failed in this scenario so far. */
  get sawFailure(): boolean {
    return this.#sawFailure
  }

  /** Takes a view of the ledger where the profile offers one, else of the balances of the cards used so far. */
  async look(moment: string): Promise<void> {
    const { balances, control, recorder, laboratory } = this.#options
    await balances?.look(moment)
    if (control === undefined || !laboratory.profile.supports.has('view-ledger')) return
    recorder.note({ is: 'view', moment, view: 'ledger', ledger: this.#books.of(await control.ledger()) })
  }

  /**
   * Says in the journal what the scenario claims, and has it judged by every row of the rule that answers to it.
   *
   * @throws AssertionError when a row fails; Inconclusive when something that a row needs did not hold
   */
  async claims(check: string, facts: Readonly<Record<string, string | number>> = {}): Promise<void> {
    if (!isClaim(check)) throw new Error(`no row answers to the claim ${JSON.stringify(check)}`)
    const { journal, recorder, ids, laboratory } = this.#options
    await this.look(`claim: ${check}`)
    const claim = recorder.note({ is: 'claim', check, with: facts })
    if (claim.is !== 'claim') return
    const judged = judgeClaim(journal.entries(), claim, rowsFor(ids), laboratory.profile)
    this.#write(judged)
    raise(judged.map(({ key, verdict }) => ({ requirement: key, verdict })))
  }

  /** Judges the rows that hold over every scenario. What is not a pass goes into the journal; it stops nothing, since everything is over. */
  judgeAlways(): void {
    const { journal, laboratory } = this.#options
    this.#write(judgeAlways(journal.entries(), rows, laboratory.profile).filter(({ verdict }) => verdict.is !== 'passed'))
  }

  #write(judged: readonly Judgement[]): void {
    this.#sawFailure ||= judged.some(({ verdict }) => verdict.is === 'failed')
    const { recorder, attach } = this.#options
    for (const { key, verdict } of judged) {
      recorder.note({ is: 'verdict', requirement: key, verdict: inBrief(verdict) })
      attach(JSON.stringify({ requirement: key, verdict: inBrief(verdict) }), verdictMediaType)
    }
  }
}

/** A pass is told with the number of entries that it rests on: the judge finds them again, and `result.json` lists them. */
function inBrief(verdict: Verdict): unknown {
  return verdict.is === 'passed' ? { is: verdict.is, restsOn: verdict.evidence.length } : verdict
}
