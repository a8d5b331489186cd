import type { LedgerPosting } from '../../values/ledger-view.ts'
import { allOf, each, failed, lacking, notApplicable, passed } from '../finding.ts'
import { readMoney } from '../money.ts'
import { citeMovement } from '../office.ts'
import { moneyBook } from '../position.ts'
import { cite, citeEntry, type Of, type Scope } from '../scope.ts'
import type { Evidence, Verdict } from '../verdict.ts'

/** Invariants of money, over whole scenarios. */

type Ledger = Of<'view'> & { view: 'ledger' }

const ledgers = (scope: Scope): readonly Ledger[] => scope.views.filter(view => view.view === 'ledger')

const messages = (scope: Scope): Evidence[] => moneyBook(scope).movements.flatMap(citeMovement)

/** No card was debited for more than was sold to it. */
export function debitedOnce(scope: Scope): Verdict {
  return compared(scope, 'was debited too much', (moved, expected) => moved >= least(expected))
}

/** No card was credited more than was ever taken from it. */
export function creditedNoMoreThanDebited(scope: Scope): Verdict {
  return allOf(
    compared(scope, 'was credited too much', (moved, expected) => moved <= most(expected)),
    creditsOfEachOriginal(scope),
  )
}

function compared(scope: Scope, says: string, holds: (moved: bigint, expected: readonly bigint[]) => boolean): Verdict {
  return each(readMoney(scope).findings, 'view of money before and after', finding => {
    const evidence = [...finding.evidence, ...messages(scope)]
    if (holds(finding.moved, finding.expected)) return passed(evidence)
    return failed(
      {
        says: `${finding.account} ${says} (${finding.moment})`,
        expected: finding.expected.join(' or '),
        received: `${finding.moved}`,
      },
      evidence,
    )
  })
}

const sorted = (all: readonly bigint[]): readonly bigint[] => all.toSorted((one, other) => (one < other ? -1 : 1))
const least = (all: readonly bigint[]): bigint => sorted(all)[0] ?? 0n
const most = (all: readonly bigint[]): bigint => sorted(all).at(-1) ?? 0n

/** What living postings undo or give back of one original is never more than it, or than the declared ceiling of its refunds. */
function creditsOfEachOriginal(scope: Scope): Verdict {
  const last = ledgers(scope).at(-1)
  if (last === undefined) return notApplicable('no ledger view')
  const { postings } = last.ledger
  const live = (posting: LedgerPosting): boolean => !postings.some(one => one.kind === 'reversal' && one.of === posting.id)
  const ceiling = Math.max(100, scope.profile.knobs.refundCeil?.percent ?? 100)
  const over = postings.find(posting => {
    if (posting.kind !== 'sale') return false
    const back = postings.filter(one => one.of === posting.id && ['void', 'refund', 'reversal'].includes(one.kind) && live(one))
    const percent = back.every(one => one.kind === 'refund') ? ceiling : 100
    return back.reduce((sum, one) => sum + sizeOf(one), 0n) * 100n > sizeOf(posting) * BigInt(percent)
  })
  if (over === undefined) return passed([citeEntry(last, `${postings.length} postings`)])
  return failed(
    { says: `posting ${over.id} was given back more than once over`, expected: `at most ${sizeOf(over)}`, received: 'more' },
    [citeEntry(last, `posting ${over.id}`)],
  )
}

const sizeOf = (posting: LedgerPosting): bigint =>
  posting.legs.reduce((sum, leg) => (BigInt(leg.minor) > 0n ? sum + BigInt(leg.minor) : sum), 0n)

/** In every ledger view each posting sums to zero, and so do all accounts of a currency. */
export function booksBalance(scope: Scope): Verdict {
  return each(ledgers(scope), 'ledger view', view => {
    const { postings, accounts } = view.ledger
    const evidence = [citeEntry(view, `${postings.length} postings, ${accounts.length} accounts`)]
    const crooked = postings.find(posting => posting.legs.reduce((sum, leg) => sum + BigInt(leg.minor), 0n) !== 0n)
    if (crooked !== undefined)
      return failed(
        {
          says: `posting ${crooked.id} does not balance`,
          expected: 'legs that sum to 0',
          received: crooked.legs.map(leg => leg.minor).join(' '),
        },
        evidence,
      )
    const currencies = [...new Set(accounts.map(account => account.currency))]
    const off = currencies.find(
      currency =>
        accounts.reduce((sum, account) => (account.currency === currency ? sum + BigInt(account.balance) : sum), 0n) !== 0n,
    )
    if (off === undefined) return passed(evidence)
    return failed({ says: `the accounts in ${off} do not balance`, expected: '0', received: 'another sum' }, evidence)
  })
}

