import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { watch } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { where } from '../emulator/where.ts'

/** As `npm run certify` has it: a small young generation costs no time, and spares some eighty megabytes. */
const youngGeneration = ['--max-semi-space-size=8']

/** One `certify` of the reference host, from the start of its process. `peakMegabytes`: the most memory that it held. */
export type SuiteRun = Readonly<{ firstVerdictSeconds: number; totalSeconds: number; peakMegabytes: number; exitCode: number }>

export const suiteGoals = { firstVerdictSeconds: 5, totalSeconds: 20, peakMegabytes: 400 } as const

/**
 * Certifies the reference host in a process of its own. A scenario's piece of the journal is written when the scenario has been judged, so
 * the first piece tells when the first verdict stood.
 *
 * @param options  further options of `certify`
 */
export async function suiteRun(options: readonly string[] = []): Promise<SuiteRun> {
  const folder = await mkdtemp(join(tmpdir(), 'tillproof-bench-'))
  const pieces = join(folder, 'pieces')
  await mkdir(pieces)
  const began = performance.now()
  const elapsed = () => (performance.now() - began) / 1000
  let firstVerdictSeconds = Number.NaN
  const watcher = watch(pieces, () => {
    if (Number.isNaN(firstVerdictSeconds)) firstVerdictSeconds = elapsed()
  })
  const child = spawn(
    process.execPath,
    [
      '--import',
      join(where.root, 'benchmarks', 'peak.ts'),
      ...youngGeneration,
      join(where.root, 'emulator', 'cli', 'main.ts'),
      'certify',
      '--out',
      folder,
      ...options,
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  )
  const told: string[] = []
  child.stdio[3]?.on('data', (chunk: Buffer) => told.push(chunk.toString()))
  const [exitCode] = await once(child, 'close')
  const totalSeconds = elapsed()
  watcher.close()
  await rm(folder, { recursive: true })
  return { firstVerdictSeconds, totalSeconds, peakMegabytes: Number(told.join('')) / 1024, exitCode: Number(exitCode) }
}
