import type { Socket } from 'node:net'
import { printed } from './attempt.ts'
import { addressOf, tcpDialler } from './dial.ts'
import { breakOff, type Listener, type ListenerOptions, type OnConnection, serve, wireOver } from './listener.ts'
import { ServerEnd } from './server-end.ts'

export type DialOutOptions = ListenerOptions &
  Readonly<{
    /** Lines that are kept open at a time; 1 unless given. */
    connections?: number
    /** How long a line that is gone, or was refused, waits before it is dialled again; 20 unless given. */
    againMillis?: number
  }>

/**
 * An acquirer that dials in at the terminals: it keeps so many lines open to where they listen, and dials again whenever one is gone.
 *
 * @param endpoint  `tcp://host:port`
 * @returns         what a listener is to its connections; its port is that of the terminals
 */
export function dialOut(endpoint: URL, onConnection: OnConnection, options: DialOutOptions = {}): Listener {
  const { connections = 1, againMillis = 20 } = options
  const dial = tcpDialler(printed(endpoint), addressOf(endpoint, 'tcp'), 'tcp')
  const open = new Set<Socket>()
  const timers = new Set<NodeJS.Timeout>()
  const drops = new Set<() => void>()
  let id = 0
  let over = false

  const again = (): void => {
    if (over) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      begin()
    }, againMillis)
    timers.add(timer)
  }
  const begin = (): void => {
    const { drop } = dial({
      failed: () => {
        drops.delete(drop)
        again()
      },
      opened: socket => {
        drops.delete(drop)
        open.add(socket)
        serve(socket, new ServerEnd(++id, onConnection, options, wireOver(socket, socket))).once('close', () => {
          open.delete(socket)
          again()
        })
      },
    })
    drops.add(drop)
  }
  for (let line = 0; line < connections; line += 1) begin()
  return {
    port: Number(endpoint.port),
    endpoint,
    close: async () => {
      over = true
      for (const timer of timers) clearTimeout(timer)
      for (const drop of drops) drop()
      for (const socket of open) breakOff(socket)
    },
  }
}
