import type { Dialect, Field } from '../dialects/dialect.ts'
import { codeContradictions } from './dialect-code-contradictions.ts'
import type { WrittenDialect } from './dialect-form.ts'
import { messageContradictions } from './dialect-message-contradictions.ts'
import { didYouMean } from './near.ts'
import type { Problem } from './problem.ts'
import type { Path, YamlFile } from './yaml-file.ts'

/** What a dialect file says that is well formed by itself and cannot be true together. */
export function dialectContradictions(
  file: YamlFile,
  written: WrittenDialect,
  made: Dialect,
  base: Pick<Dialect, 'codes'>,
  requirements: readonly string[] | undefined,
): readonly Problem[] {
  const objections = [...encodingObjections(made), ...fieldObjections(written, made)]
  const problems = objections.map(({ path, says, hint }) => file.problem(path, 'CONTRADICTION', says, hint))
  return [
    ...problems,
    ...messageContradictions(file, written, made),
    ...codeContradictions(file, written, made, base.codes),
    ...unknownRows(file, written, requirements),
  ]
}

export type Objection = Readonly<{ path: Path; says: string; hint: string }>

function* encodingObjections({ encoding, framing }: Dialect): Generator<Objection> {
  if (encoding.digits === 'bcd' && encoding.trackSeparator === '=')
    yield {
      path: ['encoding', 'trackSeparator'],
      says: 'digits are packed, but the separator of a track is `=`, which is no nibble',
      hint: 'Leave `trackSeparator` out: packed tracks have the nibble D.',
    }
  const bytes = [encoding.digits === 'bcd', encoding.bitmap === 'binary', encoding.prefix === 'bcd', encoding.prefix === 'binary']
  if (framing.form.is === 'STX ETX LRC' && bytes.includes(true))
    yield {
      path: ['framing', 'length'],
      says: 'frames end with the character ETX, but digits, lengths or the bitmap are bytes, which may hold it',
      hint: 'Write `encoding: ascii`, or frames with a length before them.',
    }
}

function* fieldObjections({ fields: given }: WrittenDialect, { fields, layouts, matchedBy }: Dialect): Generator<Objection> {
  for (const [name, field] of Object.entries(fields)) {
    if (!Object.hasOwn(given, name)) continue
    yield* objectionsToField(name, field)
    yield* objectionsToParts(name, field, layouts[name] ?? [], fields)
  }
  for (const [name, use] of Object.entries(indispensable))
    if (!Object.hasOwn(fields, name) && !Object.hasOwn(given, name))
      yield {
        path: ['fields'],
        says: `there is no field \`${name}\`, ${use}`,
        hint: 'Add it, or give the field that is meant this name.',
      }
  if (!matchedBy.includes('trace'))
    yield {
      path: ['matchedBy'],
      says: '`matchedBy` is without trace: nothing tells two requests of one terminal apart',
      hint: 'Add `trace`.',
    }
  for (const [at, name] of matchedBy.entries())
    if (!Object.hasOwn(fields, name) && !given[name])
      yield {
        path: ['matchedBy', at],
        says: `\`matchedBy\` names ${name}, which is no field`,
        hint: didYouMean(name, Object.keys(fields)),
      }
}

/** No exchange makes sense without these. */
const indispensable: Readonly<Record<string, string>> = {
  trace: 'by which an answer is known as that of its request',
  resultCode: 'in which an answer says whether it approves',
  terminalId: 'in which a request says who asks',
}

