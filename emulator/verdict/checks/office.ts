import type { OfficeStatus } from '../../values/back-office.ts'
import { allOf, each, failed, inconclusive, lacking, passed, warned } from '../finding.ts'
import { citeDeed, type Deed } from '../office.ts'
import { byNumber, type Scope } from '../scope.ts'
import type { Evidence, Verdict } from '../verdict.ts'
import { cameToNothing, describedDeed, toldWrong } from './office-preparation.ts'
import { liveAfter } from './refusal.ts'

/** What a back office did about what its people asked of it. */

/** A request, by what was done about it, oldest first. */
type Request = Readonly<{ asked: Deed; deeds: readonly Deed[] }>

const asks = (deed: Deed): boolean => deed.act === 'asked for a void' || deed.act === 'asked for a refund'
const decides = (deed: Deed): boolean => deed.act === 'approved' || deed.act === 'rejected'

function requestOf(scope: Scope, deed: Deed | undefined): Request | undefined {
  if (deed?.request === undefined) return undefined
  const deeds = scope.deeds.filter(one => one.request === deed.request)
  const asked = deeds.find(asks)
  return asked === undefined ? undefined : { asked, deeds }
}

/** The last of what the rule is about, of these acts if any are named. */
export const testedDeed = (scope: Scope, ...acts: readonly Deed['act'][]): Deed | undefined => testedDeeds(scope, ...acts).at(-1)

export const testedDeeds = (scope: Scope, ...acts: readonly Deed['act'][]): readonly Deed[] =>
  scope.deeds.filter(deed => deed.role === 'tested' && (acts.length === 0 || acts.includes(deed.act)))

/**
 * What was asked for came to its end, in the words of the pages: when it was asked for or decided about, and again when it was followed. A page that
 * does not say it at once, or in words that nobody mapped, is believed when it is followed.
 *
 * @param end  `voided`, `refunded` or `rejected`
 */
export function cameTo(scope: Scope, deed: Deed | undefined, end: OfficeStatus): Verdict {
  if (deed === undefined) return lacking('nothing done in a back office')
  const request = requestOf(scope, deed)
  if (request === undefined) return taken(scope, deed, end)
  const decisive = request.deeds.filter(one => asks(one) || decides(one)).find(one => one.saw === end) ?? deed
  const followed = request.deeds.slice(request.deeds.indexOf(decisive) + 1).filter(({ act }) => act === 'followed')
  const told = followed.findIndex(one => one.saw === end)
  const late = told >= 0 && (decisive.saw === 'awaiting approval' || decisive.saw === 'unclear')
  return allOf(
    late ? passed([citeDeed(decisive)]) : taken(scope, decisive, end),
    ...request.deeds.filter(asks).map(one => passed([citeDeed(one)])),
    saidAgain(scope, request, late ? followed.slice(told) : followed, end),
  )
}

function taken(scope: Scope, deed: Deed, end: OfficeStatus): Verdict {
  if (deed.saw === end) return passed([citeDeed(deed)])
  const facts = { says: `${describedDeed(deed)} came to no good end`, expected: end, received: deed.saw }
  return toldWrong(scope, deed) ?? failed(facts, [citeDeed(deed)])
}

/** The page of the request tells the same whenever it is asked later. */
function saidAgain(scope: Scope, request: Request, followed: readonly Deed[], end: OfficeStatus): Verdict {
  const says = 'the page of the request does not say what came of it'
  return each(followed, 'look at the page of the request afterwards', one => {
    if (one.saw === end) return passed([citeDeed(one)])
    return toldWrong(scope, one) ?? failed({ says, expected: end, received: one.saw }, request.deeds.map(citeDeed))
  })
}

/** A request that another person has to agree to waits, and says so. */
export function waits(scope: Scope, deed: Deed | undefined): Verdict {
  if (deed === undefined) return lacking('nothing asked for in a back office')
  const evidence = [citeDeed(deed)]
  if (deed.saw === 'awaiting approval') return passed(evidence)
  if (deed.saw === 'voided' || deed.saw === 'refunded')
    return failed(
      { says: 'a request took effect before anybody else agreed', expected: 'awaiting approval', received: deed.saw },
      evidence,
    )
  return cameToNothing(scope, deed, `${describedDeed(deed)} came to nothing: ${deed.saw}`)
}

/**
 * The office did not take this, and says so in words that fit. A request that came to be, or an approval that took effect, has failed; other words of
 * refusal are worth a warning.
 */
export function declined(scope: Scope, deed: Deed | undefined, fitting: readonly OfficeStatus[]): Verdict {
  if (deed === undefined) return lacking('nothing tried in a back office')
  const request = requestOf(scope, deed)
  const evidence = [...(request === undefined || request.asked === deed ? [] : [citeDeed(request.asked)]), citeDeed(deed)]
  const facts = { expected: fitting.join(' or '), received: deed.saw }
  if (isTaken(deed)) return failed({ says: `the office took ${describedDeed(deed)}`, ...facts }, evidence)
  if (fitting.includes(deed.saw)) return passed(evidence)
  const says = `${describedDeed(deed)} was not taken, in words that do not fit`
  return toldWrong(scope, deed) ?? warned({ says, ...facts }, evidence)
}

/** Somebody who looked found it; asking made a request; a decision had its effect. */
function isTaken(deed: Deed): boolean {
  const { act, saw, request } = deed
  if (act === 'looked for') return !['not there', 'not allowed', 'refused', 'unclear'].includes(saw)
  if (saw === 'voided' || saw === 'refunded') return true
  return asks(deed) && (saw === 'awaiting approval' || (saw === 'live' && request !== undefined))
}

