import { resolve } from 'node:path'
import { isRequirementTag } from '../verdict/requirements/index.ts'
import type { CertifyOptions } from './certify-options.ts'
import { UsageError } from './complaint.ts'
import { rulesOf, straysOf } from './coverage.ts'

/**
 * Limits a run to one feature file of somebody's own, and to the rows that its rules are tagged with.
 *
 * @throws UsageError for a file that is not there, no Gherkin, or tests no row, and for limits beside it
 */
export async function limitedToFile(options: CertifyOptions): Promise<CertifyOptions> {
  const { onlyFile, only, tags, shard } = options
  if (onlyFile === undefined) return options
  if (only !== undefined || tags !== undefined || shard !== undefined)
    throw new UsageError('--only-file runs one file whole', 'Leave out --only, --tags and --shard.')
  const file = resolve(onlyFile)
  const rules = await rulesOf([file], process.cwd()).catch(unreadable(onlyFile))
  const ids = [...new Set(rules.flatMap(rule => rule.ids))]
  const unknown = ids.find(id => !isRequirementTag(id))
  if (unknown !== undefined)
    throw new UsageError(`${onlyFile}: there is no row ${unknown}`, '`tillproof requirements` lists them.')
  const strays = await straysOf(file, onlyFile)
  if (ids.length === 0 || strays.length > 0)
    throw new UsageError(
      strays[0] ?? `${onlyFile} tests no row`,
      'Every scenario stands in a rule that is tagged with the row it tests, such as `@SALE-001` above `Rule:`.',
    )
  return { ...options, onlyFile: file, only: ids }
}

function unreadable(file: string): (thrown: unknown) => never {
  return thrown => {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')) throw thrown
    throw new UsageError(`there is no file ${file}`, 'Correct the path; it is relative to where you are.', { cause: thrown })
  }
}
