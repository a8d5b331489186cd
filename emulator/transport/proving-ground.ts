import { createServer, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Listener, ListenerOptions, OnConnection, ServerClose, ServerLink } from './listener.ts'
import type { Link, LinkEvent, Transport } from './transport.ts'

/** What a transport must bring to be held to the promises of `transport.ts`. */
export type Ground = Readonly<{
  name: string
  /** Whether frames are cut out of a stream of bytes, or the line keeps them apart itself: then each write is a frame. */
  frames: 'cut' | 'kept apart'
  listen(port: number, onConnection: OnConnection, options?: ListenerOptions): Promise<Listener>
  reach(endpoint: URL): Transport
  /** Closes the connection itself; `link.close()` unless the connection outlives the link. */
  hangUp(transport: Transport, link: Link): Promise<void>
}>

/** A frame of this many bytes behind its length, all different from their neighbours. */
export function frameOf(bytes: number, first = 1): Uint8Array {
  const frame = Uint8Array.from({ length: bytes + 2 }, (_, index) => (index + first) & 0xff)
  frame[0] = bytes >> 8
  frame[1] = bytes & 0xff
  return frame
}

/** An acquirer that does what the test says, on the ground that the suite is given. */
export type Scene = Readonly<{
  transport: Transport
  listener: Listener
  open(): Promise<{ link: Link; acquirer: ServerLink }>
  /** Frames that the acquirer got, over all connections. */
  got: readonly Uint8Array[]
  ends: readonly ServerClose[]
}>

/** Plays a test against an acquirer of its own, and clears it away. `onFrame`: what the acquirer does with a frame; nothing unless given. */
export async function play(
  ground: Ground,
  script: (scene: Scene) => Promise<void>,
  onFrame?: (frame: Uint8Array, link: ServerLink) => void,
): Promise<void> {
  const got: Uint8Array[] = []
  const ends: ServerClose[] = []
  const links: ServerLink[] = []
  const listener = await ground.listen(0, link => {
    links.push(link)
    return {
      frame: frame => {
        got.push(frame)
        onFrame?.(frame, link)
      },
      closed: end => ends.push(end),
    }
  })
  const transport = ground.reach(listener.endpoint)
  const opened: Link[] = []
  const open = async (): Promise<{ link: Link; acquirer: ServerLink }> => {
    const met = links.length
    const link = await transport.open()
    const isKept = opened.includes(link)
    opened.push(link)
    return { link, acquirer: await until(() => (isKept ? links.at(-1) : links[met])) }
  }
  try {
    await script({ transport, listener, open, got, ends })
  } finally {
    for (const link of opened) await ground.hangUp(transport, link)
    await listener.close()
  }
}

/** The bytes of an event, of a frame or of the part of one. */
export function bytesOf(event: LinkEvent): number[] {
  if (event.saw === 'silence') return []
  return [...(event.saw === 'frame' ? event.frame : (event.partial ?? []))]
}

/** Lets the clock go on while the event loop stands still. */
export function keepBusy(millis: number): void {
  const until = performance.now() + millis
  while (performance.now() < until);
}

/** Turns the event loop until the thing is there. */
export async function until<T>(look: () => T | undefined): Promise<T> {
  for (let turn = 0; turn < 100_000; turn += 1) {
    const seen = look()
    if (seen !== undefined) return seen
    await nextTurn()
  }
  throw new Error('it never came')
}

/** Plays against a plain TCP server that does this to whoever has sent something. */
export async function plainServer(answer: (socket: Socket) => void, play: (port: number) => Promise<void>): Promise<void> {
  const open = new Set<Socket>()
  const server = createServer(socket => {
    open.add(socket.on('error', () => undefined).once('data', () => answer(socket)))
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  try {
    await play(address !== null && typeof address === 'object' ? address.port : 0)
  } finally {
    for (const socket of open) socket.destroy()
    await new Promise(closed => server.close(closed))
  }
}
