import type { Dialect } from '../dialects/dialect.ts'
import { identify } from '../dialects/identify.ts'
import { nameAt, placed } from '../dialects/paths.ts'
import { masked } from '../dialects/secrets.ts'
import { EmulatorError } from '../values/errors.ts'
import type { Message, Remark, Span } from '../values/message.ts'
import type { Decoded, Envelope, Problem, Start } from './codec.ts'

/** A decoded frame as `decode --json` prints it; field numbers are paths: `4`, `60.2`, `48.3.trace`. */
export type FrameJson = Readonly<{
  ok: boolean
  frame: Readonly<{ length?: number; lrc?: string; tpdu?: string; header?: string }>
  mti: string
  /** The name of its row in the message table, or `unknown`. */
  transaction: string
  fields: Readonly<Record<string, string>>
  spans: readonly Span[]
  remarks: readonly Remark[]
  problem?: Problem
  atByte?: number
}>

/** What was decoded, by number. Secrets are masked unless `reveal`. */
export function toJson(dialect: Dialect, decoded: Decoded, options: Readonly<{ reveal?: boolean }> = {}): FrameJson {
  const message = decoded.ok ? decoded.message : decoded.partial
  const what = identify(dialect, message)
  const values = options.reveal ? placed(dialect, message) : masked(dialect, message)
  return {
    ok: decoded.ok,
    frame: {
      ...(decoded.length === undefined ? {} : { length: decoded.length }),
      ...(decoded.lrc === undefined ? {} : { lrc: decoded.lrc }),
      ...decoded.envelope,
    },
    mti: message.mti,
    transaction: what === 'unknown' ? 'unknown' : `${what.name}${what.of ? ` of ${what.of}` : ''} ${what.kind}`,
    fields: Object.fromEntries(values.map(({ path, value }) => [path, value])),
    spans: decoded.spans,
    remarks: decoded.remarks,
    ...(decoded.ok ? {} : { problem: decoded.problem, atByte: decoded.atByte }),
  }
}

/** What `encode` needs of a printed frame. */
export type Encodable = Readonly<{ message: Message; envelope: Envelope; from: Start }>

/**
 * A message out of what `decode --json --reveal` printed: `mti` and `fields`, and `frame` for where it begins and its envelope.
 * The length prefix, or ETX and LRC, are made anew. Without `frame` the dialect's own envelope is used.
 *
 * @throws EmulatorError `FIELD_UNKNOWN` for a number that the dialect does not have; `FIELD_VALUE` for anything that is not of this shape
 */
export function fromJson(dialect: Dialect, json: unknown): Encodable {
  const { mti, fields, frame } = record(json, 'the message')
  const type = text(mti, 'mti')
  const named = Object.entries(record(fields, 'fields')).map(([path, value]) => {
    const name = nameAt(dialect, type, path)
    if (name === 'unknown') throw new EmulatorError('FIELD_UNKNOWN', { name: path, dialect: dialect.id })
    return [name, text(value, path)] as const
  })
  const message = { mti: type, fields: Object.fromEntries(named) }
  if (frame === undefined) return { message, envelope: {}, from: 'length' }
  const { length, lrc, tpdu, header } = record(frame, 'frame')
  const envelope = {
    ...(tpdu === undefined ? {} : { tpdu: text(tpdu, 'tpdu') }),
    ...(header === undefined ? {} : { header: text(header, 'header') }),
  }
  const from =
    length !== undefined || lrc !== undefined ? 'length' : tpdu !== undefined ? 'tpdu' : header !== undefined ? 'header' : 'mti'
  return { message, envelope, from }
}

function record(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.fromEntries(Object.entries(value))
  throw new EmulatorError('FIELD_VALUE', { path: what, name: 'JSON', because: 'it is no object' })
}

function text(value: unknown, path: string): string {
  if (typeof value === 'string') return value
  throw new EmulatorError('FIELD_VALUE', { path, name: 'JSON', because: `it is ${value === undefined ? 'missing' : 'no text'}` })
}