function* objectionsToField(
  name: string,
  { of, length, justify, encoding, secret, de, standsLast }: Field,
): Generator<Objection> {
  const path = ['fields', name]
  if (of === 'b' && (name === 'mac' || name === 'pinBlock') && (length.is !== 'exactly' || length.count > 16))
    yield {
      path: [...path, 'format'],
      says: `\`fields.${name}\` has no fixed length of 4, 8 or 16 bytes`,
      hint: 'Write `b 8`: the length counts bytes, where tables of ISO 8583 count 64 bits.',
    }
  if (name === 'mac' && standsLast === undefined && de !== undefined && de % 64 !== 0)
    yield {
      path: [...path, 'de'],
      says: `\`fields.mac\` has number ${de}, but a MAC is the last field of a bitmap`,
      hint: 'Write `de: 64` or `de: 128`, or `standsLast: true`.',
    }
  if (justify === 'left' && !(of === 'n' || of === 'z' || of === 'x+n'))
    yield {
      path: [...path, 'pad'],
      says: `\`fields.${name}\` is ${of}, and only packed digits are padded`,
      hint: 'Leave `pad` out.',
    }
  if (encoding?.digits !== undefined && (of === 'an' || of === 'ans' || of === 'b'))
    yield {
      path: [...path, 'encoding', 'digits'],
      says: `\`fields.${name}\` is ${of} and has no digits`,
      hint: 'Leave `digits` out.',
    }
  if (encoding?.prefix !== undefined && length.is === 'exactly')
    yield {
      path: [...path, 'encoding', 'prefix'],
      says: `\`fields.${name}\` has a fixed length, and no length before it`,
      hint: 'Leave `prefix` out, or write the format with dots, such as `ans...999`.',
    }
  if (secret === 'pan' && of !== 'n')
    yield {
      path: [...path, 'secret'],
      says: `\`fields.${name}\` is ${of}, and a card number is digits`,
      hint: 'Correct `format` or `secret`.',
    }
}

function* objectionsToParts(
  name: string,
  { of, length }: Field,
  layouts: Dialect['layouts'][string],
  fields: Dialect['fields'],
): Generator<Objection> {
  const path = ['fields', name, 'parts']
  if (of === 'b' && layouts.length > 0)
    yield { path, says: `\`fields.${name}\` is b, and only digits and texts divide into parts`, hint: 'Leave the parts out.' }
  for (const { of: kind, parts, item, tagged } of layouts) {
    if ((kind === 'tagged') !== (tagged !== undefined) || parts.some(({ tag }) => (tag?.length ?? 0) !== (tagged?.tag ?? 0)))
      yield {
        path,
        says: `\`fields.${name}\` and its parts do not agree on tags`,
        hint: 'Write `of: tagged`, `tagged: { tag: 2, length: 3 }`, and give each part a `tag` of that many characters.',
      }
    const all = [...parts, ...(item?.parts ?? [])]
    const sum = kind === 'tagged' ? 0 : parts.reduce((total, part) => total + part.length, 0)
    const fits = kind === 'whole' && length.is === 'exactly' ? sum === length.count : sum <= length.count
    if (!fits)
      yield {
        path,
        says: `the parts of \`fields.${name}\` have ${sum} together, and the field has ${length.is === 'exactly' ? '' : 'at most '}${length.count}`,
        hint: 'Correct the lengths of the parts, or the format.',
      }
    if ((kind === 'list') !== (item !== undefined))
      yield {
        path,
        says: kind === 'list' ? `\`fields.${name}\` is a list without an item` : `\`fields.${name}\` has an item, but is no list`,
        hint: 'A list has its count as first part, and an `item` with the parts that come again and again.',
      }
    for (const part of all) {
      const again = all.filter(each => each.name === part.name).length > 1 || Object.hasOwn(fields, part.name)
      if (again)
        yield {
          path,
          says: `the part ${part.name} of \`fields.${name}\` has the name of another part or field`,
          hint: 'Give each its own name.',
        }
    }
  }
}

function unknownRows(
  file: YamlFile,
  { cannot }: WrittenDialect,
  requirements: readonly string[] | undefined,
): readonly Problem[] {
  if (requirements === undefined) return []
  return Object.keys(cannot ?? {}).flatMap(row => {
    if (requirements.includes(row)) return []
    const near = didYouMean(row, requirements)
    const hint = near.startsWith('Did') ? near : '`tillproof requirements` lists all ids.'
    return [file.problem(['cannot', row], 'VALUE', `there is no requirement ${row}`, hint)]
  })
}
