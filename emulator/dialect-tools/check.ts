import type { Dialect, Field } from '../dialects/dialect.ts'
import { identify } from '../dialects/identify.ts'
import { formatText } from '../profile/dialect-format.ts'
import { fromHex } from '../values/hex.ts'
import type { Message } from '../values/message.ts'
import type { Decoded, Start } from '../wire/codec.ts'
import { codecFor } from '../wire/codec-of.ts'
import { parseTlv } from '../wire/tlv.ts'
import { likelyCauses } from './cause.ts'
import { strangeTexts } from './strange-text.ts'

/** Something about a sample that does not fit the dialect: where, what is there, what the dialect has there, and what may be behind it. */
export type Finding = Readonly<{ path: string; atByte?: number; says: string; expected?: string }>

export type Checked = Readonly<{
  decoded: Decoded
  /** Of the message table, `sale request`; `unknown`. */
  transaction: string
  findings: readonly Finding[]
  /** Changes of the dialect, each of which alone makes the sample fit. */
  causes: readonly string[]
}>

/** Lays a sample out under a dialect, and says everything that does not fit. A dialect without messages is asked for its fields alone. */
export function checkSample(dialect: Dialect, frame: Uint8Array, from: Start = 'length'): Checked {
  const codec = codecFor(dialect)
  const decoded = codec.decode(frame, { from })
  const message = decoded.ok ? decoded.message : decoded.partial
  const what = identify(dialect, message)
  const tables = dialect.messages.length === 0
  const findings = [
    ...ofDecoding(dialect, decoded).filter(({ path }) => !(tables && path === 'mti')),
    ...(decoded.ok ? ofRoundTrip(dialect, frame, decoded, from) : []),
    ...ofTexts(dialect, message),
    ...ofChipData(dialect, message),
    ...(decoded.ok && !tables ? ofMessage(dialect, message) : []),
  ]
  const broken = findings.some(({ path }) => path !== 'message')
  return {
    decoded,
    transaction: what === 'unknown' ? 'unknown' : `${what.name}${what.of === undefined ? '' : ` of ${what.of}`} ${what.kind}`,
    findings,
    causes: broken ? likelyCauses(dialect, frame, from, decoded) : [],
  }
}

function ofDecoding(dialect: Dialect, decoded: Decoded): readonly Finding[] {
  const at = (path: string): Pick<Finding, 'atByte'> => {
    const span = decoded.spans.find(each => each.path === path)
    return span === undefined ? {} : { atByte: span.offset }
  }
  const remarks = decoded.remarks.map(({ path, says }) => ({ path, ...at(path), says, ...expectedAt(dialect, path) }))
  if (decoded.ok) return remarks
  const { problem, atByte } = decoded
  return [
    ...remarks,
    { path: problem.path, atByte, says: `reading stopped: ${problem.says}`, ...expectedAt(dialect, problem.path) },
  ]
}

function expectedAt(dialect: Dialect, path: string): Pick<Finding, 'expected'> {
  const found = Object.entries(dialect.fields).find(([, { de }]) => String(de) === path)
  return found === undefined ? {} : { expected: `${found[0]}: ${fieldInWords(found[1], dialect)}` }
}

/** `n..19, packed, after a length of 2 packed digits, pad on the right` */
export function fieldInWords(field: Field, { encoding }: Pick<Dialect, 'encoding'>): string {
  const { of, length, justify } = field
  const own = { ...encoding, ...field.encoding }
  const digits = of === 'n' || of === 'z' || of === 'x+n'
  const written = digits
    ? { bcd: 'packed', ascii: 'in characters', ebcdic: 'in characters of EBCDIC' }[own.digits]
    : of === 'b'
      ? { binary: 'as bytes', hex: 'as hex digits', 'hex in EBCDIC': 'as hex digits of EBCDIC' }[own.bytes ?? 'binary']
      : { latin1: 'as text', gbk: 'as text (GBK)', ebcdic: 'as text of EBCDIC' }[own.text]
  const lengths = { bcd: 'packed digits', ascii: 'digits', ebcdic: 'digits of EBCDIC', binary: 'digits as a binary number' }
  const prefix = length.is === 'exactly' ? '' : `, after a length of ${length.prefix} ${lengths[own.prefix]}`
  const side = digits && own.digits === 'bcd' ? `, pad on the ${justify === 'left' ? 'right' : 'left'}` : ''
  return `${formatText(of, length)}, ${written}${prefix}${side}`
}

/** A frame that is read without a remark and written again otherwise would be a mistake of ours; one with remarks says where it differs. */
function ofRoundTrip(dialect: Dialect, frame: Uint8Array, decoded: Decoded & { ok: true }, from: Start): readonly Finding[] {
  if (decoded.remarks.length > 0) return []
  try {
    const again = codecFor(dialect).encode(decoded.message, { envelope: decoded.envelope, from }).frame
    if (Buffer.from(again).equals(frame)) return []
    const at = frame.findIndex((byte, no) => byte !== again[no])
    const span = decoded.spans.findLast(({ offset }) => offset <= at)
    return [
      { path: span?.path ?? 'end', atByte: at < 0 ? frame.length : at, says: 'written again, it has other bytes from here on' },
    ]
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown
    return [{ path: 'end', says: `it cannot be written again: ${thrown.message}` }]
  }
}

function ofTexts(dialect: Dialect, message: Message): readonly Finding[] {
  return strangeTexts(dialect, message).map(name => {
    const path = String(dialect.fields[name]?.de ?? name)
    return { path, says: 'more than half of its characters are beyond ASCII', ...expectedAt(dialect, path) }
  })
}

function ofChipData({ fields }: Dialect, message: Message): readonly Finding[] {
  return Object.entries(fields).flatMap(([name, { secret, of, de }]) => {
    const value = message.fields[name]
    if (secret !== 'chip' || of !== 'b' || value === undefined) return []
    const parsed = parseTlv(fromHex(value))
    return parsed.ok
      ? []
      : [{ path: String(de), says: `its objects break off at byte ${parsed.atByte} of the field: ${parsed.problem}` }]
  })
}

/** What the message table has otherwise: fields that are missing, and such as it does not have. */
function ofMessage(dialect: Dialect, message: Message): readonly Finding[] {
  const what = identify(dialect, message)
  const path = 'message'
  if (what === 'unknown') {
    const rows = dialect.messages.filter(({ request, reply, repeat }) => [request, reply, repeat].includes(message.mti))
    if (rows.length === 0) return []
    const known = rows.map(({ name, identity }) => `${name} (${pairs(identity)})`).join(', ')
    return [{ path, says: `none of the messages of type ${message.mti} has these values`, expected: known }]
  }
  const { row, kind, name } = what
  const approved = dialect.codes.approved.includes(message.fields.resultCode ?? '')
  const must = kind === 'request' ? row.must : approved ? row.replyMust : row.refusalMust
  const may = kind === 'request' ? row.may : [...row.replyMust, ...row.replyMay, ...row.refusalMust]
  const missing = must.filter(each => message.fields[each] === undefined)
  const lists = new Set([...must, ...may])
  const strange = Object.keys(message.fields).filter(each => Object.hasOwn(dialect.fields, each) && !lists.has(each))
  const list = kind === 'request' ? '`must` or `may`' : '`replyMust` or `replyMay`'
  return [
    ...missing.map(each => ({ path, says: `${each} is missing, which a ${name} ${kind} has to carry` })),
    ...strange.map(each => ({ path, says: `${each} is there, which is in neither ${list} of ${name}` })),
  ]
}

const pairs = (identity: Readonly<Record<string, string>>): string =>
  Object.entries(identity)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ') || 'whatever they are'