const pointing: ReadonlySet<LedgerPosting['kind']> = new Set(['void', 'refund', 'reversal'])

/** Each ledger view continues the one before it, and every void, refund and reversal points to its original. */
export function onlyAppended(scope: Scope): Verdict {
  const views = ledgers(scope)
  if (views.length < 2) return lacking('fewer than two ledger views')
  return each(views.slice(1), 'later ledger view', view => {
    const before = views[views.indexOf(view) - 1] ?? view
    const evidence = [
      citeEntry(before, `${before.ledger.postings.length} postings`),
      citeEntry(view, `${view.ledger.postings.length} postings`),
    ]
    const changed = before.ledger.postings.find(
      (posting, at) => JSON.stringify(posting) !== JSON.stringify(view.ledger.postings[at]),
    )
    if (changed !== undefined)
      return failed(
        { says: `posting ${changed.id} was changed or deleted afterwards`, expected: 'kept as it was', received: 'changed' },
        evidence,
      )
    const loose = view.ledger.postings.find(
      posting => pointing.has(posting.kind) && !view.ledger.postings.some(one => one.id === posting.of && one.id < posting.id),
    )
    if (loose === undefined) return passed(evidence)
    return failed(
      {
        says: `posting ${loose.id} (${loose.kind}) points to no original`,
        expected: 'an earlier posting',
        received: `${loose.of ?? 'none'}`,
      },
      evidence,
    )
  })
}

const standsFor: Readonly<Record<'live' | 'none', ReadonlySet<string>>> = {
  live: new Set(['posted', 'credited', 'settled', 'set aside']),
  none: new Set(['voided', 'reversed', 'declined']),
}

/** The books call each sale and refund what the answers made of it. */
export function statesAreTrue(scope: Scope): Verdict {
  const last = ledgers(scope).at(-1)
  if (last === undefined) return notApplicable('no ledger view')
  const { movements } = moneyBook(scope)
  const told = movements.flatMap(movement => {
    const { exchange, kind, standing } = movement
    // A refund on the day of its sale may be booked as a void of it.
    if (kind === 'void' || standing === 'unknown' || movements.some(other => other.returns === movement)) return []
    const { fields } = exchange.sent
    const shown = last.ledger.transactions.filter(
      one =>
        one.operation === exchange.name &&
        one.terminalId === fields.terminalId &&
        one.batch === fields.batch &&
        one.trace === fields.trace,
    )
    const [one] = shown
    return one === undefined || shown.length > 1 ? [] : [{ exchange, standing, one }]
  })
  const wrong = told.find(({ standing, one }) => !standsFor[standing].has(one.state))
  if (wrong === undefined) return passed([citeEntry(last, `${told.length} transactions in the books, as answered`)])
  const { exchange, standing, one } = wrong
  return failed(
    {
      says: `the books call ${exchange.name} ${one.trace} ${one.state}`,
      expected: [...standsFor[standing]].join(' or '),
      received: one.state,
    },
    [...cite(exchange), citeEntry(last, `transaction ${one.id}: ${one.state}`)],
  )
}

/** Refunds are taken from the merchant that made the sale, in every view that shows them. */
export function refundsComeFromTheSeller(scope: Scope): Verdict {
  const shown = ledgers(scope).flatMap(view =>
    view.ledger.postings.flatMap(refund => (refund.kind === 'refund' ? [{ view, refund }] : [])),
  )
  return each(shown, 'refund in the books', ({ view, refund }) => {
    const { postings, transactions } = view.ledger
    const sale = postings.find(posting => posting.id === refund.of)
    const merchantOf = (posting: LedgerPosting | undefined): string | undefined =>
      transactions.find(one => one.id === posting?.transaction)?.merchantId
    const evidence = [citeEntry(view, `refund ${refund.id} of posting ${refund.of ?? 'none'}`)]
    if (sale !== undefined && merchantOf(sale) === merchantOf(refund)) return passed(evidence)
    return failed(
      {
        says: 'a refund was not taken from the merchant that made the sale',
        expected: merchantOf(sale) ?? 'the seller',
        received: merchantOf(refund) ?? 'nobody',
      },
      evidence,
    )
  })
}

