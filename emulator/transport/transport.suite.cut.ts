import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { isEmulatorError } from '../values/errors.ts'
import type { ServerLink } from './listener.ts'
import { bytesOf, frameOf, type Ground, play, type Scene, until } from './proving-ground.ts'

const soon = { withinMillis: 2_000 }

/** What holds where frames are cut out of a stream of bytes: they may be split and joined on the way, and a wrong length is possible. */
export function cutSuite(ground: Ground): void {
  const scene = (
    script: (scene: Scene) => Promise<void>,
    onFrame?: (frame: Uint8Array, link: ServerLink) => void,
  ): Promise<void> => play(ground, script, onFrame)
  const echo = (frame: Uint8Array, link: ServerLink): void => void link.send(frame)

  describe(`${ground.name}: frames on a stream`, () => {
    test('a reply that is split at any byte arrives whole', () =>
      scene(async ({ open }) => {
        const { link, acquirer } = await open()
        const reply = frameOf(20)
        for (let at = 1; at < reply.length; at += 1) {
          acquirer.send(reply.subarray(0, at))
          await nextTurn()
          acquirer.send(reply.subarray(at))
          assert.deepEqual(await link.next(soon), { saw: 'frame', frame: reply }, `split after ${at} bytes`)
        }
      }))

    test('a request that is split at every byte arrives whole', () =>
      scene(async ({ open, got }) => {
        const { link } = await open()
        const request = frameOf(20)
        for (let at = 0; at < request.length; at += 1) {
          await link.send(request.subarray(at, at + 1))
          await nextTurn()
        }
        await until(() => got[0])
        assert.deepEqual(got, [request])
      }))

    test('frames joined in one write arrive one by one, in order', () =>
      scene(async ({ open, got }) => {
        const { link, acquirer } = await open()
        const joined = Buffer.concat([frameOf(3, 10), frameOf(1, 20), frameOf(300, 30)])
        acquirer.send(joined)
        for (const frame of [frameOf(3, 10), frameOf(1, 20), frameOf(300, 30)]) {
          assert.deepEqual(bytesOf(await link.next(soon)), bytesOf({ saw: 'frame', frame }))
        }
        await link.send(joined)
        await until(() => got[2])
        assert.deepEqual(
          got.map(frame => frame.length),
          [5, 3, 302],
        )
      }))

    test('word that nothing more comes does not overtake a frame that is still being read, piece by piece', () =>
      scene(async ({ open }) => {
        const { link, acquirer } = await open()
        const event = link.next({ withinMillis: 60_000, finished: Promise.resolve({ answered: false }) })
        for (const byte of frameOf(9)) {
          acquirer.send(Uint8Array.of(byte))
          await nextTurn()
        }
        assert.deepEqual(await event, { saw: 'frame', frame: frameOf(9) })
      }))

    test('a close in the middle of a frame keeps the bytes that came', () =>
      scene(async ({ open }) => {
        for (const bytes of [1, 2, 3, 21]) {
          const { link, acquirer } = await open()
          acquirer.send(frameOf(20).subarray(0, bytes))
          acquirer.close()
          assert.deepEqual(bytesOf(await link.next(soon)), [...frameOf(20).subarray(0, bytes)])
        }
      }))

    test('a length that cannot be ends the link, with the bytes as evidence', () =>
      scene(async ({ open, ends }) => {
        const { link, acquirer } = await open()
        acquirer.send(frameOf(5))
        acquirer.send(Uint8Array.of(0, 0, 7))
        assert.equal((await link.next(soon)).saw, 'frame')
        const event = await link.next(soon)
        assert.ok(event.saw === 'failure' && event.code === 'FRAME_LENGTH')
        assert.match(event.says, /0 bytes/)
        assert.deepEqual([...(event.partial ?? [])].slice(0, 2), [0, 0])
        assert.equal((await until(() => ends[0])).by, 'terminal')
        await assert.rejects(link.send(frameOf(5)), thrown => isEmulatorError(thrown, 'LINK_LOST'))
      }))

    test('garbage costs a terminal its connection, with the reason, and nobody else', () =>
      scene(async ({ open, listener, ends }) => {
        const { link } = await open()
        const other = ground.reach(listener.endpoint)
        const bystander = await other.open()
        await link.send(Uint8Array.of(0, 0, 1, 2))
        const end = await until(() => ends[0])
        assert.deepEqual([end.by, end.how], ['us', 'garbage'])
        assert.match(end.says, /0 bytes/)
        assert.equal((await link.next(soon)).saw, 'failure')
        await bystander.send(frameOf(5))
        assert.equal((await bystander.next(soon)).saw, 'frame')
        await ground.hangUp(other, bystander)
      }, echo))

    test('word that nothing more comes does not overtake a close in the middle of a frame that is already on its way', () => {
      let tell: () => void = () => undefined
      return scene(
        async ({ open, transport }) => {
          for (let round = 0; round < 10; round += 1) {
            const { link } = await open()
            const word = Promise.withResolvers<{ answered: boolean }>()
            tell = () => word.resolve({ answered: false })
            await link.send(frameOf(9))
            const event = await link.next({ withinMillis: 60_000, finished: word.promise })
            assert.deepEqual(event, { saw: 'close', by: 'acquirer', partial: frameOf(9).slice(0, 5) })
            await ground.hangUp(transport, link)
          }
        },
        (_, link) => {
          link.send(frameOf(9).subarray(0, 5))
          link.close()
          tell()
        },
      )
    })
  })
}
