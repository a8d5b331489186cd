import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Dialect } from '../dialects/dialect.ts'
import type { Mapping } from '../mapping/mapping.ts'
import { spoken } from '../mapping/spoken.ts'
import { loadMapping } from './mapping-file.ts'
import { type Problem, ProfileError } from './problem.ts'
import type { Profile } from './profile.ts'
import type { WrittenProfile } from './schema.ts'
import type { YamlFile } from './yaml-file.ts'

type Mapped = Readonly<{ file: string; mapping: Mapping }>

/** The mapping that a profile names, if it names one; `not kept with a run`: its credentials are neither there nor needed. */
export async function mappingOf(
  source: YamlFile,
  { mapping: named }: WrittenProfile,
  environment: Readonly<Record<string, string | undefined>> | 'not kept with a run',
): Promise<Readonly<{ found?: Mapped; problems: readonly Problem[] }>> {
  if (named === undefined) return { problems: [] }
  const file = resolve(dirname(source.file), named)
  try {
    const mapping = await loadMapping(file, {
      environment: environment === 'not kept with a run' ? await anything(file) : environment,
    })
    return { found: { file, mapping }, problems: [] }
  } catch (thrown) {
    if (thrown instanceof ProfileError) return { problems: thrown.problems }
    throw thrown
  }
}

/** An environment in which everything is set that a file asks for. (One that cannot be read is complained about when it is loaded.) */
async function anything(file: string): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return Object.fromEntries([...text.matchAll(/env:(\w+)/g)].map(([, name = '']) => [name, 'not kept with a run']))
}

/** A profile with a mapping speaks `http` as far as that goes: what a mapping has no place for, the acquirer has none for. */
export function mappingTerms(speaks: Dialect, found: Mapped | undefined): Pick<Profile, 'speaks' | 'mapping' | 'mappingFile'> {
  if (found === undefined) return { speaks }
  const { file, mapping } = found
  return { speaks: spoken(speaks, mapping), mapping, mappingFile: file }
}
