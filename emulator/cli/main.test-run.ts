import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { where } from '../where.ts'

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
