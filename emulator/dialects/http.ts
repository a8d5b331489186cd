import type { Operation } from '../values/operation.ts'
import type { Dialect, MessageRow } from './dialect.ts'

/** What a mapping says of the interface behind it, as far as messages are concerned. */
export type Mapped = Readonly<{
  /** The operations that it has calls for. */
  operations: ReadonlySet<string>
  /** Of these, those whose answer says a reply in full, under business names. */
  inFull: ReadonlySet<string>
  /** How a batch is closed: by a call, or else. */
  settles: 'call' | 'capture' | 'clock' | 'hook' | 'seeded' | 'none'
  cannot: Readonly<Record<string, string>>
}>

/**
 * The dialect `http` as far as a mapping goes: no messages that it has no calls for, no fields due in a reply that an interface does not say, and
 * a reason for every row that its interface has no place for.
 *
 * Settlement and reversal stay. A till always has a way to close its batch, and one to say that it does not know how a request ended: what
 * becomes of them where there is no call is in the journal.
 */
export function httpOver(dialect: Dialect, { operations, inFull, settles, cannot }: Mapped): Dialect {
  const stays = ({ operation }: MessageRow): boolean =>
    operation === undefined || operations.has(operation) || operation === 'settle' || operation === 'reverse'
  const all = [...operations].every(name => inFull.has(name) || name === 'status')
  return {
    ...dialect,
    messages: dialect.messages.filter(stays).map(row => (isIn(inFull, row.operation) ? row : paired(row))),
    matchedBy: all ? dialect.matchedBy : dialect.matchedBy.filter(name => always.has(name)),
    settings: all ? dialect.settings : { ...dialect.settings, approvalCode: 'sometimes' },
    cannot: { ...dialect.cannot, ...lacking(operations, settles, all), ...cannot },
  }
}

const isIn = (names: ReadonlySet<string>, name: Operation | undefined): boolean => name !== undefined && names.has(name)

/** What the line itself says again, because an HTTP answer is paired with its request by the connection. */
const always: ReadonlySet<string> = new Set(['terminalId', 'merchantId', 'trace', 'batch'])

/** A row whose reply holds what every interface lets us say, and may hold the rest. */
function paired(row: MessageRow): MessageRow {
  const optional = [...row.replyMust, ...row.refusalMust].filter(name => !always.has(name) && name !== 'resultCode')
  const due = (names: readonly string[]): readonly string[] => names.filter(name => always.has(name) || name === 'resultCode')
  return {
    ...row,
    replyMust: due(row.replyMust),
    refusalMust: due(row.refusalMust),
    replyMay: [...new Set([...row.replyMay, ...optional, ...spoken])],
    echoes: row.echoes.filter(name => always.has(name)),
  }
}

/** What a mapping may capture for a reply. */
const spoken = [
  'reference',
  'approvalCode',
  'localTime',
  'localDate',
  'settlementDate',
  'balance',
  'amount',
  'currency',
  'pan',
  'cardCompany',
] as const

const settlementRows = Array.from({ length: 24 }, (_, at) => `SETL-${String(at + 1).padStart(3, '0')}`)

/** Rows that have no place without an operation. */
function lacking(operations: ReadonlySet<string>, settles: Mapped['settles'], inFull: boolean): Readonly<Record<string, string>> {
  const closing: Readonly<Record<Exclude<Mapped['settles'], 'call'>, string>> = {
    capture: 'the interface has no batches: what is captured one by one counts as settled, and there are no totals to compare',
    clock: 'the interface settles by its own clock, and no terminal asks for it',
    hook: 'the interface settles on its own bench, and no terminal asks for it',
    seeded: 'the interface settles at night, and no terminal asks for it',
    none: 'the interface has no settlement that a terminal could ask for',
  }
  const unsettled = settles === 'call' ? {} : Object.fromEntries(settlementRows.map(id => [id, closing[settles]]))
  const late = settles === 'call' || settles === 'capture' ? {} : { 'VOID-009': closing[settles], 'REV-014': closing[settles] }
  return {
    'MSG-012': 'an operation that the mapping has no call for cannot be sent',
    ...(inFull ? {} : { 'MSG-003': 'an answer is paired with its request by the connection, and need not say it again' }),
    ...(operations.has('signIn')
      ? {}
      : { 'TERM-012': 'the interface has no sign-in, without which a terminal would not be ready' }),
    ...(operations.has('echo') ? {} : { 'SIGN-002': 'the interface has no echo test' }),
    ...unsettled,
    ...late,
  }
}
