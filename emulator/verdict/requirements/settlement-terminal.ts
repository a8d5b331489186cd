import { advancedOnce, clearedAfterEnd, leftOpen, resumed, reversalsBeforeSettlement } from '../checks/batch.ts'
import { askedBeforeSending, shownBeforeSending } from '../checks/display.ts'
import { given } from '../checks/preparation.ts'
import { nothingSent } from '../checks/request.ts'
import { settlementSlipTrue } from '../checks/settlement-slip.ts'
import { totalsTrue, uploadedWhole, uploadsNothingDead } from '../checks/totals.ts'
import { failed, inconclusive, lacking, passed } from '../finding.ts'
import { answer, approves, cite, claimed, endsBatch, type Scope } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { type Row, terminalRow } from './row.ts'

/** How our terminal settles. */
export const terminalSettlementRows: readonly Row[] = [
  terminalRow({
    id: 'SETL-002',
    half: true,
    severity: 'critical',
    says: 'The terminal counts sales as debits, refunds as credits, voids as declared, and reversed transactions nowhere',
    source: 'LY, GPB, CTL',
    needs: ['tcs'],
    knobs: ['totals'],
    answersTo: ['totals sent'],
    check: terminalCountsRight,
    brokenBy: [
      'terminal:counts an unknown refund',
      'terminal:counts a refund as a debit',
      'terminal:counts a reversed sale',
      'terminal:counts a void as a sale',
    ],
  }),
  terminalRow({
    id: 'SETL-004',
    severity: 'critical',
    says: 'After "unbalanced" the terminal uploads every transaction of the batch with its own data',
    source: 'LY, CTL, GPB',
    needs: ['batch-upload'],
    answersTo: ['details uploaded'],
    check: everythingIsUploaded,
    brokenBy: ['terminal:uploads nothing'],
  }),
  terminalRow({
    id: 'SETL-005',
    half: true,
    severity: 'critical',
    says: 'The upload ends with its closing request',
    source: 'LY, CTL',
    needs: ['batch-upload'],
    answersTo: ['details uploaded'],
    check: uploadIsClosed,
    brokenBy: ['terminal:sends no end notice'],
  }),
  terminalRow({
    id: 'SETL-006',
    half: true,
    severity: 'critical',
    says: 'The terminal uploads nothing reversed, and no voided sale without its void',
    source: 'LY, CYBK',
    needs: ['batch-upload'],
    knobs: ['totals'],
    answersTo: ['details uploaded'],
    check: nothingDeadIsUploaded,
    brokenBy: ['terminal:uploads the voided sale alone'],
  }),
  terminalRow({
    id: 'SETL-011',
    severity: 'critical',
    says: 'A settlement without an answer stays open: same batch, same totals, repeated, and no sale meanwhile',
    source: 'LY',
    needs: ['tcs'],
    answersTo: ['settlement left open'],
    check: unansweredSettlementStaysOpen,
    brokenBy: [
      'terminal:takes a new trace on a repeat',
      'terminal:clears the log on a lost settlement answer',
      'terminal:sells while settlement is open',
    ],
  }),
  terminalRow({
    id: 'SETL-012',
    severity: 'critical',
    says: 'An interrupted settlement goes on after a power cut where it stopped, without loss and without sending twice',
    source: 'LY',
    needs: ['tcs', 'batch-upload'],
    answersTo: ['settlement left open', 'ended once'],
    check: interruptedSettlementResumes,
    brokenBy: ['terminal:starts the upload again'],
  }),
  terminalRow({
    id: 'SETL-013',
    severity: 'critical',
    says: 'Pending reversals leave before the settlement request',
    source: 'LY',
    needs: ['tcs'],
    answersTo: ['pending reversal first'],
    check: reversalsGoFirst,
    brokenBy: [
      'terminal:drops the reversal record at once',
      'terminal:settles before the reversal',
      'terminal:reverses under a new trace',
    ],
  }),
  terminalRow({
    id: 'SETL-014',
    severity: 'critical',
    says: 'The batch number moves on exactly once per closed batch',
    source: 'LY',
    needs: ['tcs'],
    answersTo: ['log cleared'],
    check: batchNumberMovesOnOnce,
    brokenBy: ['terminal:keeps the batch number after settlement', 'terminal:moves the batch number on twice'],
  }),
  terminalRow({
    id: 'SETL-015',
    severity: 'major',
    says: 'The terminal clears its log only after the batch is closed at the host',
    source: 'LY',
    needs: ['tcs'],
    answersTo: ['log cleared', 'settlement left open'],
    check: logIsClearedLast,
    brokenBy: ['terminal:clears the log on a lost settlement answer'],
  }),
  terminalRow({
    id: 'SETL-019',
    half: true,
    severity: 'minor',
    says: 'With nothing to settle the terminal says so and does not loop',
    source: 'CH, GPA',
    needs: ['tcs'],
    answersTo: ['settlement balanced', 'result shown'],
    check: emptySettlementIsTold,
    brokenBy: ['terminal:says nothing of an empty settlement'],
  }),
  terminalRow({
    id: 'SETL-022',
    severity: 'major',
    says: 'The settlement slip lists counts and sums with the host’s result, equal to those on the wire',
    source: 'LY',
    needs: ['tcs', 'print'],
    answersTo: ['slip printed'],
    check: settlementSlipEqualsWire,
    brokenBy: ['terminal:settlement slip leaves a column out'],
  }),
  terminalRow({
    id: 'SETL-023',
    severity: 'major',
    says: 'A terminal whose log is full demands a settlement before the next sale',
    source: 'LY',
    needs: ['tcs'],
    answersTo: ['nothing sent'],
    check: fullLogDemandsSettlement,
    brokenBy: ['terminal:drops entries when full'],
  }),
]

