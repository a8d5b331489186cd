import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isEmulatorError } from '../values/errors.ts'
import { type Exchanged, exchange, type JudgeFrame, unclaimed } from './exchange.ts'
import { kept } from './kept.ts'
import { type Arming, type FaultyLine, faultyLine, type Injected, type LineFaultId, lineFaults } from './line-faults.ts'
import { listen } from './listener.ts'
import { memoryNetwork } from './memory.ts'
import { frameOf } from './proving-ground.ts'
import { tcp } from './tcp.ts'
import type { Finished, Link } from './transport.ts'

const first = frameOf(40, 1)
const second = frameOf(40, 2)

type Scene = Readonly<{
  line: FaultyLine
  link: Link
  /** One request, to its end; the acquirer echoes. Its real deadline is an hour away, so that nothing here can be waiting for a clock. */
  ask(request: Uint8Array, judge?: JudgeFrame): Promise<Exchanged>
  got: readonly Uint8Array[]
  log: readonly Injected[]
}>

const anHour = 3_600_000

/** Matches an echo by its third byte. */
const echoOf =
  (request: Uint8Array): JudgeFrame =>
  frame =>
    frame[2] === request[2] ? 'matched' : 'late'

async function scene(fault: LineFaultId, play: (scene: Scene) => Promise<void>, arming?: Arming, seed = 'a seed'): Promise<void> {
  const { listen, reach } = memoryNetwork()
  const got: Uint8Array[] = []
  const log: Injected[] = []
  let word = Promise.withResolvers<Finished>()
  const listener = await listen(0, link => ({
    frame: frame => {
      got.push(frame)
      link.send(frame)
      word.resolve({ answered: true })
    },
  }))
  const line = faultyLine(reach(listener.endpoint), { log: injected => log.push(injected), seed })
  const link = await line.open()
  line.arm(fault, arming)
  const ask: Scene['ask'] = (request, judge = echoOf(request)) => {
    word = Promise.withResolvers()
    return exchange(link, request, judge, { withinMillis: anHour, finished: word.promise })
  }
  await play({ line, link, ask, got, log })
  await link.close()
  await listener.close()
}

const saysOf = (log: readonly Injected[]): string[] => log.map(({ says }) => says)

