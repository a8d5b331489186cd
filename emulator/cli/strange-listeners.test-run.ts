import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'

/** A listener that is no good acquirer, for tests. */
export type StrangeListener = Readonly<{
  endpoint: string
  /** Resolves when the first bytes have come. */
  spokenTo: Promise<void>
  close: () => Promise<void>
}>

/**
 * Listens on a free port.
 *
 * @param connected  What it does with each connection.
 */
export async function strangeListener(connected: (socket: Socket) => void): Promise<StrangeListener> {
  const { promise: spokenTo, resolve } = Promise.withResolvers<void>()
  const open = new Set<Socket>()
  const server = createServer(socket => {
    open.add(socket)
    // Whoever is certified against this may hang up at any time.
    socket.on('error', () => socket.destroy())
    socket.once('close', () => open.delete(socket))
    socket.once('data', () => resolve())
    connected(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { endpoint: `tcp://127.0.0.1:${portOf(server)}`, spokenTo, close: () => closed(server, open) }
}

/** An address at which nothing listens: somebody did a moment ago, so nobody else has it yet. */
export async function nothingListening(): Promise<StrangeListener> {
  const listener = await strangeListener(socket => socket.destroy())
  await listener.close()
  return { ...listener, close: async () => undefined }
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('a server on a port was expected')
  return address.port
}

async function closed(server: Server, open: ReadonlySet<Socket>): Promise<void> {
  for (const socket of open) socket.destroy()
  const over = once(server, 'close')
  server.close()
  await over
}
