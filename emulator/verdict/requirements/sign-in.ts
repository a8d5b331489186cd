import { hasPlaceFor } from '../../dialects/says.ts'
import { approved, carries } from '../checks/approval.ts'
import { moneyAgrees } from '../checks/balance.ts'
import { balancesFollow } from '../checks/inquiry.ts'
import { given } from '../checks/preparation.ts'
import { goesOn } from '../checks/refusal.ts'
import { keepsTheBatch, keysLoaded } from '../checks/session.ts'
import { allOf, each } from '../finding.ts'
import { claimed, type Scope, tested } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { hostRow, type Row } from './row.ts'

/** Sign-in, echo test, balance inquiry. */
export const signInRows: readonly Row[] = [
  hostRow({
    id: 'SIGN-001',
    severity: 'critical',
    says: 'A sign-in gives working keys that hold and the number of the open batch, and opens no new one over open transactions',
    source: 'LY, SPP, DK',
    needs: ['signon'],
    answersTo: ['sign-in answered'],
    check: goodSignIn,
    brokenBy: [
      'host:forgets that it has a second bitmap',
      'host:answers in EBCDIC',
      'host:counts the length bytes themselves half of the time',
      'host:writes the length low byte first',
      'host:leaves the TPDU out of its answers',
      'host:ends its answers a byte early',
      'host:announces a field that it does not send',
      'host:echoes the request',
      'host:wrong check value at sign-in',
      'host:opens a new batch at sign-in',
      'line:cuts before sending',
      'line:cuts before the request is whole',
      'line:cuts after sending',
      'line:cuts before the reply is whole',
      'line:loses the request',
      'line:loses the reply',
      'line:delays the reply',
      'line:joins two',
      'line:joins two replies',
    ],
  }),
  hostRow({
    id: 'SIGN-002',
    severity: 'major',
    says: 'An echo test is answered and changes nothing',
    source: 'ISO, CUPT',
    money: true,
    answersTo: ['echo answered'],
    check: harmlessEcho,
    brokenBy: ['host:echo moves money', 'host:does not answer an echo test'],
  }),
  hostRow({
    id: 'INQ-001',
    severity: 'major',
    says: 'The balance of a card moves by exactly what was approved, and by nothing else',
    source: 'CUPT, DK',
    needs: ['balance'],
    answersTo: ['balances follow'],
    check: truthfulBalance,
    brokenBy: [
      'host:approves a sale without posting',
      'host:debits a sale twice',
      'host:canned balance',
      'host:refuses balance inquiries',
      'host:charges for an inquiry',
      'host:acknowledges a void without moving money',
      'host:credits a void twice',
    ],
  }),
]

function goodSignIn(scope: Scope): Verdict {
  const signIn = claimed(scope, 'signIn')
  return given(scope, approved(scope, signIn), keysLoaded(scope, signIn), keepsTheBatch(scope, signIn), goesOn(scope, signIn))
}

function harmlessEcho(scope: Scope): Verdict {
  return given(
    scope,
    each(tested(scope, 'echo'), 'echo test', echo => approved(scope, echo)),
    moneyAgrees(scope),
  )
}

/** A balance that is claimed and not told has failed, whoever asked for it and why. */
function truthfulBalance(scope: Scope): Verdict {
  const inquiries = scope.operations.filter(one => one.name === 'inquire')
  const told = each(inquiries, 'balance inquiry', one => {
    const answered = approved(scope, one)
    return answered.is === 'passed'
      ? allOf(answered, carries(one, hasPlaceFor(scope.profile.speaks, 'balance') ? 'balance' : 'additionalAmounts', 'balance'))
      : answered
  })
  return allOf(told, given(scope, balancesFollow(scope)))
}
