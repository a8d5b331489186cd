import { type Deed, type GivenBack, OfficeMoney, sumsGivenBack } from './office.ts'
import {
  answer,
  anyAnswer,
  approves,
  byNumber,
  closes,
  type Exchange,
  endsBatch,
  maskIn,
  type Of,
  type OperationScope,
  resultCode,
  type Scope,
} from './scope.ts'

/** Whether a transaction counts: certainly, certainly not, or not known until something resolves it. */
export type Standing = 'live' | 'none' | 'unknown'

/** A transaction with money effect, as the messages so far have it. */
export type Movement = {
  readonly exchange: Exchange
  readonly kind: 'debit' | 'credit' | 'void'
  readonly card: string
  readonly minor: bigint
  /** Of a void: the debit or credit that it undoes; absent when no such transaction was ever seen. */
  readonly undoes?: Movement
  /** What a linked refund gives back. */
  readonly returns?: Movement
  standing: Standing
  settled: boolean
  /** Of a void that is not answered yet: its original is in doubt because of it. */
  doubts: boolean
  /** Its reversal was answered before it arrived: whatever it is answered, it must not take effect any more. */
  overtaken: boolean
  /** What was done about it in the merchant's back office, as far as that moved its money or may have. */
  readonly deeds: Deed[]
  givenBack: GivenBack
}

/** What each card should have moved by since the scenario began: one sum, or several while answers are out. */
export type Position = Readonly<{ of: (card: string) => readonly bigint[] }>

export type MoneyBook = Readonly<{
  cards: readonly string[]
  /** The position at a view. */
  at: (entry: Of<'view'>) => Position
  movements: readonly Movement[]
}>

/** Many rows ask about the same reading. */
const books = new WeakMap<Scope, MoneyBook>()

/**
 * Folds what was sent and answered into positions. The same scope gives the same book.
 *
 * An approved sale debits; an approved refund credits; an approved void undoes its original; an acknowledged reversal undoes its original once,
 * if that had an effect. A swallowed reply counts, because the acquirer has acted; a lost request does not; one without an answer is unknown.
 * What a back office calls voided or refunded undoes or gives back its sale.
 */
export function moneyBook(scope: Scope): MoneyBook {
  const book = books.get(scope) ?? folded(scope)
  books.set(scope, book)
  return book
}

function folded(scope: Scope): MoneyBook {
  const movements: Movement[] = []
  const positions = new Map<string, Position>()
  const exchanges = new Map(scope.exchanges.map(exchange => [exchange.number, exchange]))
  const owners = trackOwners(scope)
  const offices = new OfficeMoney()
  for (const entry of scope.entries) {
    if (entry.is === 'sent') open(scope, exchanges.get(entry.exchange), movements, owners)
    else if (entry.is === 'received') resolve(scope, exchanges.get(entry.exchange), entry, movements)
    else if (entry.is === 'office') offices.apply(entry, movements)
    else if (entry.is === 'view') positions.set(entry.id, positionOf(movements))
  }
  const seen = [
    ...movements.map(movement => movement.card),
    ...scope.operations.flatMap(operation => maskIn(operation.began.card) ?? []),
  ]
  const cards = [...new Set(seen)].filter(card => card !== '')
  return { cards, movements, at: entry => positions.get(entry.id) ?? positionOf(movements) }
}

function positionOf(movements: readonly Movement[]): Position {
  const frozen = movements.map(movement => ({ card: movement.card, possible: effects(movement) }))
  return {
    of: card =>
      frozen
        .filter(movement => movement.card === card)
        .reduce<bigint[]>((sums, { possible }) => [...new Set(sums.flatMap(sum => possible.map(effect => sum + effect)))], [0n]),
  }
}

/** A void counts through what it undoes, so it has no effect of its own. */
function effects(movement: Movement): bigint[] {
  if (movement.kind === 'void') return [0n]
  const full = movement.kind === 'debit' ? -movement.minor : movement.minor
  const own = movement.standing === 'unknown' ? [0n, full] : movement.standing === 'live' ? [full] : [0n]
  return own.flatMap(minor => sumsGivenBack(movement.givenBack).map(given => minor + given))
}

