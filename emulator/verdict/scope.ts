import { hasMessageFor } from '../dialects/offers.ts'
import { says } from '../dialects/says.ts'
import type { Entry } from '../journal/entry.ts'
import type { Profile } from '../profile/profile.ts'
import { type CodeSets, codeSetsOf } from './codes.ts'
import type { Evidence } from './verdict.ts'

/** An entry of one kind. */
export type Of<K extends Entry['is']> = Extract<Entry, { is: K }>

/** One request and whatever came of it. */
export type Exchange = Readonly<{
  number: number
  operation: number
  terminal: string
  name: Of<'sent'>['name']
  sent: Of<'sent'>
  /** The reply that the terminal took. */
  received?: Of<'received'>
  /** The reply that our own line took away after the acquirer had answered. */
  swallowed?: Of<'received'>
  /** What else arrived meanwhile: foreign, late, unsolicited, in progress, unreadable. */
  others: readonly Of<'received'>[]
  /** Nothing more came: silence, a close or a failure of the line. */
  silence?: Of<'line'>
  /** What our own line did to it. */
  fault?: Of<'line'>
  /** Our own line kept the request from the acquirer. */
  lost: boolean
}>

/** One operation at a till, with all that belongs to it, in the order of the journal. */
export type OperationScope = Readonly<{
  number: number
  began: Of<'operation began'>
  name: Of<'operation began'>['name']
  role: Of<'operation began'>['role']
  of?: number
  special?: string
  terminal: string
  merchantId: string
  terminalId: string
  exchanges: readonly Exchange[]
  /** Those that carry the operation itself; not the reversals and sign-ins that the terminal sent on the way. */
  own: readonly Exchange[]
  lines: readonly Of<'line'>[]
  outcome?: Of<'outcome'>
  slips: readonly Of<'slip'>[]
  keys: readonly Of<'key'>[]
  displays: readonly Of<'display'>[]
  events: readonly Of<'terminal'>[]
}>

/** The reading of one scenario's journal. It holds no bytes, no host notes and no verdicts. */
export type Scope = Readonly<{
  entries: readonly Entry[]
  profile: Profile
  codes: CodeSets
  began?: Of<'scenario began'>
  claim?: Of<'claim'>
  operations: readonly OperationScope[]
  exchanges: readonly Exchange[]
  views: readonly Of<'view'>[]
  events: readonly Of<'terminal'>[]
  /** What was done in back offices. */
  deeds: readonly Of<'office'>[]
}>

/**
 * Reads the entries of one scenario.
 *
 * `claim`: the claim that is being judged; entries after it are not read. Host notes and verdicts are never read.
 */
export function scopeOf(entries: readonly Entry[], profile: Profile, claim?: Of<'claim'>): Scope {
  const end = claim === undefined ? -1 : entries.findIndex(entry => entry.id === claim.id)
  const visible = (end < 0 ? entries : entries.slice(0, end + 1)).filter(
    entry => entry.is !== 'host note' && entry.is !== 'verdict',
  )
  const exchanges = exchangesOf(visible)
  const began = visible.find(entry => entry.is === 'scenario began')
  return {
    entries: visible,
    profile,
    codes: codeSetsOf(profile.speaks),
    ...(began === undefined ? {} : { began }),
    ...(claim === undefined ? {} : { claim }),
    operations: operationsOf(visible, exchanges),
    exchanges,
    views: visible.filter(entry => entry.is === 'view'),
    events: visible.filter(entry => entry.is === 'terminal'),
    deeds: visible.filter(entry => entry.is === 'office'),
  }
}

const losing: ReadonlySet<string> = new Set(['loses the request', 'cuts before sending', 'refuses the connection'])

