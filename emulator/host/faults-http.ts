import type { Fault } from './fault.ts'
import { debit, firstOf, onlyFor, refuseAnyway } from './forging.ts'
import type { HttpAnswer, HttpFault } from './http-answer.ts'
import type { Situation } from './rules.ts'

/** The profile under which these show. */
const under = 'json-http'

/** Money that is moved a second time by a request whose key is known. */
const againstAKnownKey: NonNullable<Fault['decision']> = onlyFor('sale', (decision, situation) => {
  const first = approvedFirst(situation)
  return first === undefined ? decision : { ...decision, postings: debit(situation, first) }
})

/** The transaction of an approved request of the same key and content. */
function approvedFirst(situation: Situation): number | undefined {
  const first = firstOf(situation)
  return first?.code === '00' ? first.id : undefined
}

/** Bends the answers that approve, or those that refuse. */
const ofApproved = (bend: (answer: HttpAnswer) => HttpAnswer): HttpFault => ({
  answer: answer => (answer.body.approved === 'yes' ? bend(answer) : answer),
})
const ofRefused = (bend: (answer: HttpAnswer) => HttpAnswer): HttpFault => ({
  answer: answer => (answer.body.approved === 'no' ? bend(answer) : answer),
})

/** Mistakes of an HTTP interface. @source HTTP acquirers fact sheet, 3, 8.10, 8.12 and 8.13 */
export const httpFaults: readonly Fault[] = [
  {
    id: 'answers every request with 200',
    says: 'A refusal comes with status 200, as an approval does',
    breaks: ['HTTP-001'],
    moneyAtRisk: 'merchant',
    under,
    http: ofRefused(answer => ({ ...answer, status: 200 })),
  },
  {
    id: 'sets the success flag on a refusal',
    says: 'The body of a refusal says that it is approved; its code says why it is not',
    breaks: ['HTTP-001'],
    moneyAtRisk: 'merchant',
    under,
    http: ofRefused(answer => ({ ...answer, body: { ...answer.body, approved: 'yes' } })),
  },
  {
    id: 'refuses in the body of an approval',
    says: 'Status 201 carries a body that declines what was done',
    breaks: ['HTTP-001'],
    moneyAtRisk: 'cardholder',
    under,
    http: {
      answer: (answer, { type }) =>
        type === 'sale' && answer.status === 201
          ? { ...answer, body: { ...answer.body, approved: 'no', resultCode: '05' } }
          : answer,
    },
  },
  {
    id: 'answers without a body',
    says: 'What was done is told by the status alone',
    breaks: ['HTTP-001'],
    moneyAtRisk: 'cardholder',
    under,
    http: { answer: (answer, { type }) => (type === 'sale' ? { ...answer, body: {} } : answer) },
  },
  {
    id: 'fails after it has acted',
    says: 'A sale is posted, and answered with status 500',
    breaks: ['SALE-001'],
    moneyAtRisk: 'cardholder',
    under,
    http: {
      answer: (answer, { type }) =>
        type === 'sale' && answer.status === 201
          ? { ...answer, status: 500, body: { approved: 'no', resultCode: '96' } }
          : answer,
    },
  },
  {
    id: 'ignores the idempotency key',
    says: 'A sale that is sent again under its key is charged again',
    breaks: ['HTTP-002'],
    moneyAtRisk: 'cardholder',
    under,
    decision: againstAKnownKey,
    http: { lapses: ['the key is ignored'] },
  },
  {
    id: 'shares keys between merchants',
    says: 'A key that one merchant has used is taken from every other',
    breaks: ['HTTP-002'],
    moneyAtRisk: 'merchant',
    under,
    http: { lapses: ['the key is shared between merchants'] },
  },
  {
    id: 'answers a repeated key with another reference',
    says: 'The first answer is given again under a reference of its own',
    breaks: ['HTTP-002', 'DUP-002'],
    moneyAtRisk: 'none',
    under,
    http: {
      answer: (answer, { again }) =>
        again && answer.body.reference !== undefined
          ? { ...answer, body: { ...answer.body, reference: '999900000001' } }
          : answer,
    },
  },
  {
    id: 'takes a key for any content',
    says: 'Another request under a used key gets the first answer',
    breaks: ['HTTP-003'],
    moneyAtRisk: 'merchant',
    under,
    http: { lapses: ['the key is not bound to content'] },
  },
  {
    id: 'refuses a reused key and does it all the same',
    says: 'Another request under a used key is answered 409, and posted',
    breaks: ['HTTP-003'],
    moneyAtRisk: 'cardholder',
    under,
    http: { lapses: ['a reused key is refused and done'] },
  },
  {
    id: 'begins again what is in work',
    says: 'A second request under a key is done while the first is in work',
    breaks: ['HTTP-004'],
    moneyAtRisk: 'cardholder',
    under,
    decision: againstAKnownKey,
    http: { lapses: ['what is in work is begun again'] },
  },
  {
    id: 'knows a sale by its own reference only',
    says: 'A reversal that names the sale by batch and trace alone finds nothing',
    breaks: ['HTTP-006'],
    moneyAtRisk: 'cardholder',
    under,
    decision: onlyFor('reverse', decision => refuseAnyway(decision, '25')),
  },
  {
    id: 'never tells what became of a refund',
    says: 'A refund that was accepted stays pending for ever',
    breaks: ['REF-001'],
    moneyAtRisk: 'merchant',
    under,
    http: {
      answer: (answer, { type }) =>
        type === 'transaction' ? { ...answer, status: 202, body: { approved: 'pending', resultCode: '09' } } : answer,
    },
  },
  {
    id: 'does not check signatures',
    says: 'Whoever knows the number of a key may use it',
    breaks: ['HTTP-008'],
    moneyAtRisk: 'merchant',
    under,
    http: { lapses: ['the signature is not checked'] },
  },
  {
    id: 'takes any time stamp',
    says: 'A request that was caught an hour ago can be sent again',
    breaks: ['HTTP-008'],
    moneyAtRisk: 'merchant',
    under,
    http: { lapses: ['stale time is taken'] },
  },
  {
    id: 'takes the key of one terminal for another',
    says: 'A good key speaks for every terminal and merchant',
    breaks: ['HTTP-008'],
    moneyAtRisk: 'merchant',
    under,
    http: { lapses: ['a key speaks for anybody'] },
  },
  {
    id: 'does not say what a refund became',
    says: 'Whether a sale was cancelled or refunded is left open',
    breaks: ['HTTP-010'],
    moneyAtRisk: 'none',
    under,
    http: ofApproved(answer => {
      const { kind: _, ...body } = answer.body
      return { ...answer, body }
    }),
  },
  {
    id: 'calls a void a refund',
    says: 'A refund that became a void is told as a refund',
    breaks: ['HTTP-010'],
    moneyAtRisk: 'none',
    under,
    http: ofApproved(answer => (answer.body.kind === 'void' ? { ...answer, body: { ...answer.body, kind: 'refund' } } : answer)),
  },
]
