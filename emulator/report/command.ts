import type { Result } from '../verdict/result.ts'

/** How a run of our own host is begun. A run that was begun otherwise says so: `npm run tillproof -- certify --profile my-host/profile.yaml`. */
export const referenceRun = 'npm run tillproof -- certify'

/** The command that runs one requirement's scenarios again, with the seed of this run; `begun`: how the run was begun, whose own rows it replaces. */
export function againCommand(run: Result['run'], id: string, begun = referenceRun): string {
  return `${begun.replace(/ --only \S+/, '')} --only ${id} --seed ${run.seed}`
}
