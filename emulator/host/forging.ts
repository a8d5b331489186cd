import type { Operation } from '../values/operation.ts'
import { contentOf } from './ask.ts'
import { answering, type Decision, isApproval } from './decision.ts'
import { memoryKey } from './duplicate.ts'
import type { Fault } from './fault.ts'
import { creditLegs } from './ledger.ts'
import { cardAccount, type NewPosting, saleOf } from './posting.ts'
import type { Situation } from './rules.ts'
import type { Transaction } from './transaction.ts'

/** What faults are made of: decisions that no honest rule would take. */

type Bend = NonNullable<Fault['decision']>

/** A bend of one operation's decisions only. */
export const onlyFor =
  (operation: Operation | readonly Operation[], bend: Bend): Bend =>
  (decision, situation, again) =>
    [operation].flat().some(one => one === situation.ask.operation) ? bend(decision, situation, again) : decision

/** A bend of refusals only. */
export const ofRefusals =
  (bend: Bend): Bend =>
  (decision, situation, again) =>
    isApproval(decision) ? decision : bend(decision, situation, again)

/** A bend of approvals only. */
export const ofApprovals =
  (bend: Bend): Bend =>
  (decision, situation, again) =>
    isApproval(decision) ? bend(decision, situation, again) : decision

/** The approval that a refusal should not have been, with these postings. */
export function approveAnyway(decision: Decision, postings: readonly NewPosting[] = []): Decision {
  const { transaction } = decision
  const fields = { reference: transaction?.reference ?? '999900000001', approvalCode: '999999' }
  return {
    ...decision,
    answer: answering('00', fields),
    ...(transaction && { transaction: { ...transaction, code: '00', approvalCode: fields.approvalCode } }),
    postings,
    says: 'approved by a fault',
  }
}

/** The refusal that an approval should not have been: nothing is posted. */
export function refuseAnyway(decision: Decision, code: string): Decision {
  const { transaction } = decision
  const reference = transaction && { reference: transaction.reference }
  return {
    ...decision,
    answer: answering(code, reference),
    ...(transaction && { transaction: withoutApproval(transaction, code) }),
    postings: [],
    effects: [],
    says: 'refused by a fault',
  }
}

function withoutApproval({ approvalCode: _, ...transaction }: Transaction, code: string): Transaction {
  return { ...transaction, code }
}

/** Whether the request is one that was here before, to the letter. */
export function isRepeat(situation: Situation): boolean {
  const key = memoryKey(situation)
  const first = key === undefined ? undefined : situation.books.answer(key)
  return first?.content.equals(contentOf(situation.ask)) ?? false
}

/** Whether the key of the request is that of another one. */
export function reusesKey(situation: Situation): boolean {
  const key = memoryKey(situation)
  const first = key === undefined ? undefined : situation.books.answer(key)
  return first !== undefined && !first.content.equals(contentOf(situation.ask))
}

/** The transaction of the request's own key: the first copy of a repeat, or what a reversal reverses. */
export function firstOf({ ask, books }: Situation): Transaction | undefined {
  const { merchantId, terminalId, batch, trace } = ask
  return books.byKey(`${merchantId}/${terminalId}/${batch}/${trace}`)
}

/** Takes the amount of the request from its card, once more than anybody approved. */
export function debit({ ask }: Situation, transaction: number): readonly NewPosting[] {
  return ask.pan && ask.minor !== undefined ? [saleOf(transaction, ask.pan, ask.minor)] : []
}

/** Gives the amount of the request to its card. */
export function credit(
  situation: Situation,
  transaction: number,
  kind: 'void' | 'refund' | 'reversal' = 'void',
): readonly NewPosting[] {
  const { ask, books } = situation
  const pan = ask.pan ?? firstOf(situation)?.pan ?? books.transactions.at(-1)?.pan
  return pan && ask.minor !== undefined ? [{ transaction, kind, legs: creditLegs(cardAccount(pan), ask.minor) }] : []
}
