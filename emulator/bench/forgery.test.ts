import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Link, LinkEvent } from '../transport/transport.ts'
import { forged } from './forgery.ts'

const real = Uint8Array.of(1)
const wait = { withinMillis: 10 }

function linkWith(...events: LinkEvent[]): Link {
  return {
    send: async () => undefined,
    next: async () => events.shift() ?? { saw: 'silence' },
    close: async () => undefined,
  }
}

test('frames put before the reply arrive before it', async () => {
  const link = forged(linkWith({ saw: 'frame', frame: real }), frame => [Uint8Array.of(9), frame])
  assert.deepEqual(await link.next(wait), { saw: 'frame', frame: Uint8Array.of(9) })
  assert.deepEqual(await link.next(wait), { saw: 'frame', frame: real })
  assert.deepEqual(await link.next(wait), { saw: 'silence' })
})

test('a reply that is taken away is silence', async () => {
  const link = forged(linkWith({ saw: 'frame', frame: real }), () => [])
  assert.deepEqual(await link.next(wait), { saw: 'silence' })
})

test('what is no frame passes as it is', async () => {
  const link = forged(linkWith({ saw: 'close', by: 'acquirer' }), () => [Uint8Array.of(9)])
  assert.deepEqual(await link.next(wait), { saw: 'close', by: 'acquirer' })
})
