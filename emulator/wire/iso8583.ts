import type { Dialect } from '../dialects/dialect.ts'
import { EmulatorError } from '../values/errors.ts'
import type { Message, Span } from '../values/message.ts'
import { alphabetBits, areCharactersOf, firstOutside } from './alphabet.ts'
import { bitmapBytes, setBit } from './bitmap.ts'
import type { Codec, Decoded, Encoded, Envelope, Start } from './codec.ts'
import { Cursor } from './cursor.ts'
import { nibbleOf, pack } from './digits.ts'
import { type Plan, planOf } from './plan.ts'
import { Pool } from './pool.ts'
import { readField } from './reader.ts'
import { Slots, writeField } from './writer.ts'

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
  const writing: Writing = { dialect, plan, pool: new Pool(), slots: new Slots() }
  return {
    encode: (message, options = {}) => encode(writing, message, options),
    decode: (frame, options = {}) => decode(dialect, plan, types, frame, options),
  }
}

/** What a codec writes with, one frame at a time. */
type Writing = Readonly<{ dialect: Dialect; plan: Plan; pool: Pool; slots: Slots }>

function encode({ dialect, plan, pool, slots }: Writing, message: Message, options: EncodeOptions): Encoded {
  const { framing, encoding } = dialect
  const from = options.from ?? 'length'
  const scratch = pool.room()
  const spans: Span[] = []
  const wanted = options.spans !== false
  const prefix: number = from === 'length' ? framing.prefixBytes : 0
  if (wanted && prefix > 0) spans.push({ path: 'length', offset: 0, length: prefix })
  const mtiAt = writeEnvelope(dialect, from, options.envelope, scratch, prefix, wanted ? spans : undefined)
  const bitmapAt = mtiAt + writeType(message.mti, encoding.digits, scratch, mtiAt)
  let at = bitmapAt + (encoding.bitmap === 'binary' ? bitmapBytes : bitmapBytes * 2)
  if (wanted)
    spans.push(
      { path: 'mti', offset: mtiAt, length: bitmapAt - mtiAt },
      { path: 'bitmap', offset: bitmapAt, length: at - bitmapAt },
    )
  slots.fill(plan, dialect, message.mti, message.fields)
  const { values } = slots
  const sealing = values[macField] === undefined && plan.byNumber[macField] ? options.seal : undefined
  writeBitmap(values, sealing !== undefined, encoding.bitmap, scratch, bitmapAt)
  for (let de = 2; de <= macField; de += 1) {
    const value = values[de] ?? (de === macField && sealing ? sealing(scratch.slice(mtiAt, at)) : undefined)
    const row = plan.byNumber[de]
    if (value === undefined || !row) continue
    const start = at
    at = writeField(row, dialect, value, scratch, at)
    if (wanted) spans.push({ path: row.path, offset: start, length: at - start })
  }
  if (prefix > 0) writeLength(at - prefix, scratch)
  return { frame: pool.keep(at), spans }
}

/** Writes TPDU and header where the frame has them, and says where the message begins. */
function writeEnvelope(
  dialect: Dialect,
  from: Start,
  envelope: Envelope | undefined,
  into: Uint8Array,
  prefix: number,
  spans: Span[] | undefined,
): number {
  const { tpduBytes, headerBytes, tpdu, header } = dialect.framing
  let at = prefix
  if (tpduBytes > 0 && (from === 'length' || from === 'tpdu'))
    at = writeHex('tpdu', envelope?.tpdu ?? tpdu, tpduBytes, into, at, spans)
  if (headerBytes > 0 && from !== 'mti') at = writeHex('header', envelope?.header ?? header, headerBytes, into, at, spans)
  return at
}

function writeHex(path: string, hex: string, bytes: number, into: Uint8Array, at: number, spans: Span[] | undefined): number {
  if (hex.length !== bytes * 2 || !/^[0-9A-Fa-f]*$/.test(hex))
    throw new EmulatorError('FIELD_VALUE', { path, name: path, because: `it is not ${bytes * 2} hex digits` })
  pack(hex, 'left', '0', into, at)
  spans?.push({ path, offset: at, length: bytes })
  return at + bytes
}

