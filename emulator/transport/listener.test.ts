import assert from 'node:assert/strict'
import { once } from 'node:events'
import net from 'node:net'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Listener, listen, type ServerClose, type ServerLink } from './listener.ts'
import { frameOf } from './proving-ground.ts'

type Met = Readonly<{ listener: Listener; ended: Promise<ServerClose> }>

/** A listener, and how its first connection ended. */
async function listening(onFrame: (frame: Uint8Array, link: ServerLink) => void | Promise<void>): Promise<Met> {
  const end = Promise.withResolvers<ServerClose>()
  const listener = await listen(0, link => ({ frame: frame => onFrame(frame, link), closed: end.resolve }))
  return { listener, ended: end.promise }
}

/** A bare socket, so that a terminal can be as rude as it likes. */
async function dial(listener: Listener): Promise<net.Socket> {
  const socket = net.connect({ port: listener.port, host: '127.0.0.1', allowHalfOpen: true })
  await once(socket, 'connect')
  return socket
}

async function everythingFrom(socket: net.Socket): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  for await (const chunk of socket) if (Buffer.isBuffer(chunk)) chunks.push(chunk)
  return new Uint8Array(Buffer.concat(chunks))
}

test('a terminal that closes its half after the request still gets an answer that takes a while', async () => {
  const { listener, ended } = await listening(async (frame, link) => {
    for (let turn = 0; turn < 20; turn += 1) await nextTurn()
    link.send(frame)
  })
  const socket = await dial(listener)
  socket.end(frameOf(30))
  assert.deepEqual(await everythingFrom(socket), frameOf(30))
  assert.deepEqual(await ended, { by: 'terminal', how: 'closed', says: 'the terminal closed the line' })
  await listener.close()
})

test('a request that never became whole is told with its bytes', async () => {
  const { listener, ended } = await listening(() => undefined)
  const socket = await dial(listener)
  socket.end(frameOf(30).subarray(0, 11))
  assert.deepEqual((await ended).partial, frameOf(30).slice(0, 11))
  socket.destroy()
  await listener.close()
})

test('a terminal that breaks the line ends its connection, and the listener goes on', async () => {
  const { listener, ended } = await listening(() => undefined)
  const socket = await dial(listener)
  socket.write(frameOf(30))
  socket.resetAndDestroy()
  assert.equal((await ended).how, 'reset')
  const second = await dial(listener)
  second.destroy()
  await listener.close()
})

test('garbage is answered by breaking the line, with the reason', async () => {
  const { listener, ended } = await listening(() => undefined)
  const socket = await dial(listener)
  const broken = once(socket, 'error')
  socket.write(Uint8Array.of(0, 0))
  const end = await ended
  assert.equal(end.how, 'garbage')
  assert.equal(end.says, 'a length of 0 bytes (00 00); 1 to 65535 are possible')
  assert.equal((await broken)[0].code, 'ECONNRESET')
  await listener.close()
})

test('a terminal that sends and never reads is cut off', async () => {
  const answer = frameOf(0xffff)
  const { listener, ended } = await listening((_, link) => {
    for (let times = 0; times < 200; times += 1) link.send(answer)
  })
  const socket = await dial(listener)
  socket.on('error', error => assert.equal('code' in error && error.code, 'ECONNRESET')).pause()
  socket.write(frameOf(30))
  assert.equal((await ended).how, 'does not read')
  socket.destroy()
  await listener.close()
})

test('a promise of an answer that fails costs the connection, and tells what was thrown', async () => {
  const { listener, ended } = await listening(() => Promise.reject(new RangeError('our own mistake')))
  const socket = await dial(listener)
  const broken = once(socket, 'error')
  socket.write(frameOf(30))
  const end = await ended
  assert.equal(end.how, 'handler failed')
  assert.ok(end.thrown instanceof RangeError)
  await broken
  await listener.close()
})

test('nothing can be sent on a line that is over', async () => {
  const links: ServerLink[] = []
  const { listener, ended } = await listening((_, link) => void links.push(link))
  const socket = await dial(listener)
  socket.end(frameOf(5))
  await ended
  assert.equal(links[0]?.send(frameOf(5)), false)
  socket.destroy()
  await listener.close()
})
