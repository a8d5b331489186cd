import assert from 'node:assert/strict'
import { once } from 'node:events'
import net from 'node:net'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { isEmulatorError } from '../values/errors.ts'
import { tcp } from './tcp.ts'
import type { Link } from './transport.ts'

/** More than any system takes for a reader that does not read. */
const muchMoreThanBuffered = new Uint8Array(64 << 20)

/** A link to an acquirer that has not begun to read. */
async function unread(): Promise<{ link: Link; acquirer: net.Socket; done: () => void }> {
  const server = net.createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  const accepted = once(server, 'connection')
  const link = await tcp(new URL(`tcp://127.0.0.1:${address.port}`)).open()
  const [acquirer] = await accepted
  assert.ok(acquirer instanceof net.Socket)
  return { link, acquirer, done: () => server.close() }
}

test('what the acquirer does not take holds its sender, and goes on when it reads', async () => {
  const { link, acquirer, done } = await unread()
  let taken = false
  const sending = link.send(muchMoreThanBuffered).then(() => {
    taken = true
  })
  for (let turn = 0; turn < 20; turn += 1) await nextTurn()
  assert.equal(taken, false)
  acquirer.resume()
  await sending
  await link.close()
  done()
})

test('a line that goes while sending is lost', async () => {
  const { link, acquirer, done } = await unread()
  const sending = link.send(muchMoreThanBuffered)
  acquirer.resetAndDestroy()
  await assert.rejects(sending, thrown => isEmulatorError(thrown, 'LINK_LOST'))
  assert.equal((await link.next({ withinMillis: 2_000 })).saw, 'failure')
  done()
})

test('an address that is not one is told before anything is sent', async () => {
  for (const address of ['http://127.0.0.1:5000', 'tcp://127.0.0.1']) {
    await assert.rejects(tcp(new URL(address)).open(), /tcp:\/\/host:port is needed/)
  }
})

test('a name that nobody knows is a failure to open, with the reason of the system', async () => {
  await assert.rejects(tcp(new URL('tcp://acquirer.invalid:5000')).open(), thrown => isEmulatorError(thrown, 'LINK_FAILED'))
})

test('aborting while opening gives up', async () => {
  const abort = new AbortController()
  const opening = tcp(new URL('tcp://127.0.0.1:9')).open(abort.signal)
  abort.abort()
  await assert.rejects(opening, /opening was given up/)
})
