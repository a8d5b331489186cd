import type { Fault } from './fault.ts'
import { ofApprovals, onlyFor } from './forging.ts'
import { merchantAccount, moves } from './posting.ts'

/** Mistakes about the books, seen by whoever looks into them. */
export const ledgerFaults: readonly Fault[] = [
  {
    id: 'posts out of balance',
    says: 'One leg of a posting is a fen larger than the other',
    breaks: ['LEDG-004'],
    moneyAtRisk: 'merchant',
    view: view => ({
      ...view,
      accounts: view.accounts.map(one => (one.name === 'clearing' ? { ...one, balance: String(BigInt(one.balance) + 1n) } : one)),
      postings: view.postings.map((posting, at) =>
        at === view.postings.length - 1
          ? {
              ...posting,
              legs: posting.legs.map((leg, n) => (n === 0 ? { ...leg, minor: String(BigInt(leg.minor) + 1n) } : leg)),
            }
          : posting,
      ),
    }),
  },
  {
    id: 'deletes postings',
    says: 'A void takes the posting of its sale out of the books instead of adding one',
    breaks: ['LEDG-006'],
    moneyAtRisk: 'none',
    view: view => {
      const gone = new Set(view.postings.flatMap(one => (one.kind === 'void' && one.of !== undefined ? [one.id, one.of] : [])))
      return { ...view, postings: view.postings.filter(one => !gone.has(one.id)) }
    },
  },
  {
    id: 'does not point to the original',
    says: 'Voids, reversals and refunds stand in the books without what they undo',
    breaks: ['LEDG-006', 'LEDG-010'],
    moneyAtRisk: 'none',
    view: view => ({ ...view, postings: view.postings.map(({ of: _, ...posting }) => posting) }),
  },
  {
    id: 'keeps a fee for a voided sale',
    says: 'The merchant pays one per cent for a sale that was voided',
    breaks: ['LEDG-005'],
    moneyAtRisk: 'merchant',
    decision: onlyFor(
      'void',
      ofApprovals((decision, { ask }) => ({
        ...decision,
        postings: [
          ...decision.postings,
          {
            transaction: 0,
            kind: 'correction',
            legs: moves(merchantAccount(ask.merchantId ?? ''), 'clearing', (ask.minor ?? 0n) / 100n),
          },
        ],
      })),
    ),
  },
  {
    id: 'shows a voided sale as live',
    says: 'The state of a voided sale is not the one that its money has',
    breaks: ['LEDG-011'],
    moneyAtRisk: 'none',
    view: view => ({
      ...view,
      transactions: view.transactions.map(one => (one.state === 'voided' ? { ...one, state: 'posted' } : one)),
    }),
  },
]
