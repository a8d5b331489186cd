import { resolve } from 'node:path'
import { Command } from 'commander'
import { certify } from '../verdict/certify.ts'
import { readRun } from './run-folder.ts'
import { tell } from './telling.ts'

/** `tillproof judge`: the same verdicts from the journal alone. */
export function judgeCommand(): Command {
  return new Command('judge')
    .description('judge a run again from its journal and the profile beside it, without driving anything')
    .argument('<run>', 'the folder of a run, such as reports/latest')
    .option('--json', 'print result.json instead of the summary')
    .addHelpText(
      'after',
      '\nExamples:\n  $ tillproof judge reports/latest\n  $ tillproof judge reports/latest --json | jq .summary',
    )
    .action(async (folder: string, options: Readonly<{ json?: true; color?: boolean }>) => {
      const { journal, profile, facts } = await readRun(folder)
      const { id, startedAt, finishedAt, endpoint, stopped, begun } = facts
      const run = { id, startedAt, finishedAt, endpoint }
      const result = certify({ entries: journal, profile, run, ...(stopped === undefined ? {} : { stopped }) })
      tell(result, { ...options, lies: resolve(folder, 'report.html'), begun })
      process.exitCode = result.exitCode
    })
}
