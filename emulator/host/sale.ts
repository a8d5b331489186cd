import { amountIsPossible, cardRules, currencyIsYuan, pinRules } from './card-rules.ts'
import { type Decision, refusing } from './decision.ts'
import type { Numbers } from './numbers.ts'
import { cardAccount, saleOf } from './posting.ts'
import { approve, cameAfterItsReversal, decline } from './recorded.ts'
import { firstBroken, type Rule, type Situation } from './rules.ts'

/** A request that was overtaken by its own reversal must not take effect any more. */
export const notReversedBefore: Rule<Situation> = {
  says: 'no reversal of it came before it',
  code: '22',
  holds: situation => !cameAfterItsReversal(situation),
}

/** What a sale has to satisfy, in the order of the host's checks. */
export const saleRules: readonly Rule<Situation>[] = [
  notReversedBefore,
  ...cardRules,
  ...pinRules,
  amountIsPossible,
  currencyIsYuan,
  {
    says: 'the funds cover the amount',
    code: '51',
    holds: ({ ask, books }) =>
      ask.pan !== undefined && ask.minor !== undefined && books.ledger.balance(cardAccount(ask.pan)) >= ask.minor,
  },
]

export function decideSale(situation: Situation, numbers: Numbers, rules: readonly Rule<Situation>[]): Decision {
  const broken = firstBroken(rules, situation)
  if (broken) return decline(situation, numbers, broken)
  const { pan, minor } = situation.ask
  if (!pan || minor === undefined) return refusing('30', 'the sale lacks its card or amount')
  return approve(situation, numbers, { says: 'the sale is posted', posting: id => saleOf(id, pan, minor) })
}
