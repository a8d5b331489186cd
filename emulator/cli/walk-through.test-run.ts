import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Result } from '../verdict/result.ts'
import { where } from '../where.ts'

/** One fenced block of a page: `sh`, `yaml`, `text` and what stands in it. */
type Block = Readonly<{ language: string; body: string }>

/** A page as its reader did it: what the shell said, and the results of the runs, oldest first. */
export type Walked = Readonly<{
  blocks: readonly Block[]
  shell: Readonly<{ code: unknown; out: string; err: string }>
  results: readonly Result[]
  remove: () => Promise<void>
}>

/** What stands in a checkout and is not made by a run. */
const notOfTheCheckout = new Set(['reports', 'my-host', 'lighthouse', 'dist', '.git'])

/**
 * Does what a page of `docs/` says, in a folder that looks like a checkout: files saved under the names that they begin with, in `saves`; commands
 * typed in order into one shell.
 *
 * @param port  The one on the page, in whose place there is a free one.
 */
export async function walked(page: string, { port, saves }: Readonly<{ port: number; saves: string }>): Promise<Walked> {
  const blocks = blocksIn(readFileSync(join(where.docs, page), 'utf8'))
  const folder = await mkdtemp(join(tmpdir(), 'tillproof-walk-'))
  for (const name of readdirSync(where.root))
    if (!notOfTheCheckout.has(name)) await symlink(join(where.root, name), join(folder, name))
  const free = await freePort()
  const ofThisRun = (body: string): string => body.replace(new RegExp(`\\b${port}\\b`, 'g'), `${free}`)
  await mkdir(join(folder, saves))
  for (const { body } of blocks) {
    const name = /^# (\S+)\n/.exec(body)?.[1]
    if (name?.startsWith(`${saves}/`)) await writeFile(join(folder, name), ofThisRun(body))
  }
  const commands = blocks.filter(({ language }) => language === 'sh').map(({ body }) => ofThisRun(body))
  const shell = await typed(folder, commands.join('\n'))
  const results = globSync('reports/*-*/result.json', { cwd: folder })
    .map(file => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Result)
    .toSorted((one, other) => one.run.startedAt.localeCompare(other.run.startedAt))
  return { blocks, shell, results, remove: () => rm(folder, { recursive: true, force: true }) }
}

function blocksIn(page: string): readonly Block[] {
  return [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', body = '']) => ({ language, body }))
}

/** One shell, which stops at the first command that fails; whatever it left running is stopped with it. */
async function typed(cwd: string, commands: string): Promise<Walked['shell']> {
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter)
  const shell = spawn('sh', ['-e', '-c', commands], { cwd, env: { ...process.env, PATH }, detached: true })
  const said = Promise.all([text(shell.stdout), text(shell.stderr)])
  const [code] = await once(shell, 'exit')
  if (shell.pid !== undefined) stopGroup(shell.pid)
  const [out, err] = await said
  return { code, out, err }
}

function stopGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGTERM')
  } catch (thrown) {
    const isGone = thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH'
    if (!isGone) throw thrown
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  assert.ok(typeof address === 'object' && address !== null)
  return address.port
}
