import { contentOf, keyOfAsk } from './ask.ts'
import { type Decision, refusing } from './decision.ts'
import { millisIn } from './knobs.ts'
import type { Situation } from './rules.ts'

/**
 * The key under which a request is remembered. By `reference` it is the merchant's own number (field 62 of UnionPay), where the request has one.
 * A request without a complete key is not remembered.
 */
export function memoryKey({ ask, policy }: Pick<Situation, 'ask' | 'policy'>): string | undefined {
  const own = ask.fields.private62 ?? ask.fields.ownReference
  if (policy.dupKey === 'reference' && own !== undefined && ask.merchantId !== undefined) return `${ask.merchantId}#${own}`
  return keyOfAsk(ask)
}

/** How the key of an earlier request with the same content is answered, or nothing when the request is new. Step 9 of the host's checks. */
export function decideDuplicate(situation: Situation): Decision | undefined {
  const { ask, books, policy } = situation
  const key = memoryKey(situation)
  const first = key === undefined ? undefined : books.answer(key)
  if (key === undefined || !first) return undefined
  if (!first.content.equals(contentOf(ask))) return refusing('94', 'its key is that of another request')
  const remembered = isRemembered(situation, key, first.at)
  if (policy.dupMode === 'silent') return { ...refusing('94', 'an exact repeat gets no answer'), answer: { is: 'silence' } }
  if (policy.dupMode === 'decline' || !remembered || isUndone(situation)) return refusing('94', 'it is an exact repeat')
  return {
    ...refusing('94', 'an exact repeat gets the first answer again'),
    answer: { is: 'first answer again', key, flagged: policy.dupMode === 'flag' },
  }
}

/** Under `commands` an answer is given again while no more than that many have followed it. */
function isRemembered({ books, policy: { replayMemory }, now }: Situation, key: string, at: number): boolean {
  if (replayMemory === 'batch') return true
  const { commands } = replayMemory
  return commands === undefined ? now.millis - at <= millisIn(replayMemory) : books.answersSince(key) <= commands
}

/** Whether what the first answer approved has been reversed since: that approval must not be given again. */
function isUndone({ ask, books }: Situation): boolean {
  const key = keyOfAsk(ask)
  const first = key === undefined ? undefined : books.byKey(key)
  return first !== undefined && books.ledger.stateOf(first) === 'reversed'
}

/** A sale with the card, amount and merchant of a living one of the last moments, on a host that suspects such sales. */
export function decideSuspected({ ask, books, policy, now }: Situation): Decision | undefined {
  if (policy.dupKey !== 'suspected' || policy.dupWindow === undefined || ask.operation !== 'sale') return undefined
  const from = now.millis - millisIn(policy.dupWindow)
  const twin = books.transactions.findLast(
    one =>
      one.at >= from &&
      one.operation === 'sale' &&
      one.merchantId === ask.merchantId &&
      one.minor === ask.minor &&
      ask.pan?.equals(one.pan) &&
      books.ledger.stateOf(one) === 'posted',
  )
  return twin && refusing('94', 'it is a suspected duplicate', { reference: twin.reference })
}
