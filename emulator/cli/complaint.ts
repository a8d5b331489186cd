import { CommanderError } from 'commander'
import { ProfileError } from '../profile/problem.ts'
import { withoutCredentials } from '../values/address.ts'
import { EmulatorError } from '../values/errors.ts'
import { type ExitCode, exit } from './exit.ts'

/** What the user gave us cannot be used: what is wrong, and what to give instead. */
export class UsageError extends Error {
  readonly hint: string

  constructor(says: string, hint: string, options?: ErrorOptions) {
    super(says, options)
    this.name = 'UsageError'
    this.hint = hint
  }
}

/** The user broke off, with nothing begun: what became of it, in a few words. */
export class Stopped extends Error {
  constructor(says: string) {
    super(says)
    this.name = 'Stopped'
  }
}

/** How a command that threw ends: what goes to standard error, `tillproof: … \n  hint`, and the exit code. No stack, unless it is our mistake and asked for. */
export type Complaint = Readonly<{ text: string; code: ExitCode }>

export function complaintOf(thrown: unknown, options: Readonly<{ stack: boolean }> = { stack: false }): Complaint {
  if (thrown instanceof CommanderError) return ofCommander(thrown)
  if (thrown instanceof ProfileError) return { text: ofProfile(thrown), code: exit.usage }
  if (thrown instanceof UsageError || thrown instanceof EmulatorError) {
    return { text: `tillproof: ${thrown.message}\n  ${thrown.hint}\n`, code: exit.usage }
  }
  if (thrown instanceof Stopped) return { text: `tillproof: stopped; ${thrown.message}\n`, code: exit.inconclusive }
  const says = thrown instanceof Error ? thrown.message : String(thrown)
  const stack = options.stack && thrown instanceof Error ? `${thrown.stack}\n` : ''
  const hint = 'This is our mistake, not yours. Run it again with TILLPROOF_STACK=1 and report what it prints.'
  return { text: `tillproof: ${says}\n  ${hint}\n${stack}`, code: exit.ours }
}

function ofProfile({ problems, message }: ProfileError): string {
  const [{ file, line, column, says, hint }, ...more] = problems
  if (more.length === 0) return `tillproof: ${file}:${line}:${column}: ${says}\n  ${hint}\n`
  const list = message.split('\n').map(each => `  ${each}\n`)
  const files = [...new Set(problems.map(each => each.file))]
  return `tillproof: ${problems.length} problems in ${files.join(' and ')}\n${list.join('')}`
}

/** Help and version are no errors; commander has printed them already. */
function ofCommander({ exitCode, code, message }: CommanderError): Complaint {
  if (exitCode === 0) return { text: '', code: exit.ok }
  if (code === 'commander.help') return { text: '', code: exit.usage }
  const [first = '', ...hints] = withoutCredentials(message.replace(/^error: /, '')).split('\n')
  const hint = hints.join(' ').replace(/[()]/g, '').trim()
  return {
    text: `tillproof: ${first}\n  ${hint === '' ? '`tillproof --help` lists the commands and `--help` after a command its options.' : hint}\n`,
    code: exit.usage,
  }
}
