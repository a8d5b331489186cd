import type { Profile } from '../../profile/profile.ts'
import { type OfficeStatus, type Post, posts } from '../../values/back-office.ts'
import { moneyAgrees } from '../checks/balance.ts'
import {
  cameTo,
  declined,
  historyOf,
  isHisOwn,
  officeControlled,
  recorded,
  resultRecorded,
  targetLive,
  testedDeed,
  testedDeeds,
  waits,
} from '../checks/office.ts'
import { given } from '../checks/preparation.ts'
import { controlled, refusedAs } from '../checks/refusal.ts'
import { pagesHideSecrets } from '../checks/secrecy.ts'
import { balanceDue, settledAsLive, settlementSaid } from '../checks/settlement.ts'
import { allOf, each, lacking } from '../finding.ts'
import { moneyBook } from '../position.ts'
import { claimed, type Scope } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { hostRow, type Row } from './row.ts'
import { windowOutOfReach } from './void.ts'

/**
 * Why a row of the back office does not apply, if it does not. Who is not in the profile's staff cannot be sent. Which merchant a scenario calls the
 * shop is for the bench to say: where it is one without these people, the scenario says so itself.
 *
 * @param posts     who is sent
 * @param deciding  who is sent as well where a second person has to agree
 * @param whose     people of one merchant, or of every one
 */
const without =
  (posts: readonly Post[], deciding: readonly Post[] = [], whose: 'one merchant' | 'every merchant' = 'one merchant') =>
  ({ backOffice }: Profile): string | undefined => {
    if (backOffice === undefined) return 'the profile has no back office'
    const needed = backOffice.approval === 'none' ? posts : [...posts, ...deciding]
    const lacks = [...backOffice.staff].map(([merchant, staff]) => {
      const post = needed.find(one => staff[one] === undefined)
      return post === undefined ? undefined : `the profile has no ${post} for ${merchant}`
    })
    const lack = lacks.find(says => says !== undefined)
    return whose === 'every merchant' || !lacks.includes(undefined) ? lack : undefined
  }

/** The same of a row that is about two persons. */
const withoutTwo =
  (...posts: readonly Post[]) =>
  (profile: Profile): string | undefined =>
    profile.backOffice?.approval === 'none' ? 'the back office needs no second person' : without(posts)(profile)

