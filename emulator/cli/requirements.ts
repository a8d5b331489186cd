import { Command } from 'commander'
import { rows } from '../verdict/requirements/index.ts'
import { catalogueOf } from './catalogue.ts'
import { catalogueText } from './catalogue-text.ts'
import { colourful, painter } from './colour.ts'
import { rulesOf } from './coverage.ts'
import { print, printJson } from './output.ts'
import { checkedProfile } from './profile.ts'
import { featureFiles, projectRoot } from './where.ts'

type Options = Readonly<{ profile?: string; json?: true }>

/** `tillproof requirements`: the catalogue, what covers each row, what is not covered and why. */
export function requirementsCommand(): Command {
  return new Command('requirements')
    .description('list the requirements, what covers each, and what is not covered and why')
    .option('--profile <file>', 'say which of them apply under this profile')
    .option('--json', 'as one JSON document')
    .addHelpText(
      'after',
      `
Examples:
  $ tillproof requirements
  $ tillproof requirements --profile my-acquirer.yaml
  $ tillproof requirements --json | jq '.rows[] | select(.notCovered) | .id'`,
    )
    .action(async ({ profile, json }: Options) => {
      const checked = profile === undefined ? undefined : await checkedProfile(profile)
      const catalogue = catalogueOf(rows, await rulesOf(featureFiles(), projectRoot), checked)
      if (json) printJson(catalogue)
      else
        print(
          catalogueText(catalogue, {
            paint: painter(colourful(process.stdout, process.env)),
            width: process.stdout.columns ?? 100,
          }),
        )
    })
}
