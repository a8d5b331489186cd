import { Amount } from '../values/amount.ts'
import type { Currency } from '../values/currency.ts'
import { Secret } from '../values/secret.ts'
import type { Digit } from './key.ts'

/** One more digit, up to `most`; further ones are ignored, as on a real keypad. */
export const typed = (entry: string, digit: Digit, most: number): string => (entry.length < most ? entry + digit : entry)

export const typedSecretly = (entry: Secret, digit: Digit, most: number): Secret => new Secret(typed(entry.reveal(), digit, most))

export const nothing = new Secret('')

/** Digits as keyed are minor units: 8800 is 88.00. */
export const keyedAmount = (entry: string, currency: Currency): Amount => new Amount(BigInt(entry === '' ? '0' : entry), currency)

/** Amounts have twelve digits in a message; ten are enough for a till. */
export const amountDigits = 10
