import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import { describe, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type WebSocket, WebSocketServer } from 'ws'
import { isEmulatorError } from '../values/errors.ts'
import type { LinkReason } from '../values/link-reason.ts'
import type { ServerClose } from './listener.ts'
import { frameOf, plainServer, until } from './proving-ground.ts'
import { identityOfTests, termsOfTests } from './test-certificates.ts'
import type { Link } from './transport.ts'
import { type WebSocketOptions, websocket } from './websocket.ts'
import { listenWebSocket, type WebSocketListenerOptions } from './websocket-listener.ts'

const soon = { withinMillis: 2_000 }
const textOf = (frame: Uint8Array): string => Buffer.from(frame).toString('utf8')

async function refusal(endpoint: URL, options: WebSocketOptions = {}): Promise<readonly [LinkReason | undefined, string]> {
  const opening = websocket(endpoint, options).open()
  const thrown: unknown = await opening.then(link => link.close().then(() => 'it opened')).catch((error: unknown) => error)
  assert.ok(isEmulatorError(thrown, 'LINK_FAILED'), String(thrown))
  return ['reason' in thrown.facts ? thrown.facts.reason : undefined, thrown.message]
}

/** Plays against our own listener, which echoes. */
async function against(options: WebSocketListenerOptions, play: (endpoint: URL) => Promise<void>): Promise<void> {
  const listener = await listenWebSocket(0, link => ({ frame: frame => void link.send(frame) }), options)
  try {
    await play(listener.endpoint)
  } finally {
    await listener.close()
  }
}

type Foreign = Readonly<{ link: Link; acquirer: WebSocket; below: Socket }>

/** Plays against a WebSocket server that is not ours, with both ends in hand. */
async function withForeign(options: WebSocketOptions, play: (foreign: Foreign) => Promise<void>): Promise<void> {
  const server = createServer()
  const sockets = new WebSocketServer({ server })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  const met = new Promise<Readonly<{ acquirer: WebSocket; below: Socket }>>(resolve =>
    sockets.once('connection', (acquirer, { socket }) => resolve({ acquirer, below: socket })),
  )
  const link = await websocket(new URL(`ws://127.0.0.1:${port}/`), options).open()
  try {
    await play({ link, ...(await met) })
  } finally {
    await link.close()
    server.closeAllConnections()
    await new Promise(closed => server.close(closed))
  }
}

describe('what keeps a WebSocket from opening', () => {
  test('another path is refused, with its status', () =>
    against({ path: '/pos' }, async endpoint => {
      const [reason, message] = await refusal(new URL('/other', endpoint))
      assert.equal(reason, 'upgrade refused')
      assert.match(message, /HTTP 404 Not Found/)
    }))

  test('a credential that is refused', async () => {
    const server = createServer().on('upgrade', (_, socket) =>
      socket.end('HTTP/1.1 401 6212142000000000012\r\nConnection: close\r\n\r\n'),
    )
    await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
    const address = server.address()
    assert.ok(address !== null && typeof address === 'object')
    const [reason, message] = await refusal(new URL(`ws://till:secret@127.0.0.1:${address.port}/pos?key=secret`))
    await new Promise(closed => server.close(closed))
    assert.equal(reason, 'upgrade refused')
    assert.match(message, /HTTP 401 Unauthorized/)
    assert.ok(!/secret|62121/.test(message), message)
  })

  test('a sub-protocol that is not spoken', () =>
    against({ protocol: 'iso8583' }, async endpoint => {
      const asked = new URL(endpoint)
      asked.hash = 'json'
      assert.equal((await refusal(asked))[0], 'sub-protocol')
      await (await websocket(endpoint).open()).close()
    }))

  test('a host that answers HTTP and no upgrade', async () => {
    const server = createServer((_, response) => void response.end('hello'))
    await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
    const address = server.address()
    assert.ok(address !== null && typeof address === 'object')
    const [reason, message] = await refusal(new URL(`ws://127.0.0.1:${address.port}/`))
    server.closeAllConnections()
    await new Promise(closed => server.close(closed))
    assert.equal(reason, 'upgrade refused')
    assert.match(message, /HTTP 200 OK/)
  })

  for (const [what, reason, answer] of [
    ['speaks TLS', 'speaks TLS', (socket: Socket) => void socket.end(Buffer.from('15030300020246', 'hex'))],
    ['answers with frames', 'speaks no WebSocket', (socket: Socket) => void socket.write(frameOf(20))],
    ['hangs up', 'speaks no WebSocket', (socket: Socket) => void socket.end()],
    ['breaks the connection', 'speaks no WebSocket', (socket: Socket) => void socket.resetAndDestroy()],
    [
      'accepts with another key',
      'speaks no WebSocket',
      (socket: Socket) =>
        void socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n',
        ),
    ],
  ] as const)
    test(`a port that ${what}`, () =>
      plainServer(answer, async port => assert.equal((await refusal(new URL(`ws://127.0.0.1:${port}/`)))[0], reason)))

  test('a port that says nothing', () =>
    plainServer(
      () => undefined,
      async port => {
        const [reason, message] = await refusal(new URL(`ws://127.0.0.1:${port}/`), { connectWithinMillis: 60 })
        assert.equal(reason, 'speaks no WebSocket')
        assert.match(message, /no answer to the upgrade to WebSocket within 60 ms/)
      },
    ))

  test('what is wrong with TLS is told as on any line with it', () =>
    against({ identity: identityOfTests({ certificate: 'host-expired.pem' }) }, async endpoint =>
      assert.equal((await refusal(endpoint, { terms: termsOfTests() }))[0], 'certificate expired'),
    ))

  test('an address of another form', async () => assert.equal((await refusal(new URL('tcp://127.0.0.1:9')))[0], 'no address'))
})

