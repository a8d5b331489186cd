import { moneyAgrees } from '../checks/balance.ts'
import { given } from '../checks/preparation.ts'
import { goesOn, graded, refusedAs } from '../checks/refusal.ts'
import {
  balanceSaid,
  closedByItsEnd,
  othersUntouched,
  settledAsLive,
  settledOnce,
  settlementRequest,
  settlementSaid,
} from '../checks/settlement.ts'
import { totalsTrue } from '../checks/totals.ts'
import { allOf, each, inconclusive, lacking, notApplicable, passed } from '../finding.ts'
import { answer, approves, cite, citeEntry, claimed, closes, endsBatch, firstOwn, type Scope, target, tested } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { hostRow, type Row } from './row.ts'

/** Batch, settlement and reconciliation at the host. */
export const settlementRows: readonly Row[] = [
  hostRow({
    id: 'SETL-001',
    severity: 'critical',
    says: 'A settlement with equal totals is balanced, closes the batch and settles exactly what is live',
    source: 'LY, GPB, ISO',
    needs: ['tcs'],
    answersTo: ['settlement balanced', 'batch settled'],
    check: balancedSettlement,
    brokenBy: ['host:says unbalanced when totals agree', 'host:never closes the batch'],
  }),
  hostRow({
    id: 'SETL-002',
    half: true,
    severity: 'critical',
    says: 'The host counts sales as debits, refunds as credits, voids as declared, and reversed transactions nowhere',
    source: 'LY, GPB, CTL',
    needs: ['tcs'],
    knobs: ['totals'],
    answersTo: ['settlement balanced', 'settlement unbalanced'],
    check: hostCountsRight,
    brokenBy: [
      'host:says unbalanced when totals agree',
      'host:drops the voided sale from one column only',
      'host:counts reversed sales',
      'host:leaves refunds out of the totals',
    ],
  }),
  hostRow({
    id: 'SETL-003',
    severity: 'critical',
    says: 'Totals that differ in a count or a sum are called unbalanced',
    source: 'LY, GPB, CTL',
    needs: ['tcs', 'batch-upload'],
    answersTo: ['settlement unbalanced'],
    check: differenceIsTold,
    brokenBy: ['host:says balanced when totals differ', 'host:compares sums and not counts'],
  }),
  hostRow({
    id: 'SETL-005',
    half: true,
    severity: 'critical',
    says: 'After the upload has ended the batch is closed and what was uploaded is what is settled',
    source: 'LY, CTL',
    needs: ['batch-upload'],
    answersTo: ['batch settled'],
    check: uploadSettles,
    brokenBy: ['host:never closes the batch'],
  }),
  hostRow({
    id: 'SETL-006',
    half: true,
    severity: 'critical',
    says: 'An upload revives nothing that was voided or reversed',
    source: 'LY, CYBK',
    needs: ['batch-upload'],
    money: true,
    answersTo: ['batch settled'],
    check: uploadRevivesNothing,
    brokenBy: ['host:revives a reversed sale on upload'],
  }),
  hostRow({
    id: 'SETL-007',
    severity: 'critical',
    says: 'What the host approved but the terminal does not upload is not settled',
    source: 'DK, GPB',
    needs: ['batch-upload', 'view-ledger'],
    answersTo: ['batch settled'],
    check: orphanAtHostIsSetAside,
    brokenBy: ['host:changes the batch at the 0510', 'host:settles an orphan'],
  }),
  hostRow({
    id: 'SETL-008',
    severity: 'critical',
    says: 'What the terminal uploads but the host never approved is not settled',
    source: 'DK',
    needs: ['batch-upload', 'view-ledger'],
    answersTo: ['batch settled'],
    check: orphanAtTerminalIsNotSettled,
    brokenBy: ['host:settles what it never approved'],
  }),
  hostRow({
    id: 'SETL-009',
    severity: 'critical',
    says: 'After settlement the transactions of the batch can no longer be changed',
    source: 'CH, FASP',
    money: true,
    answersTo: ['void refused'],
    check: settledIsFinal,
    brokenBy: ['host:approves a void after settlement'],
  }),
  hostRow({
    id: 'SETL-010',
    severity: 'critical',
    says: 'A repeated settlement gets the recorded result or "already closed", and settles nothing again',
    source: 'CH, GPA, GPB',
    needs: ['tcs'],
    answersTo: ['settlement repeated'],
    check: repeatedSettlement,
    brokenBy: ['host:settles twice on a repeated 0500', 'host:does not know a repeated 0500'],
  }),
  hostRow({
    id: 'SETL-017',
    severity: 'critical',
    says: 'A settlement of an unknown or foreign batch is refused and closes nothing',
    source: 'GPA, CH',
    needs: ['tcs'],
    answersTo: ['settlement refused'],
    check: foreignSettlement,
    brokenBy: ['host:says in field 66 that all totals agree', 'host:balances an unknown batch'],
  }),
  hostRow({
    id: 'SETL-018',
    severity: 'critical',
    says: 'Settling one terminal leaves the batches of all others as they are',
    source: 'DK',
    needs: ['tcs'],
    answersTo: ['batch settled', 'settlement balanced'],
    check: othersAreLeftAlone,
    brokenBy: ["host:settles another terminal's batch"],
  }),
  hostRow({
    id: 'SETL-019',
    half: true,
    severity: 'minor',
    says: 'An empty batch is called balanced, or there is clearly nothing to settle',
    source: 'CH, GPA',
    needs: ['tcs'],
    answersTo: ['settlement balanced'],
    check: emptyBatch,
    brokenBy: ['host:refuses an empty batch'],
  }),
  hostRow({
    id: 'SETL-020',
    severity: 'critical',
    says: 'What comes while the host is settling is refused clearly or taken into the next batch, never lost',
    source: 'CH, DEJA',
    money: true,
    answersTo: ['sale refused', 'void refused', 'batch settled'],
    check: nothingIsLostWhileSettling,
    brokenBy: ['host:takes a sale while it settles'],
  }),
]