/** The same merchant's office voids another sale in the same scenario: so it can, and what was not taken was refused for a reason. */
export function officeControlled(scope: Scope, deed: Deed | undefined): Verdict {
  if (deed === undefined) return lacking('nothing tried in a back office')
  const controls = scope.deeds.filter(
    one =>
      one.role === 'control' &&
      one.merchantId === deed.merchantId &&
      one.about !== deed.about &&
      (asks(one) || decides(one) || one.act === 'followed'),
  )
  const last = controls.at(-1)
  if (last === undefined) return lacking('no void of the same office that must succeed beside the refused one')
  if (last.saw === 'voided') return passed(controls.map(citeDeed))
  return cameToNothing(scope, last, `the office did not void a sale of its own: ${last.saw}`)
}

/** What was aimed at is as it was: its owner voids it afterwards, at the till or in the office. */
export function targetLive(scope: Scope, deed: Deed | undefined): Verdict {
  if (deed === undefined) return lacking('nothing tried in a back office')
  const later = scope.deeds.slice(scope.deeds.indexOf(deed) + 1)
  const probe = later.findLast(one => one.role === 'probe' && one.about === deed.about && (asks(one) || decides(one)))
  if (probe === undefined) return liveAfter(scope, byNumber(scope, deed.about), [citeDeed(deed)])
  if (probe.saw === 'voided') return passed([citeDeed(probe)])
  return cameToNothing(scope, probe, `whether the sale was still live is not shown: ${probe.saw}`)
}

/** A time of day, as a person reads it. */
const time = /\d{1,2}[:：h时點点]\d{2}/

/** What a record of an audit log has to tell. */
type Particular = 'who' | 'why' | 'when'

type Told = Readonly<{ what: Particular; says: string; isIn: (line: string) => boolean }>

/** These stand in one record: a reason beside another's name explains nothing. */
function toldOf({ profile }: Scope, deed: Deed, what: readonly Particular[]): readonly Told[] {
  const { merchantId, by, act, reason = '' } = deed
  const person = profile.backOffice?.staff.get(merchantId)?.[by]
  const name = person?.shownAs ?? person?.user ?? by
  const all: readonly Told[] = [
    { what: 'who', says: `that the ${by} ${act}`, isIn: line => names(line, name) },
    { what: 'why', says: `why the ${by} ${act}`, isIn: line => line.includes(reason) },
    { what: 'when', says: `when the ${by} ${act}`, isIn: line => time.test(line) },
  ]
  return all.filter(one => what.includes(one.what))
}

/** Whether a line has a name as such: within a longer one it is another's. */
function names(line: string, name: string): boolean {
  const [text, sought] = [line.toLowerCase(), name.toLowerCase()]
  for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + 1)) {
    const [before, after] = [text.slice(0, at), text.slice(at + sought.length)]
    if (!/[\p{L}\p{N}_.@-]$/u.test(before) && !/^[\p{L}\p{N}_@-]/u.test(after)) return true
  }
  return false
}

/** The first part that no record has together with those before it. */
function untold(lines: readonly string[], parts: readonly Told[]): Told | undefined {
  let left = lines
  for (const part of parts) {
    left = left.filter(part.isIn)
    if (left.length === 0) return part
  }
  return undefined
}

/**
 * The audit log tells who asked and who decided, when, and why, each in one record, of what it was about.
 *
 * @param told  the deeds that it must tell of
 * @param what  what it must tell of each
 * @source      Requirement catalogue, SEC-008
 */
export function recorded(
  scope: Scope,
  reading: Deed | undefined,
  told: readonly Deed[],
  what: readonly Particular[] = ['who', 'why', 'when'],
): Verdict {
  if (reading === undefined) return lacking('nobody who reads the audit log')
  const evidence: Evidence[] = [...told.map(citeDeed), citeDeed(reading)]
  if (reading.saw === 'not allowed')
    return inconclusive('the auditor may not read the audit log', { attribution: 'acquirer', evidence })
  if (told.length === 0) return lacking('nothing that the audit log would have to tell of')
  const lines = reading.saw === 'not there' ? [] : reading.says
  if (lines.length === 0)
    return failed(
      { says: 'the audit log has nothing about the transaction', expected: 'a record', received: 'nothing' },
      evidence,
    )
  const lacks = told.flatMap(deed => untold(lines, toldOf(scope, deed, what)) ?? []).at(0)
  if (lacks === undefined) return passed(evidence)
  const received = `${lines.length} records, none with it`
  return failed({ says: `the audit log does not say ${lacks.says}`, expected: lacks.what, received }, evidence)
}

/** Everything that was asked for and decided about what this deed is about, controls left out. */
export const historyOf = (scope: Scope, about: number | undefined): readonly Deed[] =>
  scope.deeds.filter(deed => deed.about === about && deed.role !== 'control' && (asks(deed) || decides(deed)))

/** The audit log tells what came of it. */
export function resultRecorded(scope: Scope, reading: Deed | undefined, result: OfficeStatus): Verdict {
  if (reading === undefined) return lacking('nobody who reads the audit log')
  if (reading.saw === result) return passed([citeDeed(reading)])
  const facts = { says: 'the audit log does not say what came of it', expected: result, received: reading.saw }
  return toldWrong(scope, reading) ?? failed(facts, [citeDeed(reading)])
}

/** It is a decision about what the same person has asked for. */
export function isHisOwn(scope: Scope, deed: Deed | undefined): Verdict {
  const request = requestOf(scope, deed)
  if (request === undefined) return lacking('no request that was decided about')
  return request.asked.by === deed?.by ? passed([citeDeed(request.asked)]) : lacking('no decision about a request of one’s own')
}
