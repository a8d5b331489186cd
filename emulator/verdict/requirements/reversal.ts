import { moneyAgrees } from '../checks/balance.ts'
import { inQuestion, reversalWellFormed } from '../checks/follow-up.ts'
import { given } from '../checks/preparation.ts'
import { controlled, graded, refusedAs, stillLive } from '../checks/refusal.ts'
import { acknowledged, creditedOrRefused } from '../checks/reversal.ts'
import { settledAsLive } from '../checks/settlement.ts'
import { allOf, each, inconclusive, notApplicable } from '../finding.ts'
import { claimed, inRole, type OperationScope, type Scope, target, tested } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { hostRow, type Row } from './row.ts'

/** What a host does with a technical reversal. */
export const reversalRows: readonly Row[] = [
  hostRow({
    id: 'REV-008',
    severity: 'critical',
    says: 'A reversal cancels the whole effect of its original and is acknowledged',
    source: 'CKO, CMF, CUPX',
    knobs: ['revStan'],
    money: true,
    answersTo: ['reversal answered'],
    check: reversalUndoes,
    brokenBy: [
      'host:acknowledges a reversal without effect',
      'host:refuses every reversal',
      'host:forgets what it could not deliver',
    ],
  }),
  hostRow({
    id: 'REV-009',
    severity: 'critical',
    says: 'Repeated reversals are each acknowledged and take effect once',
    source: 'CUPF, ISO, CKO',
    money: true,
    answersTo: ['reversals answered'],
    check: eachAcknowledgedOneEffect,
    brokenBy: ['host:does not know repeat types', 'host:reverses twice', 'host:does not know a repeated reversal'],
  }),
  hostRow({
    id: 'REV-010',
    severity: 'critical',
    says: 'A reversal of something unknown is answered as declared and moves no money',
    source: 'MONA, UMS, CKO, UNP',
    knobs: ['revUnknown'],
    money: true,
    answersTo: ['reversal answered'],
    check: reversalOfUnknown,
    brokenBy: ['host:credits a reversal of an unknown sale'],
  }),
  hostRow({
    id: 'REV-012',
    severity: 'critical',
    says: 'A reversal of a declined transaction is acknowledged and creates nothing',
    source: 'DK, CKO',
    money: true,
    answersTo: ['reversal answered'],
    check: reversalOfDeclined,
    brokenBy: ['host:credits a reversal of a declined sale'],
  }),
  hostRow({
    id: 'REV-013',
    severity: 'critical',
    says: 'A reversal of a voided sale is acknowledged and creates no second credit',
    source: 'CKO, CMF',
    money: true,
    answersTo: ['reversal answered'],
    check: reversalOfVoided,
    brokenBy: ['host:credits a reversal of a voided sale'],
  }),
  hostRow({
    id: 'REV-014',
    severity: 'critical',
    says: 'A reversal of a settled sale is refused, or credited; it is never acknowledged without effect',
    source: 'DK, CMF',
    money: true,
    answersTo: ['reversal answered'],
    check: reversalOfSettled,
    brokenBy: ['host:acknowledges a reversal after settlement without effect'],
  }),
  hostRow({
    id: 'REV-015',
    severity: 'critical',
    says: 'A reversal of another amount than its original’s has no effect',
    source: 'UNP, DK',
    money: true,
    answersTo: ['reversal answered'],
    check: reversalOfAnotherAmount,
    brokenBy: ['host:approves everything', 'host:ignores the amount of a reversal'],
  }),
  hostRow({
    id: 'REV-017',
    severity: 'critical',
    says: 'A reversal of a void brings its sale back, if and only if the void had taken effect',
    source: 'CUPT, GPG, UMS',
    knobs: ['voidTimeoutAction'],
    money: true,
    answersTo: ['reversal answered'],
    check: reversalOfVoid,
    brokenBy: ['host:refuses every reversal', 'host:does not bring a sale back when its void is reversed'],
  }),
  hostRow({
    id: 'REV-018',
    anotherForm: true,
    severity: 'critical',
    says: 'A reversal that names a refund has no effect, where refunds are never reversed',
    source: 'CYB, CYBT',
    needs: ['refund'],
    money: true,
    answersTo: ['reversal answered'],
    check: reversalOfRefund,
    brokenBy: ['host:reverses a refund'],
  }),
  hostRow({
    id: 'REV-023',
    severity: 'critical',
    says: 'A reversal under another merchant or terminal than its original’s has no effect on it',
    source: 'SPP, DK',
    knobs: ['revUnknown'],
    money: true,
    answersTo: ['reversal answered'],
    check: reversalFromElsewhere,
    brokenBy: ['host:reverses for another terminal'],
  }),
  hostRow({
    id: 'REV-024',
    anotherForm: true,
    severity: 'critical',
    says: 'A reversal that names another card than its original’s has no effect',
    source: 'UNP, DK',
    needs: ['core', 'manual-pan'],
    money: true,
    answersTo: ['reversal answered'],
    check: reversalOfAnotherCard,
    brokenBy: ['host:ignores the card of a reversal'],
  }),
  hostRow({
    id: 'REV-025',
    severity: 'critical',
    says: 'What was reversed can neither be voided nor refunded, and is not settled',
    source: 'CMF, CUPX',
    money: true,
    answersTo: ['void refused', 'refund refused', 'batch settled'],
    check: reversedIsFinal,
    brokenBy: ['host:approves a void after a reversal', 'host:settles a reversed sale', 'host:refunds a sale without money'],
  }),
  hostRow({
    id: 'REV-027',
    severity: 'critical',
    says: 'An approval that never arrived leaves no debit once the terminal has reversed it',
    source: 'CUPX, SPP, ZKN',
    needs: ['control-fault'],
    money: true,
    answersTo: ['reversal answered'],
    check: undeliveredIsCleared,
    brokenBy: ['host:forgets what it could not deliver'],
  }),
]

