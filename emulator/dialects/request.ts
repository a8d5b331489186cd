import { EmulatorError } from '../values/errors.ts'
import type { Message } from '../values/message.ts'
import type { ClassTotals, Request, Totals } from '../values/request.ts'
import type { Dialect, Layout, MessageRow } from './dialect.ts'
import { divide } from './parts.ts'
import { pathOf } from './paths.ts'

/**
 * What only the bench can add to a request: cryptograms made with the keys, and for a reversal after an answer with a bad MAC the date
 * that stood in that answer. Tracks here take the place of the card's own, which are clear.
 */
export type Facts = Readonly<{ pinBlock?: string; track2?: string; track3?: string; answerDate?: string }>

/**
 * Binds a request to the fields of its message: every field that the row of the table names and the request has something for.
 *
 * @throws EmulatorError `MESSAGE_UNKNOWN`; `FIELD_VALUE` when a field that the row demands has nothing to stand in it
 * @source UnionPay POS fact sheet, 3.5, 3.9 to 3.12, 4.2, 4.4 to 4.6
 */
export function toMessage(dialect: Dialect, request: Request, facts: Facts = {}): Message {
  const row = rowFor(dialect, request)
  const asked: Asked = { dialect, request, facts, row }
  const fields: Record<string, string> = {}
  for (const { name, bind, due, layouts } of mentionsOf(dialect, row)) {
    const value = bind?.(asked)
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
  return { mti: row.request, fields }
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

type Asked = Readonly<{ dialect: Dialect; request: Request; facts: Facts; row: MessageRow }>

/** Says what stands in a field, or nothing. */
type Binder = (asked: Asked) => string | undefined

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

/** A card that was swiped sends its track; any other sends its number. */
const swiped = ({ request }: Asked) => (request.card?.entry === 'swiped' ? request.card : undefined)

const binders: Readonly<Record<string, Binder>> = {
  pan: ({ request: { card } }) => (card && card.entry !== 'swiped' ? card.pan.reveal() : undefined),
  processingCode: ({ row }) => row.identity.processingCode,
  amount: ({ request }) => request.amount?.toDigits(),
  trace: ({ request }) => request.trace,
  expiry: ({ request: { card } }) => (card && card.entry !== 'swiped' ? card.expiry : undefined),
  entryMode: entryModeOf,
  conditionCode: ({ row }) => row.identity.conditionCode,
  pinCapture: ({ facts, dialect }) => (facts.pinBlock === undefined ? undefined : String(dialect.settings.pinCapture ?? '12')),
  track2: asked => asked.facts.track2 ?? swiped(asked)?.track2.reveal(),
  track3: asked => asked.facts.track3 ?? swiped(asked)?.track3?.reveal(),
  reference: ({ request }) => request.original?.reference,
  approvalCode: ({ request }) => request.original?.approvalCode,
  resultCode: ({ request, dialect }) => (request.reversal ? dialect.codes.reversalReasons[request.reversal.reason] : undefined),
  terminalId: ({ request, dialect }) => request.terminalId.padEnd(dialect.fields.terminalId?.length.count ?? 0),
  merchantId: ({ request, dialect }) => request.merchantId.padEnd(dialect.fields.merchantId?.length.count ?? 0),
  currency: ({ request }) => request.amount?.currency.numeric ?? request.totals?.domestic.debit.currency.numeric ?? '156',
  pinBlock: ({ facts }) => facts.pinBlock,
  securityControl: securityControlOf,
  private60: private60Of,
  original: originalOf,
  private63: private63Of,
  additionalData: additionalDataOf,
}

function entryModeOf({ request: { card, reversal }, facts }: Asked): string | undefined {
  if (!card) return undefined
  const pin = reversal ? reversal.pinEntered : facts.pinBlock !== undefined
  return `${card.entry === 'swiped' ? '02' : '01'}${pin ? '1' : '2'}`
}

/** Form of the PIN block, algorithm, track encryption; only where a PIN or a track is sent. */
function securityControlOf(asked: Asked): string | undefined {
  const { facts, dialect } = asked
  const track = facts.track2 ?? swiped(asked)?.track2
  if (facts.pinBlock === undefined && track === undefined) return undefined
  const form = facts.pinBlock === undefined ? '0' : dialect.settings.pinBlock === 'without PAN' ? '1' : '2'
  const algorithm = dialect.settings.signInKeys === '001' ? '0' : '6'
  return `${form}${algorithm}${dialect.settings.trackEncryption === true && track !== undefined ? '1' : '0'}`.padEnd(16, '0')
}

/** Type, batch and function. Management messages stop after the network code, financial ones where the setting says. */
function private60Of({ request, row, dialect }: Asked): string {
  const { typeCode = '00', networkCode } = row.identity
  if (networkCode !== undefined) return typeCode + request.batch + networkCode
  return `${typeCode}${request.batch}000${dialect.settings.readCapability}00000`.slice(0, Number(dialect.settings.field60Length))
}

/** Batch and trace of the original, and its date where the message has one. */
function originalOf({ request, facts, dialect }: Asked): string | undefined {
  const { operation, original, reversal, batch, trace } = request
  if (reversal?.of === 'void') {
    const own = dialect.settings.reversalOfVoid61 === 'own'
    return own ? `${batch}${trace ?? ''}` : named(original)
  }
  const kind = reversal?.of ?? operation
  const date = reversal ? (reversal.reason === 'bad MAC' ? (facts.answerDate ?? '0000') : '0000') : original?.date
  if (kind === 'void') return named(original)
  if (kind === 'completionVoid') return date === undefined ? undefined : joined(named(original), date)
  return date === undefined ? undefined : `${'0'.repeat(12)}${date}`
}

function named(original: Request['original']): string | undefined {
  return joined(original?.batch, original?.trace)
}

function joined(first: string | undefined, second: string | undefined): string | undefined {
  return first === undefined || second === undefined ? undefined : first + second
}

/** The operator at a sign-in or settlement; the card company, unknown to a terminal, at a refund. */
function private63Of({ request: { operation, operator } }: Asked): string | undefined {
  if (operation === 'refund') return '000'
  return operation === 'signIn' || operation === 'settle' ? (operator ?? '01').padEnd(3) : undefined
}

function additionalDataOf({ request: { totals, upload } }: Asked): string | undefined {
  if (totals) return totalsOf(totals)
  if (upload?.is === 'end') return String(upload.count).padStart(4, '0')
  if (!upload) return undefined
  const items = upload.items.map(
    item => (item.domestic ? '00' : '01') + item.trace + item.pan.reveal().padStart(20, '0') + item.amount.toDigits(),
  )
  return String(items.length).padStart(2, '0') + items.join('')
}

function totalsOf({ domestic, foreign }: Totals): string {
  return `${classOf(domestic)}0${classOf(foreign)}0`
}

function classOf({ debit, debitCount, credit, creditCount }: ClassTotals): string {
  return debit.toDigits() + String(debitCount).padStart(3, '0') + credit.toDigits() + String(creditCount).padStart(3, '0')
}
