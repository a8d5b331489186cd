import type { FrameCutter } from '../transport/frame-cutter.ts'
import type { LedgerView } from '../values/ledger-view.ts'
import type { Message } from '../values/message.ts'
import type { Ask } from './ask.ts'
import type { BooksView } from './books.ts'
import type { Decision } from './decision.ts'
import type { HttpFault } from './http-answer.ts'
import type { Policy } from './knobs.ts'
import type { OfficeFault } from './portal/office-fault.ts'
import type { Rulebook } from './rulebook.ts'
import type { Situation } from './rules.ts'

/** What a fault may look at when it bends an answer. */
export type Replying = Readonly<{ ask: Ask; decision: Decision; books: BooksView }>

/**
 * One mistake that a real host could make, switched on by name. It acts at one place only: on the rules, the policy, the request as it is understood,
 * the decision, the answer, its bytes, what the books show, what a back office does, or how bytes become frames.
 */
export type Fault = Readonly<{
  id: string
  says: string
  /** Ids of the rows that must find it, declared beforehand. */
  breaks: readonly string[]
  moneyAtRisk: 'cardholder' | 'merchant' | 'none'
  /** The profile of `fixtures/profiles` under which it shows, where the reference profile does not come to it: `json-http`. */
  under?: string
  /** Only the scenarios of the rows that it breaks come to it, in a browser: the matrix runs no others with it. */
  apart?: true
  rules?: (rules: Rulebook) => Rulebook
  policy?: (policy: Policy) => Policy
  ask?: (ask: Ask, books: BooksView) => Ask
  /** `again` decides the request, or another one, under the same rules. */
  decision?: (decision: Decision, situation: Situation, again: (situation: Situation) => Decision) => Decision
  /** `undefined`: no answer. */
  reply?: (reply: Message, replying: Replying) => Message | undefined
  /** The bytes of the answer, its length and seal included. */
  frame?: (frame: Uint8Array, replying: Replying) => Uint8Array
  view?: (view: LedgerView) => LedgerView
  /** What an HTTP interface does apart from its rules about money. */
  http?: HttpFault
  /** What a merchant's back office does apart from them. */
  office?: OfficeFault
  /** The connection that an answer leaves by, where it is not the one that its request came over. */
  over?: 'the connection before'
  /** How bytes on a connection become frames. */
  cutter?: () => FrameCutter
}>