function open(scope: Scope, exchange: Exchange | undefined, movements: Movement[], owners: ReadonlyMap<string, string>): void {
  if (exchange === undefined) return
  const kind = kindOf(exchange)
  if (kind === undefined || earlierWithSameKey(exchange, movements) !== undefined) return
  const operation = byNumber(scope, exchange.operation)
  const original = originalOf(scope, operation, exchange, movements)
  const answered = answer(exchange) !== undefined || exchange.others.length > 0
  movements.push({
    exchange,
    kind,
    card: cardOf(exchange, operation, owners) ?? original?.card ?? '',
    minor: minorOf(exchange.sent.fields.amount),
    ...(kind === 'void' && original !== undefined ? { undoes: original } : {}),
    ...(kind === 'credit' && original !== undefined ? { returns: original } : {}),
    standing: exchange.lost && !answered ? 'none' : 'unknown',
    settled: false,
    doubts: false,
    overtaken: false,
    deeds: [],
    givenBack: { sure: 0n, perhaps: [] },
  })
  const movement = movements.at(-1)
  if (movement?.kind !== 'void' || movement.standing !== 'unknown' || movement.undoes?.standing !== 'live') return
  movement.undoes.standing = 'unknown'
  movement.doubts = true
}

function kindOf(exchange: Exchange): Movement['kind'] | undefined {
  if (exchange.name === 'sale' || exchange.name === 'complete') return 'debit'
  if (exchange.name === 'refund') return 'credit'
  return exchange.name === 'void' || exchange.name === 'completionVoid' ? 'void' : undefined
}

function resolve(scope: Scope, exchange: Exchange | undefined, reply: Of<'received'>, movements: Movement[]): void {
  if (exchange === undefined || reply.standing === 'in progress' || reply.standing === 'unreadable') return
  if (exchange.name === 'reverse') reversed(scope, exchange, reply, movements)
  else if (exchange.name === 'upload' || exchange.name === 'settle') settled(scope, exchange, reply, movements)
  else answered(scope, exchange, reply, movements)
}

function answered(scope: Scope, exchange: Exchange, reply: Of<'received'>, movements: readonly Movement[]): void {
  if (scope.codes.inProgress.includes(resultCode(reply) ?? '')) return
  if ((reply.standing === 'foreign' || reply.standing === 'unsolicited') && anyAnswer(exchange) !== reply) return
  const late = reply.standing === 'late' ? earlierWithTrace(reply, movements) : undefined
  const movement = late ?? movements.find(one => one.exchange.number === exchange.number) ?? lostOriginalOf(exchange, movements)
  if (movement === undefined || movement.standing !== 'unknown') return
  movement.standing = approves(scope, reply) ? 'live' : 'none'
  if (movement.kind === 'void') undo(movement)
}

/** An answered void settles what its original stands at. */
function undo(movement: Movement): void {
  if (movement.undoes === undefined) return
  if (movement.standing === 'live') movement.undoes.standing = 'none'
  else if (movement.doubts) movement.undoes.standing = 'live'
}

function reversed(scope: Scope, exchange: Exchange, reply: Of<'received'>, movements: readonly Movement[]): void {
  if (reply.standing !== 'matched' && reply.standing !== 'swallowed' && reply.standing !== 'late') return
  const original = earlierWithSameKey(exchange, movements)
  if (original === undefined || original.minor !== minorOf(exchange.sent.fields.amount)) return
  if (original.exchange.lost && original.standing === 'none') original.overtaken = resultCode(reply) !== undefined
  if (original.standing === 'none' || !namesSameCard(exchange, original)) return
  if (!approves(scope, reply)) {
    // Nothing to reverse: what was not known to have happened did not happen. "Try again" says nothing of it.
    const code = resultCode(reply)
    if (original.standing === 'unknown' && code !== undefined && !scope.codes.misleading.includes(code)) revive(original, 'none')
    return
  }
  revive(original, 'none')
}

