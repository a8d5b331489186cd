import { certify } from '../verdict/certify.ts'
import type { Result } from '../verdict/result.ts'
import { type RunFacts, readRun } from './run-folder.ts'

/**
 * The verdicts of a run, from its journal and the profile beside it alone.
 *
 * @throws UsageError when the folder is not that of a run, or its journal cannot be read
 */
export async function judgedAgain(folder: string): Promise<Readonly<{ result: Result; facts: RunFacts }>> {
  const { journal, profile, facts } = await readRun(folder)
  const { id, startedAt, finishedAt, endpoint, stopped } = facts
  const run = { id, startedAt, finishedAt, endpoint }
  return { result: certify({ entries: journal, profile, run, ...(stopped === undefined ? {} : { stopped }) }), facts }
}
