import type { OfficeStatus } from '../../values/back-office.ts'
import { allOf, each, failed, inconclusive, lacking, passed, warned } from '../finding.ts'
import { citeDeed, type Deed } from '../office.ts'
import { byNumber, type Scope } from '../scope.ts'
import type { Evidence, Verdict } from '../verdict.ts'
import { describedDeed, officeVoids } from './office-preparation.ts'
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

/** The pages say something that the profile has no words for. */
const notUnderstood = (deed: Deed): Verdict =>
  inconclusive(`the pages file of the profile has no words for what a page said: ${deed.says.join(' / ') || 'nothing'}`, {
    attribution: 'profile',
    evidence: [citeDeed(deed)],
  })

/**
 * What was asked for came to its end, in the words of the pages: when it was asked for or decided about, and again when it was followed. A page that
 * does not say it at once, or in words that nobody mapped, is believed when it is followed.
 *
 * @param end  `voided`, `refunded` or `rejected`
 */
export function cameTo(scope: Scope, deed: Deed | undefined, end: OfficeStatus): Verdict {
  if (deed === undefined) return lacking('nothing done in a back office')
  const request = requestOf(scope, deed)
  if (request === undefined) return taken(deed, end)
  const decisive = request.deeds.filter(one => asks(one) || decides(one)).find(one => one.saw === end) ?? deed
  const late = ['awaiting approval', 'unclear'].includes(decisive.saw) && followedAfter(request, decisive).at(-1)?.saw === end
  return allOf(
    late ? passed([citeDeed(decisive)]) : taken(decisive, end),
    ...request.deeds.filter(asks).map(one => passed([citeDeed(one)])),
    saidAgain(request, decisive, end),
  )
}

function taken(deed: Deed, end: OfficeStatus): Verdict {
  if (deed.saw === end) return passed([citeDeed(deed)])
  if (deed.saw === 'unclear') return notUnderstood(deed)
  return failed({ says: `${describedDeed(deed)} came to no good end`, expected: end, received: deed.saw }, [citeDeed(deed)])
}

const followedAfter = ({ deeds }: Request, decisive: Deed): readonly Deed[] =>
  deeds.slice(deeds.indexOf(decisive) + 1).filter(({ act }) => act === 'followed')

/** The page of the request tells the same whenever it is asked later. */
function saidAgain(request: Request, decisive: Deed, end: OfficeStatus): Verdict {
  return each(followedAfter(request, decisive), 'look at the page of the request afterwards', one =>
    one.saw === 'unclear'
      ? notUnderstood(one)
      : one.saw === end
        ? passed([citeDeed(one)])
        : failed({ says: 'the page of the request does not say what came of it', expected: end, received: one.saw }, [
            ...request.deeds.map(citeDeed),
          ]),
  )
}

/** A request that another person has to agree to waits, and says so. */
export function waits(deed: Deed | undefined): Verdict {
  if (deed === undefined) return lacking('nothing asked for in a back office')
  const evidence = [citeDeed(deed)]
  if (deed.saw === 'awaiting approval') return passed(evidence)
  if (deed.saw === 'unclear') return notUnderstood(deed)
  if (deed.saw === 'voided' || deed.saw === 'refunded')
    return failed(
      { says: 'a request took effect before anybody else agreed', expected: 'awaiting approval', received: deed.saw },
      evidence,
    )
  return inconclusive(`${describedDeed(deed)} came to nothing: ${deed.saw}`, {
    becauseOf: officeVoids,
    attribution: 'acquirer',
    evidence,
  })
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
  if (deed.saw === 'unclear') return notUnderstood(deed)
  return warned({ says: `${describedDeed(deed)} was not taken, in words that do not fit`, ...facts }, evidence)
}

/** Somebody who looked found it; asking made a request; a decision had its effect. */
function isTaken({ act, saw }: Deed): boolean {
  if (act === 'looked for') return !['not there', 'not allowed', 'refused', 'unclear'].includes(saw)
  return saw === 'voided' || saw === 'refunded' || (saw === 'awaiting approval' && act.startsWith('asked'))
}

