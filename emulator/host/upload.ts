import { Pan } from '../values/pan.ts'
import { accepting, type Decision, refusing } from './decision.ts'
import type { Upload } from './fact.ts'
import { fundingOf, setAside } from './ledger.ts'
import type { NewPosting } from './posting.ts'
import type { Situation } from './rules.ts'
import { type Counted, countedIn, netOf, resultsIn } from './totals.ts'
import { isDomestic } from './transaction.ts'

/** Network management codes of end notices. Which of them says "balanced" is a setting of the dialect. */
const endNotices = ['207', '202'] as const

/** A message of a batch upload: details, chip results (taken and not judged), or the end notice that closes the batch. */
export function decideUpload(situation: Situation): Decision {
  const { ask, books } = situation
  const { terminalId, batch, trace } = ask
  const digits = ask.fields.additionalData ?? ''
  if (!terminalId || !batch || !trace) return refusing('30', 'the upload lacks its batch or trace')
  const known = books.batches.find(terminalId, batch)
  const code = ask.fields.networkCode
  const ends = endNotices.find(notice => notice === code)
  if (!known) return refusing('77', 'this terminal has no such batch')
  if (known.state === 'closed')
    return ends && isLastClosed(situation, batch)
      ? accepting('the batch is closed already', [], { additionalData: digits })
      : refusing('77', 'the batch is closed')
  if (known.state === 'open') return refusing('77', 'the batch is not being settled')
  if (ends) return decideEnd(situation, terminalId, batch, saysBalanced(situation), known.totals, known.uploads)
  if (code !== '201') return accepting('chip results are taken', [], { additionalData: digits })
  return takeDetails(situation, terminalId, batch, `${terminalId}/${batch}/${trace}/${digits}`)
}

/** One code for both ends says nothing of the totals. */
function saysBalanced({ ask, policy: { endNotice } }: Situation): boolean {
  return endNotice.balanced !== endNotice.unbalanced && ask.fields.networkCode === endNotice.balanced
}

function isLastClosed({ books, ask }: Situation, batch: string): boolean {
  return books.batches.all(ask.terminalId ?? '').findLast(one => one.state === 'closed')?.number === batch
}

function takeDetails(situation: Situation, terminalId: string, batch: string, message: string): Decision {
  const { ask, books, policy } = situation
  const digits = ask.fields.additionalData
  const items = readItems(digits)
  if (!items) return refusing('30', 'the details are not whole items')
  const counted = countedIn(books, policy, terminalId, batch)
  const orphan = items.find(item => !matching(counted, item))
  const effects = books.batches.wasUploaded(message) ? [] : [{ is: 'uploaded' as const, terminalId, batch, message, items }]
  if (orphan)
    return { ...refusing('12', `trace ${orphan.trace} is not a live transaction of this batch: it is not settled`), effects }
  return accepting('the details are taken', effects, { additionalData: digits ?? '' })
}

/**
 * Count of two digits, then items of 40: card class 2 (00 domestic, 01 foreign), trace 6, card number 20 with zeros on the left, amount 12.
 *
 * @source UnionPay POS fact sheet, 4.6
 */
export function readItems(digits: string | undefined): readonly Upload[] | undefined {
  if (digits === undefined || !/^\d{2}(\d{40})*$/.test(digits)) return undefined
  const count = Number(digits.slice(0, 2))
  if (digits.length !== 2 + 40 * count || count > 8) return undefined
  const items: Upload[] = []
  for (let at = 2; at < digits.length; at += 40) {
    const pan = digits.slice(at + 8, at + 28).replace(/^0+/, '')
    if (!/^\d{12,19}$/.test(pan)) return undefined
    items.push({
      domestic: digits.slice(at, at + 2) === '00',
      trace: digits.slice(at + 2, at + 8),
      pan: new Pan(pan),
      minor: BigInt(digits.slice(at + 28, at + 40)),
    })
  }
  return items
}

const matching = (counted: readonly Counted[], item: Upload): Counted | undefined =>
  counted.find(one => one.transaction.trace === item.trace && one.transaction.pan.equals(item.pan) && one.minor === item.minor)

/**
 * The end notice. Classes of cards that balanced settle as we have them. Of the others exactly what both sides know is settled: what we approved and
 * the terminal did not upload is set aside, what it uploaded and we do not know as live is left out. No upload revives anything.
 */
function decideEnd(
  situation: Situation,
  terminalId: string,
  batch: string,
  claimsBalance: boolean,
  totals: string,
  uploads: readonly Upload[],
): Decision {
  const { ask, books, policy } = situation
  const [domestic, foreign] = resultsIn(totals)
  const balanced = domestic === '1' && foreign === '1'
  if (claimsBalance && !balanced) return refusing('12', 'the totals did not agree: an upload is due')
  const counted = countedIn(books, policy, terminalId, batch)
  const isSettled = (one: Counted): boolean =>
    (isDomestic(one.transaction.pan) ? domestic : foreign) === '1' || uploads.some(item => matching([one], item) !== undefined)
  const settled = withPartners(counted, isSettled)
  const left = counted.filter(one => !settled.includes(one))
  const net = netOf(settled)
  return {
    ...accepting(left.length === 0 ? 'the batch is closed' : `the batch is closed, ${left.length} set aside`, [
      { is: 'batch closed', terminalId, batch, settled: net, funded: net },
    ]),
    answer: { is: 'answer', code: '00', fields: { additionalData: ask.fields.additionalData ?? '' }, sealed: true },
    postings: [...aside(situation, left), fundingOf(ask.merchantId ?? '', net)],
  }
}

/** A void goes where its sale goes, uploaded or not: an upload of the sale alone does not make it live again. */
function withPartners(counted: readonly Counted[], isSettled: (one: Counted) => boolean): readonly Counted[] {
  const settles = new Set(counted.filter(isSettled))
  const ids = new Set([...settles].map(one => one.transaction.id))
  for (const one of counted) {
    const { operation, original } = one.transaction
    if (operation !== 'void' || original === undefined) continue
    if (ids.has(original)) settles.add(one)
    else settles.delete(one)
  }
  return [...settles]
}

/** Live money that is not settled waits in suspense. A voided sale has none. */
function aside({ books }: Situation, left: readonly Counted[]): readonly NewPosting[] {
  return left.flatMap(({ transaction }) => {
    const posting = books.ledger.postingOf(transaction)
    if (!posting || posting.kind === 'void' || books.ledger.standing(posting) === 0n) return []
    return [setAside(posting, books.ledger.standing(posting))]
  })
}
