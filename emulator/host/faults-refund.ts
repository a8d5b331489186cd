import type { Fault } from './fault.ts'
import { approveAnyway, credit, ofApprovals, ofRefusals, onlyFor, refuseAnyway } from './forging.ts'
import { candidates, refundCriteria } from './original.ts'
import { without } from './rulebook.ts'

const ceiling = 'all refunds together stay below the ceiling'

/** Mistakes about refunds. */
export const refundFaults: readonly Fault[] = [
  {
    id: 'refuses the refund after a refused void',
    says: 'A settled sale can neither be voided nor refunded',
    breaks: ['VOID-010', 'REF-001'],
    moneyAtRisk: 'cardholder',
    decision: onlyFor(
      'refund',
      ofApprovals(decision => refuseAnyway(decision, '12')),
    ),
  },
  {
    id: 'acknowledges a refund without moving money',
    says: 'A refund is approved and nobody gets anything',
    breaks: ['REF-001', 'LEDG-003'],
    moneyAtRisk: 'cardholder',
    decision: onlyFor('refund', decision => ({ ...decision, postings: [] })),
  },
  {
    id: 'refunds above the ceiling',
    says: 'Refunds are not added up',
    breaks: ['REF-002', 'LEDG-002'],
    moneyAtRisk: 'merchant',
    rules: all => without(all, 'refund', ceiling),
  },
  {
    id: 'refuses a second refund',
    says: 'After one partial refund the rest cannot be refunded',
    breaks: ['REF-003'],
    moneyAtRisk: 'cardholder',
    decision: onlyFor(
      'refund',
      ofApprovals((decision, { books }) => {
        const original = decision.transaction?.original
        const again = books.transactions.some(one => one.operation === 'refund' && one.original === original && one.code === '00')
        return again ? refuseAnyway(decision, '12') : decision
      }),
    ),
  },
  {
    id: 'turns an early refund about',
    says: 'A refund before the settlement is treated in another way than declared',
    breaks: ['REF-004'],
    moneyAtRisk: 'none',
    policy: policy => ({ ...policy, refundBeforeSettle: policy.refundBeforeSettle === 'refuse' ? 'refund' : 'refuse' }),
  },
  {
    id: 'refunds to another card',
    says: 'A refund is given to whichever card is presented',
    breaks: ['REF-005'],
    moneyAtRisk: 'merchant',
    rules: all => without(all, 'refund', 'the card is the one of the original'),
  },
  {
    id: 'refunds the sale of another merchant',
    says: 'The sale that is refunded is looked for without its merchant',
    breaks: ['REF-006', 'SEC-006', 'LEDG-010'],
    moneyAtRisk: 'merchant',
    rules: all => without(all, 'refund', 'the merchant is the same'),
  },
  {
    id: 'refunds an unknown sale',
    says: 'A refund whose sale is not found is given without one',
    breaks: ['REF-007'],
    moneyAtRisk: 'merchant',
    decision: onlyFor(
      'refund',
      ofRefusals((decision, situation) => {
        const unknown = candidates(situation, refundCriteria).length === 0
        return unknown && decision.transaction
          ? approveAnyway(decision, credit(situation, decision.transaction.id, 'refund'))
          : decision
      }),
    ),
  },
  {
    id: 'refunds a sale without money',
    says: 'A sale that was voided, reversed or declined can be refunded',
    breaks: ['REF-009', 'LEDG-002', 'REV-025'],
    moneyAtRisk: 'merchant',
    rules: all => without(all, 'refund', 'the original was approved', 'the original still has money to give back', ceiling),
  },
  {
    id: 'leaves refunds out of the totals',
    says: 'A refund is not counted when a batch is compared and settled',
    breaks: ['REF-013', 'SETL-002'],
    moneyAtRisk: 'merchant',
    decision: onlyFor(
      'refund',
      ofApprovals(decision => ({
        ...decision,
        postings: decision.postings.map(posting => ({ ...posting, transaction: 0 })),
      })),
    ),
  },
  {
    id: 'refuses a refund to an expired card',
    says: 'A card that expired after the sale gets no refund',
    breaks: ['REF-018'],
    moneyAtRisk: 'cardholder',
    decision: onlyFor(
      'refund',
      ofApprovals((decision, { ask, books }) =>
        books.cardState(ask.pan?.masked ?? '') === 'active' ? decision : refuseAnyway(decision, '54'),
      ),
    ),
  },
]
