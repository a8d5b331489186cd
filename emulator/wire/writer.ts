import type { Dialect } from '../dialects/dialect.ts'
import { assemble, divide } from '../dialects/parts.ts'
import { EmulatorError } from '../values/errors.ts'
import type { Fields } from '../values/message.ts'
import { firstOutside, inWords } from './alphabet.ts'
import { pack } from './digits.ts'
import { type Plan, parentOf, type Row } from './plan.ts'
import { prefixBytes, writePrefix } from './prefix.ts'
import { asBytes, fromBytes, isWide, writeText } from './text.ts'

/**
 * The values of a message by field number, composites put together from their parts.
 *
 * @throws EmulatorError `FIELD_UNKNOWN`; `FIELD_VALUE` when a part differs from its whole or the parts make no whole
 */
export function valuesByNumber(plan: Plan, dialect: Dialect, mti: string, fields: Fields): (string | undefined)[] {
  const values: (string | undefined)[] = new Array(65).fill(undefined)
  let parts: Map<Row, Map<string, string>> | undefined
  for (const name in fields) {
    const value = fields[name]
    if (value === undefined) continue
    const row = plan.byName.get(name)
    if (row) {
      values[row.de] = value
      continue
    }
    const parent = parentOf(plan, name)
    if (!parent) throw new EmulatorError('FIELD_UNKNOWN', { name, dialect: dialect.id })
    parts ??= new Map()
    const given = parts.get(parent)
    if (given) given.set(name, value)
    else parts.set(parent, new Map([[name, value]]))
  }
  if (parts) for (const [row, given] of parts) values[row.de] = whole(row, dialect, mti, values[row.de], given)
  return values
}

function whole(row: Row, dialect: Dialect, mti: string, said: string | undefined, given: ReadonlyMap<string, string>): string {
  const { text } = dialect.encoding
  if (said === undefined) {
    const bytes = row.form === 'text' ? new Map([...given].map(([name, value]) => [name, asBytes(value, text)])) : given
    const made = assemble(row.layouts, mti, bytes)
    if ('because' in made) throw refused(row, made.because)
    return row.form === 'text' ? fromBytes(made.whole, text) : made.whole
  }
  const wide = row.form === 'text' && isWide(said)
  const { pieces } = divide(row.layouts, mti, wide ? asBytes(said, text) : said)
  const parts = new Map(pieces.map(piece => [piece.name, wide ? fromBytes(piece.value, text) : piece.value]))
  for (const [name, value] of given) if (parts.get(name) !== value) throw refused(row, `its part ${name} differs from the whole`)
  return said
}

/**
 * Writes one field, its length prefix included, and says where the next one begins.
 *
 * @throws EmulatorError `FIELD_VALUE`
 */
export function writeField(row: Row, dialect: Dialect, value: string, into: Uint8Array, at: number): number {
  const { field } = row
  const { encoding } = dialect
  const outside = firstOutside(value, field.of)
  if (outside !== 'inside' && !(field.of === 'z' && encoding.tracksEncrypted))
    throw refused(row, `character ${outside + 1} of ${value.length} is not ${inWords[field.of]}`)
  const ahead = row.prefix === 0 ? 0 : prefixBytes(row.prefix, encoding.prefix)
  let bytes: number
  let length: number
  if (row.form === 'text') {
    if (value.length > field.length.count) throw refused(row, wrongLength(row, value.length))
    const written = writeText(value, encoding.text, into, at + ahead)
    if (written === 'unwritable') throw refused(row, `a character of it is not in ${encoding.text}`)
    bytes = written
    length = written
  } else {
    length = row.form === 'bytes' ? value.length / 2 : value.length
    if (length > field.length.count) throw refused(row, wrongLength(row, length))
    if (!Number.isInteger(length)) throw refused(row, 'it has half a byte too many')
    bytes =
      row.form === 'bytes' || encoding.digits === 'bcd'
        ? pack(value, row.justify, padOf(row, dialect), into, at + ahead)
        : writeCharacters(value, row, dialect, into, at + ahead)
  }
  if (row.prefix === 0 ? length !== field.length.count : length > field.length.count) throw refused(row, wrongLength(row, length))
  if (row.prefix !== 0) writePrefix(length, row.prefix, encoding.prefix, into, at)
  return at + ahead + bytes
}

function writeCharacters(value: string, row: Row, dialect: Dialect, into: Uint8Array, at: number): number {
  const text = row.field.of === 'z' && dialect.encoding.trackSeparator === '=' ? value.replace('D', '=') : value
  for (let from = 0; from < text.length; from += 1) into[at + from] = text.charCodeAt(from)
  return text.length
}

function padOf(row: Row, dialect: Dialect): '0' | 'F' {
  return row.field.of === 'z' ? dialect.encoding.trackPad : '0'
}

function wrongLength(row: Row, length: number): string {
  const { is, count, unit } = row.field.length
  return `it has ${length} ${unit}s; ${is === 'exactly' ? 'exactly' : 'at most'} ${count} are due`
}

function refused(row: Row, because: string): EmulatorError {
  return new EmulatorError('FIELD_VALUE', { path: row.path, name: row.name, because })
}
