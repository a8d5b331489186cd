import type { Fields } from '../values/message.ts'

/** What a till asks, as it stands in the frame that its line sends: `type` and flat business names. */
export type Business = Readonly<{ operation: string; fields: Fields }>

/** Names by which a headstrong till overrides what the mapping would do. They go no further than the mapping. */
export type Overrides = Readonly<{
  /** In place of the idempotency key. */
  key?: string
  /** The signature is made, and then spoilt. */
  breaksSignature: boolean
  /** Added to the clock of whatever is signed or stamped, milliseconds. */
  skewMillis: number
  /** The credential set to act under. */
  party?: string
  /** Each call is made twice at once, with the same bytes. */
  twice: boolean
}>

/** The reserved names, as they stand in a frame. */
export const overrideNames = {
  key: 'overrideKey',
  signature: 'overrideSignature',
  skew: 'overrideSkewMillis',
  party: 'overrideParty',
  twice: 'overrideTwice',
} as const

/**
 * Reads a frame of our own line: a flat JSON object of texts.
 *
 * @throws RangeError when it is not one: then it is our own mistake
 */
export function businessOf(frame: Uint8Array): Business {
  const parsed: unknown = JSON.parse(new TextDecoder().decode(frame))
  if (typeof parsed !== 'object' || parsed === null) throw new RangeError('a frame to be mapped is a JSON object')
  const fields: Record<string, string> = {}
  for (const [name, value] of Object.entries(parsed)) if (typeof value === 'string') fields[name] = value
  const { type: operation, ...rest } = fields
  if (operation === undefined) throw new RangeError('a frame to be mapped has a type')
  return { operation: operation.split('.')[0] ?? operation, fields: rest }
}

/** The frame of a reply: `<type>.reply` and whatever it says. Empty values are left out. */
export function replyFrame(type: string, fields: Readonly<Record<string, string | undefined>>): Uint8Array {
  const said = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '')
  return new TextEncoder().encode(JSON.stringify({ type: `${type}.reply`, ...Object.fromEntries(said) }))
}

export function overridesOf({ fields }: Business): Overrides {
  const { [overrideNames.key]: key, [overrideNames.party]: party } = fields
  return {
    ...(key === undefined ? {} : { key }),
    ...(party === undefined ? {} : { party }),
    breaksSignature: fields[overrideNames.signature] === 'broken',
    twice: fields[overrideNames.twice] === 'yes',
    skewMillis: Number(fields[overrideNames.skew] ?? 0),
  }
}
