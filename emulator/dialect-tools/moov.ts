import { z } from 'zod'
import type { Imported, ImportedField, NotCarried } from './imported.ts'
import { ToolError } from './tool-error.ts'

const padding = z.object({ type: z.string(), pad: z.string().optional() })
const leaf = z.object({
  type: z.string().default('String'),
  length: z.int().min(1).default(1),
  description: z.string().default(''),
  enc: z.string().default('ASCII'),
  prefix: z.string().default('ASCII.Fixed'),
  padding: padding.optional(),
})
const fieldForm = leaf.extend({
  tag: z.unknown().optional(),
  bitmap: z.unknown().optional(),
  subfields: z.record(z.string(), leaf).optional(),
})
const specForm = z.object({ name: z.string().optional(), fields: z.record(z.string(), fieldForm) })

type Written = z.output<typeof fieldForm>

/**
 * Reads the fields of a moov-io/iso8583 specification in JSON.
 *
 * @throws ToolError when it is no JSON, or no such file
 * @source moov-io/iso8583, specs: the forms that its builder exports and imports
 */
export function importSpecification(file: string, text: string): Imported {
  const spec = specForm.safeParse(parsed(file, text))
  if (!spec.success) {
    const [issue] = spec.error.issues
    const at = issue?.path.join('.') ?? ''
    throw new ToolError(
      file,
      lineOf(text, issue?.path.at(-1)),
      `\`${at}\`: ${issue?.message ?? 'not of its form'}`,
      'A specification that moov-io/iso8583 exported is needed.',
    )
  }
  const left: string[] = []
  const fields: ImportedField[] = []
  let heads: Pick<Imported, 'type' | 'bitmap'> = {}
  for (const [number, one] of Object.entries(spec.data.fields)) {
    const de = Number(number)
    if (de === 0)
      heads = {
        ...heads,
        ...(one.enc === 'BCD' ? { type: 'bcd' } : one.enc === 'EBCDIC' ? { type: 'ebcdic' } : { type: 'ascii' }),
      }
    else if (de === 1) heads = { ...heads, bitmap: one.enc === 'Binary' ? 'binary' : 'hex' }
    else {
      const field = fieldOf(de, one)
      const named = `field ${number} (${one.description || 'no description'})`
      if ('because' in field) left.push(`${named}: ${field.because}`)
      else {
        fields.push(field.field)
        left.push(...field.notes.map(note => `${named}: ${note}`))
      }
    }
  }
  return { kind: 'moov-io specification', ...heads, fields: fields.sort((one, other) => one.de - other.de), left }
}

type Carried = Readonly<{ field: ImportedField; notes: readonly string[] }>

function fieldOf(de: number, one: Written): Carried | NotCarried {
  if (!Number.isInteger(de) || de < 2 || de > 192) return { because: 'there is no field of this number' }
  const prefix = prefixOf(one.prefix)
  if ('because' in prefix) return prefix
  const value = writtenAs(one)
  if ('because' in value) return value
  const encoding = {
    ...value.encoding,
    ...(prefix.digits === 0 || prefix.written === undefined ? {} : { prefix: prefix.written }),
  }
  const parts = partsOf(one)
  const notes = one.subfields !== undefined && parts === undefined ? [tagged(one)] : []
  const { kind, pad } = value
  return {
    field: {
      de,
      is: one.description,
      kind,
      count: one.length,
      prefix: prefix.digits,
      encoding,
      ...(pad === undefined ? {} : { pad }),
      ...(parts === undefined ? {} : { parts }),
    },
    notes,
  }
}

type Prefix = Readonly<{ digits: ImportedField['prefix']; written?: 'ascii' | 'bcd' | 'ebcdic' | 'binary' }>

const prefixes: Readonly<Record<string, Prefix['written']>> = { ASCII: 'ascii', BCD: 'bcd', EBCDIC: 'ebcdic', Binary: 'binary' }

function prefixOf(text: string): Prefix | NotCarried {
  const [family = '', length = ''] = text.split('.')
  const written = prefixes[family]
  if (length === 'Fixed') return { digits: 0 }
  const digits = ([1, 2, 3, 4] as const).find(each => 'L'.repeat(each) === length)
  if (digits === undefined || written === undefined) return { because: `there is no counterpart of the prefix ${text}` }
  // A binary prefix of moov has as many bytes as letters; one of ours has a byte for every two digits.
  if (written === 'binary')
    return digits > 2 ? { because: `a binary length of ${digits} bytes is too long` } : { digits: digits === 1 ? 2 : 4, written }
  return { digits, written }
}

type Value = Pick<ImportedField, 'kind' | 'encoding' | 'pad'>

function writtenAs({ type, enc, subfields, description }: Written): Value | NotCarried {
  const track = /^Track[123]$/.test(type) || /track/i.test(description)
  if (type === 'Composite' || subfields !== undefined) return { kind: 'text', encoding: { text: 'latin1' } }
  if (!['String', 'Numeric', 'Binary', 'Hex', 'Track1', 'Track2', 'Track3'].includes(type))
    return { because: `there is no counterpart of the type ${type}` }
  switch (enc) {
    case 'ASCII':
      return type === 'Binary'
        ? { kind: 'bytes', encoding: { bytes: 'binary' } }
        : { kind: 'text', encoding: { text: 'latin1', digits: 'ascii' } }
    case 'EBCDIC':
      return { kind: 'text', encoding: { text: 'ebcdic', digits: 'ebcdic' } }
    case 'BCD':
      return { kind: 'digits', encoding: { digits: 'bcd' }, pad: 'left' }
    case 'LBCD':
      return { kind: 'digits', encoding: { digits: 'bcd' }, pad: 'right' }
    case 'Binary':
      return { kind: 'bytes', encoding: { bytes: 'binary' } }
    case 'Hex':
    case 'HexToASCII':
      return { kind: 'bytes', encoding: { bytes: 'hex' } }
    case 'ASCIIToHex':
      return track
        ? { because: 'a track as packed hex digits with a length in bytes' }
        : { kind: 'bytes', encoding: { bytes: 'binary' } }
    default:
      return { because: `there is no counterpart of the encoding ${enc}` }
  }
}

/** Parts that stand one after the other in characters; any other division has to be described by hand. */
function partsOf({ subfields, tag, bitmap }: Written): ImportedField['parts'] | undefined {
  if (subfields === undefined || bitmap !== undefined) return undefined
  const numbered = Object.entries(subfields).sort(([one], [other]) => Number(one) - Number(other))
  const plain = numbered.every(([, part]) => part.prefix.endsWith('.Fixed') && part.enc === 'ASCII')
  const untagged = tag === undefined || Number(Object(tag).length ?? 0) === 0
  if (!plain || !untagged) return undefined
  return numbered.map(([no, part]) => ({ name: part.description || `part ${no}`, length: part.length }))
}

function tagged({ bitmap, tag }: Written): string {
  const why = bitmap !== undefined ? 'a bitmap of their own' : tag === undefined ? 'lengths of their own' : 'tags before them'
  return `its parts have ${why}; the field is carried over whole`
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const place = /line (\d+)/.exec(String(cause))?.[1]
    throw new ToolError(
      file,
      Number(place ?? 1),
      'this is not JSON',
      'Give the JSON of a moov-io specification, or the XML of a jPOS packager.',
      { cause },
    )
  }
}

/** The line on which a key first stands, near enough to find it. */
function lineOf(text: string, key: PropertyKey | undefined): number {
  const at = key === undefined ? -1 : text.indexOf(`"${String(key)}"`)
  return at < 0 ? 1 : text.slice(0, at).split('\n').length
}
