import { Command, Option } from 'commander'
import { type Language, languages } from '../certificate/words.ts'
import { print } from './output.ts'
import { printCertificate } from './paper.ts'

/** `tillproof certificate`: one sheet of paper, out of what a run concluded. */
export function certificateCommand(): Command {
  return new Command('certificate')
    .description('print the certificate of a run as a PDF of one page, from its result.json')
    .argument('<run>', 'the folder of a run, such as reports/latest')
    .addOption(new Option('--language <language>', 'of the page: English or Chinese').choices(languages).default('en'))
    .option('--out <file>', 'where to write it (default: certificate.pdf in the folder of the run)')
    .addHelpText(
      'after',
      `
Prints where it lies. What failed stands on it as what passed does: a run that was not certified gets a page that says so. Exit code 0 says that
it was printed, whatever it says; 5 that it was not, and why. It is printed by Chromium; Chinese needs a font that has it.

Examples:
  $ tillproof certificate reports/latest
  $ tillproof certificate reports/latest --language zh --out certificate-zh.pdf
  $ tillproof certify --profile my-acquirer.yaml --pdf        the same at the end of a run`,
    )
    .action(async (run: string, { language, out }: Readonly<{ language: Language; out?: string }>) => {
      print(await printCertificate(run, language, out))
    })
}
