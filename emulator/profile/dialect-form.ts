import { z } from 'zod'
import type { DialectMark, Encoding, SecretKind } from '../dialects/dialect.ts'
import type { Operation, Reversible } from '../values/operation.ts'

const text = z.string().trim().min(1, { error: 'must not be empty' })
const fieldName = z.string().regex(/^[a-z][A-Za-z0-9]*$/, { error: 'must be a name such as trace or originalTrace' })
const names = z.array(fieldName)
const type = z.string().regex(/^\d{4}$/, { error: 'must be a message type of four digits, such as 0200' })
const code = z.string().regex(/^[0-9A-Za-z]{1,20}$/, { error: 'must be a result code, such as 00' })
const codeList = z.array(code)

const marks = ['iso87', 'iso93', 'iso03', 'cup'] as const satisfies readonly DialectMark[]
const secrets = ['pan', 'track', 'pinBlock', 'keys', 'chip'] as const satisfies readonly SecretKind[]
const digits = ['bcd', 'ascii', 'ebcdic'] as const satisfies readonly Encoding['digits'][]
const prefixes = ['bcd', 'ascii', 'ebcdic', 'binary'] as const satisfies readonly Encoding['prefix'][]
const bytes = ['binary', 'hex', 'hex in EBCDIC'] as const satisfies readonly Encoding['bitmap'][]
const texts = ['gbk', 'latin1', 'ebcdic'] as const satisfies readonly Encoding['text'][]
export const operations = [
  ...(['signIn', 'signOff', 'echo', 'inquire', 'sale', 'void', 'refund', 'preauth', 'preauthVoid'] as const),
  ...(['complete', 'completionVoid', 'reverse', 'settle', 'upload'] as const),
] as const satisfies readonly Operation[]
export const reversible = [
  ...(['sale', 'void', 'preauth', 'preauthVoid', 'complete', 'completionVoid'] as const),
] as const satisfies readonly Reversible[]

const encoding = z.union(
  [
    z.enum(['ascii', 'bcd', 'ebcdic']),
    z.strictObject({
      digits: z.enum(digits).describe('digits, and the message type unless `type` is given').exactOptional(),
      type: z.enum(digits).describe('the message type').exactOptional(),
      prefix: z.enum(prefixes).describe('the length before a field').exactOptional(),
      bitmap: z.enum(bytes).exactOptional(),
      text: z.enum(texts).exactOptional(),
      bytes: z.enum(bytes).describe('fields of bytes').exactOptional(),
      trackSeparator: z.enum(['D', '=']).exactOptional(),
      trackPad: z.enum(['0', 'F']).describe('the nibble after a packed track of odd length').exactOptional(),
      tracksEncrypted: z.boolean().exactOptional(),
    }),
  ],
  { error: 'must be ascii, bcd, ebcdic, or { digits: …, prefix: …, bitmap: …, text: … }' },
)

const part = z.strictObject({
  name: fieldName,
  length: z.int().min(1).describe('digits, or bytes of a text; of a tagged part the most'),
  is: text.exactOptional(),
  secret: z.enum(secrets).exactOptional(),
  tag: text.describe('where parts stand after tags: the tag of this one').exactOptional(),
  path: text.describe('how reports name it; 60.1, 60.2 … unless given').exactOptional(),
})
const parts = z.array(part).min(1, { error: 'must list at least one part' })

const layout = z.strictObject({
  of: z.enum(['whole', 'as far as it goes', 'list', 'tagged']).default('as far as it goes'),
  types: z.array(type).describe('the message types in which the field divides so; absent: all').exactOptional(),
  parts,
  tagged: z
    .strictObject({ tag: z.int().min(1).max(8), length: z.int().min(1).max(4) })
    .describe('of a tagged field: characters of a tag, and digits of the length after it')
    .exactOptional(),
  lengths: z.array(z.int().min(1)).describe('the usual lengths of the whole').exactOptional(),
  lastMayBeShort: z.boolean().exactOptional(),
  item: z
    .strictObject({ name: fieldName, path: text.exactOptional(), parts, most: z.int().min(1) })
    .describe('of a list: what comes again and again, as often as the first part says')
    .exactOptional(),
})

const settings = z.record(z.string(), z.union([z.string(), z.boolean(), z.number()]))

/** All keys may be absent in a file that extends another: it says only what is different. */
const field = z.strictObject({
  de: z
    .int()
    .min(2, { error: 'must be 2 to 192: bit 1 announces the second bitmap' })
    .max(192, { error: 'must be 2 to 192' })
    .refine(de => de !== 65, { error: 'must be another: bit 65 announces the third bitmap' })
    .describe('its number')
    .exactOptional(),
  format: z
    .string()
    .regex(/^(n|an|ans|z|b|x\+n) ?\.{0,4}\d+$/, {
      error:
        'must be one such as `n 6`, `n..19`, `an 12`, `ans...999`, `z..37` or `b 8`: alphabet, and its length or most length',
    })
    .describe('n 6: six digits · n..19: up to 19 digits, after a length of two · ans...999 after one of three · b 8: eight bytes')
    .exactOptional(),
  unit: z.enum(['digit', 'character', 'byte']).describe('what the length counts, where it is not the usual').exactOptional(),
  pad: z
    .enum(['left', 'right'])
    .describe('side of the zero nibble when digits of odd number are packed; left unless given')
    .exactOptional(),
  padWith: z.enum(['0', 'F']).describe('that nibble, where it is not the usual').exactOptional(),
  encoding: z
    .strictObject({
      digits: z.enum(digits).exactOptional(),
      prefix: z.enum(prefixes).exactOptional(),
      text: z.enum(texts).exactOptional(),
      bytes: z.enum(bytes).exactOptional(),
    })
    .describe('how it is written, where that differs from the other fields')
    .exactOptional(),
  standsLast: z.literal(true).describe('of a MAC: it is the last field of the last bitmap in use, 64 or 128').exactOptional(),
  is: text.describe('what it is, in English').exactOptional(),
  secret: z.enum(secrets).exactOptional(),
  holds: z.literal('hex characters').exactOptional(),
  parts: parts.describe('how it divides, from the left as far as it goes').exactOptional(),
  layouts: z.array(layout).describe('how it divides, where that is not the same in all messages').exactOptional(),
})

