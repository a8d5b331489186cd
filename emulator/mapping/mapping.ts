import type { Secret } from '../values/secret.ts'
import type { Expression } from './expression.ts'
import type { MappedOperation } from './form.ts'
import type { Effect, OutcomeClass, Ruled } from './outcome.ts'

/** Text as it stands, or what an expression gives. */
export type Template = Readonly<{ is: 'text'; text: string }> | Readonly<{ is: 'expression'; expression: Expression }>
export type Templates = Readonly<Record<string, Template>>

/** One rule of classification. The first one whose condition holds is taken; one without a condition always holds. */
export type Rule = Readonly<{
  id: string
  when?: Expression
  means: Ruled
  also: readonly OutcomeClass[]
  kind?: Effect
  final: boolean
  unmapped: boolean
  /** Status and body of such an answer do not say the same. */
  contradicts?: true
}>

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** How the key of an intent travels. */
export type Idempotency =
  | Readonly<{ carrier: 'none' }>
  | Readonly<{ carrier: 'header' | 'body' | 'message-header' | 'path'; name: string; value: Template }>

/** One call, ready to be made. */
export type CallPlan = Readonly<{
  id: string
  method: HttpMethod
  path: Template
  headers: Templates
  messageHeader: Templates
  body?: Expression
  idempotency: Idempotency
  capture: Readonly<Record<string, Expression>>
  classify: readonly Rule[]
  /** The call is left out when this does not hold. */
  when?: Expression
}>

export type FollowUp = Readonly<{
  by: readonly ('notification' | 'status')[]
  classify?: readonly Rule[]
  everyMillis: number
  factor: number
  limitMillis: number
}>

export type OperationPlan = Readonly<{
  name: MappedOperation
  calls: readonly [CallPlan, ...CallPlan[]]
  reply?: Expression
  unwrap?: Expression
  followUp?: FollowUp
}>

/** `mask`: what takes a secret's place in whatever is written down. */
export type Party = Readonly<{
  name: string
  merchant?: string
  terminal?: string
  /** Everything that expressions see as `party`. */
  values: Readonly<Record<string, string | Secret>>
}>

export type Encoder = Readonly<{
  kind: 'json' | 'form'
  wrap?: string
  headerName: string
  header: Templates
}>

/** A part of what is signed. */
export type Part =
  | Readonly<{ is: 'text'; text: string }>
  | Readonly<{ is: 'body' | 'method' | 'path' | 'time' | 'nonce' }>
  | Readonly<{ is: 'header'; name: string }>
  | Readonly<{ is: 'party'; name: string }>

export type Auth =
  | Readonly<{ use: 'none' | 'mtls' }>
  | Readonly<{ use: 'bearer'; token: Expression }>
  | Readonly<{ use: 'basic'; user: Expression; password: Expression }>
  | Readonly<{ use: 'header-key'; header: string; key: Expression }>
  | Readonly<{
      use: 'hmac'
      hash: string
      encode: 'base64' | 'hex'
      key: Expression
      parts: readonly Part[]
      join: string
      header: string
      format?: Template
      time?: Readonly<{ header: string; form: TimeForm }>
    }>
  | Readonly<{
      use: 'rsa-header'
      scheme: string
      key: Expression
      names: Templates
      parts: readonly Part[]
      join: string
      ends: string
      header: string
    }>
  | Readonly<{ use: 'body-key-digest'; hash: string; key: Expression; header: string; format: Template }>
  | Readonly<{
      use: 'token-fetch'
      path: Template
      headers: Templates
      encoder: 'json' | 'form'
      body: Expression
      token: Expression
      expires?: Expression
    }>

export type TimeForm = 'seconds' | 'milliseconds' | 'iso'

export type Settle =
  | Readonly<{ strategy: 'call' }>
  | Readonly<{ strategy: 'capture' | 'none' | 'hook'; note?: string }>
  | Readonly<{ strategy: 'clock'; at: string }>
  | Readonly<{ strategy: 'seeded'; references: readonly string[] }>

export type Notifications = Readonly<{
  path: string
  port: number
  authentic: Expression
  intent: Expression
  id: Expression
  capture: Readonly<Record<string, Expression>>
  classify(of: MappedOperation): readonly Rule[]
}>

/** An acquirer behind HTTP, described. Made by `compile`. */
export type Mapping = Readonly<{
  name: string
  source?: string
  parties: readonly Party[]
  auth: readonly Auth[]
  encoder: Encoder
  /** What the interface takes in the place of a test card, by its number. */
  cards: ReadonlyMap<string, string>
  operations: ReadonlyMap<MappedOperation, OperationPlan>
  settle: Settle
  notifications?: Notifications
  /** The id that a transaction would have which the acquirer never named. */
  unknownOriginal?: Expression
  /** Rows that the interface has no place for, with the reason. */
  cannot: Readonly<Record<string, string>>
  /** What nothing that was read confirms, entry by entry, and the notes of the file. */
  unverified: readonly string[]
  notes: readonly string[]
}>
