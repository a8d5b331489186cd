import { allOf, failed, lacking, notApplicable, passed } from '../finding.ts'
import { type MoneyFinding, readMoney } from '../money.ts'
import { type Movement, moneyBook } from '../position.ts'
import { cite, type Scope } from '../scope.ts'
import type { Verdict } from '../verdict.ts'

/**
 * Every view of the scenario shows what the answers say: an approval has its effect, a refusal has none, nothing happened twice.
 * A pass rests on the views and on the messages that moved the money.
 */
export function moneyAgrees(scope: Scope): Verdict {
  const { findings, unseen } = readMoney(scope)
  const { movements } = moneyBook(scope)
  const disagreement = findings.find(finding => !finding.agrees)
  if (disagreement !== undefined) return differs(disagreement, movements)
  const blind = unseen.find(({ card }) => movements.some(one => one.card === card && one.standing !== 'none'))
  if (blind !== undefined) return lacking(`no view of the money of card ${blind.card} before and after`)
  if (findings.length === 0) return lacking('no view of money before and after')
  return allOf(...findings.map(finding => passed(finding.evidence)), citedMovements(movements))
}

function differs(finding: MoneyFinding, movements: readonly Movement[]): Verdict {
  const card = finding.account.slice('card '.length)
  return failed(
    {
      says: `the money of ${finding.account} is not what the answers say (${finding.moment})`,
      expected: `moved by ${finding.expected.map(signed).join(' or ')}`,
      received: `moved by ${signed(finding.moved)}`,
    },
    [...finding.evidence, ...movements.filter(one => one.card === card).flatMap(one => cite(one.exchange))],
  )
}

function citedMovements(movements: readonly Movement[]): Verdict {
  return movements.length === 0 ? notApplicable('no message moved money') : passed(movements.flatMap(one => cite(one.exchange)))
}

/** Minor units with their sign: `-8800`. */
const signed = (minor: bigint): string => (minor > 0n ? `+${minor}` : `${minor}`)
