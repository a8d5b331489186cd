import { AsyncLocalStorage } from 'node:async_hooks'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { mock } from 'node:test'
import { fileURLToPath } from 'node:url'
import { where } from '../where.ts'
import { run } from './program.ts'

/** The command line's own file, for tests that start it. */
export const main = fileURLToPath(new URL(`main${where.extension}`, import.meta.url))

/** Runs a command line to its end, in a process of its own. */
export async function tillproof(
  argv: readonly string[],
  stdin: string | Uint8Array = '',
): Promise<Readonly<{ code: number | null; out: string; err: string }>> {
  const child = spawn(process.execPath, [main, ...argv], { stdio: 'pipe' })
  child.stdin.end(stdin)
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code: child.exitCode, out, err }
}

const printed = new AsyncLocalStorage<{ out: string; err: string }>()

/**
 * Runs a command line to its end in this process, one at a time: for tests that do so hundreds of times. What others print meanwhile goes its
 * usual way.
 */
export async function tillproofHere(argv: readonly string[]): Promise<Readonly<{ code: number; out: string; err: string }>> {
  const spoken = { out: '', err: '' }
  const before = process.exitCode
  const release = [diverted(process.stdout, 'out'), diverted(process.stderr, 'err')]
  process.exitCode = undefined
  try {
    const code = await printed.run(spoken, () => run(argv))
    return { code, ...spoken }
  } finally {
    process.exitCode = before
    for (const each of release) each()
  }
}

/** Sends what is written in a command's own course to its record. */
function diverted(stream: NodeJS.WriteStream, into: 'out' | 'err'): () => void {
  const write = stream.write.bind(stream)
  const { mock: diversion } = mock.method(stream, 'write', (...given: Parameters<typeof write>): boolean => {
    const spoken = printed.getStore()
    if (spoken === undefined) return write(...given)
    spoken[into] += String(given[0])
    return true
  })
  return () => diversion.restore()
}
