import type { Operation } from '../values/operation.ts'
import type { Dialect } from './dialect.ts'

/** Whether a dialect has a message for an operation. */
export const hasMessageFor = ({ messages }: Dialect, operation: Operation): boolean =>
  messages.some(row => row.operation === operation)

/**
 * Whether terminals sign in by a message: where the acquirer offers it, and wherever messages are sealed, since the keys come with the sign-in.
 *
 * @param supports  the flags of the profile
 */
export function signsOn(dialect: Dialect, supports: ReadonlySet<string>): boolean {
  return hasMessageFor(dialect, 'signIn') && (supports.has('signon') || dialect.messages.some(({ sealed }) => sealed))
}
