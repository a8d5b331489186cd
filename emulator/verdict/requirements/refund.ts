import { approved } from '../checks/approval.ts'
import { moneyAgrees } from '../checks/balance.ts'
import { inQuestion, noReversalSent } from '../checks/follow-up.ts'
import { given } from '../checks/preparation.ts'
import { controlled, graded, refusedAs } from '../checks/refusal.ts'
import { neverUnderANewTrace, nothingSent } from '../checks/request.ts'
import { settledAsLive } from '../checks/settlement.ts'
import { totalsTrue } from '../checks/totals.ts'
import { each } from '../finding.ts'
import { claimed, type Scope, tested } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { hostRow, type Row, terminalRow } from './row.ts'

const theRefund = (scope: Scope) => claimed(scope, 'refund')

/** Refunds. */
export const refundRows: readonly Row[] = [
  hostRow({
    id: 'REF-001',
    severity: 'critical',
    says: 'A linked refund of a settled sale is approved up to what is left of it, and credits exactly that',
    source: 'S4, CH, ADY, GPU',
    needs: ['refund'],
    money: true,
    answersTo: ['refund approved'],
    check: goodRefund,
    brokenBy: [
      'host:never tells what became of a refund',
      'host:refuses the refund after a refused void',
      'host:acknowledges a refund without moving money',
    ],
  }),
  hostRow({
    id: 'REF-002',
    severity: 'critical',
    says: 'All refunds of a sale together never exceed the ceiling',
    source: 'GPA, SQR, HYP, CIEL',
    needs: ['refund'],
    knobs: ['refundCeil'],
    money: true,
    answersTo: ['refund refused'],
    check: refundAboveTheRest,
    brokenBy: ['host:refunds above the ceiling'],
  }),
  hostRow({
    id: 'REF-003',
    severity: 'major',
    says: 'Several refunds of parts are possible down to nothing left',
    source: 'UMS, ADY, WSB',
    needs: ['partial-refund'],
    money: true,
    answersTo: ['refund approved'],
    check: refundsOfParts,
    brokenBy: ['host:refuses a second refund'],
  }),
  hostRow({
    id: 'REF-004',
    severity: 'major',
    says: 'A refund of a sale that is not settled yet is treated as declared',
    source: 'UNIP, AUTHN, WPAY, CH',
    needs: ['refund'],
    knobs: ['refundBeforeSettle'],
    money: true,
    answersTo: ['refund approved', 'refund refused'],
    check: earlyRefund,
    brokenBy: ['host:turns an early refund about'],
  }),
  hostRow({
    id: 'REF-005',
    severity: 'critical',
    says: 'A refund to another card than the sale’s is refused',
    source: 'S4, ADY, CIEL',
    needs: ['refund'],
    money: true,
    answersTo: ['refund refused'],
    check: refundToAnotherCard,
    brokenBy: ['host:refunds to another card'],
  }),
  hostRow({
    id: 'REF-006',
    severity: 'critical',
    says: 'A refund under another merchant than the sale’s is refused',
    source: 'MPAGO, DK',
    needs: ['refund'],
    money: true,
    answersTo: ['refund refused'],
    check: refundFromAnotherMerchant,
    brokenBy: ['host:refunds the sale of another merchant'],
  }),
  hostRow({
    id: 'REF-007',
    severity: 'critical',
    says: 'A refund of an unknown sale is refused, and never paid out without reference',
    source: 'GPA, CH',
    needs: ['refund'],
    money: true,
    answersTo: ['refund refused'],
    check: refundOfUnknown,
    brokenBy: ['host:refunds an unknown sale'],
  }),
  hostRow({
    id: 'REF-009',
    severity: 'critical',
    says: 'A refund of a voided, reversed or declined sale is refused',
    source: 'STIT, UNIP',
    needs: ['refund'],
    money: true,
    answersTo: ['refund refused'],
    check: refundOfNothing,
    brokenBy: ['host:refunds a sale without money'],
  }),
  terminalRow({
    id: 'REF-010',
    severity: 'major',
    says: 'The terminal refuses a refund above its own maximum',
    source: 'LY',
    needs: ['refund'],
    answersTo: ['nothing sent'],
    check: refundAboveMaximum,
    brokenBy: ['terminal:refunds above its maximum'],
  }),
  hostRow({
    id: 'REF-013',
    half: true,
    severity: 'critical',
    says: 'A refund counts as a credit at settlement',
    source: 'LY, GPB, GPG',
    needs: ['refund'],
    answersTo: ['batch settled'],
    check: refundIsSettled,
    brokenBy: ['host:leaves refunds out of the totals'],
  }),
  terminalRow({
    id: 'REF-013',
    half: true,
    severity: 'critical',
    says: 'A refund counts as a credit in the totals that the terminal sends',
    source: 'LY, GPB, GPG',
    needs: ['refund'],
    answersTo: ['totals sent'],
    check: refundIsCounted,
    brokenBy: ['terminal:counts a refund as a debit'],
  }),
  terminalRow({
    id: 'REF-014',
    severity: 'critical',
    says: 'A refund without an answer is kept as unknown and never sent again under a new trace',
    source: 'CYBT, WSB, OWN',
    needs: ['refund'],
    answersTo: ['refund left unknown'],
    check: unansweredRefundIsKept,
    brokenBy: ['terminal:repeats a refund under a new trace'],
  }),
  hostRow({
    id: 'REF-018',
    severity: 'major',
    says: 'A refund is not refused because the card has expired since',
    source: 'DK',
    needs: ['refund', 'control-card'],
    money: true,
    answersTo: ['refund approved'],
    check: refundToExpiredCard,
    brokenBy: ['host:refuses a refund to an expired card'],
  }),
]

