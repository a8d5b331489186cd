import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Entry } from '../journal/entry.ts'
import type { Result } from '../verdict/result.ts'
import type { DialectFields } from './dialect-fields.ts'
import { htmlReport } from './html.ts'
import { junitXml } from './junit.ts'
import type { MoneyOracle } from './money.ts'
import { reportOf } from './report.ts'

/** Where a run's reports lie, as paths in its folder. */
export type ReportFiles = Readonly<{ result: string; html: string; junit: string }>

/**
 * Writes `result.json`, `report.html` and `junit.xml` into the folder of a run, which is made if need be; files of the same names are replaced.
 *
 * @param entries  The run's journal, redacted as it stands on disk.
 * @param begun    The command that began the run, where it was not our own host's.
 * @param oracle   Says what money should have moved; without it the report shows only what did.
 */
export async function writeReports(
  folder: string,
  result: Result,
  entries: readonly Entry[],
  fields: DialectFields,
  begun?: string,
  oracle?: MoneyOracle,
): Promise<ReportFiles> {
  const files = { result: join(folder, 'result.json'), html: join(folder, 'report.html'), junit: join(folder, 'junit.xml') }
  await mkdir(folder, { recursive: true })
  await Promise.all([
    writeFile(files.result, `${JSON.stringify(result, undefined, 2)}\n`),
    writeFile(files.html, htmlReport(reportOf(result, entries, fields, begun, oracle))),
    writeFile(files.junit, junitXml(result, begun)),
  ])
  return files
}
