import type { Result } from '../verdict/result.ts'

/** The command that runs one requirement's scenarios again, with the seed of this run. */
export function againCommand(run: Result['run'], id: string): string {
  return `npm run tillproof -- certify --only ${id} --seed ${run.seed}`
}