describe('messages of a WebSocket', () => {
  test('frames of text travel as text, both ways', () =>
    withForeign({ text: true }, async ({ link, acquirer }) => {
      acquirer.on('message', (data, isBinary) => acquirer.send(`${isBinary ? 'binary' : 'text'}: ${String(data)}`))
      await link.send(Buffer.from('{"type":"sale","slip":"收据"}'))
      const event = await link.next(soon)
      assert.ok(event.saw === 'frame')
      assert.equal(textOf(event.frame), 'text: {"type":"sale","slip":"收据"}')
    }))

  test('our own listener speaks text where it is told to', () =>
    against({ text: true }, async endpoint => {
      const link = await websocket(endpoint, { text: true }).open()
      await link.send(Buffer.from('{}'))
      const event = await link.next(soon)
      assert.ok(event.saw === 'frame' && textOf(event.frame) === '{}')
      await link.close()
    }))

  for (const [text, sent, says] of [
    [false, 'text', 'a message came as text, where binary is due'],
    [true, 'binary', 'a message came as binary, where text is due'],
  ] as const)
    test(`${says}: the line is of no more use, and what came is kept`, () =>
      withForeign({ text }, async ({ link, acquirer }) => {
        acquirer.send('{"a":1}', { binary: sent === 'binary' })
        const event = await link.next(soon)
        const partial = new Uint8Array(Buffer.from('{"a":1}'))
        assert.deepEqual(event, { saw: 'failure', code: 'MESSAGE_KIND', says, reason: 'broke the protocol', partial })
        await assert.rejects(link.send(frameOf(3)), thrown => isEmulatorError(thrown, 'LINK_LOST'))
      }))

  test('an empty message is no frame', () =>
    withForeign({}, async ({ link, acquirer }) => {
      acquirer.send(new Uint8Array(0))
      const event = await link.next(soon)
      assert.ok(event.saw === 'failure' && event.says === 'an empty message came')
    }))

  test('an answer in pieces, with a ping in between, arrives whole, and the ping is answered', () =>
    withForeign({}, async ({ link, acquirer }) => {
      const pong = new Promise(resolve => acquirer.once('pong', data => resolve(String(data))))
      const answer = frameOf(20)
      for (let at = 0; at < answer.length; at += 1) {
        acquirer.send(answer.subarray(at, at + 1), { fin: at + 1 === answer.length })
        if (at === 10) acquirer.ping('are you there')
        await nextTurn()
      }
      assert.deepEqual(await link.next(soon), { saw: 'frame', frame: answer })
      assert.equal(await pong, 'are you there')
    }))

  test('a message that is longer than any that is believed breaks the line', () =>
    withForeign({ longest: 100 }, async ({ link, acquirer }) => {
      acquirer.send(frameOf(98))
      assert.equal((await link.next(soon)).saw, 'frame')
      acquirer.send(frameOf(99))
      const event = await link.next(soon)
      assert.ok(event.saw === 'failure' && event.reason === 'broke the protocol', JSON.stringify(event))
      assert.equal(event.says, 'a message came that is longer than any that is believed')
    }))

  test('an acquirer that falls out of WebSocket half-way breaks the line, with the reason', () =>
    withForeign({}, async ({ link, below }) => {
      below.write('HTTP/1.1 503 Service Unavailable\r\n\r\n')
      const event = await link.next(soon)
      assert.ok(event.saw === 'failure' && event.reason === 'broke the protocol', JSON.stringify(event))
      assert.match(event.says, /^what came is no WebSocket message/)
    }))

  test('a terminal that sends too long a message loses its connection, and nobody else', async () => {
    const ends: ServerClose[] = []
    const listener = await listenWebSocket(
      0,
      link => ({ frame: frame => void link.send(frame), closed: end => ends.push(end) }),
      { longest: 100 },
    )
    const link = await websocket(listener.endpoint).open()
    const bystander = await websocket(listener.endpoint).open()
    await link.send(frameOf(200))
    assert.notEqual((await link.next(soon)).saw, 'frame')
    await until(() => ends[0])
    await bystander.send(frameOf(3))
    assert.deepEqual(await bystander.next(soon), { saw: 'frame', frame: frameOf(3) })
    await bystander.close()
    await listener.close()
  })
})

describe('how a WebSocket ends', () => {
  test('a close tells its code, and not the words beside it, which may hold a card', () =>
    withForeign({}, async ({ link, acquirer }) => {
      acquirer.close(1011, '6212142000000000012')
      assert.deepEqual(await link.next(soon), { saw: 'close', by: 'acquirer', says: 'with code 1011' })
    }))

  test('an ordinary close needs no words', () =>
    withForeign({}, async ({ link, acquirer }) => {
      acquirer.close(1000)
      assert.deepEqual(await link.next(soon), { saw: 'close', by: 'acquirer' })
    }))

  test('a connection that ends without a close says so', () =>
    withForeign({}, async ({ link, below }) => {
      below.end()
      assert.deepEqual(await link.next(soon), { saw: 'close', by: 'acquirer', says: 'without a closing message' })
    }))

  test('a connection that breaks is broken', () =>
    withForeign({}, async ({ link, below }) => {
      below.resetAndDestroy()
      const says = 'the acquirer broke the connection'
      assert.deepEqual(await link.next(soon), { saw: 'failure', code: 'ECONNRESET', says })
    }))

  test('a plain request to our listener is told to upgrade', () =>
    against({}, async endpoint => {
      const { status } = await fetch(`http://${endpoint.host}/`)
      assert.equal(status, 426)
    }))
})
