import type { Card } from '../card/card.ts'
import type { Role } from '../journal/entry.ts'
import type { Operation } from '../values/operation.ts'
import { Secret } from '../values/secret.ts'
import type { Hands } from './hands.ts'
import type { Deed } from './memory.ts'
import type { Recorder } from './recorder.ts'
import type { Till } from './till.ts'

/** What an operation is about. `sender`: another name on its messages than the till's own. */
export type Occasion = Readonly<{
  of?: Deed | undefined
  special?: string | undefined
  sender?: Readonly<{ merchantId?: string; terminalId?: string }> | undefined
  card?: Card | undefined
}>

/** What the staff of every till key in. */
export class Passwords {
  readonly operator = '01'
  readonly password = new Secret('0000')
  readonly supervisorPassword = new Secret('123456')
}

/**
 * Who works at the tills, with what passwords, and why they do what they do just now: the role that a scenario's step gives to its operations.
 */
export class Staff extends Passwords {
  role: Role = 'setup'
  /** Called before a card is used. */
  beforeCard: (card: Card) => Promise<void> = async () => undefined
  /** The numbers of the operations under test, in their order. */
  readonly tested: number[] = []
  readonly #recorder: Recorder

  constructor(recorder: Recorder) {
    super()
    this.#recorder = recorder
  }

  /** Does something in another role than the step's own. */
  async as<T>(role: Role, does: () => Promise<T>): Promise<T> {
    const before = this.role
    this.role = role
    try {
      return await does()
    } finally {
      this.role = before
    }
  }

  /** Announces an operation in the journal and at the till's line; returns its number. */
  begin(till: Till, name: Operation, { of, special, sender, card }: Occasion = {}): number {
    const operation = this.#recorder.nextOperation()
    this.#recorder.note({
      is: 'operation began',
      operation,
      name,
      terminal: till.role,
      merchantId: sender?.merchantId ?? till.identity.merchantId,
      terminalId: sender?.terminalId ?? till.identity.terminalId,
      role: this.role,
      ...(of === undefined ? {} : { of: of.operation }),
      ...(special === undefined ? {} : { special }),
      ...(card === undefined ? {} : { card: this.#recorder.cardToken(card.pan.reveal()) }),
    })
    till.begin(operation)
    if (this.role === 'tested') this.tested.push(operation)
    return operation
  }

  handsAt(till: Till): Hands {
    return till.hands
  }
}
