import { type Dialect, dialect, type Encoding } from '../dialects/dialect.ts'
import { framingSettings } from '../dialects/framing-settings.ts'
import { dialectById, dialectIds } from '../dialects/index.ts'
import type { SettingValue } from '../dialects/settings.ts'
import { isEmulatorError } from '../values/errors.ts'
import { codesOf, wordsOf } from './dialect-codes.ts'
import { dialectContradictions } from './dialect-contradictions.ts'
import { fieldsOf } from './dialect-fields.ts'
import { dialectForm, type WrittenDialect } from './dialect-form.ts'
import { messagesOf } from './dialect-messages.ts'
import { didYouMean } from './near.ts'
import { type Problem, ProfileError } from './problem.ts'
import { fitBut } from './shape.ts'
import { YamlFile } from './yaml-file.ts'

type Settings = Readonly<Record<string, SettingValue>>

/** Whether a dialect of a profile is named by its file, and not by its id. */
export const isDialectFile = (name: string): boolean => /\.ya?ml$/.test(name)

export type DialectFileOptions = Readonly<{
  /** Settings of a profile; they take the place of those in the file. */
  settings?: Settings
  /** Where a setting that is none stands, when it stands in the profile. */
  settingProblem?: (name: string, says: string, hint: string) => Problem
  /** The ids of all rows, for `cannot`. */
  requirements?: readonly string[]
}>

/**
 * Reads a dialect from its file and checks it as a whole.
 *
 * @throws ProfileError with every problem at once, each with its place and a hint
 */
export async function loadDialect(file: string, options: DialectFileOptions = {}): Promise<Dialect> {
  const source = await YamlFile.read(file, isText)
  const { value: written, problems } = fitBut(source, dialectForm)
  if (written === undefined) return refuse(problems)
  const { base, problems: ofBase } = baseOf(source, written, options)
  if (base === undefined) return refuse([...problems, ...ofBase])
  const extended = written.extends === undefined ? { ...base, fields: {}, layouts: {}, messages: [], cannot: {} } : base
  const encoding = encodingOf(written, base.encoding)
  const { fields, layouts, problems: ofFields } = fieldsOf(source, written, extended, encoding.prefix)
  const there = (name: string) => Object.hasOwn(fields, name)
  const matchedBy = written.matchedBy ?? (written.extends === undefined ? ['trace', 'terminalId'] : base.matchedBy).filter(there)
  const mayBeMissingInRefusal =
    written.mayBeMissingInRefusal ?? extended.mayBeMissingInRefusal.filter(name => matchedBy.includes(name))
  const around = { fields, layouts, matchedBy, mayBeMissingInRefusal }
  const { messages, problems: ofMessages } = messagesOf(source, written, extended, around)
  const made: Dialect = {
    ...base,
    id: written.id,
    mark: written.mark ?? base.mark,
    source: written.source,
    encoding,
    fields,
    layouts,
    messages,
    matchedBy,
    mayBeMissingInRefusal,
    codes: codesOf(written.codes, base.codes),
    words: wordsOf(written.words, base.words),
    cannot: cannotOf(written.cannot, extended.cannot),
  }
  const found = [
    ...problems,
    ...ofFields,
    ...ofMessages,
    ...dialectContradictions(source, written, made, base, options.requirements),
  ]
  return found.length > 0 ? refuse(found) : dialect(made)
}

/** Of which family a dialect is that extends none: whence its codes, words and settings come. */
const plain: Readonly<Record<string, string>> = { iso87: 'iso8583-1987', iso93: 'iso8583-1993' }

/** The settings of what stands around a message; the section `framing` has them, so that `settings` need not. */
const aroundMessage: ReadonlySet<string> = new Set(Object.keys(framingSettings({ length: 'none', tpdu: 'none', header: 'none' })))

type Base = Readonly<{ base: Dialect; problems: readonly [] }> | Readonly<{ base?: never; problems: readonly Problem[] }>

