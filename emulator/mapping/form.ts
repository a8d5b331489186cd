import { z } from 'zod'
import { effects, outcomeClasses, ruled } from './outcome.ts'

const text = z.string().trim().min(1, { error: 'must not be empty' })
const expression = text.describe('JSONata')
const template = text.describe('text as it stands, or JSONata after `=`')
const templates = z.record(text, template)

/** What stands behind an entry: read in public material, or domain knowledge that a live system has still to confirm. */
const confidence = z.enum(['confirmed', 'unverified']).exactOptional()
const seconds = z.strictObject({ seconds: z.number().positive() })

const rule = z.strictObject({
  id: text,
  when: expression.exactOptional(),
  // biome-ignore lint/suspicious/noThenProperty: `when … then …` is how a rule reads
  then: z.enum(ruled),
  also: z.array(z.enum(outcomeClasses)).describe('classes that the interface cannot tell from this one').default([]),
  kind: z.enum(effects).describe('what was really done, where the endpoint decides for itself').exactOptional(),
  final: z.boolean().describe('false: more is to come, by follow-up').exactOptional(),
  mark: z
    .enum(['unmapped', 'contradiction'])
    .describe('nobody has seen this answer yet; or its layers do not say the same (HTTP-001)')
    .exactOptional(),
  confidence,
})
const rules = z.array(rule).min(1, { error: 'must list at least one rule' })

const method = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])

const request = z.strictObject({
  method: method.exactOptional(),
  path: template.exactOptional(),
  headers: templates.default({}),
  header: templates.describe('names of the message header, where the encoder wraps one').default({}),
  body: expression.exactOptional(),
})

const idempotency = z.discriminatedUnion('carrier', [
  z.strictObject({
    carrier: z.enum(['header', 'body', 'message-header', 'path']),
    name: text.exactOptional(),
    value: template.default('= intentId'),
    replay: z.enum(['first-answer', 'duplicate', 'by-status-query']).exactOptional(),
    window: seconds.exactOptional(),
    note: text.exactOptional(),
    confidence,
  }),
  z.strictObject({ carrier: z.literal('none'), note: text.exactOptional() }),
])

const capture = z.record(text, expression)

const call = z.strictObject({
  id: text,
  request,
  idempotency: idempotency.exactOptional(),
  capture: capture.default({}),
  classify: rules,
  when: expression.exactOptional(),
})

const followUp = z.strictObject({
  until: z.literal('final').default('final'),
  by: z.array(z.enum(['notification', 'status'])).min(1, { error: 'must name notification, status or both' }),
  classify: rules.describe('of what the status call answers; absent: the rules of the operation itself').exactOptional(),
  every: seconds.default({ seconds: 2 }),
  factor: z.number().min(1).default(1),
  limit: seconds,
  onLimit: z.enum(['UNKNOWN']).default('UNKNOWN'),
})

/** The till's operations, and `status`, by which a follow-up asks for the state of one transaction. (`inquire` is the till's own: a balance.) */
export const mappedOperations = [
  'signIn',
  'signOff',
  'echo',
  'inquire',
  'sale',
  'void',
  'refund',
  'preauth',
  'preauthVoid',
  'complete',
  'completionVoid',
  'reverse',
  'settle',
  'upload',
  'status',
] as const
export type MappedOperation = (typeof mappedOperations)[number]

const operation = z.strictObject({
  request: request.describe('one call').exactOptional(),
  calls: z.array(call).min(2, { error: 'must list at least two calls; one stands under `request`' }).exactOptional(),
  idempotency: idempotency.exactOptional(),
  capture: capture.describe('what is remembered of the answer; names of a reply reach the terminal').default({}),
  reply: expression.describe('an object of business names that reaches the terminal as it is').exactOptional(),
  unwrap: expression.describe('where the answer proper stands in what a status call returns').exactOptional(),
  classify: z
    .union([rules, z.enum(mappedOperations)], { error: 'must be a list of rules, or the operation whose rules hold' })
    .exactOptional(),
  followUp: followUp.exactOptional(),
  confidence,
  note: text.exactOptional(),
})

