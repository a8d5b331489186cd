import { amountIsPossible, cardRules, currencyIsYuan, pinRules } from './card-rules.ts'
import type { Decision } from './decision.ts'
import { saleLegs } from './ledger.ts'
import type { Numbers } from './numbers.ts'
import { cardAccount } from './posting.ts'
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
  const { pan, minor } = situation.ask
  if (broken) return decline(situation, numbers, broken)
  return approve(situation, numbers, {
    says: 'the sale is posted',
    posting: transaction => ({
      transaction,
      kind: 'sale',
      legs: pan && minor !== undefined ? saleLegs(cardAccount(pan), minor) : [],
    }),
  })
}
