/**
 * A currency as ISO 4217 names it.
 *
 * `exponent` is the number of digits after the decimal point: 2 for CNY, 0 for JPY, 3 for KWD.
 *
 * @source ISO 4217
 */
export type Currency = Readonly<{ alpha: string; numeric: string; exponent: 0 | 2 | 3; sign: string }>

export const CNY: Currency = { alpha: 'CNY', numeric: '156', exponent: 2, sign: '¥' }

const known: readonly Currency[] = [
  CNY,
  { alpha: 'USD', numeric: '840', exponent: 2, sign: '$' },
  { alpha: 'EUR', numeric: '978', exponent: 2, sign: '€' },
  { alpha: 'GBP', numeric: '826', exponent: 2, sign: '£' },
  { alpha: 'HKD', numeric: '344', exponent: 2, sign: 'HK$' },
  { alpha: 'JPY', numeric: '392', exponent: 0, sign: 'JP¥' },
  { alpha: 'KWD', numeric: '414', exponent: 3, sign: 'KD' },
]

/** The currency with this three-digit ISO 4217 number, if we know it. */
export function currencyByNumber(numeric: string): Currency | undefined {
  return known.find(currency => currency.numeric === numeric)
}

/** The currency by its three letters, in either case, or its number. */
export function currencyByName(name: string): Currency | undefined {
  return currencyByNumber(name) ?? known.find(currency => currency.alpha === name.toUpperCase())
}