describe('line faults', () => {
  test('a lost request never reaches the acquirer, and the silence is at once', () =>
    scene('loses the request', async ({ ask, got, log, line }) => {
      assert.deepEqual(await ask(first), { is: 'silent', others: [] })
      assert.deepEqual(got, [])
      assert.deepEqual(log, [
        { fault: 'loses the request', says: 'our own line lost the request', frame: first, swallowed: false },
      ])
      assert.deepEqual(line.armed, [])
      assert.equal((await ask(second)).is, 'matched')
    }))

  test('a lost reply is taken away after the acquirer has acted, and is handed over as swallowed', () =>
    scene('loses the reply', async ({ ask, got, log }) => {
      assert.deepEqual(await ask(first), { is: 'silent', others: [] })
      assert.deepEqual(got, [first])
      assert.deepEqual(log, [{ fault: 'loses the reply', says: 'our own line lost the reply', frame: first, swallowed: true }])
      assert.equal((await ask(second)).is, 'matched')
    }))

  test('one reply is lost, and another one to the same request is not', async () => {
    const { listen, reach } = memoryNetwork()
    const listener = await listen(0, link => ({
      frame: () => {
        link.send(first)
        link.send(second)
      },
    }))
    const line = faultyLine(reach(listener.endpoint), { log: () => undefined, seed: '1' })
    line.arm('loses the reply', { times: 'always' })
    const link = await line.open()
    assert.equal((await exchange(link, first, () => 'matched', { withinMillis: anHour })).is, 'silent')
    assert.deepEqual((await unclaimed(link)).frames, [second])
    await listener.close()
  })

  test('a delayed reply comes late: with the next wait', () =>
    scene('delays the reply', async ({ ask }) => {
      assert.deepEqual(await ask(first), { is: 'silent', others: [] })
      assert.deepEqual(await ask(second), { is: 'matched', frame: second, others: [{ frame: first, standing: 'late' }] })
    }))

  test('a delayed reply can also be looked for', () =>
    scene('delays the reply', async ({ ask, link }) => {
      await ask(first)
      assert.deepEqual((await unclaimed(link)).frames, [first])
    }))

  test('a cut before sending leaves the acquirer without a byte, on a connection that was open', () =>
    scene('cuts before sending', async ({ ask, got, link }) => {
      assert.deepEqual(await ask(first), { is: 'closed', by: 'us', others: [] })
      assert.deepEqual(got, [])
      await assert.rejects(link.send(second), thrown => isEmulatorError(thrown, 'LINK_LOST'))
    }))

  test('a cut within the request leaves the acquirer with a part of it', () =>
    scene('cuts before the request is whole', async ({ ask, got, log }) => {
      assert.deepEqual(await ask(first), { is: 'closed', by: 'us', others: [] })
      assert.deepEqual(got, [])
      assert.match(log[0]?.says ?? '', /^our own line closed after \d+ of 42 bytes of the request$/)
    }))

  test('a cut after sending comes when the acquirer has acted', () =>
    scene('cuts after sending', async ({ ask, got, log }) => {
      assert.deepEqual(await ask(first), { is: 'closed', by: 'us', others: [] })
      assert.deepEqual(got, [first])
      assert.deepEqual(log[0]?.swallowed, true)
    }))

  test('a cut within the reply leaves the terminal with a part of it', () =>
    scene('cuts before the reply is whole', async ({ ask, got }) => {
      const outcome = await ask(first)
      assert.ok(outcome.is === 'closed' && outcome.by === 'us' && outcome.partial !== undefined)
      assert.deepEqual(outcome.partial, first.slice(0, outcome.partial.length))
      assert.ok(outcome.partial.length >= 1 && outcome.partial.length < first.length)
      assert.deepEqual(got, [first])
    }))

  test('a refused connection is distinct from a cut: it never opened', () =>
    scene('refuses the connection', async ({ line, got, log }) => {
      await assert.rejects(line.open(), thrown => isEmulatorError(thrown, 'LINK_REFUSED'))
      assert.deepEqual(got, [])
      assert.deepEqual(saysOf(log), ['our own line refused the connection'])
      await (await line.open()).close()
    }))

  test('request and reply that are split at every byte are whole again on both sides', () =>
    scene('splits at every byte', async ({ ask, got, log }) => {
      assert.deepEqual(await ask(first), { is: 'matched', frame: first, others: [] })
      assert.deepEqual(got, [first])
      assert.deepEqual(saysOf(log), [
        'our own line sent the request byte by byte',
        'our own line delivered the reply byte by byte',
      ])
    }))

  test('two requests that are joined both arrive, and both are answered', () =>
    scene('joins two', async ({ ask, got }) => {
      assert.deepEqual(await ask(first), { is: 'silent', others: [] })
      assert.deepEqual(got, [])
      assert.deepEqual(await ask(second), { is: 'matched', frame: second, others: [{ frame: first, standing: 'late' }] })
      assert.deepEqual(got, [first, second])
    }))

  test('a request that is still held when the line closes is reported as never sent', async () => {
    const reported: string[] = []
    await scene('joins two', async ({ ask, log, link }) => {
      await ask(first)
      await link.close()
      reported.push(...saysOf(log))
    })
    assert.equal(reported.at(-1), 'the line closed with a request held back: it was never sent')
  })

  test('two replies that are joined both arrive, the first one late', () =>
    scene('joins two replies', async ({ ask, got }) => {
      assert.deepEqual(await ask(first), { is: 'silent', others: [] })
      assert.deepEqual(await ask(second), { is: 'matched', frame: second, others: [{ frame: first, standing: 'late' }] })
      assert.deepEqual(got, [first, second])
    }))

  for (const fault of ['corrupts a byte', 'corrupts a byte of the request'] as const) {
    test(`${fault}: exactly one, never in the length, and the frame as it was sent is kept`, () =>
      scene(fault, async ({ ask, got, log }) => {
        const outcome = await ask(first, () => 'matched')
        assert.ok(outcome.is === 'matched')
        const places = [...outcome.frame.keys()].filter(at => outcome.frame[at] !== first[at])
        assert.equal(places.length, 1)
        assert.ok((places[0] ?? 0) >= 2)
        assert.equal(
          got[0]?.every((byte, at) => byte === first[at]),
          fault === 'corrupts a byte',
        )
        assert.deepEqual(log[0]?.frame, first)
      }))
  }

  test('the same seed corrupts the same byte, another seed another', async () => {
    const sayings: string[] = []
    for (const seed of ['one', 'one', 'two']) {
      await scene(
        'corrupts a byte',
        async ({ ask, log }) => {
          await ask(first, () => 'matched')
          sayings.push(...saysOf(log))
        },
        {},
        seed,
      )
    }
    assert.equal(sayings[0], sayings[1])
    assert.notEqual(sayings[0], sayings[2])
  })

  test('a request that is delivered twice reaches the acquirer twice, and both are answered', () =>
    scene('delivers the request twice', async ({ ask, got, link }) => {
      assert.equal((await ask(first)).is, 'matched')
      assert.deepEqual(got, [first, first])
      assert.deepEqual((await unclaimed(link)).frames, [first])
    }))

  test('a reply that is delivered twice was given once', () =>
    scene('delivers the reply twice', async ({ ask, got, link }) => {
      assert.equal((await ask(first)).is, 'matched')
      assert.deepEqual(got, [first])
      assert.deepEqual((await unclaimed(link)).frames, [first])
    }))

  test('a fault spoils as many exchanges as it is armed for, and those that it is armed for', () =>
    scene(
      'loses the reply',
      async ({ ask, line }) => {
        assert.equal((await ask(second)).is, 'matched')
        assert.equal((await ask(first)).is, 'silent')
        assert.deepEqual(line.armed, ['loses the reply'])
        assert.equal((await ask(first)).is, 'silent')
        assert.deepEqual(line.armed, [])
        assert.equal((await ask(first)).is, 'matched')
      },
      { times: 2, when: request => request[2] === first[2] },
    ))

  test('a fault that does two things to an exchange is used up by one', () =>
    scene(
      'splits at every byte',
      async ({ ask, line }) => {
        await ask(first)
        assert.deepEqual(line.armed, ['splits at every byte'])
        await ask(second)
        assert.deepEqual(line.armed, [])
      },
      { times: 2 },
    ))

  test('a fault that is always there goes when it is taken back', () =>
    scene(
      'loses the reply',
      async ({ ask, line }) => {
        for (let times = 0; times < 5; times += 1) assert.equal((await ask(first)).is, 'silent')
        line.disarm('loses the reply')
        assert.equal((await ask(first)).is, 'matched')
      },
      { times: 'always' },
    ))

  test('a fault of the reply is not used up by an exchange that had none', async () => {
    const { listen, reach } = memoryNetwork()
    const listener = await listen(0, () => ({ frame: () => undefined }))
    const line = faultyLine(reach(listener.endpoint), { log: () => assert.fail('nothing happened'), seed: '1' })
    line.arm('loses the reply')
    const link = await line.open()
    const finished = Promise.resolve({ answered: false })
    assert.equal((await exchange(link, first, echoOf(first), { withinMillis: anHour, finished })).is, 'silent')
    assert.deepEqual(line.armed, ['loses the reply'])
    await link.close()
    await listener.close()
  })

  test('a connection that is kept survives a fault, and is replaced after a cut', async () => {
    const { listen, reach } = memoryNetwork()
    const connections: number[] = []
    const listener = await listen(0, link => {
      connections.push(link.id)
      return { frame: frame => void link.send(frame) }
    })
    const line = faultyLine(reach(listener.endpoint), { log: () => undefined, seed: '1' })
    const keeper = kept(line)
    const outcomes: string[] = []
    for (const fault of ['loses the reply', 'cuts after sending', 'loses the request'] as const) {
      line.arm(fault)
      outcomes.push((await exchange(await keeper.open(), first, () => 'matched', { withinMillis: anHour })).is)
    }
    assert.deepEqual(outcomes, ['silent', 'closed', 'silent'])
    assert.deepEqual(connections, [1, 2])
    await keeper.hangUp()
    await listener.close()
  })

  for (const id of Object.keys(lineFaults) as LineFaultId[]) {
    if (id === 'refuses the connection') continue
    test(`${id}: over TCP, without a word from the acquirer, nothing sleeps and it is reported`, async () => {
      const listener = await listen(0, link => ({ frame: frame => void link.send(frame) }))
      const log: Injected[] = []
      const line = faultyLine(tcp(listener.endpoint), { log: injected => log.push(injected), seed: id })
      line.arm(id)
      const link = await line.open()
      const outcome = await exchange(link, first, () => 'matched', { withinMillis: anHour })
      assert.ok(['matched', 'silent', 'closed'].includes(outcome.is))
      assert.ok(log.length > 0 && log.every(({ fault }) => fault === id))
      await link.close()
      await listener.close()
    })
  }
})
