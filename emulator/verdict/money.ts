import type { Entry } from '../journal/entry.ts'
import type { Profile } from '../profile/profile.ts'
import { moneyBook, type Position } from './position.ts'
import { citeEntry, maskIn, type Of, type Scope, scopeOf } from './scope.ts'
import type { Evidence } from './verdict.ts'

/** One comparison of what a view shows with what should be: an account's movement since the first view of it. Minor units. */
export type MoneyFinding = Readonly<{
  account: string
  moment: string
  agrees: boolean
  /** What the account may have moved by; more than one where an answer is still out. */
  expected: readonly bigint[]
  moved: bigint
  evidence: readonly Evidence[]
}>

export type MoneyReading = Readonly<{
  findings: readonly MoneyFinding[]
  /** Cards whose money nobody could look at, with the reason. */
  unseen: readonly Readonly<{ card: string; because: string }>[]
}>

const readings = new WeakMap<Scope, MoneyReading>()

/**
 * The oracle: what every view of the scenario shows of every card in it, against what the messages say.
 *
 * A debit makes a card's account smaller, a credit makes it larger; the first view of an account is where counting starts.
 * A card that is absent from the accounts of a ledger view stands at zero there.
 *
 * @source Requirement catalogue, section 5, rules 1 and 2
 */
export function readMoney(scope: Scope): MoneyReading {
  const reading = readings.get(scope) ?? read(scope)
  readings.set(scope, reading)
  return reading
}

/** The same of a whole scenario, for whoever shows it: its entries, from its beginning to its end. */
export const moneyIn = (entries: readonly Entry[], profile: Profile): MoneyReading => readMoney(scopeOf(entries, profile))

function read(scope: Scope): MoneyReading {
  const book = moneyBook(scope)
  const findings: MoneyFinding[] = []
  const unseen: { card: string; because: string }[] = []
  for (const card of book.cards) {
    const ledger = compare(scope, card, 'ledger', book.at)
    const balance = compare(scope, card, 'balance', book.at)
    findings.push(...ledger, ...balance)
    if (ledger.length + balance.length === 0) unseen.push({ card, because: 'no view of it stands both before and after' })
  }
  return { findings, unseen }
}

function compare(scope: Scope, card: string, view: 'ledger' | 'balance', at: (entry: Of<'view'>) => Position): MoneyFinding[] {
  const seen = scope.views.flatMap(entry => {
    if (entry.view !== view) return []
    const minor = amountIn(entry, card)
    return minor === undefined ? [] : [{ entry, minor }]
  })
  const [first, ...later] = seen
  if (first === undefined) return []
  const before = at(first.entry).of(card)
  return later.map(({ entry, minor }) => {
    const moved = minor - first.minor
    const expected = differences(before, at(entry).of(card))
    return {
      account: `card ${card}`,
      moment: entry.moment,
      agrees: expected.includes(moved),
      expected,
      moved,
      evidence: [
        citeEntry(first.entry, `${view} of ${card}, ${first.entry.moment}: ${first.minor}`),
        citeEntry(entry, `${view} of ${card}, ${entry.moment}: ${minor}`),
      ],
    }
  })
}

function amountIn(entry: Of<'view'>, card: string): bigint | undefined {
  if (entry.view === 'balance') return maskIn(entry.card) === card ? BigInt(entry.minor) : undefined
  return entry.ledger.accounts
    .filter(account => account.name.startsWith('card:') && maskIn(account.name) === card)
    .reduce((sum, account) => sum + BigInt(account.balance), 0n)
}

function differences(before: readonly bigint[], after: readonly bigint[]): bigint[] {
  return [...new Set(before.flatMap(one => after.map(other => other - one)))]
}
