import { approved } from '../checks/approval.ts'
import { moneyAgrees } from '../checks/balance.ts'
import { given } from '../checks/preparation.ts'
import { controlled, graded, refused, refusedAs, stillLive } from '../checks/refusal.ts'
import { nothingSent } from '../checks/request.ts'
import { allOf, each, warned } from '../finding.ts'
import { answer, approves, cite, claimed, firstOwn, inRole, resultCode, type Scope, tested } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { hostRow, type Row, terminalRow } from './row.ts'

/** Voids of what is not a live sale, voids at the till, and how a refusal has to look. */
export const moreVoidRows: readonly Row[] = [
  {
    id: 'VOID-010',
    half: true,
    binds: 'terminal',
    level: 'must',
    severity: 'major',
    says: 'When the void of a settled sale is refused the terminal points the operator to the refund',
    source: 'S0, S4, MON, CLOV',
    needs: ['refund'],
    knobs: [],
    notCovered: 'a good terminal clears its log at settlement, so it has no settled sale that could be voided',
  },
  hostRow({
    id: 'VOID-018',
    severity: 'major',
    says: 'Where a void needs the PIN, one without it or with a wrong one is refused and leaves the sale live',
    source: 'S0, CH, LY',
    needs: ['void-pin'],
    money: true,
    answersTo: ['void refused'],
    check: voidWithWrongPin,
    brokenBy: ['host:approves everything', 'host:ignores the PIN of a void'],
  }),
  hostRow({
    id: 'VOID-019',
    severity: 'critical',
    says: 'A void of a declined transaction is refused and creates no credit',
    source: 'S2, APIF, UNIP',
    money: true,
    answersTo: ['void refused'],
    check: voidOfDeclined,
    brokenBy: ['host:approves a void of a declined sale'],
  }),
  hostRow({
    id: 'VOID-020',
    severity: 'critical',
    says: 'A void of a transaction that the host does not know is refused and creates no credit',
    source: 'CH, GPA, CIEL, SPP',
    money: true,
    answersTo: ['void refused'],
    check: voidOfUnknown,
    brokenBy: ['host:approves everything', 'host:says nothing instead of a refusal', 'host:approves a void of an unknown sale'],
  }),
  hostRow({
    id: 'VOID-021',
    severity: 'critical',
    says: 'A void of a reversed transaction is refused and creates no credit',
    source: 'CMF, UNIP',
    money: true,
    answersTo: ['void refused'],
    check: voidOfReversed,
    brokenBy: ['host:approves everything', 'host:approves a void after a reversal'],
  }),
  hostRow({
    id: 'VOID-022',
    severity: 'critical',
    says: 'A void of a partly refunded sale is refused',
    source: 'WSB, CIEL',
    needs: ['refund'],
    knobs: ['refundBeforeSettle'],
    money: true,
    excluded: profile =>
      profile.knobs.refundBeforeSettle === 'refund'
        ? undefined
        : 'a sale cannot be refunded before it is settled, and after that it cannot be voided',
    answersTo: ['void refused'],
    check: voidOfPartlyRefunded,
    brokenBy: ['host:approves a void of a refunded sale'],
  }),
  hostRow({
    id: 'VOID-023',
    severity: 'critical',
    says: 'A void of a fully refunded sale is refused',
    source: 'STIT, WSB, APIF',
    needs: ['refund'],
    knobs: ['refundBeforeSettle'],
    money: true,
    excluded: profile =>
      profile.knobs.refundBeforeSettle === 'refund'
        ? undefined
        : 'a sale cannot be refunded before it is settled, and after that it cannot be voided',
    answersTo: ['void refused'],
    check: voidOfRefunded,
    brokenBy: ['host:approves a void of a refunded sale'],
  }),
  hostRow({
    id: 'VOID-024',
    half: true,
    severity: 'critical',
    says: 'A void of a void is refused, and the sale stays voided',
    source: 'STIT, LY, CUPT',
    money: true,
    answersTo: ['void refused'],
    check: voidOfVoid,
    brokenBy: ['host:approves everything', 'host:approves a void of a void'],
  }),
  terminalRow({
    id: 'VOID-024',
    half: true,
    severity: 'critical',
    says: 'The terminal lets nobody void a void',
    source: 'STIT, LY, CUPT',
    answersTo: ['nothing sent'],
    check: voidOfVoidStaysLocal,
    brokenBy: ['terminal:voids a void'],
  }),
  hostRow({
    id: 'VOID-028',
    severity: 'critical',
    says: 'A void of a part is refused where parts cannot be voided, and never done as a full one',
    source: 'GPA, CH, APIF',
    money: true,
    excluded: ({ supports, knobs }) =>
      supports.has('partial-void') || knobs.voidAmount === 'partial' ? 'voids of a part are offered' : undefined,
    answersTo: ['void refused'],
    check: voidOfPart,
    brokenBy: ['host:approves everything', 'host:ignores the amount', 'host:voids in full whatever the amount'],
  }),
  terminalRow({
    id: 'VOID-035',
    severity: 'major',
    says: 'The terminal refuses to void what cannot be voided: inquiries, settlements, refunds, voids, declined transactions',
    source: 'S4, LY',
    answersTo: ['nothing sent'],
    check: unsuitableStaysLocal,
    brokenBy: ['terminal:voids a refund'],
  }),
  hostRow({
    id: 'VOID-037',
    level: 'should',
    severity: 'major',
    says: 'A void is not refused because the card has expired or was stopped since',
    source: 'DK',
    needs: ['core', 'control-card'],
    answersTo: ['void approved'],
    check: voidOfStoppedCard,
    brokenBy: ['host:refuses the void of a stopped card'],
  }),
  hostRow({
    id: 'VOID-038',
    severity: 'critical',
    says: 'A refused void leaves its sale exactly as it was',
    source: 'S2, DK',
    money: true,
    answersTo: ['void refused'],
    check: refusalsLeaveNoTrace,
    brokenBy: ['host:approves everything', 'host:refuses a void but credits'],
  }),
  hostRow({
    id: 'VOID-039',
    level: 'should',
    severity: 'minor',
    says: 'The code of a refused void tells why: unknown, voided, settled or too late, wrong card, wrong amount, not permitted',
    source: 'CH, CIEL, CMF',
    answersTo: ['void refused'],
    check: refusalsTellWhy,
    brokenBy: ['host:refuses everything with 05'],
  }),
]

