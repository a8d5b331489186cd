import type { Operation } from '../values/operation.ts'
import type { Change } from './change.ts'
import type { Forge } from './forgery.ts'

/** What a scenario has arranged for the next messages of a till, besides the faults of its line. Each thing happens once. */
export class Arrangement {
  #change: Change | undefined
  #forge: Readonly<{ frames: Forge; about: Operation | undefined }> | undefined
  #outage: Readonly<{ about: Operation | undefined; after: number }> | undefined

  /** Does this to the next message only. */
  change(change: Change): void {
    this.#change = change
  }

  takeChange(): Change | undefined {
    const change = this.#change
    this.#change = undefined
    return change
  }

  /** Puts these frames in the place of the next reply, of that kind if one is named. */
  forge(frames: Forge, about?: Operation): void {
    this.#forge = { frames, about }
  }

  takeForge(name: Operation): Forge | undefined {
    const forge = this.#forge
    if (forge === undefined || !concerns(forge.about, name)) return undefined
    this.#forge = undefined
    return forge.frames
  }

  /** Cuts the till's power when a request has been answered, before the till sees it: the next one, of that kind if one is named, after so many others. */
  failPower(about?: Operation, after = 0): void {
    this.#outage = { about, after }
  }

  /** Takes that back, if it has not happened yet. */
  sparePower(): void {
    this.#outage = undefined
  }

  get willFailPower(): boolean {
    return this.#outage !== undefined
  }

  /** Whether the power fails now, with the answer to a request of that kind. */
  takeOutage(name: Operation): boolean {
    const outage = this.#outage
    if (outage === undefined || !concerns(outage.about, name)) return false
    this.#outage = outage.after === 0 ? undefined : { ...outage, after: outage.after - 1 }
    return outage.after === 0
  }
}

const concerns = (about: Operation | undefined, name: Operation): boolean => about === undefined || about === name
