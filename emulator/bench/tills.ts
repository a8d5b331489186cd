import type { Dialect } from '../dialects/dialect.ts'
import { hasMessageFor, signsOn } from '../dialects/offers.ts'
import { saidAs } from '../dialects/said.ts'
import { answers, mustSay } from '../dialects/says.ts'
import { mappingFaultNamed } from '../mapping/faults.ts'
import type { Profile } from '../profile/profile.ts'
import type { TerminalObservation } from '../terminal/observation.ts'
import { type Identity, referenceSettings, type Settings } from '../terminal/settings.ts'
import { Store } from '../terminal/store.ts'
import { Terminal } from '../terminal/terminal.ts'
import { faultyLine } from '../transport/line-faults.ts'
import type { Transport } from '../transport/transport.ts'
import type { HttpCall } from '../values/http-call.ts'
import type { Glass } from './glass.ts'
import { handsOn } from './hands.ts'
import type { Laboratory } from './laboratory.ts'
import { Line } from './line.ts'
import type { Recorder } from './recorder.ts'
import { Till } from './till.ts'
import type { UnderTest } from './under-test.ts'

export const tillRoles = ['the shop', 'the second till', 'the neighbour'] as const
export type TillRole = (typeof tillRoles)[number]

/**
 * The tills of a scenario, by role: two of one merchant, one of another, out of the set that this worker owns. A till is made when it is
 * first spoken of. Beside an embedded host it begins with an empty store; beside an acquirer that remembers, so does the till.
 */
export class Tills {
  readonly #laboratory: Laboratory
  readonly #acquirer: UnderTest
  readonly #recorder: Recorder
  readonly #seed: string
  readonly #glass: Glass | undefined
  readonly #tills = new Map<TillRole, Till>()
  readonly #equipment = new Map<TillRole, Partial<Settings>>()
  readonly #hangUp = (): void => {
    for (const till of this.#tills.values()) void till.line.close()
  }

  /** `glass`: what stands before every till, where keys are pressed through pages. */
  constructor(laboratory: Laboratory, acquirer: UnderTest, recorder: Recorder, seed: string, glass?: Glass) {
    this.#laboratory = laboratory
    this.#acquirer = acquirer
    this.#recorder = recorder
    this.#seed = seed
    this.#glass = glass
    laboratory.hangUps.add(this.#hangUp)
  }

  at(role: TillRole): Till {
    const till = this.#tills.get(role) ?? this.#open(role)
    this.#tills.set(role, till)
    return till
  }

  /** Sets a till up in another way than usual, before anybody speaks of it. */
  equip(role: TillRole, settings: Partial<Settings>): void {
    this.#equipment.set(role, settings)
  }

  /** The roles spoken of so far. */
  used(): readonly TillRole[] {
    return [...this.#tills.keys()]
  }

  async close(): Promise<void> {
    this.#laboratory.hangUps.delete(this.#hangUp)
    for (const till of this.#tills.values()) {
      await till.line.close()
      if (!this.#laboratory.isForeign) till.store.close()
    }
  }

  #open(role: TillRole): Till {
    const { profile, dialect, codec, fault, isForeign, replyWithinMillis, set, stores } = this.#laboratory
    const { identity, masterKey } = placeOf(profile, role, set)
    const store = isForeign ? stores.of(identity.terminalId) : new Store()
    const laboratory = this.#laboratory
    const line: Line = new Line({
      heard: heard => laboratory.heard(heard),
      stopped: () => laboratory.stopped?.says,
      terminal: role,
      masterKey,
      dialect,
      codec,
      transport: this.#transport(role, identity, call => line.called(call)),
      connection: profile.timing.connection,
      ...(profile.knobs.zone === undefined ? {} : { zone: profile.knobs.zone }),
      seed: `${this.#seed} ${role}`,
      recorder: this.#recorder,
      replyWithinMillis,
      waitsForReal: this.#laboratory.parameters.waiting === 'real',
      ...(this.#acquirer.finished === undefined ? {} : { finished: this.#acquirer.finished }),
    })
    const terminal = new Terminal({
      identity,
      settings: { ...settingsOf(profile), ...this.#equipment.get(role) },
      store,
      acquirer: line,
      clock: () => this.#laboratory.clock(),
      wording: code => wordingOf(dialect, code),
      observe: observed => this.#observed(role, observed),
      ...(fault?.kind === 'terminal' && mappingFaultNamed(fault.id) === undefined ? { fault: fault.id } : {}),
    })
    const till = new Till(identity, terminal, store, line, handsOn(terminal))
    return this.#glass === undefined ? till : till.behind(this.#glass.before(till))
  }

  /** A line fault of the matrix belongs to the acquirer's side: the bench knows nothing of what it does. */
  #transport(role: TillRole, { merchantId, terminalId }: Identity, saw: (call: HttpCall) => void): Transport {
    const { lineFault } = this.#laboratory
    const transport = this.#acquirer.mapped?.line({ merchantId, terminalId, saw }) ?? this.#acquirer.transport
    if (lineFault === undefined) return transport
    const line = faultyLine(transport, {
      seed: `${this.#seed} ${role} matrix`,
      form: this.#laboratory.dialect.framing.form,
      log: () => undefined,
    })
    line.arm(lineFault, { times: 'always' })
    return beyond(line)
  }

  /** What the terminal lets us see goes into the journal, under the operation that is going on at its till. */
  #observed(role: TillRole, observed: TerminalObservation): void {
    const operation = this.#tills.get(role)?.operation ?? 0
    if (observed.is === 'key') this.#recorder.note({ is: 'key', terminal: role, key: observed.key })
    if (observed.is === 'display') this.#recorder.note({ is: 'display', terminal: role, lines: observed.lines })
    if (observed.is === 'slip') this.#recorder.note({ is: 'slip', terminal: role, operation, slip: observed.slip })
    if (observed.is === 'outcome') {
      const { outcome, resultCode, says, name } = observed
      this.#recorder.note({
        is: 'outcome',
        terminal: role,
        operation,
        name,
        outcome,
        ...(resultCode === undefined ? {} : { resultCode }),
        says,
      })
    }
    if (observed.is === 'terminal') {
      const { event, says, facts } = observed
      this.#recorder.note({ is: 'terminal', terminal: role, operation, event, says, ...(facts === undefined ? {} : { facts }) })
    }
  }
}

