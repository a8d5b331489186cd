import type { Operation } from '../values/operation.ts'

export type RunningOperation = Readonly<{ operation: number; name: Operation }>

/** What is going on, innermost last: a reversal runs within the operation that waits for it. Numbers count from 1. */
export class Running {
  #open: readonly RunningOperation[] = []
  #count = 0

  begin(name: Operation): RunningOperation {
    this.#count += 1
    const begun = { operation: this.#count, name }
    this.#open = [...this.#open, begun]
    return begun
  }

  /** Ends the innermost of that name; nothing if it has ended before. */
  end(name: Operation): RunningOperation | undefined {
    const ended = this.#open.findLast(running => running.name === name)
    this.#open = this.#open.filter(running => running !== ended)
    return ended
  }

  /** Innermost first. */
  get open(): readonly RunningOperation[] {
    return this.#open.toReversed()
  }

  /** The innermost one that is open, else the last that was. */
  get current(): number {
    return this.#open.at(-1)?.operation ?? this.#count
  }

  /** Nothing was ever begun: the program is new, whatever its store remembers. */
  get isFresh(): boolean {
    return this.#count === 0
  }
}
