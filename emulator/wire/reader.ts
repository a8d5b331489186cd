import type { Dialect } from '../dialects/dialect.ts'
import { divide } from '../dialects/parts.ts'
import { firstOutside, inWords } from './alphabet.ts'
import type { Cursor } from './cursor.ts'
import { unpack } from './digits.ts'
import type { Row } from './plan.ts'
import { readPrefix } from './prefix.ts'
import { asBytes, fromBytes, isWide, readText } from './text.ts'

/** Reads one field and puts it, and its parts, under their names. `false`: it could not be read; the cursor says why. */
export function readField(cursor: Cursor, row: Row, dialect: Dialect, mti: string, fields: Record<string, string>): boolean {
  const start = cursor.at
  let length = row.field.length.count
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
  const value = packed
    ? readPacked(cursor, row, dialect, length)
    : row.form === 'bytes'
      ? unpack(cursor.frame, from, bytes)
      : readCharacters(cursor, row, dialect, bytes)
  cursor.at = from + bytes
  cursor.span(row.path, start)
  fields[row.name] = value
  if (row.layouts.length > 0) readParts(cursor, row, dialect, mti, value, from, packed, fields)
  if (row.field.holds !== undefined) checkHeld(cursor, row, from, bytes)
  return true
}

function readPacked(cursor: Cursor, row: Row, dialect: Dialect, digits: number): string {
  const all = unpack(cursor.frame, cursor.at, (digits + 1) >> 1)
  const odd = digits % 2 === 1
  const value = odd ? (row.justify === 'left' ? all.slice(0, -1) : all.slice(1)) : all
  if (odd) {
    const pad = row.justify === 'left' ? all.slice(-1) : all.slice(0, 1)
    if (pad !== '0' && !(pad === 'F' && row.field.of === 'z')) cursor.remark(row.path, `the pad nibble is ${pad}, not 0`)
  }
  const at = firstOutside(value, row.field.of)
  if (at === 'inside' || (row.field.of === 'z' && dialect.encoding.tracksEncrypted)) return value
  cursor.remark(row.path, `nibble ${at + 1} of ${digits} is not ${inWords[row.field.of]}`)
  return value
}

function readCharacters(cursor: Cursor, row: Row, dialect: Dialect, bytes: number): string {
  const text = readText(cursor.frame, cursor.at, bytes, row.form === 'text' ? dialect.encoding.text : 'latin1')
  const value = row.field.of === 'z' && dialect.encoding.trackSeparator === '=' ? text.replace('=', 'D') : text
  const at = firstOutside(value, row.field.of)
  if (at !== 'inside') cursor.remark(row.path, `character ${at + 1} of ${value.length} is not ${inWords[row.field.of]}`)
  return value
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
  const held = readText(cursor.frame, from, bytes, 'latin1')
  const at = firstOutside(held, 'b')
  if (at === 'inside') return
  const lower = /^[0-9A-Fa-f]*$/.test(held)
  cursor.remark(row.path, lower ? 'its hex characters are in lower case' : `character ${at + 1} of ${bytes} is no hex digit`)
}