/** A reversal by hand, or the one that the terminal sent for the tested operation. */
const theReversal = (scope: Scope): OperationScope | undefined => claimed(scope)

/** An acquirer answers for a reversal that our own till sent as it must. */
function tillReversesRight(scope: Scope): Verdict {
  const open = scope.operations.findLast(
    one => ['sale', 'void'].includes(one.name) && one.own.length > 0 && one.own.every(({ received }) => received === undefined),
  )
  const sent = reversalWellFormed(scope, open ?? inQuestion(scope))
  if (sent.is === 'passed') return notApplicable('the till sent its reversal as it must')
  const because = sent.is === 'failed' ? sent.says : 'the till sent no reversal'
  return inconclusive(because, { becauseOf: 'REV-007', attribution: 'instrument' })
}

function reversalUndoes(scope: Scope): Verdict {
  const sent = tillReversesRight(scope)
  if (sent.is === 'inconclusive') return sent
  return given(scope, acknowledged(scope, theReversal(scope), scope.codes.ways('00')), moneyAgrees(scope))
}

/** The first is acknowledged; of the others an acquirer may as well say that nothing is left to reverse. */
function eachAcknowledgedOneEffect(scope: Scope): Verdict {
  const reversals = tested(scope, 'reverse')
  const [first] = reversals
  const codesOf = (one: OperationScope) =>
    first === undefined || one === first ? scope.codes.ways('00') : scope.codes.ways('00', '25', '12', '94')
  return given(
    scope,
    each(first === undefined ? tested(scope) : reversals, 'reversal', one => acknowledged(scope, one, codesOf(one))),
    moneyAgrees(scope),
  )
}

function reversalOfUnknown(scope: Scope, { knobs }: Scope['profile']): Verdict {
  const codes = knobs.revUnknown === 'ack' ? scope.codes.ways('00') : scope.codes.accepts['nothing to reverse']
  return given(scope, acknowledged(scope, theReversal(scope), codes), moneyAgrees(scope))
}

function reversalOfDeclined(scope: Scope): Verdict {
  return given(
    scope,
    acknowledged(scope, theReversal(scope), [...scope.codes.accepts['nothing to reverse'], ...scope.codes.ways('21')]),
    moneyAgrees(scope),
  )
}

function reversalOfVoided(scope: Scope): Verdict {
  const codes = [
    ...scope.codes.accepts['nothing to reverse'],
    ...scope.codes.accepts['original voided'],
    ...scope.codes.ways('94'),
  ]
  return given(scope, acknowledged(scope, theReversal(scope), codes), moneyAgrees(scope))
}

function reversalOfSettled(scope: Scope): Verdict {
  return given(scope, creditedOrRefused(scope, theReversal(scope)), moneyAgrees(scope))
}

function reversalOfAnotherAmount(scope: Scope): Verdict {
  const codes = [...scope.codes.accepts['another amount'], ...scope.codes.ways('12', '77')]
  return given(scope, graded(scope, theReversal(scope), codes), liveIfProbed(scope), moneyAgrees(scope))
}

function reversalOfVoid(scope: Scope): Verdict {
  const sent = tillReversesRight(scope)
  if (sent.is === 'inconclusive') return sent
  return given(
    scope,
    acknowledged(scope, theReversal(scope), scope.codes.ways('00', '25')),
    liveIfProbed(scope),
    moneyAgrees(scope),
  )
}

function reversalOfRefund(scope: Scope): Verdict {
  return given(scope, graded(scope, theReversal(scope), scope.codes.ways('25', '12', '40')), moneyAgrees(scope))
}

/** To an acquirer that looks for an original among the sender's own, there is none: it says what it says to any such reversal. */
function reversalFromElsewhere(scope: Scope, { knobs }: Scope['profile']): Verdict {
  const acknowledgement = knobs.revUnknown === 'ack' ? scope.codes.ways('00') : []
  const codes = [...acknowledgement, ...scope.codes.accepts['another merchant'], ...scope.codes.accepts['unknown terminal']]
  return given(scope, acknowledged(scope, theReversal(scope), codes), liveIfProbed(scope), moneyAgrees(scope))
}

function reversalOfAnotherCard(scope: Scope): Verdict {
  const codes = [...scope.codes.accepts['another card'], ...scope.codes.ways('12', '57', '77')]
  return given(scope, graded(scope, theReversal(scope), codes), liveIfProbed(scope), moneyAgrees(scope))
}

function reversedIsFinal(scope: Scope): Verdict {
  if (scope.claim?.check === 'batch settled') return given(scope, settledAsLive(scope))
  const refused = claimed(scope)
  return given(scope, refusedAs(scope, refused, 'original reversed'), controlled(scope, refused), moneyAgrees(scope))
}

function undeliveredIsCleared(scope: Scope): Verdict {
  const sent = tillReversesRight(scope)
  if (sent.is === 'inconclusive') return sent
  return given(scope, acknowledged(scope, claimed(scope), scope.codes.ways('00', '25')), moneyAgrees(scope))
}

/** Where the scenario probes the target, it is live; else the money speaks for it. */
function liveIfProbed(scope: Scope): Verdict {
  const aim = target(scope, theReversal(scope))
  const probed = inRole(scope, 'probe').some(probe => probe.of === aim?.number)
  return allOf(notApplicable('no probe'), probed ? stillLive(scope, theReversal(scope)) : notApplicable('no probe'))
}