function writeType(mti: string, digits: 'bcd' | 'ascii', into: Uint8Array, at: number): number {
  if (!/^\d{4}$/.test(mti))
    throw new EmulatorError('FIELD_VALUE', { path: 'mti', name: 'message type', because: 'it is not four digits' })
  if (digits === 'bcd') return pack(mti, 'right', '0', into, at)
  for (let from = 0; from < 4; from += 1) into[at + from] = mti.charCodeAt(from)
  return 4
}

/** The bits of the fields that have values; hex digits are made of the bytes, which stand where the second half will be. */
function writeBitmap(
  values: readonly (string | undefined)[],
  sealed: boolean,
  form: 'binary' | 'hex',
  into: Uint8Array,
  at: number,
): void {
  const bytesAt = form === 'binary' ? at : at + bitmapBytes
  into.fill(0, bytesAt, bytesAt + bitmapBytes)
  for (let de = 2; de <= macField; de += 1) if (values[de] !== undefined || (sealed && de === macField)) setBit(into, bytesAt, de)
  if (form === 'hex') for (let no = 0; no < bitmapBytes; no += 1) writeHexByte(into[bytesAt + no] ?? 0, into, at + no * 2)
}

function writeHexByte(byte: number, into: Uint8Array, at: number): void {
  into[at] = '0123456789ABCDEF'.charCodeAt(byte >> 4)
  into[at + 1] = '0123456789ABCDEF'.charCodeAt(byte & 15)
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
  const { spans, remarks, problem } = cursor
  const message = { mti, fields }
  const read: Readout = { envelope: head.envelope, spans, remarks }
  if (head.length !== undefined) read.length = head.length
  if (covered) read.covered = covered
  return problem ? { ...read, ok: false, partial: message, problem, atByte: cursor.at } : { ...read, ok: true, message }
}

/** What every decoded frame has, as it is put together. */
type Readout = { -readonly [K in keyof Common]: Common[K] }
type Common = Omit<Decoded, 'ok' | 'message' | 'partial' | 'problem' | 'atByte'>

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
  const envelope: { tpdu?: string; header?: string } = {}
  const tpdu = from === 'length' || from === 'tpdu' ? readHex(cursor, 'tpdu', tpduBytes) : undefined
  if (tpdu !== undefined) envelope.tpdu = tpdu
  const header = from === 'mti' || cursor.problem ? undefined : readHex(cursor, 'header', headerBytes)
  if (header !== undefined) envelope.header = header
  return length === undefined ? { envelope } : { envelope, length }
}

function readHex(cursor: Cursor, path: string, bytes: number): string | undefined {
  if (bytes === 0 || !cursor.has(bytes, path)) return undefined
  const start = cursor.at
  cursor.at += bytes
  cursor.span(path, start)
  return cursor.hex(start * 2, bytes * 2)
}

function readType(cursor: Cursor, dialect: Dialect, types: ReadonlySet<string>): string {
  const packed = dialect.encoding.digits === 'bcd'
  const start = cursor.at
  if (!cursor.has(packed ? 2 : 4, 'mti')) return ''
  const mti = packed ? cursor.hex(start * 2, 4) : cursor.characters(start, 4)
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
  const bitmap = new Uint8Array(bitmapBytes)
  for (let no = 0; no < bytes; no += 1) {
    const nibble = nibbleOf(cursor.frame[start + no] ?? 0)
    if (nibble > 15) {
      cursor.at += no
      cursor.stop('bitmap', `character ${no + 1} of ${bytes} is no hex digit`)
      return undefined
    }
    bitmap[no >> 1] = ((bitmap[no >> 1] ?? 0) << 4) | nibble
  }
  cursor.at += bytes
  cursor.span('bitmap', start)
  if (!areCharactersOf(alphabetBits.b, cursor.frame, start, cursor.at))
    cursor.remark('bitmap', 'its hex digits are in lower case')
  return bitmap
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
