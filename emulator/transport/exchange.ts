import { isEmulatorError } from '../values/errors.ts'
import type { LinkReason } from '../values/link-reason.ts'
import type { Link, LinkEvent, Wait } from './transport.ts'

/** What a frame is to the open request; only `matched` ends the wait. */
export type Standing = 'matched' | 'foreign' | 'late' | 'unsolicited' | 'in progress' | 'unreadable' | 'swallowed'

/** Judges a frame by its fields, which the transport does not know. Called once for each frame, in order of arrival. */
export type JudgeFrame = (frame: Uint8Array) => Standing

export type JudgedFrame = Readonly<{ frame: Uint8Array; standing: Standing }>

/** A link event as it is seen, frames with their standing. */
export type Seen = Exclude<LinkEvent, { saw: 'frame' }> | (Readonly<{ saw: 'frame' }> & JudgedFrame)

type Failure = Extract<LinkEvent, { saw: 'failure' }>

/** What became of a request. `others`: the frames that came and were not its reply, in order of arrival. */
export type Exchanged = Readonly<{ others: readonly JudgedFrame[] }> &
  (
    | Readonly<{ is: 'matched'; frame: Uint8Array }>
    | Readonly<{ is: 'silent'; partial?: Uint8Array }>
    | Readonly<{ is: 'closed'; by: 'acquirer' | 'us'; says?: string; reason?: LinkReason; partial?: Uint8Array }>
    | Readonly<{ is: 'failed'; code: string; says: string; reason?: LinkReason; partial?: Uint8Array }>
  )

/**
 * Sends one request and waits for its reply. Frames that are not the reply leave the wait going, and its deadline where it was. A line that
 * fails while sending was open: the request counts as sent and unanswered (NET-001).
 *
 * Once an embedded host has said that it answered and something has come that is not the reply, there is nothing else to wait for: the
 * exchange is silent as soon as what has arrived is read.
 *
 * @param saw  Told of each event as it arrives, the last one included.
 */
export async function exchange(
  link: Link,
  request: Uint8Array,
  judge: JudgeFrame,
  wait: Wait,
  saw?: (event: Seen) => void,
): Promise<Exchanged> {
  const deadline = performance.now() + wait.withinMillis
  const others: JudgedFrame[] = []
  const lost = await lossOf(link.send(request))
  let current: Wait = lost === undefined ? wait : { withinMillis: 0 }
  for (;;) {
    const event = await link.next(current)
    if (event.saw !== 'frame') return ended(event.saw === 'silence' && lost !== undefined ? lost : event, others, saw)
    const judged = { frame: event.frame, standing: judge(event.frame) }
    saw?.({ saw: 'frame', ...judged })
    if (judged.standing === 'matched') return { is: 'matched', frame: event.frame, others }
    others.push(judged)
    if (lost === undefined) current = remaining(wait, deadline)
  }
}

/**
 * Takes what has arrived on a link and nobody has claimed: second and late replies, messages that nobody asked for. Waits for nothing.
 *
 * @returns the frames in order of arrival, and the event that ended them: silence when the line is still open.
 */
export async function unclaimed(
  link: Link,
): Promise<Readonly<{ frames: readonly Uint8Array[]; ending: Exclude<LinkEvent, { saw: 'frame' }> }>> {
  const frames: Uint8Array[] = []
  for (;;) {
    const event = await link.next({ withinMillis: 0 })
    if (event.saw !== 'frame') return { frames, ending: event }
    frames.push(event.frame)
  }
}

async function lossOf(sending: Promise<void>): Promise<Failure | undefined> {
  try {
    await sending
    return undefined
  } catch (thrown) {
    if (!isEmulatorError(thrown, 'LINK_LOST')) throw thrown
    return { saw: 'failure', code: thrown.code, says: thrown.message }
  }
}

function remaining(wait: Wait, deadline: number): Wait {
  const withinMillis = Math.max(0, Math.ceil(deadline - performance.now()))
  if (wait.finished === undefined) return { withinMillis }
  return { withinMillis, finished: wait.finished.then(() => ({ answered: false })) }
}

function ended(
  event: Exclude<LinkEvent, { saw: 'frame' }>,
  others: readonly JudgedFrame[],
  saw?: (event: Seen) => void,
): Exchanged {
  saw?.(event)
  switch (event.saw) {
    case 'silence': {
      const { saw: _, ...facts } = event
      return { is: 'silent', ...facts, others }
    }
    case 'close': {
      const { saw: _, ...facts } = event
      return { is: 'closed', ...facts, others }
    }
    case 'failure': {
      const { saw: _, ...facts } = event
      return { is: 'failed', ...facts, others }
    }
  }
}
