import type { Dialect, FieldTable, Layout, MessageRow } from '../dialects/dialect.ts'
import type { Operation } from '../values/operation.ts'
import { operations, reversible, type WrittenDialect, type WrittenList, type WrittenMessage } from './dialect-form.ts'
import { didYouMean } from './near.ts'
import type { Problem } from './problem.ts'
import type { YamlFile } from './yaml-file.ts'

/** What rows are made of, beside what they say themselves. */
export type Surroundings = Readonly<{
  fields: FieldTable
  layouts: Readonly<Record<string, readonly Layout[]>>
  matchedBy: readonly string[]
  mayBeMissingInRefusal: readonly string[]
}>

export type Messages = Readonly<{ messages: readonly MessageRow[]; problems: readonly Problem[] }>

/** Which way money goes, unless a file says otherwise. */
const counts: Readonly<Record<string, MessageRow['counts']>> = {
  sale: 'debit',
  complete: 'debit',
  void: 'credit',
  completionVoid: 'credit',
  refund: 'credit',
}

/** The messages of a file over those of the dialect that it extends. */
export function messagesOf(
  file: YamlFile,
  written: WrittenDialect,
  base: Pick<Dialect, 'messages'>,
  around: Surroundings,
): Messages {
  const problems: Problem[] = []
  const known = base.messages.map(keyOf)
  const rows = base.messages
    .filter(row => written.messages[keyOf(row)] !== null)
    .map(row => rowOf(row.name, written.messages[keyOf(row)] ?? {}, row, around))
  for (const [name, one] of Object.entries(written.messages)) {
    if (known.includes(name)) continue
    const path = ['messages', name]
    if (one === null) {
      problems.push(file.problem(path, 'CONTRADICTION', `there is no message ${name} to be taken away`, didYouMean(name, known)))
    } else if (one.request === undefined) {
      const hint = 'Add its message type, such as `request: 0200`.'
      problems.push(file.problem(path, 'KEY_MISSING', `\`messages.${name}\` has no request`, hint))
    } else rows.push(rowOf(name, one, undefined, around))
  }
  return { messages: reversibleWhereReversed(rows, written), problems }
}

/** The key of a row in a file: its name, or `reverseSale`, since the reversals of a dialect may share one name. */
export function keyOf({ name, operation, of }: Pick<MessageRow, 'name' | 'operation' | 'of'>): string {
  return operation === 'reverse' && of !== undefined ? reversalKey(of) : name
}

export const reversalKey = (undone: string): string => `reverse${undone.charAt(0).toUpperCase()}${undone.slice(1)}`

function rowOf(name: string, one: WrittenMessage, known: MessageRow | undefined, around: Surroundings): MessageRow {
  const undone = reversible.find(each => reversalKey(each) === name)
  const operation = one.operation ?? known?.operation ?? (isOperation(name) ? name : undone && 'reverse')
  const of = one.of ?? known?.of ?? undone
  const identity = identityOf(one, known)
  const request = one.request ?? known?.request ?? ''
  const repeat = one.repeat ?? (one.request === undefined ? known?.repeat : undefined)
  const must = listed(one.must, known?.must, () => [], around)
  const may = listed(one.may, known?.may, () => [], around)
  const fixed = carriers(Object.keys(identity), around).filter(each => !must.includes(each))
  const asked = [...must, ...fixed]
  const echoes = listed(one.echoes, known?.echoes, () => around.matchedBy.filter(each => asked.includes(each)), around)
  const result = Object.hasOwn(around.fields, 'resultCode') ? ['resultCode'] : []
  const sealed = one.sealed ?? known?.sealed ?? asked.includes('mac')
  const mac = sealed ? ['mac'] : []
  const replyMust = listed(one.replyMust, known?.replyMust, () => [...echoes, ...result, ...mac], around)
  const refused = () => [...echoes.filter(each => !around.mayBeMissingInRefusal.includes(each)), ...result]
  return {
    name,
    ...(operation === undefined ? {} : { operation }),
    ...(of === undefined ? {} : { of }),
    is: one.is ?? known?.is ?? name,
    request,
    ...(repeat === undefined ? {} : { repeat }),
    reply: one.reply ?? (one.request === undefined && known ? known.reply : answering(request)),
    identity,
    must: asked,
    may: one.must === undefined && known ? may : may.filter(each => !asked.includes(each)),
    replyMust,
    refusalMust: listed(one.refusalMust, known?.refusalMust, refused, around),
    replyMay: listed(one.replyMay, known?.replyMay, () => allowed(around.fields, replyMust), around),
    echoes,
    sealed,
    reversible: one.reversible ?? known?.reversible ?? false,
    counts: one.counts ?? known?.counts ?? counts[operation ?? ''] ?? 'no',
  }
}

/** A message that a file has a reversal for is reversed, unless it says otherwise. */
function reversibleWhereReversed(rows: readonly MessageRow[], { messages }: WrittenDialect): readonly MessageRow[] {
  const reversed = new Set<string>(rows.flatMap(({ operation, of }) => (operation === 'reverse' && of ? [of] : [])))
  return rows.map(row => {
    const said = messages[row.name]?.reversible
    const reversible = said ?? (row.reversible || (row.operation !== undefined && reversed.has(row.operation)))
    return { ...row, reversible }
  })
}

function identityOf(one: WrittenMessage, known: MessageRow | undefined): Record<string, string> {
  const identity: Record<string, string> = { ...known?.identity }
  for (const [name, value] of Object.entries(one.identity ?? {})) {
    if (value === null) delete identity[name]
    else identity[name] = value
  }
  return identity
}

/** The fields that carry these names: themselves, or the whole that a part belongs to. */
function carriers(names: readonly string[], { fields, layouts }: Surroundings): readonly string[] {
  const whole = (part: string): string | undefined =>
    Object.entries(layouts).find(([, list]) => list.some(({ parts }) => parts.some(({ name }) => name === part)))?.[0]
  return [...new Set(names.flatMap(name => (Object.hasOwn(fields, name) ? [name] : (whole(name) ?? []))))]
}

/** A list as written, as in the row that is extended (without fields that are no more), or by default. */
function listed(
  written: WrittenList | undefined,
  known: readonly string[] | undefined,
  otherwise: () => readonly string[],
  around: Surroundings,
): readonly string[] {
  if (Array.isArray(written)) return written
  const start = known ? known.filter(name => isThere(name, around)) : otherwise()
  if (written === undefined || !('add' in written)) return start
  const { add, drop } = written
  return [...new Set([...start.filter(name => !drop.includes(name)), ...add])]
}

function isThere(name: string, { fields, layouts }: Surroundings): boolean {
  if (Object.hasOwn(fields, name)) return true
  return Object.values(layouts).some(list =>
    list.some(({ parts, item }) => [...parts, ...(item?.parts ?? [])].some(part => part.name === name)),
  )
}

/** What an answer may carry when nobody says: anything but a track or a PIN block. */
function allowed(fields: FieldTable, must: readonly string[]): readonly string[] {
  return Object.entries(fields)
    .filter(([name, { secret }]) => !must.includes(name) && secret !== 'track' && secret !== 'pinBlock')
    .map(([name]) => name)
}

function answering(request: string): string {
  return String(Number(request) + 10).padStart(4, '0')
}

function isOperation(name: string): name is Operation {
  return operations.some(each => each === name)
}
