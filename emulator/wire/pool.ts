/** More than all fields of any table at their longest. */
const largestFrame = 8192

const poolBytes = largestFrame * 8

/**
 * Memory for frames, a piece at a time: a typed array of its own for each frame would cost more than writing it. A frame that is kept keeps
 * its piece; nothing is written there again.
 */
export class Pool {
  bytes: Uint8Array = new Uint8Array(poolBytes)
  #used = 0

  /** Where in `bytes` there is room for the largest frame, not kept until `keep` is called. What was there before is left in it. */
  room(): number {
    if (poolBytes - this.#used < largestFrame) {
      this.bytes = new Uint8Array(poolBytes)
      this.#used = 0
    }
    return this.#used
  }

  /** The frame from where there was room to here. */
  keep(end: number): Uint8Array {
    const start = this.#used
    this.#used = end
    return this.bytes.subarray(start, end)
  }
}
