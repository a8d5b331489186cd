import type { Fault } from './fault.ts'
import { approveAnyway, debit, ofApprovals, ofRefusals, onlyFor, refuseAnyway } from './forging.ts'
import { without } from './rulebook.ts'

/** Mistakes about sales and balance inquiries. */
export const saleFaults: readonly Fault[] = [
  {
    id: 'approves above the funds',
    says: 'Nobody looks whether the card can pay',
    breaks: ['SALE-002'],
    moneyAtRisk: 'merchant',
    rules: all => without(all, 'sale', 'the funds cover the amount'),
  },
  {
    id: 'approves a wrong PIN',
    says: 'The PIN of a sale is not compared',
    breaks: ['SALE-003'],
    moneyAtRisk: 'cardholder',
    rules: all => without(all, 'sale', 'the PIN block can be opened', 'PIN tries are left', 'the PIN is right'),
  },
  {
    id: 'approves an unknown card',
    says: 'A number that nobody issued may pay',
    breaks: ['SALE-004'],
    moneyAtRisk: 'merchant',
    decision: onlyFor(
      'sale',
      ofRefusals((decision, situation) => {
        const { ask, books } = situation
        const stranger = ask.pan !== undefined && books.card(ask.pan.reveal()) === undefined
        return stranger && decision.transaction ? approveAnyway(decision, debit(situation, decision.transaction.id)) : decision
      }),
    ),
  },
  {
    id: 'approves a sale without posting',
    says: 'A sale is approved and nobody pays',
    breaks: ['SALE-001', 'LEDG-003', 'INQ-001'],
    moneyAtRisk: 'merchant',
    decision: onlyFor('sale', decision => ({ ...decision, postings: [] })),
  },
  {
    id: 'refuses a sale but debits',
    says: 'A sale that is refused is charged',
    breaks: ['LEDG-003', 'SALE-003'],
    moneyAtRisk: 'cardholder',
    decision: onlyFor(
      'sale',
      ofRefusals((decision, situation) =>
        decision.transaction ? { ...decision, postings: debit(situation, decision.transaction.id) } : decision,
      ),
    ),
  },
  {
    id: 'debits a sale twice',
    says: 'One sale is charged two times',
    breaks: ['SALE-001', 'LEDG-001', 'INQ-001'],
    moneyAtRisk: 'cardholder',
    decision: onlyFor('sale', decision => ({ ...decision, postings: decision.postings.flatMap(posting => [posting, posting]) })),
  },
  {
    id: 'gives no reference',
    says: 'An approval carries no reference',
    breaks: ['SALE-001'],
    moneyAtRisk: 'none',
    reply: (reply, { ask }) => {
      if (ask.operation !== 'sale') return reply
      const { reference: _, ...fields } = reply.fields
      return { ...reply, fields }
    },
  },
  {
    id: 'rounds amounts',
    says: 'Fen are rounded away when a sale is posted',
    breaks: ['LEDG-007', 'SALE-001'],
    moneyAtRisk: 'cardholder',
    decision: onlyFor(
      'sale',
      ofApprovals(decision => ({
        ...decision,
        postings: decision.postings.map(posting => ({
          ...posting,
          legs: posting.legs.map(leg => ({ ...leg, minor: (leg.minor / 100n) * 100n })),
        })),
      })),
    ),
  },
  {
    id: 'canned balance',
    says: 'A balance inquiry is answered with a constant',
    breaks: ['INQ-001'],
    moneyAtRisk: 'none',
    decision: onlyFor(
      'inquire',
      ofApprovals(decision =>
        decision.answer.is === 'answer'
          ? { ...decision, answer: { ...decision.answer, fields: { balance: '99999' } } }
          : decision,
      ),
    ),
  },
  {
    id: 'refuses balance inquiries',
    says: 'A balance inquiry is refused, though the profile claims it',
    breaks: ['INQ-001'],
    moneyAtRisk: 'none',
    decision: onlyFor(
      'inquire',
      ofApprovals(decision => refuseAnyway(decision, '12')),
    ),
  },
  {
    id: 'charges for an inquiry',
    says: 'Each balance inquiry takes one fen',
    breaks: ['INQ-001'],
    moneyAtRisk: 'cardholder',
    decision: onlyFor(
      'inquire',
      ofApprovals((decision, situation) => ({
        ...decision,
        postings: debit({ ...situation, ask: { ...situation.ask, minor: 1n } }, 0),
      })),
    ),
  },
]
