import { parse } from 'yaml'
import { compile, type MappingProblem } from './compile.ts'
import { mappingForm } from './form.ts'
import type { Mapping } from './mapping.ts'

/** What is wrong with a mapping, for tests: by the form first, then by what is written in it. */
export function problemsOf(yaml: string, environment: Readonly<Record<string, string>> = {}): readonly MappingProblem[] {
  const parsed = mappingForm.safeParse(parse(yaml))
  if (!parsed.success) return parsed.error.issues.map(({ path, message }) => ({ path, says: message, hint: '' }))
  return compile(parsed.data, { environment, place: path => path.map(String).join('.') }).problems
}

/** A mapping out of its text, for tests. */
export function mappingOf(yaml: string, environment: Readonly<Record<string, string>> = {}): Mapping {
  const { mapping } = compile(mappingForm.parse(parse(yaml)), { environment, place: path => path.map(String).join('.') })
  if (mapping === undefined)
    throw new Error(
      problemsOf(yaml, environment)
        .map(({ path, says }) => `${path.map(String).join('.')}: ${says}`)
        .join('\n'),
    )
  return mapping
}
