import { amountIsPossible, currencyIsYuan } from './card-rules.ts'
import type { Decision } from './decision.ts'
import { millisIn } from './knobs.ts'
import { creditLegs } from './ledger.ts'
import type { Numbers } from './numbers.ts'
import { candidates } from './original.ts'
import { cardAccount } from './posting.ts'
import { approve, decline } from './recorded.ts'
import { type Criterion, type Following, firstBroken, type Rule, type Situation } from './rules.ts'
import { approved } from './transaction.ts'
import { originalIsFound, voidPosting } from './void.ts'

export const refundPreliminaries: readonly Rule<Situation>[] = [amountIsPossible, currencyIsYuan]

const settled = ({ books, original }: Following): boolean => books.batches.isClosed(original.terminalId, original.batch)

const convertsToVoid = (situation: Following): boolean =>
  situation.policy.refundBeforeSettle === 'convert-to-void' && !settled(situation)

/** What a refund has to satisfy once its original is found. The expiry of the card is not asked: money goes back. */
export const refundRules: readonly Rule<Following>[] = [
  {
    says: 'the card is the one of the original',
    code: '14',
    holds: ({ ask, original }) => ask.pan?.equals(original.pan) ?? false,
  },
  { says: 'the original is a sale', code: '12', holds: ({ original }) => original.operation === 'sale' },
  { says: 'the original was approved', code: '12', holds: ({ original }) => approved(original) },
  {
    says: 'the original still has money to give back',
    code: '22',
    holds: ({ books, original }) => {
      const sale = books.ledger.postingOf(original)
      return !sale || books.ledger.standing(sale) > 0n
    },
  },
  {
    says: 'the original is settled, where it has to be',
    code: '12',
    holds: situation => situation.policy.refundBeforeSettle !== 'refuse' || settled(situation),
  },
  {
    says: 'a refund that becomes a void is for the whole amount',
    code: '12',
    holds: situation => !convertsToVoid(situation) || situation.ask.minor === situation.original.minor,
  },
  {
    says: 'the refund window is not over',
    code: '12',
    holds: ({ original, now, policy }) =>
      policy.refundWindow === undefined || now.millis - original.at < millisIn(policy.refundWindow),
  },
  {
    says: 'a refund of a part is allowed',
    code: '13',
    holds: ({ ask, original, policy }) => policy.supports.has('partial-refund') || ask.minor === original.minor,
  },
  {
    says: 'all refunds together stay below the ceiling',
    code: '61',
    holds: ({ ask, books, original, policy }) => {
      const sale = books.ledger.postingOf(original)
      if (!sale) return true
      const given = books.ledger.refundedPart(sale) + (ask.minor ?? 0n)
      return given * 100n <= books.ledger.standing(sale) * BigInt(policy.refundCeil.percent)
    },
  },
]

export type RefundRulebook = Readonly<{
  preliminaries: readonly Rule<Situation>[]
  criteria: readonly Criterion[]
  rules: readonly Rule<Following>[]
}>

export function decideRefund(situation: Situation, numbers: Numbers, rulebook: RefundRulebook): Decision {
  const early = firstBroken(rulebook.preliminaries, situation)
  if (early) return decline(situation, numbers, early)
  const [original, ...others] = candidates(situation, rulebook.criteria)
  if (!original || others.length > 0) return decline(situation, numbers, originalIsFound)
  const following: Following = { ...situation, original }
  const broken = firstBroken(rulebook.rules, following)
  if (broken) return decline(following, numbers, broken, original)
  if (convertsToVoid(following))
    return approve(situation, numbers, {
      original,
      says: 'the sale was not settled: the refund became a void',
      posting: id => voidPosting(following, id),
      fields: convertedToVoid,
    })
  const sale = situation.books.ledger.postingOf(original)
  return approve(situation, numbers, {
    original,
    says: 'the refund is posted',
    posting: transaction => ({
      transaction,
      kind: 'refund',
      ...(sale && { of: sale.id }),
      legs: creditLegs(cardAccount(original.pan), situation.ask.minor ?? 0n),
    }),
  })
}

/** What the answer says of it. */
const convertedToVoid = { cardCompany: 'CUP', note: 'CONVERTED TO VOID' } as const
