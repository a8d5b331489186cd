import { EmulatorError } from '../values/errors.ts'
import type { FrameForm } from '../values/framing.ts'
import type { FrameCutter } from './frame-cutter.ts'
import type { Link, LinkEvent, Wait } from './transport.ts'

type FrameEvent = Extract<LinkEvent, { saw: 'frame' }>

/** What a fault does to the two directions of one exchange. Where it says nothing, the line is good. */
export type Behaviour = Readonly<{
  /** In place of sending the request. */
  request?: (line: FaultyLink, request: Uint8Array, shot: Shot) => Promise<void>
  /** In place of every wait until the next request. */
  wait?: (line: FaultyLink, wait: Wait, shot: Shot) => Promise<LinkEvent>
  /** To the first frame that answers the request, after it has arrived: the acquirer has acted by then. */
  reply?: (line: FaultyLink, reply: Uint8Array, shot: Shot) => Promise<LinkEvent>
}>

/** One fault, loaded for one exchange. */
export interface Shot {
  readonly does: Behaviour
  /** How frames lie on this line. */
  readonly form: FrameForm
  /** Reports what was done, and uses the fault up by one the first time in an exchange. */
  log(says: string, facts?: Readonly<{ frame?: Uint8Array; swallowed?: boolean }>): void
  /** A whole number from 0 to `below` - 1; the same for the same seed. */
  draw(below: number): number
}

/** Chooses the fault for an exchange, if any. */
export type Load = (request: Uint8Array) => Shot | undefined

const silence: LinkEvent = { saw: 'silence' }

/** A link whose line between terminal and acquirer can be at fault. The acquirer's bytes stay evidence: whatever is done is reported. */
export class FaultyLink implements Link {
  readonly sendPiece?: NonNullable<Link['sendPiece']>
  readonly #link: Link
  readonly #load: Load
  readonly #cutter: () => FrameCutter
  #shot: Shot | undefined
  #cut: LinkEvent | undefined
  /** Frames that are already on our side, delivered before anything else. */
  readonly #ahead: Uint8Array[] = []
  #heldRequest: Held | undefined
  #heldReply: Held | undefined

  constructor(link: Link, load: Load, cutter: () => FrameCutter) {
    this.#link = link
    this.#load = load
    this.#cutter = cutter
    if (link.sendPiece === undefined) return
    this.sendPiece = (piece, ends) => {
      // What a request in pieces is spoiled by can only be what happens to its reply.
      const shot = ends ? load(piece) : undefined
      this.#shot = shot?.does.request === undefined ? shot : undefined
      return this.passPiece(piece, ends)
    }
  }

  async send(frame: Uint8Array): Promise<void> {
    this.#shot = undefined
    if (this.#cut !== undefined) throw lost('our own line was cut before')
    const held = this.#heldRequest
    if (held !== undefined) {
      this.#heldRequest = undefined
      held.shot.log('our own line sent two requests in one piece', { frame })
      if (this.#link.sendPiece === undefined) return this.#link.send(joined([held.frame, frame]))
      await this.#link.send(held.frame)
      return this.#link.send(frame)
    }
    const shot = this.#load(frame)
    this.#shot = shot
    return shot?.does.request === undefined ? this.#link.send(frame) : shot.does.request(this, frame, shot)
  }

  async next(wait: Wait): Promise<LinkEvent> {
    const frame = this.#ahead.shift()
    if (frame !== undefined) return { saw: 'frame', frame }
    if (this.#cut !== undefined) return this.#cut
    const shot = this.#shot
    if (shot?.does.wait !== undefined) return shot.does.wait(this, wait, shot)
    const event = await this.#link.next(wait)
    if (event.saw !== 'frame') return event
    if (this.#heldReply !== undefined) return this.#joinReplies(this.#heldReply, event)
    if (shot?.does.reply === undefined) return event
    this.#shot = undefined
    return shot.does.reply(this, event.frame, shot)
  }

  async close(): Promise<void> {
    this.#heldRequest?.shot.log('the line closed with a request held back: it was never sent', { frame: this.#heldRequest.frame })
    this.#heldReply?.shot.log('the line closed with a reply held back: it was never delivered', { frame: this.#heldReply.frame })
    this.#heldRequest = undefined
    this.#heldReply = undefined
    await this.#link.close()
  }

  /** Sends a frame to the acquirer past every fault. */
  pass(frame: Uint8Array): Promise<void> {
    return this.#link.send(frame)
  }

  /** Sends a piece of a frame to the acquirer past every fault; the last one ends it. */
  passPiece(piece: Uint8Array, ends: boolean): Promise<void> {
    return this.#link.sendPiece?.(piece, ends) ?? this.#link.send(piece)
  }

  /** What has already arrived, or silence at once: for a request that never left, nothing is waited for. */
  atOnce(): Promise<LinkEvent> {
    return this.#link.next({ withinMillis: 0 })
  }

  /** Waits as without a fault. */
  wait(wait: Wait): Promise<LinkEvent> {
    return this.#link.next(wait)
  }

  /** Delivers a frame at the next wait. */
  later(frame: Uint8Array): void {
    this.#ahead.push(frame)
  }

  holdRequest(frame: Uint8Array, shot: Shot): void {
    this.#heldRequest = { frame, shot }
  }

  holdReply(frame: Uint8Array, shot: Shot): void {
    this.#heldReply = { frame, shot }
  }

  /**
   * Delivers frames through a new cutter as one stream, in pieces of this many bytes; the first frame cut is the event. A line that keeps frames
   * apart itself puts pieces together before anybody sees them, so there they come as they are.
   */
  recut(frames: readonly Uint8Array[], pieceBytes: number): LinkEvent {
    if (this.#link.sendPiece !== undefined) this.#ahead.push(...frames)
    else {
      const cutter = this.#cutter()
      const bytes = joined(frames)
      for (let at = 0; at < bytes.length; at += pieceBytes) this.#ahead.push(...cutter.push(bytes.subarray(at, at + pieceBytes)))
    }
    const frame = this.#ahead.shift()
    return frame === undefined ? silence : { saw: 'frame', frame }
  }

  /** Closes the line under the terminal. `partial`: what had arrived of a frame. */
  async cut(partial?: Uint8Array): Promise<LinkEvent> {
    const event: LinkEvent = { saw: 'close', by: 'us', ...(partial === undefined ? {} : { partial }) }
    this.#cut = event
    await this.#link.close()
    return event
  }

  #joinReplies(held: Held, event: FrameEvent): LinkEvent {
    this.#heldReply = undefined
    this.#shot = undefined
    held.shot.log('our own line delivered two replies in one piece', { frame: event.frame })
    return this.recut([held.frame, event.frame], held.frame.length + event.frame.length)
  }
}

type Held = Readonly<{ frame: Uint8Array; shot: Shot }>

/** The line is gone, and it was our own doing. */
export function lost(because: string): EmulatorError {
  return new EmulatorError('LINK_LOST', { endpoint: 'the acquirer', because })
}

function joined(frames: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(frames))
}
