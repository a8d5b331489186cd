import type { OfficeAct, OfficeStatus, Post } from '../values/back-office.ts'
import type { HttpCall } from '../values/http-call.ts'
import type { LedgerView } from '../values/ledger-view.ts'
import type { Remark, Span } from '../values/message.ts'
import type { Operation } from '../values/operation.ts'

/**
 * One recorded fact. `id` is `<feature>:<line>#<n>`; `atMicros` counts from the start of the run.
 * Everything in an entry is redacted: secrets stand as mask and equality token (`pan:621214…0012#2`, `pinblock#1`).
 */
export type Entry = Readonly<{ id: string; atMicros: number }> & Fact

export type Fact =
  | RunBegan
  | ScenarioBegan
  | Step
  | OperationBegan
  | Key
  | Display
  | PrintedSlip
  | Sent
  | Received
  | LineEvent
  | Call
  | Outcome
  | TerminalEvent
  | View
  | ControlUsed
  | OfficeDeed
  | HostNote
  | PageKept
  | Claim
  | Judged
  | ScenarioEnded

/** The first entry of a run's journal: what was planned before the first byte left. */
export type RunBegan = Readonly<{
  is: 'run began'
  seed: string
  suite: string
  plan: readonly PlannedScenario[]
  /** The rows asked for with `--only`; absent: all. */
  only?: readonly string[]
  /** The tag expression given with `--tags`; absent: scenarios of any tags. */
  tags?: string
  /** What was made bad on purpose: `host:approves a void from another merchant`. */
  fault?: string
  /** Where the run is one of several that share a plan: which of how many, the scenarios that they share, and the SHA-256 of their places. */
  shard?: Readonly<{ index: number; of: number; scenarios: number; plan: string }>
}>

/** `ids` are the rows that the scenario's rule is tagged with. */
export type PlannedScenario = Readonly<{
  uri: string
  line: number
  name: string
  ids: readonly string[]
  tags: readonly string[]
}>

export type ScenarioBegan = Readonly<{
  is: 'scenario began'
  uri: string
  line: number
  rule: string
  name: string
  /** Ids of the rows that the rule is tagged with. */
  ids: readonly string[]
  tags: readonly string[]
  seed: string
  /** The terminals that are at this scenario's disposal: nobody else uses them meanwhile. */
  terminals?: readonly string[]
}>

export type Step = Readonly<{ is: 'step'; text: string }>

/**
 * An operation is what an operator does at a till: one sale, one void, one settlement, with all its messages.
 * `operation` numbers it within the scenario. `role` says why the scenario does it.
 */
export type OperationBegan = Readonly<{
  is: 'operation began'
  operation: number
  name: Operation
  terminal: string
  merchantId: string
  terminalId: string
  role: Role
  /** The operation it refers to: what a void voids. */
  of?: number
  /** What is deliberately wrong or special about it: `another amount`, `wrong MAC`, `exact repeat`. */
  special?: string
  /** The card it is about, as a token: a swiped card stands in a request as its track only, and a refusal need not name it. */
  card?: string
}>

/**
 * `setup`: needed from other rows. `tested`: what the rule is about. `control`: the sender of a refused request gets the same operation
 * approved on an object of its own. `probe`: shows the target to be as it was. `view`: looks at money.
 */
export type Role = 'setup' | 'tested' | 'control' | 'probe' | 'view'

export type Key = Readonly<{ is: 'key'; terminal: string; key: string }>
export type Display = Readonly<{ is: 'display'; terminal: string; lines: readonly string[] }>

export type PrintedSlip = Readonly<{ is: 'slip'; terminal: string; operation: number; slip: Slip }>

/** A slip as printed, and the facts on it by name, so that nobody has to read them out of the lines. */
export type Slip = Readonly<{
  kind: 'sale' | 'void' | 'refund' | 'settlement' | 'reversal failed' | 'unresolved'
  copy: 'merchant' | 'customer'
  duplicate: boolean
  lines: readonly string[]
  facts: Readonly<Record<string, string>>
}>

