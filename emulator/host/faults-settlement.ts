import { accepting, answering, type Decision, isApproval } from './decision.ts'
import type { Fact } from './fact.ts'
import type { Fault } from './fault.ts'
import { onlyFor } from './forging.ts'
import { fundingOf } from './ledger.ts'
import { type NewPosting, saleOf } from './posting.ts'
import { without } from './rulebook.ts'
import type { Situation } from './rules.ts'
import {
  type Claimed,
  claimedIn,
  compared,
  countedIn,
  netOf,
  type Result,
  readSums,
  resultsIn,
  saidOf,
  sumsOf,
  withResults,
} from './totals.ts'
import { readItems } from './upload.ts'

/** What may close a batch: an end notice, or the settlement itself where there is none. */
const closers = ['upload', 'settle'] as const

type Closing = Extract<Fact, { is: 'batch closed' }>

const closingOf = (decision: Decision): Closing | undefined => decision.effects.find(effect => effect.is === 'batch closed')

/** Where totals are in one, the result code says it too. */
const codeOf = (totals: string): string => (totals === '2' ? '95' : '00')

/** The same settlement with other results, in the answer and on record. */
function resulting(decision: Decision, results: readonly [Result, Result]): Decision {
  if (decision.answer.is !== 'answer') return decision
  const { fields } = decision.answer
  if (fields.additionalData === undefined && fields.settlementResult === undefined) return decision
  const totals =
    fields.additionalData === undefined ? (results[0] === '1' ? results[1] : results[0]) : withResults(fields, results)
  return {
    ...decision,
    answer: { ...decision.answer, code: codeOf(totals), fields: { ...fields, ...saidOf(totals) } },
    effects: decision.effects.map(effect => (effect.is === 'batch settling' ? { ...effect, totals } : effect)),
  }
}

/** The end of a batch with more money for the merchant, or less. */
function funding(decision: Decision, merchantId: string | undefined, more: (closing: Closing) => bigint): Decision {
  const closing = closingOf(decision)
  if (!closing || merchantId === undefined) return decision
  const extra = more(closing)
  return {
    ...decision,
    postings: extra === 0n ? decision.postings : [...decision.postings, fundingOf(merchantId, extra)],
    effects: decision.effects.map(effect => (effect === closing ? { ...closing, funded: closing.funded + extra } : effect)),
  }
}

const batchOf = ({ ask, books }: Situation) => books.batches.find(ask.terminalId ?? '', ask.batch ?? '')
const startsSettling = (decision: Decision): boolean => decision.effects.some(effect => effect.is === 'batch settling')
const uploadsOf = (situation: Situation) => {
  const batch = batchOf(situation)
  return batch?.state === 'settling' ? batch.uploads : []
}
const isEmpty = (asked: Claimed | undefined): boolean =>
  asked !== undefined &&
  [asked.sums.domestic, asked.sums.foreign].every(({ debitCount, creditCount }) => debitCount + creditCount === 0)
const sumOf = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n)

/** Gives the merchant the money of the sales of the batch that are in this state, though nothing is left of them. */
const fundsDeadSales = (state: 'voided' | 'reversed') =>
  onlyFor(closers, (decision, { ask, books }) =>
    funding(decision, ask.merchantId, ({ terminalId, batch }) =>
      sumOf(
        books
          .ofBatch(terminalId, batch)
          .filter(one => one.operation === 'sale' && books.ledger.stateOf(one) === state)
          .map(one => one.minor),
      ),
    ),
  )

