import { inspect } from 'node:util'

/**
 * A card number, 12 to 19 digits. It prints masked, first six and last four; `reveal()` is the only way to the digits.
 *
 * @example String(new Pan('6212142000000000012')) // 621214…0012
 */
export class Pan {
  readonly #digits: string
  #masked: string | undefined

  constructor(digits: string) {
    if (!/^\d{12,19}$/.test(digits))
      throw new RangeError(`a card number has 12 to 19 digits; this one has ${digits.length} characters`)
    this.#digits = digits
  }

  reveal(): string {
    return this.#digits
  }

  get masked(): string {
    this.#masked ??= maskPan(this.#digits)
    return this.#masked
  }

  get lastFour(): string {
    return this.#digits.slice(-4)
  }

  equals(other: Pan): boolean {
    return this.#digits === other.#digits
  }

  toString(): string {
    return this.masked
  }

  toJSON(): string {
    return this.masked
  }

  [inspect.custom](): string {
    return `Pan(${this.masked})`
  }
}

/** First six and last four of a run of 12 or more digits; a shorter one is hidden whole. */
export function maskPan(digits: string): string {
  return digits.length < 12 ? '…' : `${digits.slice(0, 6)}…${digits.slice(-4)}`
}

/**
 * Whether the check digit is right.
 *
 * @source ISO/IEC 7812-1, annex B
 */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let at = digits.length - 1, double = false; at >= 0; at -= 1, double = !double) {
    const digit = digits.charCodeAt(at) - 48
    const weighted = double ? digit * 2 : digit
    sum += weighted > 9 ? weighted - 9 : weighted
  }
  return sum % 10 === 0
}