/** The dialect that a file extends, or else the one of its family that it has codes, words and settings of; with all settings applied. */
function baseOf(source: YamlFile, written: WrittenDialect, { settings = {}, settingProblem }: DialectFileOptions): Base {
  const id = written.extends ?? plain[written.mark ?? 'iso87'] ?? 'iso8583-1987'
  const misplaced = misplacedSettings(source, written)
  if (dialectIds.includes(written.id))
    misplaced.push(contradiction(source, ['id'], `there is a built-in dialect ${written.id}`, 'Give this one another id.'))
  if (!dialectIds.includes(id))
    misplaced.push(
      source.problem(['extends'], 'DIALECT', `there is no built-in dialect ${JSON.stringify(id)}`, didYouMean(id, dialectIds)),
    )
  if (misplaced.length > 0) return { problems: misplaced }
  const shorthand = typeof written.encoding === 'string' ? { encoding: written.encoding } : {}
  try {
    return { base: dialectById(id, { ...shorthand, ...written.framing, ...written.settings, ...settings }), problems: [] }
  } catch (thrown) {
    if (!isEmulatorError(thrown, 'DIALECT_SETTING') || !('name' in thrown.facts)) throw thrown
    const name = String(thrown.facts.name)
    const says = thrown.message.replace(` of dialect ${id}`, '')
    if (Object.hasOwn(settings, name) && settingProblem) return { problems: [settingProblem(name, says, 'Correct the setting.')] }
    const section =
      written.framing !== undefined && Object.hasOwn(written.framing, name)
        ? 'framing'
        : name === 'encoding'
          ? 'encoding'
          : 'settings'
    const path = section === 'encoding' && written.settings?.encoding === undefined ? ['encoding'] : [section, name]
    return { problems: [source.problem(path, 'DIALECT', says, 'Correct the setting, or leave it out.')] }
  }
}

/** Each setting has one place in the file. */
function misplacedSettings(source: YamlFile, { framing, settings }: WrittenDialect): Problem[] {
  const elsewhere = (section: string, names: readonly string[], hint: string): Problem[] =>
    names.map(name =>
      source.problem([section, name], 'KEY_UNKNOWN', `\`${section}.${name}\` is no setting of this section`, hint),
    )
  const notFraming = Object.keys(framing ?? {}).filter(name => !aroundMessage.has(name))
  const notOther = Object.keys(settings ?? {}).filter(name => aroundMessage.has(name))
  return [
    ...elsewhere(
      'framing',
      notFraming,
      `Known here are ${[...aroundMessage].join(', ')}; everything else stands under \`settings:\`.`,
    ),
    ...elsewhere('settings', notOther, 'Write it under `framing:`.'),
  ]
}

/** The encoding as a file changes it. Packed tracks have the nibble D as separator, those in characters mostly `=`. */
function encodingOf({ encoding }: WrittenDialect, base: Encoding): Encoding {
  if (encoding === undefined || typeof encoding === 'string') return base
  const changed = encoding.digits !== undefined && (encoding.digits === 'bcd') !== (base.digits === 'bcd')
  const separator = encoding.digits === 'bcd' ? 'D' : '='
  return { ...base, ...(changed ? { trackSeparator: separator } : {}), ...encoding }
}

function cannotOf(written: WrittenDialect['cannot'], base: Dialect['cannot']): Dialect['cannot'] {
  const cannot: Record<string, string> = { ...base }
  for (const [row, because] of Object.entries(written ?? {})) {
    if (because === null) delete cannot[row]
    else cannot[row] = because
  }
  return cannot
}

function contradiction(file: YamlFile, path: readonly string[], says: string, hint: string): Problem {
  return file.problem(path, 'CONTRADICTION', says, hint)
}

/** Everything in a dialect is text but these numbers, and the settings, which know for themselves. */
const numbers: ReadonlySet<string | undefined> = new Set(['de', 'length', 'lengths', 'most'])

function isText(keys: readonly string[]): boolean {
  const last = keys.at(-1)
  return !numbers.has(last) && !(last === 'tag' && keys.at(-2) === 'tagged') && keys[0] !== 'settings' && keys[0] !== 'framing'
}

function refuse(problems: readonly Problem[]): never {
  const [first, ...rest] = problems
  if (first === undefined) throw new RangeError('a dialect is refused for at least one problem')
  throw new ProfileError([first, ...rest])
}
