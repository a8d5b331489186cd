import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FrameForm } from '../values/framing.ts'
import { cutterFor } from './frame-cutter.ts'
import { faultyLine, type Injected, type LineFaultId } from './line-faults.ts'
import { memoryNetwork } from './memory.ts'
import type { Link } from './transport.ts'

/** Two frames in each form: HELLO and WORLD, and what stands around them. */
const forms: readonly (readonly [name: string, form: FrameForm, frames: readonly [string, string], around: readonly number[]])[] =
  [
    [
      'four digit characters',
      { is: 'length', form: 'ascii 4', itself: false, uncounted: 0, longest: 9999 },
      ['0005HELLO', '0005WORLD'],
      [0, 1, 2, 3],
    ],
    [
      'four bytes that count themselves',
      { is: 'length', form: 'little endian 4', itself: true, uncounted: 0, longest: 9999 },
      ['\t\0\0\0HELLO', '\t\0\0\0WORLD'],
      [0, 1, 2, 3],
    ],
    ['STX, ETX and LRC', { is: 'STX ETX LRC', longest: 9999 }, ['\x02HELLO\x03A', '\x02WORLD\x03A'], [0, 6, 7]],
  ]

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

/** Plays against an acquirer that echoes, over a line of this form. */
async function scene(
  form: FrameForm,
  fault: LineFaultId,
  play: (link: Link, got: readonly string[], log: readonly Injected[]) => Promise<void>,
  seed = 'a seed',
): Promise<void> {
  const network = memoryNetwork()
  const cutter = cutterFor(form)
  const got: string[] = []
  const log: Injected[] = []
  const echo = (link: { send(bytes: Uint8Array): boolean }) => ({
    frame: (frame: Uint8Array) => {
      got.push(textOf(frame))
      link.send(frame)
    },
  })
  const listener = await network.listen(0, echo, { cutter })
  const line = faultyLine(network.reach(listener.endpoint, { cutter }), { log: one => log.push(one), seed, form })
  const link = await line.open()
  line.arm(fault)
  await play(link, got, log)
  await link.close()
  await listener.close()
}

const now = { withinMillis: 0 }
const seen = async (link: Link) => {
  const event = await link.next(now)
  return event.saw === 'frame' ? textOf(event.frame) : event.saw
}

for (const [name, form, [hello, world], around] of forms) {
  test(`${name}: a frame that is split at every byte arrives whole on both sides`, () =>
    scene(form, 'splits at every byte', async (link, got, log) => {
      await link.send(bytesOf(hello))
      assert.deepEqual([await seen(link), got, log.length], [hello, [hello], 2])
    }))

  test(`${name}: two requests in one piece are two requests, and two replies in one piece two replies`, async () => {
    await scene(form, 'joins two', async (link, got) => {
      await link.send(bytesOf(hello))
      assert.deepEqual([await seen(link), got], ['silence', []])
      await link.send(bytesOf(world))
      assert.deepEqual([await seen(link), await seen(link), got], [hello, world, [hello, world]])
    })
    await scene(form, 'joins two replies', async link => {
      await link.send(bytesOf(hello))
      assert.equal(await seen(link), 'silence')
      await link.send(bytesOf(world))
      assert.deepEqual([await seen(link), await seen(link)], [hello, world])
    })
  })

  test(`${name}: a corrupt byte is one of the message, never of what keeps frames apart`, async () => {
    const places = new Set<number>()
    for (let seed = 0; seed < 60; seed += 1)
      await scene(
        form,
        'corrupts a byte',
        async link => {
          await link.send(bytesOf(hello))
          const reply = await seen(link)
          for (const [at, character] of [...reply].entries()) if (character !== hello.charAt(at)) places.add(at)
        },
        `seed ${seed}`,
      )
    const inside = Array.from(hello, (_, at) => at).filter(at => !around.includes(at))
    assert.deepEqual([...places].sort(), inside)
  })
}
