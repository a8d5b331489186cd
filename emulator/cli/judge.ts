import { resolve } from 'node:path'
import { Command } from 'commander'
import { judgedAgain } from './judged-again.ts'
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
      const { result, facts } = await judgedAgain(folder)
      tell(result, { ...options, lies: resolve(folder, 'report.html'), begun: facts.begun })
      process.exitCode = result.exitCode
    })
}
