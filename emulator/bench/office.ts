import type { Card } from '../card/card.ts'
import type { Control } from '../values/ledger-view.ts'
import { Inconclusive } from './claims.ts'
import type { Recorder } from './recorder.ts'

/** What happens at the acquirer without any till: days close, cards are stopped, hosts crash. Only where the profile offers the control. */
export class Office {
  readonly #control: Control | undefined
  readonly #recorder: Recorder

  constructor(control: Control | undefined, recorder: Recorder) {
    this.#control = control
    this.#recorder = recorder
  }

  closeDay(): Promise<void> {
    return this.#use('closed the business day', control => control.closeDay())
  }

  stopCard(card: Card): Promise<void> {
    return this.#use(`stopped the card ${card.pan.masked}`, control => control.setCard(card.pan.masked, 'stopped'))
  }

  blockTerminal(terminalId: string): Promise<void> {
    return this.#use(`blocked terminal ${terminalId}`, control => control.setTerminal(terminalId, 'blocked'))
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
