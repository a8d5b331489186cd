import type { Profile } from '../../profile/profile.ts'
import { missing } from '../applicability.ts'
import { approved } from '../checks/approval.ts'
import { moneyAgrees } from '../checks/balance.ts'
import { revealsNothing } from '../checks/disclosure.ts'
import { described, given } from '../checks/preparation.ts'
import { controlled, graded, refusedAs, refusedInFull, stillLive } from '../checks/refusal.ts'
import { repeatedAsDeclared } from '../checks/repeat.ts'
import { namesItsOriginal } from '../checks/request.ts'
import { settledAsLive } from '../checks/settlement.ts'
import { allOf, inconclusive } from '../finding.ts'
import { answer, approves, cite, claimed, type Scope, tested } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { hostRow, type Row, terminalRow } from './row.ts'

/** The void that must be approved, what it refers to, and in which window, scope and amount. */
export const voidRows: readonly Row[] = [
  hostRow({
    id: 'VOID-001',
    severity: 'critical',
    says: 'A void of a live sale that names the right merchant, terminal, card, amount and original is approved inside the void window',
    source: 'S0, S2, UMS, GPV, CYB',
    knobs: ['voidWindow', 'voidCoding'],
    money: true,
    answersTo: ['void approved'],
    check: goodVoid,
    brokenBy: [
      'host:forgets the reference that it gave',
      'host:refuses every void',
      'host:acknowledges a void without moving money',
      'host:forgets the batch of the original',
    ],
  }),
  hostRow({
    id: 'VOID-002',
    severity: 'critical',
    says: 'After an approved void the cardholder is exactly where the sale found them: one full credit, nothing else',
    source: 'S2, CUPX, STIT',
    money: true,
    answersTo: ['void approved', 'money as expected'],
    check: voidNetsToZero,
    brokenBy: [
      'host:gives a canned answer by message type',
      'host:acknowledges a void without moving money',
      'host:credits a void twice',
    ],
  }),
  hostRow({
    id: 'VOID-003',
    severity: 'critical',
    says: 'A sale whose void was approved brings the merchant no money at settlement',
    source: 'CYBK, MON, STIT',
    knobs: ['totals'],
    money: true,
    answersTo: ['batch settled'],
    check: voidedSaleIsNotSettled,
    brokenBy: ['host:settles a voided sale'],
  }),
  hostRow({
    id: 'VOID-004',
    half: true,
    severity: 'critical',
    says: 'A void that names no original is refused: amount and card alone are not enough',
    source: 'S0, S2, CUPF, CH',
    money: true,
    answersTo: ['void refused'],
    check: voidWithoutReference,
    brokenBy: ['host:approves everything', 'host:takes the latest hit for a void without a reference'],
  }),
  terminalRow({
    id: 'VOID-004',
    half: true,
    severity: 'critical',
    says: 'A void carries the reference, batch and trace of exactly one earlier transaction',
    source: 'S0, S2, CUPF, CH',
    answersTo: ['follow-up names its original', 'void approved'],
    check: voidNamesItsOriginal,
    brokenBy: ['terminal:voids without a reference'],
  }),
  hostRow({
    id: 'VOID-005',
    severity: 'critical',
    says: 'A void whose amount is not that of its sale is refused where only full voids are allowed',
    source: 'S0, UMS, FASP, GICC, SPP',
    knobs: ['voidAmount'],
    money: true,
    excluded: ({ supports, knobs }) =>
      supports.has('partial-void') || knobs.voidAmount === 'partial' ? 'voids of a part are allowed' : undefined,
    answersTo: ['void refused'],
    check: voidOfAnotherAmount,
    brokenBy: ['host:approves everything', 'host:ignores the amount', 'host:voids in full whatever the amount'],
  }),
  hostRow({
    id: 'VOID-006',
    severity: 'critical',
    says: 'A void for more than is left of its sale is refused',
    source: 'CIEL, CH',
    money: true,
    answersTo: ['void refused'],
    check: voidOfTooMuch,
    brokenBy: ['host:approves everything', 'host:ignores the amount'],
  }),
  hostRow({
    id: 'VOID-007',
    severity: 'critical',
    says: 'A second void of a voided sale is refused, and the money comes back once only',
    source: 'CMF, LY, WSB, CIEL',
    money: true,
    answersTo: ['void refused'],
    check: secondVoid,
    brokenBy: ['host:approves everything', 'host:approves a second void'],
  }),
  hostRow({
    id: 'VOID-008',
    severity: 'critical',
    says: 'An exact repeat of a void is answered as declared and credits nothing more',
    source: 'MON, CH, UNIP, GPB',
    knobs: ['dupMode', 'dupKey'],
    money: true,
    answersTo: ['repeat answered'],
    check: repeatOfVoid,
    brokenBy: [
      'host:credits a repeated void',
      'host:replays a wrong first answer',
      'host:answers repeats in another way than declared',
    ],
  }),
  hostRow({
    id: 'VOID-009',
    severity: 'critical',
    says: 'A void of a settled sale is refused, and the settled money stays',
    source: 'S0, CH, FASP, STIT, LY',
    money: true,
    answersTo: ['void refused'],
    check: voidOfSettledSale,
    brokenBy: ['host:approves everything', 'host:approves a void after settlement'],
  }),
  hostRow({
    id: 'VOID-010',
    half: true,
    severity: 'major',
    says: 'After its void was refused a settled sale can still be refunded',
    source: 'S0, S4, MON, CLOV',
    needs: ['refund'],
    answersTo: ['refund approved'],
    check: settledSaleIsRefundable,
    brokenBy: ['host:refuses the refund after a refused void'],
  }),
  hostRow({
    id: 'VOID-011',
    severity: 'critical',
    says: 'A void outside the void window is refused, even while the batch is open',
    source: 'S0, S2, S4, KUSH, WSB, UMS',
    knobs: ['voidWindow', 'zone'],
    money: true,
    excluded: windowOutOfReach,
    answersTo: ['void refused'],
    check: voidTooLate,
    brokenBy: ['host:approves everything', 'host:approves a void outside the window'],
  }),
  {
    id: 'VOID-012',
    binds: 'host',
    level: 'must',
    severity: 'major',
    says: 'The void window is judged by the host’s own clock, never by the time that the terminal sends',
    source: 'SPP, DK',
    needs: ['core'],
    knobs: ['zone'],
    notCovered: 'no dialect here sends a time with its requests',
  },
  hostRow({
    id: 'VOID-013',
    severity: 'critical',
    says: 'A void under another merchant than the sale’s is refused, even if everything else is right',
    source: 'S0, SPP, CH',
    money: true,
    answersTo: ['void refused'],
    check: voidFromAnotherMerchant,
    brokenBy: ['host:approves everything', 'host:approves a void from another merchant'],
  }),
  hostRow({
    id: 'VOID-014',
    severity: 'major',
    says: 'The refusal of another merchant’s void tells nothing about the sale, not even that it exists',
    source: 'DK, GPA',
    answersTo: ['void refused'],
    check: foreignVoidRevealsNothing,
    brokenBy: ['host:reveals the original in a refusal'],
  }),
  hostRow({
    id: 'VOID-015',
    severity: 'major',
    says: 'A void from another terminal of the merchant is refused, or approved where the profile says so',
    source: 'S0, UMS, SPP, MON',
    knobs: ['voidScope'],
    money: true,
    answersTo: ['void refused', 'void approved'],
    check: voidFromAnotherTerminal,
    brokenBy: ['host:approves everything', 'host:approves a void from another terminal'],
  }),
  hostRow({
    id: 'VOID-016',
    severity: 'critical',
    says: 'A void with another card than the sale’s is refused',
    source: 'S0, GICC, CIEL, NEXR, SPP',
    money: true,
    answersTo: ['void refused'],
    check: voidWithAnotherCard,
    brokenBy: ['host:approves everything', 'host:ignores the card', 'host:credits the card of the void'],
  }),
]

