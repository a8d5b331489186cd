import { accepting, type Decision, refusing } from './decision.ts'
import { decideDuplicate, decideSuspected } from './duplicate.ts'
import { decideInquiry } from './inquiry.ts'
import type { Numbers } from './numbers.ts'
import { decideRefund } from './refund.ts'
import { decideReversal } from './reversal.ts'
import type { Rulebook } from './rulebook.ts'
import { firstBroken, type Situation } from './rules.ts'
import { decideSale } from './sale.ts'
import { decideSignIn, decideSignOff, type Keying } from './session.ts'
import { decideSettlement, settlementRefused } from './settlement.ts'
import { decideUpload } from './upload.ts'
import { decideVoid } from './void.ts'

/** What a decision is made with, beside the situation. */
export type Means = Readonly<{ rules: Rulebook; numbers: Numbers; keying: Keying; issuerAway: boolean }>

/**
 * What the host does about a request: the checks in their lawful order, the first that fails deciding. Pure: it reads the books and changes nothing.
 *
 * @source requirement catalogue, section 10
 */
export function decide(situation: Situation, means: Means): Decision {
  const broken = firstBroken(means.rules.access, situation)
  if (broken && situation.ask.operation === 'settle') return settlementRefused(broken, situation)
  if (broken) return refusing(broken.coded?.(situation.policy) ?? broken.code, `it does not hold that ${broken.says}`)
  switch (situation.ask.operation) {
    case 'signIn':
      return decideSignIn(situation, means.numbers, means.keying)
    case 'signOff':
      return decideSignOff(situation)
    case 'echo':
      return accepting('we are here')
    case 'settle':
      return decideSettlement(situation)
    case 'upload':
      return decideUpload(situation)
    case 'reverse':
      return decideReversal(situation, means.rules.reversal)
    default:
      return decideDuplicate(situation) ?? decideSuspected(situation) ?? decideFinancial(situation, means)
  }
}

function decideFinancial(situation: Situation, { rules, numbers, issuerAway }: Means): Decision {
  if (issuerAway) return refusing('91', 'the issuer does not answer')
  switch (situation.ask.operation) {
    case 'inquire':
      return decideInquiry(situation, rules.inquiry)
    case 'sale':
      return decideSale(situation, numbers, rules.sale)
    case 'void':
      return decideVoid(situation, numbers, rules.void)
    case 'refund':
      return decideRefund(situation, numbers, rules.refund)
    default:
      return refusing('40', 'the operation is not one of ours')
  }
}
