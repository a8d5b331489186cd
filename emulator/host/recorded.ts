import { type Ask, keyOfAsk } from './ask.ts'
import { answering, type Decision, refusing } from './decision.ts'
import type { Fact } from './fact.ts'
import type { Numbers } from './numbers.ts'
import type { NewPosting } from './posting.ts'
import type { Rule, Situation } from './rules.ts'
import type { Transaction } from './transaction.ts'

/** What an approval does beside being recorded. `code` is `00`. */
export type Approval = Readonly<{
  original?: Transaction
  posting: (id: number) => NewPosting
  says: string
  fields?: Readonly<Record<string, string>>
}>

/** An approved request: its transaction, its one posting, its answer with reference and, but for a refund, approval code. */
export function approve(situation: Situation, numbers: Numbers, { original, posting, says, fields = {} }: Approval): Decision {
  const code = codeFor(situation, numbers)
  const transaction = recorded(situation, numbers, '00', original, code)
  if (!transaction) return refusing('30', 'the request lacks a part of its key')
  return {
    answer: answering('00', { reference: transaction.reference, ...(code && { approvalCode: code }), ...fields }),
    transaction,
    postings: [posting(transaction.id)],
    effects: pinEffects(situation, true),
    says,
  }
}

/** A request that was understood and declined: recorded, because a repeat of it, its void and its reversal must find it declined. */
export function decline<S extends Situation>(situation: S, numbers: Numbers, broken: Rule<S>, original?: Transaction): Decision {
  const transaction = recorded(situation, numbers, broken.code, original)
  return {
    answer: answering(broken.code, transaction && { reference: transaction.reference }),
    ...(transaction && { transaction }),
    postings: [],
    effects: broken.says === 'the PIN is right' ? pinEffects(situation, false) : [],
    says: `it does not hold that ${broken.says}`,
  }
}

function codeFor({ ask, books, policy }: Situation, numbers: Numbers): string | undefined {
  if (ask.operation === 'refund') return undefined
  const next = books.transactions.length + 1
  return policy.approvalCode === 'always' || next % 2 === 1 ? numbers.approvalCode(next) : undefined
}

function recorded(
  situation: Situation,
  numbers: Numbers,
  code: string,
  original?: Transaction,
  approvalCode?: string,
): Transaction | undefined {
  const { ask, books, now } = situation
  const { operation, terminalId, merchantId, batch, trace, pan } = ask
  if (operation !== 'sale' && operation !== 'void' && operation !== 'refund') return undefined
  if (!terminalId || !merchantId || !batch || !trace || !pan) return undefined
  const id = books.transactions.length + 1
  return {
    id,
    operation,
    merchantId,
    terminalId,
    batch,
    trace,
    pan,
    minor: ask.minor ?? 0n,
    reference: numbers.reference(id),
    ...(approvalCode !== undefined && { approvalCode }),
    code,
    ...(original && { original: original.id }),
    pinEntered: ask.pin.is !== 'absent',
    at: now.millis,
    localDate: now.localDate,
    businessDate: now.businessDate,
  }
}

/** A wrong PIN counts; a right one wipes the count. */
export function pinEffects({ ask, books }: Readonly<{ ask: Ask; books: Situation['books'] }>, right: boolean): readonly Fact[] {
  if (ask.pin.is !== 'entered' || !ask.pan || (right && books.pinTries(ask.pan.masked) === 0)) return []
  return [{ is: 'PIN tried', card: ask.pan.masked, right }]
}

/** Whether a reversal of this very request was here before it. */
export const cameAfterItsReversal = ({ ask, books }: Situation): boolean => {
  const key = keyOfAsk(ask)
  return key !== undefined && books.wasReversedBeforeItCame(key)
}