/** How the terminal is set up for this acquirer. */
function settingsOf(profile: Profile): Settings {
  const { supervisor, totals, revRetries } = profile.knobs
  const rowOf = (name: 'echo' | 'signIn') => profile.speaks.messages.find(row => row.operation === name)
  const [echo, signIn] = [rowOf('echo'), rowOf('signIn')]
  return {
    ...referenceSettings,
    ...(supervisor === undefined ? {} : { supervisor }),
    ...(totals === undefined ? {} : { totals }),
    reversalSends: revRetries,
    voidNeedsPin: profile.supports.has('void-pin'),
    uploads: hasMessageFor(profile.speaks, 'upload'),
    signsOn: signsOn(profile.speaks, profile.supports),
    asksPin: profile.supports.has('pin'),
    keysAtSignIn: signIn !== undefined && ['keys', 'private62'].some(name => answers(profile.speaks, signIn, name)),
    echoHasTrace: echo !== undefined && mustSay(profile.speaks, echo, 'trace'),
  }
}

/** The text of a code that the terminal thinks in; where the dialect says it in another way, with that. */
function wordingOf({ codes, words }: Dialect, code: string): string {
  const said = saidAs(codes, code)
  const text = words.codes.find(one => one.code === said)?.display ?? `交易失败 ${said}`
  return said === code || text.includes(said) ? text : `${text} (${said})`
}

/** Which of the profile's terminals a role is, in a set: the shop has two tills or more, the neighbour is another merchant. */
function placeOf(profile: Profile, role: TillRole, set: number) {
  const merchants = profile.merchants
    .map(merchant => ({ merchant, terminals: merchant.terminals.filter(terminal => terminal.set === set) }))
    .filter(({ terminals }) => terminals.length > 0)
  const shop = merchants.find(({ terminals }) => terminals.length >= 2)
  const found = role === 'the neighbour' ? merchants.find(one => one !== shop) : shop
  const terminal = found?.terminals[role === 'the second till' ? 1 : 0]
  if (found === undefined || terminal === undefined) throw new Error(`the profile has no terminal for ${role} in set ${set}`)
  const identity: Identity = { role, terminalId: terminal.id, merchantId: found.merchant.id, merchantName: found.merchant.name }
  return { identity, masterKey: terminal.masterKey }
}

/** A line whose every doing is the acquirer's: when it cuts, it was not us who hung up. */
function beyond(transport: Transport): Transport {
  return {
    open: async signal => {
      const link = await transport.open(signal)
      let hungUp = false
      return {
        send: frame => link.send(frame),
        ...(link.sendPiece === undefined ? {} : { sendPiece: link.sendPiece.bind(link) }),
        next: async wait => {
          const event = await link.next(wait)
          return event.saw === 'close' && !hungUp ? { ...event, by: 'acquirer' } : event
        },
        close: () => {
          hungUp = true
          return link.close()
        },
      }
    },
  }
}