function exchangesOf(entries: readonly Entry[]): Exchange[] {
  const requests = entries.filter(entry => entry.is === 'sent')
  const replies = entries.filter(entry => entry.is === 'received')
  const lines = entries.filter(entry => entry.is === 'line')
  return requests.map(sent => {
    const mine = replies.filter(reply => reply.exchange === sent.exchange)
    const events = lines.filter(line => line.exchange === sent.exchange)
    const received = mine.find(reply => reply.standing === 'matched')
    const swallowed = mine.find(reply => reply.standing === 'swallowed')
    const silence = events.find(line => line.event !== 'fault')
    const fault = events.find(line => line.event === 'fault' || line.fault !== undefined)
    return {
      number: sent.exchange,
      operation: sent.operation,
      terminal: sent.terminal,
      name: sent.name,
      sent,
      ...(received === undefined ? {} : { received }),
      ...(swallowed === undefined ? {} : { swallowed }),
      others: mine.filter(reply => reply.standing !== 'matched' && reply.standing !== 'swallowed'),
      ...(silence === undefined ? {} : { silence }),
      ...(fault === undefined ? {} : { fault }),
      lost: fault?.fault !== undefined && losing.has(fault.fault),
    }
  })
}

function operationsOf(entries: readonly Entry[], exchanges: readonly Exchange[]): OperationScope[] {
  const open = new Map<string, number>()
  const pressed = new Map<number, Of<'key'>[]>()
  const shown = new Map<number, Of<'display'>[]>()
  const add = <T>(to: Map<number, T[]>, terminal: string, entry: T): void => {
    const operation = open.get(terminal)
    if (operation !== undefined) to.set(operation, [...(to.get(operation) ?? []), entry])
  }
  for (const entry of entries) {
    if (entry.is === 'operation began') open.set(entry.terminal, entry.operation)
    else if (entry.is === 'key') add(pressed, entry.terminal, entry)
    else if (entry.is === 'display') add(shown, entry.terminal, entry)
  }
  const belonging = <E extends Entry & { operation?: number }>(all: readonly E[], operation: number): E[] =>
    all.filter(entry => entry.operation === operation)
  const outcomes = entries.filter(entry => entry.is === 'outcome')
  const slips = entries.filter(entry => entry.is === 'slip')
  const lines = entries.filter(entry => entry.is === 'line')
  const events = entries.filter(entry => entry.is === 'terminal')
  return entries
    .filter(entry => entry.is === 'operation began')
    .map(began => {
      const mine = exchanges.filter(exchange => exchange.operation === began.operation)
      const outcome = belonging(outcomes, began.operation).at(-1)
      return {
        number: began.operation,
        began,
        name: began.name,
        role: began.role,
        ...(began.of === undefined ? {} : { of: began.of }),
        ...(began.special === undefined ? {} : { special: began.special }),
        terminal: began.terminal,
        merchantId: began.merchantId,
        terminalId: began.terminalId,
        exchanges: mine,
        own: mine.filter(exchange => exchange.name === began.name || (began.name === 'settle' && exchange.name === 'upload')),
        lines: belonging(lines, began.operation),
        ...(outcome === undefined ? {} : { outcome }),
        slips: belonging(slips, began.operation),
        keys: pressed.get(began.operation) ?? [],
        displays: shown.get(began.operation) ?? [],
        events: belonging(events, began.operation),
      }
    })
}

export const byNumber = (scope: Scope, number: number | undefined): OperationScope | undefined =>
  scope.operations.find(operation => operation.number === number)

export const inRole = (scope: Scope, role: OperationScope['role'], name?: OperationScope['name']): OperationScope[] =>
  scope.operations.filter(operation => operation.role === role && (name === undefined || operation.name === name))

/** What the rule is about, all of one name if one is given. */
export const tested = (scope: Scope, name?: OperationScope['name']): OperationScope[] => inRole(scope, 'tested', name)

/** The operation that the claim names, or the last one under test. */
export function claimed(scope: Scope, name?: OperationScope['name']): OperationScope | undefined {
  const number = scope.claim?.with.operation
  const named = typeof number === 'number' ? byNumber(scope, number) : undefined
  return named !== undefined && (name === undefined || named.name === name) ? named : tested(scope, name).at(-1)
}

/** What an operation refers to: what a void voids. */
export const target = (scope: Scope, operation: OperationScope | undefined): OperationScope | undefined =>
  operation === undefined ? undefined : byNumber(scope, operation.of)

