import { answerIgnored } from '../checks/acceptance.ts'
import { approved } from '../checks/approval.ts'
import { moneyAgrees } from '../checks/balance.ts'
import { inQuestion, noReversalSent, reversalSent } from '../checks/follow-up.ts'
import { described, given } from '../checks/preparation.ts'
import { each, failed, inconclusive, lacking, passed } from '../finding.ts'
import { answer, cite, claimed, firstOwn, type OperationScope, type Scope, tested } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { hostRow, type Row, terminalRow } from './row.ts'

/** Link and time-outs. */
export const networkRows: readonly Row[] = [
  terminalRow({
    id: 'NET-001',
    severity: 'critical',
    says: 'A connection that never opened is a local failure; any failure of an open one counts as unanswered',
    source: 'S2, S4, GPN',
    answersTo: ['no reversal sent', 'reversal sent'],
    check: openedOrNot,
    brokenBy: ['terminal:reverses although not connected'],
  }),
  hostRow({
    id: 'NET-002',
    half: true,
    severity: 'critical',
    says: 'Requests that arrive split or joined are each answered once',
    source: 'CMF, DK',
    money: true,
    answersTo: ['split and joined requests answered'],
    check: splitRequestsAreAnswered,
    brokenBy: ['host:takes what arrives at once for a message'],
  }),
  terminalRow({
    id: 'NET-002',
    half: true,
    severity: 'critical',
    says: 'Split and joined answers are put together, and a cut one is none',
    source: 'CMF, DK',
    answersTo: ['split and joined requests answered', 'reversal sent'],
    check: splitAnswersAreRead,
    brokenBy: ['terminal:drops the reversal record at once'],
  }),
  terminalRow({
    id: 'NET-003',
    severity: 'critical',
    says: 'Unsolicited and double answers are ignored without harm',
    source: 'DK',
    answersTo: ['answer ignored'],
    check: strayAnswersAreIgnored,
    brokenBy: ['terminal:takes a foreign reply'],
  }),
]

function openedOrNot(scope: Scope): Verdict {
  const operation = inQuestion(scope)
  if (operation === undefined) return lacking('no operation under test')
  const opened = operation.own.length > 0 && !operation.lines.some(line => line.event === 'not connected')
  return given(scope, opened ? reversalSent(scope, operation) : noReversalSent(scope, operation))
}

function splitRequestsAreAnswered(scope: Scope): Verdict {
  return given(
    scope,
    each(tested(scope), 'tested operation', one => answeredThoughSplit(scope, one)),
    moneyAgrees(scope),
  )
}

/** Our line cut the request into pieces and lost none: silence is the acquirer's own. */
function answeredThoughSplit(scope: Scope, operation: OperationScope): Verdict {
  const exchange = firstOwn(operation)
  if (exchange?.silence === undefined || exchange.others.length > 0) return approved(scope, operation)
  return failed(
    { says: `${described(operation)}, which arrived in pieces, got no answer`, expected: 'an answer', received: 'none' },
    cite(exchange),
  )
}

function splitAnswersAreRead(scope: Scope): Verdict {
  if (scope.claim?.check === 'reversal sent') return given(scope, reversalSent(scope, inQuestion(scope)))
  return given(
    scope,
    each(tested(scope), 'tested operation', one => {
      const exchange = firstOwn(one)
      if (exchange?.received !== undefined) return passed(cite(exchange))
      const because = `the terminal took no answer to ${described(one)}`
      return exchange === undefined || answer(exchange) === undefined
        ? inconclusive(because, { becauseOf: 'NET-002', attribution: 'acquirer' })
        : failed({ says: because, expected: 'the answer', received: 'none', attribution: 'instrument' }, cite(exchange))
    }),
  )
}

function strayAnswersAreIgnored(scope: Scope): Verdict {
  return given(scope, answerIgnored(scope, claimed(scope), ['unsolicited', 'foreign', 'late']))
}
