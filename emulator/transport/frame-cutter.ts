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

/** Lengths in bytes of what follows the prefix. */
export type LengthLimits = Readonly<{ atLeast?: number; atMost?: number }>

const prefixBytes = 2
const longest = 0xffff
const nothing = new Uint8Array(0)
const noFrames: readonly Uint8Array[] = []

/**
 * Frames behind a length of 2 bytes, big-endian, which does not count itself.
 *
 * Whole frames are views into the chunk. Only a frame that is split is copied, into one buffer of its own size, so that a frame that
 * arrives byte by byte costs no more than its bytes.
 *
 * @param limits  `atLeast` 1 and `atMost` 65535 unless given; any other length is a problem, for the stream has then lost its step.
 */
export function lengthPrefixed(limits: LengthLimits = {}): FrameCutter {
  return new LengthPrefixed(limits.atLeast ?? 1, limits.atMost ?? longest)
}

class LengthPrefixed implements FrameCutter {
  readonly #atLeast: number
  readonly #atMost: number
  /** The frame being filled; only its first `#filled` bytes are there. Two bytes long until its length is known. */
  #frame: Uint8Array = nothing
  #filled = 0
  #problem: string | undefined

  constructor(atLeast: number, atMost: number) {
    this.#atLeast = atLeast
    this.#atMost = atMost
  }

  push(chunk: Uint8Array): readonly Uint8Array[] {
    if (this.#problem !== undefined || chunk.length === 0) return noFrames
    const frames: Uint8Array[] = []
    let at = 0
    while (at < chunk.length) {
      if (this.#filled > 0) {
        at += this.#fill(chunk, at)
        if (this.#problem !== undefined) break
        if (this.#filled > prefixBytes && this.#filled === this.#frame.length) {
          frames.push(this.#frame)
          this.#frame = nothing
          this.#filled = 0
        }
        continue
      }
      const size = this.#sizeAt(chunk, at)
      if (this.#problem !== undefined) {
        this.#keep(chunk.slice(at))
        break
      }
      if (size !== undefined && at + size <= chunk.length) {
        frames.push(chunk.subarray(at, at + size))
        at += size
        continue
      }
      this.#frame = new Uint8Array(size ?? prefixBytes)
      at += this.#fill(chunk, at)
    }
    return frames
  }

  rest(): Uint8Array {
    return this.#frame.slice(0, this.#filled)
  }

  problem(): string | undefined {
    return this.#problem
  }

  /** Fills the frame from the chunk and gives the number of bytes taken; grows it once its length is known. */
  #fill(chunk: Uint8Array, at: number): number {
    const taken = Math.min(this.#frame.length - this.#filled, chunk.length - at)
    this.#frame.set(chunk.subarray(at, at + taken), this.#filled)
    this.#filled += taken
    if (this.#frame.length === prefixBytes && this.#filled === prefixBytes) {
      const prefix = this.#frame
      const size = this.#sizeAt(prefix, 0)
      if (size === undefined) {
        const evidence = new Uint8Array(prefixBytes + chunk.length - at - taken)
        evidence.set(prefix)
        evidence.set(chunk.subarray(at + taken), prefixBytes)
        this.#keep(evidence)
        return taken
      }
      this.#frame = new Uint8Array(size)
      this.#frame.set(prefix)
    }
    return taken
  }

  #keep(evidence: Uint8Array): void {
    this.#frame = evidence
    this.#filled = evidence.length
  }

  /** The size of the frame at this place, prefix included; nothing when the prefix is not whole or, with `#problem` set, not possible. */
  #sizeAt(bytes: Uint8Array, at: number): number | undefined {
    const high = bytes[at]
    const low = bytes[at + 1]
    if (high === undefined || low === undefined) return undefined
    const length = high * 256 + low
    if (length >= this.#atLeast && length <= this.#atMost) return prefixBytes + length
    this.#problem = `a length of ${length} bytes; ${this.#atLeast} to ${this.#atMost} are possible`
    return undefined
  }
}
