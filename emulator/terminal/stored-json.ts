import { Amount } from '../values/amount.ts'
import { currencyByNumber } from '../values/currency.ts'

/** Text of a value that holds amounts: each stands as `{ minor, currency }`. */
export function toText(value: unknown): string {
  return JSON.stringify(storable(value))
}

/** A copy with amounts as they are stored. A replacer, which JSON would call for every value, costs twice as much. */
function storable(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Amount) return { minor: value.minor.toString(), currency: value.currency.numeric } satisfies StoredAmount
  if (Array.isArray(value)) return value.map(storable)
  if (Object.getPrototypeOf(value) !== Object.prototype) return value
  const copy: Record<string, unknown> = {}
  // The record that a value of this prototype is; its names are its own.
  const record = value as Readonly<Record<string, unknown>>
  for (const name in record) copy[name] = storable(record[name])
  return copy
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
