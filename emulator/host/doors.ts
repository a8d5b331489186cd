import type { Dialect } from '../dialects/dialect.ts'
import { dialOut } from '../transport/dial-out.ts'
import type { FrameCutter } from '../transport/frame-cutter.ts'
import { cutterFor } from '../transport/frame-cutter.ts'
import { type Handlers, type Listener, listen, type ServerLink } from '../transport/listener.ts'
import { listenTls, type TlsIdentity } from '../transport/tls-listener.ts'
import { listenWebSocket } from '../transport/websocket-listener.ts'
import type { Outcome } from './acquirer.ts'
import type { Book } from './book.ts'
import type { BooksView } from './books.ts'
import type { Clock } from './clock.ts'
import type { Fault } from './fault.ts'

/** What became of a frame behind a door. `dropped`: the host crashed after it had decided, so the line breaks. */
export type Served = Outcome | Readonly<{ is: 'dropped' }>

/** The acquirer as a door sees it. */
export type Behind = Readonly<{
  book: Book
  clock: Clock
  dialect: Dialect
  seed: string
  /** Those that are switched on at this moment. */
  faults(): readonly Fault[]
  /** As they stand at this moment. */
  books(): BooksView
  /** Whether it offers what goes by this flag of the profile. */
  offers(flag: string): boolean
  /** Whether the request that has come stays in work until another one comes. It does so once. */
  slow(): boolean
  /**
   * Decides one frame, at once.
   *
   * @param line  the connection that it came over, counted from 1; 0 when it came over none
   */
  receive(frame: Uint8Array, line: number): Served
  /** To be called once for every request, whether it came to `receive` or not, when the door is done with it: `answered` when bytes went back. */
  finished(answered: boolean): void
  /** What the host has to say, without card numbers or keys. */
  note(says: string): void
}>

/** An open way into the host. */
export interface OpenDoor {
  readonly port: number
  /** Where a terminal reaches it. */
  readonly endpoint: URL
  /** Breaks every open connection, as a restart does; new ones are taken. */
  reset(): void
  close(): Promise<void>
}

/**
 * Opens a way into the host on 127.0.0.1.
 *
 * @param port  0 for one that is free
 * @throws      EmulatorError `LINK_FAILED` when the port cannot be had
 */
export type DoorOpener = (port: number, behind: Behind) => Promise<OpenDoor>

/** Frames over TCP connections. */
export const tcpDoor: DoorOpener = (port, behind) =>
  served(behind, cutterOf, (onConnection, cutter) => listen(port, onConnection, { cutter }))

/** Frames over TCP connections with TLS. */
export const tlsDoor =
  (identity: TlsIdentity): DoorOpener =>
  (port, behind) =>
    served(behind, cutterOf, (onConnection, cutter) =>
      listenTls(port, onConnection, { cutter, identity, turnedAway: behind.note }),
    )

/**
 * Frames as messages of a WebSocket, text where the dialect is.
 *
 * @param identity  with TLS
 */
export const webSocketDoor =
  (identity?: TlsIdentity): DoorOpener =>
  (port, behind) =>
    served(behind, wholeOf, (onConnection, cutter) =>
      listenWebSocket(port, onConnection, {
        cutter,
        text: behind.dialect.syntax === 'json',
        turnedAway: behind.note,
        ...(identity === undefined ? {} : { identity }),
      }),
    )

/**
 * No door at all: the host dials in at the terminals, which listen, and keeps so many lines open.
 *
 * @param to  `tcp://host:port`
 */
export const diallingDoor =
  (to: URL, connections: number): DoorOpener =>
  (_, behind) =>
    served(behind, cutterOf, async (onConnection, cutter) => dialOut(to, onConnection, { cutter, connections }))

type Listening = (onConnection: (link: ServerLink) => Handlers, cutter: () => FrameCutter) => Promise<Listener>

async function served(behind: Behind, cut: (behind: Behind) => FrameCutter, listening: Listening): Promise<OpenDoor> {
  const open = new Set<ServerLink>()
  let latest: ServerLink | undefined
  const answering = (link: ServerLink): Handlers => {
    open.add(link)
    const before = latest
    latest = link
    return {
      frame: frame => {
        const strays = behind.faults().some(({ over }) => over === 'the connection before')
        behind.finished(deliver(strays ? (before ?? link) : link, behind.receive(frame, link.id)))
      },
      closed: end => {
        open.delete(link)
        if (end.how === 'garbage' || end.how === 'handler failed') behind.note(`the line was closed: ${end.says}`)
      },
    }
  }
  const listener = await listening(answering, () => cut(behind))
  return {
    port: listener.port,
    endpoint: listener.endpoint,
    reset: () => {
      for (const link of open) link.reset()
    },
    close: () => listener.close(),
  }
}

/** How bytes become frames: a fault may have its own idea. */
function cutterOf(behind: Behind): FrameCutter {
  return faultOf(behind)?.() ?? cutterFor(behind.dialect.framing.form)()
}

/** The same where the line keeps frames apart itself. */
function wholeOf(behind: Behind): FrameCutter {
  return faultOf(behind)?.() ?? cutterFor({ is: 'whole' })()
}

function faultOf(behind: Behind): (() => FrameCutter) | undefined {
  return behind.faults().find(fault => fault.cutter)?.cutter
}

/** Sends what became of a frame. Tells whether bytes went back. */
function deliver(link: ServerLink, served: Served): boolean {
  if (served.is === 'dropped') link.reset()
  else if (served.is === 'close') link.close()
  else if (served.is === 'answer') return link.send(served.frame)
  return false
}
