import type { Dialect } from '../dialects/dialect.ts'
import { matches } from '../dialects/matches.ts'
import { cutterFor } from '../transport/frame-cutter.ts'
import type { Message } from '../values/message.ts'
import type { Codec, Decoded } from '../wire/codec.ts'

/** How a message is said on the line: its tables with what stands around it, and the codec of both. */
export type Spoken = Readonly<{ dialect: Dialect; codec: Codec }>

/** What somebody else's bytes are, where their beginning tells. */
export type OtherProtocol = Readonly<{ protocol: string; says: string }>

/**
 * What bytes that came in answer to a request are, read in one way.
 *
 * `itself`: the request came back. `no frame`: they cannot be cut. `no message`: the frame does not read to its end, or not as any reply of the tables.
 * `another`: a reply, but not to this request; `differs` names the fields.
 */
export type Reading =
  | Readonly<{ is: 'nothing' }>
  | (Readonly<{ is: 'other protocol' }> & OtherProtocol)
  | Readonly<{ is: 'itself' }>
  | Readonly<{ is: 'no frame'; says: string; came: number }>
  | (Readonly<{ is: 'no message'; says: string; atByte: number }> & Framed)
  | (Readonly<{ is: 'another'; message: Message; decoded: Decoded; differs: readonly string[] }> & Framed)
  | (Readonly<{ is: 'answer'; message: Message; decoded: Decoded }> & Framed)

/** The frame that was read, and how many bytes came after it. */
type Framed = Readonly<{ frame: Uint8Array; rest: number }>

/** Reads bytes as the answer to a request. Nothing is corrected: where they do not fit, that is what is found. */
export function readAnswer(spoken: Spoken, asked: Message, sent: Uint8Array, came: Uint8Array): Reading {
  if (came.length === 0) return { is: 'nothing' }
  if (Buffer.compare(came, sent) === 0) return { is: 'itself' }
  const foreign = otherProtocol(came)
  if (foreign !== undefined) return { is: 'other protocol', ...foreign }
  const cutter = cutterFor(spoken.dialect.framing.form)()
  const frames = cutter.push(came)
  const readings = frames.map((frame, no) => readFrame(spoken, asked, frame, came.length - lengthOf(frames.slice(0, no + 1))))
  const best = readings.find(({ is }) => is === 'answer') ?? readings[0]
  if (best !== undefined) return best
  const says = cutter.problem?.() ?? 'they begin like a frame, and its end did not come'
  return { is: 'no frame', says, came: came.length }
}

const lengthOf = (frames: readonly Uint8Array[]): number => frames.reduce((sum, { length }) => sum + length, 0)

function readFrame({ dialect, codec }: Spoken, asked: Message, frame: Uint8Array, rest: number): Reading {
  const decoded = codec.decode(frame)
  if (!decoded.ok) {
    const { path, says } = decoded.problem
    return { is: 'no message', says: `field ${path}: ${says}`, atByte: decoded.atByte, frame, rest }
  }
  const odd = unlikely(dialect, decoded)
  if (odd !== undefined) return { is: 'no message', says: odd, atByte: 0, frame, rest }
  const { message } = decoded
  const { matches: isAnswer, differs } = matches(dialect, asked, message)
  return isAnswer ? { is: 'answer', message, decoded, frame, rest } : { is: 'another', message, decoded, differs, frame, rest }
}

/** The type of the first message in bytes that nobody asked for, if they are one. */
export function unasked({ dialect, codec }: Spoken, bytes: Uint8Array): string | undefined {
  const [frame] = cutterFor(dialect.framing.form)().push(bytes)
  const decoded = frame === undefined ? undefined : codec.decode(frame)
  return decoded?.ok && unlikely(dialect, decoded) === undefined ? decoded.message.mti : undefined
}

/** Why something that decodes is hardly a message all the same: a type that there is not, or bytes after the last field. */
function unlikely(dialect: Dialect, { remarks }: Decoded): string | undefined {
  const mti = remarks.find(({ path }) => path === 'mti')
  if (mti !== undefined) return `the message type: ${mti.says}`
  const end = remarks.find(({ path }) => path === 'end')
  return end === undefined ? undefined : `after the last field of ${dialect.id}: ${end.says}`
}

/** How sure a reading is that it is the right one: an answer above another reply, everything else is no reading at all. */
export function fits(reading: Reading): 'answer' | 'another' | 'no' {
  return reading.is === 'answer' || reading.is === 'another' ? reading.is : 'no'
}

/** Protocols that are known by how they begin. */
const beginnings: readonly (readonly [protocol: string, begins: RegExp])[] = [
  ['HTTP', /^HTTP\/\d(?:\.\d)? \d{3}[ A-Za-z-]*/],
  ['SSH', /^SSH-\d[\w.-]*/],
  ['SMTP or FTP', /^(?:220|421)[ -][^\r\n]{0,60}/],
  ['POP3', /^\+OK/],
  ['IMAP', /^\* OK/],
  ['HTML', /^\s*<(?:!doctype|html)/i],
]

/** What speaks like that. A TLS alert or handshake is known by its record header. */
export function otherProtocol(bytes: Uint8Array): OtherProtocol | undefined {
  const [type, major, minor] = bytes
  if ((type === 0x15 || type === 0x16) && major === 0x03 && minor !== undefined && minor <= 4) {
    const says = type === 0x15 ? `a TLS alert (${alerts[bytes[6] ?? 0] ?? `number ${bytes[6] ?? '?'}`})` : 'a TLS handshake'
    return { protocol: 'TLS', says }
  }
  const text = Buffer.from(bytes.subarray(0, 80)).toString('latin1')
  for (const [protocol, begins] of beginnings) {
    const found = begins.exec(text)?.[0]
    if (found !== undefined) return { protocol, says: `it begins with ${JSON.stringify(blotted(found.trim()))}` }
  }
  return undefined
}

/** @source RFC 8446, 6 */
const alerts: Readonly<Record<number, string>> = {
  10: 'unexpected message',
  22: 'record overflow',
  40: 'handshake failure',
  42: 'bad certificate',
  46: 'certificate unknown',
  47: 'illegal parameter',
  48: 'unknown CA',
  50: 'decode error',
  70: 'protocol version',
  80: 'internal error',
  112: 'unrecognised name',
  116: 'certificate required',
}

/** Text of a stranger may hold anything: long runs of digits are not shown. */
export function blotted(text: string): string {
  return text.replace(/\d{9,}/g, digits => '•'.repeat(digits.length)).replace(/[^\x20-\x7e•]/g, '·')
}
