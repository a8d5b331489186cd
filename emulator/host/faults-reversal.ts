import { rowsOfType } from '../dialects/identify.ts'
import { answering } from './decision.ts'
import type { Fault } from './fault.ts'
import { approveAnyway, credit, firstOf, ofApprovals, ofRefusals, onlyFor, refuseAnyway } from './forging.ts'
import { reversalOf } from './ledger.ts'
import { without } from './rulebook.ts'
import { keyOf } from './transaction.ts'

/** Mistakes about technical reversals. */
export const reversalFaults: readonly Fault[] = [
  {
    id: 'acknowledges a reversal without effect',
    says: 'A reversal is acknowledged and the cardholder stays charged',
    breaks: ['REV-008', 'LEDG-003'],
    moneyAtRisk: 'cardholder',
    decision: onlyFor('reverse', decision => ({ ...decision, postings: [] })),
  },
  {
    id: 'refuses every reversal',
    says: 'No reversal is taken',
    breaks: ['REV-008', 'REV-017'],
    moneyAtRisk: 'cardholder',
    decision: onlyFor(
      'reverse',
      ofApprovals(decision => refuseAnyway(decision, '25')),
    ),
  },
  {
    id: 'reverses twice',
    says: 'A reversal that is repeated gives the money back again',
    breaks: ['REV-009', 'LEDG-002'],
    moneyAtRisk: 'merchant',
    decision: onlyFor(
      'reverse',
      ofApprovals((decision, situation) => {
        const first = firstOf(situation)
        const posting = first && situation.books.ledger.postingOf(first)
        return posting && decision.postings.length === 0 ? { ...decision, postings: [reversalOf(posting)] } : decision
      }),
    ),
  },
  {
    id: 'does not know a repeated reversal',
    says: 'A reversal that is repeated is answered with a system fault, so that the terminal never ends',
    breaks: ['REV-009'],
    moneyAtRisk: 'none',
    decision: onlyFor(
      'reverse',
      ofApprovals(decision => (decision.postings.length === 0 ? refuseAnyway(decision, '96') : decision)),
    ),
  },
  {
    id: 'credits a reversal of an unknown sale',
    says: 'A reversal that names nothing gives its amount to a card',
    breaks: ['REV-010', 'LEDG-002'],
    moneyAtRisk: 'merchant',
    decision: onlyFor('reverse', (decision, situation) =>
      firstOf(situation) ? decision : approveAnyway(decision, credit(situation, 0, 'reversal')),
    ),
  },
  {
    id: 'takes the late original of a reversal',
    says: 'A sale that arrives after its reversal is charged',
    breaks: ['LEDG-001'],
    moneyAtRisk: 'cardholder',
    rules: all => without(without(all, 'sale', 'no reversal of it came before it'), 'void', 'no reversal of it came before it'),
  },
  {
    id: 'credits a reversal of a declined sale',
    says: 'A declined sale that is reversed gives its amount to the card',
    breaks: ['REV-012', 'LEDG-002'],
    moneyAtRisk: 'merchant',
    decision: onlyFor('reverse', (decision, situation) => {
      const first = firstOf(situation)
      return first && first.code !== '00' ? approveAnyway(decision, credit(situation, first.id, 'reversal')) : decision
    }),
  },
  {
    id: 'credits a reversal of a voided sale',
    says: 'A sale that was voided is reversed as well',
    breaks: ['REV-013', 'LEDG-002'],
    moneyAtRisk: 'merchant',
    rules: all => without(all, 'reversal', 'the original is not voided'),
  },
  {
    id: 'acknowledges a reversal after settlement without effect',
    says: 'A reversal after the settlement is acknowledged, and nothing happens',
    breaks: ['REV-014'],
    moneyAtRisk: 'cardholder',
    decision: onlyFor(
      'reverse',
      ofRefusals((decision, situation) => {
        const first = firstOf(situation)
        const settled = first && situation.books.batches.isClosed(first.terminalId, first.batch)
        return settled ? { ...decision, answer: answering('00') } : decision
      }),
    ),
  },
  {
    id: 'forgets what it could not deliver',
    says: 'A sale whose line broke stays charged: its reversal over the next line finds nothing',
    breaks: ['REV-008', 'REV-027'],
    moneyAtRisk: 'cardholder',
    decision: onlyFor(
      'reverse',
      ofApprovals((decision, situation) => {
        const first = firstOf(situation)
        const line = first && situation.books.answer(keyOf(first))?.line
        return line === situation.ask.line ? decision : refuseAnyway(decision, '25')
      }),
    ),
  },
  {
    id: 'ignores the amount of a reversal',
    says: 'A reversal of another amount reverses the sale',
    breaks: ['REV-015'],
    moneyAtRisk: 'merchant',
    rules: all => without(all, 'reversal', 'the amount is that of the original'),
  },
  {
    id: 'does not bring a sale back when its void is reversed',
    says: 'The reversal of a void is acknowledged and the sale stays voided',
    breaks: ['REV-017', 'LEDG-003'],
    moneyAtRisk: 'merchant',
    decision: onlyFor('reverse', (decision, { ask }) => (ask.of === 'void' ? { ...decision, postings: [] } : decision)),
  },
  {
    id: 'reverses a refund',
    says: 'A reversal that names a refund takes the credit back',
    breaks: ['REV-018'],
    moneyAtRisk: 'cardholder',
    decision: ofRefusals((decision, situation) => {
      const { ask, dialect } = situation
      const isReversal = rowsOfType(dialect, ask.mti).some(({ operation }) => operation === 'reverse')
      const first = isReversal ? firstOf(situation) : undefined
      const posting = first?.operation === 'refund' ? situation.books.ledger.postingOf(first) : undefined
      return posting ? { ...approveAnyway(decision), postings: [reversalOf(posting)] } : decision
    }),
  },
  {
    id: 'reverses for another terminal',
    says: 'A reversal is matched by batch and trace alone, whoever sends it',
    breaks: ['REV-023'],
    moneyAtRisk: 'merchant',
    decision: onlyFor(
      'reverse',
      ofRefusals((decision, situation, decideAgain) => {
        const { ask, books } = situation
        const other = firstOf(situation) ? undefined : books.byTrace(ask.batch ?? '', ask.trace ?? '').at(-1)
        if (!other) return decision
        return decideAgain({ ...situation, ask: { ...ask, terminalId: other.terminalId, merchantId: other.merchantId } })
      }),
    ),
  },
  {
    id: 'ignores the card of a reversal',
    says: 'A reversal is taken with any card',
    breaks: ['REV-024'],
    moneyAtRisk: 'merchant',
    rules: all => without(all, 'reversal', 'the card is the one of the original'),
  },
]
