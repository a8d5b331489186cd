import { failed, lacking, passed } from '../finding.ts'
import { approves, cite, citeReply, type Exchange, type Of, type OperationScope, resultCode, type Scope } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { described } from './preparation.ts'

/** What our terminal made of answers that were not the one it waited for. */

/** Such an answer arrived, and the operation ended as its own answer, or the lack of one, says. */
export function answerIgnored(
  scope: Scope,
  operation: OperationScope | undefined,
  standings: readonly Of<'received'>['standing'][],
): Verdict {
  if (operation === undefined) return lacking('no operation under test')
  const stray = (one: Exchange): boolean =>
    one.terminal === operation.terminal && one.others.some(({ standing }) => standings.includes(standing))
  const exchange = operation.exchanges.find(stray) ?? scope.exchanges.find(stray)
  if (exchange === undefined) {
    const taken = operation.own.find(one => one.fault !== undefined && one.received !== undefined)
    return taken === undefined || !differs(taken.sent, taken.received)
      ? lacking(`no ${standings.join(' or ')} answer in ${described(operation)}`)
      : failed(
          {
            says: `${described(operation)} took an answer that was not its own`,
            expected: 'the answer ignored',
            received: 'taken',
            attribution: 'instrument',
          },
          cite(taken),
        )
  }
  const { outcome } = operation
  if (outcome === undefined) return lacking(`no end of ${described(operation)}`)
  const own = operation.own.at(-1)?.received
  const expected =
    own === undefined ? ['unresolved', 'reversed', 'failed'] : approves(scope, own) ? ['approved', 'done'] : ['declined']
  const evidence = [
    ...cite(exchange),
    ...exchange.others.map(citeReply),
    { entry: outcome.id, saw: `${outcome.outcome}: ${outcome.says}` },
  ]
  if (expected.includes(outcome.outcome)) return passed(evidence)
  return failed(
    {
      says: `${described(operation)} ended as ${outcome.outcome} after an answer that was not its own`,
      expected: expected.join(' or '),
      received: outcome.outcome,
      attribution: 'instrument',
    },
    evidence,
  )
}

/** Trace, terminal or merchant of an answer that was taken are not those of its request. */
const differs = (sent: Of<'sent'>, received: Of<'received'> | undefined): boolean =>
  ['trace', 'terminalId', 'merchantId'].some(
    name => received?.fields[name] !== undefined && received.fields[name] !== sent.fields[name],
  )

/** An answer "in progress" arrived, and was not the end: a final one followed, or the operation ended without an outcome and was reversed. */
export function waitedOn(scope: Scope, operation: OperationScope | undefined): Verdict {
  if (operation === undefined) return lacking('no operation under test')
  const exchange = operation.own.find(one => [...one.others, one.received].some(reply => isInProgress(scope, reply)))
  const { outcome } = operation
  if (exchange === undefined || outcome === undefined)
    return lacking(`no answer in progress to ${described(operation)}, or no end of it`)
  const evidence = [
    ...cite(exchange),
    ...exchange.others.map(citeReply),
    { entry: outcome.id, saw: `${outcome.outcome}: ${outcome.says}` },
  ]
  const final = exchange.received !== undefined && !isInProgress(scope, exchange.received)
  const lawful = final ? ['approved', 'declined', 'done'] : ['unresolved', 'reversed', 'failed']
  if (!isInProgress(scope, exchange.received) && lawful.includes(outcome.outcome)) return passed(evidence)
  return failed(
    {
      says: `${described(operation)} took "in progress" as final`,
      expected: lawful.join(' or '),
      received: outcome.outcome,
      attribution: 'instrument',
    },
    evidence,
  )
}

function isInProgress(scope: Scope, reply: Of<'received'> | undefined): boolean {
  const code = resultCode(reply)
  return code !== undefined && scope.codes.inProgress.includes(code)
}
