import type { Dialect } from '../dialects/dialect.ts'
import type { Fault } from './fault.ts'
import { approveAnyway, credit, ofApprovals, ofRefusals, onlyFor, refuseAnyway } from './forging.ts'
import { candidates, voidCriteria } from './original.ts'
import { without } from './rulebook.ts'
import type { Situation } from './rules.ts'
import type { Transaction } from './transaction.ts'

const amountRules = ['the amount is not above what is left of the original', 'the amount is that of the original'] as const
const isUnknown = (situation: Situation): boolean => candidates(situation, voidCriteria).length === 0

/** The request with the references of the last sale of its merchant. */
function aimedAtLatest(situation: Situation): Situation | undefined {
  const { ask, books, dialect } = situation
  const sale = books.transactions.findLast(one => one.merchantId === ask.merchantId && books.ledger.stateOf(one) === 'posted')
  if (!sale) return undefined
  const fields = {
    ...ask.fields,
    reference: sale.reference,
    originalBatch: sale.batch,
    originalTrace: sale.trace,
    original: originalOf(dialect, sale),
  }
  return { ...situation, ask: { ...ask, fields } }
}

/** The field that names an original, in this dialect. */
function originalOf({ layouts }: Dialect, { batch, trace }: Transaction): string {
  const elements = layouts.original?.find(({ parts }) => parts.some(({ name }) => name === 'originalType'))
  if (elements === undefined) return batch + trace
  return elements.parts.map(({ name, length }) => (name === 'originalTrace' ? trace : '').padStart(length, '0')).join('')
}

