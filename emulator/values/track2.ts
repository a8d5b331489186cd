import { inspect } from 'node:util'
import { Pan } from './pan.ts'

/**
 * Track 2 as it stands in a message: digits, with `D` as the separator, no sentinels, at most 37 characters. It prints masked.
 *
 * @source ISO/IEC 7813
 */
export class Track2 {
  readonly #text: string

  constructor(text: string) {
    const normal = text.replace('=', 'D').toUpperCase()
    if (!/^\d{12,19}D\d{7,}$/.test(normal) || normal.length > 37)
      throw new RangeError('track 2 is a card number, D, expiry, service code and issuer digits, 37 characters at most')
    this.#text = normal
  }

  reveal(): string {
    return this.#text
  }

  get pan(): Pan {
    return new Pan(this.#text.slice(0, this.#text.indexOf('D')))
  }

  /** YYMM. */
  get expiry(): string {
    return this.#text.slice(this.#text.indexOf('D') + 1).slice(0, 4)
  }

  get serviceCode(): string {
    return this.#text.slice(this.#text.indexOf('D') + 5).slice(0, 3)
  }

  toString(): string {
    return `${this.pan.masked}D…`
  }

  toJSON(): string {
    return this.toString()
  }

  [inspect.custom](): string {
    return `Track2(${this})`
  }
}
