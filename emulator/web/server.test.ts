import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { openCounter } from '../bench/counter.ts'
import { loadProfile } from '../profile/load.ts'
import { where } from '../where.ts'
import { serveTerminal } from './server.ts'

/** A server of its own for each test: what breaks in it is then the test's to answer for. */
async function atTheServer(does: (host: string) => Promise<void>): Promise<void> {
  const counter = await openCounter(await loadProfile(where.referenceProfile), 'page')
  const served = await serveTerminal(counter, 0)
  try {
    await does(new URL(served.url).host)
  } finally {
    await served.close()
    await counter.close()
  }
}

const to = (host: string): Socket => connect(Number(host.split(':')[1]), '127.0.0.1')

/** The first line of the answer to a request as somebody writes it by hand. */
async function answered(host: string, path: string): Promise<string> {
  const socket = to(host)
  socket.end(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
  const answer = (await socket.toArray()).join('')
  return answer.split('\r\n')[0] ?? ''
}

test('whoever asks for a WebSocket and hangs up before he is refused does not end the terminal', () =>
  atTheServer(async host => {
    for (let no = 0; no < 40; no += 1) {
      const socket = to(host)
      await once(socket, 'connect')
      const upgrade = `GET /live HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`
      await new Promise(written => socket.write(upgrade, written))
      socket.resetAndDestroy()
      await once(socket, 'close')
    }
    assert.match(await answered(host, '/'), /401/)
  }))

test('an address that is none is refused like any other, without a word about our code', () =>
  atTheServer(async host => {
    for (const path of ['//', '//[', '//:x', '/?', '/?token', '/?token=%zz', '/?token=x&token=y'])
      assert.match(await answered(host, path), /401/, path)
  }))
