import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { secretPaths } from '../dialects/secrets.ts'
import { Journal, pieceName, placeOf } from '../journal/journal.ts'
import { applicability } from '../verdict/applicability.ts'
import { isRequirementTag, rowsFor } from '../verdict/requirements/index.ts'
import type { BackOffice } from './back-office.ts'
import { BalanceView } from './balance-view.ts'
import { Cashier } from './cashier.ts'
import { Cast } from './cast.ts'
import { Checks } from './checks.ts'
import { NotOffered } from './claims.ts'
import { clear } from './clearing.ts'
import { Desk } from './desk.ts'
import { Headstrong } from './headstrong.ts'
import { HttpHeadstrong } from './http-headstrong.ts'
import { keepJournal } from './kept-journals.ts'
import { type Laboratory, stoppedMediaType } from './laboratory.ts'
import { Memory } from './memory.ts'
import { Office } from './office.ts'
import { holdingsOf } from './own-books.ts'
import { Recorder } from './recorder.ts'
import { Staff } from './staff.ts'
import { Tills } from './tills.ts'
import { Trouble } from './trouble.ts'
import type { UnderTest } from './under-test.ts'
import { Witness } from './witness.ts'

/** One scenario as it stands in its feature. */
export type Scenario = Readonly<{ uri: string; line: number; rule: string; name: string; tags: readonly string[] }>

type World = Readonly<{ attach: (text: string, mediaType: string) => unknown }>

/** The kind of a step decides why its operations are done. */
const roles = { Context: 'setup', Action: 'tested', Outcome: 'probe', Unknown: 'setup' } as const

/**
 * Everything that one scenario works with; the `this` of every step. It only brings people and things together: the cashier presses keys,
 * the headstrong one sends what a good till never would, trouble befalls the line, the office moves days and cards, people at the desk work in the
 * merchant's back office, the witness looks and claims.
 */
export class Bench {
  readonly #attach: World['attach']
  #parts: Parts | undefined
  #notOffered: string | undefined

  constructor(world: World) {
    this.#attach = world.attach
  }

  /** Puts something beside the scenario in every report that cucumber writes. */
  attach(text: string, mediaType: string): void {
    this.#attach(text, mediaType)
  }

  /** Sets the bench up. False when no row of the scenario's rule applies under the profile: then nothing is done. */
  async open(laboratory: Laboratory, scenario: Scenario): Promise<boolean> {
    const ids = scenario.tags.filter(isRequirementTag)
    const rows = rowsFor(ids)
    if (!rows.some(row => applicability(row, laboratory.profile).applies)) return false
    const seed = scenarioSeed(laboratory.parameters.seed, scenario)
    this.#parts = await assemble(laboratory, scenario, ids, seed, this.#attach)
    await this.witness.look('before')
    return true
  }

  step(text: string, type: keyof typeof roles = 'Unknown'): void {
    this.#of.recorder.note({ is: 'step', text })
    this.staff.role = roles[type]
  }

  /** The scenario came to something that the profile does not offer. */
  doesNotApply(because: string): void {
    this.#notOffered = because
  }

  /**
   * Looks once more, judges what holds over every scenario, and writes the scenario's piece of the journal. Where the journals stay in memory
   * nobody hears verdicts one by one: whoever takes the journals judges them.
   */
  async close(status: string, says: string | undefined): Promise<void> {
    if (this.#parts === undefined) return
    try {
      await this.#conclude(this.#parts, status, says)
    } finally {
      await this.#putAway(this.#parts)
    }
  }

  async #conclude(parts: Parts, status: string, says: string | undefined): Promise<void> {
    const { acquirer, laboratory, recorder, witness } = parts
    const { stopped } = laboratory
    const interrupted = stopped?.by === 'interruption'
    if (!interrupted) await witness.look('after')
    for (const note of acquirer.notes()) recorder.note({ is: 'host note', ours: true, says: note })
    const ending = interrupted ? stopped.says : (this.#notOffered ?? says?.split('\n')[0])
    recorder.note({
      is: 'scenario ended',
      status: interrupted ? 'skipped' : this.#notOffered === undefined ? endOf(status) : 'not applicable',
      ...(ending === undefined ? {} : { says: ending }),
    })
    if (!interrupted && !laboratory.parameters.inMemory) witness.judgeAlways()
    await keepPages(parts, !interrupted && (endOf(status) === 'failed' || witness.sawFailure))
    if (stopped !== undefined) this.#attach(stopped.says, stoppedMediaType)
  }

  /** Whatever went wrong before: a host or a line that stays open would keep the run from ending. */
  async #putAway({ acquirer, desk, journal, laboratory, office, scenario, tills }: Parts): Promise<void> {
    const piece = pieceName(scenario.uri, scenario.line)
    const { pieces, inMemory } = laboratory.parameters
    if (inMemory) keepJournal(piece, journal.entries())
    else if (pieces !== undefined) await writeFile(join(pieces, piece), journal.toNdjson())
    await tills.close()
    await desk.close()
    await office.restore()
    if (laboratory.isForeign) await clear(laboratory, acquirer, tills.used())
    else await acquirer.close()
  }

