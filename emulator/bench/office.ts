import type { Card } from '../card/card.ts'
import type { Profile } from '../profile/profile.ts'
import type { Control } from '../values/ledger-view.ts'
import { missing } from '../verdict/applicability.ts'
import { NotOffered } from './claims.ts'
import type { Recorder } from './recorder.ts'

/** The controls that are felt by every till at the acquirer: a scenario that uses one is tagged `@exclusive`, and runs alone. */
export const feltByAll: readonly string[] = ['control-day', 'control-clock', 'control-fault']

/** What happens at the acquirer without any till: days close, cards are stopped, hosts crash. Only where the profile offers the control. */
export class Office {
  readonly #control: Control | undefined
  readonly #profile: Pick<Profile, 'supports' | 'knobs'>
  readonly #recorder: Recorder
  readonly #alone: boolean
  readonly #undo: ((control: Control) => Promise<void>)[] = []

  /** `alone`: no other scenario is running at this acquirer. */
  constructor(control: Control | undefined, profile: Pick<Profile, 'supports' | 'knobs'>, recorder: Recorder, alone: boolean) {
    this.#control = control
    this.#profile = profile
    this.#recorder = recorder
    this.#alone = alone
  }

  closeDay(): Promise<void> {
    return this.#use('control-day', 'closed the business day', control => control.closeDay())
  }

  /**
   * Whatever was sold until now can no longer be voided, and what is sold from now on can. Days are counted by nobody in so many ways that
   * one more would not be too late.
   */
  async endVoidWindow(): Promise<void> {
    const { voidWindow } = this.#profile.knobs
    if (typeof voidWindow !== 'object') return this.closeDay()
    if ('hours' in voidWindow) return this.advanceClock(voidWindow.hours * 3600 + 60)
    if ('untilCutoff' in voidWindow) return this.advanceClock(24 * 3600)
    for (let day = 0; day <= voidWindow.days; day++) await this.closeDay()
  }

  async stopCard(card: Card): Promise<void> {
    await this.#use('control-card', `stopped the card ${card.pan.masked}`, control => control.setCard(card.pan.masked, 'stopped'))
    this.#undo.push(control => control.setCard(card.pan.masked, 'active'))
  }

  async expireCard(card: Card): Promise<void> {
    await this.#use('control-card', `let the card ${card.pan.masked} expire`, control =>
      control.setCard(card.pan.masked, 'expired'),
    )
    this.#undo.push(control => control.setCard(card.pan.masked, 'active'))
  }

  /** What was stopped or blocked is as before again: an acquirer may outlive the scenario. */
  async restore(): Promise<void> {
    if (this.#control === undefined) return
    for (const undo of this.#undo.splice(0)) await undo(this.#control)
  }

  async blockTerminal(terminalId: string): Promise<void> {
    await this.#use('control-card', `blocked terminal ${terminalId}`, control => control.setTerminal(terminalId, 'blocked'))
    this.#undo.push(control => control.setTerminal(terminalId, 'active'))
  }

  unblockTerminal(terminalId: string): Promise<void> {
    return this.#use('control-card', `unblocked terminal ${terminalId}`, control => control.setTerminal(terminalId, 'active'))
  }

  crashBeforeAnswering(): Promise<void> {
    return this.#use('control-fault', 'told the acquirer to lose the line before its next answer', control =>
      control.fail('crash before answering'),
    )
  }

  /** The acquirer takes its time over the next request, until another one comes, if it can be told to. */
  async slowOnce(): Promise<void> {
    this.#checkAlone('control-fault')
    if (this.#control === undefined || !this.#profile.supports.has('control-fault')) return
    await this.#use('control-fault', 'told the acquirer to take its time over the next request', control =>
      control.fail('slow once'),
    )
  }

  restart(): Promise<void> {
    return this.#use('control-fault', 'restarted the acquirer', control => control.fail('restart'))
  }

  advanceClock(seconds: number): Promise<void> {
    return this.#use('control-clock', `moved the clock on by ${seconds} s`, control => control.advanceClock({ seconds }))
  }

  async #use(flag: string, says: string, does: (control: Control) => Promise<void>): Promise<void> {
    this.#checkAlone(flag)
    if (this.#control === undefined || !this.#profile.supports.has(flag)) throw new NotOffered(missing(flag).because)
    await does(this.#control)
    this.#recorder.note({ is: 'control', says })
  }

  /** Whatever the profile offers, so that every run of a scenario finds out. */
  #checkAlone(flag: string): void {
    if (feltByAll.includes(flag) && !this.#alone)
      throw new Error(`${flag} is felt by every scenario at the acquirer: tag the one that uses it @exclusive`)
  }
}
