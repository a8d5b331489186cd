import type { Dialect, DigitEncoding } from '../dialects/dialect.ts'
import { EmulatorError } from '../values/errors.ts'
import type { Message, Span } from '../values/message.ts'
import { alphabetBits, firstOutside } from './alphabet.ts'
import { bit, bitmapBytes, firstBit, halfBitmap, halves, readBitmaps, writeBitmaps } from './bitmap.ts'
import type { Codec, Decoded, Encoded } from './codec.ts'
import { Cursor } from './cursor.ts'
import { pack } from './digits.ts'
import { ebcdicText, toEbcdic } from './ebcdic.ts'
import { readHead, readTail, writeHead, writeTail } from './envelope.ts'
import { type Plan, planOf } from './plan.ts'
import { Pool } from './pool.ts'
import { readField } from './reader.ts'
import { Slots, writeField } from './writer.ts'

type EncodeOptions = NonNullable<Parameters<Codec['encode']>[1]>
type DecodeOptions = NonNullable<Parameters<Codec['decode']>[1]>

/**
 * The codec of a dialect of ISO 8583, with one to three bitmaps. It keeps what it worked out: make it once for a dialect.
 *
 * Bitmaps stand one behind the other, before all fields: a secondary one when a field above 64 is there, a tertiary one above 128.
 *
 * @throws EmulatorError `FIELD_VALUE` for a field that stands where no field can
 * @source ISO 8583:1987, 4; ISO 8583:2003, 5; UnionPay POS fact sheet, 1 and 2
 */
export function codecFor(dialect: Dialect): Codec {
  const plan = planOf(dialect)
  const types = new Set(dialect.messages.flatMap(row => [row.request, row.repeat ?? row.request, row.reply]))
  const writing: Writing = { dialect, plan, pool: new Pool(plan.largest), slots: new Slots() }
  const reading: Reading = { dialect, plan, types, bits: new Int32Array(halves) }
  return {
    encode: (message, options = {}) => encode(writing, message, options),
    decode: (frame, options = {}) => decode(reading, frame, options),
  }
}

/** What a codec writes with, one frame at a time. */
type Writing = Readonly<{ dialect: Dialect; plan: Plan; pool: Pool; slots: Slots }>

/** What it reads with; `bits` are those of the frame being read. */
type Reading = Readonly<{ dialect: Dialect; plan: Plan; types: ReadonlySet<string>; bits: Int32Array }>

function encode({ dialect, plan, pool, slots }: Writing, message: Message, options: EncodeOptions): Encoded {
  const { framing, encoding } = dialect
  const from = options.from ?? 'length'
  const start = pool.room()
  const into = pool.bytes
  const spans: Span[] = []
  const wanted = options.spans !== false
  const mtiAt = writeHead(framing, from, options.envelope, into, start, wanted ? spans : undefined)
  const bitmapAt = mtiAt + writeType(message.mti, encoding.type ?? encoding.digits, into, mtiAt)
  slots.fill(plan, dialect, message.mti, message.fields)
  const sealAt = options.seal ? placeOfSeal(plan, slots) : 0
  let at = bitmapAt + bitmapBytes(encoding.bitmap, slots.bitmaps)
  if (wanted)
    spans.push(
      { path: 'mti', offset: mtiAt - start, length: bitmapAt - mtiAt },
      { path: 'bitmap', offset: bitmapAt - start, length: at - bitmapAt },
    )
  writeBitmaps(slots.bits, slots.bitmaps, encoding.bitmap, into, bitmapAt)
  const { bits, values, bitmaps } = slots
  const { byNumber } = plan
  for (let half = 0; half < bitmaps * 2; half += 1)
    for (let left = bits[half] ?? 0; left !== 0; ) {
      const place = firstBit(left)
      const de = half * halfBitmap + place + 1
      left &= ~bit(place)
      const value = de === sealAt ? options.seal?.(into.slice(mtiAt, at)) : values[de]
      const row = byNumber[de]
      if (value === undefined || !row) continue
      const end = writeField(row, dialect, value, into, at)
      if (wanted) spans.push({ path: row.path, offset: at - start, length: end - at })
      at = end
    }
  if (from === 'length') at = writeTail(framing.form, into, start, at, wanted ? spans : undefined)
  return { frame: pool.keep(at), spans }
}

