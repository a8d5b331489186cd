import { askedBeforeSending, lookedUp, resultShown, shownBeforeSending } from '../checks/display.ts'
import { inQuestion, notCompleted, reversalSent } from '../checks/follow-up.ts'
import { given } from '../checks/preparation.ts'
import { nothingSent } from '../checks/request.ts'
import { endedOnce } from '../checks/restart.ts'
import { settlementRequest } from '../checks/settlement.ts'
import { totalsTrue } from '../checks/totals.ts'
import { markedAsAnswered } from '../checks/void-mark.ts'
import { allOf, each, inconclusive, notApplicable } from '../finding.ts'
import { answer, approves, claimed, firstOwn, type Scope, target, tested } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { type Row, terminalRow, voidsNeedNoSupervisor } from './row.ts'

/** Operator flow of the terminal. */
export const terminalRows: readonly Row[] = [
  terminalRow({
    id: 'TERM-001',
    severity: 'major',
    says: 'A sale shows its amount and is confirmed before anything is sent',
    source: 'S0, S4',
    answersTo: ['question asked', 'original shown', 'nothing sent'],
    check: saleIsConfirmed,
    brokenBy: ['terminal:sends before the amount is confirmed', 'terminal:sends although cancelled'],
  }),
  terminalRow({
    id: 'TERM-002',
    severity: 'major',
    says: 'A void asks for the supervisor where the profile says so, and sends nothing until the password is right',
    source: 'S0, S1, S2, LY',
    needs: ['operator'],
    knobs: ['supervisor'],
    excluded: voidsNeedNoSupervisor,
    answersTo: ['question asked', 'nothing sent'],
    check: voidNeedsSupervisor,
    brokenBy: ['terminal:no supervisor password', 'terminal:any supervisor password'],
  }),
  terminalRow({
    id: 'TERM-003',
    severity: 'major',
    says: 'An unknown, voided or unsuitable original is refused at the till with its reason',
    source: 'S2, LY',
    answersTo: ['nothing sent'],
    check: unsuitableOriginalIsRefused,
    brokenBy: ['terminal:voids what it does not know', 'terminal:voids twice', 'terminal:does not mark voided'],
  }),
  terminalRow({
    id: 'TERM-004',
    severity: 'major',
    says: 'Before a void is sent its original is shown, with amount, masked card, date and time, and confirmed',
    source: 'S1, S2, LY',
    answersTo: ['original shown', 'nothing sent'],
    check: originalIsShown,
    brokenBy: ['terminal:sends although cancelled', 'terminal:voids without showing the original'],
  }),
  terminalRow({
    id: 'TERM-005',
    severity: 'major',
    says: 'A void with another card than the sale’s is refused at the till',
    source: 'S0, NEXR, LY',
    answersTo: ['nothing sent'],
    check: otherCardIsRefused,
    brokenBy: ['terminal:voids another card'],
  }),
  terminalRow({
    id: 'TERM-006',
    severity: 'minor',
    says: 'A follow-up that lacks an entry cannot be sent, and a wrong entry can be corrected',
    source: 'S1, S3',
    answersTo: ['nothing sent'],
    check: incompleteIsNotSent,
    brokenBy: ['terminal:takes a refund without a reference'],
  }),
  terminalRow({
    id: 'TERM-007',
    severity: 'critical',
    says: 'The original is marked voided after an approved void, and left as it is after any other',
    source: 'S1, S2, LY',
    knobs: ['totals'],
    answersTo: ['original marked'],
    check: originalIsMarked,
    brokenBy: ['terminal:marks voided before the answer', 'terminal:does not mark voided'],
  }),
  terminalRow({
    id: 'TERM-008',
    severity: 'major',
    says: 'The result is shown as approved, declined with its code, or unresolved, and the three differ',
    source: 'S0, S1, S2',
    answersTo: ['result shown'],
    check: resultIsShown,
    brokenBy: ['terminal:shows unresolved as approved', 'terminal:shows a decline as unresolved'],
  }),
  terminalRow({
    id: 'TERM-009',
    severity: 'major',
    says: 'A transaction can be looked up with its current state',
    source: 'S1, S4',
    answersTo: ['looked up'],
    check: journalTells,
    brokenBy: ['terminal:looks up nothing'],
  }),
  terminalRow({
    id: 'TERM-010',
    severity: 'critical',
    says: 'Cancel before sending sends nothing; after sending it leads to the reversal',
    source: 'S4, FLA',
    answersTo: ['nothing sent', 'reversal sent'],
    check: cancelIsHeeded,
    brokenBy: ['terminal:sends although cancelled', 'terminal:ignores a cancel during the wait'],
  }),
  terminalRow({
    id: 'TERM-011',
    severity: 'critical',
    says: 'After a power cut the interrupted operation comes to exactly one end',
    source: 'S2, S4, LY',
    answersTo: ['ended once'],
    check: restartEndsOnce,
    brokenBy: ['terminal:forgets the reversal at restart', 'terminal:forgets the batch at restart'],
  }),
  terminalRow({
    id: 'TERM-012',
    severity: 'minor',
    says: 'A terminal that is not ready refuses to start and says why',
    source: 'S1',
    answersTo: ['nothing sent'],
    check: unreadyRefuses,
    brokenBy: ['terminal:starts without a sign-in'],
  }),
]

