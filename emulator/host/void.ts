import { amountIsPossible, pinRules } from './card-rules.ts'
import type { Decision } from './decision.ts'
import { creditLegs } from './ledger.ts'
import type { Numbers } from './numbers.ts'
import { candidates } from './original.ts'
import { cardAccount, type Posting } from './posting.ts'
import { approve, decline } from './recorded.ts'
import { type Criterion, type Following, firstBroken, type Rule, type Situation } from './rules.ts'
import { notReversedBefore } from './sale.ts'
import { approved } from './transaction.ts'
import { withinVoidWindow } from './void-window.ts'

/** Before the original is looked for. */
export const voidPreliminaries: readonly Rule<Situation>[] = [notReversedBefore, amountIsPossible]

export const originalIsFound: Rule<Situation> = { says: 'the original is found, and only one', code: '25', holds: () => false }

const posting = ({ books, original }: Following): Posting | undefined => books.ledger.postingOf(original)

/** Steps 10 and 12 for a void, its original being found. Card and amount come before the state. */
export const voidRules: readonly Rule<Following>[] = [
  {
    says: 'the card is the one of the original',
    code: '14',
    holds: ({ ask, original }) => ask.pan?.equals(original.pan) ?? false,
  },
  { says: 'the original is no void', code: '12', holds: ({ original }) => original.operation !== 'void' },
  { says: 'the original is a sale', code: '12', holds: ({ original }) => original.operation !== 'refund' },
  { says: 'the original was approved', code: '12', holds: ({ original }) => approved(original) },
  {
    says: 'the approval code is the one of the original',
    code: '25',
    holds: ({ ask, original }) =>
      ask.fields.approvalCode === undefined || ask.fields.approvalCode.trim() === (original.approvalCode ?? ''),
  },
  {
    says: 'the original was not reversed',
    code: '22',
    holds: situation => {
      const sale = posting(situation)
      return !sale || !situation.books.ledger.isReversed(sale)
    },
  },
  {
    says: 'the original is not voided',
    code: '22',
    holds: situation => {
      const sale = posting(situation)
      return !sale || situation.books.ledger.voidedPart(sale) < situation.original.minor
    },
  },
  {
    says: 'the original is not settled',
    code: '22',
    holds: ({ books, original }) => !books.batches.isClosed(original.terminalId, original.batch),
  },
  { says: 'the void window is not over', code: '22', holds: withinVoidWindow },
  {
    says: 'nothing of the original was refunded',
    code: '12',
    holds: situation => {
      const sale = posting(situation)
      return !sale || situation.books.ledger.refundedPart(sale) === 0n
    },
  },
  {
    says: 'the amount is not above what is left of the original',
    code: '64',
    holds: situation => {
      const sale = posting(situation)
      return !sale || (situation.ask.minor ?? 0n) <= situation.books.ledger.standing(sale)
    },
  },
  {
    says: 'the amount is that of the original',
    code: '64',
    holds: ({ ask, original, policy }) => policy.voidAmount === 'partial' || ask.minor === original.minor,
  },
  {
    says: 'a PIN is there where the original had one',
    code: '55',
    holds: ({ ask, original, policy }) => !policy.supports.has('void-pin') || !original.pinEntered || ask.pin.is !== 'absent',
  },
  ...pinRules,
]

/** What a void is judged by. */
export type VoidRulebook = Readonly<{
  preliminaries: readonly Rule<Situation>[]
  criteria: readonly Criterion[]
  rules: readonly Rule<Following>[]
}>

export function decideVoid(situation: Situation, numbers: Numbers, rulebook: VoidRulebook): Decision {
  const early = firstBroken(rulebook.preliminaries, situation)
  if (early) return decline(situation, numbers, early)
  const [original, ...others] = candidates(situation, rulebook.criteria)
  if (!original || others.length > 0) return decline(situation, numbers, originalIsFound)
  const following: Following = { ...situation, original }
  const broken = firstBroken(rulebook.rules, following)
  if (broken) return decline(following, numbers, broken, original)
  return approve(situation, numbers, { original, says: 'the sale is voided', posting: id => voidPosting(following, id) })
}

/** A void gives back what it says, and points to the posting that it undoes. */
export function voidPosting({ books, ask, original }: Following, transaction: number) {
  const sale = books.ledger.postingOf(original)
  return {
    transaction,
    kind: 'void' as const,
    ...(sale && { of: sale.id }),
    legs: creditLegs(cardAccount(original.pan), ask.minor ?? original.minor),
  }
}
