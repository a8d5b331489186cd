import type { Dialect } from '../dialects/dialect.ts'
import { assemble, divide, holds } from '../dialects/parts.ts'
import { EmulatorError } from '../values/errors.ts'
import type { Fields } from '../values/message.ts'
import { alphabetsOf, firstOutside, inWords } from './alphabet.ts'
import { bit, halfBitmap } from './bitmap.ts'
import { pack } from './digits.ts'
import { type Named, type Plan, type Row, rowOfItem } from './plan.ts'
import { writePrefix } from './prefix.ts'
import { asBytes, fromBytes, isWide, writeWide } from './text.ts'

/** Highest field number of a primary bitmap, and one more. */
const numbers = 65

/** Values by field number, and how many parts of each field were given; kept by a codec from message to message. */
export class Slots {
  /** Of a number whose bit is set; what stands elsewhere is left from another message. */
  readonly values: (string | undefined)[] = new Array<string | undefined>(numbers).fill(undefined)
  /** The bitmap: fields 1 to 32, and 33 to 64. */
  first = 0
  second = 0
  readonly parts: Uint16Array = new Uint16Array(numbers)
  /** The names of the message before, in their order, with what they name: messages are alike. */
  readonly #names: string[] = []
  readonly #named: (Named | undefined)[] = []
  /** Fields of which parts were given. */
  readonly #joined: number[] = []

  /**
   * Takes the values of a message, composites put together from their parts.
   *
   * @throws EmulatorError `FIELD_UNKNOWN`; `FIELD_VALUE` when a part differs from its whole or the parts make no whole
   */
  fill(plan: Plan, dialect: Dialect, mti: string, fields: Fields): void {
    this.first = 0
    this.second = 0
    for (const de of this.#joined) this.parts[de] = 0
    this.#joined.length = 0
    let no = 0
    for (const name in fields) {
      const value = fields[name]
      if (value === undefined) continue
      if (this.#names[no] !== name) {
        this.#names[no] = name
        this.#named[no] = plan.byName.get(name)
      }
      const known = this.#named[no]
      no += 1
      if (known?.is === 'whole') {
        this.put(known.row.de, value)
        continue
      }
      const parent = known?.row ?? rowOfItem(plan, name)
      if (!parent) throw new EmulatorError('FIELD_UNKNOWN', { name, dialect: dialect.id })
      const count = this.parts[parent.de] ?? 0
      if (count === 0) this.#joined.push(parent.de)
      this.parts[parent.de] = count + 1
    }
    for (const de of this.#joined) this.#join(plan, dialect, mti, fields, de)
  }

  put(de: number, value: string): void {
    this.values[de] = value
    if (de <= halfBitmap) this.first |= bit(de - 1)
    else this.second |= bit(de - 1 - halfBitmap)
  }

  has(de: number): boolean {
    return ((de <= halfBitmap ? this.first & bit(de - 1) : this.second & bit(de - 1 - halfBitmap)) | 0) !== 0
  }

  #join(plan: Plan, dialect: Dialect, mti: string, fields: Fields, de: number): void {
    const row = plan.byNumber[de]
    if (!row) return
    const said = this.has(de) ? this.values[de] : undefined
    if (said !== undefined && !isWide(said) && holds(row.layouts, mti, said, fields) === this.parts[de]) return
    this.put(de, whole(plan, row, dialect, mti, said, fields))
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
  if (value.length > (row.form === 'bytes' ? row.count * 2 : row.count))
    throw refused(row, wrongLength(row, lengthOf(row, value)))
  const from = at + row.prefixBytes
  let length = lengthOf(row, value)
  let bytes: number
  if (row.packed) {
    const pad = row.field.of === 'z' ? dialect.encoding.trackPad : '0'
    if (!pack(value, row.alphabet, row.justify, pad, into, from)) checkAlphabet(row, dialect, value)
    if (!Number.isInteger(length)) throw refused(row, 'it has half a byte too many')
    bytes = (value.length + 1) >> 1
  } else {
    bytes = writeCharacters(row, dialect, value, into, from)
    if (row.form === 'text') length = bytes
  }
  if (row.prefix === 0 ? length !== row.count : length > row.count) throw refused(row, wrongLength(row, length))
  if (row.prefix !== 0) writePrefix(length, row.prefix, dialect.encoding.prefix, into, at)
  return from + bytes
}

function lengthOf(row: Row, value: string): number {
  return row.form === 'bytes' ? value.length / 2 : value.length
}

/** Writes a value character by character, and checks on the way that each belongs where it stands. */
function writeCharacters(row: Row, dialect: Dialect, value: string, into: Uint8Array, at: number): number {
  let common = row.alphabet
  for (let from = 0; from < value.length; from += 1) {
    const code = value.charCodeAt(from)
    common &= alphabetsOf[code] ?? 0
    into[at + from] = code
  }
  const separator = row.wired === row.alphabet ? -1 : value.indexOf('D')
  if (separator >= 0) into[at + separator] = separatorOnWire
  if (common !== 0) return value.length
  checkAlphabet(row, dialect, value)
  return isWide(value) ? writeText(row, dialect, value, into, at) : value.length
}

/** The separator of a track on a wire that does not have the `D` of values. */
const separatorOnWire = '='.charCodeAt(0)

function writeText(row: Row, { encoding: { text } }: Dialect, value: string, into: Uint8Array, at: number): number {
  const bytes = writeWide(value, text, into, at)
  if (bytes === 'unwritable') throw refused(row, `a character of it is not in ${text}`)
  return bytes
}

/** Says why a value may not stand in its field, if so: letters beyond ASCII may stand in text, and an encrypted track is any hex. */
function checkAlphabet(row: Row, dialect: Dialect, value: string): void {
  const { of } = row.field
  const outside = firstOutside(value, of)
  const encrypted = of === 'z' && dialect.encoding.tracksEncrypted
  if (outside === 'inside' || (encrypted && firstOutside(value, 'b') === 'inside')) return
  throw refused(row, `character ${outside + 1} of ${value.length} is not ${inWords[of]}`)
}

function wrongLength(row: Row, length: number): string {
  const { is, unit } = row.field.length
  return `it has ${length} ${unit}s; ${is === 'exactly' ? 'exactly' : 'at most'} ${row.count} are due`
}

function refused(row: Row, because: string): EmulatorError {
  return new EmulatorError('FIELD_VALUE', { path: row.path, name: row.name, because })
}
