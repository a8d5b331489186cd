import type { Entry, View } from '../journal/entry.ts'
import { Amount } from '../values/amount.ts'
import { currencyByNumber } from '../values/currency.ts'
import type { LedgerPosting } from '../values/ledger-view.ts'
import type { MoneyFinding, MoneyReading } from '../verdict/money.ts'
import { type Batch, batchesOf } from './money-batches.ts'

/** What the messages of a scenario say that its money should be: the judge's own reading, where a profile is at hand. */
export type MoneyOracle = (entries: readonly Entry[]) => MoneyReading

/** Whose money it is, and the account's number. */
export type Account = Readonly<{ party: string; name: string }>

/** Money that went from one account to another, by index. */
export type Move = Readonly<{ says: string; amount: string; from: number; to: number }>

/** What accounts held when somebody looked, and what moved since they looked before. `should`: by index, where an account holds anything else. */
export type Stage = Readonly<{
  moment: string
  moves: readonly Move[]
  held: readonly string[]
  should: readonly (readonly [account: number, text: string])[]
}>

/**
 * The money of a scenario before and after; all of it is text, with its sign. `still` counts accounts that were seen and never moved: they are
 * not shown. `agrees`: whether every card moved as the answers said; absent where nobody could tell.
 */
export type Money = Readonly<{
  accounts: readonly Account[]
  stages: readonly Stage[]
  changes: readonly string[]
  batches: readonly Batch[]
  still: number
  agrees?: boolean
}>

/** An account with what it held at each moment; minor units. */
type Held = Readonly<{ id: string; currency: string | undefined; held: ReadonlyMap<string, bigint> }>

/**
 * Lays the views of a scenario one after the other, ledger accounts and balance inquiries alike.
 *
 * @param currency  ISO 4217 number of the scenario's messages: a balance inquiry shows minor units without a currency.
 * @param oracle    Says what cards should have moved by; without it nothing is called wrong.
 */
export function moneyOf(entries: readonly Entry[], currency: string | undefined, oracle?: MoneyOracle): Money | undefined {
  const views = entries.filter((entry): entry is Entry & View => entry.is === 'view')
  if (views.length === 0) return undefined
  const seen = accountsIn(views, currency)
  const findings = oracle?.(entries).findings ?? []
  const wrong = findings.filter(finding => !finding.agrees)
  const legs = new Set(postingsIn(views).flatMap(({ legs }) => legs.map(leg => leg.account)))
  const isTold = ({ id, held }: Held): boolean =>
    new Set(held.values()).size > 1 || legs.has(id) || id.startsWith('balance') || wrong.some(one => accountOf(one, views) === id)
  const told = [...seen.filter(isTold), ...unseen(legs, seen)].toSorted((one, other) => rank(one.id) - rank(other.id))
  return {
    accounts: told.map(({ id }) => partyOf(id)),
    stages: toldOnce(stagesOf(views, told, wrong)),
    changes: told.map(changeOf),
    batches: batchesOf(views, minor => moneyText(minor, told[0]?.currency ?? currency)),
    still: seen.length - seen.filter(isTold).length,
    ...(findings.length === 0 ? {} : { agrees: wrong.length === 0 }),
  }
}

/** What is seen again, unchanged, needs telling once; the first look stands by itself. */
function toldOnce(stages: readonly Stage[]): Stage[] {
  const told: Stage[] = []
  for (const stage of stages) {
    const last = told.length > 1 ? told.at(-1) : undefined
    const again = last !== undefined && stage.moves.length === 0 && seenIn(stage) === seenIn(last)
    if (again) told[told.length - 1] = { ...last, moment: stage.moment }
    else told.push(stage)
  }
  return told
}

const seenIn = ({ held, should }: Stage): string => JSON.stringify([held, should])

type LedgerSeen = Entry & View & { view: 'ledger' }

const ledgersIn = (views: readonly (Entry & View)[]): LedgerSeen[] =>
  views.filter((view): view is LedgerSeen => view.view === 'ledger')

/** Postings that stand in a later view and not in the first. */
function postingsIn(views: readonly (Entry & View)[]): readonly LedgerPosting[] {
  const ledgers = ledgersIn(views)
  const before = new Set(ledgers[0]?.ledger.postings.map(({ id }) => id))
  return (ledgers.at(-1)?.ledger.postings ?? []).filter(({ id }) => !before.has(id))
}

