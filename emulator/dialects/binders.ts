import type { Request } from '../values/request.ts'
import { originalOf } from './binders-original.ts'
import { additionalDataOf, totalOf } from './binders-totals.ts'
import type { Dialect, MessageRow } from './dialect.ts'
import { clockAt, dateOf, timeOf, yearOf } from './instant.ts'

/**
 * What only the bench can add to a request: cryptograms made with the keys, and for a reversal after an answer with a bad MAC the date
 * that stood in that answer. Tracks here take the place of the card's own, which are clear. `zone`: of local times; UTC unless given.
 */
export type Facts = Readonly<{ pinBlock?: string; track2?: string; track3?: string; answerDate?: string; zone?: string }>

export type Asked = Readonly<{ dialect: Dialect; request: Request; facts: Facts; row: MessageRow }>

/** Says what stands in a field, or nothing. */
export type Binder = (asked: Asked) => string | undefined

/** A card that was swiped sends its track; any other sends its number. */
const swiped = ({ request }: Asked) => (request.card?.entry === 'swiped' ? request.card : undefined)

/** By the names that dialects give to their fields; a dialect has the ones that it has. */
export const binders: Readonly<Record<string, Binder>> = {
  pan: ({ request: { card } }) => (card && card.entry !== 'swiped' ? card.pan.reveal() : undefined),
  processingCode: ({ row }) => row.identity.processingCode,
  amount: ({ request: { amount }, dialect }) =>
    dialect.fields.amount?.length.is === 'up to' ? amount?.minor.toString() : amount?.toDigits(),
  sentAt: sentAtOf,
  trace: ({ request }) => request.trace,
  localTime: asked => localOf(asked, timeOf),
  localDate: asked => localOf(asked, dateOf),
  localDateTime: asked => localOf(asked, clock => yearOf(clock) + dateOf(clock) + timeOf(clock)),
  expiry: ({ request: { card } }) => (card && card.entry !== 'swiped' ? card.expiry : undefined),
  entryMode: entryModeOf,
  functionCode: ({ row }) => row.identity.functionCode,
  conditionCode: ({ row }) => row.identity.conditionCode ?? '00',
  pinCapture: ({ facts, dialect }) => (facts.pinBlock === undefined ? undefined : String(dialect.settings.pinCapture ?? '12')),
  originalAmounts: ({ request }) => request.amount?.toDigits().concat('0'.repeat(12)),
  acquirerId: ({ dialect }) => knownAcquirer(dialect),
  track2: asked => asked.facts.track2 ?? swiped(asked)?.track2.reveal(),
  track3: asked => asked.facts.track3 ?? swiped(asked)?.track3?.reveal(),
  reference: ({ request }) => request.original?.reference,
  approvalCode: ({ request }) => request.original?.approvalCode,
  resultCode: reasonOf,
  messageReason: asked => (asked.request.operation === 'void' ? merchantInitiated : reasonOf(asked)),
  reason: reasonOf,
  of: ({ row }) => row.of,
  terminalId: ({ request, dialect }) => filled(dialect, 'terminalId', request.terminalId),
  merchantId: ({ request, dialect }) => filled(dialect, 'merchantId', request.merchantId),
  currency: ({ request }) => request.amount?.currency.numeric ?? request.totals?.domestic.debit.currency.numeric ?? '156',
  pinBlock: ({ facts }) => facts.pinBlock,
  securityControl: securityControlOf,
  batch: ({ request }) => request.batch,
  private60: private60Of,
  original: originalOf,
  originalBatch: ({ request }) => request.original?.batch,
  originalTrace: ({ request }) => request.original?.trace,
  originalDate: ({ request }) => request.original?.date,
  operator: ({ request }) => request.operator,
  private63: private63Of,
  networkCode: ({ row }) => row.identity.networkCode,
  additionalData: additionalDataOf,
  ...totalOf,
}

