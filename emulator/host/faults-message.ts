import { answering } from './decision.ts'
import type { Fault } from './fault.ts'
import { approveAnyway, ofApprovals, ofRefusals, onlyFor, refuseAnyway } from './forging.ts'
import { isFinancial } from './reply.ts'
import { without } from './rulebook.ts'

/** What a host that only pretends gets wrong: every refusal there should be. */
const everyRefusal = [
  ...['SALE-002', 'SALE-003', 'SALE-004', 'VOID-004', 'VOID-005', 'VOID-006', 'VOID-007', 'VOID-009', 'VOID-011', 'VOID-013'],
  ...['VOID-015', 'VOID-016', 'VOID-018', 'VOID-020', 'VOID-021', 'VOID-024', 'VOID-028', 'VOID-038'],
  ...['DUP-006', 'REV-015', 'MSG-010', 'MSG-011', 'MSG-012', 'MSG-013', 'MSG-014', 'SEC-001', 'SEC-002', 'SEC-006', 'LEDG-003'],
]

/** Mistakes about messages as such, and hosts that are no hosts at all. */
export const messageFaults: readonly Fault[] = [
  {
    id: 'approves everything',
    says: 'Nothing is ever refused; what should have been moves no money',
    breaks: everyRefusal,
    moneyAtRisk: 'merchant',
    decision: ofRefusals((decision, { ask }) => (ask.operation === 'settle' ? decision : approveAnyway(decision))),
  },
  {
    id: 'refuses everything',
    says: 'Nothing but management is ever approved',
    breaks: ['SALE-001'],
    moneyAtRisk: 'merchant',
    decision: ofApprovals((decision, { ask }) => (isFinancial(ask) ? refuseAnyway(decision, '12') : decision)),
  },
  {
    id: 'refuses everything with 05',
    says: 'All refusals get the same code, which tells nothing',
    breaks: ['VOID-039'],
    moneyAtRisk: 'none',
    decision: ofRefusals((decision, { ask }) => (isFinancial(ask) ? { ...decision, answer: answering('05') } : decision)),
  },
  {
    id: 'echoes the request',
    says: 'Whatever comes is sent back as it is',
    breaks: ['MSG-001', 'SIGN-001'],
    moneyAtRisk: 'merchant',
    decision: decision => ({ answer: decision.answer, postings: [], effects: [], says: 'echoed by a fault' }),
    reply: (_, { ask }) => ({ mti: ask.mti, fields: ask.fields }),
  },
  {
    id: 'gives a canned answer by message type',
    says: 'After the first approval of a type, all requests of that type get its codes, and nothing is posted',
    breaks: ['SALE-002', 'VOID-002', 'LEDG-003'],
    moneyAtRisk: 'merchant',
    decision: (decision, { ask, books }) =>
      isFinancial(ask) && books.transactions.length > 0 ? approveAnyway(decision) : decision,
  },
  {
    id: 'says nothing instead of a refusal',
    says: 'A request that has to be refused gets no answer',
    breaks: ['SALE-002', 'SALE-004', 'VOID-020'],
    moneyAtRisk: 'none',
    decision: ofRefusals((decision, { ask }) => (isFinancial(ask) ? { ...decision, answer: { is: 'silence' } } : decision)),
  },
  {
    id: 'answers with another type',
    says: 'A sale is answered as if it were an advice',
    breaks: ['MSG-001'],
    moneyAtRisk: 'none',
    reply: (reply, { ask }) => (ask.operation === 'sale' ? { ...reply, mti: '0230' } : reply),
  },
  {
    id: 'answers with another trace number',
    says: 'The answer to a sale carries the trace number after its own',
    breaks: ['MSG-003'],
    moneyAtRisk: 'none',
    reply: (reply, { ask }) => {
      if (ask.operation !== 'sale' || ask.trace === undefined) return reply
      const trace = String((Number(ask.trace) % 999_999) + 1).padStart(6, '0')
      return { ...reply, fields: { ...reply.fields, trace } }
    },
  },
  {
    id: 'answers with another amount',
    says: 'The answer to a void says one fen more',
    breaks: ['MSG-003'],
    moneyAtRisk: 'none',
    reply: (reply, { ask }) =>
      ask.operation === 'void' && ask.minor !== undefined
        ? { ...reply, fields: { ...reply.fields, amount: String(ask.minor + 1n).padStart(12, '0') } }
        : reply,
  },
  {
    id: 'gives one reference twice',
    says: 'Two sales of a day have the same reference',
    breaks: ['MSG-006'],
    moneyAtRisk: 'none',
    decision: onlyFor(
      'sale',
      ofApprovals(decision => {
        const reference = '700000000001'
        return {
          ...decision,
          answer: answering('00', decision.answer.is === 'answer' ? { ...decision.answer.fields, reference } : { reference }),
          ...(decision.transaction && { transaction: { ...decision.transaction, reference } }),
        }
      }),
    ),
  },
  {
    id: 'forgets the reference that it gave',
    says: 'A sale stands in the books under another reference than in its answer',
    breaks: ['VOID-001'],
    moneyAtRisk: 'cardholder',
    reply: (reply, { ask }) =>
      ask.operation === 'sale' && reply.fields.reference !== undefined
        ? { ...reply, fields: { ...reply.fields, reference: `8${reply.fields.reference.slice(1)}` } }
        : reply,
  },
  {
    id: 'no approval code',
    says: 'Approvals come without their code',
    breaks: ['MSG-007'],
    moneyAtRisk: 'none',
    reply: reply => {
      const { approvalCode: _, ...fields } = reply.fields
      return { ...reply, fields }
    },
  },
  {
    id: 'approves an unknown operation',
    says: 'What the host does not know is approved',
    breaks: ['MSG-012'],
    moneyAtRisk: 'none',
    decision: ofRefusals((decision, { ask }) => (ask.operation === 'unknown' ? approveAnyway(decision) : decision)),
  },
  {
    id: 'is silent to an unknown operation',
    says: 'What the host does not know gets no answer',
    breaks: ['MSG-012'],
    moneyAtRisk: 'none',
    decision: (decision, { ask }) => (ask.operation === 'unknown' ? { ...decision, answer: { is: 'silence' } } : decision),
  },
  {
    id: 'posts on a malformed request',
    says: 'A request that lacks a mandatory field is carried out',
    breaks: ['MSG-013'],
    moneyAtRisk: 'cardholder',
    rules: all => without(all, 'access', 'the request is well formed'),
  },
  {
    id: 'approves a zero amount',
    says: 'A sale of nothing, or of an absurd amount, is approved',
    breaks: ['MSG-014'],
    moneyAtRisk: 'none',
    rules: all => without(all, 'sale', 'the amount is possible', 'the funds cover the amount'),
  },
  {
    id: 'takes what arrives at once for a message',
    says: 'A request that the line splits or joins with another is not put together',
    breaks: ['NET-002'],
    moneyAtRisk: 'none',
    cutter: () => ({ push: chunk => [chunk], rest: () => new Uint8Array(0) }),
  },
]
