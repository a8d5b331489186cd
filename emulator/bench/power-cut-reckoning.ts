import type { LedgerPosting, LedgerTransaction, LedgerView } from '../values/ledger-view.ts'
import type { Shop } from './power-cut-shop.ts'
import type { Deal, Told } from './power-cut-told.ts'

/**
 * Where the acquirer's books differ from what the operator was told and from the till's own log, in sentences; none when all is well.
 *
 * Every purchase has cost its cardholder nothing or its amount, never twice, as the operator was told last. A void stands if it was told as approved. A
 * refund is credited once if it was told as approved, at most once if its result stayed unknown, else not at all. Every end was told once, and
 * never two ways.
 */
export async function differences(shop: Shop): Promise<readonly string[]> {
  const view = await shop.ledger()
  const { told } = shop
  return [
    ...[...told.deals.values()].flatMap(deal => [...ofDeal(deal, told, view), ...ofTelling(deal)]),
    ...told.unseen.map(end => `an end was not shown: ${end}`),
    ...ofStrangers(told, view),
    ...ofTill(shop, view),
    ...ofBatches(shop, view),
  ]
}

function ofDeal({ kind, trace, told: words }: Deal, told: Told, view: LedgerView): readonly string[] {
  const mine = view.transactions.filter(one => one.trace === trace && one.operation === kind)
  const says = words.join(', then ') || 'nothing'
  const moved = sum(mine.map(one => (kind === 'sale' ? debitsOf(one, view) : standingOf(one, view))))
  const due = kind === 'sale' ? told.debits(trace) : told.approved(trace) ? 1n : 0n
  const unknown = kind === 'refund' && words.at(-1) === 'unresolved'
  if (moved === due || (unknown && moved === 1n)) return []
  const voided = told.voided(trace) ? ', later voided' : ''
  return [`${kind} ${trace} was told as ${says}${voided}: due ${due}, but it moved money ${moved} times`]
}

/** A result may stay unknown and be learnt later of a refund alone; everything else ends once, and the same end may be shown again after a restart. */
function ofTelling({ kind, trace, told }: Deal): readonly string[] {
  if (told.length === 0) return [`${kind} ${trace} never came to an end`]
  const ends = new Set(kind === 'refund' ? told.filter((word, at) => word !== 'unresolved' || at === told.length - 1) : told)
  return ends.size === 1 ? [] : [`${kind} ${trace} was told two ways: ${told.join(', then ')}`]
}

/** Money that moved without anybody at the till knowing of it. */
function ofStrangers({ deals }: Told, { transactions, postings }: LedgerView): readonly string[] {
  return transactions
    .filter(({ id, trace }) => !deals.has(trace) && postings.some(({ transaction }) => transaction === id))
    .map(({ operation, trace }) => `the acquirer has a ${operation} ${trace} that the operator knows nothing of`)
}

/** Nothing is left over: no reversal, no open settlement, and both sides are in the same open batch. */
function ofTill({ store }: Shop, { batches, transactions }: LedgerView): readonly string[] {
  const found: string[] = store.due.map(({ record }) => `the reversal of ${record.operation} ${record.trace} is still due`)
  if (store.settlement !== undefined) found.push(`settlement of batch ${store.settlement.batch} is still open`)
  const terminalId = transactions[0]?.terminalId
  const current = batches.findLast(one => one.terminalId === terminalId)
  if (current !== undefined && (current.state !== 'open' || current.batch !== store.batch))
    found.push(`the till is in batch ${store.batch}, the acquirer in ${current.batch}, ${current.state}`)
  return found
}

/** Both sides closed each batch with the same sum. They may differ where a refund without an answer was credited: the till cannot count it. */
function ofBatches({ settlements, told }: Shop, { batches }: LedgerView): readonly string[] {
  const unknown = [...told.deals.values()].some(({ kind, told: words }) => kind === 'refund' && words.includes('unresolved'))
  return settlements.flatMap(({ batch, net, balanced }) => {
    const closed = batches.find(one => one.batch === batch && one.state === 'closed')
    if (closed === undefined) return [`the till has closed batch ${batch}, the acquirer has not`]
    if (!balanced && !unknown) return [`batch ${batch} did not balance`]
    return closed.settled === net.toString() ? [] : [`batch ${batch}: the till makes it ${net}, the acquirer ${closed.settled}`]
  })
}

/** How often a sale stands against its cardholder: its own posting, less what undoes it, plus what undoes that. Refunds are another matter. */
function debitsOf(sale: LedgerTransaction, { postings }: LedgerView): bigint {
  const family = new Set<number>()
  let paid = 0n
  for (const posting of postings) {
    const own = posting.kind === 'sale' && posting.transaction === sale.id
    const undoes = posting.kind !== 'refund' && posting.of !== undefined && family.has(posting.of)
    if (!own && !undoes) continue
    family.add(posting.id)
    paid -= cardLegOf(posting)
  }
  const minor = BigInt(sale.minor)
  if (minor === 0n || paid % minor !== 0n) throw new RangeError(`sale ${sale.trace} of ${minor} has cost ${paid}`)
  return paid / minor
}

/** How many postings of a void or refund stand. */
function standingOf({ id, operation }: LedgerTransaction, { postings }: LedgerView): bigint {
  const own = postings.filter(({ kind, transaction }) => kind === operation && transaction === id)
  return sum(own.map(posting => (postings.some(({ kind, of }) => kind === 'reversal' && of === posting.id) ? 0n : 1n)))
}

const cardLegOf = ({ legs }: LedgerPosting): bigint =>
  sum(legs.filter(({ account }) => account.startsWith('card:')).map(({ minor }) => BigInt(minor)))

const sum = (of: readonly bigint[]): bigint => of.reduce((total, one) => total + one, 0n)
