import type { Entry } from '../journal/entry.ts'
import type { Profile } from '../profile/profile.ts'
import { balancesFollow } from './checks/inquiry.ts'
import { scopeOf } from './scope.ts'

/** Whether a view of money can be used: claimed by the profile, and seen to move. */
export type Tried = Readonly<{ name: string; usable: boolean; because?: string }>

/**
 * Tries the views: the balance by its canary, one sale and its void, in the scenario that claims `balances follow`; the ledger by its being there.
 *
 * @source Requirement catalogue, section 5, rule 8
 */
export function triedViews(scenarios: readonly (readonly Entry[])[], profile: Profile): Tried[] {
  const tried: Tried[] = []
  if (profile.supports.has('view-ledger')) {
    const seen = scenarios.some(entries => entries.some(entry => entry.is === 'view' && entry.view === 'ledger'))
    tried.push(seen ? { name: 'ledger', usable: true } : { name: 'ledger', usable: false, because: 'no scenario has seen it' })
  }
  if (profile.supports.has('view-balance') && profile.supports.has('balance')) tried.push(balanceTried(scenarios, profile))
  if (profile.supports.has('view-totals')) tried.push({ name: 'totals', usable: true })
  return tried
}

function balanceTried(scenarios: readonly (readonly Entry[])[], profile: Profile): Tried {
  const canaries = scenarios.filter(entries => entries.some(entry => entry.is === 'claim' && entry.check === 'balances follow'))
  for (const entries of canaries) {
    const verdict = balancesFollow(scopeOf(entries, profile))
    if (verdict.is === 'failed') return { name: 'balance', usable: false, because: verdict.says }
  }
  return { name: 'balance', usable: true }
}

/** A scenario's entries without what unusable views showed. The canary itself keeps its balances: it is about them. */
export function withoutViews(entries: readonly Entry[], tried: readonly Tried[]): readonly Entry[] {
  const unusable = new Set(tried.filter(view => !view.usable).map(view => view.name))
  if (unusable.size === 0 || entries.some(entry => entry.is === 'claim' && entry.check === 'balances follow')) return entries
  return entries.filter(entry => entry.is !== 'view' || !unusable.has(entry.view))
}
