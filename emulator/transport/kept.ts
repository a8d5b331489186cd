import type { Link, LinkEvent, Transport, Wait } from './transport.ts'

/** A transport that keeps one connection from operation to operation. */
export interface KeptTransport extends Transport {
  /** Closes the connection itself; the next `open` makes a new one. */
  hangUp(): Promise<void>
}

/**
 * Keeps one connection: `open` gives the one that is there, `close` of what it gave leaves it open. A connection that the acquirer closed
 * between two operations is replaced in silence, for no request was on it. One user at a time.
 *
 * Line faults go below it, `kept(faultyLine(…))`: a line that they cut is then really gone.
 */
export function kept(transport: Transport): KeptTransport {
  let current: KeptLink | undefined
  return {
    async open(signal) {
      if (current !== undefined && (await current.stillOpen())) return current
      const found = current?.found ?? []
      current = undefined
      current = new KeptLink(await transport.open(signal), found)
      return current
    },
    async hangUp() {
      const link = current
      current = undefined
      await link?.hangUp()
    },
  }
}

class KeptLink implements Link {
  readonly sendPiece?: NonNullable<Link['sendPiece']>
  readonly #link: Link
  /** Late frames that looking for an end of the line brought to light, for the next wait; they outlive their connection. */
  readonly found: LinkEvent[]

  constructor(link: Link, found: LinkEvent[]) {
    this.#link = link
    this.found = found
    if (link.sendPiece !== undefined) this.sendPiece = link.sendPiece.bind(link)
  }

  async stillOpen(): Promise<boolean> {
    for (;;) {
      const event = await this.#link.next({ withinMillis: 0 })
      if (event.saw === 'silence') return true
      if (event.saw !== 'frame') return false
      this.found.push(event)
    }
  }

  send(frame: Uint8Array): Promise<void> {
    return this.#link.send(frame)
  }

  next(wait: Wait): Promise<LinkEvent> {
    const found = this.found.shift()
    return found === undefined ? this.#link.next(wait) : Promise.resolve(found)
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  hangUp(): Promise<void> {
    return this.#link.close()
  }
}
