import type { OfficeStatus } from '../../values/back-office.ts'
import { inconclusive, passed } from '../finding.ts'
import { citeDeed, type Deed } from '../office.ts'
import type { Scope } from '../scope.ts'
import type { Verdict } from '../verdict.ts'

/** The row that says that an office can void at all: what all others of it stand on. */
export const officeVoids = 'DESK-001'

/** The row that says that another person is waited for. */
const officeWaits = 'DESK-002'

/** What somebody's doing has to come to where a scenario needs it. Looking and reading come to whatever there is. */
function due({ profile }: Scope, { act }: Deed): readonly OfficeStatus[] | undefined {
  const waits = profile.backOffice?.approval === 'second person'
  if (act === 'asked for a void') return waits ? ['awaiting approval'] : ['voided']
  if (act === 'asked for a refund') return waits ? ['awaiting approval'] : ['refunded']
  if (act === 'approved') return ['voided', 'refunded']
  return act === 'rejected' ? ['rejected'] : undefined
}

/** What a scenario needs of a back office. Where it did not get it, it is inconclusive because of the row that failed. */
export const officePrepared = (scope: Scope): readonly Verdict[] =>
  scope.deeds.filter(({ role }) => role === 'setup').map(deed => didItsPart(scope, deed))

function didItsPart(scope: Scope, deed: Deed): Verdict {
  const fitting = due(scope, deed)
  if (fitting === undefined || fitting.includes(deed.saw)) return passed([citeDeed(deed)])
  const told = scope.deeds.find(one => one.act === 'followed' && one.request === deed.request && fitting.includes(one.saw))
  if (deed.request !== undefined && told !== undefined) return passed([citeDeed(deed), citeDeed(told)])
  const early = deed.act.startsWith('asked') && (deed.saw === 'voided' || deed.saw === 'refunded')
  return cameToNothing(scope, deed, `${describedDeed(deed)} came to this: ${deed.saw}`, early ? officeWaits : officeVoids)
}

/** What had to succeed so that something else could be found out did not. */
export function cameToNothing(scope: Scope, deed: Deed, because: string, becauseOf = officeVoids): Verdict {
  return toldWrong(scope, deed) ?? inconclusive(because, { becauseOf, attribution: 'acquirer', evidence: [citeDeed(deed)] })
}

/** Where the profile is to blame: it has no words for what a page said, or denies the second person whom the office waits for. */
export function toldWrong({ profile }: Scope, deed: Deed): Verdict | undefined {
  const wrong = (says: string): Verdict => inconclusive(says, { attribution: 'profile', evidence: [citeDeed(deed)] })
  if (deed.saw === 'unclear')
    return wrong(`the pages file of the profile has no words for what a page said: ${deed.says.join(' / ') || 'nothing'}`)
  const waits = deed.saw === 'awaiting approval' && profile.backOffice?.approval === 'none'
  return waits ? wrong('the office waits for another person, though the profile says `approval: none`') : undefined
}

export const describedDeed = ({ by, act }: Deed): string => `what the ${by} did (${act})`
