import type { Dialect, Field } from '../dialects/dialect.ts'
import { EmulatorError } from '../values/errors.ts'
import type { Message } from '../values/message.ts'
import { firstOutside, inWords } from './alphabet.ts'
import type { Codec, Decoded, Encoded } from './codec.ts'
import { JsonCursor } from './json-cursor.ts'

/** The name under which a message says its type; its path in spans and remarks is `mti`, as in every dialect. */
const typeName = 'type'

/** The longest message that is believed, in bytes. */
const longest = 65_536

/**
 * The codec of a dialect whose messages are flat JSON objects of names and texts: `{"type":"sale","terminalId":"T0000001", …}`.
 *
 * UTF-8, no name twice. A value that is no text is remarked: a number is taken by its digits, anything else is left out, and so is a name
 * that the table does not have. Each span is a member with what stands before it, so that a secret goes with its name; what was not
 * understood has no span.
 *
 * @source RFC 8259; names: the business names of the dialect's table
 */
export function json(dialect: Dialect): Codec {
  const types = new Set(dialect.messages.flatMap(row => [row.request, row.reply]))
  const places = new Map(Object.keys(dialect.fields).map((name, place) => [name, place]))
  return {
    encode: message => encode(dialect, places, message),
    decode: (frame, options = {}) => decode(dialect, types, frame, options.spans !== false),
  }
}

function encode(dialect: Dialect, places: ReadonlyMap<string, number>, { mti, fields }: Message): Encoded {
  if (mti === '') throw new EmulatorError('FIELD_VALUE', { path: 'mti', name: 'message type', because: 'it is empty' })
  const members: (readonly [name: string, value: string])[] = []
  for (const [name, value] of Object.entries(fields)) {
    const field = Object.hasOwn(dialect.fields, name) ? dialect.fields[name] : undefined
    if (field === undefined) throw new EmulatorError('FIELD_UNKNOWN', { name, dialect: dialect.id })
    const odd = oddity(field, value)
    if (odd !== undefined) throw new EmulatorError('FIELD_VALUE', { path: name, name: field.is, because: odd })
    members.push([name, value])
  }
  members.sort(([one], [other]) => (places.get(one) ?? 0) - (places.get(other) ?? 0))
  const text = [[typeName, mti] as const, ...members].map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
  const frame = Buffer.from(`{${text.join(',')}}`)
  return { frame, spans: decode(dialect, new Set([mti]), frame, true).spans }
}

function decode(dialect: Dialect, types: ReadonlySet<string>, frame: Uint8Array, withSpans: boolean): Decoded {
  const cursor = JsonCursor.over(frame, longest, withSpans)
  const fields: Record<string, string> = {}
  let mti: string | undefined
  const seen = new Set<string>()
  for (const member of cursor.members()) {
    const { name } = member
    if (seen.has(name)) {
      cursor.stop(pathOf(dialect, name), 'the name stands there twice')
      break
    }
    seen.add(name)
    const value = cursor.textOf(member, pathOf(dialect, name))
    if (name === typeName) {
      cursor.span('mti', member)
      mti = value ?? ''
      if (value !== undefined && !types.has(mti)) cursor.remark('mti', `the dialect has no messages of type ${shortened(mti)}`)
      continue
    }
    const field = Object.hasOwn(dialect.fields, name) ? dialect.fields[name] : undefined
    if (field === undefined) {
      cursor.remark('json', `the dialect has no name ${shortened(name)}`)
      continue
    }
    if (value === undefined) continue
    cursor.span(name, member)
    fields[name] = value
    const odd = oddity(field, value)
    if (odd !== undefined) cursor.remark(name, odd)
  }
  if (mti === undefined && cursor.problem === undefined) cursor.stop('mti', `there is no ${typeName}`)
  const { spans, remarks, problem, atByte } = cursor
  const message = { mti: mti ?? '', fields }
  return problem === undefined
    ? { envelope: {}, spans, remarks, ok: true, message }
    : { envelope: {}, spans, remarks, ok: false, partial: message, problem, atByte }
}

/** What a value has that its field cannot. The value is not named: it may be a secret. */
function oddity({ of, length: { is, count, unit } }: Field, value: string): string | undefined {
  const size = unit === 'byte' && of === 'b' ? value.length / 2 : value.length
  if (is === 'exactly' && size !== count) return `it has ${size} ${unit}s; ${count} are due`
  if (size > count) return `it has ${size} ${unit}s; ${count} at most`
  const outside = firstOutside(value, of)
  return outside === 'inside' ? undefined : `character ${outside + 1} is not ${inWords[of]}`
}

/** A name that is not in the table may be anything: it is no path. */
function pathOf(dialect: Dialect, name: string): string {
  if (name === typeName) return 'mti'
  return Object.hasOwn(dialect.fields, name) ? name : 'json'
}

/** A name that somebody else chose, for a sentence. */
const shortened = (name: string): string => (name.length > 40 ? `${name.slice(0, 40)}…` : name)
