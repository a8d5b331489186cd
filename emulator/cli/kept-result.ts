import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Digests } from '../certificate/certificate.ts'
import { contradictionIn } from '../certificate/contradiction.ts'
import { resultSchema } from '../report/result-schema.ts'
import type { Result } from '../verdict/result.ts'
import { UsageError } from './complaint.ts'
import { judgedAgain } from './judged-again.ts'
import { followed, readText } from './run-folder.ts'
import { suiteName } from './where.ts'

/** A run's `result.json`, with the digests of it and of the journal beside it. `folder`: absolute, links followed. */
export type KeptResult = Readonly<{ folder: string; result: Result; digests: Digests }>

const again = 'Take an unchanged one, or judge the journal again: tillproof judge RUN --json > RUN/result.json'

/**
 * Reads what a run concluded. Where its journal lies beside it, it has to be what that journal is judged to be.
 *
 * @throws UsageError when the folder is not that of a run, or its result cannot be what a run wrote: no result, one that contradicts itself, or one of
 *         another journal
 */
export async function readResult(run: string): Promise<KeptResult> {
  const folder = await followed(run)
  const file = join(folder, 'result.json')
  const text = await readText(folder, 'result.json')
  const { success, data, error } = resultSchema.safeParse(parsed(text, file))
  if (!success) {
    const [{ path, message } = { path: [], message: 'is no result' }] = error.issues
    throw new UsageError(`${file}: ${path.length === 0 ? '' : `\`${path.join('.')}\`: `}${message}`, again)
  }
  const contradiction = contradictionIn(data)
  if (contradiction !== undefined) throw new UsageError(`${file} contradicts itself: ${contradiction}`, again)
  const journal = await digestOf(join(folder, 'journal.ndjson'))
  // Another version of the suite may judge in another way.
  if (journal !== undefined && data.run.suite === suiteName) await compare(data, folder)
  const result = createHash('sha256').update(text).digest('hex')
  return { folder, result: data, digests: { result, ...(journal === undefined ? {} : { journal }) } }
}

/** Paper that is about this result names the digest of this journal: both have to say the same. */
async function compare(kept: Result, folder: string): Promise<void> {
  const { result } = await judgedAgain(folder)
  const conclusion = ({ run: _, ...concluded }: Result): unknown => JSON.parse(JSON.stringify(concluded))
  if (!isDeepStrictEqual(conclusion(result), conclusion(kept)))
    throw new UsageError(`${join(folder, 'result.json')} is not what the journal beside it is judged to be`, again)
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UsageError(`${file} is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`, again, { cause })
  }
}

/** @returns lower-case hex, or nothing when there is no such file */
async function digestOf(file: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(file), hash)
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return undefined
    throw thrown
  }
  return hash.digest('hex')
}
