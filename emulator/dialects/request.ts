import { EmulatorError } from '../values/errors.ts'
import type { Message } from '../values/message.ts'
import type { Request } from '../values/request.ts'
import { type Asked, type Binder, binders, type Facts } from './binders.ts'
import type { Dialect, Layout, MessageRow } from './dialect.ts'
import { assemble, divide } from './parts.ts'
import { pathOf } from './paths.ts'

export type { Facts } from './binders.ts'

/**
 * Binds a request to the fields of its message: every field that the row of the table names and the request has something for.
 *
 * @throws EmulatorError `MESSAGE_UNKNOWN`; `FIELD_VALUE` when a field that the row demands has nothing to stand in it
 * @source UnionPay POS fact sheet, 3.5, 3.9 to 3.12, 4.2, 4.4 to 4.6
 */
export function toMessage(dialect: Dialect, request: Request, facts: Facts = {}): Message {
  const row = rowFor(dialect, request)
  const asked = { dialect, request, facts, row }
  const fields: Record<string, string> = {}
  for (const { name, bind, due, layouts } of mentionsOf(dialect, row)) {
    const value = bind?.(asked) ?? row.identity[name] ?? (bind === undefined ? composed(asked, layouts) : undefined)
    if (value !== undefined) {
      fields[name] = value
      if (layouts) for (const piece of divide(layouts, row.request, value).pieces) fields[piece.name] = piece.value
    } else if (due)
      throw new EmulatorError('FIELD_VALUE', {
        path: pathOf(name, dialect.fields[name] ?? {}),
        name,
        because: `a ${request.operation} has to say it`,
      })
  }
  return { mti: request.repeat === true ? (row.repeat ?? row.request) : row.request, fields }
}

/** A field that a row names, and what fills it. `due`: the message cannot be without it. */
type Mention = Readonly<{ name: string; bind: Binder | undefined; due: boolean; layouts: readonly Layout[] | undefined }>

/** Worked out once for each row of a dialect. */
const mentions = new WeakMap<Dialect, Map<MessageRow, readonly Mention[]>>()

function mentionsOf(dialect: Dialect, row: MessageRow): readonly Mention[] {
  const known = mentions.get(dialect) ?? new Map<MessageRow, readonly Mention[]>()
  mentions.set(dialect, known)
  const ready = known.get(row)
  if (ready) return ready
  const made = [...new Set([...row.must, ...row.may])].map(
    (name): Mention => ({
      name,
      bind: Object.hasOwn(binders, name) ? binders[name] : undefined,
      due: row.must.includes(name) && name !== 'mac',
      layouts: dialect.layouts[name],
    }),
  )
  known.set(row, made)
  return made
}

/** A composite that no terminal knows as a whole, of the parts that one knows; or nothing, where they do not make it. */
function composed(asked: Asked, layouts: readonly Layout[] | undefined): string | undefined {
  const layout = layouts?.find(({ of, types }) => of !== 'list' && (types?.includes(asked.row.request) ?? true))
  if (layout === undefined) return undefined
  const given = new Map<string, string>()
  for (const { name } of layout.parts) {
    const value = asked.row.identity[name] ?? (Object.hasOwn(binders, name) ? binders[name]?.(asked) : undefined)
    if (value !== undefined) given.set(name, value)
    else if (layout.of === 'as far as it goes') break
  }
  const made = given.size === 0 ? undefined : assemble([layout], asked.row.request, given)
  return made === undefined || 'because' in made ? undefined : made.whole
}

function rowFor(dialect: Dialect, request: Request): MessageRow {
  const rows = dialect.messages.filter(row => row.operation === request.operation && row.of === request.reversal?.of)
  const code = networkCodeFor(dialect, request)
  const row = rows.length === 1 ? rows[0] : rows.find(one => one.identity.networkCode === code)
  if (!row) throw new EmulatorError('MESSAGE_UNKNOWN', { operation: request.operation, dialect: dialect.id })
  return row
}

function networkCodeFor(dialect: Dialect, { operation, upload }: Request): string {
  const { settings } = dialect
  if (operation === 'signIn') return String(settings.signInKeys)
  if (upload?.is === 'end') return String(upload.balanced ? settings.endNoticeBalanced : settings.endNoticeUnbalanced)
  return '201'
}
