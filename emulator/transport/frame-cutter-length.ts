import { followingOf, type LengthPrefix, lengthLimits, readLength, saidOf } from '../values/framing.ts'
import type { FrameCutter } from './frame-cutter.ts'

/** Lengths in bytes of what follows the prefix. */
export type LengthLimits = Readonly<{ atLeast?: number; atMost?: number }>

const nothing = new Uint8Array(0)
const noFrames: readonly Uint8Array[] = []

/**
 * Frames behind a length.
 *
 * Whole frames are views into the chunk. Only a frame that is split is copied, into one buffer of its own size, so that a frame that
 * arrives byte by byte costs no more than its bytes.
 *
 * @param atLeast  bytes that follow the prefix, 1 unless given; fewer, or more than the longest of the form, is a problem, for the stream
 *                 has then lost its step.
 */
export function behindLength(form: LengthPrefix, atLeast = 1): FrameCutter {
  return new BehindLength(form, atLeast)
}

class BehindLength implements FrameCutter {
  readonly #form: LengthPrefix
  readonly #prefixBytes: number
  readonly #atLeast: number
  /** The frame being filled; only its first `#filled` bytes are there. As long as a prefix until its length is known. */
  #frame: Uint8Array = nothing
  #filled = 0
  #problem: string | undefined

  constructor(form: LengthPrefix, atLeast: number) {
    this.#form = form
    this.#prefixBytes = lengthLimits(form.form).bytes
    this.#atLeast = atLeast
  }

  push(chunk: Uint8Array): readonly Uint8Array[] {
    if (this.#problem !== undefined || chunk.length === 0) return noFrames
    const frames: Uint8Array[] = []
    let at = 0
    while (at < chunk.length) {
      if (this.#filled > 0) {
        at += this.#fill(chunk, at)
        if (this.#problem !== undefined) break
        if (this.#filled > this.#prefixBytes && this.#filled === this.#frame.length) {
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
      this.#frame = new Uint8Array(size ?? this.#prefixBytes)
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
    const prefixBytes = this.#prefixBytes
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
    if (bytes.length - at < this.#prefixBytes) return undefined
    const said = readLength(this.#form.form, bytes, at)
    if (said !== 'no number') {
      const following = followingOf(this.#form, said)
      if (following >= this.#atLeast && following <= this.#form.longest) return this.#prefixBytes + following
    }
    this.#problem = this.#impossible(said, bytes.subarray(at, at + this.#prefixBytes))
    return undefined
  }

  #impossible(said: number | 'no number', prefix: Uint8Array): string {
    const { form, itself, longest } = this.#form
    const hex = Array.from(prefix, byte => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ')
    if (said === 'no number')
      return `${hex} where a length of ${form === 'ascii 4' ? 'four digit characters' : 'four packed digits'} is due`
    const least = Math.max(0, saidOf(this.#form, this.#atLeast))
    const most = saidOf(this.#form, longest)
    return `a length of ${said} bytes${itself ? ', itself included' : ''} (${hex}); ${least} to ${most} are possible`
  }
}
