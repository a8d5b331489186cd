import { isApproval } from './decision.ts'
import type { Fault } from './fault.ts'
import type { AuditRecord } from './portal/case.ts'
import type { OfficeFault } from './portal/office-fault.ts'
import { type Rulebook, without } from './rulebook.ts'
import type { Following, Rule } from './rules.ts'

const inTheOffice = { under: 'back-office', apart: true } as const
const alreadyVoided = ['the original is not voided', 'the amount is not above what is left of the original'] as const

/** The records of voids and refunds that were asked for, agreed to and done. */
const ofUndoing: readonly AuditRecord['act'][] = ['asked for a void', 'asked for a refund', 'approved', 'voided', 'refunded']

/** Done, in the words of the pages, and nothing in the books. */
const movingNothing =
  (of: 'void' | 'refund'): NonNullable<OfficeFault['decision']> =>
  (decision, { operation }) =>
    operation === of ? { ...decision, postings: [] } : decision

/** What an office voided counts as not voided. */
const blindToOffices = (rule: Rule<Following>): Rule<Following> =>
  alreadyVoided.some(says => says === rule.says)
    ? {
        ...rule,
        holds: situation =>
          rule.holds(situation) || situation.books.desk.about(situation.original.id).some(({ state }) => state === 'done'),
      }
    : rule

/** Mistakes of the merchants' back office. */
export const officeFaults: readonly Fault[] = [
  {
    id: 'keeps office voids out of the batch of their sale',
    says: 'What an office voids stands in no batch, so that the totals of its till agree and the sale is settled',
    breaks: ['VOID-042'],
    moneyAtRisk: 'cardholder',
    ...inTheOffice,
    office: { ask: ask => (ask.operation === 'void' ? { ...ask, batch: '000000' } : ask) },
  },
  {
    id: 'leaves no record of a void in the office',
    says: 'Nothing is written down of a void or refund in the back office',
    breaks: ['VOID-042', 'SEC-008'],
    moneyAtRisk: 'none',
    ...inTheOffice,
    office: { record: record => (ofUndoing.includes(record.act) ? undefined : record) },
  },
  {
    id: 'keeps no reasons in its audit log',
    says: 'The audit log does not say why something was done',
    breaks: ['VOID-042', 'SEC-008', 'DESK-012'],
    moneyAtRisk: 'none',
    ...inTheOffice,
    office: { record: ({ why: _, ...record }) => record },
  },
  {
    id: 'leaves no record of a rejection in the office',
    says: 'Nothing is written down of a request that was rejected',
    breaks: ['DESK-012'],
    moneyAtRisk: 'none',
    ...inTheOffice,
    office: { record: record => (record.act === 'rejected' ? undefined : record) },
  },
  {
    id: 'calls a void in the office done and moves nothing',
    says: 'A void in the back office is called voided, and the cardholder stays charged',
    breaks: ['DESK-001'],
    moneyAtRisk: 'cardholder',
    ...inTheOffice,
    office: { decision: movingNothing('void') },
  },
  {
    id: 'credits a void in the office twice',
    says: 'A void in the back office gives the money back two times',
    breaks: ['DESK-001'],
    moneyAtRisk: 'merchant',
    ...inTheOffice,
    office: {
      decision: (decision, { operation }) =>
        operation === 'void' && isApproval(decision)
          ? { ...decision, postings: decision.postings.flatMap(posting => [posting, posting]) }
          : decision,
    },
  },
  {
    id: 'voids in the office without a second person',
    says: 'What a clerk asks for takes effect at once',
    breaks: ['DESK-002'],
    moneyAtRisk: 'merchant',
    ...inTheOffice,
    office: { approval: 'none' },
  },
  {
    id: 'takes a void in the office without a reason',
    says: 'A request without a reason is taken',
    breaks: ['DESK-003'],
    moneyAtRisk: 'merchant',
    ...inTheOffice,
    office: { reasonless: true },
  },
  {
    id: 'lets people approve their own requests',
    says: 'Who has asked for something may approve it',
    breaks: ['DESK-004'],
    moneyAtRisk: 'merchant',
    ...inTheOffice,
    office: { decidesOwn: true },
  },
  {
    id: 'lets a clerk approve',
    says: 'A clerk has the right to decide about requests',
    breaks: ['DESK-005'],
    moneyAtRisk: 'merchant',
    ...inTheOffice,
    office: { mayAlso: (role, right) => role === 'clerk' && right === 'decide' },
  },
  {
    id: 'lets an auditor ask for voids',
    says: 'An auditor has the right to ask for voids',
    breaks: ['DESK-005'],
    moneyAtRisk: 'merchant',
    ...inTheOffice,
    office: { mayAlso: (role, right) => role === 'auditor' && right === 'ask for a void' },
  },
  {
    id: 'finds the transactions of every merchant',
    says: 'Of which merchant a transaction is is not looked at in the back office',
    breaks: ['DESK-006'],
    moneyAtRisk: 'merchant',
    ...inTheOffice,
    office: { seesAll: true },
  },
  {
    id: 'voids what was rejected in the office',
    says: 'A request that is rejected is carried out all the same',
    breaks: ['DESK-007'],
    moneyAtRisk: 'merchant',
    ...inTheOffice,
    office: { doesWhatItRejects: true },
  },
  {
    id: 'voids settled sales in the office',
    says: 'A sale of a closed batch can be voided in the back office',
    breaks: ['DESK-008'],
    moneyAtRisk: 'merchant',
    ...inTheOffice,
    office: { offersVoidOf: 'settled', rules: all => without(all, 'void', 'the original is not settled') },
  },
  {
    id: 'calls a refund in the office done and moves nothing',
    says: 'A refund in the back office is called refunded, and the cardholder gets nothing',
    breaks: ['DESK-009'],
    moneyAtRisk: 'cardholder',
    ...inTheOffice,
    office: { decision: movingNothing('refund') },
  },
  {
    id: 'voids in the office what a till has voided',
    says: 'Whether the sale is voided already is not looked at in the back office',
    breaks: ['DESK-010'],
    moneyAtRisk: 'merchant',
    ...inTheOffice,
    office: { offersVoidOf: 'voided', rules: all => without(all, 'void', ...alreadyVoided) },
  },
  {
    id: 'does not see at the till what the office voided',
    says: 'A till voids once more what the back office has voided',
    breaks: ['DESK-010', 'DESK-011'],
    moneyAtRisk: 'merchant',
    ...inTheOffice,
    rules: (all): Rulebook => ({ ...all, void: { ...all.void, rules: all.void.rules.map(blindToOffices) } }),
  },
  {
    id: 'approves in the office without asking its rules again',
    says: 'What was good when it was asked for is done when it is approved, whatever has happened since',
    breaks: ['DESK-011'],
    moneyAtRisk: 'merchant',
    ...inTheOffice,
    office: { rules: (all, when) => (when === 'decided' ? without(all, 'void', ...alreadyVoided) : all) },
  },
  {
    id: 'shows whole card numbers in the office',
    says: 'Card numbers stand in full on the pages of the back office',
    breaks: ['DESK-014'],
    moneyAtRisk: 'none',
    ...inTheOffice,
    office: { showsCards: true },
  },
  {
    id: 'approves in the office what is too late by then',
    says: 'Whether the void window is over is looked at when something is asked for, and never again',
    breaks: ['DESK-013'],
    moneyAtRisk: 'merchant',
    ...inTheOffice,
    office: { rules: (all, when) => (when === 'decided' ? without(all, 'void', 'the void window is not over') : all) },
  },
]