function goodRefund(scope: Scope): Verdict {
  return given(scope, approved(scope, theRefund(scope)), moneyAgrees(scope))
}

function refused(scope: Scope, codes: readonly string[]): Verdict {
  return given(scope, graded(scope, theRefund(scope), codes), controlled(scope, theRefund(scope)), moneyAgrees(scope))
}

function refundAboveTheRest(scope: Scope): Verdict {
  return refused(scope, scope.codes.accepts['more than is left'])
}

function refundsOfParts(scope: Scope): Verdict {
  return given(
    scope,
    each(tested(scope, 'refund'), 'tested refund', refund => approved(scope, refund)),
    moneyAgrees(scope),
  )
}

function earlyRefund(scope: Scope, { knobs }: Scope['profile']): Verdict {
  const refund = theRefund(scope)
  const answered = knobs.refundBeforeSettle === 'refuse' ? refusedAs(scope, refund, 'same-day refund') : approved(scope, refund)
  return given(scope, answered, moneyAgrees(scope))
}

function refundToAnotherCard(scope: Scope): Verdict {
  return refused(scope, scope.codes.accepts['another card'])
}

function refundFromAnotherMerchant(scope: Scope): Verdict {
  return refused(scope, scope.codes.accepts['another merchant'])
}

function refundOfUnknown(scope: Scope): Verdict {
  return refused(scope, scope.codes.accepts['original not found'])
}

function refundOfNothing(scope: Scope): Verdict {
  return refused(scope, [...scope.codes.accepts['original voided'], ...scope.codes.accepts['original declined']])
}

function refundAboveMaximum(scope: Scope): Verdict {
  return given(scope, nothingSent(theRefund(scope)))
}

function refundIsSettled(scope: Scope): Verdict {
  return given(scope, settledAsLive(scope))
}

function refundIsCounted(scope: Scope): Verdict {
  return given(scope, totalsTrue(scope, claimed(scope, 'settle')))
}

function unansweredRefundIsKept(scope: Scope): Verdict {
  return given(scope, noReversalSent(scope, inQuestion(scope)), neverUnderANewTrace(scope, inQuestion(scope)))
}

function refundToExpiredCard(scope: Scope): Verdict {
  return given(scope, approved(scope, theRefund(scope)), moneyAgrees(scope))
}
