import { moneyAgrees } from '../checks/balance.ts'
import {
  amountsAreWhole,
  booksBalance,
  creditedNoMoreThanDebited,
  debitedOnce,
  onlyAppended,
  refundsComeFromTheSeller,
  sentAmountsAreWhole,
  statesAreTrue,
} from '../checks/ledger.ts'
import { settledAsLive, settledOnce, settlementRequest } from '../checks/settlement.ts'
import { totalsTrue } from '../checks/totals.ts'
import { allOf, each, inconclusive, notApplicable } from '../finding.ts'
import { moneyBook } from '../position.ts'
import { answer, cite, closes, endsBatch, type Scope } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { hostRow, type Row, terminalRow } from './row.ts'

/** Invariants of money, looked at in every scenario. */
export const ledgerRows: readonly Row[] = [
  hostRow({
    id: 'LEDG-001',
    severity: 'critical',
    says: 'One purchase debits its cardholder at most once, whatever was repeated, lost or late',
    source: 'S0, DK',
    money: true,
    min: 1,
    check: debitedOnce,
    brokenBy: [
      'host:echo moves money',
      'host:debits a sale twice',
      'host:debits twice on a repeated request',
      'host:declines a repeat but debits it',
      'host:remembers only the last request',
      'host:forgets the answers when it restarts',
      'host:forgets repeats when the line closes',
      'host:takes the late original of a reversal',
      'host:revives a reversed sale on upload',
    ],
  }),
  hostRow({
    id: 'LEDG-002',
    severity: 'critical',
    says: 'Void, reversal and refunds together give back no more than was taken',
    source: 'HYP, S4',
    money: true,
    min: 1,
    check: creditedNoMoreThanDebited,
    brokenBy: [
      'host:credits a void twice',
      'host:approves a second void',
      'host:approves a void after a reversal',
      'host:approves a void of a void',
      'host:approves a void of a declined sale',
      'host:approves a void of an unknown sale',
      'host:approves a void of a refunded sale',
      'host:credits the card of the void',
      'host:credits a repeated void',
      'host:credits a repeated refund',
      'host:reverses twice',
      'host:credits a reversal of an unknown sale',
      'host:credits a reversal of a declined sale',
      'host:credits a reversal of a voided sale',
      'host:refunds above the ceiling',
      'host:refunds a sale without money',
    ],
  }),
  hostRow({
    id: 'LEDG-003',
    severity: 'critical',
    says: 'An approval has its posting, a refusal has none',
    source: 'CYBK, DK',
    money: true,
    min: 1,
    check: answersAndBooksAgree,
    brokenBy: [
      'host:approves everything',
      'host:gives a canned answer by message type',
      'host:approves a sale without posting',
      'host:refuses a sale but debits',
      'host:acknowledges a void without moving money',
      'host:refuses a void but credits',
      'host:declines a repeat but debits it',
      'host:acknowledges a reversal without effect',
      'host:does not bring a sale back when its void is reversed',
      'host:acknowledges a refund without moving money',
    ],
  }),
  hostRow({
    id: 'LEDG-004',
    severity: 'critical',
    says: 'Debits and credits of all accounts balance after every step',
    source: 'DK',
    needs: ['core', 'view-ledger'],
    min: 1,
    check: booksBalance,
    brokenBy: ['host:posts out of balance'],
  }),
  hostRow({
    id: 'LEDG-005',
    severity: 'critical',
    says: 'The settled sum of a batch is that of its live transactions, and the merchant is funded it',
    source: 'S0, S4, GPB',
    needs: ['core', 'view-totals'],
    min: 1,
    check: batchesSettleWhatIsLive,
    brokenBy: [
      'host:says in field 66 that all totals agree',
      'host:settles twice on a repeated 0500',
      'host:settles an orphan',
      'host:settles what it never approved',
      'host:settles a voided sale',
      'host:settles a reversed sale',
      'host:funds less than it settled',
      'host:keeps a fee for a voided sale',
    ],
  }),
  hostRow({
    id: 'LEDG-006',
    severity: 'major',
    says: 'Books are only ever added to, and what undoes points to what it undoes',
    source: 'S1, S3',
    needs: ['core', 'view-ledger'],
    min: 1,
    check: onlyAppended,
    brokenBy: ['host:deletes postings', 'host:does not point to the original'],
  }),
  hostRow({
    id: 'LEDG-007',
    half: true,
    severity: 'critical',
    says: 'Amounts are whole minor units of their currency',
    source: 'CH, ISO',
    min: 1,
    check: amountsAreWhole,
    brokenBy: ['host:rounds amounts'],
  }),
  terminalRow({
    id: 'LEDG-007',
    half: true,
    severity: 'critical',
    says: 'The terminal sends and prints whole minor units',
    source: 'CH, ISO',
    min: 1,
    check: sentAmountsAreWhole,
    brokenBy: ['terminal:prints a part of a minor unit'],
  }),
  hostRow({
    id: 'LEDG-010',
    severity: 'major',
    says: 'A refund is taken from the merchant that made the sale',
    source: 'S4, WSB, CIEL',
    needs: ['refund', 'view-ledger'],
    min: 1,
    check: refundsComeFromTheSeller,
    brokenBy: ['host:refunds the sale of another merchant', 'host:does not point to the original'],
  }),
  hostRow({
    id: 'LEDG-011',
    half: true,
    severity: 'critical',
    says: 'Once all is done every view of the host tells the same of each transaction',
    source: 'S3, WSB',
    money: true,
    min: 1,
    check: viewsAgreeAtRest,
    brokenBy: ['host:shows a voided sale as live'],
  }),
  terminalRow({
    id: 'LEDG-011',
    half: true,
    severity: 'critical',
    says: 'The terminal’s totals tell what its journal tells',
    source: 'S3, WSB',
    min: 1,
    check: terminalAgreesAtRest,
    brokenBy: [
      'terminal:drops the reversal record at once',
      'terminal:settles before the reversal',
      'terminal:reverses with another amount',
      'terminal:reverses under a new trace',
      'terminal:counts an unknown refund',
      'terminal:uses a trace twice',
      'terminal:forgets the batch at restart',
      'terminal:counts a refund as a debit',
      'terminal:counts a reversed sale',
      'terminal:counts a void as a sale',
    ],
  }),
]

