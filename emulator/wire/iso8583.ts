import type { Dialect } from '../dialects/dialect.ts'
import { EmulatorError } from '../values/errors.ts'
import type { Message, Span } from '../values/message.ts'
import { alphabetBits, areCharactersOf, firstOutside } from './alphabet.ts'
import { bit, bitmapBytes, firstBit, halfBitmap, writeHalf } from './bitmap.ts'
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
  const start = pool.room()
  const into = pool.bytes
  const spans: Span[] = []
  const wanted = options.spans !== false
  const prefix: number = from === 'length' ? framing.prefixBytes : 0
  if (wanted && prefix > 0) spans.push({ path: 'length', offset: 0, length: prefix })
  const mtiAt = writeEnvelope(dialect, from, options.envelope, into, start, prefix, wanted ? spans : undefined)
  const bitmapAt = mtiAt + writeType(message.mti, encoding.digits, into, mtiAt)
  const half = encoding.bitmap === 'binary' ? bitmapBytes / 2 : bitmapBytes
  let at = bitmapAt + half * 2
  if (wanted)
    spans.push(
      { path: 'mti', offset: mtiAt - start, length: bitmapAt - mtiAt },
      { path: 'bitmap', offset: bitmapAt - start, length: at - bitmapAt },
    )
  slots.fill(plan, dialect, message.mti, message.fields)
  const sealing = plan.byNumber[macField] && !slots.has(macField) ? options.seal : undefined
  const second = sealing === undefined ? slots.second : slots.second | bit(macField - 1 - halfBitmap)
  writeHalf(slots.first, encoding.bitmap, into, bitmapAt)
  writeHalf(second, encoding.bitmap, into, bitmapAt + half)
  for (let no = 0; no < 2; no += 1)
    for (let left = no === 0 ? slots.first : second; left !== 0; ) {
      const de = no * halfBitmap + firstBit(left) + 1
      left &= ~bit(firstBit(left))
      const value = de === macField && sealing ? sealing(into.slice(mtiAt, at)) : slots.values[de]
      const row = plan.byNumber[de]
      if (value === undefined || !row) continue
      const end = writeField(row, dialect, value, into, at)
      if (wanted) spans.push({ path: row.path, offset: at - start, length: end - at })
      at = end
    }
  if (prefix > 0) writeLength(at - start - prefix, into, start)
  return { frame: pool.keep(at), spans }
}

/** Writes TPDU and header where the frame has them, and says where the message begins. */
function writeEnvelope(
  dialect: Dialect,
  from: Start,
  envelope: Envelope | undefined,
  into: Uint8Array,
  start: number,
  prefix: number,
  spans: Span[] | undefined,
): number {
  const { tpduBytes, headerBytes, tpdu, header } = dialect.framing
  let at = start + prefix
  if (tpduBytes > 0 && (from === 'length' || from === 'tpdu')) {
    writeHex('tpdu', envelope?.tpdu ?? tpdu, tpduBytes, into, at)
    spans?.push({ path: 'tpdu', offset: at - start, length: tpduBytes })
    at += tpduBytes
  }
  if (headerBytes > 0 && from !== 'mti') {
    writeHex('header', envelope?.header ?? header, headerBytes, into, at)
    spans?.push({ path: 'header', offset: at - start, length: headerBytes })
    at += headerBytes
  }
  return at
}

function writeHex(path: string, hex: string, bytes: number, into: Uint8Array, at: number): void {
  const upper = hex.length === bytes * 2 && pack(hex, alphabetBits.b, 'left', '0', into, at)
  if (!upper && (hex.length !== bytes * 2 || !/^[0-9A-Fa-f]*$/.test(hex)))
    throw new EmulatorError('FIELD_VALUE', { path, name: path, because: `it is not ${bytes * 2} hex digits` })
}

function writeType(mti: string, digits: 'bcd' | 'ascii', into: Uint8Array, at: number): number {
  if (mti.length !== 4 || firstOutside(mti, 'n') !== 'inside')
    throw new EmulatorError('FIELD_VALUE', { path: 'mti', name: 'message type', because: 'it is not four digits' })
  if (digits === 'bcd') pack(mti, alphabetBits.n, 'right', '0', into, at)
  else for (let from = 0; from < 4; from += 1) into[at + from] = mti.charCodeAt(from)
  return digits === 'bcd' ? 2 : 4
}

function writeLength(length: number, into: Uint8Array, at: number): void {
  into[at] = length >> 8
  into[at + 1] = length & 255
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
  const { envelope, length } = head
  const decoded: Writable<Decoded> = problem
    ? { envelope, spans, remarks, ok: false, partial: message, problem, atByte: cursor.at }
    : { envelope, spans, remarks, ok: true, message }
  if (length !== undefined) decoded.length = length
  if (covered) decoded.covered = covered
  return decoded
}

/** While it is being put together. */
type Writable<T> = T extends unknown ? { -readonly [K in keyof T]: T[K] } : never

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
  if (types.has(mti)) return mti
  const inDigits = firstOutside(mti, 'n') === 'inside'
  cursor.remark('mti', inDigits ? `the dialect has no messages of type ${mti}` : 'it is not four decimal digits')
  return mti
}

/** The two halves of the bitmap, whichever way it is written. */
type Bitmap = Readonly<{ first: number; second: number }>

function readBitmap(cursor: Cursor, dialect: Dialect): Bitmap | undefined {
  const binary = dialect.encoding.bitmap === 'binary'
  const half = binary ? bitmapBytes / 2 : bitmapBytes
  const start = cursor.at
  if (!cursor.has(half * 2, 'bitmap')) return undefined
  if (binary) {
    cursor.at += half * 2
    cursor.span('bitmap', start)
    return { first: halfOfBytes(cursor.frame, start), second: halfOfBytes(cursor.frame, start + half) }
  }
  const upper = areCharactersOf(alphabetBits.b, cursor.frame, start, start + half * 2)
  for (let no = 0; !upper && no < half * 2; no += 1)
    if (nibbleOf(cursor.frame[start + no] ?? 0) > 15) {
      cursor.at += no
      cursor.stop('bitmap', `character ${no + 1} of ${half * 2} is no hex digit`)
      return undefined
    }
  cursor.at += half * 2
  cursor.span('bitmap', start)
  if (!upper) cursor.remark('bitmap', 'its hex digits are in lower case')
  return { first: halfOfHex(cursor.frame, start), second: halfOfHex(cursor.frame, start + half) }
}

function halfOfBytes(frame: Uint8Array, at: number): number {
  let half = 0
  for (let no = 0; no < 4; no += 1) half = (half << 8) | (frame[at + no] ?? 0)
  return half
}

function halfOfHex(frame: Uint8Array, at: number): number {
  let half = 0
  for (let no = 0; no < 8; no += 1) half = (half << 4) | nibbleOf(frame[at + no] ?? 0)
  return half
}

/** Reads what the bitmap announces until the end or the first field that cannot be read; tells what a MAC covers. */
function readFields(
  cursor: Cursor,
  dialect: Dialect,
  plan: Plan,
  mti: string,
  { first, second }: Bitmap,
  mtiAt: number,
  fields: Record<string, string>,
): Decoded['covered'] {
  for (let no = 0; no < 2; no += 1)
    for (let left = no === 0 ? first : second; left !== 0; ) {
      const de = no * halfBitmap + firstBit(left) + 1
      left &= ~bit(firstBit(left))
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
