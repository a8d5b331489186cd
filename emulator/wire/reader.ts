import type { Dialect } from '../dialects/dialect.ts'
import { divide } from '../dialects/parts.ts'
import { alphabetBits, areCharactersOf, areDigitsOf, firstOutside, inWords } from './alphabet.ts'
import type { Cursor } from './cursor.ts'
import type { Row } from './plan.ts'
import { readPrefix } from './prefix.ts'
import { asBytes, fromBytes, isWide, readWide } from './text.ts'

/** Reads one field and puts it, and its parts, under their names. `false`: it could not be read; the cursor says why. */
export function readField(cursor: Cursor, row: Row, dialect: Dialect, mti: string, fields: Record<string, string>): boolean {
  const start = cursor.at
  let length = row.count
  if (row.prefix !== 0) {
    const said = readPrefix(cursor, row.prefix, dialect.encoding.prefix, row.path)
    if (said === 'unreadable') return false
    if (said > length) cursor.remark(row.path, `its length says ${said}; ${length} at most`)
    length = said
  }
  const from = cursor.at
  const packed = row.form === 'digits' && dialect.encoding.digits === 'bcd'
  const bytes = packed ? (length + 1) >> 1 : length
  if (!cursor.has(bytes, row.path)) return false
  let value: string
  if (packed) value = readPacked(cursor, row, dialect, length)
  else if (row.form === 'bytes') value = cursor.hex(from * 2, bytes * 2)
  else value = readCharacters(cursor, row, dialect, bytes)
  cursor.at = from + bytes
  cursor.span(row.path, start)
  fields[row.name] = value
  if (row.layouts.length > 0) readParts(cursor, row, dialect, mti, value, from, packed, fields)
  if (row.field.holds !== undefined) checkHeld(cursor, row, from, bytes)
  return true
}

function readPacked(cursor: Cursor, row: Row, dialect: Dialect, digits: number): string {
  const { at, frame } = cursor
  const odd = digits & 1
  const end = at + ((digits + odd) >> 1)
  const left = row.justify === 'left'
  const value = cursor.hex(at * 2 + (left ? 0 : odd), digits)
  const pad = odd === 0 ? 0 : left ? (frame[end - 1] ?? 0) & 15 : (frame[at] ?? 0) >> 4
  if (pad === 0 && areDigitsOf(row.alphabet, frame, at, end)) return value
  const isTrack = row.field.of === 'z'
  if (pad !== 0 && !(pad === 15 && isTrack)) cursor.remark(row.path, `the pad nibble is ${pad.toString(16).toUpperCase()}, not 0`)
  const outside = firstOutside(value, row.field.of)
  if (outside !== 'inside' && !(isTrack && dialect.encoding.tracksEncrypted))
    cursor.remark(row.path, `nibble ${outside + 1} of ${digits} is not ${inWords[row.field.of]}`)
  return value
}

function readCharacters(cursor: Cursor, row: Row, dialect: Dialect, bytes: number): string {
  const { at, frame } = cursor
  const text = cursor.characters(at, bytes)
  if (areCharactersOf(row.wired, frame, at, at + bytes)) return row.wired === row.alphabet ? text : text.replace('=', 'D')
  const value = otherwise(cursor, row, dialect, text)
  const outside = firstOutside(value, row.field.of)
  if (outside !== 'inside') cursor.remark(row.path, `character ${outside + 1} of ${value.length} is not ${inWords[row.field.of]}`)
  return value
}

/** A track with its separator as values have it, or text of more than ASCII. */
function otherwise(cursor: Cursor, row: Row, { encoding }: Dialect, text: string): string {
  if (row.field.of === 'z') return encoding.trackSeparator === '=' ? text.replace('=', 'D') : text
  return row.form === 'text' && isWide(text) ? readWide(cursor.frame, cursor.at, text.length, encoding.text) : text
}

function readParts(
  cursor: Cursor,
  row: Row,
  dialect: Dialect,
  mti: string,
  value: string,
  from: number,
  packed: boolean,
  fields: Record<string, string>,
): void {
  const { encoding } = dialect
  const wide = row.form === 'text' && isWide(value)
  const { pieces, odd } = divide(row.layouts, mti, wide ? asBytes(value, encoding.text) : value)
  for (const piece of pieces) {
    fields[piece.name] = wide ? fromBytes(piece.value, encoding.text) : piece.value
    const end = piece.from + piece.value.length
    const first = packed ? piece.from >> 1 : piece.from
    cursor.spanOf(piece.path, from + first, (packed ? (end + 1) >> 1 : end) - first)
  }
  if (odd !== undefined) cursor.remark(row.path, odd)
}

/** Bytes that are text in their turn: a MAC is eight upper-case hex characters. */
function checkHeld(cursor: Cursor, row: Row, from: number, bytes: number): void {
  if (areCharactersOf(alphabetBits.b, cursor.frame, from, from + bytes)) return
  const held = cursor.characters(from, bytes)
  const at = firstOutside(held, 'b')
  const lower = /^[0-9A-Fa-f]*$/.test(held)
  cursor.remark(
    row.path,
    lower || at === 'inside' ? 'its hex characters are in lower case' : `character ${at + 1} of ${bytes} is no hex digit`,
  )
}