/** Mistakes about settlement and upload. */
export const settlementFaults: readonly Fault[] = [
  {
    id: 'says balanced when totals differ',
    says: 'Whatever the totals are, they are said to agree',
    breaks: ['SETL-003'],
    moneyAtRisk: 'merchant',
    decision: onlyFor('settle', decision => resulting(decision, ['1', '1'])),
  },
  {
    id: 'says unbalanced when totals agree',
    says: 'Whatever the totals are, they are said to differ',
    breaks: ['SETL-001', 'SETL-002'],
    moneyAtRisk: 'none',
    decision: onlyFor('settle', decision => resulting(decision, ['2', '2'])),
  },
  {
    id: 'compares sums and not counts',
    says: 'Totals agree when the sums do, whatever is counted',
    breaks: ['SETL-003'],
    moneyAtRisk: 'none',
    decision: onlyFor('settle', (decision, { ask, books, policy }) => {
      const asked = claimedIn(ask.fields)
      if (!asked || !startsSettling(decision)) return decision
      const own = sumsOf(countedIn(books, policy, ask.terminalId ?? '', ask.batch ?? ''))
      const { debitCount, creditCount } = asked.sums.domestic
      const { debitCount: foreignDebits, creditCount: foreignCredits } = asked.sums.foreign
      return resulting(
        decision,
        compared(asked, {
          domestic: { ...own.domestic, debitCount, creditCount },
          foreign: { ...own.foreign, debitCount: foreignDebits, creditCount: foreignCredits },
        }),
      )
    }),
  },
  {
    id: 'drops the voided sale from one column only',
    says: 'A voided sale is left out of the debits while its void stays in the credits',
    breaks: ['SETL-002'],
    moneyAtRisk: 'merchant',
    decision: onlyFor('settle', (decision, { ask, books, policy }) => {
      const asked = claimedIn(ask.fields)
      if (!asked || !startsSettling(decision)) return decision
      const counted = countedIn(books, { ...policy, totals: 'gross' }, ask.terminalId ?? '', ask.batch ?? '')
      const own = sumsOf(counted.filter(one => books.ledger.stateOf(one.transaction) !== 'voided'))
      return resulting(decision, compared(asked, own))
    }),
  },
  {
    id: 'counts reversed sales',
    says: 'A reversed sale stays in the totals',
    breaks: ['SETL-002'],
    moneyAtRisk: 'merchant',
    decision: onlyFor('settle', (decision, { ask, books, policy }) => {
      const asked = claimedIn(ask.fields)
      if (!asked || !startsSettling(decision)) return decision
      const reversed = books
        .ofBatch(ask.terminalId ?? '', ask.batch ?? '')
        .filter(one => one.operation === 'sale' && books.ledger.stateOf(one) === 'reversed')
        .map(transaction => ({ transaction, as: 'debit' as const, minor: transaction.minor }))
      return resulting(
        decision,
        compared(asked, sumsOf([...countedIn(books, policy, ask.terminalId ?? '', ask.batch ?? ''), ...reversed])),
      )
    }),
  },
  {
    id: 'changes the batch at the 0510',
    says: 'The batch is closed by the answer to the settlement, before its end notice',
    breaks: ['SETL-007'],
    moneyAtRisk: 'merchant',
    decision: onlyFor('settle', (decision, { ask, books, policy }) => {
      const { terminalId, merchantId, batch } = ask
      if (!startsSettling(decision) || !terminalId || !merchantId || !batch) return decision
      const net = netOf(countedIn(books, policy, terminalId, batch))
      return {
        ...decision,
        postings: [...decision.postings, fundingOf(merchantId, net)],
        effects: [...decision.effects, { is: 'batch closed', terminalId, batch, settled: net, funded: net }],
      }
    }),
  },
  {
    id: 'settles twice on a repeated 0500',
    says: 'A settlement that is repeated funds the merchant again',
    breaks: ['SETL-010', 'LEDG-005'],
    moneyAtRisk: 'merchant',
    decision: onlyFor('settle', (decision, situation) => {
      const { ask, books, policy } = situation
      const batch = batchOf(situation)
      if (!batch || batch.state === 'open' || !ask.merchantId) return decision
      const net = netOf(countedIn(books, policy, ask.terminalId ?? '', batch.number))
      return { ...decision, postings: [fundingOf(ask.merchantId, net)] }
    }),
  },
  {
    id: 'does not know a repeated 0500',
    says: 'A settlement that is repeated is compared with an empty batch',
    breaks: ['SETL-010'],
    moneyAtRisk: 'none',
    decision: onlyFor('settle', (decision, situation) =>
      batchOf(situation)?.state === 'open' ? decision : resulting(decision, ['2', '2']),
    ),
  },
  {
    id: 'balances an unknown batch',
    says: 'A settlement of a batch that there is not is said to agree',
    breaks: ['SETL-017'],
    moneyAtRisk: 'none',
    decision: onlyFor('settle', (decision, situation) => (batchOf(situation) ? decision : resulting(decision, ['1', '1']))),
  },
  {
    id: "settles another terminal's batch",
    says: 'The end notice of one terminal closes the batches of all others, of other merchants too',
    breaks: ['SETL-018'],
    moneyAtRisk: 'merchant',
    decision: onlyFor(closers, (decision, { ask, books }) => {
      if (!closingOf(decision)) return decision
      const others = new Set(books.transactions.map(one => one.terminalId))
      others.delete(ask.terminalId ?? '')
      const closings = [...others].map((terminalId): Closing => {
        const batch = books.batches.current(terminalId).number
        return { is: 'batch closed', terminalId, batch, settled: 0n, funded: 0n }
      })
      return { ...decision, effects: [...decision.effects, ...closings] }
    }),
  },
  {
    id: 'never closes the batch',
    says: 'The end notice is acknowledged and the batch goes on settling',
    breaks: ['SETL-001', 'SETL-005'],
    moneyAtRisk: 'merchant',
    decision: onlyFor(closers, decision => (closingOf(decision) ? { ...decision, effects: [], postings: [] } : decision)),
  },
  {
    id: 'refuses an empty batch',
    says: 'A settlement of nothing is answered with an error of no use',
    breaks: ['SETL-019'],
    moneyAtRisk: 'none',
    decision: onlyFor('settle', (decision, { ask }) =>
      isEmpty(claimedIn(ask.fields)) ? { ...resulting(decision, ['2', '2']), effects: [] } : decision,
    ),
  },
  {
    id: 'takes a sale while it settles',
    says: 'A sale in the batch that is being settled is approved and belongs to no settlement',
    breaks: ['SETL-020'],
    moneyAtRisk: 'merchant',
    rules: all => without(all, 'access', 'the batch is not being settled'),
    decision: onlyFor('upload', (decision, situation) => {
      const closing = closingOf(decision)
      const batch = batchOf(situation)
      const { merchantId } = situation.ask
      if (!closing || batch?.state !== 'settling' || !merchantId || resultsIn(batch.totals).some(result => result !== '1'))
        return decision
      const sums = readSums(batch.totals)
      const net = sums ? [sums.domestic, sums.foreign].reduce((sum, one) => sum + one.debit - one.credit, 0n) : closing.settled
      return {
        ...decision,
        postings: [fundingOf(merchantId, net)],
        effects: decision.effects.map(effect => (effect === closing ? { ...closing, settled: net, funded: net } : effect)),
      }
    }),
  },
  {
    id: 'revives a reversed sale on upload',
    says: 'An uploaded sale that was reversed or voided is charged again',
    breaks: ['SETL-006', 'LEDG-001'],
    moneyAtRisk: 'cardholder',
    decision: onlyFor('upload', (decision, { ask, books }) => {
      const dead = (readItems(ask.fields.additionalData) ?? []).flatMap(item => {
        const one = books.ofBatch(ask.terminalId ?? '', ask.batch ?? '').find(sale => sale.trace === item.trace)
        const state = one && one.operation === 'sale' ? books.ledger.stateOf(one) : undefined
        return one && (state === 'reversed' || state === 'voided') ? [one] : []
      })
      if (dead.length === 0) return decision
      const postings: NewPosting[] = dead.map(one => saleOf(one.id, one.pan, one.minor))
      return { ...decision, answer: answering('00'), postings: [...decision.postings, ...postings] }
    }),
  },
  {
    id: 'settles an orphan',
    says: 'What the host approved and the terminal did not upload is settled all the same',
    breaks: ['SETL-007', 'LEDG-005'],
    moneyAtRisk: 'merchant',
    decision: onlyFor('upload', (decision, { ask, books, policy }) => {
      const closing = closingOf(decision)
      if (!closing || !ask.merchantId) return decision
      const net = netOf(countedIn(books, policy, closing.terminalId, closing.batch))
      return {
        ...decision,
        postings: [fundingOf(ask.merchantId, net)],
        effects: decision.effects.map(effect => (effect === closing ? { ...closing, settled: net, funded: net } : effect)),
      }
    }),
  },
  {
    id: 'settles what it never approved',
    says: 'An uploaded sale that the host does not know is paid to the merchant',
    breaks: ['SETL-008', 'LEDG-005'],
    moneyAtRisk: 'merchant',
    decision: onlyFor('upload', (decision, situation) => {
      const { ask, books } = situation
      if (readItems(ask.fields.additionalData) && !isApproval(decision) && ask.fields.networkCode === '201')
        return { ...accepting('taken by a fault'), effects: decision.effects }
      const approved = books.ofBatch(ask.terminalId ?? '', ask.batch ?? '').filter(one => one.code === '00')
      const known = new Set(approved.map(one => one.trace))
      const strange = uploadsOf(situation).filter(item => !known.has(item.trace))
      return funding(decision, ask.merchantId, () => sumOf(strange.map(item => item.minor)))
    }),
  },
  {
    id: 'settles a voided sale',
    says: 'A sale that was voided still brings the merchant its money',
    breaks: ['VOID-003', 'LEDG-005'],
    moneyAtRisk: 'cardholder',
    decision: fundsDeadSales('voided'),
  },
  {
    id: 'settles a reversed sale',
    says: 'A sale that was reversed still brings the merchant its money',
    breaks: ['REV-025', 'LEDG-005'],
    moneyAtRisk: 'cardholder',
    decision: fundsDeadSales('reversed'),
  },
  {
    id: 'funds less than it settled',
    says: 'The merchant gets one per cent less than its batch',
    breaks: ['LEDG-005'],
    moneyAtRisk: 'merchant',
    decision: onlyFor(closers, (decision, { ask }) => funding(decision, ask.merchantId, ({ settled }) => -(settled / 100n))),
  },
]
