import { access } from './access.ts'
import { inquiryRules } from './inquiry.ts'
import { refundCriteria, voidCriteria } from './original.ts'
import { type RefundRulebook, refundPreliminaries, refundRules } from './refund.ts'
import { type ReversalRulebook, reversalRules, reversalStateRules } from './reversal.ts'
import type { Rule, Situation } from './rules.ts'
import { saleRules } from './sale.ts'
import { type VoidRulebook, voidPreliminaries, voidRules } from './void.ts'

/** All rules of the host, by what they are asked of. A faulty host is a host whose rulebook lacks one. */
export type Rulebook = Readonly<{
  access: readonly Rule<Situation>[]
  sale: readonly Rule<Situation>[]
  inquiry: readonly Rule<Situation>[]
  void: VoidRulebook
  refund: RefundRulebook
  reversal: ReversalRulebook
}>

export const rulebook: Rulebook = {
  access,
  sale: saleRules,
  inquiry: inquiryRules,
  void: { preliminaries: voidPreliminaries, criteria: voidCriteria, rules: voidRules },
  refund: { preliminaries: refundPreliminaries, criteria: refundCriteria, rules: refundRules },
  reversal: { rules: reversalRules, stateRules: reversalStateRules },
}

type Sentence = Readonly<{ says: string }>

/**
 * A rulebook that lacks the rules with these sentences, in one chapter.
 *
 * @throws RangeError when the chapter has no such sentence, so that a fault cannot outlive the rule it breaks
 */
export function without<C extends keyof Rulebook>(all: Rulebook, chapter: C, ...sentences: readonly string[]): Rulebook {
  const left = new Set(sentences)
  const keep = <T extends Sentence>(list: readonly T[]): readonly T[] =>
    list.filter(rule => {
      const drop = sentences.includes(rule.says)
      if (drop) left.delete(rule.says)
      return !drop
    })
  const trimmed: Rulebook = {
    ...all,
    ...(chapter === 'access' && { access: keep(all.access) }),
    ...(chapter === 'sale' && { sale: keep(all.sale) }),
    ...(chapter === 'inquiry' && { inquiry: keep(all.inquiry) }),
    ...(chapter === 'void' && {
      void: { preliminaries: keep(all.void.preliminaries), criteria: keep(all.void.criteria), rules: keep(all.void.rules) },
    }),
    ...(chapter === 'refund' && {
      refund: {
        preliminaries: keep(all.refund.preliminaries),
        criteria: keep(all.refund.criteria),
        rules: keep(all.refund.rules),
      },
    }),
    ...(chapter === 'reversal' && {
      reversal: { rules: keep(all.reversal.rules), stateRules: keep(all.reversal.stateRules) },
    }),
  }
  const [unknown] = left
  if (unknown !== undefined) throw new RangeError(`the ${chapter} rules have no sentence ${JSON.stringify(unknown)}`)
  return trimmed
}
