import type { Codes, Dialect } from '../dialects/dialect.ts'
import type { WrittenDialect } from './dialect-form.ts'
import { didYouMean } from './near.ts'
import type { Problem } from './problem.ts'
import type { Path, YamlFile } from './yaml-file.ts'

/** What the result codes of a dialect say that its field has no room for, or that cannot be true together. */
export function codeContradictions(
  file: YamlFile,
  { codes: given }: WrittenDialect,
  { codes, fields }: Dialect,
  { accept }: Codes,
): readonly Problem[] {
  if (given === undefined) return []
  const situations = Object.keys(accept)
  const problem = (path: Path, says: string, hint: string): Problem =>
    file.problem(['codes', ...path], 'CONTRADICTION', says, hint)
  const field = fields.resultCode
  const unfit = (path: Path, code: string): readonly Problem[] => {
    if (field === undefined) return []
    const { count, is } = field.length
    if (is === 'exactly' ? code.length === count : code.length <= count) return []
    return [
      problem(
        path,
        `the result code ${JSON.stringify(code)} has ${code.length}, and \`resultCode\` has ${count}`,
        'Correct the code, or the format of the field.',
      ),
    ]
  }
  const named = (['approved', 'misleading', 'signInAfter', 'reversalFinal'] as const).flatMap(name =>
    (given[name] ?? []).flatMap((code, at) => unfit([name, at], code)),
  )
  const said = Object.entries(given.said ?? {}).flatMap(([common, code]) => [
    ...unfit(['said', common], code),
    ...(/^[0-9A-Z]{2}$/.test(common)
      ? []
      : [
          problem(
            ['said', common],
            `\`codes.said\` translates ${JSON.stringify(common)}, which is no code of ISO 8583:1987`,
            'Write `<code of 1987>: <code of the acquirer>`.',
          ),
        ]),
  ])
  const sets = Object.entries(given.accept ?? {}).flatMap(([situation, set]) => [
    ...('codes' in set ? set.codes : set).flatMap(code => unfit(['accept', situation], code)),
    ...unknown(['accept', situation], situation, situations, problem),
  ])
  const classes = Object.entries(given.classes ?? {}).flatMap(([name, list]) =>
    list.flatMap((code, at) => unfit(['classes', name, at], code)),
  )
  const both = codes.approved
    .filter(code => codes.misleading.includes(code) || codes.signInAfter.includes(code))
    .map(code =>
      problem(
        ['approved'],
        `the result code ${code} approves, and sends the terminal away too`,
        'Take it out of `misleading` and `signInAfter`, or of `approved`.',
      ),
    )
  return [...named, ...said, ...sets, ...classes, ...both]
}

/** A situation that no row asks for: most likely misspelt. */
function unknown(
  path: Path,
  name: string,
  known: readonly string[],
  problem: (path: Path, says: string, hint: string) => Problem,
): readonly Problem[] {
  return known.includes(name) ? [] : [problem(path, `there is no situation ${JSON.stringify(name)}`, didYouMean(name, known))]
}
