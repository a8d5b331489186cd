import type { LinkReason } from '../values/link-reason.ts'

/**
 * Everything that can happen on a line, silence and close included. Frames are whole: length prefix first. `reason`: what a broken line, or
 * the bytes that came instead of a frame, say of the cause. `says` of a close: what the acquirer gave as reason, where the line carries one.
 */
export type LinkEvent =
  | Readonly<{ saw: 'frame'; frame: Uint8Array }>
  | Readonly<{ saw: 'silence'; partial?: Uint8Array }>
  | Readonly<{ saw: 'close'; by: 'acquirer' | 'us'; says?: string; reason?: LinkReason; partial?: Uint8Array }>
  | Readonly<{ saw: 'failure'; code: string; says: string; reason?: LinkReason; partial?: Uint8Array }>

/** What an embedded host says in process when it is done with a frame: whether it has written an answer. */
export type Finished = Readonly<{ answered: boolean }>

/**
 * How long to wait, in milliseconds of the wall clock. `finished` is how an embedded host says in process that it is done with what was
 * sent: `answered: false` means that no bytes will come, and silence is delivered as soon as what has already arrived has been read;
 * `answered: true` means that bytes are on their way: the wait goes on for a frame until all that has been written must have been read. Without `finished` the clock on the wall decides.
 * A wait of 0 takes what has already arrived and waits for nothing.
 */
export type Wait = Readonly<{ withinMillis: number; finished?: Promise<Finished> }>

export interface Transport {
  /**
   * Aborting the signal gives up while opening, and closes the link once it is open.
   *
   * @throws EmulatorError `LINK_REFUSED`, `LINK_FAILED` (with its `reason`, where it has a name): the line never opened, so nothing was sent.
   */
  open(signal?: AbortSignal): Promise<Link>
}

export interface Link {
  /** @throws EmulatorError `LINK_LOST` when the line is gone; part of the frame may have arrived. */
  send(frame: Uint8Array): Promise<void>
  /**
   * Sends a frame in pieces, the last of which ends it. Only of a line that keeps frames apart itself, as a WebSocket does: what is sent there
   * with `send` is a frame of its own. On a stream of bytes a piece of a frame can be sent like any frame.
   *
   * @throws EmulatorError `LINK_LOST`
   */
  sendPiece?(piece: Uint8Array, ends: boolean): Promise<void>
  /**
   * The next event, in order of arrival; one wait at a time. A close or failure comes after every frame that arrived before it, and once it
   * has come every further wait gives it again.
   */
  next(wait: Wait): Promise<LinkEvent>
  /** Frames that have already arrived can still be taken with `next`. */
  close(): Promise<void>
}