/** `terminal` is the role name of the till ("the shop"). `fields` is by dialect name, redacted; so is `hex`, where hidden bytes are `··`. */
type Traffic = Readonly<{
  terminal: string
  operation: number
  /** Numbers request and answers within the scenario: a reply has the number of its request. */
  exchange: number
  mti: string
  name: Operation | 'unknown'
  fields: Readonly<Record<string, string>>
  hex: string
  spans: readonly Span[]
  remarks: readonly Remark[]
}>

export type Sent = Readonly<{ is: 'sent' }> & Traffic

/** `standing`: what the frame was to the terminal's open request. `swallowed`: our own line took it away after the acquirer had answered. */
export type Received = Readonly<{
  is: 'received'
  standing: 'matched' | 'foreign' | 'late' | 'unsolicited' | 'in progress' | 'unreadable' | 'swallowed'
  mac: 'good' | 'bad' | 'absent' | 'not due'
  /** Our own line made it: it says nothing about the acquirer. */
  ours?: true
  /** When the frame could not be read to its end. */
  problem?: Readonly<{ path: string; says: string; atByte: number }>
}> &
  Traffic

/** `ours`: our own line did it, named in `fault`; the acquirer is not to blame. */
export type LineEvent = Readonly<{
  is: 'line'
  terminal: string
  operation: number
  exchange: number
  event: 'silence' | 'close' | 'failure' | 'not connected' | 'fault'
  ours: boolean
  fault?: string
  says: string
}>

/**
 * One HTTP call that a mapping made of a message. A message may become several calls; they stand between it and its reply. Hidden by the mapping
 * itself are credentials, tracks and PIN blocks; card numbers are masked.
 */
export type Call = Readonly<{
  is: 'call'
  terminal: string
  operation: number
  exchange: number
}> &
  HttpCall

/** How an operation ended for the operator. */
export type Outcome = Readonly<{
  is: 'outcome'
  terminal: string
  operation: number
  /** What ended: the operation itself, or a reversal or sign-in on its way. */
  name?: Operation
  outcome: 'approved' | 'declined' | 'unresolved' | 'cancelled' | 'refused locally' | 'reversed' | 'done' | 'failed'
  resultCode?: string
  says: string
}>

export type TerminalEvent = Readonly<{
  is: 'terminal'
  terminal: string
  operation?: number
  event: 'power cut' | 'restarted' | 'stored' | 'marked voided' | 'cleared log' | 'batch closed' | 'keys loaded' | 'looked up'
  says: string
  facts?: Readonly<Record<string, string>>
}>

/** What a view showed. `moment` orders views: `before` the rule's own operations, `after` them, or at a named point between. */
export type View = Readonly<{
  is: 'view'
  moment: string
}> &
  (
    | Readonly<{ view: 'ledger'; ledger: LedgerView }>
    | Readonly<{ view: 'balance'; card: string; minor: string; operation: number }>
  )

export type ControlUsed = Readonly<{ is: 'control'; says: string }>
/**
 * What somebody did in the merchant's back office, and what its pages said. It is no operation of a till: nothing is sent, and its money moves by
 * `saw`. What one person asks for and another decides are two deeds with one `request`.
 */
export type OfficeDeed = Readonly<{
  is: 'office'
  role: Role
  merchantId: string
  by: Post
  act: OfficeAct
  /** The operation at a till that it is about: the sale that is to be voided. */
  about: number
  /** Numbers what was asked for within the scenario; absent when nothing came of it, or nothing was asked. */
  request?: number
  /** Fen, of what was asked for. */
  minor?: string
  /** As written by the person. */
  reason?: string
  saw: OfficeStatus
  /** The words of the page, redacted: the status text, the refusal, the lines of the audit log. */
  says: readonly string[]
}>

/** What the page before a till looked like when its scenario had failed: files of the run's folder. */
export type PageKept = Readonly<{ is: 'page kept'; terminal: string; screenshot: string; trace?: string }>

export type HostNote = Readonly<{ is: 'host note'; ours: true; says: string }>
export type Claim = Readonly<{ is: 'claim'; check: string; with: Readonly<Record<string, string | number>> }>
export type Judged = Readonly<{ is: 'verdict'; requirement: string; verdict: unknown }>
/** `not applicable`: it came to something that the profile does not offer, which `says` names. */
export type ScenarioEnded = Readonly<{
  is: 'scenario ended'
  status: 'passed' | 'failed' | 'pending' | 'skipped' | 'not applicable'
  says?: string
}>
