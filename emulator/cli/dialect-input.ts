import { Option } from 'commander'
import type { Dialect } from '../dialects/dialect.ts'
import { dialectById, dialectIds } from '../dialects/index.ts'
import type { SettingValue } from '../dialects/settings.ts'
import { isDialectFile, loadDialect } from '../profile/dialect-file.ts'
import { UsageError } from './complaint.ts'

/** What a command line says of the dialect of a frame. */
export type DialectChoice = Readonly<{ dialect: string; set: readonly string[] }>

/** The dialect that a frame is read or written in, and what its host has otherwise than the defaults. */
export function dialectOptions(): readonly Option[] {
  return [
    new Option(
      '--dialect <id>',
      `the dialect of the message: ${dialectIds.join(', ')}, or a dialect file, .yaml`,
    ).makeOptionMandatory(),
    new Option('--set <name=value>', 'a setting of the dialect, as in a profile; may be given more than once')
      .argParser((one: string, before: readonly string[]) => [...before, one])
      .default([], 'the defaults of the dialect'),
  ]
}

/**
 * The dialect that was asked for.
 *
 * @throws UsageError for a setting without a value, or one that a dialect file cannot have; EmulatorError `DIALECT_UNKNOWN`,
 *         `DIALECT_SETTING`; ProfileError for a dialect file with problems
 */
export async function dialectFrom({ dialect, set }: DialectChoice): Promise<Dialect> {
  const plain = isDialectFile(dialect) ? await loadDialect(dialect) : dialectById(dialect)
  if (set.length === 0) return plain
  const settings = Object.fromEntries(set.map(one => settingOf(one, plain)))
  if (!isDialectFile(dialect)) return dialectById(dialect, settings)
  return loadDialect(dialect, {
    settings,
    settingProblem: (_, says, hint) => {
      throw new UsageError(says, hint)
    },
  })
}

/** `name=value`; the value is of the kind that the dialect's own has. */
function settingOf(text: string, { settings }: Dialect): readonly [name: string, value: SettingValue] {
  const [, name, value] = /^([^=]+)=(.*)$/.exec(text) ?? []
  if (name === undefined || value === undefined)
    throw new UsageError(
      `--set ${JSON.stringify(text)} has no name and value`,
      `Write it as name=value, for example --set "length=ascii 4". Settings are ${Object.keys(settings).join(', ')}.`,
    )
  const kind = typeof settings[name]
  if (kind === 'boolean' && (value === 'true' || value === 'false')) return [name, value === 'true']
  return [name, kind === 'number' && /^\d+$/.test(value) ? Number(value) : value]
}