/** When it leaves, MMDDhhmmss in UTC. */
function sentAtOf({ request: { at } }: Asked): string | undefined {
  if (at === undefined) return undefined
  const clock = clockAt(at, 'UTC')
  return dateOf(clock) + timeOf(clock)
}

/** The local date and time: of a reversal those of what it reverses. */
function localOf({ request, facts }: Asked, written: (clock: ReturnType<typeof clockAt>) => string): string | undefined {
  const at = request.reversal?.at ?? request.at
  return at === undefined ? undefined : written(clockAt(at, facts.zone ?? 'UTC'))
}

/** Why a void is sent that is a kind of reversal. @source requirement catalogue, section 3, reasons of field 25 */
const merchantInitiated = '4351'

/** Why a reversal is sent; other requests have no reason. */
function reasonOf({ request: { reversal }, dialect }: Asked): string | undefined {
  return reversal && dialect.codes.reversalReasons[reversal.reason]
}

/** A text that fills its field, where that has one length. */
function filled(dialect: Dialect, name: string, text: string): string {
  const length = dialect.fields[name]?.length
  return length?.is === 'exactly' ? text.padEnd(length.count) : text
}

function knownAcquirer({ settings }: Dialect): string | undefined {
  const id = settings.acquirerId
  return id === undefined || /^0*$/.test(String(id)) ? undefined : String(id)
}

function entryModeOf({ dialect, request: { card, reversal }, facts }: Asked): string | undefined {
  if (!card) return undefined
  const pin = reversal ? reversal.pinEntered : facts.pinBlock !== undefined
  if (dialect.fields.entryMode?.length.count === 12) return pointOfService(card.entry, pin)
  return `${card.entry === 'swiped' ? '02' : '01'}${pin ? '1' : '2'}`
}

/**
 * Twelve positions: what the terminal can read (2 stripe) and authenticate (1 PIN), that it keeps no card, stands in an attended shop; cardholder and
 * card present or not; how the number came in (2 stripe, 6 keyed), who was asked for a PIN; no writing to cards; printing and display; 12 PIN digits.
 *
 * @source ISO 8583:1993, point of service data code
 */
function pointOfService(entry: 'swiped' | 'keyed' | 'absent', pin: boolean): string {
  const card = entry === 'absent' ? '10' : '01'
  return `2101${card}${entry === 'swiped' ? '2' : '6'}${pin ? '13' : '00'}14C`
}

/** Form of the PIN block, algorithm, track encryption; only where a PIN is sent, or a track that could be encrypted. */
function securityControlOf(asked: Asked): string | undefined {
  const { facts, dialect } = asked
  const track = dialect.settings.trackEncryption === undefined ? undefined : (facts.track2 ?? swiped(asked)?.track2)
  if (facts.pinBlock === undefined && track === undefined) return undefined
  const form = facts.pinBlock === undefined ? '0' : dialect.settings.pinBlock === 'without PAN' ? '1' : '2'
  const algorithm = (dialect.settings.signInKeys ?? dialect.settings.keyLayout) === '001' ? '0' : '6'
  return `${form}${algorithm}${dialect.settings.trackEncryption === true && track !== undefined ? '1' : '0'}`.padEnd(16, '0')
}

/** Type, batch and function. Management messages stop after the network code, financial ones where the setting says. */
function private60Of({ request, row, dialect }: Asked): string {
  const { typeCode = '00', networkCode } = row.identity
  if (networkCode !== undefined) return typeCode + request.batch + networkCode
  return `${typeCode}${request.batch}000${dialect.settings.readCapability}00000`.slice(0, Number(dialect.settings.field60Length))
}

/** The operator at a sign-in or settlement; the card company, unknown to a terminal, at a refund. */
function private63Of({ request: { operation, operator } }: Asked): string | undefined {
  if (operation === 'refund') return '000'
  return operation === 'signIn' || operation === 'settle' ? (operator ?? '01').padEnd(3) : undefined
}
