import { cardRules, pinRules } from './card-rules.ts'
import { accepting, type Decision, refusing } from './decision.ts'
import { cardAccount } from './posting.ts'
import { pinEffects } from './recorded.ts'
import { firstBroken, type Rule, type Situation } from './rules.ts'

export const inquiryRules: readonly Rule<Situation>[] = [...cardRules, ...pinRules]

/** A balance inquiry: the answer says what the card may spend. It moves nothing and is no transaction. */
export function decideInquiry(situation: Situation, rules: readonly Rule<Situation>[]): Decision {
  const broken = firstBroken(rules, situation)
  if (broken) {
    const refusal = refusing(broken.code, `it does not hold that ${broken.says}`)
    return broken.says === 'the PIN is right' ? { ...refusal, effects: pinEffects(situation, false) } : refusal
  }
  const { ask, books } = situation
  const balance = ask.pan ? books.ledger.balance(cardAccount(ask.pan)) : 0n
  return accepting('the balance is told', pinEffects(situation, true), { balance: balance.toString() })
}
