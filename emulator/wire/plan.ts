import type {
  Alphabet,
  ByteEncoding,
  Dialect,
  Encoding,
  Field,
  Layout,
  PrefixDigits,
  PrefixEncoding,
} from '../dialects/dialect.ts'
import { EmulatorError } from '../values/errors.ts'
import { alphabetBits, trackOnWire } from './alphabet.ts'
import { fieldNumbers } from './bitmap.ts'
import { prefixBytes } from './prefix.ts'
import type { Charset } from './text.ts'

/**
 * How a value lies on the wire: digits two to a byte · one character each · bytes as they are · bytes as hex characters · a sign and digits, in
 * characters or packed.
 */
export type Written = 'packed' | 'characters' | 'bytes' | 'hex' | 'signed' | 'packed signed'

/** A row of a field table, worked out once for the codec. */
export type Row = Readonly<{
  name: string
  path: string
  field: Field
  de: number
  /** Digits of the length prefix, 0 for a field of fixed length, and how many bytes they take. */
  prefix: 0 | PrefixDigits
  prefixBytes: number
  prefixForm: PrefixEncoding
  written: Written
  /** Two characters of the value to a byte. */
  packed: boolean
  /** Whether its characters are EBCDIC. */
  ebcdic: boolean
  /** Of text beyond ASCII. EBCDIC is ISO 8859-1 with the bytes in another order. */
  charset: Charset
  justify: 'left' | 'right'
  pad: '0' | 'F'
  /** Of its length, or the most of it: digits, characters or bytes. */
  count: number
  /** The longest value, in characters. */
  longest: number
  alphabet: number
  /** The alphabet of its characters on the wire: another one only for tracks in clear whose separator is `=` there. */
  wired: number
  layouts: readonly Layout[]
}>

/** What a name means: a field, or a part of one. */
export type Named = Readonly<{ row: Row; is: 'whole' | 'part' }>

/** The rows of a dialect by number and by name, and to which row each part belongs. */
export type Plan = Readonly<{
  byNumber: readonly (Row | undefined)[]
  /** Names of fields and of parts, each with the row it belongs to. */
  byName: ReadonlyMap<string, Named>
  /** Rows whose items have numbered names: `item.3.trace`. */
  lists: readonly Readonly<{ prefix: string; row: Row }>[]
  /** The field that seals a message. */
  mac: Row | undefined
  /** How many bitmaps its messages have at least and at most. */
  bitmaps: Readonly<{ least: number; most: number }>
  /** No frame has more bytes. */
  largest: number
}>

/** @throws EmulatorError `FIELD_VALUE` for a field that stands where no field can */
export function planOf({ fields, layouts, encoding, framing }: Dialect): Plan {
  const rows = Object.entries(fields).flatMap(([name, field]) =>
    field.de === undefined ? [] : [rowOf(name, field.de, field, layouts[name] ?? [], encoding)],
  )
  const byNumber: (Row | undefined)[] = new Array(fieldNumbers).fill(undefined)
  for (const row of rows) byNumber[row.de] = row
  const most = Math.max(encoding.bitmaps ?? 1, ...rows.map(({ de }) => Math.ceil(de / 64)))
  for (const row of rows)
    if (row.field.standsLast)
      for (let de = row.de + 64; de <= most * 64; de += 64) byNumber[de] ??= { ...row, de, path: String(de) }
  const wholes = rows.map((row): readonly [string, Named] => [row.name, { row, is: 'whole' }])
  const parts = rows.flatMap(row =>
    row.layouts.flatMap(layout => layout.parts.map((part): readonly [string, Named] => [part.name, { row, is: 'part' }])),
  )
  const lists = rows.flatMap(row => row.layouts.flatMap(layout => (layout.item ? [{ prefix: `${layout.item.name}.`, row }] : [])))
  return {
    byNumber,
    byName: new Map([...parts, ...wholes]),
    lists,
    mac: rows.find(({ name }) => name === 'mac'),
    bitmaps: { least: encoding.bitmaps ?? 1, most },
    largest: rows.reduce((sum, row) => sum + largestOf(row), framing.tpdu.length + framing.header.length + aroundFields),
  }
}

/** Bytes of everything but fields, TPDU and header, at most: length, message type, three bitmaps in hex, ETX and LRC. */
const aroundFields = 64

/** A character takes two bytes at most, and so does a byte in hex. */
function largestOf(row: Row): number {
  return row.prefixBytes + row.count * 2 + 2
}

function rowOf(name: string, de: number, field: Field, layouts: readonly Layout[], encoding: Encoding): Row {
  if (de < 2 || de >= fieldNumbers || de === 65)
    throw new EmulatorError('FIELD_VALUE', {
      path: String(de),
      name,
      because: 'fields are 2 to 64 and 66 to 192; bits 1 and 65 announce bitmaps',
    })
  const prefix = field.length.is === 'exactly' ? 0 : field.length.prefix
  const prefixForm = field.encoding?.prefix ?? encoding.prefix
  const digits = field.encoding?.digits ?? encoding.digits
  const bytes = field.encoding?.bytes ?? encoding.bytes ?? 'binary'
  const text = field.encoding?.text ?? encoding.text
  const written = writtenAs(field.of, digits === 'bcd', bytes)
  const isText = field.of === 'an' || field.of === 'ans'
  return {
    name,
    path: String(de),
    field,
    de,
    prefix,
    prefixBytes: prefix === 0 ? 0 : prefixBytes(prefix, prefixForm),
    prefixForm,
    written,
    packed: written === 'packed' || written === 'bytes',
    ebcdic:
      isText || written === 'packed signed'
        ? text === 'ebcdic'
        : field.of === 'b'
          ? bytes === 'hex in EBCDIC'
          : digits === 'ebcdic',
    charset: text === 'gbk' ? 'gbk' : 'latin1',
    justify: field.justify ?? 'right',
    pad: field.pad ?? (field.of === 'z' ? encoding.trackPad : '0'),
    count: field.length.count,
    longest: field.of === 'b' ? field.length.count * 2 : field.length.count + (field.of === 'x+n' ? 1 : 0),
    alphabet: alphabetBits[field.of],
    wired:
      field.of === 'z' && encoding.trackSeparator === '=' && !encoding.tracksEncrypted ? trackOnWire : alphabetBits[field.of],
    layouts,
  }
}

function writtenAs(of: Alphabet, packs: boolean, bytes: ByteEncoding): Written {
  if (of === 'b') return bytes === 'binary' ? 'bytes' : 'hex'
  if (of === 'x+n') return packs ? 'packed signed' : 'signed'
  return packs && (of === 'n' || of === 'z') ? 'packed' : 'characters'
}

/** The row of an item's part, `item.3.trace`. */
export function rowOfItem(plan: Plan, name: string): Row | undefined {
  return plan.lists.find(list => name.startsWith(list.prefix))?.row
}
