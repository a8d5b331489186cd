import type { Dialect } from '../dialects/dialect.ts'
import type { Mapping } from '../mapping/mapping.ts'
import type { Amount } from '../values/amount.ts'
import type { Post } from '../values/back-office.ts'
import type { Door, TlsTerms } from '../values/door.ts'
import type { Operation } from '../values/operation.ts'
import type { Pan } from '../values/pan.ts'
import type { Secret } from '../values/secret.ts'

/** Everything that is particular to one acquirer, parsed and checked at load. */
export type Profile = Readonly<{
  name: string
  /** Where the profile was read, and the SHA-256 of its bytes with those of its dialect file, mapping and pages file. */
  file: string
  sha256: string
  /** Absent: the embedded reference host. */
  endpoint?: URL
  control?: URL
  /** How the embedded host is reached; with an endpoint its scheme says it. */
  door: Door
  /** On a door with TLS. */
  tls?: TlsTerms
  /** `file`: where a dialect that is not built in stands. */
  dialect: Readonly<{ id: string; settings: Readonly<Record<string, string | boolean | number>>; file?: string }>
  /** The same as tables: whoever needs the dialect of a profile takes it from here. */
  speaks: Dialect
  /** Of an acquirer behind HTTP: how messages become calls; and the file that says so. */
  mapping?: Mapping
  mappingFile?: string
  merchants: readonly Merchant[]
  cards: readonly ProfileCard[]
  supports: ReadonlySet<string>
  knobs: Knobs
  /** How a business day is closed: by the control port, or not at all. */
  businessDay: 'control' | 'none'
  timing: Timing
  /** The merchant's back office, where there is one that somebody can be sent to. */
  backOffice?: BackOffice
  deviations: readonly Deviation[]
}>

/**
 * Who dials, how long a line is kept, and how many there are at most. `server`: the acquirer dials in, and `endpoint` is where the terminals
 * listen.
 */
export type Timing = Readonly<{ connection: 'per operation' | 'kept'; role: 'client' | 'server' }>

export type Merchant = Readonly<{ id: string; name: string; terminals: readonly ProfileTerminal[] }>

/** `set`: terminals of one set are used by one worker; each set has two terminals of one merchant and one of another. */
export type ProfileTerminal = Readonly<{ id: string; masterKey: Secret; set: number }>

/**
 * `url`: absent for the portal of the embedded host. `approval`: whether another person has to agree to a void or refund. `staff`: of each merchant
 * by its id; who is missing cannot be sent, and the rows that need him do not apply. `pagesFile`: where the words and places of its pages stand.
 */
export type BackOffice = Readonly<{
  url?: URL
  approval: 'second person' | 'none'
  staff: ReadonlyMap<string, Readonly<Partial<Record<Post, Credentials>>>>
  pagesFile: string
}>

/** `shownAs`: how the audit log names this person, where that is not `user`. */
export type Credentials = Readonly<{ user: string; password: Secret; shownAs?: string }>

/** A person with a card. `funds`: what the acquirer's books let the card spend. `set`: as of terminals. */
export type ProfileCard = Readonly<{
  holder: string
  pan: Pan
  /** YYMM. */
  expiry: string
  serviceCode: string
  pin?: Secret
  /** Absent: a number that nobody issued. */
  funds?: Amount
  set: number
}>

export type Deviation = Readonly<{ requirement: string; reason: string; approver: string; expires: string }>

export type Window =
  | 'same-batch'
  | 'same-business-day'
  | Readonly<{ untilCutoff: string }>
  | Readonly<{ hours: number }>
  | Readonly<{ days: number }>

/** The knobs of `requirements.md` section 2 by their own keys; absent ones are ones that no applicable row needs. */
export type Knobs = Readonly<{
  zone?: string
  voidWindow?: Window
  voidScope?: 'same-terminal' | 'same-merchant'
  voidAmount?: 'full-only' | 'partial'
  voidCoding?: 'iso-0200' | 'iso-0400' | 'http'
  voidAdjusted?: 'allowed' | 'forbidden'
  dupMode?: 'replay' | 'decline' | 'flag' | 'silent'
  dupKey?: 'exact' | 'reference' | 'suspected'
  dupWindow?: Readonly<Record<string, number>>
  replayMemory?: 'batch' | Readonly<Record<string, number>>
  revUnknown?: 'ack' | 'not-found'
  revStan?: 'same' | 'new-with-de90'
  revRetries: number
  revInterval?: Readonly<{ seconds: number }>
  respTimeout?: Readonly<{ seconds: number }>
  voidTimeoutAction?: 'reverse-void' | 'repeat-void' | 'inquire'
  settle?: 'tcs' | 'hcs'
  totals?: 'net' | 'gross'
  cutoff?: string
  refundBeforeSettle?: 'refuse' | 'convert-to-void' | 'refund'
  refundCeil?: Readonly<{ percent: number }>
  refundWindow?: Readonly<Record<string, number>>
  preauthCeil?: Readonly<{ percent: number }>
  preauthTTL?: Readonly<{ days: number }>
  completionVoid?: 'back-to-held' | 'closed'
  supervisor?: readonly Operation[]
}>
