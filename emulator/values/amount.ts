import { CNY, type Currency } from './currency.ts'

/**
 * Money, in whole minor units of one currency. Never a `number`: fractions of a fen do not exist.
 *
 * @example String(yuan(88_00n)) // ¥88.00
 */
export class Amount {
  readonly minor: bigint
  readonly currency: Currency

  constructor(minor: bigint, currency: Currency) {
    this.minor = minor
    this.currency = currency
  }

  plus(other: Amount): Amount {
    return new Amount(this.minor + sameCurrency(this, other).minor, this.currency)
  }

  minus(other: Amount): Amount {
    return new Amount(this.minor - sameCurrency(this, other).minor, this.currency)
  }

  equals(other: Amount): boolean {
    return this.minor === other.minor && this.currency.numeric === other.currency.numeric
  }

  /** Twelve digits, zeros on the left: how money stands in a message. Negative or longer amounts do not fit. */
  toDigits(): string {
    const digits = this.minor.toString().padStart(12, '0')
    if (this.minor < 0n || digits.length > 12) throw new RangeError(`${this} does not fit twelve digits`)
    return digits
  }

  /** `88.00`: the number alone, with the decimals of its currency. */
  toDecimal(): string {
    const { exponent } = this.currency
    const sign = this.minor < 0n ? '-' : ''
    const digits = (this.minor < 0n ? -this.minor : this.minor).toString().padStart(exponent + 1, '0')
    return exponent === 0 ? sign + digits : `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
  }

  toString(): string {
    return `${this.minor < 0n ? '-' : ''}${this.currency.sign}${this.toDecimal().replace('-', '')}`
  }

  toJSON(): string {
    return this.toString()
  }
}

function sameCurrency(one: Amount, other: Amount): Amount {
  if (one.currency.numeric !== other.currency.numeric) throw new RangeError(`${one} and ${other} are not of one currency`)
  return other
}

export const zero = (currency: Currency): Amount => new Amount(0n, currency)

/** Chinese yuan, in fen. */
export const yuan = (fen: bigint): Amount => new Amount(fen, CNY)
