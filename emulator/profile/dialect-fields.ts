import type { Dialect, Field, FieldTable, Layout, Part, PrefixEncoding, SecretKind } from '../dialects/dialect.ts'
import type { WrittenDialect, WrittenField } from './dialect-form.ts'
import { formatOf } from './dialect-format.ts'
import { didYouMean } from './near.ts'
import type { Problem } from './problem.ts'
import type { Path, YamlFile } from './yaml-file.ts'

/** Fields and how they divide. */
export type Fields = Readonly<{
  fields: FieldTable
  layouts: Readonly<Record<string, readonly Layout[]>>
  problems: readonly Problem[]
}>

/** What is secret wherever it stands, by the name of the field and by its number: nobody can forget to say so. */
const secretNames: Readonly<Record<string, SecretKind>> = {
  pan: 'pan',
  track1: 'track',
  track2: 'track',
  track3: 'track',
  pinBlock: 'pinBlock',
  chipData: 'chip',
  keys: 'keys',
}
const secretNumbers: Readonly<Record<number, SecretKind>> = {
  2: 'pan',
  35: 'track',
  36: 'track',
  45: 'track',
  52: 'pinBlock',
  55: 'chip',
}

/** Fields that are what they are called, whatever the acquirer: the terminal fills them, or reads them, as such. */
const alphabetsDue: Readonly<Record<string, readonly Field['of'][]>> = {
  pan: ['n'],
  amount: ['n'],
  trace: ['n', 'an', 'ans'],
  track2: ['z', 'ans'],
  track3: ['z', 'ans'],
  pinBlock: ['b'],
  mac: ['b'],
}

/** The fields of a file over those of the dialect that it extends. `prefix`: how lengths before fields are written, unless one says otherwise. */
export function fieldsOf(
  file: YamlFile,
  written: WrittenDialect,
  base: Pick<Dialect, 'fields' | 'layouts'>,
  prefix: PrefixEncoding,
): Fields {
  const fields: Record<string, Field> = { ...base.fields }
  const layouts: Record<string, readonly Layout[]> = { ...base.layouts }
  const problems: Problem[] = []
  for (const [name, one] of Object.entries(written.fields)) {
    const path = ['fields', name]
    const known = Object.hasOwn(base.fields, name) ? base.fields[name] : undefined
    delete layouts[name]
    if (one === null) {
      if (known === undefined) problems.push(noSuch(file, path, name, written, base))
      delete fields[name]
      continue
    }
    const field = fieldOf(one, name, known, prefix)
    if ('because' in field) problems.push(file.problem([...path, ...field.at], field.code, field.because, field.hint))
    else {
      fields[name] = field
      const divided = layoutsOf(one, field, base.layouts[name])
      if (divided !== undefined) layouts[name] = divided
    }
  }
  return { fields, layouts, problems: [...problems, ...numberedAlike(file, fields)] }
}

function noSuch(file: YamlFile, path: Path, name: string, written: WrittenDialect, base: Pick<Dialect, 'fields'>): Problem {
  const says = `\`fields.${name}\` takes a field away, but ${written.extends ?? 'the file extends nothing and'} has none of this name`
  return file.problem(path, 'CONTRADICTION', says, didYouMean(name, Object.keys(base.fields)))
}

type Unusable = Readonly<{ at: Path; code: 'KEY_MISSING' | 'VALUE' | 'CONTRADICTION'; because: string; hint: string }>

function fieldOf(one: WrittenField, name: string, known: Field | undefined, prefix: PrefixEncoding): Field | Unusable {
  const prefixed = (one.encoding?.prefix ?? known?.encoding?.prefix ?? prefix) === 'binary' ? 'binary' : undefined
  const format =
    one.format === undefined ? known && { of: known.of, length: known.length } : formatOf(one.format, one.unit, prefixed)
  if (format === undefined)
    return { at: [], code: 'KEY_MISSING', because: `\`fields.${name}\` has no format`, hint: 'Add it, such as `format: n 6`.' }
  const at = ['format']
  if ('because' in format)
    return { at, code: 'CONTRADICTION', because: `\`fields.${name}\` is ${one.format}: ${format.because}`, hint: 'Correct it.' }
  const due = alphabetsDue[name]
  if (due !== undefined && !due.includes(format.of)) {
    const because = `\`fields.${name}\` is ${format.of}, but ${name} is ${due.join(' or ')} wherever it stands`
    return { at, code: 'CONTRADICTION', because, hint: 'Correct the format, or give what is meant another name.' }
  }
  const de = one.de ?? known?.de
  if (de === undefined && known === undefined)
    return { at: [], code: 'KEY_MISSING', because: `\`fields.${name}\` has no number`, hint: 'Add it, such as `de: 60`.' }
  const pad = one.pad ?? (known?.justify === 'left' ? 'right' : undefined)
  const secret = one.secret ?? known?.secret ?? secretNames[name] ?? (de === undefined ? undefined : secretNumbers[de])
  const holds = one.holds ?? known?.holds
  const pads = one.padWith ?? known?.pad
  const encoding = one.encoding ?? known?.encoding
  const last = one.standsLast ?? known?.standsLast
  return {
    ...(de === undefined ? {} : { de }),
    ...format,
    ...(pad === 'right' ? { justify: 'left' as const } : {}),
    ...(pads === undefined ? {} : { pad: pads }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(last === undefined ? {} : { standsLast: last }),
    is: one.is ?? known?.is ?? name,
    ...(secret === undefined ? {} : { secret }),
    ...(holds === undefined ? {} : { holds }),
  }
}

/** How a field divides: as the file says, or as in the dialect that it extends, with the paths of its own number. */
function layoutsOf(one: WrittenField, field: Field, known: readonly Layout[] | undefined): readonly Layout[] | undefined {
  const path = String(field.de ?? '')
  if (one.layouts === undefined && one.parts === undefined) {
    const moved = ({ path: old, ...part }: Part): Part => ({ ...part, path: old.replace(/^\d+/, path) })
    return known?.map(({ item, parts, ...layout }) => ({
      ...layout,
      parts: parts.map(moved),
      ...(item ? { item: { ...item, path: item.path.replace(/^\d+/, path) } } : {}),
    }))
  }
  const given = [...(one.layouts ?? []), ...(one.parts ? [{ of: 'as far as it goes' as const, parts: one.parts }] : [])]
  return given.map(({ item, parts, ...layout }) => ({
    ...layout,
    parts: parts.map((part, no) => ({ ...part, is: part.is ?? part.name, path: part.path ?? `${path}.${part.tag ?? no + 1}` })),
    ...(item
      ? {
          item: {
            ...item,
            path: item.path ?? path,
            parts: item.parts.map(part => ({ ...part, is: part.is ?? part.name, path: part.path ?? part.name })),
          },
        }
      : {}),
  }))
}

function numberedAlike(file: YamlFile, fields: FieldTable): readonly Problem[] {
  const byNumber = new Map<number, string>()
  return Object.entries(fields).flatMap(([name, { de }]) => {
    if (de === undefined) return []
    const first = byNumber.get(de)
    byNumber.set(de, first ?? name)
    if (first === undefined) return []
    const [own, other] = file.has(['fields', name]) ? [name, first] : [first, name]
    const says = `fields \`${own}\` and \`${other}\` both have number ${de}`
    const hint = file.has(['fields', other])
      ? 'Correct one of the numbers.'
      : `Correct the number, or take the other away: \`${other}: null\`.`
    return [file.problem(['fields', own, 'de'], 'CONTRADICTION', says, hint)]
  })
}
