import type { Link, LinkEvent } from '../transport/transport.ts'
import { type EmulatorError, isEmulatorError } from '../values/errors.ts'
import type { Heard, RawLine } from './raw-line.ts'

/** A line on which messages come apart by themselves: over a WebSocket, or made of HTTP calls by a mapping. */
export class LinkLine implements RawLine {
  readonly #link: Link
  readonly #failed: (failure: EmulatorError) => void
  #lost: string | undefined

  /** @param failed  Told when the mapping behind the line fails: then there is no answer to what was sent. */
  constructor(link: Link, failed: (failure: EmulatorError) => void) {
    this.#link = link
    this.#failed = failed
  }

  send(bytes: Uint8Array): void {
    this.#link.send(bytes).catch((thrown: unknown) => {
      this.#lost = thrown instanceof Error ? thrown.message : String(thrown)
    })
  }

  async hear(enough: (bytes: Uint8Array) => boolean, withinMillis: number, settleMillis: number): Promise<Heard> {
    const began = performance.now()
    let came: Uint8Array = new Uint8Array(0)
    let first: number | undefined
    const heard = (ended: Heard['ended'], code?: string): Heard => ({
      bytes: came,
      ended,
      afterMillis: Math.round((first ?? performance.now()) - began),
      ...(code === undefined ? {} : { code }),
    })
    for (;;) {
      const event = await this.#next(came.length === 0 ? withinMillis : settleMillis)
      if (event === 'mapping failed') return heard('broken', 'MAPPING_FAILED')
      if (event.saw === 'silence') {
        if (this.#lost !== undefined) return heard('broken', this.#lost)
        return heard(came.length === 0 ? 'silence' : 'quiet')
      }
      if (event.saw === 'close') return heard('closed')
      if (event.saw === 'failure') return heard('broken', event.code)
      first ??= performance.now()
      came = new Uint8Array(Buffer.concat([came, event.frame]))
      if (enough(event.frame)) {
        came = event.frame
        return heard('enough')
      }
    }
  }

  async #next(withinMillis: number): Promise<LinkEvent | 'mapping failed'> {
    try {
      return await this.#link.next({ withinMillis })
    } catch (thrown) {
      if (!isEmulatorError(thrown, 'MAPPING_FAILED')) throw thrown
      this.#failed(thrown)
      return 'mapping failed'
    }
  }

  close(): void {
    // Whoever is on the other side may have gone already.
    this.#link.close().catch(() => undefined)
  }
}
