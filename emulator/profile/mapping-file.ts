import { compile, type Path } from '../mapping/compile.ts'
import { mappingForm } from '../mapping/form.ts'
import type { Mapping } from '../mapping/mapping.ts'
import { ProfileError } from './problem.ts'
import { fitBut } from './shape.ts'
import { YamlFile } from './yaml-file.ts'

export type MappingOptions = Readonly<{
  /** Where `env:NAME` of a party looks: the process environment unless given. */
  environment?: Readonly<Record<string, string | undefined>>
}>

/**
 * Reads a mapping file, every expression and credential in it included.
 *
 * @throws ProfileError with every problem at once, each with its line and a hint
 */
export async function loadMapping(file: string, options: MappingOptions = {}): Promise<Mapping> {
  const source = await YamlFile.read(file)
  const { value: written, problems } = fitBut(source, mappingForm)
  if (written === undefined) throw refusal(problems)
  const place = (path: Path): string => `${file}:${source.problem(path, 'VALUE', '', '').line}`
  const compiled = compile(written, { environment: options.environment ?? process.env, place })
  if (compiled.mapping !== undefined && problems.length === 0) return compiled.mapping
  const others = compiled.problems.map(({ path, says, hint }) => source.problem(path, 'VALUE', says, hint))
  throw refusal([...problems, ...others])
}

function refusal(problems: readonly ProfileError['problems'][number][]): ProfileError {
  const [first, ...rest] = problems
  if (first === undefined) throw new RangeError('a mapping is refused for at least one problem')
  return new ProfileError([first, ...rest])
}
