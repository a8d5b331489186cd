import type { MessageRow } from '../dialects/dialect.ts'
import type { Fields } from '../values/message.ts'
import type { Operation, Reversible } from '../values/operation.ts'
import type { Pan } from '../values/pan.ts'
import { Secret } from '../values/secret.ts'

/** A request as the rules see it: decoded, its MAC compared and its PIN block opened, nothing yet judged. */
export type Ask = Readonly<{
  operation: Operation | 'unknown'
  /** Of a reversal: what it undoes. */
  of?: Reversible
  mti: string
  /** The row of the dialect's table that it fits; absent where none does. */
  row?: MessageRow
  /** Which connection it came over, counted from 1; 0 for frames that came over none. */
  line: number
  fields: Fields
  terminalId?: string
  merchantId?: string
  trace?: string
  batch?: string
  /** From field 2 or track 2. */
  pan?: Pan
  /** YYMM, from field 14 or track 2. */
  expiry?: string
  /** Fen. */
  minor?: bigint
  /** `of old keys`: it would have been good before the last sign-in. */
  mac: 'good' | 'of old keys' | 'bad' | 'absent' | 'not due'
  pin: Readonly<{ is: 'absent' }> | Readonly<{ is: 'unreadable' }> | Readonly<{ is: 'entered'; pin: Secret }>
  /** What is wrong with its form, in words. */
  malformed?: string
}>

/**
 * What says which money is to move. A repeat has the same content; date and time, PIN and MAC are no part of it. Secret, for the card number is in it.
 *
 * @source requirement catalogue, section 1, "Content of a request"
 */
export function contentOf(ask: Ask): Secret {
  const { processingCode, amount, conditionCode, reference, typeCode, original, originalBatch, originalTrace } = ask.fields
  const named = original ?? (originalTrace === undefined ? undefined : `${originalBatch}${originalTrace}`)
  const type = ask.row?.request ?? ask.mti
  return new Secret([type, ask.pan?.reveal(), processingCode, amount, conditionCode, reference, typeCode, named].join('/'))
}

/** The key under which a request is remembered, or nothing when it lacks a part of it. */
export function keyOfAsk(ask: Ask): string | undefined {
  const { merchantId, terminalId, batch, trace } = ask
  return merchantId && terminalId && batch && trace ? `${merchantId}/${terminalId}/${batch}/${trace}` : undefined
}
