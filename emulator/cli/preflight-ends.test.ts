import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
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
  const { code, out } = await climbedTo(t, () => undefined)
  assert.equal(code, 1)
  assert.match(out, /✗ echo .*is not answered/)
})

suite('an expression that fails while it runs is a broken rung', { timeout: 60_000 }, () => {
  const failing = {
    'behind an alias': { before: "notes: [&body '$nofunction(message)']\n", body: 'body: *body' },
    'on the following line': { before: '', body: "body:\n          '$nofunction(message)'" },
  }
  for (const [stands, { before, body }] of Object.entries(failing))
    test(`whose line is named where it stands ${stands}`, async t => {
      const acquirer = await host({ door: httpDoor, dialectId: 'json', clock: 'real' })
      t.after(() => acquirer.close())
      const folder = await mkdtemp(join(tmpdir(), 'tillproof-ends-'))
      t.after(() => rm(folder, { recursive: true }))
      const mapping = join(folder, 'mapping.yaml')
      const right = await readFile(join(where.fixtures, 'mappings', 'reference-host.yaml'), 'utf8')
      const request = 'request: { method: POST, path: /v1/echo, body: message }'
      assert.ok(right.includes(request))
      const spoilt = right.replace(request, `request:\n        method: POST\n        path: /v1/echo\n        ${body}`)
      const text = before === '' ? spoilt : `${before}${spoilt.replace(/^notes:.*\n(?: .*\n)*/m, '')}`
      await writeFile(mapping, text)
      const line = text.split('\n').findIndex(each => each.includes('$nofunction')) + 1
      const file = join(folder, 'profile.yaml')
      await writeFile(file, stringify(mappedProfile(acquirer.endpoint.href, mapping)))
      const { code, out, err } = await tillproof(['preflight', '--profile', file])
      assert.equal(code, 1, out + err)
      assert.match(out, new RegExp(`✗ echo +${mapping}:${line}: the expression`))
      assert.match(out, /It stops at “echo”/)
      const json = await tillproof(['preflight', '--profile', file, '--json'])
      assert.deepEqual([json.code, JSON.parse(json.out).broken], [1, 'echo'])
    })
})

/** What preflight says of a profile with a mapping, before a web server that answers so. */
async function climbedTo(t: TestContext, answers: RequestListener) {
  const server = createServer(answers).listen(0, '127.0.0.1')
  t.after(() => server.close().closeAllConnections())
  await new Promise<void>(listening => server.once('listening', listening))
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  const folder = await mkdtemp(join(tmpdir(), 'tillproof-ends-'))
  t.after(() => rm(folder, { recursive: true }))
  const file = join(folder, 'profile.yaml')
  await writeFile(file, stringify(mappedProfile(`http://127.0.0.1:${address.port}/`)))
  return tillproof(['preflight', '--profile', file])
}

function mappedProfile(endpoint: string, mapping = join(where.fixtures, 'mappings', 'reference-host.yaml')) {
  const written = rightProfile(new URL(endpoint))
  written.dialect = 'http'
  written.mapping = mapping
  written.supports = written.supports.filter(flag => !['mac', 'batch-upload'].includes(flag))
  return written
}

test('a web server that is no such interface is told by that: endpoint first, then the path of the operation', {
  timeout: 60_000,
}, async t => {
  const page = (_: IncomingMessage, answer: ServerResponse): void => {
    answer.writeHead(501, { 'content-type': 'text/html' }).end('<html>Unsupported method</html>')
  }
  const { code, out } = await climbedTo(t, page)
  assert.equal(code, 1)
  assert.match(out, /✗ echo .* not this interface/)
  assert.match(out, /likely {2}endpoint .*\n.* mapping\.operations\.\w+\.request\.path/)
  assert.doesNotMatch(out, /for the acquirer to mend/)
})
