import { answering } from './decision.ts'
import type { Fault } from './fault.ts'
import { approveAnyway, credit, debit, firstOf, isRepeat, onlyFor, reusesKey } from './forging.ts'
import type { Situation } from './rules.ts'
import { keyOf } from './transaction.ts'

const approvedFirst = (situation: Situation) => {
  const first = isRepeat(situation) ? firstOf(situation) : undefined
  return first?.code === '00' ? first : undefined
}

/** Mistakes about requests that come twice. */
export const duplicateFaults: readonly Fault[] = [
  {
    id: 'debits twice on a repeated request',
    says: 'A sale that is sent again is charged again',
    breaks: ['DUP-001', 'DUP-017', 'DUP-019', 'DUP-020', 'LEDG-001', 'MSG-002'],
    moneyAtRisk: 'cardholder',
    decision: onlyFor('sale', (decision, situation) => {
      const first = approvedFirst(situation)
      return first ? approveAnyway(decision, debit(situation, first.id)) : decision
    }),
  },
  {
    id: 'declines a repeat but debits it',
    says: 'A sale that is sent again is refused as it should be, and charged again',
    breaks: ['DUP-001', 'LEDG-001', 'LEDG-003'],
    moneyAtRisk: 'cardholder',
    decision: onlyFor('sale', (decision, situation) => {
      const first = approvedFirst(situation)
      return first ? { ...decision, postings: debit(situation, first.id) } : decision
    }),
  },
  {
    id: 'credits a repeated void',
    says: 'A void that is sent again gives the money back again',
    breaks: ['VOID-008', 'LEDG-002'],
    moneyAtRisk: 'merchant',
    decision: onlyFor('void', (decision, situation) => {
      const first = approvedFirst(situation)
      return first ? approveAnyway(decision, credit(situation, first.id)) : decision
    }),
  },
  {
    id: 'credits a repeated refund',
    says: 'A refund that is sent again gives the money again',
    breaks: ['DUP-013', 'LEDG-002'],
    moneyAtRisk: 'merchant',
    decision: onlyFor('refund', (decision, situation) => {
      const first = approvedFirst(situation)
      return first ? approveAnyway(decision, credit(situation, first.id, 'refund')) : decision
    }),
  },
  {
    id: 'replays a wrong first answer',
    says: 'A repeat is answered with an approval that is not the first one',
    breaks: ['DUP-001', 'DUP-002', 'VOID-008'],
    moneyAtRisk: 'none',
    decision: (decision, situation) => (approvedFirst(situation) ? approveAnyway(decision) : decision),
  },
  {
    id: 'approves the repeat of a declined request',
    says: 'A declined sale is approved when it is sent again',
    breaks: ['DUP-018'],
    moneyAtRisk: 'cardholder',
    decision: onlyFor('sale', (decision, situation) => {
      const first = isRepeat(situation) ? firstOf(situation) : undefined
      return first && first.code !== '00' ? approveAnyway(decision, debit(situation, first.id)) : decision
    }),
  },
  {
    id: 'remembers only the last request',
    says: 'Only the last request is known again: an older one is charged anew',
    breaks: ['DUP-020', 'LEDG-001'],
    moneyAtRisk: 'cardholder',
    decision: onlyFor('sale', (decision, situation) => {
      const first = approvedFirst(situation)
      const last = situation.books.transactions.findLast(one => one.terminalId === situation.ask.terminalId)
      return first && last && first.id !== last.id ? approveAnyway(decision, debit(situation, first.id)) : decision
    }),
  },
  {
    id: 'forgets the answers when it restarts',
    says: 'A request from before a restart is charged again when it is repeated',
    breaks: ['DUP-019', 'LEDG-001'],
    moneyAtRisk: 'cardholder',
    decision: onlyFor('sale', (decision, situation) => {
      const first = approvedFirst(situation)
      return first && first.id <= situation.books.readBack ? approveAnyway(decision, debit(situation, first.id)) : decision
    }),
  },
  {
    id: 'forgets repeats when the line closes',
    says: 'A request that is repeated over another line is charged again',
    breaks: ['DUP-019', 'LEDG-001'],
    moneyAtRisk: 'cardholder',
    decision: onlyFor('sale', (decision, situation) => {
      const first = approvedFirst(situation)
      const line = first && situation.books.answer(keyOf(first))?.line
      return first && line !== situation.ask.line ? approveAnyway(decision, debit(situation, first.id)) : decision
    }),
  },
  {
    id: 'compares only the key of a repeat',
    says: 'A trace number that is used for another sale gets the first answer again',
    breaks: ['DUP-006'],
    moneyAtRisk: 'merchant',
    decision: (decision, situation) => {
      const first = reusesKey(situation) ? firstOf(situation) : undefined
      if (!first) return decision
      const fields = { reference: first.reference, ...(first.approvalCode && { approvalCode: first.approvalCode }) }
      return { ...decision, answer: answering(first.code, fields) }
    },
  },
  {
    id: 'posts a request under a used key',
    says: 'A trace number that is used for another sale is charged like a new one',
    breaks: ['DUP-006'],
    moneyAtRisk: 'cardholder',
    decision: onlyFor('sale', (decision, situation) => {
      const first = reusesKey(situation) ? firstOf(situation) : undefined
      return first ? approveAnyway(decision, debit(situation, first.id)) : decision
    }),
  },
  {
    id: 'takes a second equal sale for the first',
    says: 'A sale like the one before it is refused, though nobody asked for such a check',
    breaks: ['DUP-005'],
    moneyAtRisk: 'merchant',
    policy: policy => ({ ...policy, dupKey: 'suspected', dupWindow: { hours: 24 } }),
  },
  {
    id: 'answers repeats in another way than declared',
    says: 'Repeats of sales are treated as declared, repeats of voids get another treatment',
    breaks: ['DUP-003', 'VOID-008'],
    moneyAtRisk: 'none',
    decision: onlyFor('void', (decision, situation) => {
      const first = approvedFirst(situation)
      if (!first) return decision
      const key = keyOf(first)
      if (situation.policy.dupMode === 'replay') return { ...decision, answer: answering('94') }
      return { ...decision, answer: { is: 'first answer again', key, flagged: false } }
    }),
  },
]
