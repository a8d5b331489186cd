import { dirname, resolve } from 'node:path'
import type { Dialect } from '../dialects/dialect.ts'
import { dialectById } from '../dialects/index.ts'
import { isEmulatorError } from '../values/errors.ts'
import { isDialectFile, loadDialect } from './dialect-file.ts'
import { type Problem, ProfileError } from './problem.ts'
import type { Profile } from './profile.ts'
import type { WrittenProfile } from './schema.ts'
import type { YamlFile } from './yaml-file.ts'

/** The dialect of a profile, by name and as tables; or why there is none. */
export type Chosen =
  | Readonly<{ found: Profile['dialect']; speaks: Dialect; problems: readonly Problem[] }>
  | Readonly<{ speaks?: never; problems: readonly Problem[] }>

/** Asks the dialects themselves, so that an unknown setting is found here and not in the middle of a run. */
export async function dialectOf(
  source: YamlFile,
  { dialect }: WrittenProfile,
  requirements?: readonly string[],
): Promise<Chosen> {
  const { name, settings, at } = namedDialect(dialect)
  if (isDialectFile(name)) return dialectInFile(source, resolve(dirname(source.file), name), settings, requirements)
  try {
    return { found: { id: name, settings }, speaks: dialectById(name, settings), problems: [] }
  } catch (thrown) {
    if (!isEmulatorError(thrown)) throw thrown
    const setting = 'name' in thrown.facts ? String(thrown.facts.name) : undefined
    const path = setting === undefined ? at : ['dialect', 'settings', setting]
    return { problems: [source.problem(path, 'DIALECT', thrown.message, thrown.hint)] }
  }
}

/** A file has its own settings, and those of the profile take their place. */
async function dialectInFile(
  source: YamlFile,
  file: string,
  settings: Profile['dialect']['settings'],
  requirements: readonly string[] | undefined,
): Promise<Chosen> {
  try {
    const speaks = await loadDialect(file, {
      settings,
      settingProblem: (name, says, hint) => source.problem(['dialect', 'settings', name], 'DIALECT', says, hint),
      ...(requirements === undefined ? {} : { requirements }),
    })
    return { found: { id: speaks.id, settings, file }, speaks, problems: saleAndVoid(source, speaks) }
  } catch (thrown) {
    if (thrown instanceof ProfileError) return { problems: thrown.problems }
    throw thrown
  }
}

function namedDialect(dialect: WrittenProfile['dialect']) {
  if (typeof dialect === 'string') return { name: dialect, settings: {}, at: ['dialect'] }
  if ('id' in dialect) return { name: dialect.id, settings: dialect.settings, at: ['dialect', 'id'] }
  return { name: dialect.file, settings: dialect.settings, at: ['dialect', 'file'] }
}

/** A dialect file may hold fields alone, to lay samples out; no acquirer is certified without these messages. */
function saleAndVoid(source: YamlFile, { id, messages }: Dialect): readonly Problem[] {
  const missing = (['sale', 'void'] as const).filter(name => !messages.some(({ operation }) => operation === name))
  if (missing.length === 0) return []
  const says = `dialect ${id} has no message for ${missing.join(' and ')}`
  return [
    source.problem(
      ['dialect'],
      'CONTRADICTION',
      says,
      'Add it under `messages:` of the dialect file, or extend a dialect that has it.',
    ),
  ]
}
