import { allOf, failed, lacking, notApplicable, passed } from '../finding.ts'
import { type MoneyFinding, readMoney } from '../money.ts'
import { citeMovement } from '../office.ts'
import { type Movement, moneyBook } from '../position.ts'
import { citeEntry, type Scope } from '../scope.ts'
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
  if (findings.length === 0)
    return movements.every(one => one.standing === 'none') ? nothingPosted(scope) : lacking('no view of money before and after')
  return allOf(...findings.map(finding => passed(finding.evidence)), citedMovements(movements))
}

/** Nothing that could move money was approved: what these terminals have posted, if anything, was undone. */
function nothingPosted(scope: Scope): Verdict {
  const views = scope.views.filter(view => view.view === 'ledger')
  const [first, last] = [views[0], views.at(-1)]
  if (first === undefined || last === undefined || first === last) return lacking('no view of money before and after')
  const terminals = new Set(scope.operations.map(operation => operation.terminalId))
  const mine = new Set(last.ledger.transactions.filter(one => terminals.has(one.terminalId)).map(one => one.id))
  const known = new Set(first.ledger.postings.map(posting => posting.id))
  const fresh = last.ledger.postings.filter(posting => !known.has(posting.id) && mine.has(posting.transaction))
  const moved = new Map<string, bigint>()
  for (const leg of fresh.flatMap(posting => posting.legs))
    moved.set(leg.account, (moved.get(leg.account) ?? 0n) + BigInt(leg.minor))
  const off = [...moved].find(([, minor]) => minor !== 0n)
  const evidence = [
    citeEntry(first, `${known.size} postings, ${first.moment}`),
    citeEntry(last, `${fresh.length} new ones, ${last.moment}`),
  ]
  if (off === undefined) return passed(evidence)
  return failed(
    { says: `the money of ${off[0]} moved although nothing was approved`, expected: '0', received: signed(off[1]) },
    evidence,
  )
}

function differs(finding: MoneyFinding, movements: readonly Movement[]): Verdict {
  const card = finding.account.slice('card '.length)
  return failed(
    {
      says: `the money of ${finding.account} is not what the answers say (${finding.moment})`,
      expected: `moved by ${finding.expected.map(signed).join(' or ')}`,
      received: `moved by ${signed(finding.moved)}`,
    },
    [...finding.evidence, ...movements.filter(one => one.card === card).flatMap(citeMovement)],
  )
}

function citedMovements(movements: readonly Movement[]): Verdict {
  return movements.length === 0 ? notApplicable('no message moved money') : passed(movements.flatMap(citeMovement))
}

/** Minor units with their sign: `-8800`. */
const signed = (minor: bigint): string => (minor > 0n ? `+${minor}` : `${minor}`)
