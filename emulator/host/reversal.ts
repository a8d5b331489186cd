import { keyOfAsk } from './ask.ts'
import { accepting, type Decision, refusing } from './decision.ts'
import { reversalOf } from './ledger.ts'
import { type Following, firstBroken, type Rule, type Situation } from './rules.ts'
import { approved } from './transaction.ts'

/**
 * What a reversal has to satisfy once its original is found by trace, terminal, merchant and batch, in open and closed batches alike.
 *
 * @source UnionPay POS fact sheet, 4.4, 5.5 and 5.6
 */
export const reversalRules: readonly Rule<Following>[] = [
  { says: 'the original can be reversed', code: '25', holds: ({ original }) => original.operation !== 'refund' },
  {
    says: 'the original is of the kind that the reversal names',
    code: '25',
    holds: ({ ask, original }) => ask.of === original.operation,
  },
  {
    says: 'the reversal names a message that there is',
    code: '25',
    holds: ({ ask, books, original }) => {
      const { originalBatch, originalTrace } = ask.fields
      if (originalTrace === undefined) return true
      const undone = books.transactions[(original.original ?? 0) - 1]
      const isMeant = (batch: string): boolean => originalBatch === undefined || batch === originalBatch
      return [original, undone].some(one => one?.trace === originalTrace && isMeant(one.batch))
    },
  },
  {
    says: 'the card is the one of the original',
    code: '14',
    holds: ({ ask, original }) => ask.pan === undefined || ask.pan.equals(original.pan),
  },
  { says: 'the amount is that of the original', code: '64', holds: ({ ask, original }) => ask.minor === original.minor },
  { says: 'the original was approved', code: '12', holds: ({ original }) => approved(original) },
]

/** Rules that a repeated reversal need not satisfy: it has no second effect whatever has happened since. */
export const reversalStateRules: readonly Rule<Following>[] = [
  {
    says: 'the original is not voided',
    code: '25',
    holds: ({ books, original }) => {
      const posting = books.ledger.postingOf(original)
      return !posting || books.ledger.voidedPart(posting) === 0n
    },
  },
  {
    says: 'nothing of the original was refunded',
    code: '22',
    holds: ({ books, original }) => {
      const posting = books.ledger.postingOf(original)
      return !posting || books.ledger.refundedPart(posting) === 0n
    },
  },
  {
    says: 'the original is not settled',
    code: '22',
    holds: ({ books, original }) => !books.batches.isClosed(original.terminalId, original.batch),
  },
]

export type ReversalRulebook = Readonly<{ rules: readonly Rule<Following>[]; stateRules: readonly Rule<Following>[] }>

export function decideReversal(situation: Situation, rulebook: ReversalRulebook): Decision {
  const { ask, books, policy } = situation
  const key = keyOfAsk(ask)
  const original = key === undefined ? undefined : books.byKey(key)
  if (!original) return unknownOriginal(key, policy.revUnknown === 'ack')
  const following: Following = { ...situation, original }
  const broken = firstBroken(rulebook.rules, following)
  if (broken) return refusing(broken.code, `it does not hold that ${broken.says}`)
  const posting = books.ledger.postingOf(original)
  if (!posting || books.ledger.isReversed(posting)) return accepting('it was reversed before')
  const late = firstBroken(rulebook.stateRules, following)
  if (late) return refusing(late.code, `it does not hold that ${late.says}`)
  return { ...accepting(`the ${original.operation} is reversed`), postings: [reversalOf(posting)] }
}

/** Nothing to reverse. Should the request itself arrive after its reversal, it will be refused. */
function unknownOriginal(key: string | undefined, acknowledged: boolean): Decision {
  const decision = acknowledged ? accepting('nothing to reverse: acknowledged') : refusing('25', 'nothing to reverse')
  return key === undefined ? decision : { ...decision, effects: [{ is: 'reversed before it came', key }] }
}
