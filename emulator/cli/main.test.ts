import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { where } from '../where.ts'
import { main, tillproof } from './main.test-run.ts'

test('the version is that of the package', async () => {
  assert.deepEqual(await tillproof(['--version']), { code: 0, out: `${where.version}\n`, err: '' })
})

test('help names every command and the exit codes; the help of a command has an example', async () => {
  const { out, code } = await tillproof(['--help'])
  assert.equal(code, 0)
  for (const command of ['host', 'decode', 'encode', 'requirements', 'Exit codes:']) assert.ok(out.includes(command), command)
  for (const command of ['host', 'decode', 'encode', 'requirements']) {
    assert.match((await tillproof([command, '--help'])).out, new RegExp(`Examples:\\n.*tillproof ${command}`), command)
  }
})

test('a misspelt command or option is one clear complaint with exit code 5', async () => {
  const command = await tillproof(['decod'])
  assert.deepEqual(command, { code: 5, out: '', err: "tillproof: unknown command 'decod'\n  Did you mean decode?\n" })
  const option = await tillproof(['requirements', '--jsn'])
  assert.deepEqual(option, { code: 5, out: '', err: "tillproof: unknown option '--jsn'\n  Did you mean --json?\n" })
})

test('a profile that cannot be used is shown with its place, and nothing is started', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cli-'))
  const file = join(folder, 'p.yaml')
  await writeFile(file, 'name: [\n')
  const { code, out, err } = await tillproof(['host', '--profile', file])
  await rm(folder, { recursive: true })
  assert.deepEqual([code, out], [5, ''])
  assert.match(err, /^tillproof: .*p\.yaml:\d+:\d+: .*\n {2}Correct the YAML here/)
  assert.doesNotMatch(err, /^\s+at /m)
})

test('a fault that does not exist is a complaint with the nearest names', async () => {
  const { code, err } = await tillproof(['host', '--fault', 'approves a secnd void'])
  assert.equal(code, 5)
  assert.match(err, /^tillproof: the host has no fault "approves a secnd void"\n {2}Did you mean "approves a second void"/)
})

test('the host prints both ports as one line of JSON and ends cleanly when interrupted', async () => {
  const child = spawn(process.execPath, [main, 'host', '--seed', '1'], { stdio: ['ignore', 'pipe', 'pipe'] })
  const [line] = await once(createInterface(child.stdout), 'line')
  const ports: unknown = JSON.parse(String(line))
  assert.deepEqual(Object.keys(Object(ports)), ['port', 'controlPort', 'endpoint'])
  const { controlPort } = Object(ports)
  const ledger = await fetch(`http://127.0.0.1:${controlPort}/ledger`)
  assert.equal(ledger.status, 200)
  child.kill('SIGINT')
  const [code, signal] = await once(child, 'close')
  assert.deepEqual([code, signal], [0, null])
})

test('a port that somebody else has is named', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = Object(other.address())
  const { code, err } = await tillproof(['host', '--port', String(port)])
  other.close()
  assert.deepEqual([code, err], [5, `tillproof: port ${port} is in use already\n  Choose another, or 0 for any free one.\n`])
})

test('a file of books needs its key, and by reference', async () => {
  assert.match((await tillproof(['host', '--db', 'books.sqlite'])).err, /needs a key to seal .*\n {2}Add --db-key env:NAME\./)
  const inline = await tillproof(['host', '--db', 'books.sqlite', '--db-key', '00'.repeat(32)])
  assert.equal(inline.code, 5)
  assert.match(inline.err, /Write --db-key env:NAME/)
  assert.ok(!inline.err.includes('0000'), 'the key is not repeated')
})
