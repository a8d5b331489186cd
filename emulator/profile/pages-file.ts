import { basename } from 'node:path'
import { didYouMean } from './near.ts'
import type { Control, Meaning, Numbering, PageStep, Pages, Place, Reading, Way } from './pages.ts'
import {
  blanks,
  pagesForm,
  type WrittenControl,
  type WrittenMeans,
  type WrittenNumber,
  type WrittenPages,
  type WrittenReading,
  type WrittenStep,
  worded,
} from './pages-form.ts'
import { type Problem, ProfileError } from './problem.ts'
import { fit } from './shape.ts'
import { blanksIn, wordsOf } from './words.ts'
import { type Path, YamlFile } from './yaml-file.ts'

type Steps = readonly WrittenStep[]

/**
 * Reads a pages file, every regular expression and blank in it included.
 *
 * @throws ProfileError with every problem at once, each with its line and a hint
 */
export async function loadPages(file: string): Promise<Pages> {
  const source = await YamlFile.read(file, keys => keys.at(-1) !== 'waitSeconds')
  const { value: written, problems } = fit(source, pagesForm)
  if (written === undefined) return refuse(problems)
  const wrong = textProblems(source, written)
  return wrong.length > 0 ? refuse(wrong) : compiled(source, written)
}

function refuse([first, ...rest]: readonly Problem[]): never {
  if (first === undefined) throw new RangeError('a pages file is refused for at least one problem')
  throw new ProfileError([first, ...rest])
}

function compiled(source: YamlFile, written: WrittenPages): Pages {
  const at = (path: Path): string => `${basename(source.file)}:${source.problem(path, 'VALUE', '', '').line}`
  const control = (each: WrittenControl, path: Path): Control => ({
    ...placeOf(each),
    ...(each.within && { within: placeOf(each.within) }),
    at: at(path),
  })
  const readings = (all: readonly WrittenReading[] | undefined, path: Path): readonly Reading[] =>
    (all ?? []).map((each, nth) => ({
      in: control(each.in, [...path, nth, 'in']),
      means: meanings(each.means),
    }))
  const steps = (all: Steps, path: Path): readonly PageStep[] => all.map((each, nth) => step(each, [...path, nth]))
  const step = (each: WrittenStep, path: Path): PageStep => {
    const { open, fill, choose, press, see, gone } = each
    const otherwise = readings(each.otherwise, [...path, 'otherwise'])
    const what = each.with ?? ''
    if (open !== undefined) return { does: 'open', address: open }
    if (fill) return { does: 'fill', control: control(fill, [...path, 'fill']), with: what, otherwise }
    if (choose) return { does: 'choose', control: control(choose, [...path, 'choose']), with: what, otherwise }
    if (press && each.ifThere) return { does: 'press if there', control: control(press, [...path, 'press']) }
    if (press) return { does: 'press', control: control(press, [...path, 'press']), otherwise }
    if (see) return { does: 'see', control: control(see, [...path, 'see']), otherwise }
    if (gone) return { does: 'gone', control: control(gone, [...path, 'gone']) }
    return { does: 'find' }
  }
  const number = (each: WrittenNumber, path: Path): Numbering => ({
    pattern: new RegExp(each.address ?? each.matching ?? ''),
    in: each.in ? control(each.in, [...path, 'in']) : 'address',
  })
  const ways = Object.fromEntries(waysOf(written).map(([way, all, path]) => [way, steps(all, path)]))
  const { audit, numbers } = written
  return {
    file: source.file,
    name: written.name,
    locale: written.locale,
    waitMillis: written.waitSeconds * 1000,
    ways,
    ...(audit && {
      records: { are: control(audit.lines, ['audit', 'lines']), newest: audit.newest, means: meanings(audit.means) },
    }),
    numbers: {
      request: number(numbers.request, ['numbers', 'request']),
      ...(numbers.transaction && { transaction: number(numbers.transaction, ['numbers', 'transaction']) }),
    },
    refusals: readings(written.refusals, ['refusals']),
    states: readings(written.states, ['states']),
    says: written.says.map((each, nth) => control(each, ['says', nth])),
  }
}

const meanings = (means: WrittenMeans): readonly Meaning[] =>
  worded.flatMap(is => (means[is] ?? []).map(words => ({ is, words })))

function waysOf(written: WrittenPages): readonly (readonly [Way, Steps, Path])[] {
  const names = ['signIn', 'find', 'askForVoid', 'askForRefund', 'approve', 'reject', 'follow'] as const
  const all = names.flatMap(name => {
    const steps = written[name]
    return steps === undefined ? [] : [[name, steps, [name]] as const]
  })
  return written.audit ? [...all, ['audit', written.audit.steps, ['audit', 'steps']]] : all
}

function placeOf({ role, name, label, text, css, having, nth }: Omit<WrittenControl, 'within'>): Place {
  const by = role ? { role, ...(name !== undefined && { name }) } : label ? { label } : text ? { text } : { css: css ?? '' }
  return { by, having: having ?? [], ...(nth && { nth }) }
}

/** Keys whose texts are words of a page: they may be regular expressions. */
const wordKeys: ReadonlySet<PropertyKey> = new Set(['name', 'label', 'text', 'having', ...worded])
/** Keys whose texts are regular expressions as they stand. */
const patternKeys: ReadonlySet<PropertyKey> = new Set(['address', 'matching'])

/** What is wrong with the texts of a pages file: blanks that there are not, and regular expressions that are none. */
function textProblems(source: YamlFile, written: WrittenPages): readonly Problem[] {
  const problems: Problem[] = []
  const visit = (value: unknown, path: Path): void => {
    if (typeof value === 'string') problems.push(...problemsOf(source, value, path))
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) visit(inner, [...path, Array.isArray(value) ? Number(key) : key])
  }
  visit(written, [])
  return problems
}

function problemsOf(source: YamlFile, text: string, path: Path): readonly Problem[] {
  const key = path.findLast(step => typeof step === 'string')
  const wrong = (says: string, hint: string): readonly Problem[] => [source.problem(path, 'VALUE', says, hint)]
  if (path.length === 1) return []
  const known = Object.keys(blanks)
  const unknown = blanksIn(text).find(name => !known.includes(name))
  if (unknown !== undefined) return wrong(`nothing is put into {${unknown}}`, didYouMean(unknown, known))
  if (text.includes('{password}') && (path[0] !== 'signIn' || key !== 'with'))
    return wrong('{password} is written somewhere else than in a field of `signIn`', 'Nothing else may know it.')
  try {
    if (key !== undefined && wordKeys.has(key)) wordsOf(text, {})
    if (key !== undefined && patternKeys.has(key) && groupsIn(text) === 0)
      return wrong(`${JSON.stringify(text)} has no group`, 'Put the part that is the number in parentheses, such as (\\d+).')
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown
    return wrong(`${JSON.stringify(text)} is no regular expression`, `${thrown.message}.`)
  }
  return []
}

const groupsIn = (pattern: string): number => (new RegExp(`${pattern}|`).exec('')?.length ?? 1) - 1
