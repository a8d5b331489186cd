import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, suite, test } from 'node:test'
import type { Result } from '../verdict/result.ts'
import { where } from '../where.ts'

/** The page as its reader does it: files saved under their names, commands typed in order into one shell. */
const page = readFileSync(join(where.docs, 'your-own-host.md'), 'utf8')
const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', body = '']) => ({ language, body }))
const portOnPage = /\b8600\b/g

/** What stands in a checkout and is not made by a run. */
const notOfTheCheckout = new Set(['reports', 'my-host', 'dist', '.git'])

suite('the walk-through of one’s own host, word for word', { timeout: 180_000 }, () => {
  let folder: string
  let shell: Awaited<ReturnType<typeof typed>>
  let results: readonly Result[]

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tillproof-walk-'))
    for (const name of readdirSync(where.root))
      if (!notOfTheCheckout.has(name)) await symlink(join(where.root, name), join(folder, name))
    const port = await freePort()
    const ofThisRun = (body: string): string => body.replace(portOnPage, `${port}`)
    await mkdir(join(folder, 'my-host'))
    for (const { body } of blocks) {
      const name = /^# (my-host\/\S+)\n/.exec(body)?.[1]
      if (name !== undefined) await writeFile(join(folder, name), ofThisRun(body))
    }
    const commands = blocks.filter(({ language }) => language === 'sh').map(({ body }) => ofThisRun(body))
    shell = await typed(folder, commands.join('\n'))
    results = globSync('reports/*-*/result.json', { cwd: folder })
      .map(file => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Result)
      .toSorted((one, other) => one.run.startedAt.localeCompare(other.run.startedAt))
  })

  after(() => rm(folder, { recursive: true, force: true }))

  test('every command ends as the page says', () => {
    assert.equal(shell.code, 0, `the end of what was printed:\n${shell.out.slice(-4000)}\n${shell.err.slice(-4000)}`)
    assert.ok(/^listening on \d+$/m.test(shell.out))
  })

  test('the small host is certified: nothing failed, nothing open, and what no view shows has its reason', () => {
    const [certified] = results
    assert.deepEqual([certified?.verdict, certified?.exitCode], ['certified', 0])
    const others = certified?.requirements.filter(({ verdict }) => verdict !== 'passed') ?? []
    assert.deepEqual(
      others.filter(({ verdict, because }) => verdict !== 'not applicable' || because === undefined),
      [],
    )
    assert.ok((certified?.summary.acquirer.passed ?? 0) > others.length)
  })

  test('the hopeful profile fails in the row that the page shows, in its words', () => {
    assert.deepEqual(
      results[1]?.requirements.map(({ id, verdict }) => [id, verdict]),
      [['VOID-008', 'failed']],
    )
    const shown = blocks.find(({ language, body }) => language === 'text' && body.includes('VOID-008'))?.body ?? ''
    assert.ok(shown.includes('expected'))
    for (const line of shown.trim().split('\n')) assert.ok(shell.out.includes(line), `not printed: ${line}`)
  })

  test('judging the kept run again says the same', () => {
    assert.equal(shell.out.split('✗ VOID-008').length, 3)
    assert.equal(shell.out.split('--profile my-host/hopeful.yaml --only VOID-008').length, 3)
  })

  test('the frame on the page is read to its end', () => {
    assert.ok(/\b4 +amount +000000012345$/m.test(shell.out))
    assert.ok(/\b64 +mac +3232303243354639$/m.test(shell.out))
  })
})

/** One shell, which stops at the first command that fails; whatever it left running is stopped with it. */
async function typed(cwd: string, commands: string): Promise<Readonly<{ code: unknown; out: string; err: string }>> {
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
