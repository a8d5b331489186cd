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

/** Digits of the shortest card number that is looked for where nobody says that there is one. */
const shortestRun = 13

/** As a machine writes it, and as it is embossed: in fours, or 4-6-5. */
const cardLike = /(?<!\d)(?:\d{4}([ -])\d{4}\1\d{4}\1\d{1,4}(?:\1\d{1,3})?|\d{4}([ -])\d{6}\2\d{4,5})(?!\d)|\d{13,19}/g

/** No card number begins with zeros: an amount in sixteen digits is none, whatever its check digit. */
const looksLikeCard = (run: string): boolean => run.replace(/^0+/, '').length >= shortestRun && passesLuhn(run)

/** A text with something else for whatever could be a card number: 13 to 19 digits, in groups or not, whose check digit is right. */
export const replaceCards = (text: string, put: (digits: string) => string | undefined): string =>
  text.replace(cardLike, run => {
    const digits = run.replace(/[ -]/g, '')
    return (looksLikeCard(digits) ? put(digits) : undefined) ?? run
  })

/** Whatever in a text could be a card number, in digits alone. */
export function cardsIn(text: string): readonly string[] {
  const found: string[] = []
  replaceCards(text, digits => void found.push(digits))
  return found
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
