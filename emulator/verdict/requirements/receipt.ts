import { given } from '../checks/preparation.ts'
import { amountAsSent, hidesTheCard, isTitled, namesOriginal, noApprovalPrinted, reprintEquals, tells } from '../checks/slip.ts'
import { each } from '../finding.ts'
import { claimed, type Scope, tested } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { type Row, terminalRow } from './row.ts'

/** Receipts. */
export const receiptRows: readonly Row[] = [
  terminalRow({
    id: 'RCPT-001',
    severity: 'major',
    says: 'A receipt tells merchant, terminal, operator, type, card, time, batch, trace, reference, amount and result',
    source: 'LY, NEXI, MON, GPU',
    needs: ['print'],
    answersTo: ['slip printed'],
    check: receiptIsComplete,
    brokenBy: ['terminal:leaves the reference off the slip'],
  }),
  terminalRow({
    id: 'RCPT-002',
    severity: 'major',
    says: 'A void receipt says VOID, names the original voucher and cannot be read as a sale',
    source: 'LY, S2, NEXI',
    needs: ['print'],
    answersTo: ['slip printed'],
    check: voidReceiptIsOne,
    brokenBy: ['terminal:void slip reads as a sale'],
  }),
  terminalRow({
    id: 'RCPT-003',
    severity: 'major',
    says: 'A refund receipt says REFUND and names the original reference',
    source: 'LY, MON',
    needs: ['print'],
    answersTo: ['slip printed'],
    check: refundReceiptIsOne,
    brokenBy: ['terminal:refund slip reads as a sale'],
  }),
  terminalRow({
    id: 'RCPT-004',
    severity: 'major',
    says: 'The card number is truncated on every receipt, and the expiry date hidden',
    source: 'MON, ADYR, DK',
    needs: ['print'],
    answersTo: ['slip printed'],
    check: cardIsTruncated,
    brokenBy: ['terminal:prints the number in full', 'terminal:prints the expiry'],
  }),
  terminalRow({
    id: 'RCPT-005',
    severity: 'critical',
    says: 'An approval receipt is printed only for a final approval',
    source: 'S4, ZKN',
    needs: ['print'],
    answersTo: ['no approval printed', 'slip printed'],
    check: approvalReceiptNeedsApproval,
    brokenBy: ['terminal:shows unresolved as approved', 'terminal:approval slip for a decline'],
  }),
  terminalRow({
    id: 'RCPT-006',
    severity: 'critical',
    says: 'Amount, currency and decimals on the receipt are those on the wire',
    source: 'GPU, ISO',
    needs: ['print'],
    answersTo: ['slip printed'],
    check: receiptEqualsWire,
    brokenBy: ['terminal:prints another amount', 'terminal:prints a part of a minor unit'],
  }),
  terminalRow({
    id: 'RCPT-007',
    severity: 'minor',
    says: 'A reprint is marked as duplicate and otherwise equals the first print',
    source: 'LY',
    needs: ['print'],
    answersTo: ['reprint marked'],
    check: reprintIsMarked,
    brokenBy: ['terminal:reprint not marked'],
  }),
]

const facts = [
  'merchantName',
  'merchantId',
  'terminalId',
  'operator',
  'type',
  'card',
  'entry',
  'date',
  'time',
  'batch',
  'trace',
  'reference',
  'amount',
  'currency',
  'result',
]

function receiptIsComplete(scope: Scope): Verdict {
  return given(scope, tells(claimed(scope), facts))
}

function voidReceiptIsOne(scope: Scope): Verdict {
  const theVoid = claimed(scope, 'void')
  return given(
    scope,
    isTitled(theVoid, /VOID|撤销/, /(^|[^A-Z])SALE($|[^A-Z])/),
    namesOriginal(scope, theVoid, { originalTrace: 'trace' }),
  )
}

function refundReceiptIsOne(scope: Scope): Verdict {
  const refund = claimed(scope, 'refund')
  return given(
    scope,
    isTitled(refund, /REFUND|退货/, /(^|[^A-Z])SALE($|[^A-Z])/),
    namesOriginal(scope, refund, { originalReference: 'reference' }),
  )
}

function cardIsTruncated(scope: Scope): Verdict {
  return given(scope, hidesTheCard(claimed(scope)))
}

function approvalReceiptNeedsApproval(scope: Scope): Verdict {
  return given(scope, each(tested(scope), 'tested operation', noApprovalPrinted))
}

function receiptEqualsWire(scope: Scope): Verdict {
  return given(scope, amountAsSent(claimed(scope)))
}

function reprintIsMarked(scope: Scope): Verdict {
  return given(scope, reprintEquals(scope, claimed(scope)))
}