  get cashier(): Cashier {
    return this.#of.cashier
  }
  /** @throws NotOffered where keys are pressed through a page: a terminal without its own checks has none */
  get headstrong(): Headstrong {
    refusePage(this.#of.laboratory)
    return this.#of.headstrong
  }
  get http(): HttpHeadstrong {
    refusePage(this.#of.laboratory)
    return this.#of.http
  }
  get balances(): BalanceView {
    return this.#of.balances
  }
  get checks(): Checks {
    return this.#of.checks
  }
  get trouble(): Trouble {
    return this.#of.trouble
  }
  get office(): Office {
    return this.#of.office
  }
  get desk(): Desk {
    return this.#of.desk
  }
  get witness(): Witness {
    return this.#of.witness
  }
  get memory(): Memory {
    return this.#of.memory
  }
  get staff(): Staff {
    return this.#of.staff
  }
  get tills(): Tills {
    return this.#of.tills
  }
  get cast(): Cast {
    return this.#of.cast
  }

  get #of(): Parts {
    if (this.#parts === undefined) throw new Error('the bench is not open')
    return this.#parts
  }
}

type Parts = Readonly<{
  laboratory: Laboratory
  scenario: Scenario
  acquirer: UnderTest
  journal: Journal
  recorder: Recorder
  tills: Tills
  memory: Memory
  staff: Staff
  cast: Cast
  cashier: Cashier
  headstrong: Headstrong
  http: HttpHeadstrong
  balances: BalanceView
  checks: Checks
  trouble: Trouble
  office: Office
  desk: Desk
  witness: Witness
}>

async function assemble(
  laboratory: Laboratory,
  scenario: Scenario,
  ids: readonly string[],
  seed: string,
  attach: World['attach'],
): Promise<Parts> {
  const { profile, dialect, set } = laboratory
  const holdings = holdingsOf(profile, set)
  const journal = new Journal(
    placeOf(scenario.uri, scenario.line),
    () => laboratory.micros(),
    entry => laboratory.glass?.wrote(entry),
  )
  const merchantNumbers = new Set(profile.merchants.map(({ id }) => id))
  const recorder = new Recorder(journal, merchantNumbers, message => secretPaths(dialect, message))
  recorder.note({
    is: 'scenario began',
    uri: scenario.uri,
    line: scenario.line,
    rule: scenario.rule,
    name: scenario.name,
    ids,
    tags: scenario.tags,
    seed,
    terminals: [...holdings.terminals],
  })
  const acquirer = await laboratory.acquirer(seed)
  const memory = new Memory()
  const staff = new Staff(recorder)
  const cast = new Cast(profile, set)
  const cashier = new Cashier(staff, memory, profile.supports)
  const tills = new Tills(laboratory, acquirer, recorder, seed, laboratory.glass)
  const headstrong = new Headstrong(cashier, staff, memory, profile.knobs.refundCeil?.percent)
  const checks = new Checks(cashier, staff, memory, cast, profile)
  const office = new Office(acquirer.control, profile, recorder, scenario.tags.includes('exclusive'))
  const desk = new Desk({
    enter: () => entered(laboratory, acquirer),
    recorder,
    staff,
    checks,
    look: moment => witness.look(moment),
  })
  const http = new HttpHeadstrong(headstrong, cashier, office, acquirer.mapped)
  const balances = new BalanceView(dialect, cashier, staff, tills, recorder)
  const asks = asksForBalances(laboratory, acquirer)
  if (asks) staff.beforeCard = card => balances.first(card)
  const witness = new Witness({
    laboratory,
    journal,
    recorder,
    control: acquirer.control,
    holdings,
    ...(asks ? { balances } : {}),
    ids,
    attach,
  })
  const trouble = new Trouble(dialect, profile.knobs.revRetries)
  return {
    laboratory,
    scenario,
    acquirer,
    journal,
    recorder,
    tills,
    memory,
    staff,
    cast,
    cashier,
    headstrong,
    http,
    balances,
    checks,
    trouble,
    office,
    desk,
    witness,
  }
}

/** The door of the merchants' back office: of the embedded host its own portal, else the one that the profile names. */
async function entered({ building, profile }: Laboratory, { portal }: UnderTest): Promise<BackOffice> {
  if (building === undefined || profile.backOffice === undefined) throw new NotOffered('the profile has no back office')
  const at = profile.backOffice.url ?? (await portal?.())
  if (at === undefined) throw new NotOffered('the profile has no back office')
  return building.enter(at)
}

/** Why a scenario does not apply where keys are pressed through pages. */
export const noPage = 'a terminal whose own checks are off has no page'

/** @throws NotOffered where keys are pressed through pages */
function refusePage({ glass }: Laboratory): void {
  if (glass !== undefined) throw new NotOffered(noPage)
}

/** Where keys are pressed through pages and the scenario failed, what they show is kept in the run's folder. */
async function keepPages({ laboratory, recorder, scenario }: Parts, failed: boolean): Promise<void> {
  const name = pieceName(scenario.uri, scenario.line).replace(/\.ndjson$/, '')
  const kept = (await laboratory.glass?.over(name, failed)) ?? []
  for (const files of kept) recorder.note({ is: 'page kept', ...files })
}

/** Balance inquiries are a view of money; the books, where they are shown, stand for it. */
function asksForBalances({ profile }: Laboratory, acquirer: UnderTest): boolean {
  const { supports } = profile
  return (
    supports.has('view-balance') && supports.has('balance') && !(supports.has('view-ledger') && acquirer.control !== undefined)
  )
}

/** The first 8 bytes of SHA-256 over the run's seed and the scenario's place and name, hex. */
function scenarioSeed(run: string, { uri, rule, name, line }: Scenario): string {
  return createHash('sha256')
    .update([run, placeOf(uri, line), rule, name].join('\n'))
    .digest('hex')
    .slice(0, 16)
}

function endOf(status: string): 'passed' | 'failed' | 'pending' | 'skipped' {
  if (status === 'PASSED') return 'passed'
  if (status === 'PENDING') return 'pending'
  return status === 'SKIPPED' ? 'skipped' : 'failed'
}
