import type { Dialect } from '../dialects/dialect.ts'
import type { Secret } from '../values/secret.ts'
import type { Book } from './book.ts'
import type { DoorOpener } from './doors.ts'
import type { HostKnobs } from './knobs.ts'

export type HostOptions = Readonly<{
  book: Book
  dialect: Dialect
  knobs?: HostKnobs
  /** Flags of the profile; `refund`, `partial-refund`, `void-pin` and `balance` change what the host takes. All four unless given. */
  supports?: ReadonlySet<string>
  /** 0, or absent: one that is free. `none`: no port, frames come through `answer`. */
  port?: number | 'none'
  /** How it is reached; `tcpDoor` unless given. */
  door?: DoorOpener
  /** `none`, or absent: no control port. */
  controlPort?: number | 'none'
  /** Names of faults, as `hostFaults` lists them. */
  faults?: readonly string[]
  /** Whatever the host makes up follows from it. */
  seed: string
  /** `virtual` starts on 2026-06-01 at 10:15 in Shanghai and moves by one second per request. */
  clock: 'virtual' | 'real'
  /** Keeps the books in a file, card numbers and keys sealed under the key: 32 bytes, hex. */
  db?: Readonly<{ file: string; key: Secret }>
  /** Called in process when the host has finished with a frame, answered or not. */
  onFinished?: (finished: Readonly<{ answered: boolean }>) => void
  /** What the host has to say about a request, without card numbers or keys. */
  onNote?: (says: string) => void
}>
