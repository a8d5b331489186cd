import assert from 'node:assert/strict'
import net from 'node:net'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import tls from 'node:tls'
import { isEmulatorError } from '../values/errors.ts'
import { Secret } from '../values/secret.ts'
import { dialOut } from './dial-out.ts'
import { type DialledIn, type DialledInOptions, dialledIn } from './dialled-in.ts'
import type { OnConnection } from './listener.ts'
import { frameOf, until } from './proving-ground.ts'
import { certificateOfTests, termsOfTests } from './test-certificates.ts'

const soon = { withinMillis: 2_000 }
const echo: OnConnection = link => ({ frame: frame => void link.send(frame) })

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = net.createServer()
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  await new Promise(closed => server.close(closed))
  return address !== null && typeof address === 'object' ? address.port : 0
}

/** Terminals that listen, and an acquirer that keeps so many lines to them. */
async function scene(
  connections: number,
  play: (terminals: DialledIn, endpoint: URL) => Promise<void>,
  onConnection = echo,
  options: DialledInOptions = {},
): Promise<void> {
  const endpoint = new URL(`tcp://127.0.0.1:${await freePort()}`)
  const terminals = dialledIn(endpoint, options)
  const acquirer = dialOut(endpoint, onConnection, { connections, againMillis: 1 })
  try {
    await play(terminals, endpoint)
  } finally {
    await acquirer.close()
    await terminals.close()
  }
}

test('terminals ask over a connection that the acquirer has opened', () =>
  scene(1, async terminals => {
    const link = await terminals.open()
    for (let turn = 0; turn < 3; turn += 1) {
      await link.send(frameOf(9, turn))
      assert.deepEqual(await link.next(soon), { saw: 'frame', frame: frameOf(9, turn) })
    }
    await link.close()
  }))

test('a connection that a terminal has closed is dialled anew', () =>
  scene(1, async terminals => {
    for (let turn = 0; turn < 5; turn += 1) {
      const link = await terminals.open()
      await link.send(frameOf(9, turn))
      assert.equal((await link.next(soon)).saw, 'frame')
      await link.close()
    }
  }))

test('several connections at once each get their own answers', () =>
  scene(4, async terminals => {
    const links = await Promise.all([1, 2, 3, 4].map(() => terminals.open()))
    for (const [no, link] of links.entries()) await link.send(frameOf(20, no))
    for (const [no, link] of links.entries()) assert.deepEqual(await link.next(soon), { saw: 'frame', frame: frameOf(20, no) })
    for (const link of links) await link.close()
  }))

test('what an acquirer sends before anybody has taken its connection is not lost', () =>
  scene(
    1,
    async terminals => {
      const link = await terminals.open()
      assert.deepEqual(await link.next(soon), { saw: 'frame', frame: frameOf(5) })
      await link.close()
    },
    link => {
      link.send(frameOf(5))
      return { frame: () => undefined }
    },
  ))

test('a connection that was gone before anybody took it is not given out', async () => {
  const endpoint = new URL(`tcp://127.0.0.1:${await freePort()}`)
  const terminals = dialledIn(endpoint)
  const ends: string[] = []
  const acquirer = dialOut(
    endpoint,
    link => {
      // The first line serves the terminal that makes them listen, the second breaks while nobody has it.
      if (link.id === 2) setImmediate(() => link.reset())
      return {
        frame: frame => void link.send(Uint8Array.of(...frame.subarray(0, -1), link.id)),
        closed: ({ how }) => ends.push(how),
      }
    },
    { connections: 2, againMillis: 1 },
  )
  const first = await terminals.open()
  await until(() => ends[0])
  for (let turn = 0; turn < 10; turn += 1) await nextTurn()
  const second = await terminals.open()
  await second.send(frameOf(3))
  const event = await second.next(soon)
  assert.ok(event.saw === 'frame' && event.frame.at(-1) === 3, JSON.stringify(event))
  for (const link of [first, second]) await link.close()
  await acquirer.close()
  await terminals.close()
})

test('where nobody dials in, opening fails and says so', async () => {
  const endpoint = new URL(`tcp://127.0.0.1:${await freePort()}`)
  const terminals = dialledIn(endpoint, { connectWithinMillis: 30 })
  await assert.rejects(
    terminals.open(),
    thrown => isEmulatorError(thrown, 'LINK_FAILED') && /no acquirer dialled in within 30 ms/.test(thrown.message),
  )
  await terminals.close()
})

test('a port that is taken cannot be listened at', async () => {
  const other = net.createServer()
  await new Promise<void>(listening => other.listen(0, '127.0.0.1', listening))
  const address = other.address()
  assert.ok(address !== null && typeof address === 'object')
  const terminals = dialledIn(new URL(`tcp://127.0.0.1:${address.port}`))
  await assert.rejects(terminals.open(), thrown => isEmulatorError(thrown, 'LINK_FAILED'))
  await terminals.close()
  await new Promise(closed => other.close(closed))
})

test('with TLS the terminals show their certificate and believe only acquirers whom they trust', async () => {
  const endpoint = new URL(`tls://127.0.0.1:${await freePort()}`)
  // Who listens shows a certificate of a server, and who dials one of a client, whichever of them is the acquirer.
  const own = { certificate: certificateOfTests('host.pem'), key: new Secret(certificateOfTests('host.key')) }
  const terminals = dialledIn(endpoint, { terms: { ...termsOfTests(), ...own } })
  const opening = terminals.open()
  const ca = certificateOfTests('ca.pem')
  const shown = { cert: certificateOfTests('client.pem'), key: certificateOfTests('client.key') }
  const reached = { host: '127.0.0.1', port: Number(endpoint.port), ca }
  // The listening begins with the first `open`.
  const turnedAway = await dialled(reached)
  const acquirer = await dialled({ ...reached, ...shown })
  acquirer.on('data', bytes => acquirer.write(bytes))
  const link = await opening
  await link.send(frameOf(9))
  assert.deepEqual(await link.next(soon), { saw: 'frame', frame: frameOf(9) })
  await link.close()
  acquirer.destroy()
  turnedAway.destroy()
  await terminals.close()
})

/** A TLS connection, dialled until somebody listens. */
async function dialled(options: tls.ConnectionOptions): Promise<tls.TLSSocket> {
  for (;;) {
    const socket = tls.connect(options)
    const came = await new Promise<boolean>(resolve => {
      socket
        .once('secureConnect', () => resolve(true))
        .on('error', (error: NodeJS.ErrnoException) => {
          if (error.code === 'ECONNREFUSED') resolve(false)
        })
    })
    if (came) return socket
  }
}
