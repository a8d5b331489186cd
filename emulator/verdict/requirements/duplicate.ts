import { approved } from '../checks/approval.ts'
import { moneyAgrees } from '../checks/balance.ts'
import { askedBeforeSending } from '../checks/display.ts'
import { inQuestion, resolvedByReversal } from '../checks/follow-up.ts'
import { given } from '../checks/preparation.ts'
import { goesOn, graded } from '../checks/refusal.ts'
import { deliveredTwice, repeatedAsDeclared, repeatsARefusal, replaysTheFirst } from '../checks/repeat.ts'
import { oneRequest } from '../checks/request.ts'
import { each, notApplicable } from '../finding.ts'
import { claimed, resultCode, type Scope, tested } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { hostRow, type Row, terminalRow } from './row.ts'

/** Duplicates and repeats. */
export const duplicateRows: readonly Row[] = [
  hostRow({
    id: 'DUP-001',
    severity: 'critical',
    says: 'An exact repeat of an approved sale debits nothing more and is answered as declared',
    source: 'GPU, MON, CH, GPA',
    knobs: ['dupMode', 'dupKey'],
    money: true,
    answersTo: ['repeat answered'],
    check: repeatOfSale,
    brokenBy: [
      'host:takes a repeat type for a new transaction',
      'host:debits twice on a repeated request',
      'host:declines a repeat but debits it',
      'host:replays a wrong first answer',
    ],
  }),
  hostRow({
    id: 'DUP-002',
    severity: 'critical',
    says: 'A replayed answer is the first one, to its reference, approval code, result and amount',
    source: 'MON, UNIP, WSB',
    knobs: ['dupMode'],
    excluded: ({ knobs }) => (knobs.dupMode === 'replay' ? undefined : 'repeats are not answered by replaying'),
    answersTo: ['repeat answered'],
    check: replayIsTheFirst,
    brokenBy: ['host:answers a repeated key with another reference', 'host:replays a wrong first answer'],
  }),
  hostRow({
    id: 'DUP-003',
    severity: 'major',
    says: 'Repeats of sale, void and refund are all answered in the declared way',
    source: 'CH, GPA',
    knobs: ['dupMode'],
    answersTo: ['repeat answered'],
    check: everyRepeatAsDeclared,
    brokenBy: ['host:refuses a duplicate with the code of a malfunction', 'host:answers repeats in another way than declared'],
  }),
  hostRow({
    id: 'DUP-005',
    severity: 'critical',
    says: 'Two sales of one card and amount with traces of their own are two sales',
    source: 'S0',
    money: true,
    excluded: ({ supports }) => (supports.has('dup-check') ? 'suspected duplicates are checked' : undefined),
    answersTo: ['sale approved', 'void approved'],
    check: twoSalesAreTwo,
    brokenBy: ['host:takes a second equal sale for the first'],
  }),
  hostRow({
    id: 'DUP-006',
    severity: 'critical',
    says: 'A request under the key of another one but with other content is refused and posts nothing',
    source: 'STRP, SQR, ISO',
    knobs: ['dupKey'],
    money: true,
    answersTo: ['key reuse refused'],
    check: reusedKeyIsRefused,
    brokenBy: ['host:approves everything', 'host:compares only the key of a repeat', 'host:posts a request under a used key'],
  }),
  hostRow({
    id: 'DUP-013',
    severity: 'critical',
    says: 'An exact repeat of a refund credits nothing more and is answered as declared',
    source: 'WSB, SQR, CH, GPA',
    needs: ['refund'],
    knobs: ['dupMode', 'dupKey'],
    money: true,
    answersTo: ['repeat answered'],
    check: repeatOfRefund,
    brokenBy: ['host:credits a repeated refund'],
  }),
  hostRow({
    id: 'DUP-017',
    severity: 'critical',
    says: 'A repeat that arrives while the first is in work starts no second execution',
    source: 'MON, CH, CIEL, RAZ',
    money: true,
    answersTo: ['repeat answered'],
    check: repeatInFlight,
    brokenBy: ['host:debits twice on a repeated request'],
  }),
  hostRow({
    id: 'DUP-018',
    severity: 'major',
    says: 'An exact repeat of a declined request is never approved',
    source: 'UNIP',
    knobs: ['dupMode'],
    answersTo: ['repeat answered'],
    check: repeatOfDecline,
    brokenBy: ['host:does not know repeat types', 'host:approves the repeat of a declined request'],
  }),
  hostRow({
    id: 'DUP-019',
    severity: 'critical',
    says: 'Protection against repeats holds over a new connection and a restart of the host',
    source: 'GPN, DK',
    knobs: ['dupMode'],
    money: true,
    answersTo: ['repeat answered'],
    check: repeatOverAnotherLink,
    brokenBy: [
      'host:debits twice on a repeated request',
      'host:forgets the answers when it restarts',
      'host:forgets repeats when the line closes',
    ],
  }),
  hostRow({
    id: 'DUP-020',
    severity: 'critical',
    says: 'First answers are remembered at least until the batch is settled',
    source: 'CYBT, UNIP, STRP',
    knobs: ['dupMode', 'replayMemory'],
    money: true,
    answersTo: ['repeat answered'],
    check: lateRepeat,
    brokenBy: ['host:debits twice on a repeated request', 'host:remembers only the last request'],
  }),
  terminalRow({
    id: 'DUP-021',
    severity: 'critical',
    says: 'One confirmation sends one request, whatever is pressed or swiped meanwhile',
    source: 'S0, S1',
    answersTo: ['one request sent'],
    check: oneConfirmationOneRequest,
    brokenBy: ['terminal:sends twice on a double key press'],
  }),
  terminalRow({
    id: 'DUP-022',
    severity: 'critical',
    says: 'On "duplicate" to its own repeat the terminal resolves the first one and prints no decline',
    source: 'DK, CH',
    answersTo: ['reversal sent'],
    check: duplicateIsResolved,
    brokenBy: ['terminal:prints a decline for a duplicate'],
  }),
  terminalRow({
    id: 'DUP-023',
    level: 'should',
    severity: 'minor',
    says: 'The terminal asks before it sends the same card and amount again within minutes',
    source: 'S0, CLOV',
    answersTo: ['question asked'],
    check: sameSaleIsQuestioned,
    brokenBy: ['terminal:does not ask about a repeated sale'],
  }),
]

