/** What came out of a stream: a whole frame, its length prefix included, or a prefix that no frame can have. */
export type Cut =
  | Readonly<{ is: 'frame'; frame: Uint8Array }>
  | Readonly<{ is: 'impossible'; length: number; says: string; bytes: Uint8Array }>

/** Lengths that are believed, in bytes after the prefix. */
export type FrameLimits = Readonly<{ shortest: number; longest: number }>

/** Bytes of the length prefix: binary, big-endian, not counting itself. @source UnionPay POS fact sheet, 1.1 */
const prefixBytes = 2

/**
 * Cuts a stream into frames, however it arrives: a byte at a time, or several frames at once.
 *
 * An impossible length ends it: where the next frame begins can no longer be known, so all later bytes are kept in `rest`.
 */
export class Framing {
  readonly #limits: FrameLimits
  #held: Uint8Array = new Uint8Array(0)
  #lost = false

  constructor(limits: FrameLimits = { shortest: 1, longest: 2048 }) {
    this.#limits = limits
  }

  /** The frames that these bytes complete. */
  push(bytes: Uint8Array): readonly Cut[] {
    this.#held = this.#held.length === 0 ? bytes.slice() : Buffer.concat([this.#held, bytes])
    const cuts: Cut[] = []
    while (!this.#lost && this.#held.length >= prefixBytes) {
      const length = ((this.#held[0] ?? 0) << 8) | (this.#held[1] ?? 0)
      const { shortest, longest } = this.#limits
      if (length < shortest || length > longest) {
        this.#lost = true
        cuts.push({
          is: 'impossible',
          length,
          says: `a length of ${length} bytes; ${shortest} to ${longest} are possible`,
          bytes: this.rest,
        })
      } else {
        const end = prefixBytes + length
        if (this.#held.length < end) break
        cuts.push({ is: 'frame', frame: this.#held.slice(0, end) })
        this.#held = this.#held.subarray(end)
      }
    }
    return cuts
  }

  /** Bytes that make no frame yet; when the line closes now, this is what was cut short. */
  get rest(): Uint8Array {
    return new Uint8Array(this.#held)
  }
}
