import { ProfileError } from '../profile/problem.ts'

/** A file that a tool of dialects cannot read: where, why, and what to do. It is refused like a profile, with exit code 5. */
export class ToolError extends ProfileError {
  constructor(file: string, line: number, says: string, hint: string, options?: ErrorOptions) {
    super([{ code: 'FILE_UNREADABLE', file, line, column: 1, says, hint }], options)
    this.name = 'ToolError'
  }
}
