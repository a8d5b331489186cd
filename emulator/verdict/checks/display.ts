import { failed, lacking, passed } from '../finding.ts'
import { firstOwn, type Of, type OperationScope, type Scope } from '../scope.ts'
import type { Evidence, Verdict } from '../verdict.ts'
import { described } from './preparation.ts'

/** What the operator was shown, and when. */

const textOf = (display: Of<'display'>): string => display.lines.join(' / ')
const cited = (display: Of<'display'>): Evidence => ({ entry: display.id, saw: textOf(display) })

/** The terminal showed this before the operation's first request left; nothing left at all if the operator said no. */
export function askedBeforeSending(scope: Scope, operation: OperationScope | undefined, question: RegExp): Verdict {
  if (operation === undefined) return lacking('no operation under test')
  const sent = firstOwn(operation)?.sent
  const at = sent === undefined ? scope.entries.length : scope.entries.indexOf(sent)
  const asked = operation.displays.find(display => question.test(textOf(display)) && scope.entries.indexOf(display) < at)
  const end = sent === undefined ? operation.outcome : undefined
  if (sent === undefined && end === undefined) return lacking(`no end of ${described(operation)}`)
  const evidence: Evidence[] = [
    ...(sent === undefined ? [] : [{ entry: sent.id, saw: `${sent.name} sent` }]),
    ...(end === undefined ? [] : [{ entry: end.id, saw: `${end.outcome}: ${end.says}` }]),
  ]
  if (asked !== undefined) return passed([cited(asked), ...evidence])
  return failed(
    {
      says: `${described(operation)} went on without asking`,
      expected: `a question: ${question.source}`,
      received: 'none',
      attribution: 'instrument',
    },
    evidence,
  )
}

/** The display before the request shows every one of these; `missing` names the one that it did not. */
export function shownBeforeSending(
  scope: Scope,
  operation: OperationScope | undefined,
  facts: Readonly<Record<string, RegExp>>,
): Verdict {
  if (operation === undefined) return lacking('no operation under test')
  const sent = firstOwn(operation)?.sent
  const at = sent === undefined ? scope.entries.length : scope.entries.indexOf(sent)
  const before = operation.displays.filter(display => scope.entries.indexOf(display) < at)
  if (before.length === 0) return lacking(`no display of ${described(operation)}`)
  const whole = before.find(display => Object.values(facts).every(fact => fact.test(textOf(display))))
  if (whole !== undefined)
    return passed([cited(whole), ...(sent === undefined ? [] : [{ entry: sent.id, saw: `${sent.name} sent` }])])
  const missing =
    Object.entries(facts).find(([, fact]) => !before.some(display => fact.test(textOf(display))))?.[0] ?? 'everything at once'
  return failed(
    {
      says: `the display did not show ${missing} before ${described(operation)}`,
      expected: missing,
      received: 'not shown',
      attribution: 'instrument',
    },
    before.map(cited),
  )
}

const words: Readonly<Record<string, RegExp>> = {
  approved: /APPROVED|交易成功/i,
  declined: /DECLINED|REFUSED|交易失败|拒绝/i,
  unresolved: /NOT COMPLETED|UNRESOLVED|UNKNOWN|CANCELL(ED|ING)|未完成|冲正/i,
}

/** The result stands on the display, and says what the operation came to: approved, declined with its code, or not completed. */
export function resultShown(scope: Scope, operation: OperationScope | undefined): Verdict {
  if (operation === undefined) return lacking('no operation under test')
  const { outcome } = operation
  if (outcome === undefined) return lacking(`no end of ${described(operation)}`)
  const reply = operation.own.at(-1)?.received
  const code = reply?.fields.resultCode
  const approved = code !== undefined && scope.codes.approved.includes(code) && reply?.mac !== 'bad'
  const due = approved
    ? 'approved'
    : code !== undefined && !scope.codes.inProgress.includes(code) && reply?.mac !== 'bad'
      ? 'declined'
      : 'unresolved'
  const evidence: Evidence[] = [
    { entry: outcome.id, saw: `${outcome.outcome}: ${outcome.says}` },
    ...(reply === undefined ? [] : [{ entry: reply.id, saw: `${reply.mti} ${code ?? ''}` }]),
    ...operation.displays.map(cited),
  ]
  const came =
    outcome.outcome === 'done' ? 'approved' : ['reversed', 'failed'].includes(outcome.outcome) ? 'unresolved' : outcome.outcome
  if (came !== due)
    return failed(
      {
        says: `${described(operation)} came out as ${outcome.outcome}`,
        expected: due,
        received: outcome.outcome,
        attribution: 'instrument',
      },
      evidence,
    )
  const after = operation.displays.filter(
    display => reply === undefined || scope.entries.indexOf(display) > scope.entries.indexOf(reply),
  )
  const shows = (word: string): boolean => after.some(display => words[word]?.test(textOf(display)) ?? false)
  if (due !== 'approved' && shows('approved'))
    return failed(
      { says: 'the display said "approved"', expected: due, received: 'approved', attribution: 'instrument' },
      evidence,
    )
  const told = due === 'declined' ? after.some(display => textOf(display).includes(code ?? '')) : shows(due)
  if (told) return passed(evidence)
  return failed(
    {
      says: `the display did not say that ${described(operation)} was ${due}`,
      expected: due,
      received: after.map(textOf).join(' | '),
      attribution: 'instrument',
    },
    evidence,
  )
}

/** The transaction was looked up, and its state shown. */
export function lookedUp(scope: Scope, state: RegExp): Verdict {
  const event = scope.events.findLast(one => one.event === 'looked up')
  if (event === undefined) {
    const asked = scope.operations.findLast(one => one.special === 'look-up')
    const shown = asked?.displays.at(-1)
    return shown === undefined
      ? lacking('nothing looked up')
      : failed(
          {
            says: 'the terminal did not find the transaction',
            expected: 'its state',
            received: textOf(shown),
            attribution: 'instrument',
          },
          [cited(shown)],
        )
  }
  const at = scope.entries.indexOf(event)
  const shown = scope.entries.find(
    (entry, index): entry is Of<'display'> => entry.is === 'display' && index > at && entry.terminal === event.terminal,
  )
  const evidence: Evidence[] = [{ entry: event.id, saw: event.says }, ...(shown === undefined ? [] : [cited(shown)])]
  const said = [event.says, event.facts?.state ?? '', shown === undefined ? '' : textOf(shown)].join(' ')
  return state.test(said)
    ? passed(evidence)
    : failed(
        { says: 'the look-up shows another state', expected: state.source, received: said, attribution: 'instrument' },
        evidence,
      )
}
