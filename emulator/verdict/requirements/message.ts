import { hasPlaceFor } from '../../dialects/says.ts'
import type { Profile } from '../../profile/profile.ts'
import { answerIgnored, waitedOn } from '../checks/acceptance.ts'
import { moneyAgrees } from '../checks/balance.ts'
import {
  approvalCodesAreGiven,
  echoes,
  referencesAreUnique,
  tracesAreUnique,
  typesAgree,
  typesAreSame,
} from '../checks/message.ts'
import { originalsAreTrue } from '../checks/original-data.ts'
import { given } from '../checks/preparation.ts'
import { goesOn, graded, refusedAs } from '../checks/refusal.ts'
import { carriesApprovalCode, namesItsOriginal, saysWhatItIs } from '../checks/request.ts'
import { each } from '../finding.ts'
import { claimed, type Scope, tested } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { hostRow, type Row, terminalRow } from './row.ts'

const approvalCodesAreDue = ({ speaks }: Profile): string | undefined =>
  speaks.settings.approvalCode === 'always' ? undefined : 'approval codes are optional here (dialect setting approvalCode)'

const originalsStandApart = ({ speaks }: Profile): string | undefined =>
  hasPlaceFor(speaks, 'originalType') ? undefined : 'no message names the original in a field of its own'

/** Message identity and matching. */
export const messageRows: readonly Row[] = [
  hostRow({
    id: 'MSG-001',
    severity: 'major',
    says: 'Each request is answered with the response type of its class',
    source: 'CMF, ISO',
    min: 1,
    check: typesAgree,
    brokenBy: [
      'host:answers a repeat type with a type of its own',
      'host:echoes the request',
      'host:answers with another type',
      'line:delivers the request twice',
      'line:delivers the reply twice',
      'line:corrupts a byte',
      'line:corrupts a byte of the request',
    ],
  }),
  hostRow({
    id: 'MSG-002',
    anotherForm: true,
    severity: 'critical',
    says: 'A repeat is the same transaction as its first copy and gets the same response type',
    source: 'CMF, CUPF, GPV, ISO',
    money: true,
    answersTo: ['repeat answered'],
    check: repeatIsTheSame,
    brokenBy: [
      'host:takes a repeat type for a new transaction',
      'host:answers a repeat type with a type of its own',
      'host:debits twice on a repeated request',
    ],
  }),
  hostRow({
    id: 'MSG-003',
    anotherForm: true,
    severity: 'major',
    says: 'An answer gives processing code, amount, trace, terminal and merchant back unchanged',
    source: 'PAYEX, CUPT, LY',
    min: 1,
    check: echoes,
    brokenBy: [
      'host:puts its own time into its answers',
      'host:answers with another trace number',
      'host:answers with another amount',
      'line:corrupts a byte',
      'line:corrupts a byte of the request',
    ],
  }),
  terminalRow({
    id: 'MSG-004',
    severity: 'critical',
    says: 'The terminal takes an answer only if it matches its open request, and goes on waiting otherwise',
    source: 'ISO, DK',
    answersTo: ['answer ignored'],
    check: foreignAnswerIgnored,
    brokenBy: ['terminal:takes a foreign reply'],
  }),
  terminalRow({
    id: 'MSG-005',
    severity: 'critical',
    says: 'Every new transaction has a trace number of its own, and a repeat keeps it',
    source: 'ISO, CUPF',
    min: 1,
    check: tracesAreUnique,
    brokenBy: ['terminal:uses a trace twice'],
  }),
  hostRow({
    id: 'MSG-006',
    severity: 'major',
    says: 'The reference of an approved transaction is its own, and stays',
    source: 'CMF, CUPF',
    min: 1,
    check: referencesAreUnique,
    brokenBy: ['host:gives one reference twice'],
  }),
  hostRow({
    id: 'MSG-007',
    half: true,
    severity: 'major',
    says: 'An approved answer carries an approval code',
    source: 'PAYEX, CUPF, LY',
    min: 1,
    excluded: approvalCodesAreDue,
    check: approvalCodesAreGiven,
    brokenBy: ['host:no approval code'],
  }),
  terminalRow({
    id: 'MSG-007',
    half: true,
    severity: 'major',
    says: 'A follow-up carries the approval code of its original',
    source: 'PAYEX, CUPF, LY',
    excluded: approvalCodesAreDue,
    answersTo: ['follow-up names its original'],
    check: followUpCarriesApprovalCode,
    brokenBy: ['terminal:leaves the approval code out', 'terminal:voids without a reference'],
  }),
  terminalRow({
    id: 'MSG-008',
    severity: 'major',
    says: 'Original data elements are well formed: the type is right, and what is told of the original is true',
    source: 'MCDE90, CMF, PAYEX',
    min: 1,
    excluded: originalsStandApart,
    check: originalsAreTrue,
    brokenBy: ['terminal:tells another time of what it voids'],
  }),
  terminalRow({
    id: 'MSG-009',
    severity: 'major',
    says: 'A void or refund carries reference, batch and trace of its original, and the function code that says what it is',
    source: 'CUPF, CUPT, LY',
    needs: ['cup'],
    answersTo: ['follow-up names its original'],
    check: followUpIsWellFormed,
    brokenBy: ['terminal:voids without a reference'],
  }),
  hostRow({
    id: 'MSG-010',
    severity: 'critical',
    says: 'A follow-up that fits no transaction, or several, is refused; the latest hit is never taken',
    source: 'SPP',
    money: true,
    answersTo: ['message refused', 'void refused'],
    check: ambiguousIsRefused,
    brokenBy: [
      'host:does not look at the original data elements',
      'host:approves everything',
      'host:takes the latest hit for an ambiguous original',
    ],
  }),
  hostRow({
    id: 'MSG-011',
    severity: 'critical',
    says: 'A follow-up whose references point to different transactions is refused and touches neither',
    source: 'SPP, DK',
    money: true,
    answersTo: ['message refused', 'void refused'],
    check: conflictingIsRefused,
    brokenBy: [
      'host:does not look at the original data elements',
      'host:approves everything',
      'host:believes the first of two references',
    ],
  }),
  hostRow({
    id: 'MSG-012',
    severity: 'major',
    says: 'An operation that the host does not have is refused, and the link stays up',
    source: 'ISO, CH',
    money: true,
    answersTo: ['message refused'],
    check: unknownOperationIsRefused,
    brokenBy: ['host:approves everything', 'host:approves an unknown operation', 'host:is silent to an unknown operation'],
  }),
  hostRow({
    id: 'MSG-013',
    severity: 'major',
    says: 'A malformed message is refused and does not disturb the next one',
    source: 'ISO, CMF',
    money: true,
    answersTo: ['message refused'],
    check: malformedIsRefused,
    brokenBy: ['host:approves everything', 'host:posts on a malformed request'],
  }),
  hostRow({
    id: 'MSG-014',
    severity: 'major',
    says: 'An impossible amount is refused, whatever the operation',
    source: 'GPA, CH, APIF',
    money: true,
    answersTo: ['message refused'],
    check: impossibleAmountIsRefused,
    brokenBy: ['host:approves everything', 'host:approves a zero amount'],
  }),
  terminalRow({
    id: 'MSG-015',
    severity: 'critical',
    says: 'An answer "in progress" is not final: the terminal waits on, then acts as after a time-out',
    source: 'GICC',
    answersTo: ['not taken as final'],
    check: inProgressIsNotFinal,
    brokenBy: ['terminal:takes in progress as approved', 'terminal:takes in progress as declined'],
  }),
]

