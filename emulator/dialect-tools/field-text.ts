import { stringify } from 'yaml'
import type { Alphabet, Encoding } from '../dialects/dialect.ts'
import { nameFrom, standardField } from './field-names.ts'
import type { Imported, ImportedField } from './imported.ts'

/** How most fields are written, so that only the others have to say it. */
type Common = Required<Pick<Encoding, 'digits' | 'prefix' | 'bitmap' | 'text' | 'bytes'>> &
  Pick<Encoding, 'type' | 'trackSeparator'>

/**
 * The field part of a dialect file, with what could not be carried over in comments on top.
 *
 * @param from  The name of the file that it comes from, without its folder.
 */
export function dialectText(imported: Imported, from: string, id: string): string {
  const common = commonOf(imported)
  const used = new Set<string>()
  const macs = imported.fields.filter(({ de, kind }) => (de === 64 || de === 128) && kind === 'bytes')
  const fields = imported.fields
    .filter(({ de }) => !(de === 128 && macs.length === 2))
    .map(field => {
      const { name, row } = rowOf(field, common, used, macs.length === 2)
      used.add(name)
      return `  ${name}: ${flow(row)}`
    })
  const { type, bytes, ...written } = common
  const encoding = { ...written, ...(type === undefined ? {} : { type }), ...(bytes === 'binary' ? {} : { bytes }) }
  return [
    `# The fields of ${from} (${imported.kind}), brought over by \`tillproof dialect import\`.`,
    ...(imported.left.length === 0
      ? ['# Everything was carried over.']
      : ['# Not carried over, or not as it was:', ...imported.left.map(each => `#   ${each}`)]),
    '# Still to be said, from the interface of the acquirer: `framing`, `messages`, and the names of private fields such as `batch`.',
    '# docs/dialect-file.md explains each; `tillproof dialect check` lays samples out under what there is.',
    `id: ${id}`,
    `source: ${JSON.stringify(`${from} (${imported.kind})`)}`,
    `encoding: ${flow(encoding)}`,
    'fields:',
    ...fields,
    '',
  ].join('\n')
}

const flow = (value: unknown): string => stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim()

function commonOf({ fields, type, bitmap }: Imported): Common {
  const most = <K extends keyof ImportedField['encoding']>(key: K, otherwise: NonNullable<ImportedField['encoding'][K]>) => {
    const counts = new Map<NonNullable<ImportedField['encoding'][K]>, number>()
    for (const { encoding } of fields) {
      const value = encoding[key]
      if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? otherwise
  }
  const digits = most('digits', type ?? 'ascii')
  return {
    digits,
    ...(type === undefined || type === digits ? {} : { type }),
    prefix: most('prefix', digits),
    bitmap: bitmap ?? 'binary',
    text: most('text', 'latin1'),
    bytes: most('bytes', 'binary'),
    trackSeparator: digits === 'bcd' ? 'D' : '=',
  }
}

type Named = Readonly<{ name: string; row: Readonly<Record<string, unknown>> }>

function rowOf(field: ImportedField, common: Common, used: ReadonlySet<string>, twoMacs: boolean): Named {
  const { de, is, count, prefix, pad, padWith, parts } = field
  const standard = standardField(de)
  const of = alphabetOf(field, standard?.field.of)
  const fits = standard !== undefined && kindOf(of) === kindOf(standard.field.of)
  const name = fits && !used.has(standard.name) ? standard.name : nameFrom(is, de, used)
  const encoding = encodingBeside(field, of, common)
  const divided = parts === undefined ? standardParts(name, field) : named(parts, name)
  const row = {
    de,
    format: `${of}${prefix === 0 ? ' ' : '.'.repeat(prefix)}${count}`,
    ...(pad === 'right' && kindOf(of) === 'digits' ? { pad } : {}),
    ...(padWith === undefined ? {} : { padWith }),
    ...(Object.keys(encoding).length === 0 ? {} : { encoding }),
    ...(name === 'mac' && twoMacs ? { standsLast: true } : {}),
    ...(is === '' ? {} : { is }),
    ...(divided.length === 0 ? {} : { parts: divided }),
  }
  return { name, row }
}

/** How a field of the standard divides, where it has the length that the standard gives it: original data elements do. */
function standardParts(
  name: string,
  { de, count, prefix }: ImportedField,
): readonly Readonly<{ name: string; length: number }>[] {
  const standard = standardField(de)
  if (standard?.name !== name || prefix !== 0 || standard.field.length.count !== count) return []
  return (standard.layouts[0]?.parts ?? []).map(part => ({ name: part.name, length: part.length }))
}

/** Parts have names of their own in the whole dialect, so they begin with that of their field. */
function named(parts: NonNullable<ImportedField['parts']>, field: string) {
  return parts.map(({ name, length }, at) => {
    const own = nameFrom(name, at + 1, new Set())
    return { name: `${field}${own.charAt(0).toUpperCase()}${own.slice(1)}`, length }
  })
}

/** The alphabet of ISO 8583 by number where the other file says no more than that it is text or digits, and both are written alike. */
function alphabetOf({ kind }: ImportedField, standard: Alphabet | undefined): Alphabet {
  if (kind === 'bytes') return 'b'
  if (kind === 'signed') return 'x+n'
  if (standard === 'z') return 'z'
  if (kind === 'digits') return 'n'
  if (standard === 'x+n' || standard === 'b' || standard === undefined) return 'ans'
  return standard
}

function kindOf(of: Alphabet): 'digits' | 'text' | 'bytes' {
  return of === 'b' ? 'bytes' : of === 'an' || of === 'ans' ? 'text' : 'digits'
}

/** What a field has to say of its own encoding, since it differs from what is common. */
function encodingBeside({ encoding, prefix }: ImportedField, of: Alphabet, common: Common): Record<string, string> {
  const own: Record<string, string> = {}
  const kind = kindOf(of)
  const digits = encoding.digits ?? (encoding.text === 'ebcdic' ? 'ebcdic' : encoding.text === undefined ? undefined : 'ascii')
  if (kind === 'digits' && digits !== undefined && digits !== common.digits) own.digits = digits
  if (kind === 'text' && encoding.text !== undefined && encoding.text !== common.text) own.text = encoding.text
  if (kind === 'bytes' && encoding.bytes !== undefined && encoding.bytes !== common.bytes) own.bytes = encoding.bytes
  if (prefix !== 0 && encoding.prefix !== undefined && encoding.prefix !== common.prefix) own.prefix = encoding.prefix
  return own
}
