import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, type TestContext, test } from 'node:test'
import { stringify } from 'yaml'
import { httpDoor } from '../host/http-door.ts'
import { host, rightProfile } from '../preflight/misconfiguration.test-run.ts'
import { where } from '../where.ts'
import { tillproof } from './main.test-run.ts'
import { strangeListener } from './strange-listeners.test-run.ts'

/** A profile of an acquirer that is reached by WebSocket, in a file of its own. */
async function webSocketProfile(t: TestContext, endpoint: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tillproof-ends-'))
  t.after(() => rm(folder, { recursive: true }))
  const written = rightProfile(new URL(endpoint))
  written.dialect = { id: 'unionpay-pos', settings: { length: 'none' } }
  const file = join(folder, 'profile.yaml')
  await writeFile(file, stringify(written))
  return file
}

suite('a process whose WebSocket is not had ends, since no line of its own stays open', { timeout: 60_000 }, () => {
  test('where an HTTP server refuses the upgrade', async t => {
    const acquirer = await host({ door: httpDoor, dialectId: 'json', clock: 'real' })
    t.after(() => acquirer.close())
    const file = await webSocketProfile(t, `ws://${acquirer.endpoint.host}/x`)
    const looked = await tillproof(['preflight', '--profile', file])
    assert.equal(looked.code, 1, looked.err)
    assert.match(looked.out, /✗ upgrade .* HTTP 404/)
    const certified = await tillproof(['certify', '--profile', file, '--only', 'SALE-001'])
    assert.equal(certified.code, 5, certified.err)
    assert.match(certified.err, /preflight stops at “upgrade”/)
  })

  test('where a listener never answers it', async t => {
    const silent = await strangeListener(() => undefined)
    t.after(silent.close)
    const { code, out } = await tillproof([
      'preflight',
      '--profile',
      await webSocketProfile(t, silent.endpoint.replace('tcp:', 'ws:')),
    ])
    assert.equal(code, 1)
    assert.match(out, /✗ upgrade .*no answer/)
  })
})

test('a process behind whose mapping a web server keeps its connections and never answers ends', { timeout: 60_000 }, async t => {
  const server = createServer(() => undefined).listen(0, '127.0.0.1')
  t.after(() => server.close().closeAllConnections())
  await new Promise<void>(listening => server.once('listening', listening))
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  const folder = await mkdtemp(join(tmpdir(), 'tillproof-ends-'))
  t.after(() => rm(folder, { recursive: true }))
  const file = join(folder, 'profile.yaml')
  await writeFile(file, stringify(mappedProfile(`http://127.0.0.1:${address.port}/`)))
  const { code, out } = await tillproof(['preflight', '--profile', file])
  assert.equal(code, 1)
  assert.match(out, /✗ echo .*is not answered/)
})

function mappedProfile(endpoint: string) {
  const written = rightProfile(new URL(endpoint))
  written.dialect = 'http'
  written.mapping = join(where.fixtures, 'mappings', 'reference-host.yaml')
  written.supports = written.supports.filter(flag => !['mac', 'batch-upload'].includes(flag))
  return written
}
