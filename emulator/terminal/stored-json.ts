import { Amount } from '../values/amount.ts'
import { currencyByNumber } from '../values/currency.ts'

/** Text of a value that holds amounts: each stands as `{ minor, currency }`. */
export function toText(value: unknown): string {
  return JSON.stringify(value, function replace(this: Record<string, unknown>, name: string, text: unknown) {
    const original = this[name]
    return original instanceof Amount ? { minor: original.minor.toString(), currency: original.currency.numeric } : text
  })
}

/**
 * The value again, amounts included.
 *
 * @returns What `toText` was given; the caller, who wrote it, knows its type.
 * @throws  RangeError for a currency that we do not know.
 */
export function fromText(text: string): unknown {
  return JSON.parse(text, (_name, value: unknown) => (isStoredAmount(value) ? amountOf(value) : value))
}

type StoredAmount = Readonly<{ minor: string; currency: string }>

function isStoredAmount(value: unknown): value is StoredAmount {
  return typeof value === 'object' && value !== null && 'minor' in value && 'currency' in value && Object.keys(value).length === 2
}

function amountOf({ minor, currency: numeric }: StoredAmount): Amount {
  const currency = currencyByNumber(numeric)
  if (currency === undefined) throw new RangeError(`the store names currency ${numeric}, which nobody knows`)
  return new Amount(BigInt(minor), currency)
}