const theSettlement = (scope: Scope) => claimed(scope, 'settle')

function terminalCountsRight(scope: Scope): Verdict {
  return given(scope, totalsTrue(scope, theSettlement(scope)))
}

function everythingIsUploaded(scope: Scope): Verdict {
  return given(scope, uploadedWhole(scope, theSettlement(scope)))
}

/** The request has to be there; what the host makes of it is SETL-005/host. */
function uploadIsClosed(scope: Scope): Verdict {
  const settlement = theSettlement(scope)
  const uploads = settlement?.own.filter(({ name }) => name === 'upload') ?? []
  const end = uploads.findLast(endsBatch(scope))
  if (settlement === undefined || uploads.length === 0) return lacking('no upload')
  if (end !== undefined) return given(scope, passed(cite(end)))
  if (uploads.some(one => answer(one) !== undefined && !approves(scope, answer(one))))
    return inconclusive('the acquirer refused the upload', { becauseOf: 'SETL-005', attribution: 'acquirer' })
  return given(
    scope,
    failed(
      { says: 'the upload has no closing request', expected: 'an end notice', received: 'none', attribution: 'instrument' },
      uploads.flatMap(cite),
    ),
  )
}

function nothingDeadIsUploaded(scope: Scope): Verdict {
  return given(scope, uploadsNothingDead(scope, theSettlement(scope)))
}

function unansweredSettlementStaysOpen(scope: Scope): Verdict {
  return given(scope, leftOpen(scope, theSettlement(scope)))
}

function interruptedSettlementResumes(scope: Scope): Verdict {
  return given(scope, resumed(scope, theSettlement(scope)))
}

function reversalsGoFirst(scope: Scope): Verdict {
  return given(scope, reversalsBeforeSettlement(scope))
}

function batchNumberMovesOnOnce(scope: Scope): Verdict {
  return given(scope, advancedOnce(scope, theSettlement(scope)))
}

function logIsClearedLast(scope: Scope): Verdict {
  return given(scope, clearedAfterEnd(scope, theSettlement(scope)))
}

function emptySettlementIsTold(scope: Scope): Verdict {
  return given(scope, askedOrTold(scope))
}

function askedOrTold(scope: Scope): Verdict {
  const settlement = theSettlement(scope)
  const told = askedBeforeSending(scope, settlement, /SETTLEMENT|结算|NOTHING TO SETTLE/i)
  return told.is === 'passed' ? told : shownBeforeSending(scope, settlement, { settlement: /结算|SETTLE/i })
}

function settlementSlipEqualsWire(scope: Scope): Verdict {
  return given(scope, settlementSlipTrue(scope, theSettlement(scope)))
}

function fullLogDemandsSettlement(scope: Scope): Verdict {
  return given(scope, nothingSent(claimed(scope, 'sale')))
}