/** The same merchant's office voids another sale in the same scenario: so it can, and what was not taken was refused for a reason. */
export function officeControlled(scope: Scope, deed: Deed | undefined): Verdict {
  if (deed === undefined) return lacking('nothing tried in a back office')
  const controls = scope.deeds.filter(
    one => one.role === 'control' && one.merchantId === deed.merchantId && one.about !== deed.about && one.request !== undefined,
  )
  const last = controls.at(-1)
  if (last === undefined) return lacking('no void of the same office that must succeed beside the refused one')
  const evidence = controls.map(citeDeed)
  if (last.saw === 'voided') return passed(evidence)
  return inconclusive(`the office did not void a sale of its own: ${last.saw}`, {
    becauseOf: officeVoids,
    attribution: 'acquirer',
    evidence,
  })
}

/** What was aimed at is as it was: its owner voids it afterwards, at the till or in the office. */
export function targetLive(scope: Scope, deed: Deed | undefined): Verdict {
  if (deed === undefined) return lacking('nothing tried in a back office')
  const later = scope.deeds.slice(scope.deeds.indexOf(deed) + 1)
  const probe = later.findLast(one => one.role === 'probe' && one.about === deed.about && (asks(one) || decides(one)))
  if (probe === undefined) return liveAfter(scope, byNumber(scope, deed.about), [citeDeed(deed)])
  if (probe.saw === 'voided') return passed([citeDeed(probe)])
  return inconclusive(`whether the sale was still live is not shown: ${probe.saw}`, {
    becauseOf: officeVoids,
    attribution: 'acquirer',
    evidence: [citeDeed(probe)],
  })
}

/** Who works there, by the names under which they sign in. */
function nameOf({ profile }: Scope, { merchantId, by }: Pick<Deed, 'merchantId' | 'by'>): string | undefined {
  return profile.backOffice?.staff.get(merchantId)?.[by]?.user
}

/** A day and time, or a time alone, as a person reads it. */
const time = /\d{1,2}:\d{2}/

/**
 * The audit log tells who asked and who decided, when, why and with which result, of what it was about.
 *
 * @param told  the deeds that it must tell of
 * @source      Requirement catalogue, SEC-008
 */
export function recorded(scope: Scope, reading: Deed | undefined, told: readonly Deed[]): Verdict {
  if (reading === undefined) return lacking('nobody who reads the audit log')
  const evidence: Evidence[] = [...told.map(citeDeed), citeDeed(reading)]
  const lines = reading.says.join('\n')
  const wrong = (says: string, expected: string): Verdict =>
    failed(
      { says, expected, received: reading.says.length === 0 ? 'nothing' : `${reading.says.length} lines without it` },
      evidence,
    )
  if (reading.saw === 'not allowed')
    return inconclusive('the auditor may not read the audit log', { attribution: 'acquirer', evidence })
  if (told.length === 0) return lacking('nothing that the audit log would have to tell of')
  if (reading.says.length === 0) return wrong('the audit log has nothing about the transaction', 'a record')
  const missing = told.find(deed => !lines.includes(nameOf(scope, deed) ?? deed.by))
  if (missing !== undefined) return wrong(`the audit log does not say that the ${missing.by} ${missing.act}`, 'who')
  const unexplained = told.find(({ reason }) => reason !== undefined && reason !== '' && !lines.includes(reason))
  if (unexplained !== undefined) return wrong(`the audit log does not say why the ${unexplained.by} ${unexplained.act}`, 'why')
  return time.test(lines) ? passed(evidence) : wrong('the audit log does not say when', 'when')
}

/** Everything that was asked for and decided about what this deed is about, controls left out. */
export const historyOf = (scope: Scope, about: number | undefined): readonly Deed[] =>
  scope.deeds.filter(deed => deed.about === about && deed.role !== 'control' && (asks(deed) || decides(deed)))

/** The audit log tells what came of it. */
export function resultRecorded(reading: Deed | undefined, result: OfficeStatus): Verdict {
  if (reading === undefined) return lacking('nobody who reads the audit log')
  if (reading.saw === result) return passed([citeDeed(reading)])
  if (reading.saw === 'unclear') return notUnderstood(reading)
  return failed({ says: 'the audit log does not say what came of it', expected: result, received: reading.saw }, [
    citeDeed(reading),
  ])
}

/** It is a decision about what the same person has asked for. */
export function isHisOwn(scope: Scope, deed: Deed | undefined): Verdict {
  const request = requestOf(scope, deed)
  if (request === undefined) return lacking('no request that was decided about')
  return request.asked.by === deed?.by ? passed([citeDeed(request.asked)]) : lacking('no decision about a request of one’s own')
}
