import { dayOf, daysBetween } from './moment.ts'
import type { Following } from './rules.ts'

/** Whether it is not too late to void. That the batch is still open is a rule of its own. */
export function withinVoidWindow({ original, now, policy }: Following): boolean {
  const window = policy.voidWindow
  if (window === 'same-batch') return true
  if (window === 'same-business-day') return original.businessDate === now.businessDate
  if ('untilCutoff' in window)
    return dayOf(original.at, policy.zone, window.untilCutoff) === dayOf(now.millis, policy.zone, window.untilCutoff)
  if ('hours' in window) return now.millis - original.at < window.hours * 3_600_000
  return daysBetween(original.businessDate, now.businessDate) < window.days
}
