import type { Operation } from '../values/operation.ts'
import type { Attempt } from './attempt.ts'
import type { Conversation } from './conversation.ts'
import { refused } from './diagnose-answer.ts'
import { formal, misfired, uncalled } from './diagnose-http.ts'
import type { Diagnosis } from './diagnosis.ts'
import type { Shown } from './rung.ts'
import { shownCall, shownOf } from './shown.ts'

/** Why something was refused that every acquirer approves: for what it is, or before anybody looked at it. */
export function refusal({ lastCall, endpoint, till }: Conversation, operation: Operation, code: string | undefined): Diagnosis {
  const formally = lastCall === undefined ? undefined : formal(lastCall, endpoint)
  return formally === undefined ? refused(operation, code, till.standing) : uncalled(lastCall, endpoint)
}

/** Why a message got no answer of its own, where another one did. */
export function unheard(
  { lastCall, endpoint, failure }: Conversation,
  attempt: Attempt | undefined,
): Readonly<{ diagnosis: Diagnosis; shown: readonly Shown[] }> {
  if (failure !== undefined) return { diagnosis: misfired(failure), shown: lastCall === undefined ? [] : shownCall(lastCall) }
  if (lastCall !== undefined) return { diagnosis: uncalled(lastCall, endpoint), shown: shownCall(lastCall) }
  const what = attempt?.operation ?? 'message'
  const reading = attempt?.reading
  const says =
    reading === undefined
      ? 'the acquirer takes no further connection'
      : reading.is === 'nothing'
        ? `the acquirer does not answer the ${what}, though it answers others`
        : reading.is === 'another'
          ? `what comes back is not the answer to the ${what}: ${reading.differs.join(', ')} ${reading.differs.length === 1 ? 'differs' : 'differ'}`
          : reading.is === 'no message'
            ? `the answer to the ${what} does not read: ${reading.says}`
            : `what comes back after the ${what} is no answer`
  return {
    diagnosis: {
      cause: reading?.is === 'another' ? 'matching' : reading?.is === 'no message' ? 'unreadable' : 'unanswered',
      says,
      certainty: 'possible',
      whose: 'acquirer',
      changes: [{ setting: 'dialect', note: `what a ${what} looks like to this acquirer` }],
    },
    shown: attempt === undefined ? [] : shownOf(attempt),
  }
}

/** What was sent and seen, as it went over the line: bytes, or the call that a mapping made of them. */
export function shownIn({ lastCall }: Conversation, attempt: Attempt): readonly Shown[] {
  return lastCall === undefined ? shownOf(attempt) : shownCall(lastCall)
}
