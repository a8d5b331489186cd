/** More than all fields of any table at their longest. */
const largestFrame = 8192

const poolBytes = largestFrame * 8

/**
 * Memory for frames, a piece at a time: a typed array of its own for each frame would cost more than writing it. A frame that is kept keeps
 * its piece; nothing is written there again.
 */
export class Pool {
  #bytes: Uint8Array = new Uint8Array(poolBytes)
  #used = 0

  /** Room for the largest frame, not kept until `keep` is called. What was there before is left in it. */
  room(): Uint8Array {
    if (poolBytes - this.#used < largestFrame) {
      this.#bytes = new Uint8Array(poolBytes)
      this.#used = 0
    }
    return this.#bytes.subarray(this.#used, this.#used + largestFrame)
  }

  /** The first bytes of the room that was given last. */
  keep(bytes: number): Uint8Array {
    const start = this.#used
    this.#used += bytes
    return this.#bytes.subarray(start, this.#used)
  }
}
