/** Everything that can happen on a line, silence and close included. Frames are whole: length prefix first. */
export type LinkEvent =
  | Readonly<{ saw: 'frame'; frame: Uint8Array }>
  | Readonly<{ saw: 'silence' }>
  | Readonly<{ saw: 'close'; by: 'acquirer' | 'us'; partial?: Uint8Array }>
  | Readonly<{ saw: 'failure'; code: string; says: string; partial?: Uint8Array }>

/**
 * How long to wait. `finished` is how an embedded host says in process that it is done with what was sent and no further bytes will come:
 * when it resolves and nothing has arrived, silence is delivered at once. Without it the clock on the wall decides.
 */
export type Wait = Readonly<{ withinMillis: number; finished?: Promise<void> }>

export interface Transport {
  /** @throws EmulatorError `LINK_REFUSED`, `LINK_FAILED`: the line never opened, so nothing was sent. */
  open(signal?: AbortSignal): Promise<Link>
}

export interface Link {
  /** @throws EmulatorError `LINK_LOST` when the line is gone; part of the frame may have arrived. */
  send(frame: Uint8Array): Promise<void>
  next(wait: Wait): Promise<LinkEvent>
  close(): Promise<void>
}