/** Amounts of answers and books are whole numbers of minor units. */
export function amountsAreWhole(scope: Scope): Verdict {
  const replies = scope.exchanges.flatMap(exchange => {
    const reply = exchange.received ?? exchange.swallowed
    return reply?.fields.amount === undefined ? [] : [{ exchange, reply, amount: reply.fields.amount }]
  })
  const onWire = each(replies, 'answer with an amount', ({ exchange, reply, amount }) => {
    const evidence = [...cite(exchange), { entry: reply.id, field: 'amount', saw: amount }]
    return isWhole(scope, amount)
      ? passed(evidence)
      : failed({ says: 'an amount is not in whole minor units', expected: 'digits alone', received: amount }, evidence)
  })
  const inBooks = ledgers(scope).map(view => {
    const odd = view.ledger.accounts.find(account => !/^-?\d+$/.test(account.balance))
    const evidence = [citeEntry(view, 'balances of accounts')]
    return odd === undefined
      ? passed(evidence)
      : failed({ says: `the balance of ${odd.name} is not whole`, expected: 'minor units', received: odd.balance }, evidence)
  })
  return allOf(onWire, ...inBooks, postedToTheFen(scope))
}

/** A sale stands in the books with the amount that was approved, to the last minor unit. */
function postedToTheFen(scope: Scope): Verdict {
  const last = ledgers(scope).at(-1)
  if (last === undefined) return notApplicable('no ledger view')
  const { postings, transactions } = last.ledger
  const off = transactions.find(one => {
    const sale = one.operation === 'sale' && postings.find(posting => posting.transaction === one.id && posting.kind === 'sale')
    return sale && sizeOf(sale) !== BigInt(one.minor)
  })
  const evidence = [citeEntry(last, `${transactions.length} transactions`)]
  if (off === undefined) return passed(evidence)
  return failed(
    { says: `sale ${off.trace} is posted with another amount than its own`, expected: off.minor, received: 'another amount' },
    evidence,
  )
}

/** As many digits as the dialect has for an amount: twelve in ISO 8583, as few as it takes where it has no one length. */
function isWhole({ profile }: Scope, amount: string): boolean {
  const length = profile.speaks.fields.amount?.length
  return length?.is === 'up to' ? /^\d+$/.test(amount) && amount.length <= length.count : /^\d{12}$/.test(amount)
}

/** Amounts that our terminal sends are whole minor units, and its slips have the decimals of the currency. */
export function sentAmountsAreWhole(scope: Scope): Verdict {
  const sent = scope.exchanges.filter(exchange => exchange.sent.fields.amount !== undefined)
  const printed = scope.entries.filter(
    (entry): entry is Of<'slip'> => entry.is === 'slip' && entry.slip.facts.amount !== undefined,
  )
  return allOf(
    each(sent, 'request with an amount', exchange => {
      const amount = exchange.sent.fields.amount ?? ''
      const evidence = [{ entry: exchange.sent.id, field: 'amount', saw: amount }]
      return isWhole(scope, amount)
        ? passed(evidence)
        : failed(
            {
              says: 'an amount is not in whole minor units',
              expected: 'digits alone',
              received: amount,
              attribution: 'instrument',
            },
            evidence,
          )
    }),
    ...printed.map(entry => {
      const amount = entry.slip.facts.amount ?? ''
      const evidence = [{ entry: entry.id, saw: amount }]
      return /^-?\d+\.\d{2}$/.test(amount)
        ? passed(evidence)
        : failed(
            { says: 'a slip has an amount without its decimals', expected: '0.00', received: amount, attribution: 'instrument' },
            evidence,
          )
    }),
  )
}