const auth = z.discriminatedUnion('use', [
  z.strictObject({ use: z.literal('none') }),
  z.strictObject({ use: z.literal('bearer'), token: expression }),
  z.strictObject({ use: z.literal('basic'), user: expression, password: expression }),
  z.strictObject({ use: z.literal('header-key'), header: text, key: expression }),
  z.strictObject({
    use: z.literal('hmac'),
    hash: z.enum(['sha1', 'sha256', 'sha512']).default('sha256'),
    encode: z.enum(['base64', 'hex']).default('base64'),
    key: expression,
    parts: z.array(text).min(1).describe('party.…, header.…, method, path, time, body, or text in quotes'),
    join: z.string().default(''),
    header: text.default('Authorization'),
    format: template.describe('sees `signature`').exactOptional(),
    time: z.strictObject({ header: text, form: z.enum(['seconds', 'milliseconds', 'iso']) }).exactOptional(),
  }),
  z.strictObject({
    use: z.literal('rsa-header'),
    scheme: text,
    key: expression,
    names: templates.describe('in the order in which they stand in the header'),
    parts: z.array(text).min(1),
    join: z.string().default('\n'),
    ends: z.string().default('\n'),
    header: text.default('Authorization'),
  }),
  z.strictObject({
    use: z.literal('body-key-digest'),
    hash: z.enum(['md5', 'sha1', 'sha256', 'sha512']).default('md5'),
    key: expression,
    header: text.default('Authorization'),
    format: template.describe('sees `digest` and `party`'),
  }),
  z.strictObject({
    use: z.literal('token-fetch'),
    path: template,
    headers: templates.default({}),
    encoder: z.enum(['json', 'form']).default('form'),
    body: expression,
    token: expression,
    expires: expression.describe('seconds, out of the answer').exactOptional(),
  }),
  z.strictObject({ use: z.literal('mtls') }),
])

const encoder = z.union([
  z.enum(['json', 'form']),
  z.strictObject({
    kind: z.enum(['json', 'form']),
    wrap: text.describe('the one name around the whole message').exactOptional(),
    headerName: text.default('MessageHeader'),
    header: templates.default({}),
  }),
])

const settle = z.discriminatedUnion('strategy', [
  z.strictObject({ strategy: z.literal('call') }),
  z.strictObject({ strategy: z.literal('capture'), note: text.exactOptional() }),
  z.strictObject({ strategy: z.literal('clock'), at: text }),
  z.strictObject({ strategy: z.literal('hook'), note: text }),
  z.strictObject({ strategy: z.literal('seeded'), references: z.array(text).min(1) }),
  z.strictObject({ strategy: z.literal('none'), note: text.exactOptional() }),
])

const notifications = z.strictObject({
  path: text,
  port: z.int().min(0).max(65_535).default(0),
  authentic: expression.describe('true when the notification is the acquirer’s: sees headers, body, text, hmac'),
  intent: expression.describe('the id of the intent that it is about'),
  id: expression.describe('the same when it is sent again'),
  classify: z.record(z.enum(mappedOperations), rules).or(rules),
  capture: capture.default({}),
})

const party = z.record(text, text)

/**
 * A mapping file: how business messages become HTTP calls, and answers business messages again.
 *
 * @source HTTP acquirers fact sheet, 8.4 to 8.7
 */
export const mappingForm = z.strictObject({
  $schema: z.string().exactOptional(),
  name: text,
  source: text.describe('the published description that it follows').exactOptional(),
  parties: z.record(text, party).describe('credential sets by name; `merchant` and `terminal` say whose'),
  auth: z.union([auth, z.array(auth).min(1)]).default({ use: 'none' }),
  encoder: encoder.default('json'),
  defaults: z
    .strictObject({ method: method.exactOptional(), path: template.exactOptional(), headers: templates.default({}) })
    .default({ headers: {} }),
  original: z
    .strictObject({ unknown: expression.describe('the id of a transaction that the acquirer never named: sees reference') })
    .exactOptional(),
  cards: z
    .record(z.string().regex(/^\d{12,19}$/, { error: 'must be a card number, in quotation marks' }), text)
    .describe('what the interface takes in the place of a test card: an expression sees it as card.handle')
    .default({}),
  operations: z.partialRecord(z.enum(mappedOperations), operation),
  settle,
  notifications: notifications.exactOptional(),
  cannot: z
    .record(z.string().regex(/^[A-Z]+-\d{3}$/, { error: 'must be the id of a requirement, such as VOID-012' }), text)
    .default({}),
  notes: z.array(text).default([]),
})

export type WrittenMapping = z.output<typeof mappingForm>
export type WrittenOperation = z.output<typeof operation>
export type WrittenRequest = z.output<typeof request>
export type WrittenRule = z.output<typeof rule>
export type WrittenAuth = z.output<typeof auth>
export type WrittenIdempotency = z.output<typeof idempotency>

/** The same for editors: `docs/mapping.schema.json`. */
export function mappingSchema(): Record<string, unknown> {
  return {
    $id: 'https://tillproof.dev/schema/mapping-1.json',
    title: 'tillproof mapping: how business messages become HTTP calls, and answers business messages again',
    ...z.toJSONSchema(mappingForm, { io: 'input' }),
  }
}
