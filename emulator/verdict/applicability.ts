import type { Profile } from '../profile/profile.ts'
import { isCovered, type Row } from './requirements/row.ts'

export type Applicability = Readonly<{ applies: true }> | Readonly<{ applies: false; because: string; observable: boolean }>

/** What the bench changes at an acquirer that offers a control. */
const controls: Readonly<Record<string, string>> = {
  'control-day': 'the business day',
  'control-clock': 'the clock',
  'control-card': 'cards and terminals',
  'control-fault': 'failures',
}

/** What shows the money of one card. Totals that agree or differ are one bit about a whole batch. */
const views: readonly string[] = ['view-balance', 'view-ledger']

/**
 * Whether a row applies under a profile, and if not why not: a flag that is not claimed, a view or control that is not offered, something that
 * the dialect cannot ask. `observable: false`: counted apart, "not observable here".
 *
 * @source Requirement catalogue, sections 1 and 9
 */
export function applicability(row: Row, profile: Profile): Applicability {
  const unasked = profile.speaks.cannot[row.id]
  if (unasked !== undefined && !(isCovered(row) && row.anotherForm))
    return { applies: false, because: `cannot be asked in ${profile.dialect.id}: ${unasked}`, observable: true }
  for (const flag of row.needs) if (!claims(profile, flag)) return { applies: false, ...missing(flag) }
  if (!isCovered(row)) return { applies: true }
  if (row.money === true && row.binds === 'host' && !views.some(view => claims(profile, view)))
    return { applies: false, because: 'the profile offers no view of the money on a card', observable: false }
  const excluded = row.excluded?.(profile)
  return excluded === undefined ? { applies: true } : { applies: false, because: excluded, observable: true }
}

/** The ledger view stands for the balance and the totals. A dialect mark comes with the dialect. */
function claims(profile: Profile, flag: string): boolean {
  if (flag === 'core' || profile.supports.has(flag)) return true
  if (flag === 'view-balance' || flag === 'view-totals') return profile.supports.has('view-ledger')
  return flag === profile.speaks.mark
}

/** Why a row or a scenario that needs this flag does not apply where it is not claimed. */
export function missing(flag: string): { because: string; observable: boolean } {
  if (flag.startsWith('view-')) return { because: `the profile offers no ${flag.slice('view-'.length)} view`, observable: false }
  if (flag === 'inquiry') return { because: 'the profile offers no inquiry by reference', observable: false }
  const controlled = controls[flag]
  if (controlled !== undefined) return { because: `the profile offers no control of ${controlled}`, observable: false }
  return { because: `the profile does not claim ${flag}`, observable: true }
}

/** Knobs that applicable rows need and the profile lacks, with the rows that need them. */
export function neededKnobs(rows: readonly Row[], profile: Profile): { knob: string; because: string[] }[] {
  const needed = new Map<string, string[]>()
  for (const row of rows) {
    if (!isCovered(row) || !applicability(row, profile).applies) continue
    for (const knob of row.knobs) if (profile.knobs[knob] === undefined) needed.set(knob, [...(needed.get(knob) ?? []), row.id])
  }
  return [...needed].map(([knob, because]) => ({ knob, because }))
}
