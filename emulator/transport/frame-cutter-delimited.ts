import { etx, stx } from '../values/framing.ts'
import type { FrameCutter } from './frame-cutter.ts'

const noFrames: readonly Uint8Array[] = []

/**
 * Frames between STX and ETX, with an LRC behind: the exclusive or of all bytes after STX, ETX included. A wrong LRC is cut like a right
 * one: whoever reads the frame remarks it, and the bytes are evidence.
 *
 * @param longest  bytes between STX and ETX. More of them without ETX, or another byte where STX is due, is a problem.
 */
export function delimited(longest: number): FrameCutter {
  return new Delimited(longest)
}

class Delimited implements FrameCutter {
  readonly #longest: number
  /** Begins with STX; its first `#filled` bytes are there. */
  #held: Uint8Array = new Uint8Array(256)
  #filled = 0
  /** Where ETX stands among them, once it has come. */
  #etxAt: number | undefined
  #problem: string | undefined

  constructor(longest: number) {
    this.#longest = longest
  }

  push(chunk: Uint8Array): readonly Uint8Array[] {
    if (this.#problem !== undefined || chunk.length === 0) return noFrames
    const frames: Uint8Array[] = []
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0
      if (this.#filled === 0 && byte !== stx) return this.#stop(frames, chunk, at, `byte ${hex(byte)} where STX (02) is due`)
      this.#take(byte)
      if (this.#etxAt !== undefined) {
        frames.push(this.#held.slice(0, this.#filled))
        this.#filled = 0
        this.#etxAt = undefined
      } else if (byte === etx) this.#etxAt = this.#filled - 1
      else if (this.#filled > this.#longest + 1)
        return this.#stop(frames, chunk, at + 1, `no ETX (03) within ${this.#longest} bytes after STX`)
    }
    return frames
  }

  rest(): Uint8Array {
    return this.#held.slice(0, this.#filled)
  }

  problem(): string | undefined {
    return this.#problem
  }

  #take(byte: number): void {
    if (this.#filled === this.#held.length) {
      const more = new Uint8Array(this.#held.length * 2)
      more.set(this.#held)
      this.#held = more
    }
    this.#held[this.#filled] = byte
    this.#filled += 1
  }

  /** Everything from here on is evidence. */
  #stop(frames: readonly Uint8Array[], chunk: Uint8Array, at: number, problem: string): readonly Uint8Array[] {
    this.#problem = problem
    for (const byte of chunk.subarray(at)) this.#take(byte)
    return frames
  }
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0')
}
