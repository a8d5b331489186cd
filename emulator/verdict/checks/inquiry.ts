import { allOf, failed, lacking, passed } from '../finding.ts'
import { citeMovement } from '../office.ts'
import { moneyBook } from '../position.ts'
import { citeEntry, maskIn, type Of, type Scope } from '../scope.ts'
import type { Verdict } from '../verdict.ts'

/** The balance of a card moves by exactly what was approved: looked at before a sale, after it, and after its void. */
export function balancesFollow(scope: Scope): Verdict {
  const balances = scope.views.filter(view => view.view === 'balance')
  const cards = [...new Set(balances.flatMap(view => maskIn(view.card) ?? []))]
  const followed = cards.map(card =>
    followedOn(
      scope,
      card,
      balances.filter(view => maskIn(view.card) === card),
    ),
  )
  return followed.length === 0 ? lacking('no balance of any card') : allOf(...followed)
}

function followedOn(scope: Scope, card: string, balances: readonly (Of<'view'> & { view: 'balance' })[]): Verdict {
  const book = moneyBook(scope)
  const [first, ...later] = balances
  if (first === undefined || later.length < 2) return lacking(`fewer than three balances of card ${card}`)
  const start = book.at(first).of(card)
  const evidence = [
    ...balances.map(view => citeEntry(view, `balance, ${view.moment}: ${view.minor}`)),
    ...book.movements.filter(one => one.card === card).flatMap(citeMovement),
  ]
  for (const view of later) {
    const moved = BigInt(view.minor) - BigInt(first.minor)
    const expected = book
      .at(view)
      .of(card)
      .flatMap(now => start.map(then => now - then))
    if (!expected.includes(moved))
      return failed(
        {
          says: `the balance of card ${card} does not follow what was approved (${view.moment})`,
          expected: `moved by ${expected.join(' or ')}`,
          received: `moved by ${moved}`,
        },
        evidence,
      )
  }
  const changed = later.some(view => view.minor !== first.minor)
  return changed
    ? passed(evidence)
    : failed(
        { says: `the balance of card ${card} never moved`, expected: 'a balance that moves', received: first.minor },
        evidence,
      )
}
