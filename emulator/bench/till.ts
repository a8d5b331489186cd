import type { Identity } from '../terminal/settings.ts'
import type { Store } from '../terminal/store.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { WorkingKeys } from '../values/request.ts'
import type { Hands } from './hands.ts'
import type { Line } from './line.ts'

/** One till of the scenario: the terminal's program, its store, its line, and the hands that press its keys. */
export class Till {
  readonly identity: Identity
  readonly terminal: Terminal
  readonly store: Store
  readonly line: Line
  readonly hands: Hands
  /** The operation of the scenario that is going on at this till. */
  operation = 0
  /** Whether somebody has signed this till in during this scenario, or wanted it left as it is. */
  attended = false
  #oldKeys: WorkingKeys | undefined

  constructor(identity: Identity, terminal: Terminal, store: Store, line: Line, hands: Hands) {
    this.identity = identity
    this.terminal = terminal
    this.store = store
    this.line = line
    this.hands = hands
  }

  /** The same till, worked by other hands. */
  behind(hands: Hands): Till {
    return new Till(this.identity, this.terminal, this.store, this.line, hands)
  }

  get role(): string {
    return this.identity.role
  }

  get batch(): string {
    return this.store.batch
  }

  /** The session keys before the last sign-in, for a till that goes on using them. */
  get oldKeys(): WorkingKeys | undefined {
    return this.#oldKeys
  }

  keepKeys(): void {
    this.#oldKeys = this.store.keys
  }

  /** From here on everything at this till belongs to that operation. */
  begin(operation: number): void {
    this.operation = operation
    this.line.operation = operation
  }
}