const list = z.union([names, z.strictObject({ add: names.default([]), drop: names.default([]) })], {
  error: 'must be a list of fields, or { add: […], drop: […] } of the list that is extended',
})

const message = z.strictObject({
  operation: z.enum(operations).describe('absent: the name of the message, where it is that of an operation').exactOptional(),
  of: z.enum(reversible).describe('of a reversal: what it undoes').exactOptional(),
  is: text.exactOptional(),
  request: type.exactOptional(),
  repeat: type.describe('of a copy, where it has a type of its own, such as 0401').exactOptional(),
  reply: type.describe('ten more than the request unless given').exactOptional(),
  identity: z
    .record(z.string(), z.union([z.string(), z.null()]))
    .describe('values that tell this message from others of its type; they stand in it')
    .exactOptional(),
  must: list.exactOptional(),
  may: list.exactOptional(),
  replyMust: list.describe('in an answer that approves').exactOptional(),
  refusalMust: list.describe('in an answer that refuses').exactOptional(),
  replyMay: list.exactOptional(),
  echoes: list.describe('what the answer repeats').exactOptional(),
  sealed: z.boolean().describe('whether request and reply carry a MAC').exactOptional(),
  reversible: z.boolean().describe('whether the terminal reverses it when no answer comes').exactOptional(),
  counts: z.enum(['debit', 'credit', 'no']).exactOptional(),
})

const codes = z.strictObject({
  said: z
    .record(z.string(), code)
    .describe('how the acquirer says the codes of ISO 8583:1987, such as { 25: 914 }; what is not listed it says as they are')
    .exactOptional(),
  approved: codeList.min(1, { error: 'must list at least one' }).describe('best first').exactOptional(),
  accept: z
    .record(z.string(), z.union([codeList, z.strictObject({ codes: codeList, class: text })]))
    .describe('by situation: the codes that are right in it, best first')
    .exactOptional(),
  classes: z.record(z.string(), codeList).describe('by outcome class, where no situation fits').exactOptional(),
  misleading: codeList.exactOptional(),
  signInAfter: codeList.exactOptional(),
  reversalFinal: codeList.describe('codes that end a pending reversal').exactOptional(),
  reversalReasons: z
    .strictObject({
      'no answer': code.exactOptional(),
      'could not complete': code.exactOptional(),
      'bad MAC': code.exactOptional(),
      other: code.exactOptional(),
    })
    .exactOptional(),
})

const words = z.strictObject({
  codes: z
    .record(
      z.string(),
      z.strictObject({
        class: z.enum(['A', 'B', 'C', 'D', 'E']),
        english: text,
        chinese: text.exactOptional(),
        display: text.exactOptional(),
      }),
    )
    .exactOptional(),
  slip: z
    .record(z.string(), z.tuple([text, text]))
    .describe('labels on a slip: [Chinese, English]')
    .exactOptional(),
  cardCompanies: z.record(z.string(), text).exactOptional(),
})

/** A dialect as it is written. Unknown keys are refused at every level. */
export const dialectForm = z.strictObject({
  $schema: z.string().exactOptional(),
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/, { error: 'must be a name such as acme-pos: small letters, digits, - and .' }),
  extends: text.describe('the id of a built-in dialect of which this one says only what is different').exactOptional(),
  mark: z.enum(marks).describe('which family it is of; iso87 unless given').exactOptional(),
  source: text.describe('the document of the acquirer, with edition and chapter'),
  encoding: encoding.exactOptional(),
  framing: settings.describe('length, lengthCounts, tpdu, header, headerReply').exactOptional(),
  settings: settings.describe('other settings of the dialect that is extended').exactOptional(),
  fields: z
    .record(fieldName, z.union([field, z.null()]))
    .describe('by name; null takes one of the extended dialect away')
    .default({}),
  messages: z
    .record(z.string(), z.union([message, z.null()]))
    .describe('by name; null takes one away')
    .default({}),
  matchedBy: names.describe('fields by which an answer is known as that of its request').exactOptional(),
  mayBeMissingInRefusal: names.exactOptional(),
  codes: codes.exactOptional(),
  words: words.exactOptional(),
  cannot: z
    .record(z.string(), z.union([text, z.null()]))
    .describe('rows that its messages have no place for, and why')
    .exactOptional(),
})

export type WrittenDialect = z.output<typeof dialectForm>
export type WrittenField = NonNullable<WrittenDialect['fields'][string]>
export type WrittenMessage = NonNullable<WrittenDialect['messages'][string]>
export type WrittenList = NonNullable<WrittenMessage['must']>
export type WrittenCodes = NonNullable<WrittenDialect['codes']>

/** The same for editors: `docs/dialect.schema.json`. */
export function dialectSchema(): Record<string, unknown> {
  return {
    $id: 'https://tillproof.dev/schema/dialect-1.json',
    title: 'tillproof dialect: the messages of one acquirer, as tables',
    ...z.toJSONSchema(dialectForm, { io: 'input' }),
  }
}
