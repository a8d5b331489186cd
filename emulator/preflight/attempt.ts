import type { Operation } from '../values/operation.ts'
import type { Change } from './diagnosis.ts'
import type { Heard } from './raw-line.ts'
import type { Reading, Spoken } from './reading.ts'
import type { RungName } from './rung.ts'

/**
 * One message that was sent and what came of it. `changes`: in what the way it was said differs from the profile; none is the profile's own way.
 * `unopened`: no line could be had for it.
 */
export type Attempt = Readonly<{
  changes: readonly Change[]
  rung: RungName
  operation: Operation
  spoken: Spoken
  sent: Uint8Array
  heard: Heard
  reading: Reading
}>

/** The first attempt that was answered, in the order in which they were thought of. */
export function answeredOf(attempts: readonly Attempt[]): Attempt | undefined {
  return attempts.find(({ reading }) => reading.is === 'answer')
}
