import { Command } from 'commander'
import { dialectCheckCommand } from './dialect-check.ts'
import { dialectGuessCommand } from './dialect-guess.ts'
import { dialectImportCommand } from './dialect-import.ts'

/** `tillproof dialect`: from what an engineer has (samples, files of other tools) to a dialect file that fits. */
export function dialectCommand(): Command {
  const command = new Command('dialect')
    .description('describe the messages of an acquirer: import a table, check it against samples, guess from bytes')
    .addHelpText(
      'after',
      `
Examples:
  $ tillproof dialect guess 005E600006000060310031…                 what a captured frame may be
  $ tillproof dialect import iso87ascii.xml --out acme.dialect.yaml    the fields of a jPOS packager
  $ tillproof dialect check acme.dialect.yaml captured.hex             what of the samples does not fit

docs/dialect-file.md explains the file.`,
    )
  for (const sub of [dialectImportCommand, dialectCheckCommand, dialectGuessCommand]) command.addCommand(sub())
  return command
}
