import { Amount } from '../values/amount.ts'
import { type Currency, currencyByName } from '../values/currency.ts'

/** Digits that a JSON number keeps exactly, whoever reads it. */
const exactDigits = 15

/**
 * The forms in which interfaces write money. In every expression an amount is a text of whole minor units (`"1250"`), never a number.
 *
 * @source HTTP acquirers fact sheet, 8.4
 * @throws RangeError when the text is no amount, the currency unknown, or the number too long to be exact
 */
export const money = {
  /** A JSON integer of minor units: `1250`. */
  minor: (amount: unknown): number | undefined => (amount === undefined ? undefined : exact(String(minorOf(amount)))),

  /** A JSON number in the major unit: `12.5`. */
  decimal: (amount: unknown, currency: unknown): number | undefined =>
    amount === undefined ? undefined : exact(new Amount(minorOf(amount), currencyOf(currency)).toDecimal()),

  /** The same as text, with all the decimals of its currency: `"12.50"`. */
  decimalString: (amount: unknown, currency: unknown): string | undefined =>
    amount === undefined ? undefined : new Amount(minorOf(amount), currencyOf(currency)).toDecimal(),

  /**
   * Minor units again, out of a decimal text as it stood on the wire: `"12.5"` is `"1250"` in CNY. What is no amount of that currency, a fraction
   * of a minor unit among it, gives nothing: an answer may say anything.
   */
  fromDecimal: (text: unknown, currency: unknown): string | undefined => {
    const { exponent } = currencyOf(currency)
    const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(text)) ?? []
    if (whole === '' || /[1-9]/.test(fraction.slice(exponent))) return undefined
    return String(BigInt(`${sign}${whole}${fraction.slice(0, exponent).padEnd(exponent, '0')}`))
  },
}

function minorOf(amount: unknown): bigint {
  if (typeof amount !== 'string' || !/^-?\d+$/.test(amount)) throw new RangeError('an amount is a text of whole minor units')
  return BigInt(amount)
}

function currencyOf(name: unknown): Currency {
  const found = typeof name === 'string' ? currencyByName(name) : undefined
  if (found === undefined) throw new RangeError('the currency is not one that we know')
  return found
}

function exact(text: string): number {
  if (text.replace(/\D/g, '').length > exactDigits)
    throw new RangeError(`an amount of more than ${exactDigits} digits is no exact number`)
  return Number(text)
}
