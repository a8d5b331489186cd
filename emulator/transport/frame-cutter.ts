import type { FrameForm } from '../values/framing.ts'
import { delimited } from './frame-cutter-delimited.ts'
import { behindLength, type LengthLimits } from './frame-cutter-length.ts'

/** Cuts a stream of bytes into frames, however the line has split or joined them. One cutter per connection and direction. */
export interface FrameCutter {
  /** The frames that this chunk completes, in order, each with its prefix. They may share memory with the chunk. */
  push(chunk: Uint8Array): readonly Uint8Array[]
  /** The bytes of the frame that is not whole yet: evidence when the line ends here. Empty between frames. */
  rest(): Uint8Array
  /** Why nothing more can be cut from this stream, if so. `rest` then begins with the bytes that cannot be a frame. */
  problem?(): string | undefined
}

/** A socket's chunk as the bytes that it is: a `Buffer` would share its memory on `slice`, where bytes are copied. */
export function plain(chunk: Buffer): Uint8Array {
  return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
}

const nothing = new Uint8Array(0)

/** The cutters of a frame form, one for each connection and direction. */
export function cutterFor(form: FrameForm): () => FrameCutter {
  if (form.is === 'length') return () => behindLength(form)
  if (form.is === 'STX ETX LRC') return () => delimited(form.longest)
  return () => whole
}

/** What arrives at once is one frame: the line keeps them apart. */
const whole: FrameCutter = { push: chunk => (chunk.length === 0 ? [] : [chunk]), rest: () => nothing }

/**
 * Frames behind a length of 2 bytes, big-endian, which does not count itself.
 *
 * @param limits  `atLeast` 1 and `atMost` 65535 unless given; any other length is a problem, for the stream has then lost its step.
 */
export function lengthPrefixed({ atLeast = 1, atMost = 0xffff }: LengthLimits = {}): FrameCutter {
  return behindLength({ is: 'length', form: 'binary 2', itself: false, uncounted: 0, longest: atMost }, atLeast)
}
