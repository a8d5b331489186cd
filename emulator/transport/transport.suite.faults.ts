import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isEmulatorError } from '../values/errors.ts'
import { type Exchanged, exchange, type JudgeFrame } from './exchange.ts'
import { faultyLine, type LineFaultId, lineFaults } from './line-faults.ts'
import type { ServerLink } from './listener.ts'
import { frameOf, type Ground, play } from './proving-ground.ts'

/** How an exchange ends under a fault, and how many whole requests reach the acquirer. The one after it is good again. */
type Expected = Readonly<{ ends: Exchanged['is'] | 'not opened'; reaches: number; sameLink?: true }>

const expected: Readonly<Record<LineFaultId, Expected>> = {
  'refuses the connection': { ends: 'not opened', reaches: 0 },
  'cuts before sending': { ends: 'closed', reaches: 0 },
  'cuts before the request is whole': { ends: 'closed', reaches: 0 },
  'cuts after sending': { ends: 'closed', reaches: 1 },
  'cuts before the reply is whole': { ends: 'closed', reaches: 1 },
  'loses the request': { ends: 'silent', reaches: 0 },
  'loses the reply': { ends: 'silent', reaches: 1 },
  'delays the reply': { ends: 'silent', reaches: 1 },
  'delivers the request twice': { ends: 'matched', reaches: 2 },
  'delivers the reply twice': { ends: 'matched', reaches: 1 },
  'splits at every byte': { ends: 'matched', reaches: 1 },
  'joins two': { ends: 'silent', reaches: 0, sameLink: true },
  'joins two replies': { ends: 'silent', reaches: 1, sameLink: true },
  'corrupts a byte': { ends: 'matched', reaches: 1 },
  'corrupts a byte of the request': { ends: 'matched', reaches: 1 },
}

const first = frameOf(40, 1)
const second = frameOf(40, 100)
const whatever: JudgeFrame = () => 'matched'
const only =
  (request: Uint8Array): JudgeFrame =>
  frame =>
    frame[2] === request[2] ? 'matched' : 'late'

/** Every line fault does on this ground what it says. */
export function faultSuite(ground: Ground): void {
  describe(`${ground.name}: line faults`, () => {
    for (const [fault, { ends, reaches, sameLink }] of Object.entries(expected) as [LineFaultId, Expected][]) {
      test(`${fault}: ${lineFaults[fault].says}`, () =>
        play(
          ground,
          async ({ transport, got }) => {
            const line = faultyLine(transport, {
              seed: 'a seed',
              ...(ground.frames === 'cut' ? {} : { form: { is: 'whole' } as const }),
              log: () => undefined,
            })
            line.arm(fault)
            const opened = await line.open().catch((thrown: unknown) => {
              assert.ok(isEmulatorError(thrown, 'LINK_REFUSED'))
              return undefined
            })
            const wait = { withinMillis: 2_000 }
            const ended = opened === undefined ? 'not opened' : (await exchange(opened, first, whatever, wait)).is
            assert.deepEqual([ended, line.armed, got.length], [ends, [], reaches])
            const again = sameLink && opened !== undefined ? opened : await fresh()
            const outcome = await exchange(again, second, only(second), { withinMillis: 2_000 })
            assert.equal(outcome.is, 'matched')
            await ground.hangUp(transport, again)
            if (opened !== undefined && opened !== again) await opened.close()

            async function fresh() {
              if (opened !== undefined) await ground.hangUp(transport, opened)
              return line.open()
            }
          },
          (frame: Uint8Array, link: ServerLink) => void link.send(frame),
        ))
    }
  })
}