const theSettlement = (scope: Scope) => claimed(scope, 'settle')

/** The money side is judged once the end notice is there. */
const closedIfEnded = (scope: Scope): Verdict => {
  const ended = theSettlement(scope)?.own.some(endsBatch(scope))
  return ended
    ? allOf(closedByItsEnd(scope, theSettlement(scope)), settledAsLive(scope, theSettlement(scope)))
    : notApplicable('the batch is not closed yet')
}

/** What an acquirer says of totals is judged where our own till sent those of its batch. */
function tillCountsRight(scope: Scope): Verdict {
  const counted = totalsTrue(scope, theSettlement(scope))
  if (counted.is !== 'failed') return notApplicable('the till sent the totals of its batch')
  return inconclusive(counted.says, { becauseOf: 'SETL-002', attribution: 'instrument', evidence: counted.evidence })
}

function balancedSettlement(scope: Scope): Verdict {
  const counted = tillCountsRight(scope)
  if (counted.is === 'inconclusive') return counted
  return given(scope, settlementSaid(scope, theSettlement(scope), ['balanced', 'none']), closedIfEnded(scope))
}

/** Balanced on true totals, unbalanced on one-sided ones; the scenario says which it sent. */
function hostCountsRight(scope: Scope): Verdict {
  const wrong = scope.claim?.check === 'settlement unbalanced'
  const counted = wrong ? notApplicable('the totals are wrong on purpose') : tillCountsRight(scope)
  if (counted.is === 'inconclusive') return counted
  return given(scope, settlementSaid(scope, theSettlement(scope), wrong ? ['unbalanced'] : ['balanced']))
}

function differenceIsTold(scope: Scope): Verdict {
  return given(
    scope,
    each(tested(scope, 'settle'), 'tested settlement', one => settlementSaid(scope, one, ['unbalanced'])),
  )
}

function uploadSettles(scope: Scope): Verdict {
  return given(scope, closedByItsEnd(scope, theSettlement(scope)), settledAsLive(scope, theSettlement(scope)))
}

function uploadRevivesNothing(scope: Scope): Verdict {
  return given(scope, settledAsLive(scope, theSettlement(scope)), moneyAgrees(scope))
}

/** As SETL-005, in a scenario whose upload leaves a live transaction out: `settledAsLive` counts what was uploaded. */
function orphanAtHostIsSetAside(scope: Scope): Verdict {
  return given(scope, settledAsLive(scope, theSettlement(scope)))
}

/** As SETL-005, in a scenario whose upload names a transaction that never was. */
function orphanAtTerminalIsNotSettled(scope: Scope): Verdict {
  return given(scope, settledAsLive(scope, theSettlement(scope)))
}

function settledIsFinal(scope: Scope): Verdict {
  return given(
    scope,
    refusedAs(scope, claimed(scope, 'void'), 'original settled'),
    goesOn(scope, claimed(scope, 'void')),
    moneyAgrees(scope),
  )
}

function repeatedSettlement(scope: Scope): Verdict {
  const again = theSettlement(scope)
  const said = answer(settlementRequest(again))
  const refused = said?.fields.resultCode !== undefined && !closes(scope, said)
  const first = answer(settlementRequest(target(scope, again)))
  const recorded = first === undefined ? undefined : balanceSaid(scope, first)
  const answered = refused
    ? graded(scope, again, scope.codes.ways('77', '94', '12'))
    : settlementSaid(scope, again, recorded === undefined ? ['error'] : [recorded, 'error'])
  return given(scope, answered, settledOnce(scope, again))
}

function foreignSettlement(scope: Scope): Verdict {
  return given(
    scope,
    each(tested(scope, 'settle'), 'tested settlement', one =>
      allOf(settlementSaid(scope, one, ['error']), othersUntouched(scope, one)),
    ),
  )
}

function othersAreLeftAlone(scope: Scope): Verdict {
  return given(scope, othersUntouched(scope, theSettlement(scope)))
}

function emptyBatch(scope: Scope): Verdict {
  return given(scope, settlementSaid(scope, theSettlement(scope), ['balanced', 'none', 'error']))
}

function nothingIsLostWhileSettling(scope: Scope): Verdict {
  if (scope.claim?.check === 'batch settled') return given(scope, waitsOrIsSettled(scope))
  const request = claimed(scope)
  const codes = [...scope.codes.accepts['batch is settling'], ...scope.codes.ways('95', '91', '96', '09', '00')]
  return given(scope, graded(scope, request, codes), moneyAgrees(scope))
}

/** What was approved while the batch was settling waits in a batch that is still open, or was settled with the rest. */
function waitsOrIsSettled(scope: Scope): Verdict {
  const taken = firstOwn(scope.operations.find(one => one.special === 'while settling'))
  if (taken === undefined) return lacking('no request while the batch was settling')
  const books = scope.views.findLast(view => view.view === 'ledger')
  const { terminalId, trace } = taken.sent.fields
  const shown = books?.ledger.transactions.find(one => one.terminalId === terminalId && one.trace === trace)
  const waits = books?.ledger.batches.some(
    one => one.terminalId === terminalId && one.batch === shown?.batch && one.state !== 'closed',
  )
  if (books !== undefined && waits && approves(scope, answer(taken)))
    return passed([...cite(taken), citeEntry(books, `it waits in batch ${shown?.batch}`)])
  return allOf(passed(cite(taken)), settledAsLive(scope, theSettlement(scope)))
}