const isNothing = (scope: Scope): boolean => scope.claim?.check === 'nothing sent'

function saleIsConfirmed(scope: Scope): Verdict {
  const sale = claimed(scope, 'sale')
  return given(scope, isNothing(scope) ? nothingSent(sale) : askedBeforeSending(scope, sale, /\d\.\d{2}.*(确认|ENTER)/))
}

function voidNeedsSupervisor(scope: Scope, { knobs }: Scope['profile']): Verdict {
  const theVoid = claimed(scope, 'void')
  if (isNothing(scope)) return given(scope, nothingSent(theVoid))
  if (!(knobs.supervisor ?? []).includes('void')) return notApplicable('voids need no supervisor here')
  return given(scope, askedBeforeSending(scope, theVoid, /supervisor|主管/i))
}

function unsuitableOriginalIsRefused(scope: Scope): Verdict {
  return given(scope, each(tested(scope), 'tested operation', nothingSent))
}

function originalIsShown(scope: Scope): Verdict {
  const theVoid = claimed(scope, 'void')
  const amount = firstOwn(target(scope, theVoid))?.sent.fields.amount ?? ''
  const decimal = `${Number(amount.slice(0, -2))}.${amount.slice(-2)}`
  const facts = {
    'the type': /SALE|消费/,
    'the amount': new RegExp(decimal.replace('.', '\\.')),
    'the masked card': /\d{6}…\d{4}|\d{6}\*+\d{4}/,
    'date and time': /\d\d\/\d\d \d\d:\d\d/,
    'a question': /确认|ENTER/,
  }
  const shown = shownBeforeSending(scope, theVoid, facts)
  return given(scope, isNothing(scope) ? allOf(shown, nothingSent(theVoid)) : shown)
}

function otherCardIsRefused(scope: Scope): Verdict {
  return given(scope, nothingSent(claimed(scope, 'void')))
}

function incompleteIsNotSent(scope: Scope): Verdict {
  return given(scope, nothingSent(claimed(scope)))
}

function originalIsMarked(scope: Scope): Verdict {
  const settlement = scope.operations.findLast(one => one.name === 'settle' && settlementRequest(one) !== undefined)
  return given(
    scope,
    each(tested(scope, 'void'), 'tested void', one => markedAsAnswered(scope, one)),
    settlement === undefined ? notApplicable('no settlement') : totalsTrue(scope, settlement),
  )
}

function resultIsShown(scope: Scope): Verdict {
  return given(
    scope,
    each(tested(scope), 'tested operation', one => resultShown(scope, one)),
  )
}

/** `with.state` of the claim says which state is due. */
function journalTells(scope: Scope): Verdict {
  const state = scope.claim?.with.state
  const words: Readonly<Record<string, RegExp>> = {
    approved: /approved|成功/i,
    voided: /voided|撤销/i,
    refunded: /refunded|退货/i,
    reversed: /reversed|冲正/i,
    settled: /settled|结算/i,
    unresolved: /unresolved|unknown|未/i,
  }
  return given(scope, lookedUp(scope, words[String(state)] ?? /\S/))
}

function cancelIsHeeded(scope: Scope): Verdict {
  const operation = isNothing(scope) ? claimed(scope) : inQuestion(scope)
  const reply = answer(firstOwn(operation))
  if (!isNothing(scope) && reply !== undefined && !approves(scope, reply))
    return inconclusive('the acquirer refused the sale, so nothing is left to reverse', {
      becauseOf: 'SALE-001',
      attribution: 'acquirer',
    })
  return given(
    scope,
    isNothing(scope) ? nothingSent(operation) : allOf(notCompleted(scope, operation), reversalSent(scope, operation)),
  )
}

/** "Unresolved" is an end only once the reversal has left. */
function restartEndsOnce(scope: Scope): Verdict {
  const operation = inQuestion(scope)
  const open = operation?.outcome?.outcome === 'unresolved' && operation.name !== 'refund'
  const reversed = open ? reversalSent(scope, operation) : notApplicable('nothing is left to reverse')
  return given(scope, endedOnce(scope, operation), reversed)
}

function unreadyRefuses(scope: Scope): Verdict {
  return given(scope, nothingSent(claimed(scope)))
}
