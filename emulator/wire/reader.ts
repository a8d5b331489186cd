import type { Dialect } from '../dialects/dialect.ts'
import { divide } from '../dialects/parts.ts'
import { alphabetBits, areCharactersOf, areDigitsOf, firstOutside, firstWithout, inWords } from './alphabet.ts'
import type { Cursor } from './cursor.ts'
import { ebcdicText } from './ebcdic.ts'
import type { Row, Written } from './plan.ts'
import { readPrefix } from './prefix.ts'
import { asBytes, fromBytes, isWide, readWide } from './text.ts'

/** Reads one field and puts it, and its parts, under their names. `false`: it could not be read; the cursor says why. */
export function readField(cursor: Cursor, row: Row, dialect: Dialect, mti: string, fields: Record<string, string>): boolean {
  const start = cursor.at
  let length = row.count
  if (row.prefix !== 0) {
    const said = readPrefix(cursor, row.prefixBytes, row.prefixForm, row.path)
    if (said === 'unreadable') return false
    if (said > length) cursor.remark(row.path, `its length says ${said}; ${length} at most`)
    length = said
  }
  const from = cursor.at
  const bytes = row.written === 'packed' ? (length + 1) >> 1 : bytesOf(row.written, length)
  if (!cursor.has(bytes, row.path)) return false
  let value: string
  if (row.written === 'packed') value = readPacked(cursor, row, dialect, length)
  else if (row.written === 'characters') value = readCharacters(cursor, row, dialect, bytes)
  else if (row.written === 'bytes') value = cursor.hex(from * 2, bytes * 2)
  else value = row.written === 'hex' ? readHex(cursor, row, bytes) : readSigned(cursor, row, length)
  cursor.at = from + bytes
  cursor.span(row.path, start)
  fields[row.name] = value
  if (row.layouts.length > 0) readParts(cursor, row, mti, value, from, fields)
  if (row.field.holds !== undefined) checkHeld(cursor, row, from, bytes)
  return true
}

/** Bytes of a value of this length. */
function bytesOf(written: Written, length: number): number {
  if (written === 'hex') return length * 2
  if (written === 'signed') return length + 1
  return written === 'packed signed' ? 1 + ((length + 1) >> 1) : length
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
  if (pad !== 0 && !(pad === 15 && (isTrack || row.pad === 'F')))
    cursor.remark(row.path, `the pad nibble is ${pad.toString(16).toUpperCase()}, not ${isTrack ? '0' : row.pad}`)
  const outside = firstOutside(value, row.field.of)
  if (outside !== 'inside' && !(isTrack && dialect.encoding.tracksEncrypted))
    cursor.remark(row.path, `nibble ${outside + 1} of ${digits} is not ${inWords[row.field.of]}`)
  return value
}

function readCharacters(cursor: Cursor, row: Row, dialect: Dialect, bytes: number): string {
  const { at, frame } = cursor
  const text = row.ebcdic ? ebcdicText(frame, at, bytes) : cursor.characters(at, bytes)
  if (!row.ebcdic && areCharactersOf(row.wired, frame, at, at + bytes)) return row.wired === row.alphabet ? text : separated(text)
  if (row.field.of === 'z') return checkedTrack(cursor, row, dialect, text)
  return checked(
    cursor,
    row,
    !row.ebcdic && row.field.of !== 'n' && isWide(text) ? readWide(frame, at, bytes, row.charset) : text,
  )
}

/** A track with its separators as values have them; mostly there is one. */
function separated(text: string): string {
  const value = text.replace('=', 'D')
  return value.includes('=') ? value.replaceAll('=', 'D') : value
}

function checkedTrack(cursor: Cursor, row: Row, dialect: Dialect, text: string): string {
  const outside = firstWithout(row.wired, text)
  const encrypted = dialect.encoding.tracksEncrypted && firstOutside(text, 'b') === 'inside'
  if (outside !== 'none' && !encrypted) cursor.remark(row.path, `character ${outside + 1} of ${text.length} is not ${inWords.z}`)
  return row.wired === row.alphabet ? text : separated(text)
}

function checked(cursor: Cursor, row: Row, value: string): string {
  const outside = firstOutside(value, row.field.of)
  if (outside !== 'inside') cursor.remark(row.path, `character ${outside + 1} of ${value.length} is not ${inWords[row.field.of]}`)
  return value
}

/** Hex digits in characters; values have them in upper case. */
function readHex(cursor: Cursor, row: Row, bytes: number): string {
  const text = row.ebcdic ? ebcdicText(cursor.frame, cursor.at, bytes) : cursor.characters(cursor.at, bytes)
  const upper = text.toUpperCase()
  if (upper !== text && firstOutside(upper, 'b') === 'inside') cursor.remark(row.path, 'its hex digits are in lower case')
  return checked(cursor, row, upper)
}

/** A sign and so many digits. */
function readSigned(cursor: Cursor, row: Row, digits: number): string {
  const { at, frame } = cursor
  const characters = row.written === 'signed' ? digits + 1 : 1
  const text = row.ebcdic ? ebcdicText(frame, at, characters) : cursor.characters(at, characters)
  const odd = digits & 1
  const value = row.written === 'signed' ? text : text + cursor.hex((at + 1) * 2 + odd, digits)
  const pad = row.written === 'signed' || odd === 0 ? 0 : (frame[at + 1] ?? 0) >> 4
  if (pad !== 0) cursor.remark(row.path, `the pad nibble is ${pad.toString(16).toUpperCase()}, not 0`)
  if (!/^[CD]/.test(value)) cursor.remark(row.path, 'its sign is neither C nor D')
  const outside = firstOutside(value.slice(1), 'n')
  if (outside !== 'inside') cursor.remark(row.path, `digit ${outside + 1} of ${digits} is not ${inWords.n}`)
  return value
}

function readParts(cursor: Cursor, row: Row, mti: string, value: string, from: number, fields: Record<string, string>): void {
  const wide = row.written === 'characters' && !row.ebcdic && isWide(value)
  const { pieces, odd } = divide(row.layouts, mti, wide ? asBytes(value, row.charset) : value)
  for (const piece of pieces) {
    fields[piece.name] = wide ? fromBytes(piece.value, row.charset) : piece.value
    const end = piece.from + piece.value.length
    const first = row.packed ? piece.from >> 1 : piece.from
    cursor.spanOf(piece.path, from + first, (row.packed ? (end + 1) >> 1 : end) - first)
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
