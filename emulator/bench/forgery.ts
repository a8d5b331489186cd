import type { Link, LinkEvent, Wait } from '../transport/transport.ts'

/** Makes other frames out of the acquirer's reply: what the terminal gets to see instead, in order. Decides for each frame of the link. */
export type Forge = (frame: Uint8Array) => readonly Uint8Array[]

/**
 * A link on which our own line puts answers that the acquirer never gave: an answer in progress, a refusal, another terminal's reply.
 * It is how a terminal is shown what a good acquirer does not send.
 */
export function forged(link: Link, forge: Forge): Link {
  const queue: LinkEvent[] = []
  return {
    send: frame => link.send(frame),
    close: () => link.close(),
    async next(wait: Wait): Promise<LinkEvent> {
      const queued = queue.shift()
      if (queued !== undefined) return queued
      const event = await link.next(wait)
      if (event.saw !== 'frame') return event
      queue.push(...forge(event.frame).map(frame => ({ saw: 'frame' as const, frame })))
      return queue.shift() ?? { saw: 'silence' }
    },
  }
}
