import { currencyByNumber } from '../values/currency.ts'
import { Secret } from '../values/secret.ts'
import type { Business, Overrides } from './business.ts'
import { overrideNames } from './business.ts'
import type { Names } from './expression.ts'
import type { Party } from './mapping.ts'
import type { Intent } from './memory.ts'

/** What a request is made of, beside the till's own message. */
export type About = Readonly<{
  intent: Intent
  overrides: Overrides
  party: Party
  now: number
  /** What the message refers to, as far as it is known. */
  original: Readonly<Record<string, string>> | undefined
  /** Of earlier calls of the same operation. */
  answers: Readonly<Record<string, AnswerNames>>
  /** What the interface takes in the place of a card. */
  cards: ReadonlyMap<string, string>
}>

export type AnswerNames = Readonly<{ status: number; headers: Readonly<Record<string, string>>; body?: unknown }>

/**
 * The business names that an expression sees of a request. What is not there is left out, so that a path to it finds nothing.
 *
 * @source HTTP acquirers fact sheet, 8.4
 */
export function requestNames(asked: Business, about: About): Names {
  const { operation, fields } = asked
  const { intent, overrides, party, now, original, answers } = about
  const reserved = new Set<string>(Object.values(overrideNames))
  const message = Object.fromEntries(Object.entries(fields).filter(([name]) => !reserved.has(name)))
  return there({
    operation,
    intentId: overrides.key ?? intent.id,
    attempt: intent.attempts,
    amount: fields.amount === undefined ? undefined : String(BigInt(fields.amount)),
    currency: currencyByNumber(fields.currency ?? '')?.alpha ?? fields.currency,
    card: cardOf(asked, about.cards),
    original,
    reason: fields.reason,
    of: fields.of,
    merchant: fields.merchantId?.trim(),
    terminal: fields.terminalId?.trim(),
    batch: fields.batch,
    trace: fields.trace,
    operator: fields.operator,
    party: clearOf(party),
    now: now + overrides.skewMillis,
    message,
    refs: intent.refs,
    answers,
  })
}

function cardOf({ fields: { pan, expiry, track2, entryMode, pinBlock } }: Business, cards: About['cards']): Names | undefined {
  const number = pan ?? track2?.split('D')[0]
  if (number === undefined) return undefined
  return there({
    pan: number,
    expiry: expiry ?? track2?.split('D')[1]?.slice(0, 4),
    track2,
    entryMode,
    pinBlock,
    handle: cards.get(number),
  })
}

/** The credential set as expressions and signatures see it. It goes into requests and nowhere else. */
export function clearOf({ values, name }: Party): Readonly<Record<string, string>> {
  const entries = Object.entries(values).map(([key, value]) => [key, value instanceof Secret ? value.reveal() : value] as const)
  return { name, ...Object.fromEntries(entries) }
}

function there(names: Readonly<Record<string, unknown>>): Names {
  return Object.fromEntries(Object.entries(names).filter(([, value]) => value !== undefined))
}
