import type { Dialect } from '../dialects/dialect.ts'
import { assemble, divide, holds } from '../dialects/parts.ts'
import { EmulatorError } from '../values/errors.ts'
import type { Fields } from '../values/message.ts'
import { alphabetsOf, firstOutside, inWords } from './alphabet.ts'
import { pack } from './digits.ts'
import { type Plan, type Row, rowOfItem } from './plan.ts'
import { prefixBytes, writePrefix } from './prefix.ts'
import { asBytes, fromBytes, isWide, writeWide } from './text.ts'

/** Highest field number of a primary bitmap, and one more. */
const numbers = 65

/** Values by field number, and how many parts of each field were given; kept by a codec from message to message. */
export class Slots {
  readonly values: (string | undefined)[] = new Array<string | undefined>(numbers).fill(undefined)
  readonly parts: Uint16Array = new Uint16Array(numbers)
  #composite = false

  /**
   * Takes the values of a message, composites put together from their parts.
   *
   * @throws EmulatorError `FIELD_UNKNOWN`; `FIELD_VALUE` when a part differs from its whole or the parts make no whole
   */
  fill(plan: Plan, dialect: Dialect, mti: string, fields: Fields): void {
    this.values.fill(undefined)
    if (this.#composite) this.parts.fill(0)
    this.#composite = false
    for (const name in fields) {
      const value = fields[name]
      if (value === undefined) continue
      const known = plan.byName.get(name)
      if (known?.is === 'whole') {
        this.values[known.row.de] = value
        continue
      }
      const parent = known?.row ?? rowOfItem(plan, name)
      if (!parent) throw new EmulatorError('FIELD_UNKNOWN', { name, dialect: dialect.id })
      this.parts[parent.de] = (this.parts[parent.de] ?? 0) + 1
      this.#composite = true
    }
    if (this.#composite)
      for (let de = 2; de < numbers; de += 1) if (this.parts[de] !== 0) this.#join(plan, dialect, mti, fields, de)
  }

  #join(plan: Plan, dialect: Dialect, mti: string, fields: Fields, de: number): void {
    const row = plan.byNumber[de]
    if (!row) return
    const said = this.values[de]
    if (said !== undefined && !isWide(said) && holds(row.layouts, mti, said, fields) === this.parts[de]) return
    this.values[de] = whole(plan, row, dialect, mti, said, fields)
  }
}

function whole(plan: Plan, row: Row, dialect: Dialect, mti: string, said: string | undefined, fields: Fields): string {
  const { text } = dialect.encoding
  const given = Object.entries(fields).filter(([name]) => {
    const known = plan.byName.get(name)
    return known ? known.is === 'part' && known.row === row : rowOfItem(plan, name) === row
  })
  const bytes = (value: string) => (row.form === 'text' ? asBytes(value, text) : value)
  if (said === undefined) {
    const made = assemble(row.layouts, mti, new Map(given.map(([name, value]) => [name, bytes(value)])))
    if ('because' in made) throw refused(row, made.because)
    return row.form === 'text' ? fromBytes(made.whole, text) : made.whole
  }
  const parts = new Map(divide(row.layouts, mti, bytes(said)).pieces.map(piece => [piece.name, piece.value]))
  for (const [name, value] of given)
    if (parts.get(name) !== bytes(value)) throw refused(row, `its part ${name} differs from the whole`)
  return said
}

/**
 * Writes one field, its length prefix included, and says where the next one begins.
 *
 * @throws EmulatorError `FIELD_VALUE`
 */
export function writeField(row: Row, dialect: Dialect, value: string, into: Uint8Array, at: number): number {
  const { encoding } = dialect
  if (value.length > (row.form === 'bytes' ? row.count * 2 : row.count))
    throw refused(row, wrongLength(row, lengthOf(row, value)))
  checkAlphabet(row, dialect, value)
  const from = row.prefix === 0 ? at : at + prefixBytes(row.prefix, encoding.prefix)
  let bytes: number
  let length = lengthOf(row, value)
  if (row.form === 'bytes' || (row.form === 'digits' && encoding.digits === 'bcd')) {
    if (!Number.isInteger(length)) throw refused(row, 'it has half a byte too many')
    bytes = pack(value, row.justify, row.field.of === 'z' ? encoding.trackPad : '0', into, from)
  } else {
    bytes = writeCharacters(row, dialect, value, into, from)
    if (row.form === 'text') length = bytes
  }
  if (row.prefix === 0 ? length !== row.count : length > row.count) throw refused(row, wrongLength(row, length))
  if (row.prefix !== 0) writePrefix(length, row.prefix, encoding.prefix, into, at)
  return from + bytes
}

function lengthOf(row: Row, value: string): number {
  return row.form === 'bytes' ? value.length / 2 : value.length
}

function checkAlphabet(row: Row, dialect: Dialect, value: string): void {
  let common = row.alphabet
  for (let at = 0; at < value.length; at += 1) common &= alphabetsOf[value.charCodeAt(at)] ?? 0
  if (common !== 0) return
  const { of } = row.field
  const outside = firstOutside(value, of)
  const encrypted = of === 'z' && dialect.encoding.tracksEncrypted
  if (outside === 'inside' || (encrypted && firstOutside(value, 'b') === 'inside')) return
  throw refused(row, `character ${outside + 1} of ${value.length} is not ${inWords[of]}`)
}

function writeCharacters(row: Row, dialect: Dialect, value: string, into: Uint8Array, at: number): number {
  const { text, trackSeparator } = dialect.encoding
  const sent = row.field.of === 'z' && trackSeparator === '=' ? value.replace('D', '=') : value
  for (let from = 0; from < sent.length; from += 1) {
    const code = sent.charCodeAt(from)
    if (code >= 0x80) {
      const bytes = writeWide(sent, text, into, at)
      if (bytes === 'unwritable') throw refused(row, `a character of it is not in ${text}`)
      return bytes
    }
    into[at + from] = code
  }
  return sent.length
}

function wrongLength(row: Row, length: number): string {
  const { is, unit } = row.field.length
  return `it has ${length} ${unit}s; ${is === 'exactly' ? 'exactly' : 'at most'} ${row.count} are due`
}

function refused(row: Row, because: string): EmulatorError {
  return new EmulatorError('FIELD_VALUE', { path: row.path, name: row.name, because })
}
