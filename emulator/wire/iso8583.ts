import type { Dialect } from '../dialects/dialect.ts'
import { EmulatorError } from '../values/errors.ts'
import type { Message, Span } from '../values/message.ts'
import { alphabetBits, areCharactersOf, firstOutside } from './alphabet.ts'
import { bit, bitmapBytes, firstBit, halfBitmap, writeHalf } from './bitmap.ts'
import type { Codec, Decoded, Encoded } from './codec.ts'
import { Cursor } from './cursor.ts'
import { nibbleOf, pack } from './digits.ts'
import { readHead, readTail, writeHead, writeTail } from './envelope.ts'
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
  const mtiAt = writeHead(framing, from, options.envelope, into, start, wanted ? spans : undefined)
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
  if (from === 'length') at = writeTail(framing.form, into, start, at, wanted ? spans : undefined)
  return { frame: pool.keep(at), spans }
}

function writeType(mti: string, digits: 'bcd' | 'ascii', into: Uint8Array, at: number): number {
  if (mti.length !== 4 || firstOutside(mti, 'n') !== 'inside')
    throw new EmulatorError('FIELD_VALUE', { path: 'mti', name: 'message type', because: 'it is not four digits' })
  if (digits === 'bcd') pack(mti, alphabetBits.n, 'right', '0', into, at)
  else for (let from = 0; from < 4; from += 1) into[at + from] = mti.charCodeAt(from)
  return digits === 'bcd' ? 2 : 4
}

function decode(dialect: Dialect, plan: Plan, types: ReadonlySet<string>, frame: Uint8Array, options: DecodeOptions): Decoded {
  const cursor = new Cursor(frame, options.spans !== false)
  const from = options.from ?? 'length'
  const head = readHead(cursor, dialect.framing, from)
  const fields: Record<string, string> = {}
  const mtiAt = cursor.at
  const mti = cursor.problem ? '' : readType(cursor, dialect, types)
  const bitmap = cursor.problem ? undefined : readBitmap(cursor, dialect)
  const covered = bitmap ? readFields(cursor, dialect, plan, mti, bitmap, mtiAt, fields) : undefined
  if (!cursor.problem) readTail(cursor, dialect.framing.form, from)
  const { spans, remarks, problem } = cursor
  const message = { mti, fields }
  const { envelope, length, lrc } = head
  const decoded: Writable<Decoded> = problem
    ? { envelope, spans, remarks, ok: false, partial: message, problem, atByte: cursor.at }
    : { envelope, spans, remarks, ok: true, message }
  if (length !== undefined) decoded.length = length
  if (lrc !== undefined) decoded.lrc = lrc
  if (covered) decoded.covered = covered
  return decoded
}

/** While it is being put together. */
type Writable<T> = T extends unknown ? { -readonly [K in keyof T]: T[K] } : never

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
