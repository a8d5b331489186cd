import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { type KnownFault, knownFaults, mustFail, partBrokenBy } from '../bench/faults.ts'
import { type FaultRun, type KillMatrix, matrixJson, matrixText } from '../report/matrix-text.ts'
import { where } from '../where.ts'
import { drawSeed } from './certification.ts'
import { colourful } from './colour.ts'
import { exit } from './exit.ts'
import { type FaultRan, runFaults } from './fault-runs.ts'
import { browserFor } from './needed-browser.ts'
import { notify, print } from './output.ts'
import { checkedProfile } from './profile.ts'

type Options = Readonly<{ only?: readonly string[]; seed?: string; json?: true; review?: true; color?: boolean }>

/** The matrix as somebody last reviewed it: for each fault, the rows whose own checks noticed. */
type Reviewed = Readonly<Record<string, readonly string[]>>

/** `tillproof faults`: every row against every fault. */
export function faultsCommand(): Command {
  return new Command('faults')
    .description('run every fault of host, line and terminal, and say which rows notice: the kill matrix')
    .option('--only <faults>', 'faults by id or kind, such as "host:approves a second void" or line:', chosenFaults)
    .option('--seed <text>', 'what everything random is drawn from', '20260601')
    .option('--json', 'print the matrix as JSON')
    .option('--review', 'write what was seen to the reviewed matrix, for somebody to read and commit')
    .addHelpText(
      'after',
      `
Examples:
  $ tillproof faults                                              the whole matrix, against the reviewed one
  $ tillproof faults --only 'host:approves a second void'         one fault
  $ tillproof faults --json | jq '.faults[] | select(.killed | not)'

A fault is killed by a row that was foretold for it and whose own check failed; of a SHOULD row, which never fails, whose check warned. Exit codes: 0 as reviewed · 2 a survivor, a surprise, or an alarm on the good host · 5 arguments, or no browser for the faults of a back office`,
    )
    .action(async (options: Options) => {
      process.exitCode = await faultsWith(options)
    })
}

async function faultsWith(options: Options): Promise<number> {
  const chosen = knownFaults.filter(({ id }) => options.only?.includes(id) ?? true)
  await seeToABrowser(chosen)
  const seed = options.seed ?? drawSeed()
  const total = chosen.length + new Set(chosen.map(({ under }) => under)).size
  let done = 0
  const ran = await runFaults(
    chosen.map(({ id, under, tags }) => ({ fault: id, under, ...(tags !== undefined && { tags }) })),
    seed,
    ({ fault, under, failed, error }) => {
      done += 1
      notify(`${done}/${total} ${fault ?? `the good host, ${under}`}: ${error ?? `${failed.length} rows failed`}`)
    },
  )
  if (options.review) await writeReviewed(ran)
  const reviewed = await readReviewed()
  const matrix = matrixOf(chosen, ran, reviewed, seed)
  if (options.json) print(matrixJson(matrix))
  else
    print(
      matrixText(matrix, { colour: colourful(process.stdout, process.env, options.color), width: process.stdout.columns ?? 120 }),
    )
  return isAsReviewed(matrix, ran) ? exit.ok : exit.ours
}

/** Without one a fault that only a browser can show would look like a survivor. */
async function seeToABrowser(chosen: readonly KnownFault[]): Promise<void> {
  const names = [...new Set(chosen.map(({ under }) => under))]
  const profiles = await Promise.all(names.map(name => checkedProfile(join(where.profiles, `${name}.yaml`))))
  if (profiles.some(({ backOffice }) => backOffice !== undefined)) await browserFor('the back office in which some faults show')
}

/**
 * What was seen, held against what was foretold and reviewed. `unexpected`: failed, though neither foretold nor reviewed; `missing`: foretold or
 * reviewed, and did not fail. What is foretold of rows that do not apply under this profile is left out.
 */
function matrixOf(chosen: readonly KnownFault[], ran: readonly FaultRan[], reviewed: Reviewed, seed: string): KillMatrix {
  const good = ran.filter(one => one.fault === undefined)
  const faults = chosen.map((fault): FaultRun => {
    const { id, kind, says, breaks, moneyAtRisk, under } = fault
    const unasked = new Set(good.find(one => one.under === under)?.notApplicable)
    const failed = ran.find(one => one.fault === id)?.failed ?? []
    const agreed = reviewed[id] ?? []
    const foretold = mustFail(fault)
    const brief = (row: string): string => (partOf(row) === partBrokenBy(fault) ? idOf(row) : row)
    const killedBy = foretold.filter(row => failed.includes(row))
    const unexpected = failed.filter(row => !agreed.includes(row) && !foretold.includes(row))
    const missing = [...new Set([...foretold, ...agreed])].filter(row => !failed.includes(row) && !unasked.has(row))
    return {
      id,
      kind,
      says,
      breaks,
      moneyAtRisk: moneyAtRisk !== 'none',
      seed,
      killed: breaks.length === 0 ? failed.length === 0 : killedBy.length > 0,
      killedBy: killedBy.map(brief),
      unexpected: unexpected.map(brief),
      missing: missing.map(brief),
    }
  })
  const alarms = good.flatMap(({ failed, under }) => failed.map(row => (under === 'reference' ? row : `${row} under ${under}`)))
  return { faults, falseAlarms: alarms }
}

function isAsReviewed({ faults, falseAlarms }: KillMatrix, ran: readonly FaultRan[]): boolean {
  const clean = faults.every(({ killed, unexpected, missing }) => killed && unexpected.length === 0 && missing.length === 0)
  return clean && falseAlarms.length === 0 && ran.every(({ error }) => error === undefined)
}

/** `VOID-024/acquirer` → `VOID-024`, `acquirer`. */
const idOf = (row: string): string => row.slice(0, row.lastIndexOf('/'))
const partOf = (row: string): string => row.slice(row.lastIndexOf('/') + 1)

async function readReviewed(): Promise<Reviewed> {
  return JSON.parse(await readFile(where.faultsMatrix, 'utf8')) as Reviewed
}

async function writeReviewed(ran: readonly FaultRan[]): Promise<void> {
  const before = await readReviewed()
  const seen = Object.fromEntries(ran.flatMap(({ fault, failed }) => (fault === undefined ? [] : [[fault, [...failed].sort()]])))
  const both = Object.entries({ ...before, ...seen }).filter(([id]) => knownFaults.some(fault => fault.id === id))
  const lines = both
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, rows]) => `  ${JSON.stringify(id)}: ${JSON.stringify(rows)}`)
  await writeFile(where.faultsMatrix, `{\n${lines.join(',\n')}\n}\n`)
}

function chosenFaults(text: string): readonly string[] {
  const wanted = text.split(',').map(one => one.trim())
  const found = wanted.flatMap(one =>
    knownFaults.filter(({ id }) => id === one || (one.endsWith(':') && id.startsWith(one))).map(({ id }) => id),
  )
  const unknown = wanted.find(one => !knownFaults.some(({ id }) => id === one || (one.endsWith(':') && id.startsWith(one))))
  if (unknown !== undefined)
    throw new InvalidArgumentError(`There is no fault ${unknown}; \`tillproof faults --json\` lists them.`)
  return found
}
