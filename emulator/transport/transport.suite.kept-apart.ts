import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ServerLink } from './listener.ts'
import { frameOf, type Ground, play, type Scene, until } from './proving-ground.ts'

const soon = { withinMillis: 2_000 }

/** What holds where the line keeps frames apart itself: each write is a frame, and there are no lengths that could be wrong. */
export function keptApartSuite(ground: Ground): void {
  const scene = (
    script: (scene: Scene) => Promise<void>,
    onFrame?: (frame: Uint8Array, link: ServerLink) => void,
  ): Promise<void> => play(ground, script, onFrame)
  const echo = (frame: Uint8Array, link: ServerLink): void => void link.send(frame)

  describe(`${ground.name}: frames that the line keeps apart`, () => {
    test('each write is a frame, whatever it says of its length', () =>
      scene(async ({ open, got }) => {
        const { link } = await open()
        const frames = [frameOf(3), Uint8Array.of(0, 9, 1), Uint8Array.of(7)]
        for (const frame of frames) await link.send(frame)
        for (const frame of frames) assert.deepEqual(await link.next(soon), { saw: 'frame', frame })
        assert.deepEqual(got, frames)
      }, echo))

    test('a request that is sent in pieces of a byte arrives whole', () =>
      scene(async ({ open, got }) => {
        const { link } = await open()
        const request = frameOf(20)
        for (let at = 0; at < request.length; at += 1) {
          await (link.sendPiece?.(request.subarray(at, at + 1), at + 1 === request.length) ??
            Promise.reject(new Error('this link takes no pieces')))
          await nextTurn()
        }
        await until(() => got[0])
        assert.deepEqual(got, [request])
      }))

    test('a request of which a piece is missing does not reach the acquirer', () =>
      scene(async ({ open, transport, got, ends }) => {
        const { link } = await open()
        await link.sendPiece?.(frameOf(20).subarray(0, 7), false)
        await ground.hangUp(transport, link)
        assert.equal((await until(() => ends[0])).by, 'terminal')
        assert.deepEqual(got, [])
      }))
  })
}
