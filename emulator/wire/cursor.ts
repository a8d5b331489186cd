import type { Remark, Span } from '../values/message.ts'
import type { Problem } from './codec.ts'

/** A position in a frame, and what was noticed on the way. Reading beyond the end is a case, not an exception. */
export class Cursor {
  readonly frame: Uint8Array
  readonly remarks: Remark[] = []
  readonly spans: Span[] = []
  readonly #withSpans: boolean
  at = 0
  /** Where the message ends: with the frame, unless something stands behind it. */
  end: number
  problem: Problem | undefined
  #buffer: Buffer | undefined
  #hex = ''
  #characters = ''

  constructor(frame: Uint8Array, withSpans: boolean) {
    this.frame = frame
    this.end = frame.length
    this.#withSpans = withSpans
  }

  /** Hex digits, upper case, counted from the first of the frame. The frame is turned into text once for all its fields. */
  hex(from: number, digits: number): string {
    if (this.#hex === '') this.#hex = this.#bytes().toString('hex').toUpperCase()
    return this.#hex.slice(from, from + digits)
  }

  /** These bytes, one character for each. */
  characters(at: number, bytes: number): string {
    if (this.#characters === '') this.#characters = this.#bytes().toString('latin1')
    return this.#characters.slice(at, at + bytes)
  }

  #bytes(): Buffer {
    this.#buffer ??= Buffer.from(this.frame.buffer, this.frame.byteOffset, this.frame.byteLength)
    return this.#buffer
  }

  /** Whether so many bytes are left; if not, reading stops here, with the reason. */
  has(bytes: number, path: string): boolean {
    const left = this.end - this.at
    if (bytes <= left) return true
    return this.stop(
      path,
      `${bytes} ${bytes === 1 ? 'byte is' : 'bytes are'} due here, ${left} ${left === 1 ? 'is' : 'are'} left`,
    )
  }

  stop(path: string, says: string): false {
    this.problem = { path, says }
    return false
  }

  remark(path: string, says: string): void {
    this.remarks.push({ path, says })
  }

  /** The bytes from `offset` to here belong to `path`. */
  span(path: string, offset: number): void {
    if (this.#withSpans) this.spans.push({ path, offset, length: this.at - offset })
  }

  spanOf(path: string, offset: number, length: number): void {
    if (this.#withSpans) this.spans.push({ path, offset, length })
  }
}
