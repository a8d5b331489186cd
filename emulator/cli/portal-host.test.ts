import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { where } from '../where.ts'

test('`host --portal-port` prints the address of the back office, and tells its staff with their passwords', async t => {
  const main = join(where.root, 'bin', 'tillproof.js')
  const host = spawn(process.execPath, [main, 'host', '--portal-port', '0', '--seed', 'x'], { stdio: ['ignore', 'pipe', 'pipe'] })
  t.after(() => host.kill())
  let says = ''
  host.stderr.on('data', chunk => {
    says += String(chunk)
  })
  const [line] = await once(createInterface(host.stdout), 'line')
  const printed: unknown = JSON.parse(String(line))
  assert.ok(typeof printed === 'object' && printed !== null && 'portal' in printed)
  const page = await fetch(String(printed.portal))
  assert.equal(page.status, 200)
  assert.match(await page.text(), /<form method="post" action="\/sign-in">/)
  assert.match(says, /back office: clerk@M00000000000001, password \S{12}\n/)
  assert.equal(says.match(/back office: /g)?.length, 8)
})
