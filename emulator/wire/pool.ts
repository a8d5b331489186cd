/** How many of the largest frames one piece of memory holds. */
const frames = 8

/** Memory is taken in pieces of this many bytes at least. */
const leastBytes = 65_536

/**
 * Memory for frames, a piece at a time: a typed array of its own for each frame would cost more than writing it. A frame that is kept keeps
 * its piece; nothing is written there again.
 */
export class Pool {
  readonly #largest: number
  bytes: Uint8Array
  #used = 0

  /** @param largest  bytes: no frame has more */
  constructor(largest: number) {
    this.#largest = largest
    this.bytes = new Uint8Array(Math.max(leastBytes, largest * frames))
  }

  /** Where in `bytes` there is room for the largest frame, not kept until `keep` is called. What was there before is left in it. */
  room(): number {
    if (this.bytes.length - this.#used < this.#largest) {
      this.bytes = new Uint8Array(this.bytes.length)
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