/** The acquirer’s answer, whether or not our own line let it through to the terminal; never one that our own line put in its place. */
export function answer(exchange: Exchange | undefined): Of<'received'> | undefined {
  return exchange?.received?.ours ? exchange.swallowed : (exchange?.received ?? exchange?.swallowed)
}

export const firstOwn = (operation: OperationScope | undefined): Exchange | undefined => operation?.own[0]

export const resultCode = (reply: Of<'received'> | undefined): string | undefined => reply?.fields.resultCode

/** An approving result code. What the terminal makes of the MAC is another matter: the acquirer has acted. */
export function approves(scope: Scope, reply: Of<'received'> | undefined): boolean {
  const code = resultCode(reply)
  return code !== undefined && scope.codes.approved.includes(code)
}

/** Whether transactions are uploaded after their settlement, and an end notice closes the batch; without that the settlement itself closes it. */
export const uploads = ({ profile }: Scope): boolean => hasMessageFor(profile.speaks, 'upload')

/** The request that closes a batch. @source UnionPay POS fact sheet, 4.6 */
export const endsBatch =
  (scope: Scope) =>
  ({ name, sent }: Exchange): boolean =>
    uploads(scope) ? name === 'upload' && ['202', '207'].includes(sent.fields.networkCode ?? '') : name === 'settle'

/** The request that closes a batch was accepted: a settlement also where its answer says that the totals differ. */
export function closes(scope: Scope, reply: Of<'received'> | undefined): boolean {
  const unbalanced = !uploads(scope) && scope.codes.unbalanced.includes(resultCode(reply) ?? '')
  return approves(scope, reply) || unbalanced
}

/** The dialect's rows for the request of an exchange. */
export const rowsOf = ({ profile }: Scope, { name }: Exchange) =>
  profile.speaks.messages.filter(({ operation }) => operation === name)

/** Whether the request of an exchange could have said this in the profile's dialect. */
export const couldSay = (scope: Scope, exchange: Exchange, name: string): boolean =>
  rowsOf(scope, exchange).some(row => says(scope.profile.speaks, row, name))

/** The request of an exchange, and what came of it. */
export function cite(exchange: Exchange): Evidence[] {
  const { sent, fault, silence } = exchange
  const reply = answer(exchange)
  return [
    { entry: sent.id, saw: `${sent.mti} ${sent.name} sent by ${sent.terminal}` },
    ...(fault === undefined ? [] : [{ entry: fault.id, saw: fault.says }]),
    ...(reply === undefined ? exchange.others.map(citeReply) : [citeReply(reply)]),
    ...(reply === undefined && silence !== undefined ? [{ entry: silence.id, saw: silence.says }] : []),
  ]
}

export function citeReply(reply: Of<'received'>): Evidence {
  const code = resultCode(reply)
  return code === undefined
    ? { entry: reply.id, saw: `${reply.mti} ${reply.standing}` }
    : { entry: reply.id, field: 'resultCode', saw: `${reply.mti} ${reply.standing}, ${code}` }
}

export const citeEntry = (entry: Readonly<{ id: string }>, saw: string): Evidence => ({ entry: entry.id, saw })

/**
 * The acquirer's answer, also when the terminal did not take it for some other difference: trace, terminal and merchant are those of the request.
 * A refusal of what a good terminal never sends may come in such a form.
 */
export function anyAnswer(exchange: Exchange): Of<'received'> | undefined {
  const same = (reply: Of<'received'>): boolean =>
    ['trace', 'terminalId', 'merchantId'].every(
      name => reply.fields[name] === undefined || reply.fields[name] === exchange.sent.fields[name],
    )
  return (
    answer(exchange) ??
    exchange.others.find(
      reply =>
        (reply.standing === 'foreign' || reply.standing === 'unsolicited') && resultCode(reply) !== undefined && same(reply),
    )
  )
}

/** A card's mask, first six and last four, out of a token or an account name; undefined where there is none. */
export const maskIn = (text: string | undefined): string | undefined => text?.match(/\d{6}…\d{4}/)?.[0]
