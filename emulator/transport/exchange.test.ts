import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exchange, type JudgeFrame, type Seen, unclaimed } from './exchange.ts'
import type { ServerLink } from './listener.ts'
import { memoryNetwork } from './memory.ts'
import { frameOf } from './proving-ground.ts'
import type { Finished, Link } from './transport.ts'

const request = frameOf(20, 1)
const reply = frameOf(20, 2)
const late = frameOf(20, 3)
const progress = frameOf(20, 4)
const soon = { withinMillis: 2_000 }

/** Frames tell what they are by their third byte. */
const judge: JudgeFrame = frame => {
  if (frame[2] === reply[2]) return 'matched'
  if (frame[2] === late[2]) return 'late'
  return frame[2] === progress[2] ? 'in progress' : 'unsolicited'
}

/** A line to an acquirer that answers each frame in this way. */
async function lineTo(answers: (link: ServerLink, frame: Uint8Array) => void): Promise<Link> {
  const { listen, reach } = memoryNetwork()
  const { endpoint } = await listen(0, link => ({ frame: frame => answers(link, frame) }))
  return reach(endpoint).open()
}

const finished = (answered: boolean): Promise<Finished> => Promise.resolve({ answered })

test('the reply ends the exchange, and nothing after it is taken', async () => {
  const link = await lineTo(line => {
    line.send(reply)
    line.send(late)
  })
  assert.deepEqual(await exchange(link, request, judge, soon), { is: 'matched', frame: reply, others: [] })
  assert.deepEqual(await unclaimed(link), { frames: [late], ending: { saw: 'silence' } })
})

test('frames that are not the reply leave the wait going and are kept with their standing', async () => {
  const link = await lineTo(line => {
    line.send(late)
    line.send(progress)
    line.send(reply)
  })
  const seen: Seen[] = []
  const others = [
    { frame: late, standing: 'late' },
    { frame: progress, standing: 'in progress' },
  ]
  assert.deepEqual(await exchange(link, request, judge, soon, event => seen.push(event)), { is: 'matched', frame: reply, others })
  assert.deepEqual(
    seen.map(event => (event.saw === 'frame' ? event.standing : event.saw)),
    ['late', 'in progress', 'matched'],
  )
})

test('frames that are not the reply do not move the deadline', async () => {
  const link = await lineTo(line => {
    const timer = setInterval(() => line.send(progress), 10)
    setTimeout(() => clearInterval(timer), 500).unref()
  })
  const began = performance.now()
  const outcome = await exchange(link, request, judge, { withinMillis: 55 })
  assert.equal(outcome.is, 'silent')
  assert.ok(outcome.others.length >= 2, `${outcome.others.length} frames`)
  assert.ok(performance.now() - began < 300)
  await link.close()
})

test('an acquirer that finished without an answer is silent at once', async () => {
  const link = await lineTo(() => undefined)
  const seen: Seen[] = []
  const wait = { withinMillis: 60_000, finished: finished(false) }
  assert.deepEqual(await exchange(link, request, judge, wait, event => seen.push(event)), { is: 'silent', others: [] })
  assert.deepEqual(seen, [{ saw: 'silence' }])
})

test('an acquirer that answered with something else is silent at once, too', async () => {
  const link = await lineTo(line => void line.send(late))
  const outcome = await exchange(link, request, judge, { withinMillis: 60_000, finished: finished(true) })
  assert.deepEqual(outcome, { is: 'silent', others: [{ frame: late, standing: 'late' }] })
})

test('a late frame before the reply of an acquirer that has answered does not hide the reply', async () => {
  const link = await lineTo(line => {
    line.send(late)
    setImmediate(() => line.send(reply))
  })
  const outcome = await exchange(link, request, judge, { withinMillis: 60_000, finished: finished(true) })
  assert.equal(outcome.is, 'matched')
})

test('a close tells whose it was, and the bytes that had come', async () => {
  const link = await lineTo(line => {
    line.send(reply.subarray(0, 9))
    line.close()
  })
  const outcome = await exchange(link, request, judge, soon)
  assert.deepEqual(outcome, { is: 'closed', by: 'acquirer', partial: reply.slice(0, 9), others: [] })
})

test('a broken line is a failure with its code', async () => {
  const link = await lineTo(line => line.reset())
  const outcome = await exchange(link, request, judge, soon)
  assert.deepEqual(outcome, { is: 'failed', code: 'ECONNRESET', says: 'the acquirer broke the connection', others: [] })
})

test('a line that was gone before the request is told by its end, after the frames that had come', async () => {
  const link = await lineTo(line => {
    line.send(reply)
    line.send(late)
    line.close()
  })
  await exchange(link, request, judge, soon)
  const outcome = await exchange(link, request, judge, soon)
  assert.deepEqual(outcome, { is: 'closed', by: 'acquirer', others: [{ frame: late, standing: 'late' }] })
})

test('a judge that fails, fails the exchange', async () => {
  const link = await lineTo(line => void line.send(reply))
  const failing: JudgeFrame = () => {
    throw new RangeError('our own mistake')
  }
  await assert.rejects(exchange(link, request, failing, soon), /our own mistake/)
})