/** Voids and refunds that begin in the merchant's back office. */
export const officeRows: readonly Row[] = [
  hostRow({
    id: 'VOID-042',
    severity: 'major',
    says: 'A void from outside the terminal is recorded with actor and reason, and stands in the totals that the host compares with the terminal’s',
    source: 'S1, S4',
    money: true,
    excluded: without(['clerk', 'auditor'], ['approver']),
    answersTo: ['office void counted'],
    check: officeVoidIsCounted,
    brokenBy: [
      'host:keeps office voids out of the batch of their sale',
      'host:leaves no record of a void in the office',
      'host:keeps no reasons in its audit log',
    ],
  }),
  hostRow({
    id: 'SEC-008',
    half: true,
    severity: 'major',
    says: 'Every void in the back office leaves an audit record: who, when, why, of which original, with which result',
    source: 'S1, S2, S4',
    excluded: without(['clerk', 'auditor'], ['approver']),
    answersTo: ['office recorded'],
    check: officeVoidIsRecorded,
    brokenBy: ['host:leaves no record of a void in the office', 'host:keeps no reasons in its audit log'],
  }),
  hostRow({
    id: 'DESK-001',
    severity: 'critical',
    says: 'A void that was asked for and approved in the back office takes effect exactly once, and its status says so',
    source: 'S1, S4',
    money: true,
    excluded: without(['clerk'], ['approver', 'second approver']),
    answersTo: ['office void done'],
    check: officeVoidIsDone,
    brokenBy: ['host:calls a void in the office done and moves nothing', 'host:credits a void in the office twice'],
  }),
  hostRow({
    id: 'DESK-002',
    severity: 'critical',
    says: 'What a clerk asks for moves nothing until another person has approved it',
    source: 'S1, S4',
    money: true,
    excluded: withoutTwo('clerk', 'approver'),
    answersTo: ['office request waits'],
    check: requestWaits,
    brokenBy: ['host:voids in the office without a second person'],
  }),
  hostRow({
    id: 'DESK-003',
    severity: 'major',
    says: 'Without a reason nothing is voided in the back office',
    source: 'S1, S4',
    money: true,
    excluded: without(['clerk'], ['approver']),
    answersTo: ['office refused'],
    check: noReasonNoVoid,
    brokenBy: ['host:takes a void in the office without a reason'],
  }),
  hostRow({
    id: 'DESK-004',
    severity: 'critical',
    says: 'Nobody approves in the back office what he has asked for himself',
    source: 'S1, DK',
    money: true,
    excluded: withoutTwo('clerk', 'approver', 'second approver'),
    answersTo: ['office refused'],
    check: nobodyApprovesHisOwn,
    brokenBy: ['host:lets people approve their own requests'],
  }),
  hostRow({
    id: 'DESK-005',
    severity: 'critical',
    says: 'In the back office people do what their post allows: a clerk does not approve, an auditor does not ask',
    source: 'S1, DK',
    money: true,
    excluded: withoutTwo(...posts),
    answersTo: ['office refused'],
    check: postsAreKept,
    brokenBy: ['host:lets a clerk approve', 'host:lets an auditor ask for voids'],
  }),
  hostRow({
    id: 'DESK-006',
    severity: 'critical',
    says: 'Another merchant’s transaction is neither found nor voided in the back office',
    source: 'S1, DK',
    money: true,
    excluded: without(['clerk'], ['approver'], 'every merchant'),
    answersTo: ['office refused'],
    check: othersAreNotThere,
    brokenBy: ['host:finds the transactions of every merchant'],
  }),
  hostRow({
    id: 'DESK-007',
    severity: 'critical',
    says: 'A request that was rejected moves nothing, and its status says so',
    source: 'S1, S4',
    money: true,
    excluded: withoutTwo('clerk', 'approver'),
    answersTo: ['office rejected'],
    check: rejectionMovesNothing,
    brokenBy: ['host:voids what was rejected in the office'],
  }),
  hostRow({
    id: 'DESK-008',
    severity: 'critical',
    says: 'A settled sale is not voided in the back office',
    source: 'S1, S4, DK',
    money: true,
    excluded: without(['clerk'], ['approver']),
    answersTo: ['office refused'],
    check: settledIsNotVoided,
    brokenBy: ['host:voids settled sales in the office'],
  }),
  hostRow({
    id: 'DESK-009',
    severity: 'critical',
    says: 'A settled sale is refunded in the back office: the money goes back once, and the status says so',
    source: 'S1, S4',
    needs: ['refund'],
    money: true,
    excluded: without(['clerk', 'approver'], ['second approver']),
    answersTo: ['office refund done'],
    check: settledIsRefunded,
    brokenBy: ['host:calls a refund in the office done and moves nothing'],
  }),
  hostRow({
    id: 'DESK-010',
    severity: 'critical',
    says: 'What the till has voided is not voided in the back office, nor the other way round',
    source: 'S1, DK',
    money: true,
    excluded: without(['clerk'], ['approver']),
    answersTo: ['office refused', 'void refused'],
    check: undoneOnce,
    brokenBy: ['host:voids in the office what a till has voided', 'host:does not see at the till what the office voided'],
  }),
  hostRow({
    id: 'DESK-011',
    severity: 'critical',
    says: 'Voided at the till between request and approval, a sale is credited once, and the second is told so',
    source: 'S1, DK',
    money: true,
    excluded: withoutTwo('clerk', 'approver'),
    answersTo: ['office refused', 'void refused'],
    check: raceCreditsOnce,
    brokenBy: [
      'host:approves in the office without asking its rules again',
      'host:does not see at the till what the office voided',
    ],
  }),
  hostRow({
    id: 'DESK-012',
    severity: 'major',
    says: 'What was rejected in the back office is recorded as well: who, when, why, of which original, with which result',
    source: 'S1, S4',
    excluded: withoutTwo('clerk', 'approver', 'auditor'),
    answersTo: ['office recorded'],
    check: rejectionIsRecorded,
    brokenBy: ['host:leaves no record of a rejection in the office', 'host:keeps no reasons in its audit log'],
  }),
  hostRow({
    id: 'DESK-013',
    severity: 'critical',
    says: 'Outside the void window nothing is voided in the back office, also what was asked for in time and is approved too late',
    source: 'S0, S2, S4, DK',
    knobs: ['voidWindow', 'zone'],
    money: true,
    excluded: profile => without(['clerk'], ['approver'])(profile) ?? windowOutOfReach(profile),
    answersTo: ['office refused'],
    check: tooLateIsTooLate,
    brokenBy: ['host:approves in the office what is too late by then'],
  }),
  hostRow({
    id: 'DESK-014',
    severity: 'critical',
    says: 'The pages of the back office show no whole card number',
    source: 'S2, DK',
    excluded: without(['clerk', 'approver', 'auditor']),
    answersTo: ['office pages masked'],
    check: pagesAreMasked,
    brokenBy: ['host:shows whole card numbers in the office'],
  }),
]

const refusals: readonly OfficeStatus[] = ['refused', 'not allowed']

function officeVoidIsCounted(scope: Scope): Verdict {
  const settlement = claimed(scope, 'settle')
  const voided = scope.deeds.find(deed => deed.role === 'setup' && deed.saw === 'voided')
  const reading = scope.deeds.findLast(deed => deed.act === 'read the audit log' && deed.about === voided?.about)
  return given(
    scope,
    settlementSaid(scope, settlement, balanceDue(moneyBook(scope).movements)),
    settledAsLive(scope, settlement),
    recorded(scope, reading, historyOf(scope, voided?.about), ['who', 'why']),
    moneyAgrees(scope),
  )
}