const theVoid = (scope: Scope) => claimed(scope, 'void')

function goodVoid(scope: Scope): Verdict {
  const named = namesItsOriginal(scope, theVoid(scope))
  if (named.is === 'failed')
    return inconclusive(named.says, { becauseOf: 'MSG-009', attribution: 'instrument', evidence: named.evidence })
  return given(scope, approved(scope, theVoid(scope)), moneyAgrees(scope))
}

/** As VOID-001, but where the void is refused, that row says so; here only the money after an approval counts. */
function voidNetsToZero(scope: Scope): Verdict {
  const approval = approved(scope, theVoid(scope))
  if (approval.is !== 'failed') return given(scope, approval, moneyAgrees(scope))
  return {
    is: 'inconclusive',
    because: approval.says,
    becauseOf: 'VOID-001',
    attribution: 'acquirer',
    evidence: approval.evidence,
  }
}

function voidedSaleIsNotSettled(scope: Scope): Verdict {
  return given(scope, settledAsLive(scope), moneyAgrees(scope))
}

function voidWithoutReference(scope: Scope): Verdict {
  const refused = theVoid(scope)
  const right = graded(scope, refused, [
    ...scope.codes.accepts.malformed,
    ...scope.codes.accepts['original not found'],
    ...scope.codes.ways('12'),
  ])
  return given(scope, right, controlled(scope, refused), stillLive(scope, refused), moneyAgrees(scope))
}

