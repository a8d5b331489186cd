import { moneyAgrees } from '../checks/balance.ts'
import { inQuestion, notCompleted, reversalSent } from '../checks/follow-up.ts'
import { given } from '../checks/preparation.ts'
import { controlled, goesOn, graded, stillLive } from '../checks/refusal.ts'
import { nothingSent } from '../checks/request.ts'
import { answersHideSecrets, terminalHidesSecrets } from '../checks/secrecy.ts'
import { newKeysUsed } from '../checks/session.ts'
import { allOf, each, inconclusive } from '../finding.ts'
import { claimed, type OperationScope, type Scope, tested } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { hostRow, type Row, terminalRow, voidsNeedNoSupervisor } from './row.ts'

/** Access, keys, data. */
export const securityRows: readonly Row[] = [
  hostRow({
    id: 'SEC-001',
    severity: 'critical',
    says: 'A terminal that is not signed in, unknown or blocked gets no posting',
    source: 'APIF, CH, S1',
    needs: ['signon'],
    money: true,
    answersTo: ['access refused'],
    check: strangersAreRefused,
    brokenBy: [
      'host:approves everything',
      'host:accepts a terminal that is not signed in',
      'host:accepts an unknown terminal',
      'host:accepts an unknown merchant',
      'host:accepts a blocked terminal',
    ],
  }),
  hostRow({
    id: 'SEC-002',
    severity: 'critical',
    says: 'A request with a wrong MAC, or none, is refused with no posting',
    source: 'CUPT, CH',
    needs: ['mac'],
    money: true,
    answersTo: ['access refused'],
    check: badMacIsRefused,
    brokenBy: [
      'host:approves everything',
      'host:ignores the MAC',
      'host:accepts a missing MAC',
      'host:answers a MAC error as a fault of its own',
    ],
  }),
  terminalRow({
    id: 'SEC-003',
    severity: 'critical',
    says: 'The terminal treats an answer with a wrong MAC as none',
    source: 'LY, CH',
    needs: ['mac'],
    answersTo: ['reversal sent'],
    check: badMacIsNoAnswer,
    brokenBy: ['terminal:approves on a bad MAC'],
  }),
  hostRow({
    id: 'SEC-004',
    half: true,
    severity: 'major',
    says: 'After a new sign-in the old working key is refused',
    source: 'WSB',
    needs: ['mac'],
    money: true,
    answersTo: ['access refused'],
    check: oldKeyIsRefused,
    brokenBy: ['host:accepts the old key'],
  }),
  terminalRow({
    id: 'SEC-004',
    half: true,
    severity: 'major',
    says: 'After a new sign-in the terminal uses the new working key',
    source: 'WSB',
    needs: ['mac'],
    answersTo: ['new key used'],
    check: newKeyIsUsed,
    brokenBy: ['terminal:keeps using the old keys'],
  }),
  hostRow({
    id: 'SEC-005',
    half: true,
    severity: 'critical',
    says: 'No answer of the acquirer shows track data, a PIN or a stray card number',
    source: 'S2, DK',
    min: 1,
    check: answersHideSecrets,
    brokenBy: ['host:sends the track back'],
  }),
  terminalRow({
    id: 'SEC-005',
    half: true,
    severity: 'critical',
    says: 'No slip and no display shows a whole card number, track data or a PIN',
    source: 'S2, DK',
    min: 1,
    check: terminalHidesSecrets,
    brokenBy: ['terminal:prints the number in full', 'terminal:shows the number in full'],
  }),
  hostRow({
    id: 'SEC-006',
    severity: 'critical',
    says: 'No merchant reads or changes what is another’s',
    source: 'S0, GPA, MPAGO',
    money: true,
    answersTo: ['void refused', 'refund refused'],
    check: merchantsAreApart,
    brokenBy: [
      'host:approves everything',
      'host:approves a void from another merchant',
      'host:refunds the sale of another merchant',
    ],
  }),
  terminalRow({
    id: 'SEC-007',
    severity: 'major',
    says: 'Supervisor functions need the right password, and a refused try sends nothing',
    source: 'S0, S1, S2, LY',
    needs: ['operator'],
    knobs: ['supervisor'],
    excluded: voidsNeedNoSupervisor,
    answersTo: ['nothing sent'],
    check: supervisorIsNeeded,
    brokenBy: ['terminal:no supervisor password', 'terminal:any supervisor password'],
  }),
]

/** Which codes fit is told by what was deliberately wrong. */
function codesFor(scope: Scope, operation: OperationScope): readonly string[] {
  const { accepts, ways } = scope.codes
  const special = operation.special ?? ''
  if (special.includes('not signed in')) return accepts['not signed in']
  if (special.includes('merchant')) return [...accepts['unknown merchant'], ...ways('97')]
  return [...accepts['unknown terminal'], ...ways('97', '03', '58', '89')]
}

function strangersAreRefused(scope: Scope): Verdict {
  return given(
    scope,
    each(tested(scope), 'tested request', one => graded(scope, one, codesFor(scope, one))),
    goesOn(scope, claimed(scope)),
    moneyAgrees(scope),
  )
}

function badMacIsRefused(scope: Scope): Verdict {
  return given(
    scope,
    each(tested(scope), 'tested request', one => graded(scope, one, scope.codes.accepts['bad MAC'])),
    goesOn(scope, claimed(scope)),
    moneyAgrees(scope),
  )
}

function badMacIsNoAnswer(scope: Scope): Verdict {
  const operation = inQuestion(scope)
  const bad = operation?.own.some(one =>
    [one.received, ...one.others].some(
      reply => reply?.mac === 'bad' || reply?.mac === 'absent' || reply?.standing === 'unreadable',
    ),
  )
  if (!bad) return inconclusive('no answer with a wrong MAC reached the terminal', { attribution: 'suite' })
  return given(scope, notCompleted(scope, operation), reversalSent(scope, operation))
}

function oldKeyIsRefused(scope: Scope): Verdict {
  return given(
    scope,
    graded(scope, claimed(scope), scope.codes.accepts['bad MAC']),
    goesOn(scope, claimed(scope)),
    moneyAgrees(scope),
  )
}

function newKeyIsUsed(scope: Scope): Verdict {
  return given(scope, newKeysUsed(scope))
}

function merchantsAreApart(scope: Scope): Verdict {
  return given(
    scope,
    each(tested(scope), 'tested request', one =>
      allOf(
        graded(scope, one, scope.codes.accepts['another merchant']),
        controlled(scope, one),
        one.name === 'void' ? stillLive(scope, one) : goesOn(scope, one),
      ),
    ),
    moneyAgrees(scope),
  )
}

function supervisorIsNeeded(scope: Scope): Verdict {
  return given(scope, nothingSent(claimed(scope)))
}
