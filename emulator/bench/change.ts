import type { Dialect } from '../dialects/dialect.ts'
import type { Fields, Message } from '../values/message.ts'
import type { WorkingKeys } from '../values/request.ts'

/**
 * What a headstrong terminal does to one message between its tables and the wire, so that a host can be asked what a good terminal never sends.
 * Names are the dialect's own.
 */
export type Change = Readonly<{
  set?: Fields
  drop?: readonly string[]
  /** It becomes a message of a kind that no dialect has. */
  unheardOf?: true
  /** Of the MAC: made with a wrong key, left out, or made before the message was changed. */
  mac?: 'wrong' | 'missing'
  /** Session keys to use instead of those in the terminal's store. */
  keys?: WorkingKeys
}>

/** The message with the change made. A composite whose part is set or dropped is built anew from its parts. */
export function changed(dialect: Dialect, message: Message, change: Change | undefined): Message {
  if (change === undefined) return message
  if (change.unheardOf) return unheardOf(dialect, message)
  const { mti = message.mti, ...set } = change.set ?? {}
  const touched = new Set([...Object.keys(set), ...(change.drop ?? [])])
  const wholes = Object.entries(dialect.layouts).filter(([, layouts]) =>
    layouts.some(layout => layout.parts.some(part => touched.has(part.name))),
  )
  const partsOfDropped = (change.drop ?? []).flatMap(name =>
    (dialect.layouts[name] ?? []).flatMap(layout => layout.parts.map(part => part.name)),
  )
  const partsOfSet = Object.keys(set).flatMap(name =>
    (dialect.layouts[name] ?? []).flatMap(layout => layout.parts.map(part => part.name)),
  )
  const gone = new Set([...(change.drop ?? []), ...partsOfDropped, ...partsOfSet, ...wholes.map(([name]) => name)])
  const kept = Object.entries(message.fields).filter(([name]) => !gone.has(name))
  return { mti, fields: { ...Object.fromEntries(kept), ...set } }
}

/** A type of its own where messages are named, another processing code where they are numbered. */
function unheardOf(dialect: Dialect, message: Message): Message {
  if (dialect.syntax === 'json') return { ...message, mti: 'unheardOf' }
  return { ...message, fields: { ...message.fields, processingCode: '990000' } }
}