/** Mistakes about the void of a sale. */
export const voidFaults: readonly Fault[] = [
  {
    id: 'refuses every void',
    says: 'A void is refused whatever it names',
    breaks: ['VOID-001'],
    moneyAtRisk: 'cardholder',
    decision: onlyFor(
      'void',
      ofApprovals(decision => refuseAnyway(decision, '12')),
    ),
  },
  {
    id: 'acknowledges a void without moving money',
    says: 'A void is approved and the cardholder stays charged',
    breaks: ['VOID-001', 'VOID-002', 'LEDG-003', 'INQ-001'],
    moneyAtRisk: 'cardholder',
    decision: onlyFor('void', decision => ({ ...decision, postings: [] })),
  },
  {
    id: 'credits a void twice',
    says: 'A void gives the money back two times',
    breaks: ['VOID-002', 'LEDG-002', 'INQ-001'],
    moneyAtRisk: 'merchant',
    decision: onlyFor('void', decision => ({ ...decision, postings: decision.postings.flatMap(posting => [posting, posting]) })),
  },
  {
    id: 'refuses a void but credits',
    says: 'A void that has to be refused is refused, and the money goes back all the same',
    breaks: ['VOID-038', 'LEDG-003'],
    moneyAtRisk: 'merchant',
    decision: onlyFor(
      'void',
      ofRefusals((decision, situation) =>
        decision.transaction ? { ...decision, postings: credit(situation, decision.transaction.id) } : decision,
      ),
    ),
  },
  {
    id: 'approves a void from another merchant',
    says: 'The original is looked for without its merchant',
    breaks: ['VOID-013', 'SEC-006'],
    moneyAtRisk: 'merchant',
    rules: all => without(all, 'void', 'the merchant is the same', 'the terminal is the same'),
  },
  {
    id: 'approves a void from another terminal',
    says: 'The original is looked for without its terminal, where only the same terminal may void',
    breaks: ['VOID-015'],
    moneyAtRisk: 'merchant',
    rules: all => without(all, 'void', 'the terminal is the same'),
  },
  {
    id: 'approves a void after settlement',
    says: 'A sale of a closed batch can be voided',
    breaks: ['VOID-009', 'SETL-009'],
    moneyAtRisk: 'merchant',
    rules: all => without(all, 'void', 'the original is not settled'),
  },
  {
    id: 'approves a void outside the window',
    says: 'The void window is never over',
    breaks: ['VOID-011'],
    moneyAtRisk: 'merchant',
    rules: all => without(all, 'void', 'the void window is not over'),
  },
  {
    id: 'approves a second void',
    says: 'Whether the sale is voided already is not looked at',
    breaks: ['VOID-007', 'LEDG-002'],
    moneyAtRisk: 'merchant',
    rules: all => without(all, 'void', 'the original is not voided', amountRules[0]),
  },
  {
    id: 'approves a void after a reversal',
    says: 'Whether the sale was reversed is not looked at',
    breaks: ['VOID-021', 'REV-025', 'LEDG-002'],
    moneyAtRisk: 'merchant',
    rules: all => without(all, 'void', 'the original was not reversed', amountRules[0]),
  },
  {
    id: 'approves a void of a void',
    says: 'A void can be voided by an operator',
    breaks: ['VOID-024', 'LEDG-002'],
    moneyAtRisk: 'merchant',
    rules: all => without(all, 'void', 'the original is no void'),
  },
  {
    id: 'approves a void of a declined sale',
    says: 'A sale that was declined is voided, and its amount given away',
    breaks: ['VOID-019', 'LEDG-002'],
    moneyAtRisk: 'merchant',
    rules: all => without(all, 'void', 'the original was approved'),
  },
  {
    id: 'approves a void of an unknown sale',
    says: 'A void that names nothing is approved and credited',
    breaks: ['VOID-020', 'LEDG-002'],
    moneyAtRisk: 'merchant',
    decision: onlyFor(
      'void',
      ofRefusals((decision, situation) =>
        decision.transaction && isUnknown(situation)
          ? approveAnyway(decision, credit(situation, decision.transaction.id))
          : decision,
      ),
    ),
  },
  {
    id: 'approves a void of a refunded sale',
    says: 'What was refunded is given back again by a void',
    breaks: ['VOID-022', 'VOID-023', 'LEDG-002'],
    moneyAtRisk: 'merchant',
    rules: all => without(all, 'void', 'nothing of the original was refunded'),
  },
  {
    id: 'ignores the amount',
    says: 'A void gives back the amount that it says, whatever the sale was',
    breaks: ['VOID-005', 'VOID-006', 'VOID-028'],
    moneyAtRisk: 'merchant',
    rules: all => without(all, 'void', ...amountRules),
  },
  {
    id: 'voids in full whatever the amount',
    says: 'A void of a part is carried out as a void of the whole',
    breaks: ['VOID-005', 'VOID-028'],
    moneyAtRisk: 'merchant',
    ask: (ask, books) => {
      const original = ask.operation === 'void' ? books.byReference(ask.fields.reference ?? '')[0] : undefined
      return original && ask.minor !== undefined && ask.minor < original.minor ? { ...ask, minor: original.minor } : ask
    },
  },
  {
    id: 'ignores the card',
    says: 'A void is taken with any card',
    breaks: ['VOID-016'],
    moneyAtRisk: 'merchant',
    rules: all => without(all, 'void', 'the card is the one of the original'),
  },
  {
    id: 'credits the card of the void',
    says: 'A void with another card gives the money to that card',
    breaks: ['VOID-016', 'LEDG-002'],
    moneyAtRisk: 'merchant',
    rules: all => without(all, 'void', 'the card is the one of the original'),
    decision: onlyFor(
      'void',
      ofApprovals((decision, situation) => ({
        ...decision,
        postings: decision.postings.map(posting => ({
          ...posting,
          legs: credit(situation, posting.transaction)[0]?.legs ?? posting.legs,
        })),
      })),
    ),
  },
  {
    id: 'ignores the PIN of a void',
    says: 'A void is taken without the PIN and with a wrong one',
    breaks: ['VOID-018'],
    moneyAtRisk: 'merchant',
    rules: all =>
      without(
        all,
        'void',
        'a PIN is there where the original had one',
        'the PIN block can be opened',
        'PIN tries are left',
        'the PIN is right',
      ),
  },
  {
    id: 'takes the latest hit for a void without a reference',
    says: 'A void that lacks its references is taken for the last sale of the merchant',
    breaks: ['VOID-004'],
    moneyAtRisk: 'merchant',
    decision: onlyFor(
      'void',
      ofRefusals((decision, situation, decideAgain) => {
        const { reference, original } = situation.ask.fields
        const aimed = reference === undefined || original === undefined ? aimedAtLatest(situation) : undefined
        return aimed ? decideAgain(aimed) : decision
      }),
    ),
  },
  {
    id: 'takes the latest hit for an ambiguous original',
    says: 'A void whose references fit nothing is taken for the last sale of the merchant',
    breaks: ['MSG-010'],
    moneyAtRisk: 'merchant',
    decision: onlyFor(
      'void',
      ofRefusals((decision, situation, decideAgain) => {
        const aimed = isUnknown(situation) ? aimedAtLatest(situation) : undefined
        return aimed && situation.ask.fields.reference !== undefined ? decideAgain(aimed) : decision
      }),
    ),
  },
  {
    id: 'believes the first of two references',
    says: 'Batch and trace of the original are not compared with its reference',
    breaks: ['MSG-011'],
    moneyAtRisk: 'merchant',
    rules: all => without(all, 'void', 'the batch is the same', 'the trace is the same'),
  },
  {
    id: 'forgets the batch of the original',
    says: 'The original is looked for under no batch and never found',
    breaks: ['VOID-001'],
    moneyAtRisk: 'cardholder',
    ask: ask => (ask.operation === 'void' ? { ...ask, fields: { ...ask.fields, originalBatch: '000000' } } : ask),
  },
  {
    id: 'reveals the original in a refusal',
    says: 'The refusal to another merchant has a code of its own, which tells that there is such a sale',
    breaks: ['VOID-014'],
    moneyAtRisk: 'none',
    reply: (reply, { ask, books }) => {
      const original = ask.operation === 'void' ? books.byReference(ask.fields.reference ?? '')[0] : undefined
      if (!original || original.merchantId === ask.merchantId) return reply
      return { ...reply, fields: { ...reply.fields, resultCode: '12' } }
    },
  },
  {
    id: 'refuses the void of a stopped card',
    says: 'A card that was stopped after the sale gets no void',
    breaks: ['VOID-037'],
    moneyAtRisk: 'cardholder',
    decision: onlyFor(
      'void',
      ofApprovals((decision, { ask, books }) =>
        books.cardState(ask.pan?.masked ?? '') === 'active' ? decision : refuseAnyway(decision, '54'),
      ),
    ),
  },
]
