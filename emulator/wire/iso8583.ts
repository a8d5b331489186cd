import type { Dialect } from '../dialects/dialect.ts'
import { EmulatorError } from '../values/errors.ts'
import { fromHex } from '../values/hex.ts'
import type { Message, Span } from '../values/message.ts'
import { firstOutside } from './alphabet.ts'
import { bitmapBytes, setBit } from './bitmap.ts'
import type { Codec, Decoded, Encoded, Envelope, Seal, Start } from './codec.ts'
import { Cursor } from './cursor.ts'
import { pack, unpack } from './digits.ts'
import { type Plan, planOf } from './plan.ts'
import { readField } from './reader.ts'
import { readText } from './text.ts'
import { valuesByNumber, writeField } from './writer.ts'

/** Bytes of the largest frame that can be written: more than all fields of a table at their longest. */
const scratchBytes = 8192

/** The number of the MAC field; it is the last one. */
const macField = 64

type EncodeOptions = NonNullable<Parameters<Codec['encode']>[1]>
type DecodeOptions = NonNullable<Parameters<Codec['decode']>[1]>

/**
 * The codec of a dialect of ISO 8583 with a primary bitmap. It keeps what it worked out: make it once for a dialect.
 *
 * @source ISO 8583:1987, 4; UnionPay POS fact sheet, 1 and 2
 */
export function codecFor(dialect: Dialect): Codec {
  const plan = planOf(dialect)
  const types = new Set(dialect.messages.flatMap(row => [row.request, row.reply]))
  const scratch = new Uint8Array(scratchBytes)
  return {
    encode: (message, options = {}) => encode(dialect, plan, scratch, message, options),
    decode: (frame, options = {}) => decode(dialect, plan, types, frame, options),
  }
}

function encode(dialect: Dialect, plan: Plan, scratch: Uint8Array, message: Message, options: EncodeOptions): Encoded {
  const { framing, encoding } = dialect
  const from = options.from ?? 'length'
  const spans: Span[] = []
  const wanted = options.spans !== false
  const note = (path: string, offset: number, end: number) => wanted && spans.push({ path, offset, length: end - offset })
  let at: number = from === 'length' ? framing.prefixBytes : 0
  if (at > 0) note('length', 0, at)
  for (const [path, bytes, value] of envelopeOf(dialect, from, options.envelope)) {
    note(path, at, at + bytes)
    scratch.set(envelopeBytes(path, value, bytes), at)
    at += bytes
  }
  const mtiAt = at
  at += writeType(message.mti, encoding.digits, scratch, at)
  note('mti', mtiAt, at)
  const bitmapAt = at
  at += encoding.bitmap === 'binary' ? bitmapBytes : bitmapBytes * 2
  note('bitmap', bitmapAt, at)
  const bitmap = new Uint8Array(bitmapBytes)
  const values = valuesByNumber(plan, dialect, message.mti, message.fields)
  for (let de = 2; de < macField; de += 1) {
    const value = values[de]
    const row = plan.byNumber[de]
    if (value === undefined || !row) continue
    setBit(bitmap, 0, de)
    const start = at
    at = writeField(row, dialect, value, scratch, at)
    note(row.path, start, at)
  }
  const mac = plan.byNumber[macField]
  const sealing = values[macField] === undefined ? options.seal : undefined
  if (mac && (sealing || values[macField] !== undefined)) {
    setBit(bitmap, 0, macField)
    writeBitmap(bitmap, encoding.bitmap, scratch, bitmapAt)
    const start = at
    at = writeField(mac, dialect, values[macField] ?? sealed(sealing, scratch.slice(mtiAt, at)), scratch, at)
    note(mac.path, start, at)
  } else writeBitmap(bitmap, encoding.bitmap, scratch, bitmapAt)
  if (from === 'length' && framing.prefixBytes > 0) writeLength(at - framing.prefixBytes, scratch)
  return { frame: scratch.slice(0, at), spans }
}

function sealed(seal: Seal | undefined, covered: Uint8Array): string {
  return seal ? seal(covered) : ''
}

function envelopeOf(dialect: Dialect, from: Start, envelope: Envelope = {}): (readonly ['tpdu' | 'header', number, string])[] {
  const { tpduBytes, headerBytes, tpdu, header } = dialect.framing
  const parts: (readonly ['tpdu' | 'header', number, string])[] = []
  if (tpduBytes > 0 && (from === 'length' || from === 'tpdu')) parts.push(['tpdu', tpduBytes, envelope.tpdu ?? tpdu])
  if (headerBytes > 0 && from !== 'mti') parts.push(['header', headerBytes, envelope.header ?? header])
  return parts
}

function envelopeBytes(path: string, hex: string, bytes: number): Uint8Array {
  if (!/^[0-9A-Fa-f]*$/.test(hex) || hex.length !== bytes * 2)
    throw new EmulatorError('FIELD_VALUE', { path, name: path, because: `it is not ${bytes * 2} hex digits` })
  return fromHex(hex)
}

function writeType(mti: string, digits: 'bcd' | 'ascii', into: Uint8Array, at: number): number {
  if (!/^\d{4}$/.test(mti))
    throw new EmulatorError('FIELD_VALUE', { path: 'mti', name: 'message type', because: 'it is not four digits' })
  if (digits === 'bcd') return pack(mti, 'right', '0', into, at)
  for (let from = 0; from < 4; from += 1) into[at + from] = mti.charCodeAt(from)
  return 4
}