function repeatIsTheSame(scope: Scope): Verdict {
  return given(scope, typesAreSame(scope, claimed(scope)), moneyAgrees(scope))
}

function foreignAnswerIgnored(scope: Scope): Verdict {
  return given(scope, answerIgnored(scope, claimed(scope), ['foreign', 'unsolicited']))
}

function followUpCarriesApprovalCode(scope: Scope): Verdict {
  return given(scope, carriesApprovalCode(scope, claimed(scope)))
}

function followUpIsWellFormed(scope: Scope): Verdict {
  const followUp = claimed(scope)
  return given(scope, namesItsOriginal(scope, followUp), saysWhatItIs(followUp))
}

function ambiguousIsRefused(scope: Scope): Verdict {
  const codes = [...scope.codes.accepts['original not found'], ...scope.codes.ways('12', '30')]
  return given(scope, graded(scope, claimed(scope), codes), goesOn(scope, claimed(scope)), moneyAgrees(scope))
}

function conflictingIsRefused(scope: Scope): Verdict {
  const codes = [...scope.codes.accepts['original not found'], ...scope.codes.ways('12', '76', '77')]
  return given(scope, graded(scope, claimed(scope), codes), goesOn(scope, claimed(scope)), moneyAgrees(scope))
}

function unknownOperationIsRefused(scope: Scope): Verdict {
  const codes = [...scope.codes.accepts['not offered'], ...scope.codes.ways('58')]
  return given(
    scope,
    each(tested(scope), 'tested message', one => graded(scope, one, codes)),
    goesOn(scope, claimed(scope)),
    moneyAgrees(scope),
  )
}

function malformedIsRefused(scope: Scope): Verdict {
  return given(
    scope,
    each(tested(scope), 'tested message', one => refusedAs(scope, one, 'malformed')),
    goesOn(scope, claimed(scope)),
    moneyAgrees(scope),
  )
}

function impossibleAmountIsRefused(scope: Scope): Verdict {
  return given(
    scope,
    each(tested(scope), 'tested message', one => refusedAs(scope, one, 'impossible amount')),
    goesOn(scope, claimed(scope)),
    moneyAgrees(scope),
  )
}

function inProgressIsNotFinal(scope: Scope): Verdict {
  return given(scope, waitedOn(scope, claimed(scope)))
}
