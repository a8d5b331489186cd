import { failed, lacking, passed } from '../finding.ts'
import type { OperationScope, Scope } from '../scope.ts'
import type { Evidence, Verdict } from '../verdict.ts'
import { described } from './preparation.ts'

/** The power went while the operation was going on, and came back. */
export function afterRestart(scope: Scope, operation: OperationScope | undefined): Verdict {
  if (operation === undefined) return lacking('no operation under test')
  const began = scope.entries.indexOf(operation.began)
  const restarted = scope.events.find(
    event => event.event === 'restarted' && event.terminal === operation.terminal && scope.entries.indexOf(event) > began,
  )
  return restarted === undefined
    ? lacking(`no restart after ${described(operation)}`)
    : passed([{ entry: restarted.id, saw: restarted.says }])
}

/** After a restart the operation has exactly one end. Being told of it twice is no second end, being told otherwise is. */
export function endedOnce(scope: Scope, operation: OperationScope | undefined): Verdict {
  if (operation === undefined) return lacking('no operation under test')
  const restart = afterRestart(scope, operation)
  if (restart.is !== 'passed') return restart
  const ends = scope.entries.filter(
    entry => entry.is === 'outcome' && entry.terminal === operation.terminal && entry.operation === operation.number,
  )
  const words = [...new Set(ends.flatMap(entry => (entry.is === 'outcome' ? [entry.outcome] : [])))]
  const evidence: Evidence[] = [
    ...restart.evidence,
    ...ends.flatMap(entry => (entry.is === 'outcome' ? [{ entry: entry.id, saw: `${entry.outcome}: ${entry.says}` }] : [])),
  ]
  // "Unresolved" until the reversal is answered, then "reversed": one end, told in two steps.
  const told = words.filter((word, at) => !(word === 'unresolved' && at < words.length - 1))
  if (told.length === 1) return passed(evidence)
  return failed(
    {
      says: `${described(operation)} came to ${told.length} ends after the restart`,
      expected: 'one end',
      received: told.join(' and ') || 'none',
      attribution: 'instrument',
    },
    evidence,
  )
}
