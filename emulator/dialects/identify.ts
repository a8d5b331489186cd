import type { Fields, Message } from '../values/message.ts'
import type { Operation, Reversible } from '../values/operation.ts'
import type { Dialect, MessageRow } from './dialect.ts'

/** What a message is: the row of the table, and which side of it. `operation` is `unknown` for rows that no till of ours starts. */
export type Identified = Readonly<{
  row: MessageRow
  name: string
  operation: Operation | 'unknown'
  kind: 'request' | 'reply'
  of?: Reversible
}>

/**
 * Tells a message by its type and the identifying fields of the table.
 *
 * Everything that a row names must stand in a request. A reply may leave identifying fields out (a refusal is short), but not contradict them.
 */
export function identify(dialect: Dialect, message: Message): Identified | 'unknown' {
  const { requests, replies } = kindsOf(dialect, message.mti)
  const found =
    requests.find(kind => agrees(kind, message.fields, 'all there')) ??
    replies.find(kind => agrees(kind, message.fields, 'all there')) ??
    replies.find(kind => agrees(kind, message.fields, 'may be absent'))
  return found ? found.is : 'unknown'
}

/** Whether a message of this kind carries a MAC; `false` for an unknown one. */
export function isSealed(dialect: Dialect, message: Message): boolean {
  const what = identify(dialect, message)
  return what !== 'unknown' && what.row.sealed
}

/** A row as request or as reply, and what identifies it. */
type Kind = Readonly<{ is: Identified; identity: readonly (readonly [name: string, value: string])[] }>

/** Rows whose requests have this type, first copies or further ones. */
export const rowsOfType = (dialect: Dialect, mti: string): readonly MessageRow[] =>
  dialect.messages.filter(row => row.request === mti || row.repeat === mti)

/** Whether a message of this type asks for something. Of types that the dialect does not have, the form tells. */
export const isRequestType = (dialect: Dialect, mti: string): boolean =>
  rowsOfType(dialect, mti).length > 0 || (dialect.syntax === 'json' ? !mti.endsWith('.reply') : /^\d\d[02468]0$/.test(mti))

/** The type of the answer to a request of this type: as the table says, and in the manner of the dialect where it does not have such requests. */
export function replyTypeOf(dialect: Dialect, mti: string): string {
  const [row] = rowsOfType(dialect, mti)
  return row?.reply ?? (dialect.syntax === 'json' ? `${mti}.reply` : `${mti.slice(0, 2)}${Number(mti[2]) + 1}0`)
}

/** What messages of one type can be, in the order of the table. */
type Kinds = Readonly<{ requests: readonly Kind[]; replies: readonly Kind[] }>

/** By message type; worked out once for a dialect. */
const kinds = new WeakMap<Dialect, Map<string, Kinds>>()

function kindsOf(dialect: Dialect, mti: string): Kinds {
  const known = kinds.get(dialect) ?? new Map<string, Kinds>()
  kinds.set(dialect, known)
  const ready = known.get(mti)
  if (ready) return ready
  const made: Kinds = {
    requests: rowsOfType(dialect, mti).map(row => kindOf(row, 'request')),
    replies: dialect.messages.filter(row => row.reply === mti).map(row => kindOf(row, 'reply')),
  }
  if (made.requests.length + made.replies.length > 0) known.set(mti, made)
  return made
}

function kindOf(row: MessageRow, kind: 'request' | 'reply'): Kind {
  const is: Identified = { row, name: row.name, operation: row.operation ?? 'unknown', kind, ...(row.of ? { of: row.of } : {}) }
  return { is, identity: Object.entries(row.identity) }
}

function agrees({ identity }: Kind, fields: Fields, how: 'all there' | 'may be absent'): boolean {
  for (const [name, value] of identity) {
    const there = fields[name]
    if (there === undefined ? how === 'all there' : there !== value) return false
  }
  return true
}
