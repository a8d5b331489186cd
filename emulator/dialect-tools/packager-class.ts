import type { ImportedField, NotCarried } from './imported.ts'

/** What the class of a field packager says of a field: all but its number, name and length. */
export type ClassFacts = Pick<ImportedField, 'kind' | 'prefix' | 'encoding' | 'padWith'> & Readonly<{ note?: string }>

type Head = Readonly<Required<Pick<ImportedField['encoding'], 'digits' | 'prefix' | 'text' | 'bytes'>>>

const ascii: Head = { digits: 'ascii', prefix: 'ascii', text: 'latin1', bytes: 'hex' }
const binary: Head = { digits: 'bcd', prefix: 'bcd', text: 'latin1', bytes: 'binary' }
const ebcdic: Head = { digits: 'ebcdic', prefix: 'ebcdic', text: 'ebcdic', bytes: 'hex in EBCDIC' }

/** How a family of packagers writes digits, lengths, texts and bytes of fixed length. */
const heads: Readonly<Record<string, Head>> = {
  IF: ascii,
  IFA: ascii,
  IFB: binary,
  IFE: ebcdic,
  IFEB: { ...ebcdic, digits: 'bcd', bytes: 'binary' },
  IFEA: { ...ebcdic, text: 'latin1' },
  IFAE: { ...ascii, text: 'ebcdic' },
}

const kinds: Readonly<Record<string, ImportedField['kind']>> = {
  NUMERIC: 'digits',
  NUM: 'digits',
  CHAR: 'text',
  BINARY: 'bytes',
  AMOUNT: 'signed',
}

/**
 * Reads the name of a jPOS field packager: `IFB_LLHNUM` is family B, a length of two digits as a binary number, digits.
 *
 * The letters are the convention of that project: family (A ASCII, B packed, E EBCDIC), `F` a fixed size in spite of a length, `L` for each digit of
 * the length, `H` a length as a binary number, then `A` (hex digits), `B` (packed) or `E` (EBCDIC) where the value is written in another way than
 * the family's, then what it is. Bytes of variable length are themselves unless `A` says otherwise.
 *
 * @source jPOS documentation, "Field Packagers" and "GenericPackager"
 */
export function classFacts(name: string): ClassFacts | NotCarried {
  const bare = name.slice(name.lastIndexOf('.') + 1)
  const [, family = '', fixed = '', lengths = '', , number = '', later = '', value = '', word = ''] =
    /^(IF[A-Z]*)_(F?)((L{0,4}))(H?)(F?)([ABE]?)(NUMERIC|NUM|CHAR|BINARY|AMOUNT)$/.exec(bare) ?? []
  const head = heads[family]
  const kind = kinds[word]
  const prefix = ([0, 1, 2, 3, 4] as const).find(each => each === lengths.length)
  if (head === undefined || kind === undefined || prefix === undefined) return { because: `there is no counterpart of ${bare}` }
  if (fixed !== '' || later !== '') return { because: `${bare} fills up to a fixed size after a length that says less` }
  if ((word === 'NUMERIC' || word === 'AMOUNT') !== (prefix === 0) && word !== 'CHAR' && word !== 'BINARY')
    return { because: `there is no counterpart of ${bare}` }
  const encoding = {
    ...(kind === 'digits' || kind === 'signed' ? { digits: value === 'B' ? ('bcd' as const) : head.digits } : {}),
    ...(kind === 'text' ? { text: value === 'E' ? ('ebcdic' as const) : head.text } : {}),
    ...(kind === 'bytes' ? { bytes: bytesOf(head, prefix, value) } : {}),
    ...(prefix === 0 ? {} : { prefix: number === 'H' ? ('binary' as const) : head.prefix }),
  }
  const note = value === 'B' ? `${bare} rounds the length of an odd number of digits up, and this dialect does not` : undefined
  return { kind, prefix, encoding, ...(note === undefined ? {} : { note }) }
}

function bytesOf(head: Head, prefix: number, value: string): Head['bytes'] {
  if (prefix === 0) return head.bytes
  return value === 'A' ? 'hex' : 'binary'
}

/** How a bitmap packager writes the bitmap, if it is one. */
export function bitmapOf(name: string): Head['bytes'] | undefined {
  const family = /(IF[A-Za-z]*)_BITMAP$/.exec(name)?.[1]
  if (family === 'IFB') return 'binary'
  if (family === 'IFE') return 'hex in EBCDIC'
  return family === undefined ? undefined : 'hex'
}
