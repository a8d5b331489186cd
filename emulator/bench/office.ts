import type { Card } from '../card/card.ts'
import type { Control } from '../values/ledger-view.ts'
import { Inconclusive } from './claims.ts'
import type { Recorder } from './recorder.ts'

/** What happens at the acquirer without any till: days close, cards are stopped, hosts crash. Only where the profile offers the control. */
export class Office {
  readonly #control: Control | undefined
  readonly #recorder: Recorder
  readonly #undo: ((control: Control) => Promise<void>)[] = []

  constructor(control: Control | undefined, recorder: Recorder) {
    this.#control = control
    this.#recorder = recorder
  }

  closeDay(): Promise<void> {
    return this.#use('closed the business day', control => control.closeDay())
  }

  async stopCard(card: Card): Promise<void> {
    await this.#use(`stopped the card ${card.pan.masked}`, control => control.setCard(card.pan.masked, 'stopped'))
    this.#undo.push(control => control.setCard(card.pan.masked, 'active'))
  }

  async expireCard(card: Card): Promise<void> {
    await this.#use(`let the card ${card.pan.masked} expire`, control => control.setCard(card.pan.masked, 'expired'))
    this.#undo.push(control => control.setCard(card.pan.masked, 'active'))
  }

  /** What was stopped or blocked is as before again: an acquirer may outlive the scenario. */
  async restore(): Promise<void> {
    if (this.#control === undefined) return
    for (const undo of this.#undo.splice(0)) await undo(this.#control)
  }

  async blockTerminal(terminalId: string): Promise<void> {
    await this.#use(`blocked terminal ${terminalId}`, control => control.setTerminal(terminalId, 'blocked'))
    this.#undo.push(control => control.setTerminal(terminalId, 'active'))
  }

  unblockTerminal(terminalId: string): Promise<void> {
    return this.#use(`unblocked terminal ${terminalId}`, control => control.setTerminal(terminalId, 'active'))
  }

  crashBeforeAnswering(): Promise<void> {
    return this.#use('told the acquirer to lose the line before its next answer', control =>
      control.fail('crash before answering'),
    )
  }

  restart(): Promise<void> {
    return this.#use('restarted the acquirer', control => control.fail('restart'))
  }

  advanceClock(seconds: number): Promise<void> {
    return this.#use(`moved the clock on by ${seconds} s`, control => control.advanceClock({ seconds }))
  }

  async #use(says: string, does: (control: Control) => Promise<void>): Promise<void> {
    if (this.#control === undefined) throw new Inconclusive(`the profile offers no control port: nobody ${says}`)
    await does(this.#control)
    this.#recorder.note({ is: 'control', says })
  }
}
