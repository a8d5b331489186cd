import type { Dialect } from '../dialects/dialect.ts'
import { assemble, divide, holds } from '../dialects/parts.ts'
import { EmulatorError } from '../values/errors.ts'
import type { Fields } from '../values/message.ts'
import { alphabetBits, alphabetsOf, firstOutside, inWords } from './alphabet.ts'
import { bit, fieldNumbers, halves } from './bitmap.ts'
import { pack } from './digits.ts'
import { toEbcdic } from './ebcdic.ts'
import { type Named, type Plan, type Row, rowOfItem } from './plan.ts'
import { writePrefix } from './prefix.ts'
import { asBytes, fromBytes, isWide, writeWide } from './text.ts'

/** Values by field number, and how many parts of each field were given; kept by a codec from message to message. */
export class Slots {
  /** Of a number whose bit is set; what stands elsewhere is left from another message. */
  readonly values: (string | undefined)[] = new Array<string | undefined>(fieldNumbers).fill(undefined)
  /** The bitmaps, without the bits that announce others: fields 1 to 32, 33 to 64, and so on. */
  readonly bits: Int32Array = new Int32Array(halves)
  /** How many bitmaps are needed. */
  bitmaps = 1
  readonly parts: Uint16Array = new Uint16Array(fieldNumbers)
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
    for (let half = this.bitmaps * 2 - 1; half >= 0; half -= 1) this.bits[half] = 0
    this.bitmaps = plan.bitmaps.least
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
    for (const de of this.#joined) this.#join(plan, mti, fields, de)
    if (this.bitmaps > 1 && plan.mac?.field.standsLast && this.has(plan.mac.de)) this.#moveLast(plan.mac.de)
  }

  put(de: number, value: string): void {
    this.values[de] = value
    const half = (de - 1) >> 5
    this.bits[half] = (this.bits[half] ?? 0) | bit((de - 1) & 31)
    if (half >= this.bitmaps * 2) this.bitmaps = (half >> 1) + 1
  }

  has(de: number): boolean {
    return ((this.bits[(de - 1) >> 5] ?? 0) & bit((de - 1) & 31)) !== 0
  }

  /** Where a field that stands last has its place in this message. */
  lastPlace(de: number): number {
    return de + (this.bitmaps - 1) * 64
  }

  #moveLast(de: number): void {
    const half = (de - 1) >> 5
    this.bits[half] = (this.bits[half] ?? 0) & ~bit((de - 1) & 31)
    this.put(this.lastPlace(de), this.values[de] ?? '')
  }

  #join(plan: Plan, mti: string, fields: Fields, de: number): void {
    const row = plan.byNumber[de]
    if (!row) return
    const said = this.has(de) ? this.values[de] : undefined
    if (said !== undefined && !isWide(said) && holds(row.layouts, mti, said, fields) === this.parts[de]) return
    this.put(de, whole(plan, row, mti, said, fields))
  }
}

function whole(plan: Plan, row: Row, mti: string, said: string | undefined, fields: Fields): string {
  const isText = row.written === 'characters'
  const given = Object.entries(fields).filter(([name]) => {
    const known = plan.byName.get(name)
    return known ? known.is === 'part' && known.row === row : rowOfItem(plan, name) === row
  })
  const bytes = (value: string) => (isText ? asBytes(value, row.charset) : value)
  if (said === undefined) {
    const made = assemble(row.layouts, mti, new Map(given.map(([name, value]) => [name, bytes(value)])))
    if ('because' in made) throw refused(row, made.because)
    return isText ? fromBytes(made.whole, row.charset) : made.whole
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
  if (value.length > row.longest) throw refused(row, wrongLength(row, lengthOf(row, value)))
  const from = at + row.prefixBytes
  let length: number
  let bytes: number
  if (row.packed) {
    length = row.written === 'packed' ? value.length : value.length / 2
    if (!pack(value, row.alphabet, row.justify, row.pad, into, from)) checkAlphabet(row, dialect, value)
    if (!Number.isInteger(length)) throw refused(row, 'it has half a byte too many')
    bytes = (value.length + 1) >> 1
  } else if (row.written === 'characters') {
    bytes = writeCharacters(row, dialect, value, into, from)
    length = bytes
  } else {
    length = lengthOf(row, value)
    bytes = row.written === 'hex' ? writeHex(row, dialect, value, into, from) : writeSigned(row, value, into, from)
  }
  if (row.prefix === 0 ? length !== row.count : length > row.count) throw refused(row, wrongLength(row, length))
  if (row.prefix !== 0) writePrefix(length, row.prefixBytes, row.prefixForm, into, at)
  return from + bytes
}

/** What its length counts: digits, characters or bytes. */
function lengthOf({ written }: Row, value: string): number {
  if (written === 'bytes' || written === 'hex') return value.length / 2
  return written === 'signed' || written === 'packed signed' ? value.length - 1 : value.length
}

/** Writes a value character by character, and checks on the way that each belongs where it stands. */
function writeCharacters(row: Row, dialect: Dialect, value: string, into: Uint8Array, at: number): number {
  let common = row.alphabet
  for (let from = 0; from < value.length; from += 1) {
    const code = value.charCodeAt(from)
    common &= alphabetsOf[code] ?? 0
    into[at + from] = code
  }
  if (row.wired !== row.alphabet) writeSeparators(value, into, at)
  let bytes = value.length
  if (common === 0) {
    checkAlphabet(row, dialect, value)
    if (isWide(value)) bytes = writeText(row, value, into, at)
  }
  if (row.ebcdic) toEbcdic(into, at, at + bytes)
  return bytes
}

/** Puts the separator of a track on a wire that does not have the `D` of values. */
function writeSeparators(value: string, into: Uint8Array, at: number): void {
  for (let from = value.indexOf('D'); from >= 0; from = value.indexOf('D', from + 1)) into[at + from] = separatorOnWire
}

const separatorOnWire = '='.charCodeAt(0)

function writeText(row: Row, value: string, into: Uint8Array, at: number): number {
  const bytes = writeWide(value, row.charset, into, at)
  if (bytes === 'unwritable') throw refused(row, `a character of it is not in ${row.ebcdic ? 'EBCDIC' : row.charset}`)
  return bytes
}

/** Bytes as hex digits in characters. */
function writeHex(row: Row, dialect: Dialect, value: string, into: Uint8Array, at: number): number {
  if (value.length % 2 !== 0) throw refused(row, 'it has half a byte too many')
  return writeCharacters(row, dialect, value, into, at)
}

/** A sign, and digits behind it. */
function writeSigned(row: Row, value: string, into: Uint8Array, at: number): number {
  if (!/^[CD]\d*$/.test(value)) throw refused(row, 'it is not a sign, C or D, and digits')
  const characters = row.written === 'signed' ? value.length : 1
  for (let from = 0; from < characters; from += 1) into[at + from] = value.charCodeAt(from)
  if (row.ebcdic) toEbcdic(into, at, at + characters)
  if (row.written === 'signed') return characters
  pack(value.slice(1), alphabetBits.n, 'right', '0', into, at + 1)
  return 1 + (value.length >> 1)
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
