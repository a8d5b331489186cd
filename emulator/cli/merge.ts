import { existsSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { copiesOf } from '../profile/copies.ts'
import { fieldsOf } from '../report/dialect-fields.ts'
import { writeReports } from '../report/files.ts'
import { certify } from '../verdict/certify.ts'
import { moneyIn } from '../verdict/money.ts'
import { runId } from './certification.ts'
import { mergedRun, type ShardRun } from './merged-run.ts'
import { keepRun, pointLatest, readRun, runName } from './run-folder.ts'
import { tell } from './telling.ts'

type Options = Readonly<{ out?: string; json?: true; color?: boolean }>

/** `tillproof merge`: one certificate out of the shards of a run. */
export function mergeCommand(): Command {
  return new Command('merge')
    .description('join all shards of a run into one journal, judge it, and write its certificate')
    .argument('<run...>', 'the folders of all shards, such as runs/*')
    .option('--out <folder>', 'where to write (default: reports/<run>)')
    .option('--json', 'print result.json instead of the summary')
    .addHelpText(
      'after',
      `
Examples:
  $ tillproof merge runs/1 runs/2 runs/3
  $ tillproof merge runs/* --out certificate --json | jq .verdict

All shards of one run are needed: of one suite, profile and seed, with the same limits, none interrupted.
Exit codes are those of certify; 5 when the folders are not all the shards of one run.`,
    )
    .action(async (folders: readonly string[], options: Options) => {
      process.exitCode = await merge(folders, options)
    })
}

async function merge(folders: readonly string[], options: Options): Promise<number> {
  const shards = await Promise.all(folders.map(shardIn))
  const { journal, profile, facts } = mergedRun(shards)
  const { startedAt, finishedAt, endpoint, begun } = facts
  const seed = journal.find(entry => entry.is === 'run began')?.seed ?? ''
  const id = runId(profile, seed, startedAt)
  const result = certify({ entries: journal, profile, run: { id, startedAt, finishedAt, endpoint } })
  const directory = resolve(options.out ?? join('reports', `${runName(new Date(startedAt), seed)}-merged`))
  await keepRun(directory, journal, profile, { id, ...facts })
  for (const folder of folders) await takePages(folder, directory)
  const { html } = await writeReports(directory, result, journal, fieldsOf(profile.speaks), begun, entries =>
    moneyIn(entries, profile),
  )
  if (options.out === undefined) await pointLatest(directory)
  tell(result, { ...options, lies: html, begun })
  return result.exitCode
}

/** Pictures and traces of scenarios that failed in a shard. */
async function takePages(shard: string, directory: string): Promise<void> {
  const pages = join(shard, 'pages')
  if (existsSync(pages)) await cp(pages, join(directory, 'pages'), { recursive: true })
}

async function shardIn(folder: string): Promise<ShardRun> {
  const run = await readRun(folder)
  return { folder, ...run, files: await copiesOf(run.profile) }
}
