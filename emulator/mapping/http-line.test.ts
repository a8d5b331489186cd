import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import net from 'node:net'
import { test } from 'node:test'
import { usualTerms } from '../values/door.ts'
import { isEmulatorError } from '../values/errors.ts'
import { Secret } from '../values/secret.ts'
import { HttpLine } from './http-line.ts'

const pem = (name: string): string => readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url), 'utf8')
const never = new AbortController().signal
const call = { method: 'POST', path: '/x', headers: { 'Content-Type': 'application/json' }, body: '{"a":1}' }

async function listening(server: net.Server, then: (port: number) => Promise<void>): Promise<void> {
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  try {
    await then((server.address() as AddressInfo).port)
  } finally {
    if (server instanceof http.Server || server instanceof https.Server) server.closeAllConnections()
    server.close()
  }
}

const named = () =>
  https.createServer({ key: pem('host.key'), cert: pem('host-other-name.pem') }, (request, response) => {
    request.resume()
    response.end('{}')
  })

const mutual = () =>
  https.createServer(
    { key: pem('host.key'), cert: pem('host.pem'), ca: pem('ca.pem'), requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      request.resume()
      response.end(JSON.stringify({ path: request.url }))
    },
  )

test('mutual TLS: both sides show a certificate, and the call goes through', () =>
  listening(mutual(), async port => {
    const line = new HttpLine(new URL(`https://localhost:${port}`), {
      ...usualTerms,
      ca: pem('ca.pem'),
      certificate: pem('client.pem'),
      key: new Secret(pem('client.key')),
    })
    await line.open()
    const came = await line.call(call, never)
    assert.ok(came.is === 'answer' && came.status === 200)
    assert.equal(came.text, '{"path":"/x"}')
    line.close()
  }))

for (const [what, terms] of [
  ['the name that the profile says', { serverName: 'acquirer.tillproof.test' }],
  ['any name, where the profile does not look', { checksName: false }],
] as const)
  test(`a certificate for another name than the endpoint’s is good for ${what}, also on further connections`, () =>
    listening(named(), async port => {
      const line = new HttpLine(new URL(`https://localhost:${port}`), { ...usualTerms, ca: pem('ca.pem'), ...terms })
      await line.open()
      const came = await Promise.all([line.call(call, never), line.call(call, never)])
      assert.deepEqual(
        came.map(({ is }) => is),
        ['answer', 'answer'],
      )
      line.close()
    }))

for (const [what, terms, reason] of [
  ['an authority that nobody named', {}, 'certificate untrusted'],
  ['a name that is not on the certificate', { ca: 'ca.pem', serverName: 'elsewhere.example' }, 'certificate for another name'],
] as const)
  test(`${what}: the line never opens, and says why`, () =>
    listening(mutual(), async port => {
      const { ca, ...rest } = { ca: undefined, ...terms }
      const line = new HttpLine(new URL(`https://localhost:${port}`), {
        ...usualTerms,
        ...rest,
        ...(ca === undefined ? {} : { ca: pem(ca) }),
      })
      await assert.rejects(line.open(), thrown => {
        assert.ok(isEmulatorError(thrown, 'LINK_FAILED'))
        assert.equal('reason' in thrown.facts ? thrown.facts.reason : undefined, reason)
        return true
      })
      line.close()
    }))

test('nobody listens: the line never opens, so nothing can have arrived', async () => {
  const line = new HttpLine(new URL('http://127.0.0.1:1'))
  await assert.rejects(line.open(), { code: 'LINK_REFUSED' })
})

test('whoever opens and gives up leaves nothing behind', async () => {
  const line = new HttpLine(new URL('http://127.0.0.1:1'))
  await assert.rejects(line.open(AbortSignal.abort()), { code: 'LINK_FAILED' })
})

test('the connection that was opened first is the one on which the first call goes', () => {
  let connections = 0
  const server = http.createServer((request, response) => {
    request.resume()
    response.end('{}')
  })
  server.on('connection', () => (connections += 1))
  return listening(server, async port => {
    const line = new HttpLine(new URL(`http://127.0.0.1:${port}`))
    await line.open()
    assert.equal((await line.call(call, never)).is, 'answer')
    assert.equal((await line.call(call, never)).is, 'answer')
    assert.equal(connections, 1)
    line.close()
  })
})

test('a connection that was closed meanwhile is replaced', () => {
  const server = http.createServer((request, response) => {
    request.resume()
    response.end('{}')
  })
  server.once('connection', (socket: net.Socket) => socket.end())
  return listening(server, async port => {
    const line = new HttpLine(new URL(`http://127.0.0.1:${port}`))
    await line.open()
    await new Promise(resolve => setImmediate(resolve))
    await new Promise(resolve => setImmediate(resolve))
    assert.equal((await line.call(call, never)).is, 'answer')
    line.close()
  })
})

for (const [what, bytes, says] of [
  ['what is no HTTP', 'SSH-2.0-OpenSSH\r\n', 'what came is no HTTP'],
  ['half an answer', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"a"', 'the answer broke off after 4 bytes'],
] as const)
  test(`${what} is no answer, and is said`, () =>
    listening(
      net.createServer(socket => socket.once('data', () => socket.end(bytes))),
      async port => {
        const line = new HttpLine(new URL(`http://127.0.0.1:${port}`))
        await line.open()
        const came = await line.call(call, never)
        assert.ok(came.is === 'nothing' && came.says.startsWith(says), JSON.stringify(came))
        line.close()
      },
    ))

test('an answer that never ends in size is cut off', () =>
  listening(
    http.createServer((request, response) => {
      request.resume()
      response.end('x'.repeat(1_100_000))
    }),
    async port => {
      const line = new HttpLine(new URL(`http://127.0.0.1:${port}`))
      await line.open()
      const came = await line.call(call, never)
      assert.ok(came.is === 'nothing' && came.says.includes('longer than 1048576 bytes'))
      line.close()
    },
  ))
