import { answerIgnored } from '../checks/acceptance.ts'
import { resultShown } from '../checks/display.ts'
import {
  inQuestion,
  noReversalSent,
  notCompleted,
  reversalFirst,
  reversalKept,
  reversalRepeated,
  reversalSent,
  reversalWellFormed,
} from '../checks/follow-up.ts'
import { given } from '../checks/preparation.ts'
import { afterRestart } from '../checks/restart.ts'
import { neverPrintedAsApproved } from '../checks/slip.ts'
import type { Scope } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { type Row, terminalRow } from './row.ts'

/** How our terminal reverses. */
export const terminalReversalRows: readonly Row[] = [
  terminalRow({
    id: 'REV-001',
    severity: 'critical',
    says: 'Every request with money effect that gets no answer is reversed',
    source: 'S2, S4, CUPT, CUPX, GPG, CH',
    knobs: ['respTimeout', 'voidTimeoutAction'],
    answersTo: ['reversal sent'],
    check: unansweredIsReversed,
    brokenBy: ['terminal:drops the reversal record at once'],
  }),
  terminalRow({
    id: 'REV-002',
    severity: 'critical',
    says: 'An approval that the terminal cannot complete is reversed too',
    source: 'S4, PAYEX, LY, CMF',
    answersTo: ['reversal sent'],
    check: uncompletedIsReversed,
    excluded: ({ supports, speaks }) =>
      supports.has('mac') || speaks.syntax === 'json' ? undefined : 'only a MAC would show that an answer was damaged on its way',
    brokenBy: ['terminal:approves on a bad MAC'],
  }),
  terminalRow({
    id: 'REV-003',
    severity: 'critical',
    says: 'What a reversal needs is stored before the request leaves, and survives a power cut',
    source: 'LY, S4',
    answersTo: ['reversal sent', 'ended once'],
    check: reversalSurvivesPowerCut,
    brokenBy: ['terminal:forgets the reversal at restart'],
  }),
  terminalRow({
    id: 'REV-004',
    severity: 'critical',
    says: 'A pending reversal leaves before any new financial request',
    source: 'LY, FLA',
    answersTo: ['pending reversal first'],
    check: pendingReversalFirst,
    brokenBy: ['terminal:sends the reversal after the next sale'],
  }),
  terminalRow({
    id: 'REV-005',
    anotherForm: true,
    severity: 'critical',
    says: 'An unacknowledged reversal is repeated as often as the profile says, with the same references',
    source: 'LY, WSAG, ISO',
    knobs: ['revRetries'],
    answersTo: ['reversal repeated', 'reversal left unresolved'],
    check: unacknowledgedIsRepeated,
    brokenBy: ['terminal:gives up after one send'],
  }),
  terminalRow({
    id: 'REV-006',
    severity: 'critical',
    says: 'A reversal that used up its sends is kept, told, and sent again before settlement and after sign-in',
    source: 'LY, ZKN',
    knobs: ['revRetries'],
    answersTo: ['reversal left unresolved'],
    check: unresolvedIsKept,
    brokenBy: ['terminal:forgets a reversal that failed', 'terminal:says nothing of a failed reversal'],
  }),
  terminalRow({
    id: 'REV-007',
    anotherForm: true,
    severity: 'major',
    says: 'A reversal carries its original’s own data and the reason',
    source: 'CUPF, PAYEX, MCDE90, LY',
    knobs: ['revStan'],
    answersTo: ['reversal sent'],
    check: reversalCarriesItsOriginal,
    brokenBy: ['terminal:reverses with another amount', 'terminal:reverses under a new trace'],
  }),
  terminalRow({
    id: 'REV-011',
    severity: 'major',
    says: 'The terminal takes the listed codes as the end of a reversal and repeats on all others',
    source: 'UMS',
    answersTo: ['reversal repeated'],
    check: onlyFinalCodesEnd,
    brokenBy: ['terminal:takes 05 as the end of a reversal', 'terminal:repeats a reversal that was answered 25'],
  }),
  terminalRow({
    id: 'REV-020',
    severity: 'major',
    says: 'Advices and refunds are not reversed for want of an answer',
    source: 'UMS, ISO',
    answersTo: ['no reversal sent'],
    check: adviceIsNotReversed,
    brokenBy: ['terminal:reverses a refund'],
  }),
  terminalRow({
    id: 'REV-022',
    severity: 'critical',
    says: 'An answer after the time-out changes nothing: the reversal goes on',
    source: 'CMF, ISO',
    answersTo: ['answer ignored'],
    check: lateAnswerChangesNothing,
    brokenBy: ['terminal:late answer changes the outcome'],
  }),
  terminalRow({
    id: 'REV-026',
    severity: 'major',
    says: 'After an unanswered request the terminal says that it is being cancelled, never that it was approved',
    source: 'S4, ZKN, LY',
    answersTo: ['result shown', 'reversal sent'],
    check: unansweredIsToldSo,
    brokenBy: ['terminal:shows unresolved as approved'],
  }),
]

function unansweredIsReversed(scope: Scope): Verdict {
  return given(scope, reversalSent(scope, inQuestion(scope)))
}

function uncompletedIsReversed(scope: Scope): Verdict {
  return given(scope, notCompleted(scope, inQuestion(scope)), reversalSent(scope, inQuestion(scope)))
}

function reversalSurvivesPowerCut(scope: Scope): Verdict {
  return given(scope, afterRestart(scope, inQuestion(scope)), reversalSent(scope, inQuestion(scope)))
}

function pendingReversalFirst(scope: Scope): Verdict {
  return given(scope, reversalFirst(scope, inQuestion(scope)))
}

function unacknowledgedIsRepeated(scope: Scope): Verdict {
  return given(scope, reversalRepeated(scope, inQuestion(scope)), reversalWellFormed(scope, inQuestion(scope)))
}

function unresolvedIsKept(scope: Scope): Verdict {
  return given(scope, reversalKept(scope, inQuestion(scope)))
}

function reversalCarriesItsOriginal(scope: Scope): Verdict {
  return given(scope, reversalWellFormed(scope, inQuestion(scope)))
}

/** As REV-005, in scenarios whose answers to the reversal are of either kind. */
function onlyFinalCodesEnd(scope: Scope): Verdict {
  return given(scope, reversalRepeated(scope, inQuestion(scope)))
}

function adviceIsNotReversed(scope: Scope): Verdict {
  return given(scope, noReversalSent(scope, inQuestion(scope)))
}

function lateAnswerChangesNothing(scope: Scope): Verdict {
  return given(
    scope,
    answerIgnored(scope, inQuestion(scope), ['late', 'unsolicited', 'foreign']),
    neverPrintedAsApproved(scope, inQuestion(scope)),
    reversalSent(scope, inQuestion(scope)),
  )
}

function unansweredIsToldSo(scope: Scope): Verdict {
  return given(scope, resultShown(scope, inQuestion(scope)))
}
