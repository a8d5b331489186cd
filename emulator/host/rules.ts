import type { Dialect } from '../dialects/dialect.ts'
import type { Ask } from './ask.ts'
import type { BooksView } from './books.ts'
import type { Policy } from './knobs.ts'
import type { Moment } from './moment.ts'
import type { Transaction } from './transaction.ts'

/** What a rule looks at. */
export type Situation = Readonly<{ books: BooksView; ask: Ask; policy: Policy; now: Moment; dialect: Dialect }>

/** The situation of a follow-up, once the one transaction that it names has been found. */
export type Following = Situation & Readonly<{ original: Transaction }>

/** One thing that must hold, as a sentence, and the code of the refusal when it does not; `coded`: the one that the policy says. */
export type Rule<S> = Readonly<{
  says: string
  code: string
  coded?: (policy: Policy) => string
  holds: (situation: S) => boolean
}>

/** One way in which a follow-up and a transaction must agree, so that it can be the original. */
export type Criterion = Readonly<{ says: string; agrees: (candidate: Transaction, situation: Situation) => boolean }>

/** The first rule that does not hold decides. */
export function firstBroken<S>(rules: readonly Rule<S>[], situation: S): Rule<S> | undefined {
  return rules.find(rule => !rule.holds(situation))
}
