import type { z } from 'zod'
import { withoutCredentials } from '../values/address.ts'
import { capabilities, dialectMarks } from './capabilities.ts'
import { knobNames } from './knobs.ts'
import { didYouMean } from './near.ts'
import type { Problem } from './problem.ts'
import type { Path, YamlFile } from './yaml-file.ts'

type Issue = z.core.$ZodIssue

/** Keys whose values never appear in a message. */
const secretKeys: ReadonlySet<PropertyKey> = new Set(['pan', 'pin', 'masterKey', 'password', 'value'])

/**
 * Reads a file by a form: its value, or every place where it does not fit.
 *
 * @param path  Where in the file the form applies; the whole of it by default.
 */
export function fit<F extends z.ZodType>(
  file: YamlFile,
  form: F,
  path: Path = [],
): Readonly<{ value: z.output<F>; problems: readonly [] }> | Readonly<{ value?: never; problems: readonly Problem[] }> {
  const parsed = form.safeParse(valueAt(file.value, path))
  if (parsed.success) return { value: parsed.data, problems: [] }
  return { problems: parsed.error.issues.flatMap(issue => problemsOf(file, form, issue, path)) }
}

/**
 * The same, but where unknown keys are all that is wrong there is a value beside their problems: what the file says without them, so that whatever
 * else is wrong with it can be told at once.
 */
export function fitBut<F extends z.ZodType>(
  file: YamlFile,
  form: F,
): Readonly<{ value?: z.output<F>; problems: readonly Problem[] }> {
  const parsed = form.safeParse(file.value)
  if (parsed.success) return { value: parsed.data, problems: [] }
  const problems = parsed.error.issues.flatMap(issue => problemsOf(file, form, issue, []))
  const known = structuredClone(file.value)
  for (const issue of parsed.error.issues) {
    const group = valueAt(known, issue.path)
    if (issue.code !== 'unrecognized_keys' || typeof group !== 'object' || group === null) return { problems }
    for (const key of issue.keys) Reflect.deleteProperty(group, key)
  }
  const rest = form.safeParse(known)
  return rest.success ? { value: rest.data, problems } : { problems }
}

function problemsOf(file: YamlFile, form: z.ZodType, issue: Issue, within: Path): readonly Problem[] {
  const path = [...within, ...issue.path]
  const value = valueAt(file.value, path)
  const named = path.length === 0 ? 'the file' : `\`${written(path)}\``
  const meant = issue.code === 'invalid_union' ? branchOf(issue) : undefined
  if (meant !== undefined)
    return meant.flatMap(inner => problemsOf(file, form, { ...inner, path: [...issue.path, ...inner.path] }, within))
  if (issue.code === 'unrecognized_keys') {
    const known = keysOf(form, issue.path)
    return issue.keys.map(key => {
      const says = `unknown key \`${written([...path, key])}\``
      return file.problem([...path, key], 'KEY_UNKNOWN', says, elsewhere(key, path) ?? didYouMean(key, known))
    })
  }
  if (issue.code === 'invalid_type' && value === undefined) {
    return [file.problem(path, 'KEY_MISSING', `${named} is missing`, `Add it: ${expected(issue)}.`)]
  }
  if (issue.code === 'invalid_value') {
    const says = `${named} is ${shown(path, value)}, which is not one of its values`
    const known = issue.values.map(String)
    return [file.problem(path, 'VALUE', says, markHint(value) ?? didYouMean(String(value), known))]
  }
  const hint = issue.message.startsWith('must') ? `It ${issue.message}.` : `It must be ${expected(issue)}.`
  return [file.problem(path, value === undefined ? 'KEY_MISSING' : 'VALUE', `${named} is ${shown(path, value)}`, hint)]
}

function expected(issue: Issue): string {
  if (issue.message.startsWith('must')) return `it ${issue.message}`
  if (issue.code === 'invalid_type') return words[issue.expected] ?? issue.expected
  if (issue.code === 'too_small') return `at least ${issue.minimum}`
  if (issue.code === 'too_big') return `at most ${issue.maximum}`
  return issue.message
}

const words: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
}

/** Of a choice of forms the one that was meant: the only one whose kind of value, a text, a list or a group of keys, is there. */
function branchOf(issue: z.core.$ZodIssueInvalidUnion): readonly Issue[] | undefined {
  const ofThisKind = issue.errors.filter(
    issues => !issues.some(({ code, path }) => path.length === 0 && code !== 'unrecognized_keys'),
  )
  return ofThisKind.length === 1 ? ofThisKind[0] : undefined
}

/** A knob at the top of the profile, or a key of the profile among the knobs, is a matter of indentation. */
function elsewhere(key: string, path: Path): string | undefined {
  return path.length === 0 && knobNames.includes(key) ? `It is a knob: indent it under \`knobs:\`.` : undefined
}

function markHint(value: unknown): string | undefined {
  const mark = dialectMarks.find(each => each === value)
  return mark === undefined || capabilities.includes(mark) ? undefined : 'Leave it out: a profile has this mark from its dialect.'
}

/** The keys that the form knows at a path, in any of its choices. */
function keysOf(form: unknown, path: Path): readonly string[] {
  const options = property(form, 'options')
  if (Array.isArray(options) && property(form, 'shape') === undefined) return options.flatMap(option => keysOf(option, path))
  const inner = property(property(form, 'def'), 'innerType')
  if (inner !== undefined) return keysOf(inner, path)
  const shape = property(form, 'shape')
  const [step, ...rest] = path
  // The keys of a record stand in a list of their own, where they are not free.
  const names = property(property(form, 'keyType'), 'options')
  if (step === undefined && Array.isArray(names)) return names.map(String)
  if (step === undefined) return typeof shape === 'object' && shape !== null ? Object.keys(shape) : []
  const next = typeof step === 'number' ? property(form, 'element') : (property(shape, step) ?? property(form, 'valueType'))
  return next === undefined ? [] : keysOf(next, rest)
}

function property(of: unknown, key: PropertyKey): unknown {
  return typeof of === 'object' && of !== null ? Reflect.get(of, key) : undefined
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce(property, value)
}

/** `merchants[0].terminals[1].id` */
export function written(path: Path): string {
  return path.map((step, at) => (typeof step === 'number' ? `[${step}]` : `${at === 0 ? '' : '.'}${String(step)}`)).join('')
}

/** A longer value is not quoted: nobody finds a mistake in it, and a file that is no profile at all may hold anything. */
const shownAtMost = 80

function shown(path: Path, value: unknown): string {
  if (path.some(step => secretKeys.has(step))) return 'not of its form'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object' && value !== null) return `a group of keys (${Object.keys(value).join(', ')})`
  if (value === null || value === undefined) return 'empty'
  const text = withoutCredentials(JSON.stringify(value))
  return text.length > shownAtMost ? `a text of ${String(value).length} characters` : text
}
