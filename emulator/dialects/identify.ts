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
  const request = dialect.messages.find(row => row.request === message.mti && agrees(row, message.fields, 'all there'))
  if (request) return identified(request, 'request')
  const reply =
    dialect.messages.find(row => row.reply === message.mti && agrees(row, message.fields, 'all there')) ??
    dialect.messages.find(row => row.reply === message.mti && agrees(row, message.fields, 'may be absent'))
  return reply ? identified(reply, 'reply') : 'unknown'
}

/** Whether a message of this kind carries a MAC; `false` for an unknown one. */
export function isSealed(dialect: Dialect, message: Message): boolean {
  const what = identify(dialect, message)
  return what !== 'unknown' && what.row.sealed
}

function agrees(row: MessageRow, fields: Fields, how: 'all there' | 'may be absent'): boolean {
  return Object.entries(row.identity).every(([name, value]) => {
    const there = fields[name]
    return there === undefined ? how === 'may be absent' : there === value
  })
}

function identified(row: MessageRow, kind: 'request' | 'reply'): Identified {
  return { row, name: row.name, operation: row.operation ?? 'unknown', kind, ...(row.of ? { of: row.of } : {}) }
}
