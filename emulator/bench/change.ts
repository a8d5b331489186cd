import type { Fields, Message } from '../values/message.ts'
import type { WorkingKeys } from '../values/request.ts'

/**
 * What a headstrong terminal does to one message between its tables and the wire, so that a host can be asked what a good terminal never sends.
 * Names are the dialect's own.
 */
export type Change = Readonly<{
  set?: Fields
  drop?: readonly string[]
  /** Of the MAC: made with a wrong key, left out, or made before the message was changed. */
  mac?: 'wrong' | 'missing'
  /** Session keys to use instead of those in the terminal's store. */
  keys?: WorkingKeys
  /** Bytes to do something to after encoding: the last field cut off, the length prefix kept right. */
  bytes?: 'cut short'
}>

export function changed(message: Message, change: Change | undefined): Message {
  if (change === undefined) return message
  const dropped = new Set(change.drop)
  const kept = Object.entries(message.fields).filter(([name]) => !dropped.has(name))
  return { mti: change.set?.mti ?? message.mti, fields: { ...Object.fromEntries(kept), ...withoutType(change.set) } }
}

function withoutType(set: Fields | undefined): Fields {
  if (set === undefined) return {}
  const { mti: _, ...fields } = set
  return fields
}