function writeBitmap(bitmap: Uint8Array, form: 'binary' | 'hex', into: Uint8Array, at: number): void {
  if (form === 'binary') into.set(bitmap, at)
  else {
    const text = unpack(bitmap, 0, bitmapBytes)
    for (let from = 0; from < text.length; from += 1) into[at + from] = text.charCodeAt(from)
  }
}

function writeLength(length: number, into: Uint8Array): void {
  into[0] = length >> 8
  into[1] = length & 255
}

function decode(dialect: Dialect, plan: Plan, types: ReadonlySet<string>, frame: Uint8Array, options: DecodeOptions): Decoded {
  const cursor = new Cursor(frame, options.spans !== false)
  const head = readHead(cursor, dialect, options.from ?? 'length')
  const fields: Record<string, string> = {}
  const mtiAt = cursor.at
  const mti = cursor.problem ? '' : readType(cursor, dialect, types)
  const bitmap = cursor.problem ? undefined : readBitmap(cursor, dialect)
  const covered = bitmap ? readFields(cursor, dialect, plan, mti, bitmap, mtiAt, fields) : undefined
  const left = frame.length - cursor.at
  if (!cursor.problem && left > 0) cursor.remark('end', `${left} ${left === 1 ? 'byte follows' : 'bytes follow'} the last field`)
  const read = { ...head, spans: cursor.spans, remarks: cursor.remarks, ...(covered ? { covered } : {}) }
  const message = { mti, fields }
  if (!cursor.problem) return { ...read, ok: true, message }
  return { ...read, ok: false, partial: message, problem: cursor.problem, atByte: cursor.at }
}

function readHead(cursor: Cursor, dialect: Dialect, from: Start): { envelope: Envelope; length?: number } {
  const { prefixBytes, tpduBytes, headerBytes } = dialect.framing
  let length: number | undefined
  if (from === 'length' && prefixBytes > 0) {
    if (!cursor.has(prefixBytes, 'length')) return { envelope: {} }
    length = ((cursor.frame[0] ?? 0) << 8) | (cursor.frame[1] ?? 0)
    cursor.at = prefixBytes
    cursor.span('length', 0)
    const follow = cursor.frame.length - prefixBytes
    if (length !== follow) cursor.remark('length', `it says ${length} bytes; ${follow} follow`)
  }
  const tpdu = from === 'length' || from === 'tpdu' ? readHex(cursor, 'tpdu', tpduBytes) : undefined
  const header = from === 'mti' || cursor.problem ? undefined : readHex(cursor, 'header', headerBytes)
  const envelope = { ...(tpdu === undefined ? {} : { tpdu }), ...(header === undefined ? {} : { header }) }
  return length === undefined ? { envelope } : { envelope, length }
}

function readHex(cursor: Cursor, path: string, bytes: number): string | undefined {
  if (bytes === 0 || !cursor.has(bytes, path)) return undefined
  const start = cursor.at
  cursor.at += bytes
  cursor.span(path, start)
  return unpack(cursor.frame, start, bytes)
}

function readType(cursor: Cursor, dialect: Dialect, types: ReadonlySet<string>): string {
  const packed = dialect.encoding.digits === 'bcd'
  const start = cursor.at
  if (!cursor.has(packed ? 2 : 4, 'mti')) return ''
  const mti = packed ? unpack(cursor.frame, start, 2) : readText(cursor.frame, start, 4, 'latin1')
  cursor.at += packed ? 2 : 4
  cursor.span('mti', start)
  if (firstOutside(mti, 'n') !== 'inside') cursor.remark('mti', 'it is not four decimal digits')
  else if (!types.has(mti)) cursor.remark('mti', `the dialect has no messages of type ${mti}`)
  return mti
}

/** The bytes of the bitmap, whichever way it is written. */
function readBitmap(cursor: Cursor, dialect: Dialect): Uint8Array | undefined {
  const binary = dialect.encoding.bitmap === 'binary'
  const bytes = binary ? bitmapBytes : bitmapBytes * 2
  const start = cursor.at
  if (!cursor.has(bytes, 'bitmap')) return undefined
  if (binary) {
    cursor.at += bytes
    cursor.span('bitmap', start)
    return cursor.frame.subarray(start, cursor.at)
  }
  const text = readText(cursor.frame, start, bytes, 'latin1')
  const odd = text.search(/[^0-9A-Fa-f]/)
  if (odd >= 0) {
    cursor.at += odd
    cursor.stop('bitmap', `character ${odd + 1} of ${bytes} is no hex digit`)
    return undefined
  }
  cursor.at += bytes
  cursor.span('bitmap', start)
  if (firstOutside(text, 'b') !== 'inside') cursor.remark('bitmap', 'its hex digits are in lower case')
  return fromHex(text)
}

/** Reads what the bitmap announces until the end or the first field that cannot be read; tells what a MAC covers. */
function readFields(
  cursor: Cursor,
  dialect: Dialect,
  plan: Plan,
  mti: string,
  bitmap: Uint8Array,
  mtiAt: number,
  fields: Record<string, string>,
): Decoded['covered'] {
  for (let de = 1; de <= 64; de += 1) {
    if (((bitmap[(de - 1) >> 3] ?? 0) & (0x80 >> ((de - 1) & 7))) === 0) continue
    const row = plan.byNumber[de]
    if (!row) {
      cursor.stop(String(de), `bit ${de} of the bitmap is set, and the dialect has no such field`)
      return undefined
    }
    const start = cursor.at
    if (!readField(cursor, row, dialect, mti, fields)) return undefined
    if (de === macField) return { offset: mtiAt, length: start - mtiAt }
  }
  return undefined
}