function voidNamesItsOriginal(scope: Scope): Verdict {
  return given(scope, namesItsOriginal(scope, theVoid(scope)))
}

function voidOfAnotherAmount(scope: Scope): Verdict {
  return given(scope, refusedInFull(scope, theVoid(scope), 'another amount'), moneyAgrees(scope))
}

function voidOfTooMuch(scope: Scope): Verdict {
  const refused = theVoid(scope)
  const codes = [...scope.codes.accepts['another amount'], ...scope.codes.accepts['more than is left']]
  return given(scope, graded(scope, refused, codes), controlled(scope, refused), stillLive(scope, refused), moneyAgrees(scope))
}

/** Nothing is live after the first void, so the money is the probe. */
function secondVoid(scope: Scope): Verdict {
  return given(scope, refusedAs(scope, theVoid(scope), 'original voided'), controlled(scope, theVoid(scope)), moneyAgrees(scope))
}

function repeatOfVoid(scope: Scope): Verdict {
  return given(scope, repeatedAsDeclared(scope, theVoid(scope)), moneyAgrees(scope))
}

/** What is settled can no longer be shown live by a void; the money is the probe. */
function voidOfSettledSale(scope: Scope): Verdict {
  return given(scope, refusedAs(scope, theVoid(scope), 'original settled'), controlled(scope, theVoid(scope)), moneyAgrees(scope))
}

function settledSaleIsRefundable(scope: Scope): Verdict {
  return given(scope, approved(scope, claimed(scope, 'refund')))
}

/** Outside the window its owner cannot void it either; the money is the probe. */
function voidTooLate(scope: Scope): Verdict {
  return given(scope, refusedAs(scope, theVoid(scope), 'too late'), controlled(scope, theVoid(scope)), moneyAgrees(scope))
}

/** Why no scenario can be too late under this profile, if none can. */
export function windowOutOfReach({ knobs, supports }: Profile): string | undefined {
  const window = knobs.voidWindow
  if (window === undefined || window === 'same-batch') return 'the void window is the batch'
  const control =
    window === 'same-business-day' || (typeof window === 'object' && 'days' in window) ? 'control-day' : 'control-clock'
  return supports.has(control) ? undefined : missing(control).because
}

function voidFromAnotherMerchant(scope: Scope): Verdict {
  return given(scope, refusedInFull(scope, theVoid(scope), 'another merchant'), moneyAgrees(scope))
}

/** Answers that are alike say nothing unless they are refusals, by an acquirer that knows a good void when it sees one. */
function foreignVoidRevealsNothing(scope: Scope): Verdict {
  const told = given(scope, revealsNothing(scope))
  if (told.is === 'failed') return told
  const approval = tested(scope, 'void').find(one => one.own.some(exchange => approves(scope, answer(exchange))))
  if (approval !== undefined)
    return inconclusive(`${described(approval)} was approved`, {
      becauseOf: 'VOID-013',
      attribution: 'acquirer',
      evidence: approval.own.flatMap(cite),
    })
  return allOf(told, controlled(scope, theVoid(scope)))
}

function voidFromAnotherTerminal(scope: Scope, { knobs }: Profile): Verdict {
  const answered =
    knobs.voidScope === 'same-merchant'
      ? approved(scope, theVoid(scope))
      : refusedInFull(scope, theVoid(scope), 'another terminal')
  return given(scope, allOf(answered, moneyAgrees(scope)))
}

function voidWithAnotherCard(scope: Scope): Verdict {
  return given(scope, refusedInFull(scope, theVoid(scope), 'another card'), moneyAgrees(scope))
}
