import { PowerCut } from '../terminal/store.ts'
import type { Write } from '../terminal/write.ts'
import type { Link, Transport } from '../transport/transport.ts'

/** What a sound terminal writes. The other writes belong to terminals with a fault. */
const writes = [
  'open request',
  'spend trace',
  'approve',
  'decline',
  'discard',
  'leave unresolved',
  'leave unknown',
  'end',
  'count send',
  'change reason',
  'mark reversed',
  'give up reversal',
  'load keys',
  'sign off',
  'settlement',
  'refuse settlement',
  'close batch',
  'end shown',
] as const satisfies readonly Write['write'][]

const onTheLine = ['before send', 'half sent', 'after send', 'before receive', 'after receive'] as const

export type Point = `before ${(typeof writes)[number] | 'exchange'}` | `after ${(typeof writes)[number] | 'exchange'}` | LinePoint
type LinePoint = (typeof onTheLine)[number]

/** Every kind of moment at which the plug can be pulled: around each write of the store, around each exchange, around each send and receive. */
export const points: readonly Point[] = [
  ...writes.flatMap(write => [`before ${write}`, `after ${write}`] as const),
  'before exchange',
  'after exchange',
  ...onTheLine,
]

/** One power cut: at the next point of that kind, or after so many points of any kind, whichever comes first. Both count from the cut before. */
export type Cut = Readonly<{ at?: Point; after: number }>

/** The plug of a till: pulled where the cuts say, one after the other, also while the till is still coming back from the cut before. */
export class Plug {
  readonly #cuts: Cut[]
  readonly #pulled: string[] = []
  readonly #passed: string[] = []
  #sinceCut = 0
  #mended = false

  constructor(cuts: readonly Cut[]) {
    this.#cuts = [...cuts]
  }

  /** Where the power has failed so far, oldest first. */
  get pulled(): readonly string[] {
    return this.#pulled
  }

  /** Every point until the power was mended, oldest first. */
  get passed(): readonly string[] {
    return this.#passed
  }

  /** From here on the power is good. */
  mend(): void {
    this.#cuts.length = 0
    this.#mended = true
  }

  /** Whether the power fails here. */
  fails(point: string): boolean {
    if (!this.#mended) this.#passed.push(point)
    const [cut] = this.#cuts
    if (cut === undefined) return false
    const waited = this.#sinceCut
    this.#sinceCut += 1
    if (point !== cut.at && waited < cut.after) return false
    this.#cuts.shift()
    this.#sinceCut = 0
    this.#pulled.push(point)
    return true
  }

  /** @throws PowerCut where the power fails. */
  pass(point: string): void {
    if (this.fails(point)) throw new PowerCut(point)
  }
}

/** A line that can lose its till: before a send, with half of the frame gone out, after it, and on either side of a receive. */
export function pluggedIn(transport: Transport, plug: Plug): Transport {
  return { open: async signal => new PluggedLink(await transport.open(signal), plug) }
}

class PluggedLink implements Link {
  readonly #link: Link
  readonly #plug: Plug

  constructor(link: Link, plug: Plug) {
    this.#link = link
    this.#plug = plug
  }

  async send(frame: Uint8Array): Promise<void> {
    this.#pass('before send')
    const half = frame.length >> 1
    await this.#link.send(frame.subarray(0, half))
    this.#pass('half sent')
    await this.#link.send(frame.subarray(half))
    this.#pass('after send')
  }

  async next(wait: Parameters<Link['next']>[0]): ReturnType<Link['next']> {
    this.#pass('before receive')
    const event = await this.#link.next(wait)
    this.#pass('after receive')
    return event
  }

  close(): Promise<void> {
    return this.#link.close()
  }

  #pass(point: LinePoint): void {
    this.#plug.pass(point)
  }
}
