import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, describe, test } from 'node:test'
import { hostFor } from '../bench/reach.ts'
import { bookOf } from '../bench/under-test.ts'
import { type Host, type HostOptions, startHost } from '../host/host.ts'
import { identityOfTests } from '../transport/test-certificates.ts'
import { listenTls } from '../transport/tls-listener.ts'
import type { Result } from '../verdict/result.ts'
import { where } from '../where.ts'
import type { Compared } from './doors-comparison.ts'
import { main, tillproof } from './main.test-run.ts'
import { checkedProfile } from './profile.ts'

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lines-'))
})
after(() => rm(folder, { recursive: true }))

const at = (name: string): string => join(folder, name)
const profileAt = (name: string): string => join(where.profiles, `${name}.yaml`)
const resultIn = async (run: string): Promise<Result> => JSON.parse(await readFile(join(run, 'result.json'), 'utf8'))

/** A host for the terminals of a profile, as somebody else would run it. */
async function hostOf(file: string, more: Partial<HostOptions> = {}): Promise<Host> {
  const profile = await checkedProfile(file)
  return startHost({
    book: bookOf(profile),
    ...hostFor(profile),
    knobs: profile.knobs,
    supports: profile.supports,
    controlPort: 0,
    seed: 'lines',
    clock: 'real',
    ...more,
  })
}

const few = ['--only', 'SALE-001,VOID-001,REV-001,NET-002', '--seed', '1', '--no-preflight']
const control = (host: Host): readonly string[] => ['--control', `http://127.0.0.1:${host.controlPort}`]

test('through TCP, TLS with certificates and WebSocket the reference host is certified alike, by two workers', async () => {
  const doors = ['reference', 'tls', 'websocket'].map(profileAt).join()
  const { code, err } = await tillproof(['certify', '--doors', doors, '--parallel', '2', '--seed', '1', '--out', at('doors')])
  assert.equal(code, 0, err)
  const told: Compared = JSON.parse(await readFile(at('doors/doors.json'), 'utf8'))
  assert.deepEqual(told.differences, [])
  assert.deepEqual(
    told.doors.map(({ exitCode }) => exitCode),
    [0, 0, 0],
  )
})

describe('an acquirer at an address', () => {
  for (const [scheme, name] of [
    ['tls', 'tls'],
    ['ws', 'websocket'],
  ] as const)
    test(`that begins with ${scheme}://`, async () => {
      const host = await hostOf(profileAt(name))
      const endpoint = host.endpoint?.href ?? ''
      assert.ok(endpoint.startsWith(`${scheme}://127.0.0.1:`))
      const argv = [
        'certify',
        '--profile',
        profileAt(name),
        '--endpoint',
        endpoint,
        ...control(host),
        '--out',
        at(scheme),
        ...few,
      ]
      const { code, err } = await tillproof(argv)
      await host.close()
      assert.equal(code, 0, err)
      assert.equal((await resultIn(at(scheme))).run.endpoint, endpoint)
    })

  test('that dials in: the terminals listen', async () => {
    const port = await freePort()
    const reference = (await readFile(where.referenceProfile, 'utf8')).replaceAll('../', `${where.fixtures}/`)
    await writeFile(at('server.yaml'), `${reference}\nendpoint: tcp://127.0.0.1:${port}\ntiming: { role: server }\n`)
    const host = spawn(process.execPath, [main, 'host', '--dial', `tcp://127.0.0.1:${port}`], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [line] = await once(createInterface(host.stdout), 'line')
    const asked = ['--control', `http://127.0.0.1:${Object(JSON.parse(String(line))).controlPort}`, ...few.slice(0, -1)]
    const { code, err } = await tillproof(['certify', '--profile', at('server.yaml'), ...asked, '--out', at('server')])
    host.kill('SIGINT')
    assert.equal(code, 0, err)
  })

  test('that dials in is certified by one worker', async () => {
    const { code, err } = await tillproof([
      'certify',
      '--profile',
      at('server.yaml'),
      '--control',
      'http://127.0.0.1:9',
      '--parallel',
      '2',
    ])
    assert.equal(code, 5)
    assert.match(err, /--parallel 2 would have 2 workers listen at tcp:\/\/127\.0\.0\.1:\d+\n/)
  })

  test('that does not dial in: nothing is sent, and the run says whom it waited for', async () => {
    const reference = (await readFile(where.referenceProfile, 'utf8')).replaceAll('../', `${where.fixtures}/`)
    const port = await freePort()
    const impatient = reference.replace(/respTimeout: .*/, 'respTimeout: { seconds: 1 }')
    await writeFile(at('nobody.yaml'), `${impatient}\nendpoint: tcp://127.0.0.1:${port}\ntiming: { role: server }\n`)
    const silent = await hostOf(where.referenceProfile, { port: 'none' })
    const argv = [
      'certify',
      '--profile',
      at('nobody.yaml'),
      ...control(silent),
      '--out',
      at('nobody'),
      '--only',
      'SALE-001',
      '--no-preflight',
    ]
    const { code } = await tillproof(argv)
    await silent.close()
    const { stopped } = await resultIn(at('nobody'))
    assert.equal(code, 3)
    assert.match(stopped ?? '', /no acquirer dialled in within/)
  })
})

test('a certificate that expires in the middle of a run ends it, and the certificate of the run says so', async () => {
  const host = await hostOf(profileAt('tls'))
  const expired = await listenTls(0, () => ({ frame: () => undefined }), {
    identity: identityOfTests({ certificate: 'host-expired.pem' }),
  })
  // The first connections reach the host; those after them meet a certificate that has expired.
  let connections = 0
  const between = net.createServer(near => {
    connections += 1
    const far = net.connect(connections <= 8 ? host.port : expired.port, '127.0.0.1')
    near.on('error', () => far.destroy()).pipe(far)
    far.on('error', () => near.destroy()).pipe(near)
  })
  await new Promise<void>(listening => between.listen(0, '127.0.0.1', listening))
  const address = between.address()
  assert.ok(address !== null && typeof address === 'object')
  const endpoint = `tls://127.0.0.1:${address.port}`
  const argv = ['certify', '--profile', profileAt('tls'), '--endpoint', endpoint, ...control(host), '--out', at('expired')]
  const { code, err } = await tillproof([...argv, '--seed', '1', '--no-preflight'])
  await Promise.all([host.close(), expired.close(), new Promise(closed => between.close(closed))])
  const { stopped, requirements } = await resultIn(at('expired'))
  assert.equal(code, 3, err)
  assert.equal(stopped, `no connection to ${endpoint}: its certificate has expired (2 requests in a row)`)
  assert.deepEqual(
    requirements.filter(row => row.verdict === 'failed').map(({ id }) => id),
    [],
  )
  assert.ok((await readFile(at('expired/journal.ndjson'), 'utf8')).includes('its certificate has expired'))
})

async function freePort(): Promise<number> {
  const server = net.createServer()
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  await new Promise(closed => server.close(closed))
  return address !== null && typeof address === 'object' ? address.port : 0
}