/** An account that one ledger view has and another has not stands at zero there. */
function accountsIn(views: readonly (Entry & View)[], currency: string | undefined): Held[] {
  const accounts = new Map<string, { currency: string | undefined; held: Map<string, bigint> }>()
  const note = (id: string, itsCurrency: string | undefined, moment: string, minor: bigint): void => {
    const known = accounts.get(id) ?? { currency: itsCurrency, held: new Map<string, bigint>() }
    known.held.set(moment, minor)
    accounts.set(id, known)
  }
  const ledgers = ledgersIn(views)
  const ids = new Map(ledgers.flatMap(({ ledger }) => ledger.accounts.map(account => [account.name, account.currency])))
  for (const view of views) {
    if (view.view === 'balance') note(`balance:${view.card}`, currency, view.moment, BigInt(view.minor))
    else
      for (const [id, itsCurrency] of ids) {
        const account = view.ledger.accounts.find(({ name }) => name === id)
        note(id, itsCurrency, view.moment, BigInt(account?.balance ?? 0))
      }
  }
  return [...accounts].map(([id, account]) => ({ id, ...account }))
}

const unseen = (legs: ReadonlySet<string>, seen: readonly Held[]): Held[] =>
  [...legs].filter(leg => !seen.some(({ id }) => id === leg)).map(id => ({ id, currency: seen[0]?.currency, held: new Map() }))

function stagesOf(views: readonly (Entry & View)[], told: readonly Held[], wrong: readonly MoneyFinding[]): Stage[] {
  const moments = [...new Set(views.map(({ moment }) => moment))]
  const known = new Set<number>()
  return moments.map((moment, at) => {
    const ledger = ledgersIn(views).find(view => view.moment === moment)?.ledger
    const fresh = (ledger?.postings ?? []).filter(({ id }) => !known.has(id))
    for (const { id } of fresh) known.add(id)
    return {
      moment,
      moves: at === 0 ? [] : fresh.flatMap(posting => movesOf(posting, told)),
      held: told.map(({ held, currency }) => shown(held.get(moment), currency)),
      should: wrong
        .filter(finding => finding.moment === moment)
        .flatMap(finding => {
          const account = told.findIndex(({ id }) => id === accountOf(finding, views))
          const { held = new Map<string, bigint>(), currency } = told[account] ?? {}
          const [base = 0n] = held.values()
          return account < 0 ? [] : [[account, finding.expected.map(by => moneyText(base + by, currency)).join(' or ')] as const]
        }),
    }
  })
}

/** Money goes from accounts that a posting makes smaller to those that it makes larger. */
function movesOf({ kind, legs }: LedgerPosting, told: readonly Held[]): Move[] {
  const place = (account: string): number => told.findIndex(({ id }) => id === account)
  const [giver] = legs.filter(leg => BigInt(leg.minor) < 0n)
  const takers = legs.filter(leg => BigInt(leg.minor) > 0n)
  if (giver === undefined) return []
  const currency = told[place(giver.account)]?.currency
  return takers.map(taker => ({
    says: kind,
    amount: moneyText(BigInt(taker.minor), currency),
    from: place(giver.account),
    to: place(taker.account),
  }))
}

/** The account that a finding is about: its second piece of evidence is the view that shows it. */
function accountOf(finding: MoneyFinding, views: readonly (Entry & View)[]): string {
  const view = views.find(({ id }) => id === finding.evidence.at(-1)?.entry)
  const mask = finding.account.replace(/^card /, '')
  return view?.view === 'balance' ? `balance:${view.card}` : `card:${mask}`
}

const parties = [
  ['card', 'cardholder'],
  ['balance', 'cardholder, by balance inquiry'],
  ['clearing', 'acquirer, clearing'],
  ['merchant', 'merchant'],
  ['suspense', 'acquirer, suspense'],
  ['others', 'everybody else'],
] as const

const rank = (id: string): number => parties.findIndex(([kind]) => kind === id.replace(/:.*$/s, ''))

function partyOf(id: string): Account {
  const [kind = '', ...rest] = id.split(':')
  return { party: parties[rank(id)]?.[1] ?? kind, name: (rest.at(-1) ?? '').replace(/#\d+$/, '') }
}

function changeOf({ held, currency }: Held): string {
  const values = [...held.values()]
  if (values.length === 0) return '—'
  const change = (values.at(-1) ?? 0n) - (values[0] ?? 0n)
  return change === 0n ? '0' : (change > 0n ? '+' : '') + moneyText(change, currency)
}

const shown = (minor: bigint | undefined, currency: string | undefined): string =>
  minor === undefined ? '—' : moneyText(minor, currency)

/** `-¥88.00`, thousands apart; an unknown currency stays in minor units and says so. `currency` is an ISO 4217 number or letters. */
export function moneyText(minor: bigint, currency: string | undefined): string {
  const known = currency === 'CNY' ? currencyByNumber('156') : currencyByNumber(currency ?? '')
  if (known) return new Amount(minor, known).toString().replace(/\B(?=(?:\d{3})+(?!\d))(?<!\.\d*)/g, ',')
  return `${minor} minor units${currency ? ` of ${currency}` : ''}`
}
