import type { Entry, View } from '../journal/entry.ts'
import { Amount } from '../values/amount.ts'
import { currencyByNumber } from '../values/currency.ts'

/** What one account held at each moment that the scenario looked; absent where it was not seen. Money is text with its sign. */
export type MoneyRow = Readonly<{ account: string; held: readonly (string | undefined)[]; change: string; moved: boolean }>

/** The money of a scenario before and after. `still` counts accounts that were seen and never moved; they have no row. */
export type Money = Readonly<{
  moments: readonly string[]
  rows: readonly MoneyRow[]
  still: number
  evidence: readonly string[]
}>

/**
 * Lays the views of a scenario side by side, ledger accounts and balance inquiries alike.
 *
 * @param currency  ISO 4217 number of the scenario's messages: a balance inquiry shows minor units without a currency.
 */
export function moneyOf(entries: readonly Entry[], currency: string | undefined): Money | undefined {
  const views = entries.filter((entry): entry is Entry & View => entry.is === 'view')
  if (views.length === 0) return undefined
  const moments = [...new Set(views.map(view => view.moment))]
  const accounts = new Map<string, Seen>()
  for (const view of views)
    for (const seen of seenIn(view, currency)) {
      const known = accounts.get(seen.account) ?? { ...seen, minor: new Map<string, bigint>() }
      known.minor.set(view.moment, seen.held)
      accounts.set(seen.account, known)
    }
  const rows = [...accounts].map(([account, seen]) => rowOf(account, seen, moments))
  const told = rows.filter(row => row.moved || row.account.startsWith('balance'))
  return { moments, rows: told, still: rows.length - told.length, evidence: views.map(view => view.id) }
}

type Seen = Readonly<{ currency: string | undefined; minor: Map<string, bigint> }>

function seenIn(
  view: View,
  currency: string | undefined,
): Readonly<{ account: string; currency: string | undefined; held: bigint }>[] {
  if (view.view === 'ledger')
    return view.ledger.accounts.map(account => ({
      account: account.name,
      currency: account.currency,
      held: BigInt(account.balance),
    }))
  return [{ account: `balance inquiry, ${view.card}`, currency, held: BigInt(view.minor) }]
}

function rowOf(account: string, { currency, minor }: Seen, moments: readonly string[]): MoneyRow {
  const held = moments.map(moment => minor.get(moment))
  const known = held.filter(value => value !== undefined)
  const change = (known.at(-1) ?? 0n) - (known[0] ?? 0n)
  return {
    account,
    held: held.map(value => (value === undefined ? undefined : moneyText(value, currency))),
    change: change === 0n ? '0' : (change > 0n ? '+' : '') + moneyText(change, currency),
    moved: known.some(value => value !== known[0]),
  }
}

/** `-¥88.00`; an unknown currency stays in minor units and says so. `currency` is an ISO 4217 number or letters. */
export function moneyText(minor: bigint, currency: string | undefined): string {
  const known = currency === 'CNY' ? currencyByNumber('156') : currencyByNumber(currency ?? '')
  if (known) return new Amount(minor, known).toString()
  return `${minor} minor units${currency ? ` of ${currency}` : ''}`
}
