import { Store } from '../terminal/store.ts'

/** The stores of this worker's tills, by terminal number: what a till remembers from one scenario to the next when its acquirer does too. */
export class Stores {
  readonly #stores = new Map<string, Store>()

  of(terminalId: string): Store {
    const store = this.#stores.get(terminalId) ?? new Store()
    this.#stores.set(terminalId, store)
    return store
  }
}