function repeatOfSale(scope: Scope): Verdict {
  return given(scope, repeatedAsDeclared(scope, claimed(scope, 'sale')), moneyAgrees(scope))
}

function replayIsTheFirst(scope: Scope): Verdict {
  return given(scope, replaysTheFirst(scope, claimed(scope)))
}

function everyRepeatAsDeclared(scope: Scope): Verdict {
  const repeats = tested(scope).filter(one => one.special?.includes('exact repeat'))
  return given(
    scope,
    each(repeats, 'repeat', one => repeatedAsDeclared(scope, one)),
  )
}

function twoSalesAreTwo(scope: Scope): Verdict {
  return given(
    scope,
    each(
      scope.operations.filter(({ name, role }) => name === 'sale' && role !== 'control'),
      'sale',
      sale => approved(scope, sale),
    ),
    moneyAgrees(scope),
  )
}

function reusedKeyIsRefused(scope: Scope): Verdict {
  const codes = scope.codes.accepts.duplicate
  return given(scope, graded(scope, claimed(scope), codes), goesOn(scope, claimed(scope)), moneyAgrees(scope))
}

function repeatOfRefund(scope: Scope): Verdict {
  return given(scope, repeatedAsDeclared(scope, claimed(scope, 'refund')), moneyAgrees(scope))
}

function repeatInFlight(scope: Scope): Verdict {
  return given(scope, deliveredTwice(scope, claimed(scope)), moneyAgrees(scope))
}

function repeatOfDecline(scope: Scope): Verdict {
  return given(scope, repeatsARefusal(scope, claimed(scope)))
}

/** As DUP-001; the scenario closes the line, or restarts the host, between the two. */
function repeatOverAnotherLink(scope: Scope): Verdict {
  return given(scope, repeatedAsDeclared(scope, claimed(scope)), moneyAgrees(scope))
}

/** As DUP-001; the scenario puts other transactions between the two. */
function lateRepeat(scope: Scope): Verdict {
  return given(scope, repeatedAsDeclared(scope, claimed(scope)), moneyAgrees(scope))
}

function oneConfirmationOneRequest(scope: Scope): Verdict {
  return given(scope, oneRequest(claimed(scope)))
}

/** An acquirer that answers repeats with the first answer never says "duplicate", and nothing is to be resolved. */
function duplicateIsResolved(scope: Scope): Verdict {
  const told = scope.exchanges.some(one => scope.codes.accepts.duplicate.includes(resultCode(one.received) ?? ''))
  if (!told) return notApplicable('no repeat was answered as a duplicate')
  return given(scope, resolvedByReversal(scope, inQuestion(scope)))
}

function sameSaleIsQuestioned(scope: Scope): Verdict {
  return given(scope, askedBeforeSending(scope, claimed(scope, 'sale'), /SAME CARD AND AMOUNT|重复交易/))
}
