import type { OfficeAct, OfficeStatus } from '../../values/back-office.ts'
import { inconclusive, passed } from '../finding.ts'
import { citeDeed, type Deed } from '../office.ts'
import type { Scope } from '../scope.ts'
import type { Verdict } from '../verdict.ts'

/** The row that says that an office can void at all: what all others of it stand on. */
export const officeVoids = 'DESK-001'

/** What somebody's doing has to come to where a scenario needs it. Looking and reading come to whatever there is. */
const due: Partial<Readonly<Record<OfficeAct, readonly OfficeStatus[]>>> = {
  'asked for a void': ['awaiting approval', 'voided'],
  'asked for a refund': ['awaiting approval', 'refunded'],
  approved: ['voided', 'refunded'],
  rejected: ['rejected'],
}

/** What a scenario needs of a back office. Where it did not get it, it is inconclusive because of the row that failed. */
export const officePrepared = (scope: Scope): readonly Verdict[] =>
  scope.deeds.filter(({ role }) => role === 'setup').map(deed => didItsPart(scope, deed))

function didItsPart(scope: Scope, deed: Deed): Verdict {
  const evidence = [citeDeed(deed)]
  const wanted = due[deed.act]
  if (wanted?.includes(deed.saw) ?? true) return passed(evidence)
  const told = scope.deeds.find(one => one.act === 'followed' && one.request === deed.request && wanted?.includes(one.saw))
  if (deed.request !== undefined && told !== undefined) return passed([...evidence, citeDeed(told)])
  return inconclusive(`${describedDeed(deed)} came to this: ${deed.saw}`, {
    becauseOf: officeVoids,
    attribution: 'acquirer',
    evidence,
  })
}

export const describedDeed = ({ by, act }: Deed): string => `what the ${by} did (${act})`
