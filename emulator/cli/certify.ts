import { join, resolve } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { knownFaults } from '../bench/faults.ts'
import { languages } from '../certificate/words.ts'
import { didYouMean } from '../profile/near.ts'
import { isRequirementTag } from '../verdict/requirements/index.ts'
import { begunBy } from './begun.ts'
import { certificate } from './certificate.ts'
import { drawSeed } from './certification.ts'
import { type CertifyOptions, profileOf, runOptions } from './certify-options.ts'
import { UsageError } from './complaint.ts'
import { certifyDoors, doorsOption } from './doors.ts'
import { refuseInterceptor } from './interceptor.ts'
import { limitedToFile } from './only-file.ts'
import { notify } from './output.ts'
import { printCertificate, seeThatItPrints } from './paper.ts'
import { planned } from './planned.ts'
import { preflightFirst } from './preflight-first.ts'
import { urlOption } from './profile.ts'
import { makeRunFolder, pointLatest, runName } from './run-folder.ts'
import { Scenarios } from './scenarios.ts'
import { firstSetOf } from './sets.ts'
import { shardOption } from './shard.ts'
import { tell } from './telling.ts'

/** `tillproof certify`: the main job. */
export function certifyCommand(): Command {
  return new Command('certify')
    .description('certify an acquirer: drive the scenarios, judge the journal, write the reports')
    .option('--profile <file>', 'the acquirer (default: the reference profile, with our own host)')
    .option(
      '--endpoint <url>',
      'where the acquirer listens, such as tcp://127.0.0.1:8583, instead of what the profile says',
      urlOption,
    )
    .option('--control <url>', 'the control port of the acquirer, where it offers one', urlOption)
    .option('--only <ids>', 'rows by id, such as VOID-013,SALE-001', rowIds)
    .option('--only-file <file>', 'one feature file of your own, such as one saved from the terminal on a page')
    .option('--tags <expression>', 'scenarios by a tag expression, such as "not @exclusive"')
    .addOption(
      new Option('--driver <hands>', 'press the keys directly, or through the page of the terminal in a browser')
        .choices(['direct', 'page'])
        .default('direct'),
    )
    .addOption(
      new Option('--waiting <how>', 'silence of our own making: at once, or by the clock')
        .choices(['skip', 'real'])
        .default('skip'),
    )
    .option('--seed <text>', 'what everything random is drawn from (default: a new one, printed)')
    .option('--parallel <n>', 'worker threads', workers, 1)
    .option('--shard <i/n>', 'the i-th of n parts of the run, for one of n machines (then: `tillproof merge`)', text =>
      shardOption(text),
    )
    .addOption(
      new Option('--acquirer <whose>', 'whether the shards of a run meet at one acquirer')
        .choices(['shared', 'own'])
        .default('shared'),
    )
    .option('--doors [profiles]', 'one host through several doors, compared (default: all doors of our own host)', doorsOption)
    .option('--fault <name>', 'certify a bad one: host:…, line:… or terminal:… (`tillproof faults` lists them)', faultName)
    .option('--no-preflight', 'begin at once, without looking whether the acquirer can be spoken to')
    .option('--control-sale', 'let the preflight make a sale and undo it, too')
    .option('--out <folder>', 'where to write (default: reports/<run>)')
    .addOption(
      new Option('--pdf [language]', 'print the certificate on one page, too, in English or Chinese')
        .choices(languages)
        .preset('en'),
    )
    .option('--json', 'print result.json instead of the summary')
    .addHelpText(
      'after',
      `
Examples:
  $ tillproof certify                                                   our own host, good
  $ tillproof certify --fault 'host:approves a second void'             our own host, bad: see it caught
  $ tillproof certify --profile my-acquirer.yaml --seed 20260601        an acquirer, repeatably
  $ tillproof certify --only VOID-013,VOID-014                          two rows
  $ tillproof certify --profile my-acquirer.yaml --pdf zh               with the certificate on paper, in Chinese
  $ tillproof certify --driver page --only SALE-001                     through the terminal's page, in a browser
  $ tillproof certify --shard 2/3 --seed 4711 --out runs/2              the second of three machines
  $ tillproof certify --doors tcp.yaml,json-http.yaml                   one host through two doors: where do they differ?
  $ tillproof certify --endpoint tcp://127.0.0.1:8583 --control http://127.0.0.1:8584

Exit codes: 0 all as required · 1 an applicable MUST row of the acquirer failed · 2 our own error, or a failed row of the instrument
            3 inconclusive or untested rows, or interrupted · 5 profile, arguments or preflight: nothing was certified`,
    )
    .action(async (options: CertifyOptions) => {
      await refuseInterceptor()
      process.exitCode = await (options.doors === undefined ? certifyWith(options) : certifyDoors(options, options.doors))
    })
}

async function certifyWith(given: CertifyOptions): Promise<number> {
  const options = await limitedToFile(given)
  const profile = await profileOf(options)
  const scenarios = new Scenarios()
  const share = options.onlyFile === undefined ? await planned(scenarios, options) : undefined
  const seed = options.seed ?? drawSeed()
  const firstSet = firstSetOf(profile, options)
  if (options.pdf !== undefined) await seeThatItPrints({ language: options.pdf, name: profile.name })
  const sets = new Set(Array.from({ length: options.parallel }, (_, no) => firstSet + no))
  const sale = options.controlSale === true
  const refused = options.preflight ? await preflightFirst(profile, { ...options, sale, sets }) : undefined
  if (refused !== undefined) return refused
  const directory = resolve(options.out ?? join('reports', runName(new Date(), seed, options.shard)))
  await makeRunFolder(directory)
  const part = options.shard === undefined ? '' : `, shard ${options.shard.index} of ${options.shard.of}`
  notify(`tillproof certify: ${profile.name} at ${profile.endpoint?.href ?? 'the embedded reference host'}, seed ${seed}${part}`)
  const begun = begunBy(options)
  const decided = { profile, seed, directory, begun, firstSet, ...(share === undefined ? {} : { share }) }
  const { result, html } = await certificate({ ...runOptions(options), ...decided }, scenarios)
  // Shards may end at the same moment, and none of them is the run that `reports/latest` stands for.
  if (options.out === undefined && options.shard === undefined) await pointLatest(directory)
  tell(result, { ...options, lies: html, begun })
  if (options.pdf !== undefined) notify(`tillproof certify: printed ${await printCertificate(directory, options.pdf)}`)
  return result.exitCode
}

function faultName(name: string): string {
  const known = knownFaults.map(({ id }) => id)
  if (!known.includes(name)) throw new UsageError(`there is no fault ${JSON.stringify(name)}`, didYouMean(name, known))
  return name
}

function rowIds(text: string): readonly string[] {
  const ids = text.split(',').map(id => id.trim())
  const unknown = ids.find(id => !isRequirementTag(id))
  if (unknown !== undefined) throw new InvalidArgumentError(`There is no row ${unknown}; \`tillproof requirements\` lists them.`)
  return ids
}

function workers(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1 || count > 64)
    throw new InvalidArgumentError('A number of workers from 1 to 64 is needed.')
  return count
}
