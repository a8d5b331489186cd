import type { Prepared } from './prepared.ts'
import type { Seal } from './sealing.ts'
import { fromText, toText } from './stored-json.ts'

/** Single values by name: trace and batch number, operator, the settlement in progress; sealed ones for keys. */
export class Facts {
  readonly #prepared: Prepared
  readonly #sealing: Seal
  /** What the database holds, as far as it was read or written; every change goes to both. */
  readonly #texts = new Map<string, string | undefined>()
  readonly #values = new Map<string, unknown>()

  constructor(prepared: Prepared, sealing: Seal) {
    this.#prepared = prepared
    this.#sealing = sealing
  }

  text(name: string): string | undefined {
    const known = this.#texts.get(name)
    if (known !== undefined || this.#texts.has(name)) return known
    const value = this.#prepared.statement('select value from fact where name = ?').get(name)?.value
    const text = typeof value === 'string' ? value : undefined
    this.#texts.set(name, text)
    return text
  }

  /** To be called when a write was undone. */
  forgetWhatWasRead(): void {
    this.#texts.clear()
    this.#values.clear()
  }

  setText(name: string, value: string): void {
    this.#texts.set(name, value)
    this.#values.delete(name)
    this.#prepared.run('insert or replace into fact (name, value) values (?, ?)', name, value)
  }

  /** What `setValue` was given under this name. */
  value(name: string): unknown {
    const known = this.#values.get(name)
    if (known !== undefined || this.#values.has(name)) return known
    const text = this.text(name)
    const value = text === undefined ? undefined : fromText(text)
    this.#values.set(name, value)
    return value
  }

  setValue(name: string, value: unknown): void {
    this.setText(name, toText(value))
    this.#values.set(name, value)
  }

  clear(name: string): void {
    this.#texts.set(name, undefined)
    this.#values.set(name, undefined)
    this.#prepared.run('delete from fact where name = ?', name)
  }

  sealed(name: string): string | undefined {
    const value = this.#prepared.statement('select value from sealed_fact where name = ?').get(name)?.value
    return value instanceof Uint8Array ? this.#sealing.open(value) : undefined
  }

  seal(name: string, value: string): void {
    this.#prepared.run('insert or replace into sealed_fact (name, value) values (?, ?)', name, this.#sealing.seal(value))
  }
}