/** An approval without effect and a refusal with effect alike are a movement that the answers do not explain. */
function answersAndBooksAgree(scope: Scope): Verdict {
  return moneyAgrees(scope)
}

function batchesSettleWhatIsLive(scope: Scope): Verdict {
  const closed = scope.operations.filter(
    one =>
      one.name === 'settle' &&
      settlementRequest(one) !== undefined &&
      one.own.some(own => endsBatch(scope)(own) && closes(scope, answer(own))),
  )
  return each(closed, 'closed batch', settlement => allOf(settledAsLive(scope, settlement), settledOnce(scope, settlement)))
}

function viewsAgreeAtRest(scope: Scope): Verdict {
  const open = moneyBook(scope).movements.filter(one => one.standing === 'unknown' && one.card !== '')
  const [first] = open
  const settled = scope.operations.some(
    one => one.name === 'settle' && one.own.some(own => endsBatch(scope)(own) && closes(scope, answer(own))),
  )
  const money = moneyAgrees(scope)
  if (first !== undefined && money.is === 'passed')
    return inconclusive(`what became of a ${first.exchange.name} is still unknown`, {
      attribution: 'network',
      evidence: cite(first.exchange),
    })
  return allOf(money, statesAreTrue(scope), settled ? batchesSettleWhatIsLive(scope) : notApplicable('nothing was settled'))
}

/** Settlements that say deliberately wrong totals are left out. */
function terminalAgreesAtRest(scope: Scope): Verdict {
  const settlements = scope.operations.filter(
    one => one.name === 'settle' && one.special === undefined && settlementRequest(one) !== undefined,
  )
  return each(settlements, 'settlement', settlement => totalsTrue(scope, settlement))
}
