import type { Dialect } from '../dialects/dialect.ts'
import { identify } from '../dialects/identify.ts'
import { currencyByNumber } from '../values/currency.ts'
import type { Message } from '../values/message.ts'
import { passesLuhn } from '../values/pan.ts'
import type { Codec, Decoded } from '../wire/codec.ts'
import { isStandIn } from './standard-fields.ts'

/** How likely it is that a message was written so: what speaks for it, out of the best there could be, and in words. */
export type Plausibility = Readonly<{
  weight: number
  best: number
  mti: string
  transaction: string
  side: 'request' | 'reply' | 'unknown'
  read: number
  of: number
  exact: boolean
  reasons: readonly string[]
}>

const best = 100

/** Reads a message and weighs what came of it: bytes read, written again alike, values that can be what their fields are for. */
export function plausibilityOf(dialect: Dialect, bytes: Uint8Array, codec: Codec): Plausibility {
  const decoded = codec.decode(bytes, { from: 'mti', spans: false })
  const message = decoded.ok ? decoded.message : decoded.partial
  const what = identify(dialect, message)
  const read = readOf(decoded, bytes.length)
  const exact = decoded.ok && isWrittenAlike(codec, message, bytes)
  const fields = Object.keys(message.fields).filter(name => Object.hasOwn(dialect.fields, name))
  const standIns = fields.flatMap(name => (isStandIn(name, dialect.fields[name] ?? noField) ? [name.slice('field'.length)] : []))
  const values = sensible(message)
  const weight =
    (read / Math.max(1, bytes.length)) * 30 +
    (decoded.ok ? 10 : 0) +
    (exact ? 25 : 0) +
    Math.max(-20, 15 - decoded.remarks.length * 5) +
    (what === 'unknown' ? 0 : 8) +
    values.weight -
    Math.min(6, standIns.length)
  const reasons = [
    decoded.ok
      ? `all ${bytes.length} bytes of the message were read, ${fields.length} fields`
      : `reading stopped at byte ${read} of ${bytes.length} of the message: field ${decoded.problem.path}: ${decoded.problem.says}`,
    ...(exact ? ['written again, it is the same to the byte'] : []),
    ...(what === 'unknown' ? [] : [`it is ${what.row.is}, ${what.kind}`]),
    ...values.reasons,
    ...decoded.remarks.slice(0, 3).map(({ path, says }) => `against it: field ${path}: ${says}`),
    ...(standIns.length === 0 ? [] : [`the dialect has no field ${standIns.join(', ')}: read as in ISO 8583:1987`]),
  ]
  return {
    weight,
    best,
    mti: message.mti,
    transaction: what === 'unknown' ? 'unknown' : `${what.name} ${what.kind}`,
    side: what === 'unknown' ? 'unknown' : what.kind,
    read,
    of: bytes.length,
    exact,
    reasons,
  }
}

const noField = { length: { is: 'exactly', count: 1, unit: 'byte' }, of: 'b', is: '' } as const

/** Bytes up to where reading stopped, and without what follows the last field. */
function readOf(decoded: Decoded, all: number): number {
  if (!decoded.ok) return decoded.atByte
  const left = decoded.remarks.find(({ path }) => path === 'end')
  return left === undefined ? all : all - Number(/^\d+/.exec(left.says)?.[0] ?? 0)
}

/** A message that was read can always be written, but what was odd about it may be what we cannot write. */
function isWrittenAlike(codec: Codec, message: Message, bytes: Uint8Array): boolean {
  try {
    return Buffer.from(codec.encode(message, { from: 'mti', spans: false }).frame).equals(bytes)
  } catch (thrown) {
    if (thrown instanceof Error) return false
    throw thrown
  }
}

/** Values that only a right reading would give: a card number with its check digit, a currency that exists, a time that there is. */
export function sensible({ fields }: Pick<Message, 'fields'>): Readonly<{ weight: number; reasons: readonly string[] }> {
  const { pan, currency, field49, localDate, localTime, sentAt, expiry, terminalId, track2 } = fields
  const reasons: string[] = []
  let weight = 0
  const card = pan ?? /^\d+/.exec(track2 ?? '')?.[0]
  if (card !== undefined) {
    const luhn = /^\d{12,19}$/.test(card) && passesLuhn(card)
    weight += luhn ? 6 : -3
    if (luhn) reasons.push('the card number passes its check digit')
  }
  const money = currency ?? field49
  if (money !== undefined && currencyByNumber(money) !== undefined) {
    weight += 2
    reasons.push(`currency ${money} exists`)
  }
  const due: readonly (readonly [string | undefined, RegExp])[] = [
    [localDate, monthDay],
    [localTime, /^(\d{6})?([01]\d|2[0-3])[0-5]\d[0-5]\d$/],
    [sentAt, /^(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])[0-5]\d[0-5]\d$/],
    [expiry, /^\d\d(0[1-9]|1[0-2])$/],
    [terminalId, /^[\x20-\x7e]+$/],
  ]
  for (const [value, form] of due) if (value !== undefined) weight += form.test(value) ? 2 : -3
  return { weight, reasons }
}

const monthDay = /^(\d\d)?(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/