const theVoid = (scope: Scope) => claimed(scope, 'void')

function voidWithWrongPin(scope: Scope): Verdict {
  const refused = theVoid(scope)
  return given(
    scope,
    graded(scope, refused, scope.codes.ways('55', '70', '12', '30')),
    controlled(scope, refused),
    stillLive(scope, refused),
    moneyAgrees(scope),
  )
}

/** Where the original has no money, money is the probe. */
function voidOfNothing(scope: Scope, codes: readonly string[]): Verdict {
  return given(scope, graded(scope, theVoid(scope), codes), controlled(scope, theVoid(scope)), moneyAgrees(scope))
}

function voidOfDeclined(scope: Scope): Verdict {
  return voidOfNothing(scope, scope.codes.accepts['original declined'])
}

function voidOfUnknown(scope: Scope): Verdict {
  return voidOfNothing(scope, scope.codes.accepts['original not found'])
}

function voidOfReversed(scope: Scope): Verdict {
  return voidOfNothing(scope, scope.codes.accepts['original reversed'])
}

function voidOfPartlyRefunded(scope: Scope): Verdict {
  return voidOfNothing(scope, [...scope.codes.accepts['state forbids it'], ...scope.codes.ways('13', '64')])
}

function voidOfRefunded(scope: Scope): Verdict {
  return voidOfNothing(scope, scope.codes.accepts['state forbids it'])
}

function voidOfVoid(scope: Scope): Verdict {
  return given(scope, refusedAs(scope, theVoid(scope), 'void of a void'), controlled(scope, theVoid(scope)), moneyAgrees(scope))
}

function voidOfVoidStaysLocal(scope: Scope): Verdict {
  return given(scope, nothingSent(theVoid(scope)))
}

function voidOfPart(scope: Scope): Verdict {
  const refused = theVoid(scope)
  const codes = [...scope.codes.accepts['another amount'], ...scope.codes.accepts['not offered'], ...scope.codes.ways('58')]
  return given(
    scope,
    allOf(graded(scope, refused, codes), controlled(scope, refused), stillLive(scope, refused)),
    moneyAgrees(scope),
  )
}

function unsuitableStaysLocal(scope: Scope): Verdict {
  return given(scope, each(tested(scope, 'void'), 'tested void', nothingSent))
}

/** A SHOULD: a refusal is only worth a warning. */
function voidOfStoppedCard(scope: Scope): Verdict {
  const verdict = approved(scope, theVoid(scope))
  return given(scope, verdict.is === 'failed' ? { ...verdict, is: 'warned' } : verdict)
}

/** Whatever the code: refused voids moved nothing, and each target with a probe is live. */
function refusalsLeaveNoTrace(scope: Scope): Verdict {
  const unchanged = each(tested(scope, 'void'), 'refused void', one =>
    allOf(
      refused(scope, one),
      controlled(scope, one),
      inRole(scope, 'probe').some(probe => probe.of === one.of) ? stillLive(scope, one) : refused(scope, one),
    ),
  )
  return given(scope, unchanged, moneyAgrees(scope))
}

/** A SHOULD: the situation that was arranged, told by its code. */
function refusalsTellWhy(scope: Scope): Verdict {
  return given(
    scope,
    each(tested(scope, 'void'), 'refused void', one => {
      const graded = refusedAs(scope, one, situationOf(one.special))
      const exchange = firstOwn(one)
      const reply = answer(exchange)
      if (graded.is !== 'failed' || exchange === undefined || reply === undefined || approves(scope, reply)) return graded
      return warned({ says: graded.says, expected: graded.expected, received: resultCode(reply) ?? 'none' }, cite(exchange))
    }),
  )
}

/** What was deliberately wrong with a void, as a situation of the code sets. */
function situationOf(special: string | undefined): Parameters<typeof refusedAs>[2] {
  const known = [
    ['another amount', 'another amount'],
    ['another card', 'another card'],
    ['another merchant', 'another merchant'],
    ['another terminal', 'another terminal'],
    ['unknown', 'original not found'],
    ['settled', 'original settled'],
    ['second', 'original voided'],
    ['void of a void', 'void of a void'],
    ['reversed', 'original reversed'],
    ['declined', 'original declined'],
    ['late', 'too late'],
    ['PIN', 'wrong PIN'],
  ] as const
  return known.find(([words]) => special?.includes(words))?.[1] ?? 'original not found'
}
