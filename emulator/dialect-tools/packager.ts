import { XMLParser, XMLValidator } from 'fast-xml-parser'
import type { Imported, ImportedField, NotCarried } from './imported.ts'
import { bitmapOf, classFacts } from './packager-class.ts'
import { ToolError } from './tool-error.ts'

type Attributes = Readonly<Record<string, string | undefined>>

/**
 * Reads the fields of a jPOS GenericPackager file.
 *
 * @throws ToolError when it is not well formed, or no such file
 */
export function importPackager(file: string, text: string): Imported {
  const valid = XMLValidator.validate(text)
  if (valid !== true)
    throw new ToolError(
      file,
      valid.err.line,
      `this is not well-formed XML: ${valid.err.msg}`,
      'Correct it, or give another file.',
    )
  // Values stay text: a length of `08` is no octal number, and names may be digits alone.
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseAttributeValue: false,
    parseTagValue: false,
  })
  const root = property(parser.parse(text), 'isopackager')
  if (root === undefined)
    throw new ToolError(
      file,
      1,
      'it has no <isopackager>',
      'A GenericPackager file of jPOS is needed, or the JSON of a moov-io specification.',
    )
  const plain = elements(root, 'isofield')
  const divided = elements(root, 'isofieldpackager')
  const left: string[] = []
  const fields: ImportedField[] = []
  let heads: Pick<Imported, 'type' | 'bitmap'> = {}
  for (const attributes of [...plain, ...divided]) {
    const de = Number(attributes.id)
    const name = attributes.class ?? ''
    if (de === 0) heads = { ...heads, ...typeOf(name) }
    else if (de === 1 || de === 65) heads = { ...heads, ...bitmapIn(name) }
    else {
      const field = fieldOf(de, attributes)
      if ('because' in field) left.push(`field ${attributes.id ?? '?'} (${attributes.name ?? 'no name'}): ${field.because}`)
      else {
        fields.push(field.field)
        left.push(...field.notes)
      }
    }
  }
  for (const { id, packager } of divided)
    left.push(
      `field ${id}: its parts (${packager ?? 'a packager of its own'}); the field is carried over whole, describe its \`parts\` yourself`,
    )
  return { kind: 'jPOS GenericPackager', ...heads, fields: fields.sort((one, other) => one.de - other.de), left }
}

function typeOf(name: string): Pick<Imported, 'type'> {
  const facts = classFacts(name)
  return 'because' in facts || facts.encoding.digits === undefined ? {} : { type: facts.encoding.digits }
}

function bitmapIn(name: string): Pick<Imported, 'bitmap'> {
  const bitmap = bitmapOf(name)
  return bitmap === undefined ? {} : { bitmap }
}

type Carried = Readonly<{ field: ImportedField; notes: readonly string[] }>

function fieldOf(de: number, { length, name = '', class: packager = '', pad, id }: Attributes): Carried | NotCarried {
  const count = Number(length)
  if (!Number.isInteger(de) || de < 2 || de > 192) return { because: `there is no field ${id}` }
  if (!Number.isInteger(count) || count < 1) return { because: `its length is ${JSON.stringify(length)}` }
  const facts = classFacts(packager)
  if ('because' in facts) return facts
  const { note, ...rest } = facts
  const packed = rest.encoding.digits === 'bcd'
  // The length of an amount counts its sign; ours does not.
  const digits = rest.kind === 'signed' ? count - 1 : count
  const side = packed ? { pad: pad === 'true' ? ('left' as const) : ('right' as const) } : {}
  return {
    field: { de, is: name, count: digits, ...rest, ...side },
    notes: note === undefined ? [] : [`field ${id} (${name}): ${note}`],
  }
}

function elements(root: unknown, name: string): readonly Attributes[] {
  const found = property(root, name)
  const list: readonly unknown[] = found === undefined ? [] : Array.isArray(found) ? found : [found]
  return list.map(each =>
    Object.fromEntries(Object.entries(Object(each)).map(([key, value]) => [key, typeof value === 'string' ? value : undefined])),
  )
}

function property(of: unknown, key: string): unknown {
  return typeof of === 'object' && of !== null ? Reflect.get(of, key) : undefined
}