function officeVoidIsRecorded(scope: Scope): Verdict {
  const reading = testedDeed(scope, 'read the audit log')
  const isVoided = scope.deeds.some(
    ({ about, act, saw }) => about === reading?.about && act !== 'read the audit log' && saw === 'voided',
  )
  if (!isVoided) return given(scope, lacking('no void in a back office to be recorded'))
  return given(scope, recorded(scope, reading, historyOf(scope, reading?.about)), resultRecorded(scope, reading, 'voided'))
}

function officeVoidIsDone(scope: Scope): Verdict {
  return given(scope, cameTo(scope, testedDeed(scope, 'asked for a void', 'approved'), 'voided'), moneyAgrees(scope))
}

function requestWaits(scope: Scope): Verdict {
  const asked = testedDeed(scope, 'asked for a void')
  return given(scope, waits(scope, asked), officeControlled(scope, asked), targetLive(scope, asked), moneyAgrees(scope))
}

function noReasonNoVoid(scope: Scope): Verdict {
  const asked = testedDeed(scope, 'asked for a void')
  if (asked?.reason !== '') return lacking('no request without a reason')
  return given(scope, ...refusedInOffice(scope, refusals))
}

function nobodyApprovesHisOwn(scope: Scope): Verdict {
  const approval = testedDeed(scope, 'approved')
  return given(scope, isHisOwn(scope, approval), ...refusedInOffice(scope, [...refusals, 'awaiting approval']))
}

function postsAreKept(scope: Scope): Verdict {
  const fitting = testedDeed(scope)?.act === 'approved' ? ([...refusals, 'awaiting approval'] as const) : refusals
  return given(scope, ...refusedInOffice(scope, fitting))
}

/** Whoever looks and whoever asks is told the same: that there is no such thing. */
function othersAreNotThere(scope: Scope): Verdict {
  const tries = testedDeeds(scope)
  return given(
    scope,
    ...(['looked for', 'asked for a void'] as const).map(act =>
      each(testedDeeds(scope, act), `try of another merchant (${act})`, one => declined(scope, one, ['not there'])),
    ),
    officeControlled(scope, tries.at(-1)),
    targetLive(scope, tries.at(-1)),
    moneyAgrees(scope),
  )
}

function rejectionMovesNothing(scope: Scope): Verdict {
  const rejection = testedDeed(scope, 'rejected')
  return given(
    scope,
    cameTo(scope, rejection, 'rejected'),
    officeControlled(scope, rejection),
    targetLive(scope, rejection),
    moneyAgrees(scope),
  )
}

/** What is settled can no longer be shown live by a void; the money is the probe. */
function settledIsNotVoided(scope: Scope): Verdict {
  const asked = testedDeed(scope, 'asked for a void')
  return given(scope, declined(scope, asked, [...refusals, 'settled']), officeControlled(scope, asked), moneyAgrees(scope))
}

function settledIsRefunded(scope: Scope): Verdict {
  return given(scope, cameTo(scope, testedDeed(scope, 'asked for a refund', 'approved'), 'refunded'), moneyAgrees(scope))
}

/** Nothing is live after the first void, so the money is the probe. */
function undoneOnce(scope: Scope): Verdict {
  return given(scope, secondIsTold(scope), moneyAgrees(scope))
}

/** As DESK-010, but what was asked for was good then: the rules have to be asked again. */
function raceCreditsOnce(scope: Scope): Verdict {
  return given(scope, secondIsTold(scope), moneyAgrees(scope))
}

/** The claim says who was second: the till, or the office. */
function secondIsTold(scope: Scope): Verdict {
  const voided = claimed(scope, 'void')
  if (scope.claim?.check === 'void refused') return allOf(refusedAs(scope, voided, 'original voided'), controlled(scope, voided))
  const second = testedDeed(scope, 'asked for a void', 'approved')
  return allOf(declined(scope, second, [...refusals, 'awaiting approval']), officeControlled(scope, second))
}

/** Outside the window its own till cannot void it either; the money is the probe. */
function tooLateIsTooLate(scope: Scope): Verdict {
  const tried = testedDeed(scope, 'asked for a void', 'approved')
  return given(
    scope,
    declined(scope, tried, [...refusals, 'settled', 'awaiting approval']),
    officeControlled(scope, tried),
    moneyAgrees(scope),
  )
}

function pagesAreMasked(scope: Scope): Verdict {
  return given(scope, pagesHideSecrets(scope))
}

function rejectionIsRecorded(scope: Scope): Verdict {
  const reading = testedDeed(scope, 'read the audit log')
  const history = historyOf(scope, reading?.about)
  if (!history.some(({ act }) => act === 'rejected')) return given(scope, lacking('no rejection in a back office to be recorded'))
  return given(scope, recorded(scope, reading, history), resultRecorded(scope, reading, 'rejected'))
}

/** What the office must not take, of the last that was tried: its own people void another sale, and what was aimed at is live. */
function refusedInOffice(scope: Scope, fitting: readonly OfficeStatus[]): readonly Verdict[] {
  const tried = testedDeed(scope)
  return [declined(scope, tried, fitting), officeControlled(scope, tried), targetLive(scope, tried), moneyAgrees(scope)]
}
