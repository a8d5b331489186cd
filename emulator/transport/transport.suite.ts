import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { isEmulatorError } from '../values/errors.ts'
import type { ServerLink } from './listener.ts'
import { bytesOf, frameOf, type Ground, keepBusy, play, type Scene, until } from './proving-ground.ts'
import { cutSuite } from './transport.suite.cut.ts'
import { faultSuite } from './transport.suite.faults.ts'
import { keptApartSuite } from './transport.suite.kept-apart.ts'
import type { Finished, LinkEvent } from './transport.ts'

const soon = { withinMillis: 2_000 }
const now = { withinMillis: 0 }

/** How an acquirer can end an exchange just before it says that it has finished, and what the terminal must still see. */
const endsOnTheWay: readonly (readonly [name: string, act: (link: ServerLink) => void, saw: LinkEvent])[] = [
  ['a frame', link => void link.send(frameOf(9)), { saw: 'frame', frame: frameOf(9) }],
  ['a close', link => link.close(), { saw: 'close', by: 'acquirer' }],
  ['a break', link => link.reset(), { saw: 'failure', code: 'ECONNRESET', says: 'the acquirer broke the connection' }],
]

/** The one suite that every transport passes, its own listener included. */
export function transportSuite(ground: Ground): void {
  if (ground.frames === 'cut') cutSuite(ground)
  else keptApartSuite(ground)
  faultSuite(ground)

  const scene = (
    script: (scene: Scene) => Promise<void>,
    onFrame?: (frame: Uint8Array, link: ServerLink) => void,
  ): Promise<void> => play(ground, script, onFrame)
  const echo = (frame: Uint8Array, link: ServerLink): void => void link.send(frame)

  let tell: (finished: Finished) => void = () => undefined

  describe(ground.name, () => {
    test('a frame arrives as it was sent, and so does its answer', () =>
      scene(async ({ open, got }) => {
        const { link } = await open()
        await link.send(frameOf(60))
        assert.deepEqual(await link.next(soon), { saw: 'frame', frame: frameOf(60) })
        assert.deepEqual(got, [frameOf(60)])
      }, echo))

    test('without a word from the acquirer, silence comes by the clock and not before', () =>
      scene(async ({ open }) => {
        const { link } = await open()
        const began = performance.now()
        assert.deepEqual(await link.next({ withinMillis: 30 }), { saw: 'silence' })
        const took = performance.now() - began
        assert.ok(took >= 29 && took < 1_000, `${took} ms`)
      }))

    test('every wait has its whole time, however many came before it', () =>
      scene(async ({ open }) => {
        const { link, acquirer } = await open()
        const first = link.next({ withinMillis: 150 })
        keepBusy(60)
        acquirer.send(frameOf(4))
        assert.equal((await first).saw, 'frame')
        const began = performance.now()
        assert.deepEqual(await link.next({ withinMillis: 150 }), { saw: 'silence' })
        const took = performance.now() - began
        assert.ok(took >= 149, `${took} ms`)
      }))

    test('silence comes at once when the acquirer has finished without an answer', () =>
      scene(async ({ open }) => {
        const { link } = await open()
        const began = performance.now()
        const finished = Promise.resolve({ answered: false })
        assert.deepEqual(await link.next({ withinMillis: 60_000, finished }), { saw: 'silence' })
        assert.ok(performance.now() - began < 1_000)
      }))

    for (const [name, act, saw] of endsOnTheWay) {
      test(`word that nothing more comes does not overtake ${name} that is already on its way`, () =>
        scene(
          async ({ open, transport }) => {
            for (let round = 0; round < 10; round += 1) {
              const { link } = await open()
              const word = Promise.withResolvers<{ answered: boolean }>()
              tell = word.resolve
              await link.send(frameOf(9))
              assert.deepEqual(await link.next({ withinMillis: 60_000, finished: word.promise }), saw)
              await ground.hangUp(transport, link)
            }
          },
          (_, link) => {
            act(link)
            tell({ answered: false })
          },
        ))
    }

    test('after word that the acquirer has answered, the wait goes on until the answer is there', () =>
      scene(async ({ open }) => {
        const { link, acquirer } = await open()
        const event = link.next({ withinMillis: 2_000, finished: Promise.resolve({ answered: true }) })
        for (let turn = 0; turn < 10; turn += 1) await nextTurn()
        acquirer.send(frameOf(4))
        assert.equal((await event).saw, 'frame')
      }))

    test('the word about one wait does not end the next', () =>
      scene(async ({ open }) => {
        const { link, acquirer } = await open()
        const word = Promise.withResolvers<{ answered: boolean }>()
        const first = link.next({ withinMillis: 2_000, finished: word.promise })
        acquirer.send(frameOf(4, 1))
        await first
        const second = link.next({ withinMillis: 2_000 })
        word.resolve({ answered: false })
        for (let turn = 0; turn < 10; turn += 1) await nextTurn()
        acquirer.send(frameOf(4, 2))
        assert.deepEqual(await second, { saw: 'frame', frame: frameOf(4, 2) })
      }))

    test('an embedded host that breaks down fails the wait', () =>
      scene(async ({ open }) => {
        const { link } = await open()
        const finished = Promise.reject(new Error('the host is gone'))
        await assert.rejects(link.next({ withinMillis: 60_000, finished }), /the host is gone/)
        assert.deepEqual(await link.next(now), { saw: 'silence' })
      }))

    test('a reply after its wait is there for the next one', () =>
      scene(async ({ open }) => {
        const { link, acquirer } = await open()
        assert.deepEqual(await link.next({ withinMillis: 5 }), { saw: 'silence' })
        acquirer.send(frameOf(7))
        assert.deepEqual(await link.next(soon), { saw: 'frame', frame: frameOf(7) })
      }))

    test('a wait of nothing takes what has arrived and else is silent', () =>
      scene(async ({ open }) => {
        const { link, acquirer } = await open()
        assert.deepEqual(await link.next(now), { saw: 'silence' })
        acquirer.send(frameOf(7))
        assert.deepEqual(await link.next(now), { saw: 'frame', frame: frameOf(7) })
        assert.deepEqual(await link.next(now), { saw: 'silence' })
      }))

    test('a wait of nothing looks at the line before it calls silence, however busy the process is', () =>
      scene(async ({ open }) => {
        const { link, acquirer } = await open()
        await nextTurn()
        acquirer.send(frameOf(7))
        const event = link.next(now)
        keepBusy(5)
        assert.equal((await event).saw, 'frame')
      }))

    test('a link is waited on once at a time', () =>
      scene(async ({ open }) => {
        const { link, acquirer } = await open()
        const first = link.next(soon)
        await assert.rejects(link.next(soon), /one wait at a time/)
        acquirer.send(frameOf(7))
        assert.equal((await first).saw, 'frame')
      }))

    test('a close before any answer is the acquirer’s, and stays', () =>
      scene(async ({ open }) => {
        const { link, acquirer } = await open()
        acquirer.close()
        assert.deepEqual(await link.next(soon), { saw: 'close', by: 'acquirer' })
        assert.deepEqual(await link.next(now), { saw: 'close', by: 'acquirer' })
      }))

    test('a close comes after the frames that came before it', () =>
      scene(async ({ open }) => {
        const { link, acquirer } = await open()
        acquirer.send(frameOf(5, 1))
        acquirer.send(frameOf(5, 2))
        acquirer.close()
        assert.deepEqual(await link.next(soon), { saw: 'frame', frame: frameOf(5, 1) })
        assert.deepEqual(await link.next(soon), { saw: 'frame', frame: frameOf(5, 2) })
        assert.equal((await link.next(soon)).saw, 'close')
      }))

    test('a broken connection is a failure with its code', () =>
      scene(async ({ open }) => {
        const { link, acquirer } = await open()
        acquirer.reset()
        const event = await link.next(soon)
        assert.deepEqual(event, { saw: 'failure', code: 'ECONNRESET', says: 'the acquirer broke the connection' })
      }))

    test('sending on a line that is gone says so', () =>
      scene(async ({ open }) => {
        const { link, acquirer } = await open()
        acquirer.close()
        await link.next(soon)
        await assert.rejects(link.send(frameOf(5)), thrown => isEmulatorError(thrown, 'LINK_LOST'))
      }))

    test('hanging up ends the wait, and the acquirer hears of it', () =>
      scene(async ({ open, transport, ends }) => {
        const { link } = await open()
        const event = link.next(soon)
        await ground.hangUp(transport, link)
        assert.deepEqual(await event, { saw: 'close', by: 'us' })
        assert.equal((await until(() => ends[0])).by, 'terminal')
        await assert.rejects(link.send(frameOf(5)), thrown => isEmulatorError(thrown, 'LINK_LOST'))
      }))

    test('where nobody listens, the connection is refused', async () => {
      const listener = await ground.listen(0, () => ({ frame: () => undefined }))
      await listener.close()
      await assert.rejects(ground.reach(listener.endpoint).open(), thrown => isEmulatorError(thrown, 'LINK_REFUSED'))
    })

    test('a port that is taken cannot be listened on', () =>
      scene(async ({ listener }) => {
        const second = ground.listen(listener.port, () => ({ frame: () => undefined }))
        await assert.rejects(second, thrown => isEmulatorError(thrown, 'LINK_FAILED'))
      }))

    test('an aborted signal opens nothing', () =>
      scene(async ({ transport, got }) => {
        await assert.rejects(transport.open(AbortSignal.abort()), thrown => isEmulatorError(thrown, 'LINK_FAILED'))
        assert.deepEqual(got, [])
      }))

    test('aborting closes the open link and ends its wait', () =>
      scene(async ({ transport, ends }) => {
        const abort = new AbortController()
        const link = await transport.open(abort.signal)
        const event = link.next({ withinMillis: 60_000 })
        abort.abort()
        assert.deepEqual(await event, { saw: 'close', by: 'us' })
        assert.equal((await until(() => ends[0])).by, 'terminal')
      }))

    test('64 links at once each get their own answers, in order', () =>
      scene(async ({ listener }) => {
        const transports = Array.from({ length: 64 }, () => ground.reach(listener.endpoint))
        await Promise.all(
          transports.map(async (transport, terminal) => {
            const link = await transport.open()
            for (let turn = 0; turn < 10; turn += 1) {
              const request = frameOf(30 + terminal, turn)
              await link.send(request)
              assert.deepEqual(bytesOf(await link.next(soon)), [...request])
            }
            await ground.hangUp(transport, link)
          }),
        )
      }, echo))

    test('the longest frame, of 65535 bytes behind its length, goes there and back', () =>
      scene(async ({ open }) => {
        const { link } = await open()
        await link.send(frameOf(0xffff))
        const event = await link.next(soon)
        assert.ok(event.saw === 'frame' && Buffer.compare(event.frame, frameOf(0xffff)) === 0)
      }, echo))

    test('a handler that throws costs its connection, never the listener', () =>
      scene(
        async ({ open, listener, ends }) => {
          const { link } = await open()
          await link.send(frameOf(5))
          assert.equal((await link.next(soon)).saw, 'failure')
          assert.equal(ends[0]?.how, 'handler failed')
          assert.ok(ends[0]?.thrown instanceof RangeError)
          const other = ground.reach(listener.endpoint)
          await ground.hangUp(other, await other.open())
        },
        () => {
          throw new RangeError('our own mistake')
        },
      ))
  })
}