/** Sets the bit of the MAC that is still to be made and tells its number; 0 where the dialect has none, or the message its own. */
function placeOfSeal({ mac }: Plan, slots: Slots): number {
  if (!mac) return 0
  const de = mac.field.standsLast ? slots.lastPlace(mac.de) : mac.de
  if (slots.has(de)) return 0
  slots.put(de, '')
  return de
}

function writeType(mti: string, digits: DigitEncoding, into: Uint8Array, at: number): number {
  if (mti.length !== 4 || firstOutside(mti, 'n') !== 'inside')
    throw new EmulatorError('FIELD_VALUE', { path: 'mti', name: 'message type', because: 'it is not four digits' })
  if (digits === 'bcd') {
    pack(mti, alphabetBits.n, 'right', '0', into, at)
    return 2
  }
  for (let from = 0; from < 4; from += 1) into[at + from] = mti.charCodeAt(from)
  if (digits === 'ebcdic') toEbcdic(into, at, at + 4)
  return 4
}

function decode(reading: Reading, frame: Uint8Array, options: DecodeOptions): Decoded {
  const { dialect, plan, bits } = reading
  const cursor = new Cursor(frame, options.spans !== false)
  const from = options.from ?? 'length'
  const head = readHead(cursor, dialect.framing, from)
  const fields: Record<string, string> = {}
  const mtiAt = cursor.at
  const mti = cursor.problem ? '' : readType(cursor, reading)
  const bitmaps = cursor.problem ? 'unreadable' : readBitmaps(cursor, dialect.encoding.bitmap, plan.bitmaps, bits)
  const covered = bitmaps === 'unreadable' ? undefined : readFields(cursor, reading, mti, bitmaps, mtiAt, fields)
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

function readType(cursor: Cursor, { dialect: { encoding }, types }: Reading): string {
  const digits = encoding.type ?? encoding.digits
  const bytes = digits === 'bcd' ? 2 : 4
  const start = cursor.at
  if (!cursor.has(bytes, 'mti')) return ''
  const mti =
    digits === 'bcd'
      ? cursor.hex(start * 2, 4)
      : digits === 'ebcdic'
        ? ebcdicText(cursor.frame, start, 4)
        : cursor.characters(start, 4)
  cursor.at += bytes
  cursor.span('mti', start)
  if (types.has(mti)) return mti
  const inDigits = firstOutside(mti, 'n') === 'inside'
  cursor.remark('mti', inDigits ? `the dialect has no messages of type ${mti}` : 'it is not four decimal digits')
  return mti
}

/** Reads what the bitmaps announce until the end or the first field that cannot be read; tells what a MAC covers. */
function readFields(
  cursor: Cursor,
  { dialect, plan, bits }: Reading,
  mti: string,
  bitmaps: number,
  mtiAt: number,
  fields: Record<string, string>,
): Decoded['covered'] {
  const { byNumber } = plan
  let covered: Decoded['covered']
  for (let half = 0; half < bitmaps * 2; half += 1)
    for (let left = bits[half] ?? 0; left !== 0; ) {
      const place = firstBit(left)
      const de = half * halfBitmap + place + 1
      left &= ~bit(place)
      const row = byNumber[de]
      if (!row) {
        cursor.stop(String(de), `bit ${de} of the bitmap is set, and the dialect has no such field`)
        return undefined
      }
      const start = cursor.at
      if (!readField(cursor, row, dialect, mti, fields)) return undefined
      if (row.name !== 'mac') continue
      covered = { offset: mtiAt, length: start - mtiAt }
      if (row.field.standsLast && de !== bitmaps * 64)
        cursor.remark(row.path, `the MAC stands here; it is due last, in ${bitmaps * 64}`)
    }
  return covered
}
