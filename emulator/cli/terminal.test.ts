import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { where } from '../where.ts'
import { tillproof } from './main.test-run.ts'

/** A command that goes on until the test is over, with the first line that it printed. */
async function begun(t: TestContext, ...argv: string[]): Promise<Readonly<{ line: string; said: () => string }>> {
  const main = join(where.root, 'bin', 'tillproof.js')
  const child: ChildProcess = spawn(process.execPath, [main, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] })
  let over = false
  t.after(() => {
    over = true
    child.kill()
  })
  let said = ''
  child.stderr?.on('data', chunk => {
    said += String(chunk)
  })
  assert.ok(child.stdout)
  const ended = once(child, 'close').then(() => over || assert.fail(`it ended: ${said}`))
  const first = await Promise.race([once(createInterface(child.stdout), 'line'), ended])
  assert.ok(Array.isArray(first))
  return { line: String(first[0]), said: () => said }
}

test('a terminal at a host that runs already: the page says whose it is', async t => {
  const { line } = await begun(t, 'host')
  const host: unknown = JSON.parse(line)
  assert.ok(typeof host === 'object' && host !== null && 'endpoint' in host && 'controlPort' in host)
  const addresses = ['--endpoint', String(host.endpoint), '--control', `http://127.0.0.1:${host.controlPort}`]
  const terminal = await begun(t, 'terminal', ...addresses)
  assert.match(terminal.line, /^http:\/\/127\.0\.0\.1:\d+\/\?token=\S+$/)
  assert.ok(terminal.said().includes(`Reference acquirer, ${host.endpoint}.`), terminal.said())
})

test('an endpoint that is none is refused before anything is served', async () => {
  const { code, out, err } = await tillproof(['terminal', '--endpoint', 'nowhere'])
  assert.deepEqual([code, out], [5, ''])
  assert.match(err, /--endpoint/)
})
