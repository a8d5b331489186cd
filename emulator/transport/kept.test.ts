import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type KeptTransport, kept } from './kept.ts'
import type { Listener, ServerLink } from './listener.ts'
import { memoryNetwork } from './memory.ts'
import { frameOf } from './proving-ground.ts'

const soon = { withinMillis: 2_000 }

async function keeping(): Promise<{ keeper: KeptTransport; links: ServerLink[]; listener: Listener }> {
  const { listen, reach } = memoryNetwork()
  const links: ServerLink[] = []
  const listener = await listen(0, link => {
    links.push(link)
    return { frame: frame => void link.send(frame) }
  })
  return { keeper: kept(reach(listener.endpoint)), links, listener }
}

test('operations share one connection until it is hung up', async () => {
  const { keeper, links } = await keeping()
  for (let operation = 0; operation < 3; operation += 1) {
    const link = await keeper.open()
    await link.send(frameOf(5, operation))
    assert.deepEqual(await link.next(soon), { saw: 'frame', frame: frameOf(5, operation) })
    await link.close()
  }
  assert.equal(links.length, 1)
  await keeper.hangUp()
  await keeper.open()
  assert.equal(links.length, 2)
})

test('a frame that comes between two operations is there for the second', async () => {
  const { keeper, links } = await keeping()
  await (await keeper.open()).close()
  links[0]?.send(frameOf(5))
  assert.deepEqual(await (await keeper.open()).next(soon), { saw: 'frame', frame: frameOf(5) })
})

test('a connection that the acquirer closed between two operations is replaced, and no frame of it is lost', async () => {
  const { keeper, links } = await keeping()
  await (await keeper.open()).close()
  links[0]?.send(frameOf(5, 1))
  links[0]?.close()
  const link = await keeper.open()
  assert.equal(links.length, 2)
  await link.send(frameOf(5, 2))
  assert.deepEqual(await link.next(soon), { saw: 'frame', frame: frameOf(5, 1) })
  assert.deepEqual(await link.next(soon), { saw: 'frame', frame: frameOf(5, 2) })
})

test('what cannot be opened again fails, and can be tried again', async () => {
  const { keeper, links, listener } = await keeping()
  await keeper.open()
  await listener.close()
  await assert.rejects(keeper.open(), /nothing is listening/)
  await assert.rejects(keeper.open(), /nothing is listening/)
  assert.equal(links.length, 1)
})
