/** What can be wrong with a profile or a file that it names. Code branches on it; people read `says` and `hint`. */
export type ProblemCode =
  | 'FILE_UNREADABLE'
  | 'NOT_YAML'
  | 'KEY_UNKNOWN'
  | 'KEY_MISSING'
  | 'VALUE'
  | 'DIALECT'
  | 'TLS'
  | 'CARD'
  | 'MASTER_KEY'
  | 'PASSWORD'
  | 'CONTRADICTION'
  | 'KNOB_MISSING'

/** One mistake and its place: line and column count from 1. `says` and `hint` never hold a card number, PIN or key. */
export type Problem = Readonly<{ code: ProblemCode; file: string; line: number; column: number; says: string; hint: string }>

const shownAtMost = 10

/** Everything that is wrong with a profile, at once. `code`, `file`, `line`, `column` and `hint` are those of the first problem. */
export class ProfileError extends Error {
  readonly problems: readonly [Problem, ...Problem[]]

  constructor(problems: readonly [Problem, ...Problem[]], options?: ErrorOptions) {
    super(problemList(problems), options)
    this.name = 'ProfileError'
    this.problems = problems
  }

  get code(): ProblemCode {
    return this.problems[0].code
  }

  get file(): string {
    return this.problems[0].file
  }

  get line(): number {
    return this.problems[0].line
  }

  get column(): number {
    return this.problems[0].column
  }

  get hint(): string {
    return this.problems[0].hint
  }
}

/** One line per problem, `file:line:column: what — hint`; the first ten. */
function problemList(problems: readonly Problem[]): string {
  const lines = problems
    .slice(0, shownAtMost)
    .map(({ file, line, column, says, hint }) => `${file}:${line}:${column}: ${says} — ${hint}`)
  const rest = problems.length - shownAtMost
  return rest > 0 ? [...lines, `… and ${rest} more`].join('\n') : lines.join('\n')
}