/** The reversal of a void brings its original back. */
function revive(movement: Movement, standing: Standing): void {
  const undid = movement.kind === 'void' && (movement.standing === 'live' || movement.doubts)
  movement.standing = standing
  if (undid && movement.undoes !== undefined) movement.undoes.standing = 'live'
}

function settled(scope: Scope, exchange: Exchange, reply: Of<'received'>, movements: readonly Movement[]): void {
  if (!endsBatch(scope)(exchange) || !closes(scope, reply)) return
  for (const movement of movements) if (sameBatch(movement.exchange, exchange)) movement.settled = true
}

const sameBatch = (one: Exchange, other: Exchange): boolean =>
  ['terminalId', 'merchantId', 'batch'].every(name => one.sent.fields[name] === other.sent.fields[name])

/** The key of a request: terminal, merchant, batch and trace. */
export const sameKey = (one: Exchange, other: Exchange): boolean =>
  sameBatch(one, other) && one.sent.fields.trace === other.sent.fields.trace

const earlierWithSameKey = (exchange: Exchange, movements: readonly Movement[]): Movement | undefined =>
  movements.find(movement => movement.exchange.number !== exchange.number && sameKey(movement.exchange, exchange))

function earlierWithTrace(reply: Of<'received'>, movements: readonly Movement[]): Movement | undefined {
  return movements.findLast(
    ({ exchange }) =>
      exchange.sent.fields.trace === reply.fields.trace && exchange.sent.fields.terminalId === reply.fields.terminalId,
  )
}

/** The repeat of a request that never arrived is the first that the acquirer sees; unless its reversal was there before it. */
function lostOriginalOf(exchange: Exchange, movements: readonly Movement[]): Movement | undefined {
  const first = earlierWithSameKey(exchange, movements)
  if (first?.exchange.lost && first.standing === 'none' && !first.overtaken) first.standing = 'unknown'
  return first
}

function originalOf(
  scope: Scope,
  operation: OperationScope | undefined,
  exchange: Exchange,
  movements: readonly Movement[],
): Movement | undefined {
  const { originalTrace, originalBatch, terminalId } = exchange.sent.fields
  const named = movements.findLast(
    ({ exchange: earlier }) =>
      earlier.sent.fields.trace === originalTrace &&
      (originalBatch === undefined || earlier.sent.fields.batch === originalBatch) &&
      earlier.sent.fields.terminalId === terminalId,
  )
  const meant = byNumber(scope, operation?.of)
  return named ?? movements.find(movement => movement.exchange.operation === meant?.number && movement.kind !== 'void')
}

function namesSameCard(exchange: Exchange, original: Movement): boolean {
  const named = maskIn(exchange.sent.fields.pan)
  return named === undefined || original.card === '' || named === original.card
}

const minorOf = (digits: string | undefined): bigint => (digits !== undefined && /^\d+$/.test(digits) ? BigInt(digits) : 0n)

/** Track tokens and the cards that replies gave for them. */
function trackOwners(scope: Scope): Map<string, string> {
  const owners = new Map<string, string>()
  for (const exchange of scope.exchanges) {
    const track = exchange.sent.fields.track2
    const card = maskIn(exchange.sent.fields.pan) ?? maskIn(answer(exchange)?.fields.pan)
    if (track !== undefined && card !== undefined && !owners.has(track)) owners.set(track, card)
  }
  return owners
}

function cardOf(
  exchange: Exchange,
  operation: OperationScope | undefined,
  owners: ReadonlyMap<string, string>,
): string | undefined {
  const track = exchange.sent.fields.track2
  return (
    maskIn(exchange.sent.fields.pan) ??
    (operation?.own.includes(exchange) ? maskIn(operation.began.card) : undefined) ??
    (track === undefined ? undefined : owners.get(track)) ??
    maskIn(answer(exchange)?.fields.pan)
  )
}
